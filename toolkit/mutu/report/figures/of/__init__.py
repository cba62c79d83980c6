"""What the figure of each result shows: one module a part of `mutu.measure`."""

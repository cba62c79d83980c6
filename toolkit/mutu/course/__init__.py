"""What is taught and graded: text sources made into notebooks, checked, released, and handed to nbgrader."""

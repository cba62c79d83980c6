"""Figures for paper, drawn with matplotlib from the same data as those for the screen."""

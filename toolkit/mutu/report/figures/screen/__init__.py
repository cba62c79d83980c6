"""Figures for the screen, drawn with altair from the same data as those for paper."""

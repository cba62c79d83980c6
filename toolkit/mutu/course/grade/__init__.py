"""Grading: what was handed in is mended, run in isolation, and decided where no code of a trainee ever ran."""

"""Feedback for a trainee: what was right, which check failed, what to read again; never what a hidden test holds."""

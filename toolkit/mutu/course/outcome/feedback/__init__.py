"""Feedback for a trainee: what was right, which check failed, what to read again; never what a hidden test holds."""

from mutu.course.outcome.feedback.write import Written, page_of, write

__all__ = ["Written", "page_of", "write"]

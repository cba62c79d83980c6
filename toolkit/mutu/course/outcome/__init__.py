"""What a trainee hears back: checks that recognise the usual mistakes and say what to do."""

from mutu.course.outcome.checks import Checker, NotYet

__all__ = ["Checker", "NotYet"]

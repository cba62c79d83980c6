"""Cases, done and open, checked: what the curve, the limit and the backlog are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, AnswerError, InputError, Term
from mutu.locale import number
from mutu.measure import frames


@dataclass(frozen=True)
class Cases:
    """How long each case has taken, and which are still open; arrays of shape (cases,)."""

    durations: NDArray[np.float64]
    open: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """The number of cases."""
        return len(self.durations)


def collect(durations: Any, open_cases: Any | None, *, least: int = 2) -> Cases:
    """Checked durations and marks of open cases.

    Raises
    ------
    InputError : too few cases, or not as many marks as durations
    AnswerError : a duration is missing, negative, infinite or a text; a mark is neither yes nor no
    """
    lengths = frames.vector(durations, Term(N_("duration")), least=least)
    wrong = np.flatnonzero(np.isnan(lengths) | (lengths < 0))
    if len(wrong):
        raise AnswerError(
            N_("The duration in row {row} is missing or negative. For an open case, give how long it has waited."),
            row=int(wrong[0]) + 1,
        )
    waiting = (
        np.zeros(len(lengths), dtype=np.bool_) if open_cases is None else frames.flags(open_cases, Term(N_("open")))
    )
    if len(waiting) != len(lengths):
        raise InputError(
            N_("There are {durations} durations and {marks} marks of open cases. Give one of each a case."),
            durations=len(lengths),
            marks=len(waiting),
        )
    return Cases(lengths, waiting)


def days(value: float) -> str:
    """A number of days as people read it, without decimals where it has none."""
    return number(value, 0 if float(value).is_integer() else 1)

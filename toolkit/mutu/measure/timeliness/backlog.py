"""The cases that are waiting, by how long they have waited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, SettingError, Term
from mutu.locale import _, integer, percent
from mutu.measure.result import Result
from mutu.measure.settings import is_number, positive
from mutu.measure.timeliness.cases import collect, days

_MULTIPLES = (0.5, 1, 2, 4)


@dataclass(frozen=True)
class Age:
    """Open cases that have waited longer than `above` and at most `most` days; `most` is None for the oldest."""

    above: float
    most: float | None
    cases: int


@dataclass(frozen=True)
class Backlog(Result):
    """The open cases.

    Attributes
    ----------
    n : all cases, done and open
    open : open ones
    overdue : open ones that have waited longer than the limit
    limit : days allowed
    ages : open cases by how long they have waited
    median, oldest : days the middle and the oldest open case have waited; None when nothing is open
    """

    n: int
    open: int
    overdue: int
    limit: float
    ages: tuple[Age, ...]
    median: float | None
    oldest: float | None

    def __float__(self) -> float:
        return float(self.open)

    @property
    def method(self) -> str:
        """A count of everything, so there is no interval."""
        return "count"

    def sentence(self) -> str:
        """How many are open and overdue, and how long the oldest has waited."""
        if not self.open:
            return _("None of the {n} cases is open.").format(n=integer(self.n))
        return _(
            "{open} of {n} cases are open, {overdue} of them for longer than the {limit} days allowed; half of the "
            "open ones have waited {median} days or longer, the oldest {oldest}."
        ).format(
            open=integer(self.open),
            n=integer(self.n),
            overdue=integer(self.overdue),
            limit=days(self.limit),
            median=days(self.median or 0.0),
            oldest=days(self.oldest or 0.0),
        )

    def rows(self) -> list[dict[str, str]]:
        """One row an age."""
        return [
            {
                _("Waiting (days)"): _range(age),
                _("Cases"): integer(age.cases),
                _("Share"): percent(age.cases / self.open if self.open else None),
            }
            for age in self.ages
        ]

    def as_json(self) -> dict[str, Any]:
        """The backlog as plain numbers."""
        return {
            "n": self.n,
            "open": self.open,
            "overdue": self.overdue,
            "limit": self.limit,
            "median": self.median,
            "oldest": self.oldest,
            "ages": [{"above": age.above, "most": age.most, "cases": age.cases} for age in self.ages],
        }


def backlog(durations: Any, open_cases: Any, limit: float, bounds: tuple[float, ...] | None = None) -> Backlog:
    """The cases still open, counted by how long they have waited.

    Parameters
    ----------
    durations : days each case took, or has waited so far, shape (cases,)
    open_cases : which cases are still open, same shape, True or False (1 or 0).
        Both are arrays, series of any library, or frames of one column
    limit : days allowed, above zero; a case that has waited exactly so long is not overdue
    bounds : where one age ends and the next begins, in days, rising; by default half the limit, the limit, twice and
        four times as long

    Raises
    ------
    InputError : no case, or not as many marks as durations
    AnswerError : a duration is missing, negative, infinite or a text; a mark is neither yes nor no
    SettingError : a limit not above zero, or bounds that do not rise

    References
    ----------
    A count, so there is nothing to cite; the limits are those of the law, for instance 10 working days for a request
    for information (UU 14/2008).

    Examples
    --------
    >>> found = backlog([3, 12, 5, 30, 10], [0, 1, 1, 1, 1], limit=10)
    >>> found.open, found.overdue, found.oldest, [age.cases for age in found.ages]
    (4, 2, 30.0, [1, 1, 1, 1, 0])
    """
    allowed = positive(Term(N_("the limit")), limit)
    ends = tuple(multiple * allowed for multiple in _MULTIPLES) if bounds is None else bounds
    numbers = isinstance(ends, tuple | list) and all(map(is_number, ends))
    if not numbers or any(later <= earlier for earlier, later in zip((0.0, *ends), ends, strict=False)):
        raise SettingError(N_("The bounds of the ages must rise from above zero: {found}."), found=ends)
    cases = collect(durations, open_cases, least=1)
    waiting = cases.durations[cases.open]
    edges = (0.0, *map(float, ends))
    places = np.searchsorted(np.array(ends), waiting, side="left")
    counts = np.bincount(places, minlength=len(edges))
    return Backlog(
        n=cases.n,
        open=len(waiting),
        overdue=int((waiting > allowed).sum()),
        limit=allowed,
        ages=tuple(Age(low, high, int(count)) for low, high, count in zip(edges, (*ends, None), counts, strict=True)),
        median=float(np.median(waiting)) if len(waiting) else None,
        oldest=float(waiting.max()) if len(waiting) else None,
    )


def _range(age: Age) -> str:
    if age.most is None:
        return _("longer than {days}").format(days=days(age.above))
    if age.above == 0:
        return _("up to {days}").format(days=days(age.most))
    return _("longer than {low}, up to {high}").format(low=days(age.above), high=days(age.most))

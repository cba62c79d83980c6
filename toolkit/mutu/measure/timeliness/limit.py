"""How many cases are done within the legal limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mutu.errors import N_, InputError, Term
from mutu.locale import _, integer, percent
from mutu.measure.intervals import wilson
from mutu.measure.result import Interval, Result, limits
from mutu.measure.settings import positive
from mutu.measure.timeliness.cases import Cases, collect, days
from mutu.measure.timeliness.curve import curve
from mutu.regulations import publication


@dataclass(frozen=True)
class WithinLimit(Result):
    """The share of cases done within a limit.

    Attributes
    ----------
    n : cases
    limit : days allowed
    in_time : cases done within them
    late : cases done later, or open for longer than the limit
    undecided : open cases that still have time
    share : estimated share of all cases that are done in time
    interval : its interval
    effective : number of cases the interval rests on; less than `n` where some are undecided
    method : "wilson", or "kaplan-meier, wilson (rothman)" where some are undecided
    """

    n: int
    limit: float
    in_time: int
    late: int
    undecided: int
    share: float
    interval: Interval
    effective: float
    method: str

    def __float__(self) -> float:
        return self.share

    def sentence(self) -> str:
        """The share with its interval, and what could not be decided yet."""
        text = _("{share} of the cases are done within {limit} days ({level} confidence interval {interval}).").format(
            share=percent(self.share),
            limit=days(self.limit),
            level=percent(self.interval.level, 0),
            interval=limits(self.interval, percent),
        )
        counts = _("Of {n} cases {in_time} were in time and {late} late").format(
            n=integer(self.n), in_time=integer(self.in_time), late=integer(self.late)
        )
        if not self.undecided:
            return f"{text} {counts}."
        waiting = _("{undecided} are open and still have time: they count as far as they have waited").format(
            undecided=integer(self.undecided)
        )
        return f"{text} {counts}; {waiting}."

    def rows(self) -> list[dict[str, str]]:
        """One row a state of the cases."""
        return [
            {_("State"): name, _("Cases"): integer(count), _("Share"): percent(count / self.n)}
            for name, count in (
                (_("in time"), self.in_time),
                (_("late"), self.late),
                (_("open, still in time"), self.undecided),
            )
        ]

    def as_json(self) -> dict[str, Any]:
        """The share as plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "limit": self.limit,
            "in_time": self.in_time,
            "late": self.late,
            "undecided": self.undecided,
            "share": self.share,
            "interval": self.interval.as_json(6),
        }


def within_limit(durations: Any, limit: float, open_cases: Any | None = None) -> WithinLimit:
    """The share of cases done within a limit, with a Wilson interval.

    A case that is open beyond the limit is late, done or not. A case that is open and still has time is neither in time
    nor late; leaving it out would flatter, because quick cases of the last days are already in and slow ones are not.
    So the share is the Kaplan-Meier estimate at the limit, and the interval is Wilson's with as many cases as have the
    same standard error (Rothman 1978); without such cases both are the plain share and its Wilson interval.

    Parameters
    ----------
    durations : days each case took, or has waited so far, shape (cases,); working days where the limit counts them
    limit : days allowed, above zero; a case of exactly so many days is in time
    open_cases : which cases are still open, same shape, True or False (1 or 0); none by default.
        Both are arrays, series of any library, or frames of one column

    Raises
    ------
    InputError : fewer than two cases, not as many marks as durations, or no case that has reached the limit
    AnswerError : a duration is missing, negative, infinite or a text; a mark is neither yes nor no
    SettingError : a limit that is not above zero

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, 209-212. Rothman (1978), Estimation of confidence
    limits for the cumulative probability of survival in life table analysis, Journal of Chronic Diseases 31, 557-560.

    Examples
    --------
    >>> found = within_limit([3, 5, 9, 10, 12, 4], 10, [0, 0, 0, 0, 0, 1])
    >>> found.in_time, found.late, found.undecided, round(found.share, 3)
    (4, 1, 1, 0.792)
    """
    allowed = positive(Term(N_("the limit")), limit)
    cases = collect(durations, open_cases)
    in_time = ~cases.open & (cases.durations <= allowed)
    late = cases.durations > allowed
    undecided = cases.n - int(in_time.sum()) - int(late.sum())
    level = float(publication().confidence)
    share, effective = _estimate(cases, allowed, level)
    return WithinLimit(
        n=cases.n,
        limit=allowed,
        in_time=int(in_time.sum()),
        late=int(late.sum()),
        undecided=undecided,
        share=share,
        interval=wilson(share, effective, level),
        effective=effective,
        method="kaplan-meier, wilson (rothman)" if undecided else "wilson",
    )


def _estimate(cases: Cases, limit: float, level: float) -> tuple[float, float]:
    """The share done at the limit, and the number of cases that would have its standard error."""
    reached = [step for step in curve(cases, level) if step.time <= limit]
    remaining = reached[-1].share if reached else 1.0
    if remaining > 0 and not (cases.durations >= limit).any():
        raise InputError(
            N_("No case has reached {limit} days yet, so the share within the limit cannot be told. Count later."),
            limit=days(limit),
        )
    se = reached[-1].se if reached else 0.0
    if 0 < remaining < 1:
        return 1 - remaining, remaining * (1 - remaining) / se**2
    decided = int((~cases.open | (cases.durations >= limit)).sum())
    return 1 - remaining, float(decided)

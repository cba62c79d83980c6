"""The share of cases still open after each day, with cases that are open at the count (Kaplan-Meier)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mutu.locale import _, integer, percent
from mutu.measure.intervals import normal_quantile
from mutu.measure.result import Interval, Result, limits
from mutu.measure.timeliness.cases import Cases, collect, days
from mutu.regulations import publication

_HALF = 0.5 + 1e-12  # a share that is one half but for rounding is one half


@dataclass(frozen=True)
class Step:
    """A time at which cases were done.

    Attributes
    ----------
    time : duration, in the unit of the data
    at_risk : cases that took at least so long
    done : cases done exactly then
    share : estimated share of all cases that take longer
    se : its standard error (Greenwood); 0 where nothing is left
    interval : log-log interval of `share`; None where the share is 0
    """

    time: float
    at_risk: int
    done: int
    share: float
    se: float
    interval: Interval | None


@dataclass(frozen=True)
class KaplanMeier(Result):
    """How long cases take, estimated with those still open.

    Attributes
    ----------
    n : cases
    done, open : how many of them are done and open
    steps : the curve, one step for each time at which a case was done
    median : time by which half of the cases are done; None while it has not been reached
    interval : interval of the median; `high` is infinite where the data set no upper limit, None without a median
    longest : the longest duration, done or open
    """

    n: int
    done: int
    open: int
    steps: tuple[Step, ...] = field(repr=False)
    median: float | None
    interval: Interval | None
    longest: float

    def __float__(self) -> float:
        return math.inf if self.median is None else self.median

    @property
    def method(self) -> str:
        """How the curve and its intervals were made."""
        return "kaplan-meier, greenwood, log-log"

    def still_open(self, time: float) -> float:
        """The estimated share of cases that take longer than `time`."""
        return next((step.share for step in reversed(self.steps) if step.time <= time), 1.0)

    def sentence(self) -> str:
        """The median with its interval, and on how many cases it rests."""
        cases = _("{n} cases, {open} of them still open").format(n=integer(self.n), open=integer(self.open))
        if self.median is None:
            return _("It cannot be said yet by which day half of the cases are done ({cases}).").format(cases=cases)
        return _("Half of the cases are done within {median} days ({interval}; {cases}).").format(
            median=days(self.median), interval=self._interval_text(), cases=cases
        )

    def _interval_text(self) -> str:
        if self.interval is None:
            return _("no interval, as more than half of the cases took equally long")
        level = percent(self.interval.level, 0)
        if math.isinf(self.interval.high):
            return _("{level} confidence interval from {low} days on, without an upper limit").format(
                level=level, low=days(self.interval.low)
            )
        return _("{level} confidence interval {low} to {high}").format(
            level=level, low=days(self.interval.low), high=days(self.interval.high)
        )

    def rows(self) -> list[dict[str, str]]:
        """One row for each time at which cases were done; while none is, one row for the beginning."""
        steps = self.steps or (Step(0.0, self.n, 0, 1.0, 0.0, None),)
        return [
            {
                _("Days"): days(step.time),
                _("Cases so long or longer"): integer(step.at_risk),
                _("Done"): integer(step.done),
                _("Still open"): percent(step.share),
                _("Standard error"): percent(step.se),
                _("95% interval"): limits(step.interval, percent),
            }
            for step in steps
        ]

    def as_json(self) -> dict[str, Any]:
        """The curve as plain numbers; an interval without an upper limit has null there."""
        return {
            "method": self.method,
            "n": self.n,
            "done": self.done,
            "open": self.open,
            "median": self.median,
            "interval": None if self.interval is None else _bounds(self.interval),
            "steps": [
                {
                    "time": step.time,
                    "at_risk": step.at_risk,
                    "done": step.done,
                    "share": step.share,
                    "se": step.se,
                    "interval": step.interval.as_json(6) if step.interval else None,
                }
                for step in self.steps
            ],
        }


def kaplan_meier(durations: Any, open_cases: Any | None = None) -> KaplanMeier:
    """How long cases take, with those still open counted as what they are: unfinished, not finished today.

    Leaving open cases out, or ending them today, makes a slow office look fast. Here a case that has waited w days says
    only that it takes longer than w. The interval of each share is made on the scale log(-log S), which keeps it
    between 0 and 1; the interval of the median are the times at which its ends cross one half (Brookmeyer & Crowley).
    It assumes that open cases are not slower than others for a reason that depends on how long they have waited.

    Parameters
    ----------
    durations : days each case took, or has waited so far, shape (cases,); zero or above
    open_cases : which cases are still open, same shape, True or False (1 or 0); none by default.
        Both are arrays, series of any library, or frames of one column

    Raises
    ------
    InputError : fewer than two cases, or not as many marks as durations
    AnswerError : a duration is missing, negative, infinite or a text; a mark is neither yes nor no

    References
    ----------
    Kaplan & Meier (1958), Journal of the American Statistical Association 53, 457-481. Brookmeyer & Crowley (1982),
    Biometrics 38, 29-41. Klein & Moeschberger (2003), Survival Analysis, 2nd ed., Springer, sections 4.2, 4.3 and 4.5:
    the data of section 1.2 (Freireich et al. 1963, Blood 21, 699-716) are a test of this function.

    Examples
    --------
    >>> found = kaplan_meier([2, 3, 3, 5, 8, 8, 12, 20], [0, 0, 0, 0, 0, 1, 0, 1])
    >>> found.median, round(found.still_open(5), 2)
    (5.0, 0.5)
    """
    cases = collect(durations, open_cases)
    level = float(publication().confidence)
    steps = curve(cases, level)
    median = _first_below((step.time, step.share) for step in steps)
    return KaplanMeier(
        n=cases.n,
        done=int((~cases.open).sum()),
        open=int(cases.open.sum()),
        steps=steps,
        median=median,
        interval=_median_interval(steps, level) if median is not None else None,
        longest=float(cases.durations.max()),
    )


def curve(cases: Cases, level: float) -> tuple[Step, ...]:
    """The steps of the product-limit estimate."""
    finished = cases.durations[~cases.open]
    times, done = np.unique(finished, return_counts=True)
    at_risk = cases.n - np.searchsorted(np.sort(cases.durations), times, side="left")
    steps, share, spread = [], 1.0, 0.0
    for time, risk, count in zip(times.tolist(), at_risk.tolist(), done.tolist(), strict=True):
        share *= (risk - count) / risk
        spread += count / (risk * (risk - count)) if risk > count else 0.0
        se = share * math.sqrt(spread)
        steps.append(Step(time, risk, count, share, se, _loglog(share, spread, level)))
    return tuple(steps)


def _loglog(share: float, spread: float, level: float) -> Interval | None:
    """The interval of a share on the scale log(-log S); `spread` is Greenwood's sum."""
    if share <= 0:
        return None
    factor = math.exp(normal_quantile(level) * math.sqrt(spread) / abs(math.log(share)))
    return Interval(share**factor, share ** (1 / factor), level)


def _median_interval(steps: Sequence[Step], level: float) -> Interval | None:
    bands = [(step.time, step.interval) for step in steps if step.interval is not None]
    low = _first_below((time, band.low) for time, band in bands)
    high = _first_below((time, band.high) for time, band in bands)
    return None if low is None else Interval(low, math.inf if high is None else high, level)


def _first_below(points: Any) -> float | None:
    """The first time at which a share is one half or less."""
    return next((float(time) for time, share in points if share <= _HALF), None)


def _bounds(found: Interval) -> dict[str, float | None]:
    return {"level": found.level, "low": found.low, "high": None if math.isinf(found.high) else found.high}

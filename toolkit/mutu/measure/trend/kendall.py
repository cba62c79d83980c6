"""Whether a series rises or falls over time: Mann and Kendall's test, by season, with Sen's slope."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from mutu.errors import N_, InputError, Term
from mutu.locale import _, integer, number, percent, signed
from mutu.measure.frames import Floats
from mutu.measure.intervals import normal_quantile
from mutu.measure.result import Interval, Result, limits
from mutu.measure.trend.periods import Period, named, series
from mutu.regulations import publication

LEAST = 5  # periods below which even a steady rise is explained by chance
_EXACT = 50  # periods up to which all orders are counted
_YEAR = 12
_LEAST_P = 0.001  # smallest p that is written out
_ROUNDING = 1e-12


@dataclass(frozen=True)
class MonotonicTrend(Result):
    """A rise or fall over time.

    Attributes
    ----------
    n : periods
    score : pairs that rise minus pairs that fall (S)
    variance : of the score without a trend
    z : the score in standard deviations, brought nearer to zero by one step; None where all orders were counted
    p : how often chance alone makes a score as far from zero
    tau : Kendall's rank correlation with time (tau-b); of a seasonal trend the score by its largest value
    slope : Sen's slope: the middle of all rises from one period to another, a month (or step), or a year
    interval : its interval; None where nearly all rises are the same, so that it would have no width
    seasonal : whether months were compared only with the same month of other years
    missing : periods without numbers
    """

    n: int
    score: int
    variance: float
    z: float | None
    p: float
    tau: float
    slope: float
    interval: Interval | None
    seasonal: bool
    missing: tuple[Period, ...]

    def __float__(self) -> float:
        return self.slope

    @property
    def clear(self) -> bool:
        """Whether chance is an unlikely explanation."""
        return self.p < 1 - float(publication().confidence)

    @property
    def method(self) -> str:
        """How the test was made."""
        kind = "seasonal mann-kendall" if self.seasonal else "mann-kendall"
        return f"{kind}, {'exact' if self.z is None else 'normal with continuity'}; sen's slope"

    def sentence(self) -> str:
        """Whether it rises or falls, and by how much."""
        unit = _("a year") if self.seasonal else _("a period")
        if self.interval is None:
            text = _(
                "Over {n} periods the value changes by {slope} {unit} (no interval, as nearly all changes from one "
                "period to another are the same)"
            ).format(n=integer(self.n), slope=signed(self.slope), unit=unit)
        else:
            text = _(
                "Over {n} periods the value changes by {slope} {unit} ({level} confidence interval {interval})"
            ).format(
                n=integer(self.n),
                slope=signed(self.slope),
                unit=unit,
                level=percent(self.interval.level, 0),
                interval=limits(self.interval, signed),
            )
        return " ".join([f"{text}: {self._verdict()}", *self.remarks()])

    def _verdict(self) -> str:
        said = f"p = {number(self.p, 3)}" if self.p >= _LEAST_P else f"p < {number(_LEAST_P, 3)}"
        if not self.clear:
            return _("a trend cannot be told from chance ({p}).").format(p=said)
        if self.score > 0:
            return _("it rises by more than chance explains ({p}).").format(p=said)
        return _("it falls by more than chance explains ({p}).").format(p=said)

    def remarks(self) -> list[str]:
        """Which periods are missing."""
        return [_("Without numbers: {periods}.").format(periods=named(self.missing))] if self.missing else []

    def rows(self) -> list[dict[str, str]]:
        """One row a number."""
        return [
            {_("Measure"): _("Score S"), _("Value"): integer(self.score), _("95% interval"): number(None)},
            {_("Measure"): _("Kendall's tau"), _("Value"): number(self.tau, 3), _("95% interval"): number(None)},
            {_("Measure"): _("p value"), _("Value"): number(self.p, 4), _("95% interval"): number(None)},
            {
                _("Measure"): _("Sen's slope a year") if self.seasonal else _("Sen's slope a period"),
                _("Value"): signed(self.slope, 3),
                _("95% interval"): limits(self.interval, signed),
            },
        ]

    def as_json(self) -> dict[str, Any]:
        """The trend as plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "score": self.score,
            "variance": self.variance,
            "z": self.z,
            "p": self.p,
            "tau": self.tau,
            "slope": self.slope,
            "interval": self.interval.as_json(6) if self.interval else None,
            "seasonal": self.seasonal,
            "missing": [period.label for period in self.missing],
        }


def mann_kendall(values: Any, periods: Any | None = None) -> MonotonicTrend:
    """Whether a series rises or falls over time, whatever the form of the rise, and Sen's slope.

    Every pair of periods says up, down or equal. Up to 50 periods without equal values all orders are counted; else the
    score is taken as normal, its variance reduced for ties. Only ranks matter, so one wild month does not. Months are
    taken as independent of each other. For months that follow the seasons use `seasonal_mann_kendall`.

    Parameters
    ----------
    values : one number a period, shape (periods,)
    periods : months as dates, «2026-03» or «Maret 2026», in any order; or other labels in the order of time. The slope
        counts missing months as time that passed

    Raises
    ------
    InputError : fewer than five periods, different lengths, a period twice, or values that never change
    AnswerError : a value is a text or infinite

    References
    ----------
    Mann (1945), Econometrica 13, 245-259. Kendall (1975), Rank Correlation Methods. Sen (1968), Journal of the American
    Statistical Association 63, 1379-1389.

    Examples
    --------
    >>> found = mann_kendall([70, 71, 73, 72, 75, 76, 78])
    >>> found.score, round(found.p, 4), round(found.slope, 3)
    (19, 0.0028, 1.25)
    """
    found = series([(Term(N_("value")), values)], periods, LEAST, _TOO_FEW)
    (numbers,) = found.columns
    _check_varies(numbers)
    n, score, variance = len(numbers), _score(numbers), _variance(numbers)
    slopes = _slopes(numbers, found.steps)
    exact = n <= _EXACT and len(np.unique(numbers)) == n
    z = None if exact else _standard(score, variance)
    ties = sum(int(size) * (int(size) - 1) // 2 for size in np.unique(numbers, return_counts=True)[1])
    pairs = n * (n - 1) / 2
    return MonotonicTrend(
        n=n,
        score=score,
        variance=variance,
        z=z,
        p=_exact(score, n) if z is None else _both_sides(z),
        tau=score / math.sqrt(pairs * (pairs - ties)),
        slope=float(np.median(slopes)),
        interval=_sen(slopes, variance),
        seasonal=False,
        missing=found.missing,
    )


def seasonal_mann_kendall(values: Any, periods: Any) -> MonotonicTrend:
    """Whether a monthly series rises or falls when each month is compared only with the same month of other years.

    The scores and variances of the months are added up, so that Ramadan or the end of the budget year does not look
    like a trend. The slope is the middle of all rises between the same months, a year.

    Parameters
    ----------
    values : one number a month, shape (months,)
    periods : months as dates, «2026-03» or «Maret 2026», in any order

    Raises
    ------
    InputError : periods that are no months, fewer than five, no month in two years, or values that never change
    AnswerError : a value is a text or infinite

    References
    ----------
    Hirsch, Slack & Smith (1982), Water Resources Research 18, 107-121.

    Examples
    --------
    >>> months = [f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13)]
    >>> found = seasonal_mann_kendall([70 + year + month % 3 for year in range(3) for month in range(12)], months)
    >>> found.score, found.slope, found.clear
    (36, 1.0, True)
    """
    found = series([(Term(N_("value")), values)], periods, LEAST, _TOO_FEW)
    (numbers,) = found.columns
    months = [period.month for period in found.periods if period.month is not None]
    if len(months) < len(numbers):
        raise InputError(N_("Seasons need months as periods. Write them as 2026-03."))
    _check_varies(numbers)
    season = np.array(months) % _YEAR
    parts = [(numbers[season == one], found.steps[season == one] / _YEAR) for one in np.unique(season)]
    parts = [part for part in parts if len(part[0]) > 1]
    if not parts or sum(_variance(part[0]) for part in parts) == 0:
        raise InputError(N_("No month has different numbers in two years, so seasons cannot be compared."))
    score, variance = sum(_score(part[0]) for part in parts), sum(_variance(part[0]) for part in parts)
    slopes = np.concatenate([_slopes(*part) for part in parts])
    z = _standard(score, variance)
    return MonotonicTrend(
        n=len(numbers),
        score=score,
        variance=variance,
        z=z,
        p=_both_sides(z),
        tau=score / len(slopes),
        slope=float(np.median(slopes)),
        interval=_sen(np.sort(slopes), variance),
        seasonal=True,
        missing=found.missing,
    )


_TOO_FEW = N_("A trend needs at least {least} periods with numbers, there are {found}. Wait for more months.")


def _check_varies(numbers: Floats) -> None:
    if np.ptp(numbers) == 0:
        raise InputError(N_("The values never change, so there is no trend to test. Check the column."))


def _score(numbers: Floats) -> int:
    return int(np.triu(np.sign(numbers[None, :] - numbers[:, None]), 1).sum())


def _variance(numbers: Floats) -> float:
    def part(count: float) -> float:
        return count * (count - 1) * (2 * count + 5)

    sizes: Sequence[int] = np.unique(numbers, return_counts=True)[1].tolist()
    return (part(len(numbers)) - sum(part(size) for size in sizes)) / 18


def _slopes(numbers: Floats, steps: Floats) -> Floats:
    """All rises from an earlier to a later period, by the time between, sorted."""
    first, later = np.triu_indices(len(numbers), 1)
    return np.sort((numbers[later] - numbers[first]) / (steps[later] - steps[first]))


def _standard(score: int, variance: float) -> float:
    return (score - (score > 0) + (score < 0)) / math.sqrt(variance)


def _both_sides(z: float) -> float:
    return min(1.0, 2 * NormalDist().cdf(-abs(z)))


def _exact(score: int, n: int) -> float:
    """How often a random order of n different values has a score at least as far from zero."""
    counts = [1]
    for size in range(2, n + 1):
        longer = [0] * (len(counts) + size - 1)
        for place, count in enumerate(counts):
            for more in range(size):
                longer[place + more] += count
        counts = longer
    pairs = n * (n - 1) // 2
    far = sum(count for falling, count in enumerate(counts) if abs(pairs - 2 * falling) >= abs(score))
    return far / math.factorial(n)


def _sen(slopes: Floats, variance: float) -> Interval | None:
    """The interval of the middle slope: as many slopes from the middle as the score may stray (Sen 1968).

    None where both ends are the same slope, which would claim perfect knowledge.
    """
    level = float(publication().confidence)
    stray = normal_quantile(level) * math.sqrt(variance)
    low = max(round((len(slopes) - stray) / 2) - 1, 0)
    high = min(round((len(slopes) + stray) / 2), len(slopes) - 1)
    if slopes[high] - slopes[low] <= _ROUNDING * max(1.0, float(np.abs(slopes).max())):
        return None
    return Interval(float(slopes[low]), float(slopes[high]), level)

"""The line through ordered groups at the middles of their shares, its ends, and how sure they are."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from mutu.measure.equity import clusters
from mutu.measure.frames import Floats
from mutu.measure.intervals import normal_quantile, t_quantile
from mutu.measure.result import Interval
from mutu.regulations import publication


@dataclass(frozen=True)
class Line:
    """One number of the line with its interval; None where two means alone make the line, or nothing lies off it."""

    value: float
    interval: Interval | None

    def clear(self, nothing: float) -> bool:
        """Whether the interval leaves out the value that means «no inequality»."""
        return self.interval is not None and not self.interval.low <= nothing <= self.interval.high

    def as_json(self) -> dict[str, Any]:
        """The number for JSON."""
        return {"value": self.value, "interval": self.interval.as_json(6) if self.interval else None}


class Ends(NamedTuple):
    """Slope and mean of lines, each of shape (lines,)."""

    slope: Floats
    mean: Floats


Fitted = tuple[Line, Line | None, Line | None]
_ROUNDING = 1e-9  # errors so small, next to the values, are none


def bare(fitted: Fitted) -> Fitted:
    """The same numbers without intervals."""
    slope, relative, ratio = fitted
    return (
        replace(slope, interval=None),
        relative and replace(relative, interval=None),
        ratio and replace(ratio, interval=None),
    )


def fit(sums: Floats, totals: Floats) -> Ends:
    """The lines through groups: shares of people and of the value, each lines × groups, worst off first."""
    people = sums.sum(axis=-1, keepdims=True)
    share = sums / people
    place = np.cumsum(share, axis=-1) - share / 2 - 0.5
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (totals / people * place).sum(axis=-1) / (share * place**2).sum(axis=-1)
    return Ends(slope, (totals / people).sum(axis=-1))


def without_each(by: clusters.Codes, level: clusters.Codes, masses: Floats, values: Floats) -> Ends:
    """The lines without each person, or each cluster, in turn."""
    found = [fit(sums, totals) for sums, totals in clusters.left_out(by, level, masses, masses * values)]
    return Ends(np.concatenate([one.slope for one in found]), np.concatenate([one.mean for one in found]))


def line(sums: Floats, totals: Floats, without: Ends, parts: float) -> Fitted:
    """Slope, slope by mean and ratio of the ends with jackknifed intervals.

    Parameters
    ----------
    sums, totals : share of people and weighted value of each group
    without : the lines without each part in turn
    parts : effective number of parts left out
    """
    slope, mean = (float(one) for one in fit(sums, totals))
    level = float(publication().confidence)

    def sure(value: float, left: Floats) -> Interval:
        return clusters.around(value, clusters.error(value, left), parts, level)

    relative = Line(slope / mean, sure(slope / mean, without.slope / without.mean)) if mean > 0 else None
    ratio = None
    low, high = without.mean - without.slope / 2, without.mean + without.slope / 2
    if mean - abs(slope) / 2 > 0 and (np.minimum(low, high) > 0).all():
        value = math.log((mean + slope / 2) / (mean - slope / 2))
        around = sure(value, np.log(high / low))
        ratio = Line(math.exp(value), Interval(math.exp(around.low), math.exp(around.high), level))
    return Line(slope, sure(slope, without.slope)), relative, ratio


def line_with_errors(means: Floats, sizes: Floats, errors: Floats | None) -> Fitted:
    """Slope, slope by mean and ratio of the ends of a line through means.

    Parameters
    ----------
    means, sizes : mean and people of each group, worst off first
    errors : standard error of each mean; None to take them from how far the means lie off the line
    """
    share = sizes / sizes.sum()
    place = np.cumsum(share) - share / 2 - 0.5
    pull = share * place / float(share @ place**2)
    slope, mean = float(pull @ means), float(share @ means)
    level = float(publication().confidence)
    quantile = normal_quantile(level)
    if errors is None and len(means) > 2:
        off = means - mean - slope * place
        errors = np.sqrt(float(share @ off**2) / (len(means) - 2) / share)
        quantile = t_quantile(len(means) - 2, level)
    if errors is not None and not (errors > _ROUNDING * np.abs(means).max()).any():
        errors = None

    def sure(value: float, gradient: Floats) -> Interval | None:
        if errors is None:
            return None
        half = quantile * math.sqrt(float(np.sum((gradient * errors) ** 2)))
        return Interval(value - half, value + half, level)

    relative = Line(slope / mean, sure(slope / mean, pull / mean - slope / mean**2 * share)) if mean > 0 else None
    ratio = None
    low, high = mean - slope / 2, mean + slope / 2
    if min(low, high) > 0:
        around = sure(math.log(high / low), (share + pull / 2) / high - (share - pull / 2) / low)
        bounds = None if around is None else Interval(math.exp(around.low), math.exp(around.high), level)
        ratio = Line(high / low, bounds)
    return Line(slope, sure(slope, pull)), relative, ratio

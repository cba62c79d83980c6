"""The concentration index and Erreygers' index of ranked people, with their errors."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mutu.measure.equity import clusters
from mutu.measure.frames import Floats
from mutu.measure.intervals import cluster_freedom, long_tailed, studentised
from mutu.measure.result import Interval
from mutu.regulations import publication

FEWEST_HOLDERS = 5  # people with a value above zero below which nothing can be told of the plain index


@dataclass(frozen=True)
class Concentration:
    """One index with its error: below zero when good values gather among the worse off, above among the better off.

    The interval is None where so few people have a value above zero that nothing can be told.
    """

    value: float
    se: float
    interval: Interval | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out «no concentration»."""
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high

    def as_json(self) -> dict[str, Any]:
        """The index for JSON."""
        return {"value": self.value, "se": self.se, "interval": self.interval.as_json(6) if self.interval else None}


@dataclass(frozen=True)
class Ranked:
    """The people with all that was given: value, rank, share of the weights, cluster from 0; how many lack one."""

    values: Floats
    order: Floats
    shares: Floats
    cluster: clusters.Codes | None
    left_out: int

    @property
    def mean(self) -> float:
        """The weighted mean of the values."""
        return float(self.shares @ self.values)


def both(people: Ranked, width: float) -> tuple[Concentration, Concentration]:
    """The plain index, and Erreygers' index for values between bounds `width` apart."""
    places = _below(people.order, people.shares)
    plain = 2 * float(people.shares @ (people.values * places)) / people.mean - 1
    scale = 4 * people.mean / width
    moves = _moves(people, plain, width)
    make = _linearised if people.cluster is None else _jackknifed
    index, corrected = make(people, moves, plain, width)
    return _held(index, corrected, people, scale), corrected


def _below(order: Floats, masses: Floats) -> Floats:
    """The mass ranked below each person, plus half of the mass ranked equal."""
    _steps, place = np.unique(order, return_inverse=True)
    at = np.bincount(place, weights=masses)
    below: Floats = (np.cumsum(at) - at / 2)[place]
    return below


def _moves(people: Ranked, plain: float, width: float) -> tuple[Floats, Floats]:
    """What each person moves the index by, and Erreygers' index."""
    values, shares, mean = people.values, people.shares, people.mean
    places, heights = _below(people.order, shares), _below(people.order, shares * values / mean)
    index = values / mean * (2 * places - 1 - plain) + 2 - 2 * heights
    corrected = 8 / width * (values * (places - 0.5) + mean * (1 - heights))
    return shares * (index - shares @ index), shares * (corrected - shares @ corrected)


def _linearised(
    people: Ranked, moves: tuple[Floats, Floats], plain: float, width: float
) -> tuple[Concentration, Concentration]:
    """Both indices with the error that follows from how much each person moves them."""
    n = len(people.values)
    index_se, corrected_se = (math.sqrt(n / (n - 1) * float(moved @ moved)) for moved in moves)
    holders = max(2.0, n * people.mean**2 / float(people.shares @ people.values**2))
    lost = math.sqrt(holders / (holders - 1) * (n - 1) / n)
    index = _with_error(plain, index_se * lost, holders - 1, moves[0])
    return replace(index, se=index_se), _with_error(4 * people.mean / width * plain, corrected_se, n - 1.0, moves[1])


def _with_error(value: float, se: float, freedom: float, moves: Floats, *, skewed: bool = False) -> Concentration:
    """An index with its interval; skewness is corrected over clusters only, as it narrows what few people hold."""
    level = float(publication().confidence)
    spread = long_tailed(se, freedom, moves)
    spread = spread if skewed else spread._replace(skewness=0.0)
    return Concentration(value, se, Interval(*studentised(value, spread, level), level))


def _held(index: Concentration, corrected: Concentration, people: Ranked, scale: float) -> Concentration:
    """The plain index with an interval that allows for how few people hold the value, inside -1 to 1.

    Parameters
    ----------
    corrected : Erreygers' index, `scale` times the plain one, whatever the bounds
    """
    assert index.interval is not None  # noqa: S101  as both were made just before
    assert corrected.interval is not None  # noqa: S101
    if (people.values > 0).sum() < min(FEWEST_HOLDERS, len(people.values)):
        return replace(index, interval=None)
    low, high, level = index.interval
    if people.values.max() <= 1:
        low, high = min(low, corrected.interval.low / scale), max(high, corrected.interval.high / scale)
    return replace(index, interval=Interval(max(low, -1.0), min(high, 1.0), level))


def _jackknifed(
    people: Ranked, moves: tuple[Floats, Floats], plain: float, width: float
) -> tuple[Concentration, Concentration]:
    """Both indices with the error that follows from leaving out each cluster in turn."""
    assert people.cluster is not None  # noqa: S101  what the caller asked before
    _steps, place = np.unique(people.order, return_inverse=True)
    without = [
        _of_sums(masses, values)
        for masses, values in clusters.left_out(people.cluster, place, people.shares, people.shares * people.values)
    ]
    indices, means = (np.concatenate(part) for part in zip(*without, strict=True))
    freedom = cluster_freedom(clusters.sums(people.cluster, people.shares))
    index = _with_error(plain, clusters.error(plain, indices), freedom, moves[0], skewed=True)
    corrected = 4 * people.mean / width * plain
    se = clusters.error(corrected, 4 * means / width * indices)
    return index, _with_error(corrected, se, freedom, moves[1], skewed=True)


def _of_sums(masses: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Index and mean from the sums of each step of the ranking, along the last axis."""
    people, total = masses.sum(axis=-1), values.sum(axis=-1)
    places = (np.cumsum(masses, axis=-1) - masses / 2) / people[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        return 2 * (values * places).sum(axis=-1) / total - 1, total / people

"""Importance-performance analysis: what to improve first, and how sure each place on the grid is."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from mutu.errors import N_, InputError, SettingError, Term
from mutu.locale import _, integer, number, signed
from mutu.measure.frames import Floats
from mutu.measure.paired import Estimate, Pairs, combination, pairs
from mutu.measure.result import Interval, Result, interval_text, limits

__all__ = ["IpaResult", "Point", "quadrants"]

_NAMES = {
    "concentrate": N_("Concentrate here"),
    "keep": N_("Keep up the good work"),
    "low": N_("Low priority"),
    "overkill": N_("Possible overkill"),
}
_ROUNDING = 1e-12
_CODES = {(False, True): "concentrate", (True, True): "keep", (False, False): "low", (True, False): "overkill"}


@dataclass(frozen=True)
class Point:
    """One attribute on the grid.

    Attributes
    ----------
    name : the attribute
    n : respondents who rated both its performance and its importance
    performance, importance : means, the horizontal and the vertical coordinate
    performance_interval, importance_interval : 95 % intervals of the two; None from a single respondent
    gap : performance minus importance; zero on the iso-rating line
    gap_interval : 95 % interval of the gap, paired within respondents
    quadrant : "concentrate" (important, weak), "keep" (important, strong), "low" (neither), "overkill" (strong only)
    crosses : the cross-hairs that lie inside the point's intervals, of "performance" and "importance"
    """

    name: str
    n: int
    performance: float
    performance_interval: Interval | None
    importance: float
    importance_interval: Interval | None
    gap: float
    gap_interval: Interval | None
    quadrant: str
    crosses: tuple[str, ...]

    @property
    def uncertain(self) -> bool:
        """Whether another sample may well put the point into another quadrant."""
        return bool(self.crosses)

    @property
    def side(self) -> str:
        """Of the iso-rating line: "short" (performance below importance), "beyond", or "on" where that is unsure."""
        if self.gap_interval is None or self.gap_interval.low <= 0 <= self.gap_interval.high:
            return "on"
        return "short" if self.gap < 0 else "beyond"

    @property
    def quadrant_name(self) -> str:
        """The quadrant in the language in use."""
        return _quadrant(self.quadrant)

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, four decimals."""
        return {
            "name": self.name,
            "n": self.n,
            "performance": round(self.performance, 4),
            "performance_interval": _json(self.performance_interval),
            "importance": round(self.importance, 4),
            "importance_interval": _json(self.importance_interval),
            "gap": round(self.gap, 4),
            "gap_interval": _json(self.gap_interval),
            "quadrant": self.quadrant,
            "uncertain": self.uncertain,
            "crosses": list(self.crosses),
            "side": self.side,
        }


@dataclass(frozen=True)
class IpaResult(Result):
    """The grid.

    Attributes
    ----------
    n : respondents with at least one complete pair
    points : one for each attribute, in the order of the frame
    cross : where the cross-hairs stand, performance and importance
    rule : "mean", "median" or "given"
    overall : mean gap over all attributes, with its interval
    method : "hall-t": t intervals of the means, corrected for skewness, cross-hairs taken as fixed; where everybody
        agrees, the bound of Clopper & Pearson for none in n that differs
    """

    n: int
    points: tuple[Point, ...]
    cross: tuple[float, float]
    rule: str
    overall: Estimate
    method: str

    def __float__(self) -> float:
        return self.overall.value

    def inside(self, quadrant: str) -> tuple[Point, ...]:
        """The points of one quadrant.

        Raises
        ------
        SettingError : it is none of the four
        """
        if quadrant not in _NAMES:
            raise SettingError(
                N_("There is no quadrant «{code}»; choose one of {known}."), code=quadrant, known=", ".join(_NAMES)
            )
        return tuple(point for point in self.points if point.quadrant == quadrant)

    @property
    def uncertain(self) -> tuple[Point, ...]:
        """The points whose interval crosses a cross-hair."""
        return tuple(point for point in self.points if point.uncertain)

    @property
    def first(self) -> tuple[Point, ...]:
        """What to improve first: the points that are important and weak, and would be in another sample too."""
        return tuple(point for point in self.inside("concentrate") if not point.uncertain)

    def sentence(self) -> str:
        """What to concentrate on, which places are unsure, and the mean gap."""
        first = self.first
        said = [
            _("Important and weak («{quadrant}»): {names} (n = {n}).").format(
                quadrant=_quadrant("concentrate"), names=_listed(first), n=integer(self.n)
            )
            if first
            else _("No attribute is important and weak with certainty (n = {n}).").format(n=integer(self.n))
        ]
        if self.uncertain:
            said.append(
                _("Too close to a cross-hair to be placed with certainty: {names}.").format(
                    names=_listed(self.uncertain)
                )
            )
        said.append(
            _("On average performance minus importance is {gap}; {interval}.").format(
                gap=signed(self.overall.value), interval=interval_text(self.overall.interval)
            )
        )
        return " ".join(said)

    def rows(self) -> list[dict[str, str]]:
        """One row an attribute, in the order of the frame."""
        return [
            {
                _("Attribute"): point.name,
                "n": integer(point.n),
                _("Mean performance"): number(point.performance),
                _("Interval of performance"): limits(point.performance_interval),
                _("Mean importance"): number(point.importance),
                _("Interval of importance"): limits(point.importance_interval),
                _("Gap (performance − importance)"): signed(point.gap),
                _("Interval of the gap"): limits(point.gap_interval, signed),
                _("Quadrant"): point.quadrant_name,
                _("Certainty"): _("uncertain") if point.uncertain else _("certain"),
            }
            for point in self.points
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, four decimals."""
        return {
            "n": self.n,
            "method": self.method,
            "rule": self.rule,
            "cross": {"performance": round(self.cross[0], 4), "importance": round(self.cross[1], 4)},
            "gap": round(self.overall.value, 4),
            "gap_interval": _json(self.overall.interval),
            "points": [point.as_json() for point in self.points],
        }


def quadrants(performance: Any, importance: Any, cross: str | tuple[float, float] = "mean") -> IpaResult:
    """The importance-performance grid with the uncertainty of every point.

    A point at or above a cross-hair counts as high. A point whose 95 % interval contains a cross-hair is said to be
    uncertain: with another sample it may well stand in the next quadrant. The cross-hairs are taken as fixed; where
    respondents differ mainly in general mildness this says «uncertain» rather too often than too rarely.

    Parameters
    ----------
    performance, importance : frames or arrays, respondents × attributes, the same respondents in the same order and
        both on the same scale
    cross : "mean" or "median" of the attributes' means, or (performance, importance) as fixed numbers. Decide before
        looking at the picture: borders moved afterwards prove nothing

    Raises
    ------
    InputError : frames that do not belong together, fewer than two attributes, all answers the same
    AnswerError : a cell is no number, or infinite
    SettingError : an unknown rule for the cross-hairs

    References
    ----------
    Martilla & James (1977), Importance-Performance Analysis, Journal of Marketing 41(1), 77-79 (the four quadrants).
    Bacon (2003), International Journal of Market Research 45(1), 55-71 (iso-rating line). Hall (1992), Journal of the
    Royal Statistical Society B 54, 221-228. Clopper & Pearson (1934), Biometrika 26, 404-413.

    Examples
    --------
    >>> import polars as pl
    >>> felt = pl.DataFrame({"speed": [2, 2, 3, 2], "staff": [4, 3, 4, 4], "parking": [2, 3, 2, 2]})
    >>> matters = pl.DataFrame({"speed": [4, 4, 4, 3], "staff": [4, 4, 3, 4], "parking": [2, 1, 2, 2]})
    >>> found = quadrants(felt, matters)
    >>> [(point.name, point.quadrant) for point in found.points]
    [('speed', 'concentrate'), ('staff', 'keep'), ('parking', 'low')]
    """
    both = pairs(performance, importance, (Term(N_("performance")), Term(N_("importance"))), least_columns=2)
    low, high = both.bounds
    if low == high:
        raise InputError(N_("All answers are the same, so there is nothing to compare. Check that the data are right."))
    coordinates = (_means(both.first, (low, high)), _means(both.second, (low, high)))
    place, rule = _cross(cross, coordinates)
    widest = (low - high, high - low)
    differences = _means(both.gaps, widest)
    points = tuple(
        _point(name, (felt, matters, gap), place)
        for name, felt, matters, gap in zip(both.names, *coordinates, differences, strict=True)
    )
    return IpaResult(both.n, points, place, rule, _overall(both, widest), "hall-t")


def _quadrant(code: str) -> str:
    return _(_NAMES[code])


def _means(values: Floats, possible: tuple[float, float]) -> list[Estimate]:
    return [combination(values, share, possible) for share in np.eye(values.shape[1])]


def _overall(both: Pairs, widest: tuple[float, float]) -> Estimate:
    count = len(both.names)
    return combination(both.gaps, np.full(count, 1 / count), widest)


def _cross(
    cross: str | tuple[float, float], coordinates: tuple[list[Estimate], list[Estimate]]
) -> tuple[tuple[float, float], str]:
    if isinstance(cross, str) and cross in ("mean", "median"):
        middle = np.median if cross == "median" else np.mean
        across, up = (float(middle([mean.value for mean in axis])) for axis in coordinates)
        return (across, up), cross
    if not (isinstance(cross, tuple | list) and len(cross) == 2 and all(_is_number(value) for value in cross)):
        raise SettingError(
            N_("The cross-hairs «{cross}» are unknown: give mean, median, or two numbers (performance, importance)."),
            cross=str(cross),
        )
    return (float(cross[0]), float(cross[1])), "given"


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and bool(np.isfinite(float(value)))


def _point(name: str, means: tuple[Estimate, Estimate, Estimate], cross: tuple[float, float]) -> Point:
    felt, matters, gap = means
    axes = (("performance", felt, cross[0]), ("importance", matters, cross[1]))
    return Point(
        name=name,
        n=gap.n,
        performance=felt.value,
        performance_interval=felt.interval,
        importance=matters.value,
        importance_interval=matters.interval,
        gap=gap.value,
        gap_interval=gap.interval,
        quadrant=_CODES[_high(felt, cross[0]), _high(matters, cross[1])],
        crosses=tuple(axis for axis, mean, line in axes if _contains(mean.interval, line)),
    )


def _high(mean: Estimate, line: float) -> bool:
    """At or above a cross-hair, which is a mean of means and may miss them by rounding."""
    return mean.value >= line - _ROUNDING


def _contains(interval: Interval | None, line: float) -> bool:
    return interval is None or interval.low <= line <= interval.high


def _listed(points: tuple[Point, ...]) -> str:
    return ", ".join(point.name for point in points)


def _json(interval: Interval | None) -> dict[str, float] | None:
    return interval.as_json(4) if interval else None

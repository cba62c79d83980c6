"""Many units beside each other, and the agency they form: mean of units and respondent-weighted, both named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, InputError
from mutu.locale import _, number
from mutu.locale.numbers import half_up
from mutu.measure.intervals import Spread, studentised, t_quantiles, unanimous, unskewed_ends
from mutu.measure.result import Interval, Result, interval_text, limits
from mutu.measure.skm.estimate import NO_SPREAD
from mutu.measure.skm.results import IndexResult
from mutu.measure.withhold import withheld
from mutu.regulations import Band, Skm, publication

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Units:
    """The numbers of all units, each array of shape (units,).

    Attributes
    ----------
    names : the units
    n : respondents with an answer
    ikm : index, 25-100
    rounded : the index with two decimals, half up from the exact fraction
    squares, cubes : sums of the squares and cubes of what each respondent moves the index by
    freedom : degrees of freedom of the standard error
    """

    names: tuple[str, ...]
    n: NDArray[np.int64]
    ikm: Floats
    rounded: Floats
    squares: Floats
    cubes: Floats
    freedom: Floats

    @cached_property
    def variance(self) -> Floats:
        """Squared standard error; NaN of a single respondent."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.n > 1, self.squares * self.n / (self.n - 1), np.nan)

    def intervals(self, level: float, bounds: tuple[float, float]) -> tuple[Floats, Floats]:
        """Lower and upper limits, as `score` gives them; NaN of a single respondent."""
        t, se = t_quantiles(self.freedom, level), np.sqrt(self.variance)
        with np.errstate(invalid="ignore", divide="ignore"):
            skewness = np.where(self.squares > NO_SPREAD**2, self.cubes / self.squares**1.5, 0.0)
        below, above = unskewed_ends(t, skewness, self.freedom)
        low, high = self.ikm - se * below, self.ikm - se * above
        alike = se <= NO_SPREAD
        share = 1 - ((1 - level) / 2) ** (1 / self.n)
        low = np.where(alike, self.ikm - share * (self.ikm - bounds[0]), low)
        high = np.where(alike, self.ikm + share * (bounds[1] - self.ikm), high)
        return np.minimum(np.maximum(low, bounds[0]), self.ikm), np.maximum(np.minimum(high, bounds[1]), self.ikm)


@dataclass(frozen=True)
class RolledUp:
    """One way to make one number out of many units.

    Attributes
    ----------
    value : the index of the agency, unrounded
    interval : 95 % interval; None where no unit has more than one respondent
    units, n : how many units and respondents it rests on
    band : its grade
    """

    value: float
    interval: Interval | None
    units: int
    n: int
    band: Band = field(repr=False)

    @property
    def mutu(self) -> str:
        """The letter of the grade."""
        return self.band.mutu

    def as_json(self) -> dict[str, Any]:
        """The number for JSON."""
        return {
            "ikm": float(half_up(self.value, 2)),
            "mutu": self.mutu,
            "interval": self.interval.as_json(2) if self.interval else None,
        }


@dataclass(frozen=True)
class AgencyResult(Result):
    """The index of an agency from those of its units.

    Attributes
    ----------
    mean_of_units : every unit counts the same, however many people answered there
    weighted : every respondent counts the same, so that large units decide
    single : units with one respondent, which count but say nothing of their spread
    """

    mean_of_units: RolledUp
    weighted: RolledUp
    single: int

    def __float__(self) -> float:
        return self.mean_of_units.value

    @property
    def method(self) -> str:
        """How the intervals were made: units are all there are, only the respondents in them are a sample."""
        return "stratified-hall-t"

    def sentence(self) -> str:
        """Both numbers by name, and why they differ."""
        both = [
            _("{name}: IKM {ikm}, grade {mutu}; {interval}").format(
                name=name, ikm=number(found.value), mutu=found.mutu, interval=interval_text(found.interval)
            )
            for name, found in self._named()
        ]
        text = _(
            "{units} units, n = {n}. {both}. The first lets every unit count the same, the second every respondent."
        )
        said = text.format(
            units=number(self.mean_of_units.units, 0), n=number(self.mean_of_units.n, 0), both=". ".join(both)
        )
        if self.single:
            said += " " + _("{count} units with one respondent count, but their spread is not known.").format(
                count=number(self.single, 0)
            )
        return said

    def _named(self) -> list[tuple[str, RolledUp]]:
        return [(_("Mean of the units"), self.mean_of_units), (_("Weighted by respondents"), self.weighted)]

    def rows(self) -> list[dict[str, str]]:
        """One row a way of rolling up."""
        return [
            {
                _("Agency"): name,
                _("Units"): number(found.units, 0),
                "n": number(found.n, 0),
                _("Index"): number(found.value),
                _("95% interval"): limits(found.interval),
                _("Grade (mutu)"): found.mutu,
            }
            for name, found in self._named()
        ]

    def as_json(self) -> dict[str, Any]:
        """Both ways as plain numbers."""
        return {
            "units": self.mean_of_units.units,
            "n": self.mean_of_units.n,
            "mean_of_units": self.mean_of_units.as_json(),
            "weighted": self.weighted.as_json(),
            "single": self.single,
            "method": self.method,
        }


@dataclass(frozen=True)
class UnitsResult(Result):
    """The index of every unit.

    A unit below the smallest group allowed is withheld, and with it so much that nothing withheld follows from the
    agency's number minus the units shown; it counts in the agency all the same.
    """

    units: Units = field(repr=False)
    regulation: Skm = field(repr=False)
    scale: tuple[int, int]
    least: int

    @property
    def names(self) -> tuple[str, ...]:
        """The units, in order."""
        return self.units.names

    @property
    def n(self) -> NDArray[np.int64]:
        """Respondents of each unit."""
        return self.units.n

    @cached_property
    def shown(self) -> NDArray[np.bool_]:
        """Which units may be shown."""
        hidden = withheld({str(row): int(n) for row, n in enumerate(self.n)}, self.least)
        return np.array([str(row) not in hidden for row in range(len(self.n))])

    @property
    def ikm(self) -> Floats:
        """Published index of each unit, two decimals; NaN where it is withheld."""
        return np.where(self.shown, self.units.rounded, np.nan)

    @cached_property
    def interval(self) -> tuple[Floats, Floats]:
        """Lower and upper 95 % limits; NaN where there is none, or it is withheld."""
        low, high = self.units.intervals(float(publication().confidence), _bounds(self.regulation))
        return np.where(self.shown, low, np.nan), np.where(self.shown, high, np.nan)

    @cached_property
    def mutu(self) -> tuple[str | None, ...]:
        """Grade of each unit; None where it is withheld."""
        bands = sorted(self.regulation.bands, key=lambda band: band.low)
        lows = np.array([float(band.low) for band in bands[1:]])
        places = np.searchsorted(lows - 0.001, self.units.rounded, side="right")
        letters = np.array([band.mutu for band in bands], dtype=object)[places]
        return tuple(letter if shown else None for letter, shown in zip(letters, self.shown, strict=True))

    @cached_property
    def agency(self) -> AgencyResult:
        """The agency that the units form."""
        return _agency(self.units, self.regulation)

    def __float__(self) -> float:
        return float(self.agency)

    @property
    def method(self) -> str:
        """How the intervals were made."""
        return "hall-t"

    def sentence(self) -> str:
        """How many units have which grade, and the agency."""
        letters = [letter for letter in self.mutu if letter is not None]
        counted = ", ".join(f"{letter} {number(letters.count(letter), 0)}" for letter in sorted(set(letters)))
        said = _("Grades of the units: {counted}.").format(counted=counted or "–")
        if hidden := int((~self.shown).sum()):
            said += " " + _("{count} units are withheld, so that no few people can be told.").format(
                count=number(hidden, 0)
            )
        return f"{said} {self.agency.sentence()}"

    def rows(self) -> list[dict[str, str]]:
        """One row a unit."""
        low, high = self.interval
        return [
            {
                _("Unit"): name,
                "n": number(int(self.n[row]), 0) if self.shown[row] else f"< {self.least}" if _few(self, row) else "–",
                _("Index"): number(None if np.isnan(self.ikm[row]) else float(self.ikm[row])),
                _("95% interval"): limits(_pair(low[row], high[row])),
                _("Grade (mutu)"): self.mutu[row] or "–",
            }
            for row, name in enumerate(self.names)
        ]

    def as_json(self) -> dict[str, Any]:
        """One entry a unit, and the agency."""
        low, high = self.interval
        each = [
            {
                "unit": name,
                "n": int(self.n[row]),
                "ikm": None if np.isnan(self.ikm[row]) else float(self.ikm[row]),
                "mutu": self.mutu[row],
                "interval": found.as_json(2) if (found := _pair(low[row], high[row])) else None,
                "suppressed": not self.shown[row],
            }
            for row, name in enumerate(self.names)
        ]
        return {"units": each, "agency": self.agency.as_json(), "method": self.method}


def agency(results: Mapping[str, IndexResult]) -> AgencyResult:
    """The index of an agency from the results of its units, by name.

    Parameters
    ----------
    results : name of the unit -> its result

    Returns
    -------
    AgencyResult : the mean of the units and the respondent-weighted mean, both with their interval

    Raises
    ------
    InputError : no unit, or something else than results by name

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., section 5.3-5.4: means of strata, weighted; here every unit is a
    stratum. Degrees of freedom after Satterthwaite, section 5.4.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import skm
    >>> large = skm.score(pl.DataFrame({"U1": [4, 4, 3, 4, 3, 4]}))
    >>> small = skm.score(pl.DataFrame({"U1": [2, 3]}))
    >>> found = skm.agency({"large": large, "small": small})
    >>> round(found.mean_of_units.value, 2), round(found.weighted.value, 2)
    (77.08, 84.38)
    """
    if not isinstance(results, Mapping) or not all(isinstance(result, IndexResult) for result in results.values()):
        raise InputError(
            N_("An agency is made of results by name, {example}, not of {kind}."),
            example='{"Loket A": skm.score(…), …}',
            kind=type(results).__name__,
        )
    if not results:
        raise InputError(N_("An agency needs at least one unit. Give the result of each unit by its name."))
    found = list(results.values())
    vectors = [_moments(result) for result in found]
    units = Units(
        names=tuple(results),
        n=np.array([result.n for result in found]),
        ikm=np.array([float(result.ikm) for result in found]),
        rounded=np.array([float(result.rounded) for result in found]),
        squares=np.array([square for square, _cube in vectors]),
        cubes=np.array([cube for _square, cube in vectors]),
        freedom=np.array([1.0 if result.spread is None else result.spread.freedom for result in found]),
    )
    return _agency(units, found[0].regulation)


def _moments(result: IndexResult) -> tuple[float, float]:
    """Squares and cubes that lead back to the result's own spread."""
    if result.spread is None:
        return 0.0, 0.0
    square = result.spread.se**2 * (result.n - 1) / result.n
    return square, result.spread.skewness * square**1.5


def _agency(units: Units, rule: Skm) -> AgencyResult:
    each = np.full(len(units.n), 1 / len(units.n))
    return AgencyResult(
        mean_of_units=_rolled(units, each, rule),
        weighted=_rolled(units, units.n / units.n.sum(), rule),
        single=int((units.n < 2).sum()),
    )


def _rolled(units: Units, weights: Floats, rule: Skm) -> RolledUp:
    value = float(weights @ units.ikm)
    known = units.n > 1
    parts = weights[known] ** 2 * units.variance[known]
    band = rule.grade(half_up(value, 2))
    level, bounds, total = float(publication().confidence), _bounds(rule), int(units.n.sum())
    if not known.any():
        return RolledUp(value, None, len(units.n), total, band)
    if parts.sum() <= NO_SPREAD**2:
        return RolledUp(value, unanimous(value, total, bounds, level), len(units.n), total, band)
    third = float((weights[known] ** 3 * units.cubes[known]).sum())
    freedom = float(parts.sum() ** 2 / (parts**2 / units.freedom[known]).sum())
    spread = Spread(float(np.sqrt(parts.sum())), third / float(parts.sum()) ** 1.5, freedom)
    below, above = studentised(value, spread, level)
    return RolledUp(value, Interval(max(below, bounds[0]), min(above, bounds[1]), level), len(units.n), total, band)


def _bounds(rule: Skm) -> tuple[float, float]:
    return float(rule.bounds[0]), float(rule.bounds[1])


def _few(result: UnitsResult, row: int) -> bool:
    return bool(result.n[row] < result.least)


def _pair(low: float, high: float) -> Interval | None:
    return None if np.isnan(low) else Interval(float(low), float(high), float(publication().confidence))

"""Whether resources are enough, and whether they go where the need is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number, percent
from mutu.measure import frames
from mutu.measure.capacity.amounts import amounts
from mutu.measure.frames import Floats
from mutu.measure.result import Result
from mutu.measure.settings import positive


class Unit(NamedTuple):
    """One unit: need, what is available, and the ratio of the two (times `per`)."""

    name: str
    need: float
    available: float
    ratio: float


class Fairness(NamedTuple):
    """How unevenly a resource lies over the need.

    Attributes
    ----------
    gini : 0 if every unit has the same per need, towards 1 if one has all
    theil : Theil's T, 0 if every unit has the same per need
    to_move : share of the resource that would have to go to other units for all to have the same per need
    extremes : highest ratio by lowest; None where a unit has nothing
    """

    gini: float
    theil: float
    to_move: float
    extremes: float | None


@dataclass(frozen=True)
class Resources(Result):
    """Adequacy and fairness of a resource between units.

    Attributes
    ----------
    n : units
    units : lowest ratio first
    per : the ratio is the resource per so much need; None where need and resource are counted alike
    fairness : indices of unevenness
    left_out : units without a number, or without need
    method : "census of the units, no interval"
    """

    n: int
    units: tuple[Unit, ...]
    per: float | None
    fairness: Fairness
    left_out: int
    method: str = "census of the units, no interval"

    def __float__(self) -> float:
        """The ratio of all units together."""
        return sum(unit.available for unit in self.units) / sum(unit.need for unit in self.units) * (self.per or 1.0)

    @property
    def shortage(self) -> float | None:
        """What is missing in the units that have too little; None where need and resource are not counted alike."""
        if self.per is not None:
            return None
        return sum(max(unit.need - unit.available, 0.0) for unit in self.units)

    def sentence(self) -> str:
        """Adequacy, unevenness and the two ends; that no interval is needed."""
        low, high = self.units[0], self.units[-1]
        return " ".join(
            [
                self._adequacy(),
                _("Least has {low} ({low_ratio}), most has {high} ({high_ratio}).").format(
                    low=low.name, low_ratio=self._shown(low.ratio), high=high.name, high_ratio=self._shown(high.ratio)
                ),
                _(
                    "For all {n} units to have the same per need, {share} of the resource would have to go elsewhere "
                    "(Gini index {gini})."
                ).format(
                    n=integer(self.n),
                    share=percent(self.fairness.to_move),
                    gini=number(self.fairness.gini),
                ),
                _("All units are counted, none is sampled, so no interval is needed."),
            ]
        )

    def _adequacy(self) -> str:
        if self.per is None:
            return _(
                "{share} of the need is covered; in the units that have too little, {shortage} are missing."
            ).format(share=percent(float(self)), shortage=number(self.shortage, 1))
        return _("There are {rate} for every {per} of need.").format(rate=number(float(self)), per=number(self.per, 0))

    def _shown(self, ratio: float) -> str:
        return percent(ratio) if self.per is None else number(ratio)

    def rows(self) -> list[dict[str, str]]:
        """One row a unit, lowest ratio first."""
        return [
            {
                _("Unit"): unit.name,
                _("Need"): number(unit.need, 1),
                _("Available"): number(unit.available, 1),
                _("Ratio"): self._shown(unit.ratio),
                _("To the overall ratio"): number(unit.ratio / float(self) if float(self) else None),
            }
            for unit in self.units
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "per": self.per,
            "ratio": float(self),
            "shortage": self.shortage,
            **self.fairness._asdict(),
            "left_out": self.left_out,
            "units": [unit._asdict() for unit in self.units],
        }


def resources(frame: Any, *, unit: str, need: str, available: str, per: float | None = None) -> Resources:
    """Whether a resource is enough for the need, and how fairly it lies over the units.

    The indices weigh every unit by its need: 0 means that every unit has the same for each bit of need. All units are
    counted, so there is no sampling error and no interval; whether need itself is well measured is another question.

    Parameters
    ----------
    frame : one row a unit
    unit, need, available : columns of its name, its need (staff needed, users, cases …) and what it has
    per : give this where need is counted in something else than the resource (staff for every 1000 users): the ratio is
        then the resource per so much need. Without it the ratio is the share of the need that is covered

    Raises
    ------
    InputError : no such column, a unit twice or without a name, fewer than two units with need, or no resource at all
    AnswerError : a number below zero, infinite, or a text
    SettingError : `per` not above zero

    References
    ----------
    Gini (1912) and Theil (1967) over shares of need, as in Cowell (2011), Measuring Inequality, 3rd edition; Hoover
    (1936), Review of Economics and Statistics 18, 162-171 (share to move).

    Examples
    --------
    >>> import polars as pl
    >>> offices = pl.DataFrame({"unit": ["A", "B", "C"], "need": [10, 10, 20], "staff": [10, 5, 5]})
    >>> found = resources(offices, unit="unit", need="need", available="staff")
    >>> float(found), found.shortage, found.fairness.to_move
    (0.5, 20.0, 0.25)
    """
    size = None if per is None else positive("per", per)
    names = frames.texts(frames.labels(frame, unit))
    values = amounts(frame, [need, available], least_rows=2)
    _check(names)
    used = ~np.isnan(values).any(axis=1) & (values[:, 0] > 0)
    needs, there = values[used, 0], values[used, 1]
    if len(needs) < 2 or there.sum() == 0:
        raise InputError(N_("At least two units with need, and something available, are needed. Fill the numbers in."))
    kept = [str(name) for name, take in zip(names, used, strict=True) if take]
    units = [
        Unit(name, wanted, given, given / wanted * (size or 1.0))
        for name, wanted, given in zip(kept, needs.tolist(), there.tolist(), strict=True)
    ]
    return Resources(
        n=len(units),
        units=tuple(sorted(units, key=lambda found: (found.ratio, found.name))),
        per=size,
        fairness=_fairness(needs, there),
        left_out=int((~used).sum()),
    )


def _check(names: list[str | None]) -> None:
    seen: set[str] = set()
    for row, name in enumerate(names, 1):
        if name is None or name in seen:
            raise InputError(N_("The unit in row {row} has no name, or one that stands above already."), row=row)
        seen.add(name)


def _fairness(needs: Floats, there: Floats) -> Fairness:
    from scipy.special import xlogy

    order = np.argsort(there / needs, kind="stable")
    wanted, given = needs[order] / needs.sum(), there[order] / there.sum()
    heights = np.concatenate([[0.0], np.cumsum(given)])
    gini = 1 - float((wanted * (heights[:-1] + heights[1:])).sum())
    ratios = there / needs
    return Fairness(
        gini=max(gini, 0.0),
        theil=max(float(xlogy(given, given / wanted).sum()), 0.0),
        to_move=float(np.abs(given - wanted).sum()) / 2,
        extremes=float(ratios.max() / ratios.min()) if ratios.min() > 0 else None,
    )

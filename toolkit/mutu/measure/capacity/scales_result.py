"""What a scale of readiness or resistance shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from mutu.locale import _, integer, number
from mutu.measure.capacity.agreement import BetweenUnits
from mutu.measure.capacity.material import ScaleText
from mutu.measure.result import Interval, Result, interval_text, limits


class UnitMean(NamedTuple):
    """One unit on one dimension: people, mean, interval, agreement rwg(j); all None where withheld.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import capacity
    >>> answers = pl.DataFrame({"a": [4, 4, 5, 3, 4, 4, 3, 5, 4, 4], "unit": ["A"] * 5 + ["B"] * 5})
    >>> found = capacity.readiness(answers, {"commitment": ["a"]}, unit="unit")
    >>> [(each.unit, each.n, each.mean) for each in found.dimensions[0].units]
    [('A', 5, 4.0), ('B', 5, 4.0)]
    """

    unit: str
    n: int | None
    mean: float | None
    interval: Interval | None
    agreement: float | None


class Dimension(NamedTuple):
    """One dimension.

    Attributes
    ----------
    code : "commitment", "routine" …
    items : number of items
    n : people who answered
    mean : mean of the items' means
    interval : interval of `mean`
    spread : standard deviation of the people's own means
    agreement : rwg(j) against answers at random (uniform); 1 is full agreement
    icc : ICC(A,1) of people over items; None for one item, or where the items' means hardly differ
    units : unit by unit
    between : ICC(1) and ICC(2); None without several units
    """

    code: str
    items: int
    n: int
    mean: float
    interval: Interval | None
    spread: float
    agreement: float
    icc: float | None
    units: tuple[UnitMean, ...]
    between: BetweenUnits | None


@dataclass(frozen=True)
class ChangeScale(Result):
    """A scale of readiness or resistance.

    Attributes
    ----------
    text : names of the scale and its dimensions
    n : people with at least one answer
    scale : lowest and highest answer
    dimensions : in the order of the scale
    least : smallest unit that is shown
    method : "hall-t; rwg(j) uniform; icc(a,1)"
    """

    text: ScaleText
    n: int
    scale: tuple[int, int]
    dimensions: tuple[Dimension, ...]
    least: int
    method: str = "hall-t; rwg(j) uniform; icc(a,1)"

    def __float__(self) -> float:
        """Mean of the dimensions."""
        return sum(one.mean for one in self.dimensions) / len(self.dimensions)

    def sentence(self) -> str:
        """The means with their intervals, how far people agree, and that there is no line between good and bad."""
        said = [
            _("{scale}, on a scale of {low} to {high} (n = {n}):").format(
                scale=str(self.text.name).capitalize(),
                low=integer(self.scale[0]),
                high=integer(self.scale[1]),
                n=integer(self.n),
            ),
            "; ".join(self._said(one) for one in self.dimensions) + ".",
            _("There is no established line between much and little, so none is drawn."),
        ]
        if any(unit.n is None for one in self.dimensions for unit in one.units):
            said.append(
                _("Units with fewer than {least} answers, and what would give them away, are not shown.").format(
                    least=self.least
                )
            )
        return " ".join(said)

    def _said(self, one: Dimension) -> str:
        return _("{dimension} {mean} ({interval}, agreement {agreement})").format(
            dimension=self.name(one.code),
            mean=number(one.mean),
            interval=interval_text(one.interval),
            agreement=number(one.agreement),
        )

    def name(self, code: str) -> str:
        """A dimension's name in the language in use."""
        return next(str(dimension.name) for dimension in self.text.dimensions if dimension.code == code)

    def rows(self) -> list[dict[str, str]]:
        """One row a dimension."""
        return [
            {
                _("Dimension"): self.name(one.code),
                _("Items"): integer(one.items),
                "n": integer(one.n),
                _("Mean"): number(one.mean),
                _("95% interval"): limits(one.interval),
                _("Standard deviation"): number(one.spread),
                _("Agreement rwg(j)"): number(one.agreement),
                "ICC(A,1)": number(one.icc),
                "ICC(1)": number(one.between.icc1 if one.between else None),
                "ICC(2)": number(one.between.icc2 if one.between else None),
            }
            for one in self.dimensions
        ]

    def unit_rows(self) -> list[dict[str, str]]:
        """One row a dimension and unit."""
        return [
            {
                _("Dimension"): self.name(one.code),
                _("Unit"): unit.unit,
                "n": integer(unit.n),
                _("Mean"): number(unit.mean),
                _("95% interval"): limits(unit.interval),
                _("Agreement rwg(j)"): number(unit.agreement),
            }
            for one in self.dimensions
            for unit in one.units
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {
            "method": self.method,
            "measure": self.text.code,
            "n": self.n,
            "scale": list(self.scale),
            "mean": float(self),
            "dimensions": [
                {
                    **one._asdict(),
                    "interval": one.interval.as_json(6) if one.interval else None,
                    "units": [
                        {**unit._asdict(), "interval": unit.interval.as_json(6) if unit.interval else None}
                        for unit in one.units
                    ],
                    "between": one.between.as_json() if one.between else None,
                }
                for one in self.dimensions
            ],
        }

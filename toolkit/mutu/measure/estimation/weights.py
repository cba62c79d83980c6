"""Weights that make a sample agree with what is known of the population, and the report of how they were found."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import and_, mul
from typing import Any

import narwhals as nw

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number, percent
from mutu.measure import frames
from mutu.measure.frames import label
from mutu.measure.result import Result


@dataclass(frozen=True)
class Margin:
    """What is known of the population by one column, or by several together.

    Attributes
    ----------
    columns : the columns
    labels : the groups, one label a column each
    target, before, after : share of each group in the population, in the sample as it came, and with the weights
    factor : what the weights of each group are multiplied by
    """

    columns: tuple[str, ...]
    labels: tuple[tuple[Any, ...], ...]
    target: tuple[float, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    factor: tuple[float, ...]

    def names(self) -> list[str]:
        """The groups as texts."""
        return [", ".join(map(label, each)) for each in self.labels]


@dataclass(frozen=True)
class Weights(Result):
    """Weights of respondents, to be attached to their frame or handed to `mean`, `total` and `ratio`.

    Attributes
    ----------
    n : respondents
    margins : the margins, with the sample before and after
    base : column of the weights before; None where all were equal
    total : what the weights add up to: the population, or n where shares were given
    cap : the largest weight allowed; None without
    capped : respondents whose weight is the largest allowed
    effect : Kish's design effect of the weights, 1 where all are equal; n ÷ effect is the effective sample
    largest : the largest weight, as a multiple of the mean weight
    rounds : how often all margins were adjusted
    converged : whether all margins agree
    miss : the largest difference left between a share of the sample and of the population
    """

    n: int
    margins: tuple[Margin, ...] = field(repr=False)
    base: str | None
    total: float
    cap: float | None
    capped: int
    effect: float
    largest: float
    rounds: int
    converged: bool
    miss: float

    def __float__(self) -> float:
        """The design effect of the weights."""
        return self.effect

    @property
    def columns(self) -> list[str]:
        """The columns of all margins."""
        return list(dict.fromkeys(name for margin in self.margins for name in margin.columns))

    @property
    def method(self) -> str:
        """How the weights were made."""
        name = "post-stratification" if len(self.margins) == 1 else "raking"
        return name if self.cap is None else f"{name}, capped"

    def expression(self) -> nw.Expr:
        """The weight of each respondent, computed from the columns of the margins."""
        value = reduce(mul, (_factor(margin) for margin in self.margins))
        if self.base is not None:
            value = value * nw.col(self.base).cast(nw.Float64)
        return value if self.cap is None else nw.when(value > self.cap).then(self.cap).otherwise(value)

    def attach(self, frame: Any, name: str = "weight") -> Any:
        """The frame with a column of the weights, of the same kind, in the same order; the one given is not changed.

        Raises
        ------
        InputError : the frame has no such columns, or already has one called `name`
        """
        found = frames.scan(frame, [*self.columns, *([self.base] if self.base else [])])
        if name in found.collect_schema().names():
            raise InputError(N_("There already is a column «{column}». Choose another name."), column=name)
        return found.with_columns(self.expression().alias(name)).to_native()

    def sentence(self) -> str:
        """What the weights do, what they cost, and what they could not do."""
        text = _(
            "The weights bring the sample of {n} to the population by {columns}: it tells as much as {effective} "
            "people would without weights (design effect {effect}), and the largest weight is {largest} times the mean."
        ).format(
            n=integer(self.n),
            columns=", ".join(" × ".join(margin.columns) for margin in self.margins),
            effective=integer(round(self.n / self.effect)),
            effect=number(self.effect),
            largest=number(self.largest),
        )
        said = [text]
        if self.capped:
            said.append(_("People with the largest weight allowed: {count}.").format(count=integer(self.capped)))
        if not self.converged:
            said.append(
                _(
                    "The margins do not agree yet: shares differ by up to {miss}. Merge small groups, or allow larger "
                    "weights."
                ).format(miss=percent(self.miss, 2))
            )
        return " ".join(said)

    def rows(self) -> list[dict[str, str]]:
        """One row a group of each margin."""
        return [
            {
                _("Column"): " × ".join(margin.columns),
                _("Group"): name,
                _("Population"): percent(target),
                _("Sample"): percent(before),
                _("Weighted sample"): percent(after),
                _("Factor"): number(after / before, 3),
            }
            for margin in self.margins
            for name, target, before, after in zip(
                margin.names(), margin.target, margin.before, margin.after, strict=True
            )
        ]

    def as_json(self) -> dict[str, Any]:
        """The weights' report as plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "total": self.total,
            "effect": self.effect,
            "effective_n": self.n / self.effect,
            "largest": self.largest,
            "cap": self.cap,
            "capped": self.capped,
            "rounds": self.rounds,
            "converged": self.converged,
            "miss": self.miss,
            "margins": [
                {
                    "columns": list(margin.columns),
                    "groups": [
                        {"group": name, "target": target, "before": before, "after": after, "factor": factor}
                        for name, target, before, after, factor in zip(
                            margin.names(), margin.target, margin.before, margin.after, margin.factor, strict=True
                        )
                    ],
                }
                for margin in self.margins
            ],
        }


def _factor(margin: Margin) -> nw.Expr:
    """The factor of each respondent's group; null for a group that the margin does not name."""
    found = nw.lit(None, dtype=nw.Float64)
    for labels, factor in zip(margin.labels, margin.factor, strict=True):
        inside = reduce(and_, (nw.col(name) == each for name, each in zip(margin.columns, labels, strict=True)))
        found = nw.when(inside).then(nw.lit(factor)).otherwise(found)
    return found

"""The customer satisfaction index: performance weighted by importance, as a share of the highest possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, InputError, SettingError, Term
from mutu.locale import _, integer, number, percent
from mutu.measure.frames import Floats
from mutu.measure.paired import Estimate, Pairs, check_bounds, estimate, pairs
from mutu.measure.result import Interval, Result, interval_text
from mutu.measure.settings import scale_of

__all__ = ["Attribute", "CsiResult", "customer_satisfaction_index"]


@dataclass(frozen=True)
class Attribute:
    """One attribute of the index.

    Attributes
    ----------
    name : the attribute
    n : respondents who rated both its importance and its performance
    importance : mean importance score (MIS)
    weight : weight factor (WF), importance as a share of the sum of importances, 0-1
    performance : mean satisfaction score (MSS)
    score : weighted score (WS), weight × performance
    """

    name: str
    n: int
    importance: float
    weight: float
    performance: float
    score: float


@dataclass(frozen=True)
class CsiResult(Result):
    """The index and what it is made of.

    Attributes
    ----------
    n : respondents with at least one complete pair
    index : 100 × Σ weighted scores ÷ highest answer, in per cent
    interval : 95 % interval; None from a single respondent
    lowest : the lowest index the scale allows; it is not zero, because the scale does not begin at zero
    scale : lowest and highest answer
    attributes : in the order of the frame
    method : "taylor-hall-t"; where all respondents move the index alike, the bound of Clopper & Pearson for none in n
        that differs
    """

    n: int
    index: float
    interval: Interval | None
    lowest: float
    scale: tuple[float, float]
    attributes: tuple[Attribute, ...]
    method: str

    def __float__(self) -> float:
        return self.index

    def sentence(self) -> str:
        """The index with its interval, and where its scale begins."""
        return _(
            "The satisfaction index (CSI) is {index}% (n = {n}; {interval}); on the scale {low} to {high} it cannot be "
            "below {lowest}%."
        ).format(
            index=number(self.index),
            n=integer(self.n),
            interval=interval_text(self.interval),
            low=f"{self.scale[0]:g}",
            high=f"{self.scale[1]:g}",
            lowest=number(self.lowest),
        )

    def rows(self) -> list[dict[str, str]]:
        """One row an attribute, and the sums below."""
        return [
            *(
                _row(part.name, (integer(part.n), number(part.importance), part.weight, part.performance, part.score))
                for part in self.attributes
            ),
            _row("CSI", (integer(self.n), "", 1.0, None, sum(part.score for part in self.attributes))),
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, four decimals."""
        return {
            "n": self.n,
            "index": round(self.index, 4),
            "interval": self.interval.as_json(4) if self.interval else None,
            "method": self.method,
            "scale": list(self.scale),
            "lowest": round(self.lowest, 4),
            "attributes": [
                {
                    "name": part.name,
                    "n": part.n,
                    "importance": round(part.importance, 4),
                    "weight": round(part.weight, 6),
                    "performance": round(part.performance, 4),
                    "score": round(part.score, 4),
                }
                for part in self.attributes
            ],
        }


def customer_satisfaction_index(performance: Any, importance: Any, scale: tuple[float, float]) -> CsiResult:
    """Satisfaction with each attribute, weighted by its importance, in per cent of the highest answer.

    CSI = 100 × Σ_j w_j P_j ÷ H with the mean performances P_j, w_j = I_j ÷ Σ I from the mean importances, and H the
    highest answer. Weights and performances come from the same people and vary together, so the interval is
    linearised over both (Taylor) and uses t with n - 1 degrees of freedom and Hall's correction for skewness.

    Parameters
    ----------
    performance, importance : frames or arrays, respondents × attributes, the same respondents in the same order
    scale : lowest and highest answer of both, for instance (1, 5); the highest is above zero, the lowest not below

    Raises
    ------
    InputError : frames that do not belong together, or nothing has any importance
    AnswerError : a cell is no number, infinite, or outside the scale
    SettingError : the scale is not valid

    References
    ----------
    Aritonang (2005), Kepuasan Pelanggan (MIS, WF, MSS, WS as used in Indonesian reports). Särndal, Swensson & Wretman
    (1992), Model Assisted Survey Sampling, ch. 5.5 (linearisation). Hall (1992), Journal of the Royal Statistical
    Society B 54, 221-228. Clopper & Pearson (1934), Biometrika 26, 404-413.

    Examples
    --------
    >>> import polars as pl
    >>> felt = pl.DataFrame({"speed": [3, 4, 3, 4], "staff": [5, 4, 5, 4]})
    >>> matters = pl.DataFrame({"speed": [5, 5, 4, 4], "staff": [4, 3, 4, 4]})
    >>> result = customer_satisfaction_index(felt, matters, (1, 5))
    >>> round(float(result), 2), round(result.lowest, 2)
    (79.09, 20.0)
    """
    low, high = _scale(scale)
    roles = (Term(N_("performance")), Term(N_("importance")))
    both = pairs(performance, importance, roles)
    for values, role in zip((both.first, both.second), roles, strict=True):
        check_bounds(values, both.names, role, (low, high))
    felt, matters = np.nanmean(both.first, axis=0), np.nanmean(both.second, axis=0)
    if matters.sum() == 0:
        raise InputError(
            N_("No attribute has any importance, so there is nothing to weight by. Check the importances.")
        )
    weights = matters / matters.sum()
    found = _index(both, felt, matters, (low, high))
    counts = (~np.isnan(both.first)).sum(axis=0)
    attributes = tuple(
        Attribute(
            name, int(counts[j]), float(matters[j]), float(weights[j]), float(felt[j]), float(weights[j] * felt[j])
        )
        for j, name in enumerate(both.names)
    )
    return CsiResult(found.n, found.value, found.interval, 100 * low / high, (low, high), attributes, "taylor-hall-t")


def _index(both: Pairs, felt: Floats, matters: Floats, scale: tuple[float, float]) -> Estimate:
    """The index with its interval; a respondent moves it through performances and through weights."""
    total, high = float(matters.sum()), scale[1]
    mean = float(matters @ felt) / total
    answered = ~np.isnan(both.first)
    counts = answered.sum(axis=0)
    through_performance = np.where(answered, both.first - felt, 0.0) * (matters / total / counts)
    through_weights = np.where(answered, both.second - matters, 0.0) * ((felt - mean) / total / counts)
    moved = 100 / high * (through_performance + through_weights).sum(axis=1)
    return estimate(100 * mean / high, moved, both.n, (100 * scale[0] / high, 100.0))


def _scale(scale: tuple[float, float]) -> tuple[float, float]:
    low, high = scale_of(scale)
    if low < 0:
        raise SettingError(
            N_("The scale {scale} is not valid: give its lowest and its highest answer, for instance (1, 5)."),
            scale=str(scale),
        )
    return low, high


def _row(name: str, cells: tuple[str, str, float, float | None, float]) -> dict[str, str]:
    n, importance, weight, performance, score = cells
    return {
        _("Attribute"): name,
        "n": n,
        _("Mean importance (MIS)"): importance,
        _("Weight factor (WF)"): percent(weight, 2),
        _("Mean satisfaction (MSS)"): number(performance),
        _("Weighted score (WS)"): number(score, 4),
    }

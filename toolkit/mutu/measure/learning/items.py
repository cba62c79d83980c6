"""How good the questions of a test are: difficulty, discrimination, reliability."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, AnswerError, InputError, SettingError
from mutu.locale import _, integer, number, percent
from mutu.measure.frames import Floats, Matrix, matrix
from mutu.measure.intervals import wilson
from mutu.measure.reliability.formulas import feldt_interval
from mutu.measure.result import Interval, Result, interval_text, limits
from mutu.measure.settings import is_number
from mutu.regulations import publication

_ROUNDING = 1e-12


@dataclass(frozen=True)
class ItemResult:
    """One question of the test.

    Attributes
    ----------
    name : the item
    difficulty : share of right answers, so that a high number is an easy item
    interval : 95 % interval of `difficulty` (Wilson)
    discrimination : share right in the upper group minus share right in the lower group, -1 to 1
    point_biserial : correlation with the score on the other items; None where the item or that score does not vary
    """

    name: str
    difficulty: float
    interval: Interval
    discrimination: float
    point_biserial: float | None

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, six decimals."""
        return {
            "name": self.name,
            "difficulty": round(self.difficulty, 6),
            "interval": self.interval.as_json(6),
            "discrimination": round(self.discrimination, 6),
            "point_biserial": None if self.point_biserial is None else round(self.point_biserial, 6),
        }


@dataclass(frozen=True)
class ItemsResult(Result):
    """All questions, and the reliability of the whole test.

    Attributes
    ----------
    n : trainees who answered every item
    left_out : trainees with an empty answer
    items : in the order of the frame
    group : trainees in the upper and in the lower group, each
    share : what share of the class these groups were asked to be
    kr20 : reliability of the total score
    interval : 95 % interval of `kr20` (Feldt); None where it is 1
    method : "kr20-feldt"
    """

    n: int
    left_out: int
    items: tuple[ItemResult, ...]
    group: int
    share: float
    kr20: float
    interval: Interval | None
    method: str = "kr20-feldt"

    def __float__(self) -> float:
        return self.kr20

    def sentence(self) -> str:
        """Reliability with its interval, the range of difficulty, and the items that work against the test."""
        easiest = max(item.difficulty for item in self.items)
        hardest = min(item.difficulty for item in self.items)
        said = [
            _("The reliability of the test is KR-20 = {kr20} (n = {n}, {items} items; {interval}).").format(
                kr20=number(self.kr20),
                n=integer(self.n),
                items=integer(len(self.items)),
                interval=interval_text(self.interval) if self.interval else _("without an interval"),
            ),
            _("Items were answered rightly by {low} to {high} of the trainees.").format(
                low=percent(hardest, 0), high=percent(easiest, 0)
            ),
        ]
        against = [item.name for item in self.items if item.point_biserial is not None and item.point_biserial < 0]
        if against:
            said.append(
                _("Those who know more answered these less often rightly, so check them: {names}.").format(
                    names=", ".join(against)
                )
            )
        return " ".join(said)

    def rows(self) -> list[dict[str, str]]:
        """One row an item."""
        return [
            {
                _("Test item"): item.name,
                _("Difficulty (share right)"): number(item.difficulty),
                _("95% interval"): limits(item.interval),
                _("Discrimination (upper − lower)"): number(item.discrimination),
                _("Point-biserial, item left out"): number(item.point_biserial),
            }
            for item in self.items
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, six decimals."""
        return {
            "n": self.n,
            "left_out": self.left_out,
            "kr20": round(self.kr20, 6),
            "interval": self.interval.as_json(6) if self.interval else None,
            "method": self.method,
            "group": self.group,
            "share": self.share,
            "items": [item.as_json() for item in self.items],
        }


def item_analysis(answers: Any, *, share: float = 0.27) -> ItemsResult:
    """Difficulty and discrimination of each item, and the reliability of the test.

    Upper and lower group are the `share` of trainees with the highest and the lowest totals. Where trainees with the
    same total lie on both sides of the border, each of them counts in part, so that the answer does not depend on the
    order of the rows. Discrimination and point-biserial have no interval: they sort items for a second look.

    Parameters
    ----------
    answers : frame or array, trainees × items, 1 for right and 0 for wrong. Trainees with an empty cell are left out
        and counted; where an empty cell means a wrong answer, fill it with 0 first
    share : size of the upper and of the lower group, above 0, at most 0.5; Kelley's 0.27 by default

    Raises
    ------
    InputError : fewer than two items or two complete trainees, or everybody has the same total
    AnswerError : a cell is neither 0 nor 1
    SettingError : a share outside 0 to 0.5

    References
    ----------
    Kuder & Richardson (1937), Psychometrika 2, 151-160, formula 20 (variances divided by n). Kelley (1939), Journal of
    Educational Psychology 30, 17-24 (27 %). Henrysson (1963), Psychometrika 28, 211-218 (correction for overlap).
    Feldt (1965), Psychometrika 30, 357-370 (interval). Wilson (1927), Journal of the American Statistical Association
    22, 209-212.

    Examples
    --------
    >>> import polars as pl
    >>> answers = pl.DataFrame({"a": [1, 1, 1, 1, 0], "b": [1, 1, 1, 0, 0], "c": [1, 1, 0, 0, 0]})
    >>> result = item_analysis(answers)
    >>> [(item.name, item.difficulty, item.discrimination) for item in result.items], round(result.kr20, 4)
    ([('a', 0.8, 1.0), ('b', 0.6, 1.0), ('c', 0.4, 1.0)], 0.7941)
    """
    if not (is_number(share) and 0 < share <= 0.5):
        raise SettingError(
            N_("The upper and lower groups must be above 0 and at most 0.5 of the class, not {share}."), share=share
        )
    found = _answers(answers)
    whole = found.complete
    reliability = _kr20(whole)
    group = max(1, math.floor(share * len(whole) + 0.5))
    upper, lower = _groups(whole.sum(axis=1), group)
    items = tuple(
        ItemResult(
            name=name,
            difficulty=float(whole[:, place].mean()),
            interval=wilson(float(whole[:, place].mean()), len(whole), float(publication().confidence)),
            discrimination=float((upper - lower) @ whole[:, place]) / group,
            point_biserial=_corrected(whole, place),
        )
        for place, name in enumerate(found.names)
    )
    left_out = len(found.values) - len(whole)
    return ItemsResult(
        len(whole),
        left_out,
        items,
        group,
        share,
        reliability,
        None if 1 - reliability <= _ROUNDING else feldt_interval(reliability, *whole.shape),
    )


def kr20(answers: Any) -> float:
    """Reliability of a test of right and wrong answers, Kuder-Richardson formula 20.

    k ÷ (k - 1) × (1 - Σ p q ÷ σ²), with the variance σ² of the totals divided by n, as p q is. Spreadsheets that divide
    it by n - 1 mix two kinds of variance and come out too high. Equal to Cronbach's alpha of the same answers.

    Parameters
    ----------
    answers : frame or array, trainees × items, 1 for right and 0 for wrong; trainees with an empty cell are left out

    Raises
    ------
    InputError : fewer than two items or two complete trainees, or everybody has the same total
    AnswerError : a cell is neither 0 nor 1

    References
    ----------
    Kuder & Richardson (1937), Psychometrika 2, 151-160, formula 20.

    Examples
    --------
    >>> round(kr20([[1, 1, 1], [1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]), 4)
    0.7941
    """
    return _kr20(_answers(answers).complete)


def _answers(answers: Any) -> Matrix:
    found = matrix(answers, least_columns=2)
    wrong = np.argwhere(~np.isnan(found.values) & (found.values != 0) & (found.values != 1))
    if len(wrong):
        row, place = wrong[0]
        raise AnswerError(
            N_("The item {column} holds {value} in row {row}; answers are 1 for right and 0 for wrong. Correct it."),
            column=found.names[place],
            value=f"{found.values[row, place]:g}",
            row=int(row) + 1,
        )
    if len(found.complete) < 2:
        raise InputError(
            N_("At least two trainees must have answered every item; {found} have. Fill in, or leave items out."),
            found=len(found.complete),
        )
    return found


def _kr20(whole: Floats) -> float:
    count = whole.shape[1]
    spread = float(whole.sum(axis=1).var())
    if spread == 0:
        raise InputError(
            N_("All trainees have the same total, so no reliability can be computed. Use items of mixed difficulty.")
        )
    return float(count / (count - 1) * (1 - whole.var(axis=0).sum() / spread))


def _groups(totals: Floats, group: int) -> tuple[Floats, Floats]:
    """How far each trainee belongs to the upper and to the lower group; both sum to `group`."""
    return _highest(totals, group), _highest(-totals, group)


def _highest(totals: Floats, group: int) -> Floats:
    border = np.sort(totals)[-group]
    above, tied = totals > border, totals == border
    return np.asarray(above + tied * (group - above.sum()) / tied.sum(), dtype=np.float64)


def _corrected(whole: Floats, place: int) -> float | None:
    item = whole[:, place]
    rest = whole.sum(axis=1) - item
    if item.std() == 0 or rest.std() == 0:
        return None
    return float(np.corrcoef(item, rest)[0, 1])

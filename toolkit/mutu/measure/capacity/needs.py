"""Which competences need training most: importance times the gap between what is required and what is there."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from mutu.errors import N_, InputError, SettingError, Term
from mutu.measure import frames
from mutu.measure.capacity.needs_result import Need, TrainingNeeds, UnitNeed
from mutu.measure.frames import Floats
from mutu.measure.intervals import Spread, studentised
from mutu.measure.paired import Estimate, check_bounds, estimate, pairs
from mutu.measure.participation.answers import Bools
from mutu.measure.settings import is_number
from mutu.measure.withhold import withheld
from mutu.regulations import publication


class _Scored(NamedTuple):
    """Scores of the competences, and how each person moves them; people × competences, zero without an answer."""

    importance: Floats
    gap: Floats
    counts: Floats
    moved: Floats
    answered: Bools

    @property
    def score(self) -> Floats:
        return self.importance * self.gap


def training_needs(
    importance: Any,
    current: Any,
    *,
    required: Mapping[str, float] | None = None,
    unit: Any | None = None,
    scale: tuple[int, int] = (1, 5),
    least: int | None = None,
) -> TrainingNeeds:
    """Training needs: mean importance × mean gap of each competence, ranked, with intervals.

    The gap is the required level minus the current one; without required levels it is importance minus current, and the
    score is Borich's mean weighted discrepancy. Intervals are linearised over people (importance and gap come from the
    same ones), t with correction for skewness. A rank is given with the range of places that cannot be told apart: all
    pairs of competences are compared, widened (Bonferroni) so that all of them hold together.

    Parameters
    ----------
    importance, current : frames or arrays, people × competences, the same people in the same order, both on `scale`
    required : competence -> level the work requires; of every competence, or None
    unit : the unit of each person, for the scores by unit; an array, a series or a frame of one column
    scale : lowest and highest answer
    least : smallest unit to show; may only be raised above the product's own

    Raises
    ------
    InputError : frames that do not belong together, another number of units than people, or too few people
    AnswerError : an answer is no number, infinite, or outside the scale
    SettingError : a required level missing, outside the scale, or for something that is no competence, or `least` below
        the product's own

    References
    ----------
    Borich (1980), A needs assessment model for conducting follow-up studies, Journal of Teacher Education 31(3), 39-42.
    Hall (1992), Journal of the Royal Statistical Society B 54, 221-228.

    Examples
    --------
    >>> import polars as pl
    >>> matters = pl.DataFrame({"service": [5, 5, 4, 5, 5, 4], "archive": [2, 3, 2, 3, 2, 2]})
    >>> there = pl.DataFrame({"service": [2, 3, 2, 2, 3, 2], "archive": [2, 3, 3, 3, 2, 2]})
    >>> found = training_needs(matters, there)
    >>> [(need.name, need.rank, round(need.score, 2)) for need in found.needs]
    [('service', 1, 10.89), ('archive', 2, -0.39)]
    """
    smallest = publication().least_group(least)
    roles = (Term(N_("importance")), Term(N_("current level")))
    both = pairs(importance, current, roles)
    for values, role in zip((both.first, both.second), roles, strict=True):
        check_bounds(values, both.names, role, scale)
    if both.n < smallest:
        raise InputError(
            N_("Only {n} people answered, and at least {least} are needed to show anything."), n=both.n, least=smallest
        )
    wanted = both.first if required is None else _required(required, both.names, scale)
    gaps = wanted - both.second
    scored = _scored(both.first, gaps)
    order = np.argsort(-scored.score, kind="stable")
    above = _clearly_above(scored)
    needs = tuple(_need(both.names, int(place), rank, (scored, above), scale) for rank, place in enumerate(order, 1))
    names = [both.names[place] for place in order]
    return TrainingNeeds(
        n=both.n,
        model="borich" if required is None else "required",
        needs=needs,
        units=() if unit is None else _units(unit, both.first[:, order], gaps[:, order], names, smallest),
        least=smallest,
    )


def _required(required: Mapping[str, float], names: Sequence[str], scale: tuple[int, int]) -> Floats:
    if set(required) != set(names):
        raise SettingError(
            N_("Give the required level of exactly these competences: {known}; it was given for {found}."),
            known=", ".join(names),
            found=", ".join(map(str, required)),
        )
    for name in names:
        if not is_number(required[name]) or not scale[0] <= required[name] <= scale[1]:
            raise SettingError(
                N_("The required level of «{name}» must lie on the scale, from {low} to {high}, not at {found}."),
                name=name,
                low=scale[0],
                high=scale[1],
                found=required[name],
            )
    return np.array([float(required[name]) for name in names])


def _scored(importance: Floats, gaps: Floats) -> _Scored:
    answered = ~np.isnan(gaps)
    counts = answered.sum(axis=0).astype(np.float64)
    means = [np.nansum(np.where(answered, values, np.nan), axis=0) / counts for values in (importance, gaps)]
    centred = [np.where(answered, values - mean, 0.0) for values, mean in zip((importance, gaps), means, strict=True)]
    moved = (centred[0] * means[1] + centred[1] * means[0]) / counts
    return _Scored(means[0], means[1], counts, moved, answered)


def _clearly_above(scored: _Scored) -> Bools:
    """Competences × competences: whether the first is above the second by more than chance explains."""
    many = len(scored.counts)
    above: Bools = np.zeros((many, many), dtype=np.bool_)
    level = 1 - (1 - float(publication().confidence)) / max(many * (many - 1) / 2, 1)
    for one in range(many):
        for two in range(one + 1, many):
            value = float(scored.score[one] - scored.score[two])
            n = int((scored.answered[:, one] | scored.answered[:, two]).sum())
            low, high = _ends(value, scored.moved[:, one] - scored.moved[:, two], n, level)
            above[one, two], above[two, one] = low > 0, high < 0
    return above


def _ends(value: float, moved: Floats, n: int, level: float) -> tuple[float, float]:
    square = float(moved @ moved)
    if square <= 1e-24 or n < 2:
        return -math.inf, math.inf
    return studentised(
        value, Spread(math.sqrt(square * n / (n - 1)), float((moved**3).sum()) / square**1.5, n - 1), level
    )


def _need(names: Sequence[str], place: int, rank: int, scored: tuple[_Scored, Bools], scale: tuple[int, int]) -> Need:
    found, above = scored
    value, n = float(found.score[place]), int(found.counts[place])
    widest = (scale[1] - scale[0]) * scale[1]
    around = estimate(value, found.moved[:, place], n, (-widest, widest))
    return Need(
        name=names[place],
        n=n,
        importance=float(found.importance[place]),
        gap=float(found.gap[place]),
        score=value,
        interval=around.interval,
        rank=rank,
        places=(1 + int(above[:, place].sum()), len(names) - int(above[place].sum())),
        clear=_above_zero(around, found.moved[:, place], len(names)),
    )


def _above_zero(around: Estimate, moved: Floats, many: int) -> bool:
    if around.agreed:
        return around.interval is not None and around.interval.low > 0
    level = 1 - (1 - float(publication().confidence)) / many
    return _ends(around.value, moved, around.n, level)[0] > 0


def _units(unit: Any, importance: Floats, gaps: Floats, names: Sequence[str], least: int) -> tuple[UnitNeed, ...]:
    found = frames.texts(frames.cells(unit))
    if len(found) != len(gaps):
        raise InputError(
            N_("There are {people} people and {units} units. Give one unit for each person."),
            people=len(gaps),
            units=len(found),
        )
    rows = {
        name: np.array([label == name for label in found], dtype=np.bool_)
        for name in sorted({label for label in found if label is not None})
    }
    answered = ~np.isnan(gaps)
    hidden = [
        withheld({name: int(answered[which, place].sum()) for name, which in rows.items()}, least)
        for place in range(len(names))
    ]
    return tuple(
        UnitNeed(
            name,
            tuple(
                None if name in hidden[place] else _score(importance[which, place], gaps[which, place])
                for place in range(len(names))
            ),
        )
        for name, which in rows.items()
    )


def _score(importance: Floats, gaps: Floats) -> float | None:
    answered = ~np.isnan(gaps)
    return float(importance[answered].mean() * gaps[answered].mean()) if answered.any() else None

"""Readiness for change and resistance to it: means of the dimensions, their spread, and how far people agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mutu.errors import N_, InputError, SettingError
from mutu.measure import frames
from mutu.measure.capacity.agreement import BetweenUnits, between_units, rwg_j
from mutu.measure.capacity.material import ScaleText, change_scale
from mutu.measure.capacity.scales_result import ChangeScale, Dimension, UnitMean
from mutu.measure.frames import Floats
from mutu.measure.paired import check_bounds, combination
from mutu.measure.reliability import icc
from mutu.measure.withhold import withheld
from mutu.regulations import publication

Items = Mapping[str, Sequence[str]]


def readiness(
    frame: Any,
    items: Items,
    *,
    scale: tuple[int, int] = (1, 5),
    reverse: Sequence[str] = (),
    unit: str | None = None,
    least: int | None = None,
) -> ChangeScale:
    """Readiness of an organisation for a change: commitment, and confidence in its ability.

    Each dimension is the mean of its items over the people who answered; its interval is t, corrected for skewness.
    There is no line between ready and not ready: none has been established, so none is drawn. Readiness is said of a
    whole organisation, so whether its people agree is part of the answer: rwg(j) compares their spread with answers at
    random (uniform), the intraclass correlation ICC(A,1) compares it with the differences between the items. With
    units, ICC(1) is the share of the variance that lies between them, ICC(2) the reliability of their means.

    Parameters
    ----------
    frame : one row a person, one column an item, and the unit
    items : dimension ("commitment", "efficacy") -> its columns; a dimension that was not asked is left out
    scale : lowest and highest answer, whole numbers
    reverse : columns that are worded the other way round; their answers are turned
    unit : column of the unit of each person
    least : smallest unit to show; may only be raised above the product's own

    Raises
    ------
    InputError : no such column, an item twice, or too few people
    AnswerError : an answer is no number, infinite, or outside the scale
    SettingError : an unknown dimension, none, one without items, or `least` below the product's own

    References
    ----------
    The dimensions, in our own words: Shea et al. (2014), Implementation Science 9:7. James, Demaree & Wolf (1984),
    Journal of Applied Psychology 69, 85-98. McGraw & Wong (1996), Psychological Methods 1, 30-46. Bliese (2000), in
    Klein & Kozlowski (eds.), Multilevel Theory, Research, and Methods in Organizations.

    Examples
    --------
    >>> import polars as pl
    >>> answers = pl.DataFrame({"a": [4, 4, 5, 3, 4, 4], "b": [4, 5, 4, 4, 4, 3], "c": [2, 2, 3, 1, 5, 5]})
    >>> found = readiness(answers, {"commitment": ["a", "b"], "efficacy": ["c"]})
    >>> [(one.code, one.mean, round(one.agreement, 2)) for one in found.dimensions]
    [('commitment', 4.0, 0.89), ('efficacy', 3.0, 0.0)]
    """
    return _measure(change_scale("readiness"), frame, items, (scale, reverse), (unit, least))


def resistance(
    frame: Any,
    items: Items,
    *,
    scale: tuple[int, int] = (1, 6),
    reverse: Sequence[str] = (),
    unit: str | None = None,
    least: int | None = None,
) -> ChangeScale:
    """Resistance to change: attachment to routine, emotional reaction, short-term focus, cognitive rigidity.

    As `readiness`: means with intervals, spread and agreement, and no line between much and little. Resistance is
    said of persons; results of small groups are withheld, and it is not for judging anybody.

    Parameters
    ----------
    frame : one row a person, one column an item, and the unit
    items : dimension ("routine", "emotion", "short_term", "rigidity") -> its columns
    scale : lowest and highest answer, whole numbers
    reverse : columns that are worded the other way round; their answers are turned
    unit : column of the unit of each person
    least : smallest unit to show; may only be raised above the product's own

    Raises
    ------
    InputError, AnswerError, SettingError : as `readiness`

    References
    ----------
    The dimensions, in our own words: Oreg (2003), Journal of Applied Psychology 88, 680-693; its items are under
    licence and are not part of this product. For the rest see `readiness`.

    Examples
    --------
    >>> import polars as pl
    >>> answers = pl.DataFrame({"r1": [2, 3, 2, 4, 3], "r2": [5, 4, 5, 3, 5]})
    >>> found = resistance(answers, {"routine": ["r1", "r2"]}, reverse=["r2"])
    >>> round(float(found), 2)
    2.7
    """
    return _measure(change_scale("resistance"), frame, items, (scale, reverse), (unit, least))


def _measure(
    text: ScaleText,
    frame: Any,
    items: Items,
    answers: tuple[tuple[int, int], Sequence[str]],
    shown: tuple[str | None, int | None],
) -> ChangeScale:
    (scale, reverse), (unit, wished) = answers, shown
    smallest = publication().least_group(wished)
    columns = _columns(text, items, reverse)
    ratings = frames.matrix(frame, columns, least_rows=2)
    check_bounds(ratings.values, ratings.names, text.name, scale)
    turned = [ratings.names.index(name) for name in reverse]
    values = ratings.values.copy()
    values[:, turned] = scale[0] + scale[1] - values[:, turned]
    people = int((~np.isnan(values)).any(axis=1).sum())
    if people < smallest:
        raise InputError(
            N_("Only {n} people answered, and at least {least} are needed to show anything."), n=people, least=smallest
        )
    units = None if unit is None else frames.texts(frames.labels(frame, unit))
    parts = {
        code: values[:, [ratings.names.index(name) for name in items[code]]] for code in text.codes if code in items
    }
    return ChangeScale(
        text=text,
        n=people,
        scale=scale,
        dimensions=tuple(_dimension(code, part, scale, units, smallest) for code, part in parts.items()),
        least=smallest,
    )


def _columns(text: ScaleText, items: Items, reverse: Sequence[str]) -> list[str]:
    for code, names in items.items():
        if code not in text.codes or not names or isinstance(names, str):
            raise SettingError(
                N_("«{code}» is no dimension with a list of items; the dimensions are {known}."),
                code=code,
                known=", ".join(text.codes),
            )
    columns = [name for names in items.values() for name in names]
    if not columns:
        raise SettingError(N_("No dimension was given; the dimensions are {known}."), known=", ".join(text.codes))
    if len(set(columns)) != len(columns):
        raise InputError(N_("An item stands in two places. Give every item to one dimension, once."))
    for name in reverse:
        if name not in columns:
            raise SettingError(N_("The reversed item «{item}» belongs to no dimension."), item=name)
    return columns


def _dimension(
    code: str, values: Floats, scale: tuple[int, int], units: Sequence[str | None] | None, least: int
) -> Dimension:
    answered = values[~np.isnan(values).all(axis=1)]
    if len(answered) < least:
        raise InputError(
            N_("Only {n} people answered, and at least {least} are needed to show anything."),
            n=len(answered),
            least=least,
        )
    scores = np.nanmean(answered, axis=1)
    mean = combination(answered, np.full(values.shape[1], 1 / values.shape[1]), scale)
    groups = {} if units is None else _groups(values, units)
    return Dimension(
        code=code,
        items=values.shape[1],
        n=mean.n,
        mean=mean.value,
        interval=mean.interval,
        spread=float(scores.std(ddof=1)),
        agreement=rwg_j(answered, scale),
        icc=_icc(answered),
        units=_unit_means(groups, scale, least),
        between=_between(groups),
    )


def _icc(values: Floats) -> float | None:
    """ICC(A,1) of people over items; None where it cannot be told."""
    complete = values[~np.isnan(values).any(axis=1)]
    if len(complete) < 2 or complete.shape[1] < 2:
        return None
    try:
        return float(icc(complete.T))
    except InputError:  # the items' means hardly differ, so that there is nothing to agree on
        return None


def _groups(values: Floats, units: Sequence[str | None]) -> dict[str, Floats]:
    names = sorted({name for name in units if name is not None})
    answered = ~np.isnan(values).all(axis=1)
    rows = {name: np.array([label == name for label in units], dtype=np.bool_) & answered for name in names}
    return {name: values[which] for name, which in rows.items() if which.any()}


def _unit_means(groups: Mapping[str, Floats], scale: tuple[int, int], least: int) -> tuple[UnitMean, ...]:
    hidden = withheld({name: len(values) for name, values in groups.items()}, least)
    return tuple(
        UnitMean(name, None, None, None, None) if name in hidden else _unit(name, values, scale)
        for name, values in groups.items()
    )


def _unit(name: str, values: Floats, scale: tuple[int, int]) -> UnitMean:
    asked = values[:, (~np.isnan(values)).sum(axis=0) >= 2]
    if not asked.shape[1]:
        return UnitMean(name, None, None, None, None)
    mean = combination(asked, np.full(asked.shape[1], 1 / asked.shape[1]), scale)
    return UnitMean(name, mean.n, mean.value, mean.interval, rwg_j(asked, scale))


def _between(groups: Mapping[str, Floats]) -> BetweenUnits | None:
    try:
        return between_units([np.nanmean(values, axis=1) for values in groups.values()])
    except InputError:  # one unit, units of one person, or the same answer everywhere
        return None

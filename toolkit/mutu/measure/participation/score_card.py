"""The community score card: what users and providers each give a service, how far apart they are, and what follows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mutu.errors import N_, InputError, SettingError, Term
from mutu.measure import frames
from mutu.measure.capacity.agreement import rwg
from mutu.measure.frames import Floats, Matrix
from mutu.measure.intervals import welch_half
from mutu.measure.paired import check_bounds, estimate
from mutu.measure.participation.score_result import Cell, Indicator, ScoreCard, Side, Step
from mutu.measure.result import Interval
from mutu.regulations import publication

_PLAN = ("action", "who", "when")


def score_card(
    frame: Any,
    indicators: Sequence[str],
    *,
    group: str,
    providers: Sequence[str],
    scale: tuple[int, int] = (1, 5),
    plan: Mapping[str, Mapping[str, str]] | None = None,
    least: int | None = None,
) -> ScoreCard:
    """The matrix of a community score card: indicators × groups of users and of providers.

    Every person scores alone before the group discusses (a group's single agreed score has no spread and cannot be
    taken for the score of each member). A cell of fewer people than the smallest size is withheld and left out of all
    means, so that nothing follows from them. Users' and providers' scores are means over the people in the cells shown,
    with t intervals corrected for skewness; the gap has Welch's interval, widened (Bonferroni) so that the gaps of all
    indicators hold together. People of one group who have talked before are more alike than the intervals assume.
    Agreement is rwg: 1 if all give the same score, 0 if they vary as at random.

    Parameters
    ----------
    frame : one row a person: the group, and a score an indicator, empty where there is none
    indicators : columns of the scores
    group : column of the groups
    providers : which of the groups provide the service; all others use it
    scale : lowest and highest score
    plan : indicator -> "action", "who", "when", as agreed at the meeting of both sides; what is not given stays empty
    least : smallest cell to show; may only be raised above the product's own

    Returns
    -------
    ScoreCard : its plan has one row an indicator, lowest users' score first

    Raises
    ------
    InputError : no such column, a provider that is no group, no users or no providers, or nothing large enough to show
    AnswerError : a score is no number, infinite, or outside the scale
    SettingError : a plan for something that is no indicator, or `least` below the product's own

    References
    ----------
    The steps, in our own words: Community Score Card (CARE Malawi, 2002). Welch (1947), Biometrika 34, 28-35. Hall
    (1992), Journal of the Royal Statistical Society B 54, 221-228. James, Demaree & Wolf (1984), Journal of Applied
    Psychology 69, 85-98.

    Examples
    --------
    >>> import polars as pl
    >>> votes = pl.DataFrame({
    ...     "group": ["women"] * 5 + ["staff"] * 5,
    ...     "waiting": [1, 2, 2, 1, 2, 4, 4, 5, 4, 4],
    ...     "drugs": [3, 3, 4, 3, 3, 3, 2, 3, 3, 4],
    ... })
    >>> found = score_card(votes, ["waiting", "drugs"], group="group", providers=["staff"])
    >>> [(item.name, round(item.gap, 1), item.clear) for item in found.indicators]
    [('waiting', -2.6, True), ('drugs', 0.2, False)]
    >>> found.plan[0].indicator, found.plan[0].action
    ('waiting', '')
    """
    smallest = publication().least_group(least)
    names, scores = tuple(dict.fromkeys(indicators)), frames.matrix(frame, indicators, least_rows=1)
    check_bounds(scores.values, scores.names, Term(N_("the score card")), scale)
    groups = frames.texts(frames.labels(frame, group))
    order = _order(groups, providers)
    _check_plan(plan or {}, names)
    each = 1 - (1 - float(publication().confidence)) / len(names)
    found = tuple(_indicator(scores, place, (groups, order), scale, (smallest, each)) for place in range(len(names)))
    if all(item.users is None for item in found):
        raise InputError(
            N_("No group of users has {least} people or more, so nothing can be shown. Ask more people."),
            least=smallest,
        )
    return ScoreCard(
        n=sum(label is not None for label in groups),
        scale=scale,
        groups=tuple(order),
        providers=tuple(label for label, provides in order.items() if provides),
        indicators=found,
        plan=_steps(found, plan or {}),
        least=smallest,
    )


def _order(groups: Sequence[str | None], providers: Sequence[str]) -> dict[str, bool]:
    """Group -> whether it provides; users first, in the order of appearance."""
    present = list(dict.fromkeys(label for label in groups if label is not None))
    for label in providers:
        if frames.label(label) not in present:
            raise InputError(
                N_("There is no group «{group}»; the groups are {known}."), group=label, known=", ".join(present)
            )
    provide = {frames.label(label) for label in providers}
    users = [label for label in present if label not in provide]
    if not users or not provide:
        raise InputError(N_("A score card needs users and providers. Name the groups that provide the service."))
    return {label: label in provide for label in (*users, *(label for label in present if label in provide))}


def _check_plan(plan: Mapping[str, Mapping[str, str]], names: Sequence[str]) -> None:
    for name, step in plan.items():
        if name not in names:
            raise SettingError(
                N_("The plan names «{name}», which is no indicator; there are {known}."),
                name=name,
                known=", ".join(names),
            )
        for part in step:
            if part not in _PLAN:
                raise SettingError(
                    N_("The plan of «{name}» has «{part}»; it takes {known}."),
                    name=name,
                    part=part,
                    known=", ".join(_PLAN),
                )


def _indicator(
    scores: Matrix,
    place: int,
    groups: tuple[Sequence[str | None], Mapping[str, bool]],
    scale: tuple[int, int],
    rules: tuple[int, float],
) -> Indicator:
    labelled, order = groups
    column, least = scores.values[:, place], rules[0]
    given = {label: _given(column, labelled, label) for label in order}
    shown = {label: values for label, values in given.items() if len(values) >= max(least, 2)}
    cells = tuple(
        Cell(label, len(shown[label]), float(shown[label].mean()), float(shown[label].std(ddof=1)))
        if label in shown
        else Cell(label, None, None, None)
        for label in order
    )
    users, providers = (
        _side([values for label, values in shown.items() if order[label] is provides], scale)
        for provides in (False, True)
    )
    gap = None if users is None or providers is None else users.mean - providers.mean
    return Indicator(scores.names[place], cells, users, providers, gap, _gap_interval(users, providers, rules[1]))


def _given(column: Floats, groups: Sequence[str | None], label: str) -> Floats:
    values: Floats = column[np.array([found == label for found in groups], dtype=np.bool_)]
    return values[~np.isnan(values)]


def _side(values: Sequence[Floats], scale: tuple[int, int]) -> Side | None:
    if not values:
        return None
    scores = np.concatenate(values)
    n, mean = len(scores), float(scores.mean())
    found = estimate(mean, (scores - mean) / n, n, scale)
    return Side(n, mean, float(scores.std(ddof=1)), found.interval, rwg(scores, scale))


def _gap_interval(users: Side | None, providers: Side | None, each: float) -> Interval | None:
    if users is None or providers is None:
        return None
    half = welch_half(_error(users), _error(providers), each)
    gap, level = users.mean - providers.mean, float(publication().confidence)
    return None if half is None else Interval(gap - half, gap + half, level)


def _error(side: Side) -> tuple[float, int]:
    return side.spread / math.sqrt(side.n), side.n


def _steps(indicators: Sequence[Indicator], plan: Mapping[str, Mapping[str, str]]) -> tuple[Step, ...]:
    ranked = sorted((item.users.mean, place) for place, item in enumerate(indicators) if item.users is not None)
    return tuple(
        Step(
            1 + sum(other < score - 1e-12 for other, _place in ranked),
            indicators[place].name,
            score,
            *(plan.get(indicators[place].name, {}).get(part, "") for part in _PLAN),
        )
        for score, place in ranked
    )

"""The citizen report card: access, usage, quality, satisfaction, problems, resolution and bribes of each service."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from mutu.errors import N_, AnswerError, InputError, SettingError
from mutu.measure import frames
from mutu.measure.frames import Floats
from mutu.measure.intervals import wilson
from mutu.measure.participation.answers import Bools, yes_no
from mutu.measure.participation.differences import median, newcombe
from mutu.measure.participation.report_result import ASPECTS, Difference, Paid, ReportCard, Share
from mutu.regulations import publication


class _Column(NamedTuple):
    """An aspect's answers, and whose count; shape (respondents,) each."""

    values: Floats
    counted: Bools


def report_card(
    frame: Any, columns: Mapping[str, str], *, service: str | None = None, least: int | None = None
) -> ReportCard:
    """What users report of each service, and where services differ by more than chance explains.

    Access and usage are shares of all respondents; quality, satisfaction, problem and bribe of those who used the
    service; resolution of those who had a problem. Cost is the median paid by those who used it. Shares have Wilson's
    intervals, medians the interval between two order statistics. Services are compared pair by pair with Newcombe's
    interval, widened (Bonferroni) so that all pairs of one aspect hold together; where the same people answer about
    several services it is rather too wide than too short. An answer by somebody an aspect does not count (satisfaction
    of a non-user) is left out. Cells of fewer people than the smallest size are withheld.

    Parameters
    ----------
    frame : one row a respondent and service
    columns : aspect -> column. "access", "usage", "quality", "satisfaction", "problem", "resolution", "bribe" hold yes
        or no (True, False, 1, 0, empty without an answer), "cost" an amount of money
    service : column of the service; without it there is one service
    least : smallest cell to show; may only be raised above the product's own

    Raises
    ------
    InputError : no such column, nobody answered, or nothing large enough to show
    AnswerError : an answer is neither yes nor no, or a cost is negative, infinite or a text
    SettingError : an unknown aspect, no aspect, or `least` below the product's own

    References
    ----------
    The aspects, in our own words: citizen report cards (Public Affairs Centre, Bangalore, since 1993). Wilson (1927),
    Journal of the American Statistical Association 22, 209-212. Newcombe (1998), Statistics in Medicine 17, 873-890.
    Conover (1999), Practical Nonparametric Statistics, section 3.2.

    Examples
    --------
    >>> import polars as pl
    >>> answers = pl.DataFrame({
    ...     "service": ["water"] * 80 + ["roads"] * 70,
    ...     "satisfied": [1] * 48 + [0] * 32 + [1] * 56 + [0] * 14,
    ... })
    >>> found = report_card(answers, {"satisfaction": "satisfied"}, service="service")
    >>> [(share.service, share.share, share.n) for share in found.shares]
    [('roads', 0.8, 70), ('water', 0.6, 80)]
    >>> found.differences[0].clear
    True
    """
    smallest = publication().least_group(least)
    level = float(publication().confidence)
    answers = _collect(frame, columns)
    services = _services(frame, service, answers)
    names = sorted({name for name in services if name is not None})
    which = {name: np.array([label == name for label in services], dtype=np.bool_) for name in names}
    aspects = [aspect for aspect in ASPECTS if aspect in answers and aspect != "cost"]
    shares = tuple(
        _share(name, aspect, answers[aspect], which[name], (smallest, level)) for aspect in aspects for name in names
    )
    paid = tuple(_paid(name, answers["cost"], which[name], (smallest, level)) for name in names if "cost" in answers)
    if all(share.n is None for share in shares) and all(cost.n is None for cost in paid):
        raise InputError(N_("No service has {least} answers or more, so nothing can be shown."), least=smallest)
    compared = tuple(found for aspect in aspects for found in _differences(shares, aspect, level))
    people = sum(name is not None for name in services)
    return ReportCard(people, tuple(names), shares, paid, compared, smallest, len(services) - people)


def _collect(frame: Any, columns: Mapping[str, str]) -> dict[str, _Column]:
    unknown = [aspect for aspect in columns if aspect not in ASPECTS]
    if unknown or not columns:
        raise SettingError(
            N_("A report card knows the aspects {known}; «{aspect}» is none of them. Name the column of each."),
            known=", ".join(ASPECTS),
            aspect=", ".join(map(str, unknown)),
        )
    cells = frames.table(frame, list(dict.fromkeys(columns.values())))
    found: dict[str, _Column] = {}
    for aspect in ASPECTS:
        if aspect in columns:
            read = _amounts if aspect == "cost" else _shares
            values, answered = read(cells[columns[aspect]], columns[aspect])
            found[aspect] = _Column(values, answered & _asked(aspect, found, len(answered)))
    return found


def _shares(cells: list[Any], name: str) -> tuple[Floats, Bools]:
    yes, answered = yes_no(cells, name)
    return yes.astype(np.float64), answered


def _amounts(cells: list[Any], name: str) -> tuple[Floats, Bools]:
    values = frames.vector(cells, name)
    below = np.flatnonzero(values < 0)
    if len(below):
        raise AnswerError(
            N_("The column {column} holds {value} in row {row}, and a cost cannot be below zero. Correct it."),
            column=name,
            value=f"{values[below[0]]:g}",
            row=int(below[0]) + 1,
        )
    return values, ~np.isnan(values)


def _asked(aspect: str, found: Mapping[str, _Column], people: int) -> Bools:
    """Whom an aspect counts: everybody, those who used the service, or those who had a problem."""
    condition = {"access": None, "usage": None, "resolution": "problem"}.get(aspect, "usage")
    if condition is None or condition not in found:
        everybody: Bools = np.ones(people, dtype=np.bool_)
        return everybody if aspect != "resolution" or "usage" not in found else _yes(found["usage"])
    return _yes(found[condition])


def _yes(column: _Column) -> Bools:
    said: Bools = column.counted & (column.values == 1)
    return said


def _services(frame: Any, service: str | None, answers: Mapping[str, _Column]) -> list[str | None]:
    people = len(next(iter(answers.values())).values)
    if service is None:
        return [""] * people
    found = frames.texts(frames.labels(frame, service))
    if all(name is None for name in found):
        raise InputError(N_("Nobody answered «{column}». Leave it out, or fill it in."), column=service)
    return found


def _share(service: str, aspect: str, column: _Column, rows: Bools, rules: tuple[int, float]) -> Share:
    given = column.values[rows & column.counted]
    least, level = rules
    if len(given) < least:
        return Share(service, aspect, None, None, None)
    share = float(given.mean())
    return Share(service, aspect, len(given), share, wilson(share, len(given), level))


def _paid(service: str, column: _Column, rows: Bools, rules: tuple[int, float]) -> Paid:
    given = column.values[rows & column.counted]
    least, level = rules
    if len(given) < least:
        return Paid(service, None, None, None)
    return Paid(service, len(given), *median(given, level))


def _differences(shares: tuple[Share, ...], aspect: str, level: float) -> list[Difference]:
    known = [
        (cell.service, (cell.share, cell.n))
        for cell in shares
        if cell.aspect == aspect and cell.share is not None and cell.n is not None
    ]
    pairs = list(combinations(known, 2))
    each = 1 - (1 - level) / max(len(pairs), 1)
    return [
        Difference(aspect, first, second, one[0] - two[0], newcombe(one, two, each, level))
        for (first, one), (second, two) in pairs
    ]

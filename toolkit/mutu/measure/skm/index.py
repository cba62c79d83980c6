"""From answers to the index: check, count, weigh."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from mutu import regulations
from mutu.errors import N_, InputError, SettingError
from mutu.locale import _
from mutu.measure.result import Interval
from mutu.measure.settings import is_number
from mutu.measure.skm.answers import Answers, Groups, collect, distinct
from mutu.measure.skm.estimate import Element, Estimate, estimate, interval
from mutu.measure.skm.people import people
from mutu.measure.skm.results import GroupResult, IndexResult, UnsurResult
from mutu.measure.withhold import withheld
from mutu.regulations import Convention, Skm


def score(  # noqa: PLR0913  the settings of one survey, each by name
    frame: Any,
    *,
    weights: str = "exact",
    scale: tuple[int, int] = (1, 4),
    by: Groups | None = None,
    population: int | None = None,
    min_group: int | None = None,
    cluster: Any = None,
    regulation: Skm | None = None,
) -> IndexResult:
    """Index of satisfaction (IKM) of a survey of public satisfaction (SKM).

    NRR of an element = mean of its answers; index = Σ NRR × weight × 25, with weight 1 ÷ elements asked.
    An element without a single answer was not asked and leaves the denominator. Everything is computed
    exactly from whole sums; only the interval is a float.

    Parameters
    ----------
    frame : respondents in rows, one column a question: "U1" to "U9", several questions of an element "U1.1",
        "U1.2"; whole numbers on `scale`, missing as null or NaN. Any frame narwhals knows; a lazy one is
        reduced where it lies. It is never changed.
    weights : "exact", or a printed weight ("0.1111", "0.111", "0.11") to reproduce what was published
    scale : lowest and highest answer; other than (1, 4) is converted linearly, 1 + 3 (x - low) / (high - low)
    by : groups to score apart: a frame or a mapping (name -> labels) with the rows of `frame`,
        or the names of columns in `frame`
    population : how many people the sample was drawn from, for the finite correction
    min_group : respondents below which a group is withheld; the product's own minimum, which can only be raised
    cluster : who was asked together (counter, day, village) and is therefore alike: the name of a column of `frame`
        or one label a row. The interval then rests on the clusters, without finite correction.
    regulation : the regulation to follow; the one in force by default

    Returns
    -------
    IndexResult : .ikm (exact Fraction, 25-100), .rounded, .mutu, .interval (Taylor-linearised over respondents or
        clusters, t corrected for skewness), .grades (how probable each grade is), .unsur, .groups

    Raises
    ------
    InputError : a column is no element, nothing was answered, the groups or clusters do not fit the rows, or there is
        a single cluster
    ScaleError, AnswerError : an answer lies outside the scale, or is no whole number; names column and row
    SettingError : an unknown weight, a printed weight without nine elements, an impossible scale, population or
        smallest group

    References
    ----------
    Permenpan RB 14/2017, annex on processing the survey. Checked against: a worked example with n = 29,
    91.48 with exact weights and 90.56 with 0.11.

    Examples
    --------
    >>> import polars as pl
    >>> result = score(pl.DataFrame({"U1": [4, 3, 4], "U2": [3, 3, None]}))
    >>> result.ikm, result.rounded, result.mutu
    (Fraction(250, 3), Decimal('83.33'), 'B')
    >>> [(unsur.kode, unsur.n, unsur.nrr) for unsur in result.unsur]
    [('U1', 3, Fraction(11, 3)), ('U2', 2, Fraction(3, 1))]
    """
    rule = regulation or regulations.skm()
    convention = _convention(weights, rule)
    least = regulations.publication().least_group(min_group)
    answers = collect(frame, rule.kodes, scale, by, cluster)
    whole = distinct(answers)
    found = estimate(whole)
    if not found.elements:
        raise InputError(
            N_("There is not a single answer in the columns {columns}."), columns=", ".join(answers.questions)
        )
    _check_printed(convention, len(found.elements), rule)
    _check_population(population, found.n)
    _check_clusters(found)
    shares = _shares(found, convention, rule)
    ikm, bounds = _index(found, shares, rule)
    spread = found.spread(_points(shares, rule), found.n, population)
    cells = found.n * sum(element.questions for element in found.elements)
    answered = sum(element.answered for element in found.elements)
    return IndexResult(
        regulation=rule,
        convention=convention,
        scale=scale,
        n=found.n,
        population=population,
        ikm=ikm,
        band=_grade(ikm, rule),
        spread=spread,
        interval=interval(ikm, spread, found.units, bounds, counted=population == found.n),
        unsur=tuple(_unsur(element, found, shares, population, rule) for element in found.elements),
        groups=tuple(_groups(answers, convention, rule, least)),
        missing_share=Fraction(cells - answered, cells),
        estimate=found,
        people=people(whole),
    )


def _convention(code: str, rule: Skm) -> Convention:
    known = {convention.code: convention for convention in rule.weights}
    if code not in known:
        raise SettingError(N_("There is no weight «{code}»; choose one of {known}."), code=code, known=", ".join(known))
    return known[code]


def _check_printed(convention: Convention, asked: int, rule: Skm) -> None:
    """A printed weight is one ninth rounded; with fewer elements it would only make the index smaller."""
    if convention.weight is not None and asked != len(rule.unsur):
        raise SettingError(
            N_(
                "The weight {weight} is meant for {expected} elements, this survey has {asked}. "
                "Use the exact weight, one divided by the elements asked."
            ),
            weight=convention.code,
            expected=len(rule.unsur),
            asked=asked,
        )


def _check_population(population: int | None, n: int) -> None:
    if population is None:
        return
    if not is_number(population) or population % 1:
        raise SettingError(
            N_("The population {population} is not a whole number. Give the number of people served, as in 1000."),
            population=repr(population),
        )
    if population < n:
        raise SettingError(
            N_("The population {population} is smaller than the {n} respondents. Give the number of people served."),
            population=population,
            n=n,
        )


def _check_clusters(found: Estimate) -> None:
    if found.clusters is not None and found.units < 2:
        raise InputError(
            N_("All respondents belong to one cluster; an interval needs at least two. Score without clusters.")
        )


def _points(shares: dict[str, Fraction], rule: Skm) -> dict[str, Fraction]:
    """By how many points of the index a NRR of one counts."""
    return {kode: share * rule.multiplier for kode, share in shares.items()}


def _shares(found: Estimate, convention: Convention, rule: Skm) -> dict[str, Fraction]:
    """The weight of each element; where a group has fewer elements than the survey, the printed one grows alike."""
    asked = len(found.elements)
    total = Fraction(1) if convention.weight is None else Fraction(convention.weight) * len(rule.unsur)
    return {element.kode: total / asked for element in found.elements}


def _index(found: Estimate, shares: dict[str, Fraction], rule: Skm) -> tuple[Fraction, tuple[Fraction, Fraction]]:
    """The index, and the lowest and highest it can be with these weights."""
    total = sum(shares.values(), Fraction(0))
    low, high = rule.bounds
    ikm = sum((element.nrr * shares[element.kode] for element in found.elements), Fraction(0)) * rule.multiplier
    return ikm, (low * total, high * total)


def _grade(index: Fraction, rule: Skm) -> regulations.Band:
    """The band; a printed weight can press the lowest possible index just below the lowest band."""
    return rule.grade(max(index, Fraction(rule.bounds[0])))


def _unsur(
    element: Element, found: Estimate, shares: dict[str, Fraction], population: int | None, rule: Skm
) -> UnsurResult:
    points = rule.multiplier
    spread = found.spread({element.kode: points}, element.n, population)
    indeks, bounds = element.nrr * points, (Fraction(rule.bounds[0]), Fraction(rule.bounds[1]))
    units = min(element.n, found.units)
    limits = interval(indeks, spread, units, bounds, counted=population == element.n)
    return UnsurResult(
        kode=element.kode,
        n=element.n,
        counts=element.counts,
        questions=element.questions,
        missing=found.n * element.questions - element.answered,
        nrr=element.nrr,
        weight=shares[element.kode],
        nrr_tertimbang=element.nrr * shares[element.kode],
        indeks=indeks,
        se=None if spread is None else spread.se,
        interval=limits,
        nrr_interval=limits and Interval(limits.low / points, limits.high / points, limits.level),
        band=_grade(indeks, rule),
        regulation=rule,
    )


def _groups(answers: Answers, convention: Convention, rule: Skm, least: int) -> Iterator[GroupResult]:
    for column, labels in answers.labels.items():
        each = np.array(labels, dtype=object)
        yield from _withhold(
            [
                _group(GroupResult(column, label, found.n, least=least), found, convention, rule)
                for label in sorted(set(labels), key=_in_order)
                for found in (estimate(distinct(answers.part(each == label))),)
            ]
        )


def _withhold(groups: list[GroupResult]) -> list[GroupResult]:
    """The groups, those of too few people and what would give them away without their numbers (see `withheld`)."""
    sizes = {group.value: group.n for group in groups}
    names = withheld(sizes, groups[0].least) if groups else frozenset()
    return [_hidden(group) if group.value in names else group for group in groups]


def _hidden(group: GroupResult) -> GroupResult:
    return GroupResult(group.column, group.value, group.n, least=group.least)


def _group(empty: GroupResult, found: Estimate, convention: Convention, rule: Skm) -> GroupResult:
    if empty.n < empty.least:
        return empty
    shares = _shares(found, convention, rule)
    ikm, bounds = _index(found, shares, rule)
    # no finite correction: how many people of the population belong to the group is not known
    spread = found.spread(_points(shares, rule), found.n)
    return replace(
        empty,
        ikm=ikm,
        mutu=_grade(ikm, rule).mutu,
        interval=interval(ikm, spread, found.units, bounds),
        elements=len(found.elements),
        suppressed=False,
    )


def _in_order(label: str) -> tuple[bool, list[tuple[int, int, str]]]:
    """Sort key that puts 9 before 10, ≤ 17 before 18 and ≥ 66 behind 56, and those who did not say last."""
    parts = re.findall(r"[0-9]+|[^0-9]+", label.casefold().lstrip("≤≥<> "))
    return label == _("unknown"), [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]

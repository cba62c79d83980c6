"""From answers or a published table, and a published index, to the cause of the difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import narwhals as nw
from narwhals.exceptions import DuplicateError

from mutu import regulations
from mutu.errors import N_, InputError, SettingError
from mutu.locale import _, number
from mutu.locale.numbers import half_up
from mutu.measure.audit import bands, checks
from mutu.measure.audit.causes import MEAN, PEOPLE, SCALE, WEIGHT, Cause
from mutu.measure.audit.material import FromAnswers, FromTable, Material
from mutu.measure.audit.printed import Printed, printed
from mutu.measure.audit.result import AGREES, EXPLAINED, LISTED, OPEN, UNEXPLAINED, Audit
from mutu.measure.audit.table import Table, checked, from_frame, is_table
from mutu.measure.audit.trials import Trial, Trials, run
from mutu.measure.settings import is_number
from mutu.measure.skm.answers import Groups, check_scale, collect, converted
from mutu.regulations import Skm

_RARE = Fraction(1, 100)  # chance above which two causes at once, one of them a choice of answers, are not named
_DIGITS = 2  # decimals of an index, where none was published


def explain(  # noqa: PLR0913 (options)
    data: Any,
    published: Any = None,
    *,
    grade: str | None = None,
    scale: tuple[int, int] = (1, 4),
    by: Groups | None = None,
    population: int | None = None,
    regulation: Skm | None = None,
    best_of_groups: bool = True,
) -> Audit:
    """Name the cause of the difference between a published index and the one that the regulation gives.

    The index is computed by the regulation and in every other way that offices and apps are known to use, one cause at
    a time and in pairs that are met together. What gives the published number explains it; the simplest explanation is
    preferred, and ties are all listed. `chance` says how many other numbers would have been explained as well.

    Parameters
    ----------
    data : answers as `mutu.measure.skm.score` takes them; or a published table, as `Table` or as a frame with the
        columns unsur, nrr and, if known, n, weighted, weight (one row an element, NRR empty where it was not asked)
    published : the index published, as text ("88,50") or number; how exact it is follows from its decimals. Without it
        the conventions are listed with the index each would give; a table's own index is taken from it
    grade : the grade published, as letter or name; "-" if none was printed
    scale : lowest and highest answer; other than (1, 4) is converted linearly, as `score` does
    by : groups of the respondents, as `score` takes them; then means of groups, and the best answers of each, are tried
    population : people served, whose sample size may have been taken from the best answers
    regulation : the regulation to follow; the one in force by default
    best_of_groups : whether the best answers of each group of `by` are tried too, and not only means of groups

    Returns
    -------
    Audit : .status, .explanations, .chance, .ikm (the right index), .grade, .findings

    Raises
    ------
    InputError : no answers or NRRs, columns that are neither, an NRR outside the scale
    ScaleError, AnswerError : an answer outside the scale or no number, a cell of a table that cannot stand there
    SettingError : published is no index, grade is no grade, or an impossible scale or population

    References
    ----------
    Permenpan RB 14/2017, annex on processing the survey. Brown & Heathers (2017), The GRIM test, Social Psychological
    and Personality Science 8(4), 363-369: which means n whole answers can have. What is tried, and where it was seen:
    `mutu.measure.audit.causes`.

    Examples
    --------
    >>> table = {"unsur": ["U1", "U2", "U3"], "nrr": ["3,20", "3,40", "3,90"]}
    >>> import polars as pl
    >>> found = explain(pl.DataFrame(table), "86,63")
    >>> found.status, float(found.rounded), [cause.code for cause in found.explanations[0].causes]
    ('explained', 87.5, ['weight'])
    """
    rule = regulation or regulations.skm()
    if population is not None and not (is_number(population) and population >= 1):
        raise SettingError(
            N_("The population is {population}; give the number of people served, 1 or more."), population=population
        )
    check_scale(scale)
    material = _material(data, scale, by, population=population, rule=rule, best=best_of_groups)
    table = material.table if isinstance(material, FromTable) else None
    index = _published(published, table)
    letter, misread = _grade(grade, table, rule)
    ready = _ready(table, index, letter, scale, rule)
    trials = _sayable(run(material, scale, _DIGITS if index is None else index.digits, rule, ready), index)
    status, explanations, loosely = _decided(trials, index)
    return Audit(
        regulation=rule,
        source="answers" if table is None else "table",
        n=material.n,
        published=index,
        status=status,
        explanations=explanations,
        trials=trials,
        chance=_chance(trials, index, explanations, loosely) if status == EXPLAINED else None,
        grade=_checked_grade(letter, index, trials, explanations, rule),
        findings=() if table is None else (*misread, *checks.findings(table, rule)),
    )


def _material(
    data: Any, scale: tuple[int, int], by: Groups | None, *, population: int | None, rule: Skm, best: bool
) -> Material:
    if isinstance(data, Table):
        return FromTable(checked(data, scale))
    if is_table(_columns(data)):
        return FromTable(checked(from_frame(data), scale))
    material = FromAnswers(collect(data, rule.kodes, scale, by), rule, population, best_of_groups=best)
    if not material.elements:
        raise InputError(
            N_("There is not a single answer in the columns {columns}."), columns=", ".join(material.answers.questions)
        )
    return material


def _columns(data: Any) -> list[str]:
    try:
        frame: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(data)
    except (TypeError, DuplicateError):
        return []  # `collect` says what is wrong
    return frame.collect_schema().names()


def _published(given: Any, table: Table | None) -> Printed | None:
    said = given if given is not None or table is None else table.index
    found = None if said is None else printed(said)
    if found is not None and not 0 < found.value <= 100:
        raise SettingError(
            N_("{index} is not an index; a published index lies above 0 and is at most 100."), index=str(said)[:40]
        )
    return found


def _grade(given: str | None, table: Table | None, rule: Skm) -> tuple[str | None, tuple[checks.Finding, ...]]:
    """The letter published, and what is to be said of a grade of the table that is none."""
    if given is not None:
        return bands.letter(given, rule), ()
    if table is None or table.grade is None:
        return None, ()
    try:
        return bands.letter(table.grade, rule), ()
    except SettingError:
        said = _("The grade of the table, «{grade}», is none of A to D; it was not checked.")
        return None, (checks.Finding("grade", "", said.format(grade=table.grade[:40])),)


def _ready(
    table: Table | None, index: Printed | None, letter: str | None, scale: tuple[int, int], rule: Skm
) -> list[Trial]:
    """Trials of what is printed, and figures that programs fill in."""
    found = [] if table is None else list(_of_table(table, scale, rule))
    total = checks.total_of(table) if table is not None else None
    if total is not None:
        exact = total.exact * rule.multiplier
        cause = Cause("column", SCALE, fields={"total": total})
        found.append(Trial((cause,), exact, Fraction(0), bands.band_of(exact, rule)))
    for entry in bands.others().placeholders:
        exact = Fraction(entry.index)
        if index is not None and index.exact == exact and letter in (None, entry.grade):
            cause = Cause("placeholder", SCALE, fields={"index": entry.index})
            found.append(Trial((cause,), exact, Fraction(0), bands.band_of(exact, rule)))
    return found


def _of_table(table: Table, scale: tuple[int, int], rule: Skm) -> Iterator[Trial]:
    """The weights printed for the elements, and the elements of the regulation alone."""
    means = [converted(value, scale) for value in table.means]
    step = rule.multiplier * Fraction(rule.scale[1] - rule.scale[0], scale[1] - scale[0])
    if shares := table.shares:
        low, high = (number(value, 2) for value in (min(shares), max(shares)))
        exact = sum((share * mean for share, mean in zip(shares, means, strict=True)), Fraction(0)) * rule.multiplier
        cause = Cause("stated", WEIGHT, fields={"low": low, "high": high, "count": len(means)})
        yield Trial((cause,), exact, table.half * step, bands.band_of(exact, rule))
    nine = [mean for mean, row in zip(means, table.asked, strict=True) if row.kode]
    if table.own and {row.kode for row in table.asked} >= set(rule.kodes) and len(nine) == len(rule.kodes):
        exact = sum(nine, Fraction(0)) / len(nine) * rule.multiplier
        own = ", ".join(row.name for row in table.own)
        cause = Cause("nine", MEAN, fields={"nine": len(nine), "own": own})
        yield Trial((cause,), exact, table.half * step, bands.band_of(exact, rule))


def _sayable(trials: Trials, index: Printed | None) -> Trials:
    """Without pairs that say answers were left out, where that would be no more than a coincidence."""
    if index is None or trials.chance(index, 2, loosely=False) < _RARE:
        return trials
    return replace(trials, pairs=tuple(trial for trial in trials.pairs if not _chooses(trial)))


def _decided(trials: Trials, index: Printed | None) -> tuple[str, tuple[Trial, ...], bool]:
    """The status, the simplest explanations, and whether they hold only within the rounding of the NRRs."""
    if index is None:
        return LISTED, (), False
    if trials.right.gives(index) or index.shows(Fraction(half_up(trials.right.index, _DIGITS))):
        return AGREES, (), False  # 76.748 is published as 76.75, and quoted as 76.8
    exactly = _underlying(tuple(trial for trial in trials.singles if trial.gives(index)))
    if trials.right.gives(index, loosely=True):
        return OPEN, exactly, False
    if exactly:
        return EXPLAINED, exactly, False
    loosely = tuple(trial for trial in trials.singles if trial.gives(index, loosely=True))
    if loosely:
        return EXPLAINED, loosely, True
    pairs = tuple(trial for trial in trials.pairs if trial.gives(index))
    return (EXPLAINED, pairs, False) if pairs else (UNEXPLAINED, (), False)


def _chooses(trial: Trial) -> bool:
    """Whether an explanation says that answers were left out."""
    return any(cause.stage == PEOPLE for cause in trial.causes)


def _underlying(found: tuple[Trial, ...]) -> tuple[Trial, ...]:
    """Without the printed column of weighted NRRs where something says how that column itself was computed."""
    others = tuple(trial for trial in found if trial.causes[0].code != "column")
    return others or found


def _chance(trials: Trials, index: Printed | None, explanations: tuple[Trial, ...], loosely: bool) -> Fraction | None:
    if index is None or not explanations:
        return None
    return trials.chance(index, len(explanations[0].causes), loosely=loosely)


def _checked_grade(
    letter: str | None, index: Printed | None, trials: Trials, explanations: tuple[Trial, ...], rule: Skm
) -> bands.GradeCheck | None:
    if letter is None:
        return None
    behind = explanations[0].index if explanations else trials.right.index
    if index is None:
        return bands.check(letter, printed(f"{float(behind):.2f}"), behind, rule)
    return bands.check(letter, index, behind if index.shows(behind) else None, rule)

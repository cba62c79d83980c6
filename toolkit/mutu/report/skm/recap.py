"""The sheets of the recap; every number of the index is a formula on the raw answers, with its exact value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from mutu.locale import _
from mutu.measure.skm import UnsurResult
from mutu.regulations import Skm
from mutu.report.excel import INDEX, NRR, SHARE, WORD, Book, Sheet
from mutu.report.skm import sentences
from mutu.report.skm.facts import Facts
from mutu.report.skm.tables import not_yet, weight
from mutu.responses import synthetic_mark

_FIRST = 2  # row of the first respondent on the sheet of answers


@dataclass(frozen=True)
class _Places:
    """Where formulas of one sheet find the cells of another.

    Attributes
    ----------
    questions : question -> its answers
    counted : number of answers of each respondent
    several : element of several questions -> number of answers of each respondent to it
    """

    questions: dict[str, str]
    counted: str
    several: dict[str, str]


def fill(book: Book, facts: Facts) -> None:
    """Fill an empty workbook with the recap of a survey."""
    summary = book.sheet(_("summary"), (44, 18, 22, 30))
    places = _answers(book.sheet(_("answers"), (8, *(8.0 for _column in facts.survey.answers), 15)), facts)
    elements = book.sheet(_("elements"), (7, 38, 14, 8, 10, 11, 17, 13, 9, 13, 13))
    total, used = _elements(elements, facts, places)
    _summary(summary, facts, places, (total, used))
    _profile(book.sheet(_("profile"), (28, 40, 14, 10)), facts)
    _rejected(book.sheet(_("not counted"), (22, 8, 40, 26, 60)), facts)


def _answers(sheet: Sheet, facts: Facts) -> _Places:
    """The raw answers as in the file; beside them how many each respondent gave, in all and to split elements."""
    frame = facts.survey.answers
    columns = {str(name): index for index, name in enumerate(frame.columns)}
    several = _several(columns)
    marked = (synthetic_mark.COLUMN,) if facts.survey.synthetic else ()
    names = (_("Row"), *columns, _("Answers"), *several, *marked)
    sheet.head(*names, align="r" * len(names))
    counts = [[*columns.values()], *several.values()]
    for row, values in zip(frame.index, frame.astype("object").where(frame.notna(), None).to_numpy(), strict=True):
        at = sheet.add(int(row), *(None if value is None else int(value) for value in values))
        for column, counted in enumerate(counts, 2 + len(columns)):
            given = sum(values[index] is not None for index in counted)
            sheet.formula((at, column), f"COUNT({_cells(counted, at)})", given)
        if marked:
            sheet.put(at, len(names), synthetic_mark.label())
    sheet.finish((1, 1), 1)

    def whole(column: int) -> str:
        letter = xl_col_to_name(column)
        return f"{sheet.reference}${letter}${_FIRST}:${letter}${max(sheet.row, _FIRST)}"

    after = 1 + len(columns)
    return _Places(
        {name: whole(1 + index) for name, index in columns.items()},
        whole(after),
        {name.split()[-1]: whole(after + number) for number, name in enumerate(several, 1)},
    )


def _several(columns: dict[str, int]) -> dict[str, list[int]]:
    """Elements of several questions, as the headers of their counts, with the places of the questions."""
    found: dict[str, list[int]] = {}
    for name, index in columns.items():
        found.setdefault(name.partition(".")[0], []).append(index)
    return {f"n {kode}": places for kode, places in found.items() if len(places) > 1}


def _cells(questions: Sequence[int], row: int) -> str:
    """Cells of a row for a formula: one range where they touch."""
    letters = [xl_col_to_name(1 + index) for index in questions]
    if questions[-1] - questions[0] == len(questions) - 1:
        return f"{letters[0]}{row}:{letters[-1]}{row}"
    return ",".join(f"{letter}{row}" for letter in letters)


def _elements(sheet: Sheet, facts: Facts, places: _Places) -> tuple[str, str]:
    """Elements above, the questions they are made of below; returns the places of the sum and of the NRRs."""
    result, rule = facts.result, facts.result.regulation
    header = (_("Code"), _("Element"), _("Questions"), "n", "NRR", _("Weight"), _("Weighted NRR"), _("Index"))
    sheet.head(*header, _("Grade"), _("95% low"), _("95% high"), align="llrrrrrrcrr")
    first, last = 2, 1 + len(rule.unsur)
    of_questions = _questions(sheet, facts, places, last + 4)
    asked = {unsur.kode: unsur for unsur in result.unsur}
    nrrs = f"$E${first}:$E${last}"
    printed = result.convention.weight
    for row, unsur in enumerate(rule.unsur, first):
        sheet.put(row, 1, unsur.kode)
        sheet.put(row, 2, str(unsur.name))
        if unsur.kode not in asked:
            certain = facts.survey.names_every_element
            sheet.put(row, 3, _("not asked") if certain else _("not asked or not recognised"))
        else:
            sheet.formula((row, 4), _respondents(unsur.kode, places), asked[unsur.kode].n)
            _element(sheet, row, asked[unsur.kode], of_questions[unsur.kode], rule)
            share = f"1/COUNT({nrrs})" if printed is None else str(printed)
            sheet.formula((row, 6), share, asked[unsur.kode].weight, "0.0000")
    total = last + 1
    sheet.put(total, 2, _("Sum of weighted NRR"), looks=("bold",))
    sheet.formula((total, 7), f"SUM(G{first}:G{last})", _sum(facts), "0.000000", bold=True)
    sheet.finish((1, 2), 1, landscape=True)
    return f"{sheet.reference}$G${total}", f"{sheet.reference}{nrrs}"


def _sum(facts: Facts) -> Fraction:
    return sum((unsur.nrr_tertimbang for unsur in facts.result.unsur), Fraction(0))


def _element(sheet: Sheet, row: int, found: UnsurResult, rows: list[int], rule: Skm) -> None:
    """The cells of an element that was asked; `rows` are its questions'."""
    sheet.put(row, 3, len(rows))
    sheet.formula((row, 5), f"AVERAGE(G{rows[0]}:G{rows[-1]})", found.nrr, NRR)
    sheet.formula((row, 7), f"E{row}*F{row}", found.nrr_tertimbang, "0.000000")
    sheet.formula((row, 8), f"E{row}*{rule.multiplier}", found.indeks, INDEX)
    sheet.formula((row, 9), _grade(f"ROUND(ROUND(H{row},9),2)", "C", len(rule.bands)), found.mutu, WORD)
    if found.interval is not None:
        sheet.put(row, 10, found.interval.low, form=INDEX)
        sheet.put(row, 11, found.interval.high, form=INDEX)


def _respondents(kode: str, places: _Places) -> str:
    """How many answered an element: any of its questions."""
    if kode in places.several:
        return f'COUNTIF({places.several[kode]},">0")'
    return f"COUNT({next(cells for name, cells in places.questions.items() if name.partition('.')[0] == kode)})"


def _questions(sheet: Sheet, facts: Facts, places: _Places, top: int) -> dict[str, list[int]]:
    """One row a question: n, sum, mean, and the mean on 1-4; returns the rows of each element."""
    sheet.row = top - 1
    sheet.head(_("Code"), _("Question"), None, "n", _("Sum"), _("Mean"), _("Mean on 1–4"), align="lllrrrr")
    rows: dict[str, list[int]] = {}
    for name in sorted(places.questions, key=_in_order):
        cells, row = places.questions[name], sheet.add(name.partition(".")[0], name)
        given = facts.survey.answers[name].dropna()
        n, total = len(given), int(given.sum())
        mean = Fraction(total, n) if n else ""
        sheet.formula((row, 4), f"COUNT({cells})", n)
        sheet.formula((row, 5), f"SUM({cells})", total)
        sheet.formula((row, 6), f'IF(D{row}=0,"",E{row}/D{row})', mean, NRR)
        text, value = _converted(facts, f"F{row}", mean)
        sheet.formula((row, 7), f'IF(D{row}=0,"",{text})', value, NRR)
        rows.setdefault(name.partition(".")[0], []).append(row)
    return rows


def _converted(facts: Facts, cell: str, mean: Any) -> tuple[str, Any]:
    """A mean on the scale of the questionnaire turned into one on the scale of the regulation."""
    (low, high), (to_low, to_high) = facts.result.scale, facts.result.regulation.scale
    if (low, high) == (to_low, to_high):
        return cell, mean
    text = f"{to_low}+({cell}-{low})*{to_high - to_low}/{high - low}"
    return text, to_low + (mean - low) * Fraction(to_high - to_low, high - low) if mean != "" else ""


def _in_order(name: str) -> tuple[str, int]:
    kode, _point, question = name.partition(".")
    return kode, int(question or 0)


def _grade(value: str, column: str, bands: int) -> str:
    """Look a rounded index up in the bands on the summary; column C is the letter, D the performance."""
    name, last = _("summary"), _BANDS + bands - 1
    low, shown = f"'{name}'!$A${_BANDS}:$A${last}", f"'{name}'!${column}${_BANDS}:${column}${last}"
    return f"INDEX({shown},MATCH(MAX({value},'{name}'!$A${_BANDS}),{low},1))"


_BANDS = 18
"""Row of the lowest band on the summary."""


def _summary(sheet: Sheet, facts: Facts, places: _Places, sums: tuple[str, str]) -> None:
    """The index by formula, beside it what the report says."""
    result, (total, used) = facts.result, sums
    bands, points = len(result.regulation.bands), result.regulation.multiplier
    sheet.add(_("Recap of the public satisfaction survey"), looks=("bold",))
    sheet.add(facts.office.full_name or _("(name of the service unit)"))
    sheet.add(facts.office.period or _("(period)"))
    sheet.add(sentences.label(facts), looks=("warning",))
    sheet.head(_("Result"), _("By formula"), _("In the report"), align="lrr")
    counted = f'COUNTIF({places.counted},">0")'
    _line(sheet, _("Respondents (n)"), (counted, result.n), result.n)
    _line(sheet, _("Elements asked"), (f"COUNT({used})", len(result.unsur)), len(result.unsur))
    _line(sheet, _("Sum of weighted NRR"), (total, _sum(facts)), None, "0.000000")
    index = _line(sheet, _("Index, unrounded"), (f"B{sheet.row}*{points}", result.ikm), None, "0.000000")
    rounded = float(result.rounded)
    ikm = _line(sheet, _("Index (IKM)"), (f"ROUND(ROUND(B{index},9),2)", rounded), rounded, INDEX)
    letter = _line(sheet, _("Grade"), (_grade(f"B{ikm}", "C", bands), result.mutu), result.mutu, WORD)
    name = (_grade(f"B{ikm}", "D", bands), result.kinerja)
    _line(sheet, _("Performance"), name, result.kinerja, WORD)
    if facts.too_few:
        sheet.put(letter, 4, not_yet(), looks=("bold",))
    if result.interval is not None:
        sheet.add(_("95% low (computed by mutu)"), None, result.interval.low, form=INDEX)
        sheet.add(_("95% high (computed by mutu)"), None, result.interval.high, form=INDEX)
    _bands(sheet, facts)


def _bands(sheet: Sheet, facts: Facts) -> None:
    """The grades of the regulation, which the formulas look up, and how the index was computed."""
    low, high = facts.result.scale
    sheet.row = _BANDS - 3
    sheet.add(_("Grades"), str(facts.result.regulation.short), looks=("bold",))
    sheet.head(_("From"), _("to"), _("Grade"), _("Performance"), align="lrcl")
    for band in facts.result.regulation.bands:
        at = sheet.add(None, float(band.high), form=INDEX)
        sheet.put(at, 1, float(band.low), looks=("left",), form=INDEX)
        sheet.put(at, 3, band.mutu, looks=("centre",))
        sheet.put(at, 4, str(band.kinerja))
    sheet.skip()
    sheet.add(_("Weight of each element"), weight(facts))
    sheet.add(_("Scale of the answers"), f"{low}–{high}")
    sheet.finish((5, 0), 5)


def _line(sheet: Sheet, name: str, formula: tuple[str, Any], said: Any, form: str = "0") -> int:
    """A row of the summary: formula and value, and what the report says."""
    bold = form in (INDEX, WORD)
    looks = (*(("bold",) if bold else ()), *(("right",) if form == WORD else ()))
    row = sheet.add(name, looks=("bold",) if bold else ())
    sheet.formula((row, 2), *formula, form, bold=bold, side="right")
    if said is not None:
        sheet.put(row, 3, said, looks=looks, form=form)
    return row


def _profile(sheet: Sheet, facts: Facts) -> None:
    sheet.head(_("Characteristic"), _("Category"), _("Respondents"), _("Share"), align="llrr")
    for name, counts in facts.profile:
        first, everyone = sheet.row + 1, sum(count for _category, count in counts)
        for category, count in counts:
            row = sheet.add(name, category, count)
            share = f"C{row}/SUM(C${first}:C${first + len(counts) - 1})"
            sheet.formula((row, 4), share, Fraction(count, everyone), SHARE)
    sheet.finish((1, 0), 1)


def _rejected(sheet: Sheet, facts: Facts) -> None:
    sheet.head(_("Sheet"), _("Row"), _("Column"), _("In the file"), _("Reason"), align="lllll")
    if not facts.survey.rejected:
        sheet.add(_("No cell and no row was rejected."))
    for cell in facts.survey.rejected:
        sheet.add(cell.sheet, cell.row, cell.column or _("whole row"), cell.value, cell.reason, looks=("wrap",))
    sheet.finish((1, 0), 1, landscape=True)

"""The sheets of the recap; every number of the index is a formula on the raw answers."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import column_index_from_string, get_column_letter

from mutu.locale import _
from mutu.measure.skm import UnsurResult
from mutu.regulations import Unsur
from mutu.report.excel import INDEX, NRR, SHARE, Sheet
from mutu.report.skm.facts import Facts, profile
from mutu.report.skm.tables import weight

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


def fill(book: Workbook, facts: Facts) -> None:
    """Fill an empty workbook with the recap of a survey."""
    summary = Sheet(book.active, (44, 18, 22, 24))
    summary.sheet.title = _("summary")
    places = _answers(
        Sheet(book.create_sheet(_("answers")), (8, *(8.0 for _column in facts.survey.answers), 15)), facts
    )
    total, used = _elements(
        Sheet(book.create_sheet(_("elements")), (7, 38, 14, 8, 10, 11, 17, 13, 9, 13, 13)), facts, places
    )
    _summary(summary, facts, places, (total, used))
    _profile(Sheet(book.create_sheet(_("profile")), (28, 40, 14, 10)), facts)
    _rejected(Sheet(book.create_sheet(_("not counted")), (22, 8, 40, 26, 60)), facts)


def _answers(sheet: Sheet, facts: Facts) -> _Places:
    """The raw answers as in the file; beside them how many each respondent gave, in all and to split elements."""
    frame = facts.survey.answers
    letters = {str(name): get_column_letter(index) for index, name in enumerate(frame.columns, 2)}
    several = _several(letters)
    sheet.add(_("Row"), *letters, _("Answers"), *several, head=True)
    counts = [[*letters.values()], *several.values()]
    for row, values in zip(frame.index, frame.astype("object").where(frame.notna(), None).to_numpy(), strict=True):
        at = sheet.add(int(row), *(None if value is None else int(value) for value in values))
        for column, cells in enumerate(counts, 2 + len(letters)):
            sheet.formula(at, column, f"COUNT({_cells(cells, at)})")
    sheet.finish("B2", 1)

    def whole(letter: str) -> str:
        return f"{sheet.reference}${letter}${_FIRST}:${letter}${max(sheet.row, _FIRST)}"

    extra = [get_column_letter(column) for column in range(2 + len(letters), 3 + len(letters) + len(several))]
    return _Places(
        {name: whole(letter) for name, letter in letters.items()},
        whole(extra[0]),
        {name.split()[-1]: whole(letter) for name, letter in zip(several, extra[1:], strict=True)},
    )


def _several(letters: dict[str, str]) -> dict[str, list[str]]:
    """Elements of several questions, as the headers of their counts, with the columns of the questions."""
    columns: dict[str, list[str]] = {}
    for name, letter in letters.items():
        columns.setdefault(name.partition(".")[0], []).append(letter)
    return {f"n {kode}": found for kode, found in columns.items() if len(found) > 1}


def _cells(letters: list[str], row: int) -> str:
    """Cells of a row for a formula: one range where they touch."""
    first, last = column_index_from_string(letters[0]), column_index_from_string(letters[-1])
    if last - first == len(letters) - 1:
        return f"{letters[0]}{row}:{letters[-1]}{row}"
    return ",".join(f"{letter}{row}" for letter in letters)


def _elements(sheet: Sheet, facts: Facts, places: _Places) -> tuple[str, str]:
    """Elements above, the questions they are made of below; returns the places of the sum and of the NRRs."""
    rule = facts.result.regulation
    header = (_("Code"), _("Element"), _("Questions"), "n", "NRR", _("Weight"), _("Weighted NRR"), _("Index"))
    sheet.add(*header, _("Grade"), _("95% low"), _("95% high"), head=True)
    first, last = 2, 1 + len(rule.unsur)
    of_questions = _questions(sheet, facts, places, last + 4)
    asked = {unsur.kode: unsur for unsur in facts.result.unsur}
    nrrs = f"$E${first}:$E${last}"
    for row, unsur in enumerate(rule.unsur, first):
        _element(sheet, row, unsur, asked.get(unsur.kode), of_questions.get(unsur.kode, []), facts, places)
        if unsur.kode in asked:
            printed = facts.result.convention.weight
            sheet.formula(row, 6, f"1/COUNT({nrrs})" if printed is None else str(printed), "0.0000")
    total = last + 1
    sheet.put(total, 2, _("Sum of weighted NRR"), bold=True)
    sheet.formula(total, 7, f"SUM(G{first}:G{last})", "0.000000", bold=True)
    sheet.finish("C2", 1, landscape=True)
    return f"{sheet.reference}$G${total}", f"{sheet.reference}{nrrs}"


def _element(
    sheet: Sheet, row: int, unsur: Unsur, found: UnsurResult | None, rows: list[int], facts: Facts, places: _Places
) -> None:
    sheet.put(row, 1, unsur.kode)
    sheet.put(row, 2, str(unsur.name))
    if found is None:
        sheet.put(row, 3, _("not asked"))
        return
    sheet.put(row, 3, len(rows))
    sheet.formula(row, 4, _respondents(unsur.kode, places))
    sheet.formula(row, 5, f"AVERAGE(G{rows[0]}:G{rows[-1]})", NRR)
    sheet.formula(row, 7, f"E{row}*F{row}", "0.000000")
    sheet.formula(row, 8, f"E{row}*{facts.result.regulation.multiplier}", INDEX)
    sheet.formula(row, 9, _grade(f"ROUND(ROUND(H{row},9),2)", "C", len(facts.result.regulation.bands)), "General")
    if found.interval is not None:
        for column, value in ((10, found.interval.low), (11, found.interval.high)):
            sheet.put(row, column, value).number_format = INDEX


def _respondents(kode: str, places: _Places) -> str:
    """How many answered an element: any of its questions."""
    if kode in places.several:
        return f'COUNTIF({places.several[kode]},">0")'
    return f"COUNT({next(cells for name, cells in places.questions.items() if name.partition('.')[0] == kode)})"


def _questions(sheet: Sheet, facts: Facts, places: _Places, top: int) -> dict[str, list[int]]:
    """One row a question: n, sum, mean, and the mean on 1-4; returns the rows of each element."""
    low, high = facts.result.scale
    to_low, to_high = facts.result.regulation.scale
    sheet.row = top - 1
    sheet.add(_("Code"), _("Question"), None, "n", _("Sum"), _("Mean"), _("Mean on 1–4"), head=True)
    rows: dict[str, list[int]] = {}
    for name in sorted(places.questions, key=_in_order):
        cells, row = places.questions[name], sheet.add(name.partition(".")[0], name)
        sheet.formula(row, 4, f"COUNT({cells})")
        sheet.formula(row, 5, f"SUM({cells})")
        sheet.formula(row, 6, f'IF(D{row}=0,"",E{row}/D{row})', NRR)
        onto = (
            f"F{row}"
            if (low, high) == (to_low, to_high)
            else f"{to_low}+(F{row}-{low})*{to_high - to_low}/{high - low}"
        )
        sheet.formula(row, 7, f'IF(D{row}=0,"",{onto})', NRR)
        rows.setdefault(name.partition(".")[0], []).append(row)
    return rows


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
    sheet.add(_("Recap of the public satisfaction survey"), bold=True)
    sheet.add(facts.office.full_name or _("(name of the service unit)"))
    sheet.add(facts.office.period or _("(period)"))
    sheet.skip()
    sheet.add(_("Result"), _("By formula"), _("In the report"), head=True)
    low, high = result.scale
    bands = len(result.regulation.bands)
    _line(sheet, _("Respondents (n)"), f'COUNTIF({places.counted},">0")', result.n, "0")
    _line(sheet, _("Elements asked"), f"COUNT({used})", len(result.unsur), "0")
    _line(sheet, _("Sum of weighted NRR"), total, None, "0.000000")
    index = _line(sheet, _("Index, unrounded"), f"B{sheet.row}*{result.regulation.multiplier}", None, "0.000000")
    ikm = _line(sheet, _("Index (IKM)"), f"ROUND(ROUND(B{index},9),2)", float(result.rounded), INDEX, bold=True)
    _line(sheet, _("Grade"), _grade(f"B{ikm}", "C", bands), result.mutu, "General", bold=True)
    _line(sheet, _("Performance"), _grade(f"B{ikm}", "D", bands), result.kinerja, "General")
    if result.interval is not None:
        at = sheet.add(_("95% interval (computed by mutu)"), result.interval.low, result.interval.high)
        for column in (2, 3):
            sheet.sheet.cell(at, column).number_format = INDEX
    sheet.row = _BANDS - 3
    sheet.add(_("Grades"), str(result.regulation.short), bold=True)
    sheet.add(_("From"), _("to"), _("Grade"), _("Performance"), head=True)
    for band in result.regulation.bands:
        at = sheet.add(float(band.low), float(band.high), band.mutu, str(band.kinerja))
        for column in (1, 2):
            sheet.sheet.cell(at, column).number_format = INDEX
        sheet.sheet.cell(at, 3).alignment = Alignment(horizontal="center")
    sheet.skip()
    sheet.add(_("Weight of each element"), weight(facts))
    sheet.add(_("Scale of the answers"), f"{low}–{high}")
    sheet.finish("A6", 5)


def _line(sheet: Sheet, name: str, formula: str, said: object, form: str, *, bold: bool = False) -> int:
    row = sheet.add(name, None, said, bold=bold)
    sheet.formula(row, 2, formula, form, bold=bold)
    beside = sheet.sheet.cell(row, 3)
    beside.number_format = form
    if form == "General":
        beside.alignment = Alignment(horizontal="center")
    return row


def _profile(sheet: Sheet, facts: Facts) -> None:
    sheet.add(_("Characteristic"), _("Category"), _("Respondents"), _("Share"), head=True)
    for name, counts in profile(facts.survey):
        first = sheet.row + 1
        for category, count in counts:
            row = sheet.add(name, category, count)
            sheet.formula(row, 4, f"C{row}/SUM(C${first}:C${first + len(counts) - 1})", SHARE)
    sheet.finish("A2", 1)


def _rejected(sheet: Sheet, facts: Facts) -> None:
    sheet.add(_("Sheet"), _("Row"), _("Column"), _("Value"), _("Reason"), head=True)
    for cell in facts.survey.rejected:
        sheet.add(cell.sheet, cell.row, cell.column or _("whole row"), cell.value, cell.reason, wrap=True)
    sheet.finish("A2", 1, landscape=True)

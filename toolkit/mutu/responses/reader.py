"""Reading a survey: open, find the table, map its columns, resolve its answers, name everything that does not count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from mutu.errors import N_, MappingError, ReadError, ScaleError
from mutu.locale import _, integer
from mutu.responses import answers as answering
from mutu.responses import columns as mapping
from mutu.responses import (
    headers,
    leftover,
    legend,
    maps,
    options,
    privacy,
    questions,
    rows,
    scales,
    shapes,
    synthetic_mark,
)
from mutu.responses.columns import Assigned
from mutu.responses.grid import UNSTORED, Grid, text, words
from mutu.responses.kinds import kind_of
from mutu.responses.opening import open_sheets
from mutu.responses.profile import build as build_profile
from mutu.responses.questions import Question
from mutu.responses.survey import ColumnMapping, Rejected, Survey
from mutu.responses.table import Table, find

_EDGE = 12  # rows at both ends of the table where a legend may stand
_MANY_ANSWERS = 20  # cells that look like answers, so that a sheet seems to be one of them


def read(
    source: str | Path | bytes,
    *,
    sheet: str | None = None,
    map: str | Path | Mapping[str, str] | None = None,
    scale: str | tuple[int, int] | None = None,
    name: str = "",
) -> Survey:
    r"""Read a survey file of any usual kind into answers 1–4 per respondent and element.

    Parameters
    ----------
    source : path of an xlsx, xls, ods, CSV or SPSS file (.sav, .zsav), or its bytes
    sheet : name of the sheet; without it the one with the most answers
    map : TOML file with [columns], or a mapping, header -> "U1".."U9", a name of the profile, or "ignore"
    scale : "1-5" and the like where the answers are not 1–4; the answers stay as they are, Survey.scale names it.
        "4-1" where 1 is the best answer: the numbers are turned round
    name : the file's name for messages, where bytes are given

    Returns
    -------
    Survey

    Raises
    ------
    ReadError : no survey can be read from the file
    MappingError : the columns cannot be told, or the map is wrong
    ScaleError : more than a few answers lie outside the scale
    SettingError : the scale is not understood

    Examples
    --------
    >>> survey = read(b"U1,U2,usia\n4,3,31\n3,rusak,45\n4,4,27\n", name="survei.csv")
    >>> survey.answers["U2"].tolist(), list(survey.profile)
    ([3, <NA>, 4], ['usia'])
    >>> [(cell.row, cell.column, cell.value) for cell in survey.rejected]
    [(3, 'U2', 'rusak')]
    """
    file = name or (Path(source).name if isinstance(source, str | Path) else _("The file"))
    chosen_scale = answering.parse_scale(scale)
    lines = maps.load(map)
    table, hints = _choose(open_sheets(source, file), sheet, lines, file)
    given = maps.match(lines, table, file, maps.name_of(map))
    shapes.refuse(table, given, file)
    if scale is None:
        _refuse_turned(table, file)
    assigned, more = mapping.assign(table, given, file)
    return _survey(table, assigned, hints + more, chosen_scale, file)


def _survey(table: Table, assigned: list[Assigned], hints: list[str], scale: answering.Scale, file: str) -> Survey:
    sheet = table.grid.sheet
    out, blank = rows.left_out(table, assigned, hints)
    skipped = blank | set(out)
    answered = _resolve(table, assigned, skipped, scale)
    _refuse_offices(table, assigned, skipped, file)
    scales.check(((column.entry.column, column.found, column.counts) for column in answered), scale.ends, file)
    answered = questions.understood(answered, hints, file)
    answering.check_unread(((column.found, column.counts) for column in answered), file)
    kept = [index for index in range(len(table.body)) if index not in skipped]
    frame = _frame(table, answered, kept)
    rejected = [Rejected(sheet, table.row_number(index), None, said, reason) for index, (reason, said) in out.items()]
    rejected += _cells(table, answered, kept)
    frame, silent = _without_silent(table, frame, rejected)
    rejected += silent
    double = rows.twice(table, assigned, frame, sheet, hints)
    frame = frame.drop(index=[entry.row for entry in double])
    hints += rows.held_twice(table, assigned, frame)
    if frame.empty:
        raise ReadError(
            N_(
                "{file} has no row with an answer to one of the nine elements. "
                "Check that the answers stand below the header in row {row}."
            ),
            file=file,
            row=table.first_row,
        )
    profile, ages = build_profile(table, assigned, frame.index, sheet)
    hints = hints + leftover.missing(_answered(frame), assigned) + _unseen(table, assigned, frame.index)
    hints += questions.doubts(answered, scale)
    synthetic = synthetic_mark.is_marked(table)
    return Survey(
        answers=frame,
        profile=profile,
        mapping=tuple(
            _shown(entry, answered) for entry in assigned if entry.role not in (headers.PERSONAL, mapping.EMPTY)
        ),
        rejected=tuple(sorted(rejected + double + ages, key=lambda entry: (entry.row, entry.column is not None))),
        scale=scale.ends,
        converted=_converted(answered),
        hints=tuple(
            dict.fromkeys([synthetic_mark.warning()] * synthetic + questions.top_unused(answered, scale) + hints)
        ),
        file=file,
        sheet=sheet,
        kind=kind_of(table),
        unread=tuple(privacy.hide(column.name) for column in leftover.unread(assigned)),
        synthetic=synthetic,
    )


def _answered(frame: pd.DataFrame) -> set[str]:
    """The elements with at least one answer."""
    return {str(name).partition(".")[0] for name in frame.columns if frame[name].notna().any()}


def _choose(grids: list[Grid], sheet: str | None, lines: Mapping[str, str], file: str) -> tuple[Table, list[str]]:
    """The table of the sheet asked for, else of the sheet with the most answers; other candidates become a hint."""
    if sheet is not None:
        named = [grid for grid in grids if grid.sheet == sheet] or [
            grid for grid in grids if grid.sheet.strip().casefold() == sheet.strip().casefold()
        ]
        if not named:
            raise ReadError(
                N_("{file} has no sheet «{sheet}». Its sheets are: {sheets}."),
                file=file,
                sheet=sheet,
                sheets=", ".join(f"«{grid.sheet}»" for grid in grids if grid.sheet) or _("none, it is a text file"),
            )
        grids = named
    tables = [table for grid in grids if (not grid.hidden or sheet or len(grids) == 1) and (table := find(grid, lines))]
    empty = next(filter(None, map(shapes.unfilled, grids)), 0)
    if empty and not any(_weight(table, lines, file)[1] for table in tables):
        raise shapes.not_filled(file, empty)
    if not tables:
        if any(map(shapes.holds_results, grids)):
            raise shapes.results(file)
        raise ReadError(
            N_("No table is found in {file}. It needs a row of headers and below it one row per respondent."), file=file
        )
    weights = [_weight(table, lines, file) if len(tables) > 1 else (0, 0) for table in tables]
    best = max(range(len(tables)), key=lambda place: (weights[place], -place))
    others = [table for place, table in enumerate(tables) if place != best and weights[place][1] > _MANY_ANSWERS]
    if not sheet:
        others += [table for table in _hidden(grids, lines) if _weight(table, lines, file)[1] > _MANY_ANSWERS]
    return tables[best], _say_unread(tables[best], others)


def _say_unread(read: Table, others: list[Table]) -> list[str]:
    """Sheets that were not read: those with the same columns are more answers, which the index does not know."""
    alike = [table for table in others if _headers(table) == _headers(read)]
    rest = [f"«{table.grid.sheet}»" for table in others if table not in alike]
    said = []
    if alike:
        said.append(
            _(
                "Only sheet «{sheet}» was read ({count} rows). Sheets with the same columns were not, so their answers "
                "are not in this index: {others}. Read one of them with --sheet; for one index of them all, put their "
                "rows below one another in one sheet."
            ).format(
                sheet=read.grid.sheet,
                count=integer(_filled(read)),
                others=", ".join(
                    _("«{sheet}» ({count} rows)").format(sheet=table.grid.sheet, count=integer(_filled(table)))
                    for table in alike
                ),
            )
        )
    if rest:
        said.append(
            _(
                "Sheet «{sheet}» was read; other sheets seem to hold answers too and were not read: {others}. "
                "Choose one with --sheet."
            ).format(sheet=read.grid.sheet, others=", ".join(rest))
        )
    return said


def _headers(table: Table) -> set[str]:
    return {words(column.name) for column in table.columns}


def _filled(table: Table) -> int:
    return sum(any(map(text, row)) for row in table.body)


def _hidden(grids: list[Grid], lines: Mapping[str, str]) -> list[Table]:
    return [table for grid in grids if grid.hidden and len(grids) > 1 and (table := find(grid, lines))]


def _weight(table: Table, lines: Mapping[str, str], file: str) -> tuple[int, int]:
    """How much a sheet is the one with the answers: headers of the map found, cells that look like answers."""
    try:
        assigned, _hints = mapping.assign(table, {}, file)
    except MappingError:
        return maps.fits(lines, table), mapping.answer_cells(table)
    cells = 0
    for entry in assigned:
        if entry.is_element:
            counts = table.counts(entry.column.position)
            cells += sum(count for said, count in counts.items() if options.looks_like_answer(said))
    return maps.fits(lines, table), cells


def _resolve(table: Table, assigned: list[Assigned], skipped: set[int], scale: answering.Scale) -> list[Question]:
    """What the texts of every element's column stand for, columns named U1, or U1.1 and U1.2."""
    entries = [entry for entry in assigned if entry.is_element]
    counts = {}
    for entry in entries:
        kept = (said for index, said in enumerate(table.texts(entry.column.position)) if said and index not in skipped)
        counts[entry.column] = Counter(kept)
    context = set().union(*(answering.phrases_of(said) for said in counts.values()))
    asked = Counter(entry.target for entry in entries)
    number = defaultdict[str, int](int)
    answered = []
    for entry in sorted(entries, key=lambda entry: mapping.UNSUR.index(entry.target)):
        number[entry.target] += 1
        name = f"{entry.target}.{number[entry.target]}" if asked[entry.target] > 1 else entry.target
        said = counts[entry.column]
        answered.append(Question(entry, name, said, answering.resolve(said, entry.target, scale, context)))
    return answered


def _frame(table: Table, answered: list[Question], kept: list[int]) -> pd.DataFrame:
    """The answers as nullable integers, rows named by their number in the file."""
    columns = {}
    for column in answered:
        said, values = table.texts(column.entry.column.position), column.found.values
        columns[column.name] = pd.array([values.get(said[index]) for index in kept], dtype="Int64")
    return pd.DataFrame(columns, index=pd.Index([table.row_number(index) for index in kept], name="row"))


def _cells(table: Table, answered: list[Question], kept: list[int]) -> list[Rejected]:
    rejected = []
    for column in answered:
        refused, name = column.found.refused, privacy.hide(column.entry.column.name)
        if refused:
            said = table.texts(column.entry.column.position)
            rejected += [
                Rejected(
                    table.grid.sheet, table.row_number(index), name, privacy.mask(said[index]), refused[said[index]]
                )
                for index in kept
                if said[index] in refused
            ]
    return rejected


def _without_silent(table: Table, frame: pd.DataFrame, rejected: list[Rejected]) -> tuple[pd.DataFrame, list[Rejected]]:
    """Leave out rows without a valid answer; those whose cells are not listed already are listed as rows."""
    silent = frame.index[frame.isna().all(axis=1)]
    listed = {entry.row for entry in rejected if entry.column is not None}
    named = [Rejected(table.grid.sheet, int(row), None, "", _(rows.NO_ANSWERS)) for row in silent if row not in listed]
    return frame.drop(index=silent), named


def _converted(answered: list[Question]) -> dict[str, dict[str, int]]:
    return {
        privacy.hide(column.entry.column.name): {privacy.mask(said): value for said, value in translated.items()}
        for column in answered
        if (translated := column.found.translated())
    }


def _unseen(table: Table, assigned: list[Assigned], rows: pd.Index) -> list[str]:
    """What stands in the file and a person does not see: formulas without their values, hidden rows."""
    said = []
    passed = (headers.TOTAL, headers.COMMENT, headers.METADATA, headers.PERSONAL)
    columns = [entry.column for entry in assigned if entry.role not in passed]
    empty = {column: count for column in columns if (count := table.counts(column.position)[UNSTORED])}
    if empty:
        said.append(
            _(
                "{count} formulas without a stored value were read as empty, in {columns}. "
                "Open the file in Excel or LibreOffice, save it, and read it again."
            ).format(count=integer(sum(empty.values())), columns=mapping.names(list(empty)))
        )
    hidden = sum(row - 1 in table.grid.hidden_rows for row in rows)
    if hidden:
        said.append(
            _("{count} rows that are hidden in the file (by a filter or by hand) count like all others.").format(
                count=integer(hidden)
            )
        )
    return said


def _shown(entry: Assigned, answered: list[Question]) -> ColumnMapping:
    """A column as the mapping shows it; time stamps, dates and ids are read too, if not for the index."""
    if entry.is_element and all(question.entry is not entry for question in answered):
        return ColumnMapping(privacy.hide(entry.column.name), None, mapping.CONTENT, sure=True)
    target = entry.target if entry.role in (headers.ELEMENT, headers.PROFILE, headers.DATE, headers.ID) else None
    return ColumnMapping(privacy.hide(entry.column.name), target or None, entry.how, entry.sure)


def _refuse_offices(table: Table, assigned: list[Assigned], skipped: set[int], file: str) -> None:
    if rows.looks_like_offices(table, assigned, skipped):
        raise ReadError(
            N_(
                "{file} has one row per office (averages or totals), not one row per respondent, so no index can be "
                "computed from it: averages of averages mislead. Use the file of the single answers, "
                "one row per respondent. `mutu skm audit` checks such a table."
            ),
            file=file,
        )


def _refuse_turned(table: Table, file: str) -> None:
    edges = (*table.grid.cells[: table.first_row], *table.body[:_EDGE], *table.body[_EDGE:][-_EDGE:])
    around = dict.fromkeys(text(cell) for row in edges for cell in row)
    said = legend.is_turned([*around, *(part for column in table.columns for part in column.parts)])
    if said:
        raise ScaleError(
            N_(
                "In {file}, «{legend}» calls the lowest number the best answer; in the index the highest is. Say so "
                "with --scale, for instance --scale 4-1: the numbers are then turned round, and the report says so. "
                "If the text is wrong, give --scale 1-4."
            ),
            file=file,
            legend=privacy.mask(said[:120]),
        )

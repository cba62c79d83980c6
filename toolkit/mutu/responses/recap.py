"""Published tables of results: elements in rows with their NRR, elements in columns, or one row per office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mutu import regulations
from mutu.errors import N_, ReadError
from mutu.locale import _
from mutu.measure.audit import Printed, Row, Table
from mutu.responses import summaries
from mutu.responses.grid import data, plain
from mutu.responses.opening import open_sheets
from mutu.responses.recap_lines import (
    TAIL,
    Lines,
    grade_in,
    is_element,
    is_labelled,
    is_name,
    is_summary,
    is_whole,
    kode_of,
    lines_of,
    meaning_of,
    printed_in,
    role_of,
    roles_of,
    tail_of,
)
from mutu.responses.table import enumerates

_LOW, _HIGH = 25, 100  # an index on 1 to 4
_OF_ELEMENTS = ("nrr", "n", "weighted", "weight")  # roles of rows that hold a number for each element
_LEAST = 3  # elements from which on columns named after elements are a table


@dataclass(frozen=True)
class Entry:
    """The table of one office.

    Attributes
    ----------
    name : of the office; nothing where the file is about one office
    table : None where one of its NRRs cannot be read
    row : where the office stands, from 1; None where the file is about one office
    troubles : cells of a list that cannot be read, and were left out
    hints : what was chosen while reading, for the user
    """

    name: str
    table: Table | None
    row: int | None = None
    troubles: tuple[ReadError, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recap:
    """Tables of results in a file.

    Attributes
    ----------
    entries : one an office, in the order of the file
    file, sheet : where they stand
    """

    entries: tuple[Entry, ...]
    file: str
    sheet: str


def find(source: str | Path | bytes, *, sheet: str | None = None, name: str = "") -> Recap | None:
    """The tables of results in a file, or None where it has none.

    Parameters
    ----------
    source : path of an xlsx, xls, ods or CSV file, or its bytes
    sheet : name of the sheet; without it the first with a table of results
    name : the file's name for messages, where bytes are given

    Raises
    ------
    ReadError : the file cannot be opened, or a cell of a single table is no number
    """
    file = name or (Path(source).name if isinstance(source, str | Path) else "")
    for grid in open_sheets(source, file):
        if sheet is not None and grid.sheet.strip().casefold() != sheet.strip().casefold():
            continue
        if sheet is None and grid.hidden:
            continue
        entries = _entries(lines_of(grid, file))
        if entries:
            return Recap(entries, file, grid.sheet)
    return None


def lacking(source: str | Path | bytes, *, sheet: str | None = None, name: str = "") -> ReadError | None:
    """What a file with the elements in rows lacks to be a table of results; None where it lists no elements.

    Parameters
    ----------
    source, sheet, name : as `find` takes them
    """
    file = name or (Path(source).name if isinstance(source, str | Path) else "")
    for grid in open_sheets(source, file):
        if sheet is not None and grid.sheet.strip().casefold() != sheet.strip().casefold():
            continue
        cells = lines_of(grid, file).cells
        places = [place for place, row in enumerate(cells) if any(map(is_element, row))]
        if len(places) >= _LEAST:
            head = next((row for row in cells[: places[0]][::-1] if any(row)), [])
            shown = ", ".join(f"«{cell}»" for cell in head if cell)
            return _lacks_nrr(file, shown) if shown else _lacks_header(file)
    return None


def _lacks_nrr(file: str, columns: str) -> ReadError:
    return ReadError(
        N_(
            "{file} lists the elements in rows, but no column is named as their NRR; the columns are {columns}. A "
            "table of results needs a column «Unsur» and a column «NRR» (the sum of an element divided by its "
            "respondents). For several offices, give each office a row and each element a column."
        ),
        file=file, columns=columns[:200],
    )  # fmt: skip


def _lacks_header(file: str) -> ReadError:
    return ReadError(
        N_(
            "{file} lists the elements in rows, but has no row of headers above them. A table of results needs a "
            "column «Unsur» and a column «NRR»: write these headers above the elements."
        ),
        file=file,
    )


def stated(source: str | Path | bytes, *, sheet: str, name: str = "") -> Printed | None:
    """The index printed in a row of its own on a sheet of answers; None where there is none.

    Parameters
    ----------
    source, name : as `find` takes them
    sheet : name of the sheet with the answers
    """
    file = name or (Path(source).name if isinstance(source, str | Path) else "")
    for grid in open_sheets(source, file):
        if grid.sheet == sheet:
            lines = lines_of(grid, file, len(grid.cells))
            found = _below(lines, range(len(lines.cells)), {}).get("index")
            return found if found is not None and _LOW <= found.value <= _HIGH else None
    return None


def _entries(lines: Lines) -> tuple[Entry, ...]:
    for top in range(len(lines.cells)):
        if table := _upright(lines, top):
            return (Entry("", table, hints=tuple(_chosen(lines, top))),)
        if entries := _across(lines, top):
            return entries
    return ()


def _upright(lines: Lines, top: int) -> Table | None:
    """A table with the elements in rows, below a header that names the NRR."""
    roles = roles_of(lines.cells[top])
    indices = _holds_indices(lines, top, roles)
    if indices:
        roles["nrr"] = roles.pop("index")
    if "nrr" not in roles or enumerates(lines.cells[top]):
        return None
    label = roles.get("unsur", _label_column(lines, top, roles["nrr"]))
    rows = list(_element_rows(lines, top, roles, label))
    if sum(row.nrr is not None for _at, row in rows) < 2:
        return None
    last = rows[-1][0]
    below = _below(lines, range(last + 1, len(lines.cells)), roles)
    return Table(tuple(_divided(row) if indices else row for _at, row in rows), **below)


def _holds_indices(lines: Lines, top: int, roles: dict[str, int]) -> bool:
    """Whether the column of the index stands for the missing NRRs: each element has a number of 25 to 100 there."""
    if "nrr" in roles or "index" not in roles:
        return False
    below = [row for row in lines.cells[top + 1 :] if any(map(is_element, row)) and not is_summary(row)]
    numbers = _numbers_at(below, roles["index"])
    return len(below) >= _LEAST and len(numbers) == len(below) and all(_LOW <= each.value <= _HIGH for each in numbers)


def _numbers_at(rows: Iterable[Sequence[str]], column: int) -> list[Printed]:
    return [number for row in rows if (number := printed_in(row[column])) is not None]


def _divided(row: Row) -> Row:
    """An element with its index ÷ 25 as NRR, which the index tells to one decimal more."""
    points = regulations.skm().multiplier
    nrr = None if row.nrr is None else Printed(row.nrr.value / points, row.nrr.digits + 1)
    return replace(row, nrr=nrr)


def _chosen(lines: Lines, top: int) -> Iterator[str]:
    """Which column was read, where several headers say equally clearly that they hold NRRs, or none does."""
    cells = lines.cells[top]
    roles = roles_of(cells)
    if _holds_indices(lines, top, roles):
        said = _("«{column}» holds an index for each element; the NRRs are taken as those indices divided by 25.")
        yield said.format(column=cells[roles["index"]])
    told = [(rank, cell) for cell in cells for rank, role in [meaning_of(cell)] if role == "nrr"]
    alike = [cell for rank, cell in told if rank == min(told)[0]]
    if len(alike) > 1:
        said = _(
            "Several columns hold NRRs: {columns}. «{used}» was read; for another one, remove the columns that are not "
            "meant and audit again."
        )
        yield said.format(columns=", ".join(f"«{cell}»" for cell in alike), used=alike[0])


def _label_column(lines: Lines, top: int, nrr: int) -> int:
    """The column with the most texts that are no numbers, among those before the NRR."""
    counts = [sum(is_name(row[column]) for row in lines.cells[top + 1 :]) for column in range(nrr)]
    return max(range(nrr), key=lambda column: counts[column], default=0)


def _element_rows(lines: Lines, top: int, roles: dict[str, int], label: int) -> Iterator[tuple[int, Row]]:
    begun = False
    for place in range(top + 1, len(lines.cells)):
        cells = lines.cells[place]
        name = cells[label] or next((cell for cell in cells[: roles["nrr"]] if is_name(cell)), "")
        if enumerates([cell for cell in cells if cell]):
            continue
        if is_summary(cells[: roles["nrr"]]):
            return
        if not name or not (is_element(name) or printed_in(cells[roles["nrr"]])):
            if begun and any(map(is_name, cells)):
                return
            continue
        begun = True
        yield place, _row(lines, place, roles, name)


def _row(lines: Lines, place: int, roles: dict[str, int], name: str) -> Row:
    return Row(
        name,
        lines.number(place, roles["nrr"]),
        lines.count(place, roles.get("n")),
        lines.number(place, roles.get("weighted")),
        lines.number(place, roles.get("weight")),
        kode_of(name),
    )


def _below(lines: Lines, places: range, roles: dict[str, int]) -> dict[str, Any]:
    """The sum of the weighted NRRs, the index and the grade printed below the elements."""
    found: dict[str, Any] = {}
    for place in places:
        cells = lines.cells[place]
        numbers = [number for cell in cells if (number := printed_in(cell)) is not None]
        label = next((cell for cell in cells if is_name(cell)), "")
        if is_labelled(label, "index_labels") or TAIL.search(label):
            index = numbers[-1] if numbers else tail_of(label)
            if index is not None and is_labelled(label, "index_labels"):
                found.setdefault("index", index)
        elif is_labelled(label, "grade_labels"):
            found.setdefault("grade", next((letter for cell in cells if (letter := grade_in(cell, label))), None))
        elif summaries.is_total(label) and "weighted" in roles:
            found.setdefault("total", printed_in(cells[roles["weighted"]]))
    return found


def _across(lines: Lines, top: int) -> tuple[Entry, ...]:
    """Tables under a header that names the elements: rows named NRR, weighted …, or one row per office."""
    elements = {column: cell for column, cell in enumerate(lines.cells[top]) if cell and is_element(cell)}
    if len(elements) < _LEAST:
        return ()
    if len(offices := _offices(lines, top, elements)) > 1:
        return offices
    first = min(elements)
    told = ((place, _row_role(lines, place, first)) for place in range(len(lines.cells) - 1, top, -1))
    rows = {role: place for place, role in told if role in _OF_ELEMENTS}
    if "nrr" in rows:
        table = _turned(lines, elements, rows)
        places = range(max(rows.values()) + 1, len(lines.cells))
        return (Entry("", Table(table, **_below(lines, places, {}))),) if len(table) > 1 else ()
    return offices


def _row_role(lines: Lines, place: int, first: int) -> str:
    """What a row says of the elements, by its label."""
    return next((role for cell in lines.cells[place][:first] if cell and (role := role_of(cell)) != "unsur"), "")


def _turned(lines: Lines, elements: dict[int, str], rows: dict[str, int]) -> tuple[Row, ...]:
    def cell(role: str, column: int) -> Printed | None:
        return lines.number(rows[role], column) if role in rows else None

    return tuple(
        Row(
            name,
            cell("nrr", column),
            lines.count(rows["n"], column) if "n" in rows else None,
            cell("weighted", column),
            cell("weight", column),
            kode_of(name),
        )
        for column, name in elements.items()
    )


def _offices(lines: Lines, top: int, elements: dict[int, str]) -> tuple[Entry, ...]:
    """One table a row, where the cells below are means and not answers."""
    roles = roles_of([cell if column not in elements else "" for column, cell in enumerate(lines.cells[top])])
    label = _label_column(lines, top, min(elements))
    places = [place for place in range(top + 1, len(lines.cells)) if _is_office(lines.cells[place], elements, label)]
    means = [place for place in places if not all(map(is_whole, _numbers(lines.cells[place], elements)))]
    if not means or 2 * len(means) < len(places):
        return ()
    return tuple(_office(lines, place, elements, roles | {"name": label}) for place in places)


def _numbers(cells: Sequence[str], columns: Iterable[int]) -> list[Printed]:
    return [number for column in columns if (number := printed_in(cells[column])) is not None]


def _is_office(cells: Sequence[str], elements: Iterable[int], label: int) -> bool:
    name = cells[label]
    told = not is_name(name) or summaries.is_total(name) or role_of(name) in ("nrr", "weighted", "weight")
    return not told and len(_numbers(cells, elements)) >= _LEAST


def _office(lines: Lines, place: int, elements: dict[int, str], roles: dict[str, int]) -> Entry:
    """The table of a row; a cell that is no number is left out and told, and without an NRR there is no table."""
    name, troubles = lines.cells[place][roles["name"]], []
    try:
        means = {element: lines.number(place, column) for column, element in elements.items()}
    except ReadError as error:
        return Entry(name, None, place + 1, (error,))
    found: dict[str, Any] = {}
    for role, read in (("n", lines.count), ("index", lines.number)):
        try:
            found[role] = read(place, roles.get(role))
        except ReadError as error:
            troubles.append(error)
    rows = tuple(Row(element, nrr, found.get("n"), kode=kode_of(element)) for element, nrr in means.items())
    grade = lines.cells[place][roles["grade"]] if "grade" in roles else ""
    stated = None if plain(grade) in data("recap")["nothing"] else grade
    return Entry(name, Table(rows, index=found.get("index"), grade=stated), place + 1, tuple(troubles))

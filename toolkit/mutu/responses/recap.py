"""Published tables of results: elements in rows with their NRR, elements in columns, or one row per office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutu import regulations
from mutu.errors import N_, ReadError, SettingError
from mutu.locale import _
from mutu.measure.audit import Printed, Row, Table, bands, printed
from mutu.responses import headers, summaries
from mutu.responses.grid import UNSTORED, Grid, data, plain, text, words
from mutu.responses.headers import ELEMENT
from mutu.responses.opening import open_sheets
from mutu.responses.table import enumerates

_LONG = 60  # characters beyond which a text is no header
_LEAST = 3  # elements from which on columns named after elements are a table
_TAIL = re.compile(r"[:=]\s*(\d{1,3}(?:[.,]\d{1,10})?)\s*(?:\(.*\))?\.?$")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


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


@dataclass(frozen=True)
class _Lines:
    """A sheet as texts, with what goes wrong named by its row."""

    file: str
    cells: list[list[str]]

    def number(self, row: int, column: int | None) -> Printed | None:
        """A cell as a number; None where there is nothing.

        Raises
        ------
        ReadError : a formula without its value, or no number
        """
        said = "" if column is None else self.cells[row][column]
        if plain(said) in data("recap")["nothing"]:
            return None
        found = _printed(said)
        if found is not None:
            return found
        if said == UNSTORED:
            raise ReadError(
                N_(
                    "In {file}, row {row} holds a formula without a stored value. Open the file in Excel or "
                    "LibreOffice and save it."
                ),
                file=self.file, row=row + 1,
            )  # fmt: skip
        raise ReadError(
            N_("In {file}, row {row}, «{value}» stands where a number is expected. Correct it or leave it empty."),
            file=self.file, row=row + 1, value=said[:40],
        )  # fmt: skip

    def count(self, row: int, column: int | None) -> int | None:
        """A number of respondents, 1.200 being a thousand and more; None where there is none, or no whole number.

        Raises
        ------
        ReadError : as `number`
        """
        said = "" if column is None else self.cells[row][column].strip()
        if _THOUSANDS.fullmatch(said):
            return int(said.replace(".", ""))
        found = self.number(row, column)
        return None if found is None or found.digits else int(found.value)


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
        entries = _entries(_lines(grid, file))
        if entries:
            return Recap(entries, file, grid.sheet)
    return None


def _lines(grid: Grid, file: str) -> _Lines:
    return _Lines(file, [[_text(cell) for cell in row] for row in grid.cells[: data("recap")["rows"]]])


def _text(cell: Any) -> str:
    """A cell as text; of a float as many digits as a person would see in it."""
    return f"{cell:.12g}" if isinstance(cell, float) else text(cell)


def _entries(lines: _Lines) -> tuple[Entry, ...]:
    for top in range(len(lines.cells)):
        if table := _upright(lines, top):
            return (Entry("", table, hints=tuple(_chosen(lines.cells[top]))),)
        if entries := _across(lines, top):
            return entries
    return ()


def _upright(lines: _Lines, top: int) -> Table | None:
    """A table with the elements in rows, below a header that names the NRR."""
    roles = _roles(lines.cells[top])
    if "nrr" not in roles or enumerates(lines.cells[top]):
        return None
    label = roles.get("unsur", _label_column(lines, top, roles["nrr"]))
    rows = list(_element_rows(lines, top, roles, label))
    if sum(row.nrr is not None for _at, row in rows) < 2:
        return None
    last = rows[-1][0]
    below = _below(lines, range(last + 1, len(lines.cells)), roles)
    return Table(tuple(row for _at, row in rows), **below)


def _roles(cells: Sequence[str]) -> dict[str, int]:
    """What the columns under a header hold: role -> the column whose header says so most clearly."""
    told = [(rank, column, role) for column, cell in enumerate(cells) for rank, role in [_meaning(cell)] if role]
    found: dict[str, int] = {}
    for _rank, column, role in sorted(told):
        found.setdefault(role, column)
    return found


def _chosen(cells: Sequence[str]) -> Iterator[str]:
    """Which column of NRRs was read, where several headers say equally clearly that they hold some."""
    told = [(rank, cell) for cell in cells for rank, role in [_meaning(cell)] if role == "nrr"]
    alike = [cell for rank, cell in told if rank == min(told)[0]]
    if len(alike) > 1:
        said = _(
            "Several columns hold NRRs: {columns}. «{used}» was read; for another one, remove the columns that are not "
            "meant and audit again."
        )
        yield said.format(columns=", ".join(f"«{cell}»" for cell in alike), used=alike[0])


def _role(cell: str) -> str:
    return _meaning(cell)[1]


def _meaning(cell: str) -> tuple[int, str]:
    """The role a header or label names, and how far down the list of phrases it was found."""
    said = words(cell)
    if not said.strip() or len(said) > _LONG:
        return 0, ""
    phrases = ((role, phrase) for role, known in data("recap")["columns"] for phrase in known)
    return next(((rank, role) for rank, (role, phrase) in enumerate(phrases) if f" {phrase} " in said), (0, ""))


def _label_column(lines: _Lines, top: int, nrr: int) -> int:
    """The column with the most texts that are no numbers, among those before the NRR."""
    counts = [sum(_is_name(row[column]) for row in lines.cells[top + 1 :]) for column in range(nrr)]
    return max(range(nrr), key=lambda column: counts[column], default=0)


def _is_name(cell: str) -> bool:
    return bool(cell) and _printed(cell) is None


def _element_rows(lines: _Lines, top: int, roles: dict[str, int], label: int) -> Iterator[tuple[int, Row]]:
    begun = False
    for place in range(top + 1, len(lines.cells)):
        cells = lines.cells[place]
        name = cells[label] or next((cell for cell in cells[: roles["nrr"]] if _is_name(cell)), "")
        if enumerates([cell for cell in cells if cell]):
            continue
        if _is_summary(cells[: roles["nrr"]]):
            return
        if not name or not (_is_element(name) or _printed(cells[roles["nrr"]])):
            if begun and any(map(_is_name, cells)):
                return
            continue
        begun = True
        yield place, _row(lines, place, roles, name)


def _row(lines: _Lines, place: int, roles: dict[str, int], name: str) -> Row:
    return Row(
        name,
        lines.number(place, roles["nrr"]),
        lines.count(place, roles.get("n")),
        lines.number(place, roles.get("weighted")),
        lines.number(place, roles.get("weight")),
        _kode(name),
    )


def _is_element(name: str) -> bool:
    code = headers.code_of(name)
    return headers.meaning_of(name).role == ELEMENT or (code is not None and code.prefix in ("u", "unsur"))


def _kode(name: str) -> str:
    """The element of the regulation that a name or code tells."""
    known = regulations.skm().kodes
    code = headers.code_of(name)
    if code is not None and code.prefix in ("u", "unsur"):
        return f"U{code.number}" if f"U{code.number}" in known else ""
    found = headers.meaning_of(name)
    return found.target if found.role == ELEMENT and found.target in known else ""


def _is_summary(cells: Sequence[str]) -> bool:
    return any(summaries.is_total(cell) or _labelled(cell, "index_labels") for cell in cells if cell)


def _labelled(cell: str, labels: str) -> bool:
    return words(cell).startswith(tuple(f" {label} " for label in data("recap")[labels]))


def _below(lines: _Lines, places: range, roles: dict[str, int]) -> dict[str, Any]:
    """The sum of the weighted NRRs, the index and the grade printed below the elements."""
    found: dict[str, Any] = {}
    for place in places:
        cells = lines.cells[place]
        numbers = [number for cell in cells if (number := _printed(cell)) is not None]
        label = next((cell for cell in cells if _is_name(cell)), "")
        if _labelled(label, "index_labels") or _TAIL.search(label):
            index = numbers[-1] if numbers else _tail(label)
            if index is not None and _labelled(label, "index_labels"):
                found.setdefault("index", index)
        elif _labelled(label, "grade_labels"):
            found.setdefault("grade", next((letter for cell in cells if (letter := _letter(cell, label))), None))
        elif summaries.is_total(label) and "weighted" in roles:
            found.setdefault("total", _printed(cells[roles["weighted"]]))
    return found


def _tail(label: str) -> Printed | None:
    """The number at the end of a text: «IKM unit pelayanan: 82,70»."""
    found = _TAIL.search(label)
    return _printed(found[1]) if found else None


def _letter(cell: str, label: str) -> str | None:
    """A grade in a cell of its own, or behind a colon: «Mutu pelayanan: B (Baik)»."""
    said = cell.rpartition(":")[2].strip() if cell == label else cell
    try:
        bands.letter(said, regulations.skm())
    except SettingError:
        return None
    return None if plain(said) in data("recap")["nothing"] else said


def _across(lines: _Lines, top: int) -> tuple[Entry, ...]:
    """Tables under a header that names the elements: rows named NRR, weighted …, or one row per office."""
    elements = {column: cell for column, cell in enumerate(lines.cells[top]) if cell and _is_element(cell)}
    if len(elements) < _LEAST:
        return ()
    if len(offices := _offices(lines, top, elements)) > 1:
        return offices
    first = min(elements)
    rows = {role: place for place in range(len(lines.cells) - 1, top, -1) if (role := _row_role(lines, place, first))}
    if "nrr" in rows:
        table = _turned(lines, elements, rows)
        places = range(max(rows.values()) + 1, len(lines.cells))
        return (Entry("", Table(table, **_below(lines, places, {}))),) if len(table) > 1 else ()
    return offices


def _row_role(lines: _Lines, place: int, first: int) -> str:
    """What a row says of the elements, by its label."""
    return next((role for cell in lines.cells[place][:first] if cell and (role := _role(cell)) != "unsur"), "")


def _turned(lines: _Lines, elements: dict[int, str], rows: dict[str, int]) -> tuple[Row, ...]:
    def cell(role: str, column: int) -> Printed | None:
        return lines.number(rows[role], column) if role in rows else None

    return tuple(
        Row(
            name,
            cell("nrr", column),
            lines.count(rows["n"], column) if "n" in rows else None,
            cell("weighted", column),
            cell("weight", column),
            _kode(name),
        )
        for column, name in elements.items()
    )


def _offices(lines: _Lines, top: int, elements: dict[int, str]) -> tuple[Entry, ...]:
    """One table a row, where the cells below are means and not answers."""
    roles = _roles([cell if column not in elements else "" for column, cell in enumerate(lines.cells[top])])
    label = _label_column(lines, top, min(elements))
    places = [place for place in range(top + 1, len(lines.cells)) if _is_office(lines.cells[place], elements, label)]
    means = [place for place in places if not all(map(_is_whole, _numbers(lines.cells[place], elements)))]
    if not means or 2 * len(means) < len(places):
        return ()
    return tuple(_office(lines, place, elements, roles | {"name": label}) for place in places)


def _numbers(cells: Sequence[str], columns: Iterable[int]) -> list[Printed]:
    return [number for column in columns if (number := _printed(cells[column])) is not None]


def _is_office(cells: Sequence[str], elements: Iterable[int], label: int) -> bool:
    name = cells[label]
    told = not _is_name(name) or summaries.is_total(name) or _role(name) in ("nrr", "weighted", "weight")
    return not told and len(_numbers(cells, elements)) >= _LEAST


def _is_whole(number: Printed) -> bool:
    return number.value == number.value.to_integral_value()


def _office(lines: _Lines, place: int, elements: dict[int, str], roles: dict[str, int]) -> Entry:
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
    rows = tuple(Row(element, nrr, found.get("n"), kode=_kode(element)) for element, nrr in means.items())
    grade = lines.cells[place][roles["grade"]] if "grade" in roles else ""
    stated = None if plain(grade) in data("recap")["nothing"] else grade
    return Entry(name, Table(rows, index=found.get("index"), grade=stated), place + 1, tuple(troubles))


def _printed(cell: str) -> Printed | None:
    try:
        return printed(cell) if cell else None
    except SettingError:
        return None

"""Where the table of answers begins in a sheet: its header, over one to three rows, and the rows below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import pandas as pd

from mutu.responses import headers, options
from mutu.responses.grid import UNSTORED, Grid, data, letter, text, words

_ENUMERATION = re.compile(r"\(?(\d{1,3})\)?[.)]?")


@dataclass(frozen=True)
class Column:
    """A column of the table: where it stands (from 0), its header from top to bottom, and its name for people."""

    position: int
    parts: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Table:
    """A header and the rows below it; rows carry the number a person sees beside them."""

    grid: Grid
    columns: tuple[Column, ...]
    first_row: int
    score: float
    _texts: dict[int, list[str]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def body(self) -> Sequence[Sequence[Any]]:
        """The rows below the header."""
        return self.grid.cells[self.first_row :]

    def texts(self, position: int) -> list[str]:
        """A column's cells as a person reads them."""
        if position not in self._texts:
            self._texts[position] = [text(row[position]) for row in self.body]
        return self._texts[position]

    def series(self, position: int, rows: pd.Index) -> pd.Series:
        """A column's cells in some rows, by the rows' numbers; a formula without its value reads as empty."""
        return self.by_row(self.texts(position), rows)

    def by_row(self, texts: Sequence[str], rows: pd.Index) -> pd.Series:
        """Texts of the whole body, of which those of some rows are kept, by the rows' numbers."""
        said = pd.Series(texts, dtype=object, index=range(self.row_number(0), self.row_number(len(texts))))
        return said.loc[rows].replace(UNSTORED, "")

    def counts(self, position: int) -> Counter[str]:
        """How often each text stands in a column; empty cells left out."""
        counted = Counter(self.texts(position))
        counted.pop("", None)
        return counted

    def row_number(self, index: int) -> int:
        """The number a person sees beside a row of the body counted from 0."""
        return self.first_row + index + 1 - self.grid.unnumbered


def find(grid: Grid, named: Collection[str] = ()) -> Table | None:
    """The table of a sheet, or None where nothing looks like a header with rows below.

    Parameters
    ----------
    grid : the sheet
    named : headers the user's map names, which need not look like any
    """
    known = frozenset(map(words, named))
    rows = min(len(grid.cells), data("limits")["header_rows_searched"])
    shown = [[text(cell) for cell in row] for row in grid.cells[: rows + 3]]
    best: tuple[float, int, int] | None = None
    for top in range(rows):
        for depth in (1, 2, 3):
            if top + depth < len(grid.cells) and any(shown[top]) and not _ends_in_numbers(grid, shown, top, depth):
                score = _score(_parts(grid, shown, top, depth)) - 0.6 * depth + _judge(shown[top : top + depth], known)
                if best is None or score > best[0] + 1e-9:
                    best = (score, top, depth)
    if best is None or best[0] <= 0:
        return None
    score, top, depth = best
    return Table(grid, _columns(_parts(grid, shown, top, depth)), top + depth, score)


def _ends_in_numbers(grid: Grid, shown: list[list[str]], top: int, depth: int) -> bool:
    """Whether the last row only numbers columns that rows above name already."""
    last = top + depth - 1
    cells = shown[last]
    if not enumerates(cells):
        return False
    for start in range(max(0, last - 2), last):
        parts = _parts(grid, shown, start, last - start)
        above = [part for part, cell in zip(parts, cells, strict=True) if cell and part]
        if len(set(above)) == len(above) >= sum(map(bool, cells)) - 1:
            return True
    return False


def enumerates(cells: Sequence[str]) -> bool:
    """Whether a row only counts the columns: (1), (2), (3)."""
    numbers = [int(found[1]) if found else None for found in map(_ENUMERATION.fullmatch, filter(None, cells))]
    return (
        len(numbers) > 3
        and None not in numbers
        and numbers == list(range(numbers[0] or 0, (numbers[0] or 0) + len(numbers)))
    )


def _counts(cells: list[str]) -> bool:
    """Whether numbers count columns, once or again for every part of a table: 1, 2, 3, 1, 2, 3."""
    size = next((place for place, cell in enumerate(cells) if place and cell == cells[0]), len(cells))
    return bool(cells) and enumerates(cells[:size]) and cells == cells[:size] * (len(cells) // size)


def _parts(grid: Grid, shown: list[list[str]], top: int, depth: int) -> list[tuple[str, ...]]:
    """The header of every column from top to bottom, merged cells spread over what they cover."""
    rows = [list(row) for row in shown[top : top + depth]]
    for (first, left), (last, right) in grid.merged or ():
        for row in range(max(first, top), min(last, top + depth - 1) + 1):
            if row == first or first >= top:
                for column in range(left, right + 1):
                    rows[row - top][column] = shown[first][left]
    for upper, lower in pairwise(rows):
        _spread(upper, lower)
    return [
        tuple(dict.fromkeys(part for row in rows for part in headers.split(row[column]) if part))
        for column in range(grid.width)
    ]


def _spread(upper: list[str], lower: list[str]) -> None:
    """Carry a group's title over the columns to its right that have only a lower header."""
    title = ""
    for column, cell in enumerate(upper):
        if cell:
            title = cell if lower[column] else ""
        elif lower[column]:
            upper[column] = title


def _score(parts: Sequence[tuple[str, ...]]) -> float:
    """How much a header says: different elements count most, then codes, profile and names that differ."""
    elements, others, codes = set(), set(), set()
    for column in parts:
        found = headers.meaning(column)
        code = headers.code_of(column[-1]) if column else None
        if code:
            codes.add(code)
        if found.role == headers.ELEMENT:
            elements.add(found.target)
        elif found.role:
            others.add((found.role, found.target))
    named = 0.7 * len(set(parts))
    series = Counter(code.prefix for code in codes)
    counted = max((size for size in series.values()), default=0)
    return named + 2 * len(elements) + 0.5 * len(others) + (1.4 * min(counted, 9) if counted > 2 else 0)


def _judge(rows: list[list[str]], known: frozenset[str]) -> float:
    """What speaks against rows being a header: cells that look like answers, dates or long numbers; emptiness."""
    against = 0.0
    for shown in rows:
        against -= 3 * sum(words(cell) in known for cell in shown)
        row = ["?" if words(cell) in known else cell for cell in shown]
        filled = [cell for cell in row if cell]
        if not filled:
            against += 5
        if not _counts([cell for cell in filled if cell.isdigit()]):
            against += 2.5 * sum(options.looks_like_answer(cell) or _is_value(cell) for cell in filled)
        if len(set(filled)) == 1 and len(row) > 2:
            against += 1
    return -against


def _is_value(cell: str) -> bool:
    return (
        options.whole_number(cell) is not None
        or bool(re.match(r"\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\+?\d{6,}", cell))
        or "@" in cell
    )


def _columns(parts: list[tuple[str, ...]]) -> tuple[Column, ...]:
    """Columns with names of their own: the lowest header, all of it where that is not enough, else the letter."""
    lowest = Counter(column[-1] if column else "" for column in parts)
    whole = Counter(" / ".join(column) for column in parts)
    columns = []
    for position, column in enumerate(parts):
        name = column[-1] if column else f"[{letter(position)}]"
        if column and lowest[name] > 1:
            name = " / ".join(column)
            if whole[name] > 1:
                name = f"{name} [{letter(position)}]"
        columns.append(Column(position, column or ("",), name))
    return tuple(columns)

"""A sheet as a grid of cells, and what a cell says as text."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

UNSTORED = "=…"  # how a formula reads whose value is not in the file
_DATA = Path(__file__).parent / "data"
# what spreadsheets and web forms leave inside texts without anybody seeing it
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


@cache
def data(name: str) -> Any:
    """One of the reader's data files."""
    return json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Grid:
    """A sheet from its first row and column on: rows of raw cells, all of one width.

    merged holds ((row, column), (row, column)) of the corners, counted from 0; None where the format does not say.
    hidden_rows are rows that a filter or a person hid, counted from 0; they are read like all others.
    unnumbered is how many rows above the first the program that shows the file does not number, as SPSS does with the
    names and labels of the variables.
    title is the title of the whole document, as its properties say it.
    """

    sheet: str
    cells: Sequence[Sequence[Any]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] | None = None
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    unnumbered: int = 0
    title: str = ""

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.cells[0]) if self.cells else 0


def text(cell: Any) -> str:
    """What a person reads in a cell: one line, no stray spaces, whole numbers without a decimal point."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return " ".join((cell if cell.isascii() else cell.translate(_INVISIBLE)).split())
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", timespec="seconds")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def words(cell: str) -> str:
    """A text reduced to its words: small letters and digits, single spaces, a padding space at both ends."""
    return f" {re.sub(r'[^0-9a-z]+', ' ', plain(cell)).strip()} "


def plain(cell: str) -> str:
    """Small letters without accents."""
    if cell.isascii():
        return cell.casefold()
    return unicodedata.normalize("NFKD", cell.casefold()).encode("ascii", "ignore").decode()


def letter(column: int) -> str:
    """The letter over a column counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name

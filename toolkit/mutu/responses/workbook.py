"""What a workbook's XML says and its parser passes over: formulas without a value or with an error, hidden rows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from mutu.responses.archive import check_size, column_number
from mutu.responses.grid import UNSTORED, Grid

# tags are read without stepping over the next "<" and without trying twice: a hostile file costs one pass
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""(?<![\w:])([\w:]++)=["']([^"']*)["']""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row(?=[^<>]*?\shidden=["'](?:1|true)["'])(?>[^<>]*?\sr=["'](\d{1,9})["'])""")
# an empty value of type str is a stored empty text; without that type nothing was ever computed
_UNSTORED = re.compile(
    rb"""<(?:\w+:)?c(?![^<>]*?\st=["']str["'])(?>[^<>]*?\sr=["']([A-Za-z]{1,7})(\d{1,9})["'])[^<>]*>\s*"""
    rb"""<(?:\w+:)?f(?:\s[^<>]*)?(?:(?<=/)>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</"""
)
_TITLE = re.compile(rb"<(?:\w+:)?title(?:\s[^<>]*)?>([^<]*)<")
_PROPERTIES = ("docProps/core.xml", "meta.xml")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c(?=[^<>]*?\st=["']e["'])(?>[^<>]*?\sr=["']([A-Za-z]{1,7})(\d{1,9})["'])[^<>]*>\s*"""
    rb"""(?:<(?:\w+:)?f(?:\s[^<>]*)?(?:(?<=/)>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>(\#[A-Z0-9/!?]{1,12})<"""
)


@dataclass(frozen=True)
class Marks:
    """Of one sheet: what its cells (row, column) without a usable value say, and hidden rows; all counted from 0."""

    said: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: frozenset[int] = field(default_factory=frozenset)


def marks(parts: Mapping[str, bytes]) -> dict[str, Marks]:
    """The marks of every sheet of an unpacked xlsx, by the sheet's name."""
    return {name: _marks(parts[part]) for name, part in _sheets(parts) if part in parts}


def title(parts: Mapping[str, bytes]) -> str:
    """The title in the properties of an unpacked xlsx or ods."""
    found = [_TITLE.search(parts[part]) for part in _PROPERTIES if part in parts]
    return next((unescape(said[1].decode("utf-8", "replace")) for said in found if said), "")


def apply(grid: Grid, found: Marks, file: str) -> Grid:
    """A sheet whose formulas without a value say so, and that knows its hidden rows."""
    if not found.said:
        return replace(grid, hidden_rows=found.hidden)
    height = max(len(grid.cells), 1 + max(row for row, _column in found.said))
    width = max(grid.width, 1 + max(column for _row, column in found.said))
    check_size(height, width, file)
    cells: list[list[Any]] = [[*row, *[""] * (width - len(row))] for row in grid.cells]
    cells += [[""] * width for _row in range(height - len(cells))]
    for (row, column), said in found.said.items():
        cells[row][column] = said
    return replace(grid, cells=cells, hidden_rows=found.hidden)


def _marks(sheet: bytes) -> Marks:
    said = {_place(letters, row): UNSTORED for letters, row in _UNSTORED.findall(sheet)}
    said |= {_place(letters, row): value.decode() for letters, row, value in _ERROR.findall(sheet)}
    return Marks(said, frozenset(int(row) - 1 for row in _HIDDEN.findall(sheet)))


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_number(letters.upper()) - 1


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every sheet's name with the part that holds its cells."""
    targets = {}
    for relation in map(_attributes, _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b""))):
        target = relation.get("Target", "")
        targets[relation.get("Id")] = target[1:] if target.startswith("/") else posixpath.join("xl", target)
    for sheet in map(_attributes, _SHEET.findall(parts["xl/workbook.xml"])):
        identity = next((value for key, value in sheet.items() if key.endswith(":id")), None)
        yield sheet.get("name", ""), targets.get(identity, "")


def _attributes(said: bytes) -> dict[str, str]:
    return {key.decode(): unescape(value.decode("utf-8", "replace")) for key, value in _ATTRIBUTE.findall(said)}

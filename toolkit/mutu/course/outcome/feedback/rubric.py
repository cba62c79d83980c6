"""The rubric of a task graded by hand: a markdown table above it whose first column are points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_MARKUP = re.compile(r"\*\*|__|`")


@dataclass(frozen=True)
class Level:
    """A level: the points it gives, what it asks for, and an example (may be empty)."""

    points: float
    asks: str
    example: str = ""


def levels(markdown: str) -> tuple[Level, ...]:
    """The levels of the last table of points in a text, lowest first; none where there is no such table."""
    found: tuple[Level, ...] = ()
    for rows in _tables(markdown):
        read = [_level(row) for row in rows[1:] if not set("".join(row)) <= set("-: ")]
        if len(read) > 1 and all(read):
            found = tuple(sorted((level for level in read if level), key=lambda level: level.points))
    return found


def reached(rubric: tuple[Level, ...], points: float) -> tuple[Level | None, Level | None]:
    """The level that some points stand for, and the next one above it."""
    below = [level for level in rubric if level.points <= points]
    above = [level for level in rubric if level.points > points]
    return (below[-1] if below else None), (above[0] if above else None)


def _tables(markdown: str) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in [*markdown.splitlines(), ""]:
        match = _ROW.match(line)
        if match:
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", match[1])])
        elif rows:
            yield rows
            rows = []


def _level(row: list[str]) -> Level | None:
    first = _MARKUP.sub("", row[0]).strip().replace(",", ".")
    if len(row) < 2 or not re.fullmatch(r"\d+(?:\.\d+)?", first):
        return None
    asks, example = (_MARKUP.sub("", cell).replace("\\|", "|") for cell in [*row[1:3], ""][:2])
    return Level(float(first), asks, example)

"""Whether feedback has something to say: every hidden test names its kind of case, every task what to read again."""

from __future__ import annotations

from collections.abc import Iterable

from mutu.course.author.parse import Cell
from mutu.course.outcome.feedback.split import Split
from mutu.locale import _


def problems(exercise: Iterable[Cell], lesson: Iterable[Cell], name: str) -> list[str]:
    """What feedback would be silent about, one sentence each.

    Parameters
    ----------
    exercise, lesson : their cells
    name : what to call the exercise
    """
    exercise = list(exercise)
    headings = {
        line.strip()
        for cell in [*exercise, *lesson]
        if cell.type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    }
    found = []
    for cell in exercise:
        if cell.points is not None:
            found += _of_reading(cell, headings, name)
        if cell.kind == "test":
            found += _of_cases(cell, name)
    return found


def _of_reading(cell: Cell, headings: set[str], name: str) -> list[str]:
    if not cell.read:
        said = _(
            '{file}: the cell «{cell}» does not say what to read again. Add read="…" with a heading of the lesson.'
        )
        return [said.format(file=name, cell=cell.id)]
    if cell.read not in headings:
        said = _(
            "{file}: the cell «{cell}» sends its reader to «{heading}», which is no heading of lesson or exercise."
        )
        return [said.format(file=name, cell=cell.id, heading=cell.read)]
    return []


def _of_cases(cell: Cell, name: str) -> list[str]:
    split = Split(cell.source)
    unnamed = _(
        "{file}: the hidden test «{test}» in «{cell}» names no case. Write above it: # kasus: what kind of case it is."
    )
    unplaced = _(
        "{file}: in «{cell}», feedback cannot tell by its inputs which check «{test}» is. Write the inputs out, or "
        "give the hidden checks in loops one case."
    )
    return [
        *(unnamed.format(file=name, cell=cell.id, test=test[:60]) for test in split.unnamed()),
        *(unplaced.format(file=name, cell=cell.id, test=test[:60]) for test in split.unplaced()),
    ]

"""The marks of a class as CSV: for any program, or in the form that Moodle imports.

Moodle (grade/import/csv of its source) takes a comma and a decimal point in every language, and «-» as no grade. It
stops at an unknown person and at a mark above 100, and it gives a row without an identifier to the person of the row
before. So such rows are never written, marks are from 0 to 100, and nobody stands in a file twice.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutu.course.nbgrader.results import Person
from mutu.course.outcome.marks import words
from mutu.course.outcome.marks.files import written
from mutu.course.outcome.marks.table import Marks
from mutu.locale import _
from mutu.report.document import printable
from mutu.report.excel import FORMULA_SIGNS
from mutu.report.folder import write_file

_NO_GRADE = "-"
_HEADS = {"email": "Email address", "id": "ID number"}  # as Moodle's own export names them


@dataclass(frozen=True)
class LeftOut:
    """Somebody whom Moodle could not find, and why."""

    person: Person
    reason: str


def write(marks: Marks, path: Path) -> None:
    """Write every column; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    several = len(marks.blocks) > 1
    heads = [head for block in marks.blocks for head in words.heads(block, several=several, names=True)]
    rows: list[list[str]] = [[_text(head) for head in (_("ID"), _("Name"), _("E-mail"), *heads)]]
    for row in marks.rows:
        person = [_text(part) for part in (row.person.id, row.person.name, row.person.email)]
        rows.append([*person, *(_cell(value) for work in row.works for value in words.values(work))])
    _write(rows, path, "utf-8-sig")


def write_for_moodle(marks: Marks, path: Path, identify_by: str) -> tuple[LeftOut, ...]:
    """Write one column a module; returns whom it leaves out.

    Parameters
    ----------
    marks : the table
    path : file to write
    identify_by : "email" or "id", by which Moodle finds a person
    """
    keys = {row.person.id: row.person.email if identify_by == "email" else row.person.id for row in marks.rows}
    often = Counter(key.casefold() for key in keys.values())
    left_out: list[LeftOut] = []
    rows = [[_HEADS[identify_by], *(block.module.name for block in marks.blocks)]]
    for row in marks.rows:
        key = keys[row.person.id]
        why = _unfit(key, often[key.casefold()])
        if why:
            left_out.append(LeftOut(row.person, why))
        else:
            rows.append([key, *(_NO_GRADE if work.mark is None else f"{work.mark:.2f}" for work in row.works)])
    _write(rows, path, "utf-8")
    return tuple(left_out)


def _unfit(key: str, often: int) -> str | None:
    if not key.strip():
        return _("The class list has no e-mail. Add it, or use --identify-by id.")
    if often > 1:
        return _("Somebody else has the same e-mail. Correct the class list.")
    if key.startswith(FORMULA_SIGNS) or key != printable(key):
        return _("A spreadsheet would take the identifier for a formula. Correct the class list.")
    return None


def _text(text: str) -> str:
    clean = printable(text)
    return f"'{clean}" if clean.startswith(FORMULA_SIGNS) else clean


def _cell(value: float | str | None) -> str:
    if isinstance(value, str):
        return _text(value)
    return "" if value is None else f"{value:g}"


def _write(rows: Iterable[Sequence[str]], path: Path, encoding: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    with written(path):
        write_file(path, text.getvalue().encode(encoding))

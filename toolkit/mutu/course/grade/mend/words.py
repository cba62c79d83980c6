"""How kinds of cells are called at the beginning of a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from mutu.course.grade.mend.notes import Note
from mutu.course.grade.mend.truth import ANSWER, GIVEN, MANUAL, TASK, TEST, TruthCell
from mutu.errors import N_, Term

_WORDS = {
    TEST: N_("Test cell"),
    ANSWER: N_("Answer cell"),
    MANUAL: N_("Answer cell"),
    GIVEN: N_("Locked cell"),
    TASK: N_("Task cell"),
}
_CELL, _NAMED_CELL = N_("cell {number}"), N_("cell {number} ({name})")
Sort = TypeVar("Sort", bound=Note)


def about(sort: type[Sort], code: str, template: str, cell: TruthCell, position: int | None, **fields: Any) -> Sort:
    """A note about a cell of the assignment; its template may name {kind}, {cell} and {position}."""
    named = {"kind": Term(_WORDS[cell.kind]), "cell": cell.grade_id, "position": position}
    return sort(code, template, named | fields, cell.grade_id, position)


def removed(template: str, fields: Mapping[str, Any]) -> Note:
    """A note about what was taken out of an output; its template may name {cell}, which `fields` number and name."""
    where = Note("cell", _NAMED_CELL if fields["name"] else _CELL, fields)
    return Note("harmless", template, {**fields, "cell": where})

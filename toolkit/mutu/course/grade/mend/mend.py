"""A regular notebook, however it was changed → the notebook to be graded, with the trainee's answers in their places.

For an honest submission the result is what nbgrader's sanitising makes of it (ClearOutput, DeduplicateIds,
OverwriteKernelspec, OverwriteCells, CheckCellMetadata). For every other one the assignment alone says which cells are
graded and for how many points, so nothing in a file can win any.

What a trainee wrote into a locked cell and is nobody's answer is kept below that cell as a text that is shown and never
run: run, it would change what the next test sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mutu.course.grade.mend import moves, order, place, shape, text
from mutu.course.grade.mend.notes import Mended, Note, Question, folded, harmless
from mutu.course.grade.mend.pieces import Board, Piece, pieces
from mutu.course.grade.mend.read import BROKEN, CUT, DAMAGE
from mutu.course.grade.mend.truth import PLAIN, SCHEMA, TASK, Truth, TruthCell, checksum
from mutu.course.grade.mend.words import about
from mutu.errors import N_

_TYPE = N_("{kind} «{cell}» had been turned into another type of cell; it is what it was again.")
_TYPE_MANY = N_("{count} cells had been turned into other types of cells; they are what they were again: {cells}.")
_MARKS = N_("{kind} «{cell}» had other points or marks than in the assignment; they were put back.")
_MARKS_MANY = N_("{count} cells had other points or marks than in the assignment; they were put back: {cells}.")
_RESTORED = N_("{kind} «{cell}» was restored because its text had been changed.")
_RESTORED_MANY = N_("{count} cells were restored because their texts had been changed: {cells}.")
_KEPT = N_("{kind} «{cell}» was restored; what the trainee wrote in it stands below it, as text that is not run.")
_KEPT_MANY = N_(
    "{count} cells were restored; what the trainee wrote in them stands below them, as text that is not run: {cells}."
)
_OLDER = N_("{kind} «{cell}» came from another version of the assignment; the present one was put in its place.")
_OLDER_MANY = N_("The file was made from another version of the assignment; {count} cells were replaced: {cells}.")
_FOREIGN = N_("Cell {position} was marked as a cell to be graded and is none of the assignment; its mark was removed.")
_FOREIGN_MANY = N_(
    "{count} cells (number {cells}) were marked as cells to be graded and are none of the assignment; "
    "their marks were removed."
)
_SCHEMA = N_("The file carries marks of another version of nbgrader; they were brought up to date.")
_LANGUAGE = N_("The file named the language «{found}»; the assignment's own, «{wanted}», was put back.")

MANY = {
    "type": _TYPE_MANY, "marks": _MARKS_MANY, "restored": _RESTORED_MANY, "kept": _KEPT_MANY, "older": _OLDER_MANY,
    "foreign": _FOREIGN_MANY, **place.MANY, **moves.MANY, **order.MANY, **shape.MANY,
}  # fmt: skip
_FLAGS = ("grade", "solution", "task")
_KNOWN_KEYS = {"schema_version", "grade", "locked", "solution", "task", "points", "checksum", "cell_type"}
_TICKS = re.compile(r"`{3,}")


@dataclass(frozen=True)
class Sound:
    """The notebook to be graded, what was mended in it, and what a person must look at.

    Attributes
    ----------
    notebook : valid format 4.5, without outputs, every cell of the assignment exactly once, in an order that can be run
    mended : what was put right
    questions : what no rule can decide
    answers : grade id -> text of the answers that are not as they were handed out
    """

    notebook: dict[str, Any]
    mended: tuple[Mended, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


def mend(notebook: dict[str, Any], truth: Truth, *, is_regular: bool = False) -> Sound:
    """Put a notebook that was handed in right.

    Parameters
    ----------
    notebook : any dict; what `read` gives is not changed
    truth : what the assignment's notebook must have
    is_regular : whether `read` gave it
    """
    whole, odd = (notebook, []) if is_regular else shape.regular(notebook)
    board = Board(truth, pieces(whole["cells"]))
    notes: list[Note] = [*odd]
    notes += _schema(board)
    notes += place.placed(board)
    notes += moves.moved(board)
    notes += order.ordered(board, known={note.cell for note in notes})
    _mark_lost(board, whole["metadata"].get("mutu", {}).get(DAMAGE))
    cells = [cell for piece in board.order for cell in _cells(board, piece, notes)]
    shape.number(cells)
    metadata = _metadata(whole["metadata"], truth, notes)
    answers = dict(_answers(board))
    mended = folded((note for note in notes if isinstance(note, Mended)), MANY)
    questions = folded((note for note in notes if isinstance(note, Question)), MANY)
    return Sound(whole | {"cells": cells, "metadata": metadata}, mended, questions, answers)


def _mark_lost(board: Board, damage: str | None) -> None:
    """Mark answers that were lost with a part of the file, and what gives points for them.

    Of a file that was cut off that is what would stand behind its last cell; what is missing before was deleted.
    """
    if damage not in (CUT, BROKEN):
        return
    there = [number for number, piece in board.home.items() if piece.position]
    last = max(there, default=-1) if damage == CUT else -1
    for number, cell in enumerate(board.truth.cells):
        piece = board.home.get(number)
        if piece is None or piece.position or number < last or not (cell.is_answer or cell.kind == TASK):
            continue
        for each in (number, *board.truth.tests_of(number)):
            if owner := board.home.get(each):
                known = owner.metadata.get("mutu")
                owner.metadata["mutu"] = {**(known if isinstance(known, dict) else {}), "lost": True}


def _answers(board: Board) -> Iterator[tuple[str, str]]:
    for number, cell in enumerate(board.truth.cells):
        piece = board.home.get(number)
        if cell.is_answer and cell.grade_id and piece and not cell.is_untouched(piece.source):
            yield cell.grade_id, piece.source


def _schema(board: Board) -> list[Note]:
    versions = {str(piece.role.get("schema_version")) for piece in board.order if piece.role}
    return [Mended("schema", _SCHEMA)] if versions - {str(SCHEMA)} else []


def _cells(board: Board, piece: Piece, notes: list[Note]) -> Iterator[dict[str, Any]]:
    """The cell of a piece, and below it what was kept of its text."""
    cell = board.cell(piece)
    if cell is None or cell.kind == PLAIN:
        yield _loose(piece, notes)
        return
    _compare(cell, piece, notes)
    kept = _restored(board.truth, cell, piece, notes) if cell.locked else ""
    source = cell.source if cell.locked else piece.source
    metadata = dict(piece.metadata) if piece.role else {**cell.metadata, **piece.metadata}
    yield _node(piece, cell.cell_type, source, {**metadata, "nbgrader": dict(cell.role)})
    if kept:
        yield {
            "cell_type": "markdown", "id": "", "metadata": {"mutu": {"kept": cell.grade_id}}, "source": _fenced(kept)
        }  # fmt: skip


def _loose(piece: Piece, notes: list[Note]) -> dict[str, Any]:
    """A cell that is none of nbgrader's."""
    metadata = dict(piece.metadata)
    role = {key: value for key, value in piece.role.items() if key != "grade_id"}
    if role and not any(role.get(key) for key in (*_FLAGS, "locked")) and _is_idle(role):
        metadata["nbgrader"] = role
    elif any(piece.role.get(key) for key in ("grade", "task", "points")):
        notes.append(Mended("foreign", _FOREIGN, {"position": piece.position}, position=piece.position))
    return _node(piece, piece.cell_type, piece.source, metadata)


def _is_idle(role: dict[str, Any]) -> bool:
    """Whether metadata that mark nothing keep to nbgrader's schema."""
    return (
        role.keys() <= _KNOWN_KEYS - {"points"}
        and role.get("schema_version") == SCHEMA
        and all(role.get(key) is False for key in ("grade", "solution", "locked"))
        and role.get("task", False) is False
        and role.get("cell_type", "code") in shape.TYPES
        and ("checksum" not in role or (isinstance(role["checksum"], str) and len(role["checksum"]) == 32))
    )


def _node(piece: Piece, kind: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    if kind == "code":
        metadata = {key: value for key, value in metadata.items() if key not in ("collapsed", "scrolled")}
    node: dict[str, Any] = {"cell_type": kind, "id": piece.cell_id, "metadata": metadata, "source": source}
    if kind == "code":
        return node | {"outputs": [], "execution_count": None}
    return node | ({"attachments": piece.attachments} if piece.attachments is not None else {})


def _compare(cell: TruthCell, piece: Piece, notes: list[Note]) -> None:
    """Note what of a cell's type and marks was not the assignment's."""
    if piece.cell_type != cell.cell_type:
        notes.append(about(Mended, "type", _TYPE, cell, piece.position))
    if piece.role.get("schema_version") != SCHEMA:
        return
    same = all(bool(piece.role.get(key)) == bool(cell.role.get(key)) for key in _FLAGS)
    same = same and _locks(piece.role) == cell.locked
    has_points = not cell.is_graded or piece.role.get("points") == cell.points
    if same and not has_points and _is_unedited(piece):  # handed out so, before the trainer gave other points
        if piece.plain in (cell.plain, cell.whole):
            notes.append(about(Mended, "older", _OLDER, cell, piece.position))
    elif not same or not has_points:
        notes.append(about(Mended, "marks", _MARKS, cell, piece.position))


def _locks(role: dict[str, Any]) -> bool:
    return not role.get("solution") and bool(role.get("grade") or role.get("locked"))


def _restored(truth: Truth, cell: TruthCell, piece: Piece, notes: list[Note]) -> str:
    """Note that a locked cell was changed; returns what the trainee wrote in it."""
    if piece.plain in (cell.plain, cell.whole):
        return ""
    if _is_unedited(piece):
        notes.append(about(Mended, "older", _OLDER, cell, piece.position))
        return ""
    known = {line.strip() for line in (*cell.plain.splitlines(), *cell.whole.splitlines())}
    rest = text.without(piece.source, cell.released)
    for other in truth.by_id.values():  # a locked cell that was merged into this one is back in its own place
        if other.locked and other.plain and other.plain in rest:
            rest = text.without(rest, other.plain)
    kept = rest if any(line.strip() not in known for line in rest.splitlines()) else ""
    code, template = ("kept", _KEPT) if kept else ("restored", _RESTORED)
    notes.append(about(Mended, code, template, cell, piece.position))
    return kept


def _is_unedited(piece: Piece) -> bool:
    """Whether the text is as some release had it, by the checksum that came with it."""
    try:
        return bool(piece.role.get("checksum") == checksum(piece.source, piece.role, piece.cell_type))
    except (TypeError, ValueError, OverflowError):
        return False


def _fenced(source: str) -> str:
    longest = max((len(found[0]) for found in _TICKS.finditer(source)), default=2)
    ticks = "`" * (longest + 1)
    return f"{ticks}\n{source}\n{ticks}"


def _metadata(metadata: dict[str, Any], truth: Truth, notes: list[Note]) -> dict[str, Any]:
    kernel = truth.metadata.get("kernelspec")
    if not kernel:
        return metadata
    wanted = kernel.get("language")
    named = metadata.get("kernelspec", {}).get("language"), metadata.get("language_info", {}).get("name")
    for found in named:
        if isinstance(found, str) and wanted and found.lower() != str(wanted).lower():
            notes.append(Mended("language", _LANGUAGE, {"found": harmless(found), "wanted": wanted}))
            metadata = {key: value for key, value in metadata.items() if key != "language_info"}
            break
    return metadata | {"kernelspec": dict(kernel)}

"""The order of a notebook: the trainee's own where every test still comes after its answer, else the assignment's."""

from __future__ import annotations

from collections.abc import Container

from mutu.course.grade.mend.notes import Mended, Note, Question
from mutu.course.grade.mend.pieces import Board, Piece
from mutu.course.grade.mend.truth import ANSWER, TruthCell
from mutu.course.grade.mend.words import about
from mutu.errors import N_

_ORDER = N_("The cells stood in an order in which a test came before its answer; they follow the assignment again.")
_GONE = N_("{kind} «{cell}» was not in the file; it was put back.")
_GONE_MANY = N_("{count} cells were not in the file and were put back: {cells}.")
_NO_ANSWER = N_("{kind} «{cell}» was not in the file and its answer was not found; an empty one stands in its place.")
_NO_ANSWER_MANY = N_(
    "{count} answers were not in the file and were not found; empty ones stand in their places: {cells}."
)
_ELSEWHERE = N_(
    "{kind} «{cell}» was not in the file, but other cells define a part of what belongs in it. Look at its tests."
)

MANY = {"gone": _GONE_MANY, "no-answer": _NO_ANSWER_MANY}


def ordered(board: Board, known: Container[str | None] = ()) -> list[Note]:
    """Bring the notebook into an order in which it can be run, with every cell of the assignment in it.

    Of the cells in `known` something was said already, so that nothing is said of their coming back.
    """
    notes: list[Note] = []
    if not _can_run(board):
        _rebuild(board)
        notes.append(Mended("order", _ORDER))
    bound = frozenset[str]().union(*(piece.names for piece in board.free() if piece.cell_type == "code"))
    for place, cell in list(board.missing()):
        if cell.kind == ANSWER and cell.names & bound:  # its stub would undo what is defined there
            notes.append(about(Question, "elsewhere", _ELSEWHERE, cell, None))
            continue
        _put_back(board, place, cell)
        if cell.is_answer:
            notes.append(about(Question, "no-answer", _NO_ANSWER, cell, None))
        elif cell.grade_id not in known:
            notes.append(about(Mended, "gone", _GONE, cell, None))
    return notes


def _where(board: Board) -> dict[int, int]:
    """Place in the assignment -> place in the notebook."""
    found = {}
    for at, piece in enumerate(board.order):
        place = board.place(piece)
        if place is not None:
            found[place] = at
    return found


def _can_run(board: Board) -> bool:
    where = _where(board)
    return all(
        where[needed] < at for place, at in where.items() for needed in board.truth.needs[place] if needed in where
    )


def _rebuild(board: Board) -> None:
    """The assignment's order; what was added stays with the answer it stands before, else with what it stands after."""
    groups: dict[int, list[Piece]] = {}
    waiting: list[Piece] = []
    last: int | None = None
    for piece in board.order:
        place = board.place(piece)
        if place is None:
            waiting.append(piece)
            continue
        before = waiting if last is None or board.truth.cells[place].is_answer else []
        if not before and last is not None:
            groups[last] += waiting
        groups[place] = [*before, piece]
        waiting, last = [], place
    order = [piece for place in sorted(groups) for piece in groups[place]]
    board.order = order + waiting


def _put_back(board: Board, place: int, cell: TruthCell) -> None:
    """Behind its neighbour and what it needs, and behind what was added there; before whatever needs it."""
    where = _where(board)
    nearest = next((where[each] for each in range(place - 1, -1, -1) if each in where), -1)
    at = max([nearest, *(where[each] for each in board.truth.needs[place] if each in where)]) + 1
    while at < len(board.order) and board.place(board.order[at]) is None:
        at += 1
    users = [where[each] for each in where if place in board.truth.needs[each]]
    at = min([at, *users])
    metadata = dict(cell.metadata)
    piece = Piece(0, cell.cell_type, cell.source, metadata, dict(cell.role), cell.cell_id or "", dict(cell.attachments))
    board.order.insert(at, piece)
    board.claim(place, piece)

"""Answers that were written in another cell than their own: in a test, in a locked cell, behind another answer."""

from __future__ import annotations

from collections.abc import Iterator

from mutu.course.grade.mend import text
from mutu.course.grade.mend.notes import Mended, Note, Question
from mutu.course.grade.mend.pieces import Board, Piece
from mutu.course.grade.mend.truth import MANUAL, PLAIN, TruthCell
from mutu.course.grade.mend.words import about
from mutu.errors import N_

_MOVED = N_("{kind} «{cell}» was filled with the answer that stood in cell {position}.")
_MOVED_MANY = N_("{count} answers stood in other cells; they were brought to their places: {cells}.")
_UNMERGED = N_("{kind} «{cell}» had been merged with another cell; they were separated again.")
_BESIDE = N_(
    "{kind} «{cell}» is empty, but the trainee wrote in cell {position} beside it. Look whether that is the answer."
)

MANY = {"moved": _MOVED_MANY}


def moved(board: Board) -> list[Note]:
    """Bring answers to their places, and ask about what was written beside an empty one."""
    notes: list[Note] = []
    for _place, cell in list(board.missing()):
        if cell.locked and cell.lines:
            _unmerge(board, cell, notes)
    for place, cell in enumerate(board.truth.cells):
        if cell.is_answer and cell.names and _is_open(board, place):
            _fetch(board, place, notes)
    for place, cell in enumerate(board.truth.cells):
        if cell.kind == MANUAL and place in board.home and _is_open(board, place):
            _ask_beside(board, place, notes)
    return notes


def _is_open(board: Board, place: int) -> bool:
    piece = board.home.get(place)
    return piece is None or board.truth.cells[place].is_untouched(piece.source)


def _unmerge(board: Board, cell: TruthCell, notes: list[Note]) -> None:
    """A locked cell whose whole text stands within another is cut out of it; it comes back as a cell of its own."""
    for piece in board.order:
        owner = board.cell(piece)
        if (owner is None or not owner.locked) and len(piece.source) <= text.LONGEST and cell.plain in piece.plain:
            piece.source = text.without(piece.source, cell.plain)
            notes.append(about(Mended, "unmerged", _UNMERGED, cell, piece.position))
            if not piece.source and owner is None:
                board.remove([piece])
            return


def _fetch(board: Board, place: int, notes: list[Note]) -> None:
    cell, own = board.truth.cells[place], board.home.get(place)
    found = next(_hidden(board, place), None)
    if found:
        piece, taken = found
        if own is None:
            own = Piece(piece.position, cell.cell_type, taken, dict(cell.metadata), {}, "")
            at = board.order.index(piece) + (0 if _is_locked(board, piece) else 1)
            board.order.insert(at, own)
            board.claim(place, own)
        own.source = taken
    else:
        piece_lost = _overwritten(board, place) if own else None
        if own is None or piece_lost is None:
            return
        piece = piece_lost
        board.release(place)
        board.remove([piece])
        board.insert([piece], own)
        board.remove([own])
        board.claim(place, piece)
    notes.append(about(Mended, "moved", _MOVED, cell, piece.position))


def _is_locked(board: Board, piece: Piece) -> bool:
    owner = board.cell(piece)
    return owner is not None and owner.locked


def _hidden(board: Board, place: int) -> Iterator[tuple[Piece, str]]:
    """The answer of a place as it stands within a locked cell, or behind another answer; it is taken out of there."""
    cell, own = board.truth.cells[place], board.home.get(place)
    for piece in board.order:
        owner = board.cell(piece)
        if owner is None or owner.kind == PLAIN or piece is own or len(piece.source) > text.LONGEST:
            continue
        if not owner.locked and own is not None:
            continue
        rest = text.without(piece.source, owner.released) if owner.locked else piece.source
        taken, left = text.cut(rest, cell.names)
        if taken and not (own and cell.is_untouched(taken)) and not (owner.names & cell.names):
            piece.source = f"{owner.released}\n{left}" if owner.locked and left else (left or owner.released)
            yield piece, taken


def _overwritten(board: Board, place: int) -> Piece | None:
    """A loose cell that answers, but stands where the empty stub is run after it or its test before it."""
    cell, where = board.truth.cells[place], {id(piece): number for number, piece in enumerate(board.order)}
    here = where[id(board.home[place])]
    tests = [where[id(board.home[each])] for each in board.truth.tests_of(place) if each in board.home]
    for piece in reversed(board.free()):
        if piece.cell_type == "code" and cell.names <= piece.names:
            at = where[id(piece)]
            return None if here < at < min(tests, default=len(where)) else piece
    return None


def _ask_beside(board: Board, place: int, notes: list[Note]) -> None:
    cell = board.truth.cells[place]
    for piece in board.gap(place):
        if piece.source.strip() and piece.cell_type == cell.cell_type:
            notes.append(about(Question, "beside", _BESIDE, cell, piece.position))
            return

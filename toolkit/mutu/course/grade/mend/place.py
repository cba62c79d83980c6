"""Which piece is which cell of the assignment: by its grade id, its text, its own id, its place, its names.

Ids are believed first and texts second, as in an honest file both agree. Nothing here gives points: what is graded, and
for how many points, is said by the assignment alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from mutu.course.grade.mend import text
from mutu.course.grade.mend.notes import Mended, Note, Question
from mutu.course.grade.mend.pieces import Board, Piece
from mutu.course.grade.mend.truth import PLAIN, TruthCell
from mutu.course.grade.mend.words import about
from mutu.errors import N_

_HALF = 0.5
# two texts that share more words than this are versions of one another, not two parts of one
_VERSIONS = 0.6
_MOST_PARTS = 10

_COPIES = N_("{kind} «{cell}» stood in the file {count} times; one of them counts.")
_VERSIONS_FOUND = N_(
    "{kind} «{cell}» stood in the file with {count} different answers; the last one counts, the others stand above it."
)
_SPLIT = N_("{kind} «{cell}» had been split into {count} cells; they were put together again.")
_KNOWN = N_("{kind} «{cell}» had lost its mark; it was recognised by its text.")
_KNOWN_MANY = N_("{count} cells had lost their marks and were recognised by their texts: {cells}.")
_GUESSED = N_("{kind} «{cell}» had lost its mark; the text in cell {position}, where it belongs, was taken for it.")

MANY = {"recognised": _KNOWN_MANY}


def placed(board: Board) -> list[Note]:
    """Fill the places of the assignment; returns what was mended and what is to be asked."""
    notes: list[Note] = []
    _by_grade_id(board, notes)
    _by_text(board, notes)
    _by_cell_id(board, notes)
    _by_gap(board, notes)
    _by_names(board, notes)
    _rejoin(board, notes)
    return notes


def _by_grade_id(board: Board, notes: list[Note]) -> None:
    claims: dict[str, list[Piece]] = defaultdict(list)
    for piece in board.order:
        if piece.grade_id in board.truth.by_id:
            claims[str(piece.grade_id)].append(piece)
    for name, claiming in claims.items():
        place, cell = board.truth.index[name], board.truth.by_id[name]
        strange = [piece for piece in claiming if _is_elsewhere(board, cell, piece, claims)]
        if cell.is_answer and len(claiming) > 1 and not strange and _is_joined(board, cell, claiming):
            board.claim(place, claiming[0])
            notes.append(about(Mended, "split", _SPLIT, cell, claiming[0].position, count=len(claiming)))
            continue
        own = [piece for piece in claiming if _fits(cell, piece)]
        if own or len(claiming) > len(strange):
            _choose(board, place, own or [piece for piece in claiming if piece not in strange], notes)


def _fits(cell: TruthCell, piece: Piece) -> bool:
    """Whether a text may be this cell's."""
    if piece.plain in (cell.plain, cell.whole):
        return True
    if cell.names:
        return bool(cell.names & piece.names) or text.share(cell.lines, piece.lines) >= _HALF
    return cell.is_answer or text.share(cell.lines, piece.lines) >= _HALF or _is_part(cell, piece)


def _is_part(cell: TruthCell, piece: Piece) -> bool:
    """Whether a text has nothing that was not handed out in this cell."""
    return text.share(piece.lines, cell.lines) == 1


def _is_elsewhere(board: Board, cell: TruthCell, piece: Piece, claims: dict[str, list[Piece]]) -> bool:
    """Whether the text is clearly another cell's, which nobody claims: then the grade id was changed."""
    return any(
        other is not cell and other.grade_id not in claims and _is_sure(other, piece)
        for other in board.truth.by_id.values()
    )


def _is_sure(cell: TruthCell, piece: Piece) -> bool:
    if piece.plain in (cell.plain, cell.whole):
        return bool(cell.plain) and not cell.is_answer
    return bool(cell.names) and cell.names <= piece.names


def _choose(board: Board, place: int, claiming: list[Piece], notes: list[Note]) -> None:
    """Of several pieces with one grade id, the last one that says something fills the place."""
    cell = board.truth.cells[place]
    if len(claiming) == 1:
        board.claim(place, claiming[0])
        return
    told = [piece for piece in claiming if cell.is_answer != (piece.plain in ("", cell.plain, cell.whole))]
    winner = (told or claiming)[-1]
    board.claim(place, winner)
    _put_copies_aside(board, cell, winner, claiming, notes)


def _put_copies_aside(board: Board, cell: TruthCell, winner: Piece, claiming: list[Piece], notes: list[Note]) -> None:
    """Copies that say nothing new go; other answers move above the one that counts, so that it is run last."""
    known = {"", cell.plain, cell.whole, winner.plain}
    others = {
        piece.plain: piece
        for piece in claiming
        if piece.plain not in known and (cell.is_answer or not _is_part(cell, piece))
    }
    losers = [piece for piece in claiming if piece is not winner]
    told = [piece for piece in losers if others.get(piece.plain) is piece]
    for piece in losers:
        piece.role = {}
    if cell.is_answer:
        board.remove(losers)
        board.insert(told, winner)
    else:
        board.remove([piece for piece in losers if piece not in told])
    if others and cell.is_answer:
        notes.append(about(Question, "versions", _VERSIONS_FOUND, cell, winner.position, count=len(others) + 1))
    else:
        notes.append(about(Mended, "copies", _COPIES, cell, winner.position, count=len(claiming)))


def _is_joined(board: Board, cell: TruthCell, parts: list[Piece]) -> bool:
    """Put pieces that are one cell cut in parts together in the first; nothing happens where they are versions."""
    first = board.order.index(parts[0])
    if board.order[first : first + len(parts)] != parts or not _are_parts(cell, [part.source for part in parts]):
        return False
    parts[0].source = "\n".join(part.source for part in parts)
    board.remove(parts[1:])
    return True


def _rejoin(board: Board, notes: list[Note]) -> None:
    """What returns from a function that begins in the cell above is the rest of that cell."""
    for number in range(len(board.order) - 1, 0, -1):
        rest, piece = board.order[number], board.order[number - 1]
        cell = board.cell(piece)
        if cell is None or not cell.names or not cell.is_answer or board.place(rest) is not None:
            continue
        if rest.cell_type == "code" and text.continues(rest.source) and "return" in text.words(rest.source):
            piece.source = f"{piece.source}\n{rest.source}"
            board.remove([rest])
            notes.append(about(Mended, "split", _SPLIT, cell, piece.position, count=2))


def _are_parts(cell: TruthCell, sources: list[str]) -> bool:
    if len(sources) > _MOST_PARTS or any(cell.is_untouched(source) for source in sources):
        return False
    if any(text.continues(source) for source in sources[1:]) and cell.cell_type == "code":
        return True
    if cell.cell_type == "code":
        bound = [text.names(source) for source in sources]
        if any(one & other for number, one in enumerate(bound) for other in bound[:number]):
            return False
    return all(text.alike(one, other) < _VERSIONS for number, one in enumerate(sources) for other in sources[:number])


def _by_text(board: Board, notes: list[Note]) -> None:
    """Cells with a text that only they have are known by it."""
    times = Counter(cell.plain for cell in board.truth.cells)
    free: dict[str, list[Piece]] = defaultdict(list)
    for piece in board.free():
        free[piece.plain].append(piece)
    for place, cell in enumerate(board.truth.cells):
        if place in board.home or not cell.plain or times[cell.plain] > 1:
            continue
        found = free.get(cell.plain) or free.get(cell.whole)
        if found:
            board.claim(place, found.pop(0))
            _recognised(board, place, notes)


def _by_cell_id(board: Board, notes: list[Note]) -> None:
    """A notebook's own ids survive where nbgrader's metadata do not; other notebooks may use the same ones, though."""
    free = {piece.cell_id: piece for piece in board.free()}
    for place, cell in enumerate(board.truth.cells):
        piece = free.get(cell.cell_id or "")
        if place in board.home or piece is None or board.place(piece) is not None:
            continue
        if _fits(cell, piece) and (cell.names or piece.cell_type == cell.cell_type):
            board.claim(place, piece)
            _recognised(board, place, notes)


def _by_gap(board: Board, notes: list[Note]) -> None:
    """What stands where a cell is missing is that cell, if its type and what it says allow it."""
    for place, cell in list(board.missing()):
        there = [piece for piece in board.gap(place) if not piece.role.get("grade_id") or _fits(cell, piece)]
        likely = [piece for piece in there if _is_likely(cell, piece)]
        if likely:
            _claim_best(board, place, likely, notes)
            continue
        written = [piece for piece in there if piece.source.strip()]
        parts = [piece for piece in written if piece.cell_type == cell.cell_type] or written
        if parts and cell.is_answer and not cell.names:
            _take(board, place, parts, notes)


def _take(board: Board, place: int, parts: list[Piece], notes: list[Note]) -> None:
    """An answer without a stub that could tell: all that was written in its place."""
    first = parts[0]
    first.source = "\n\n".join(part.source for part in parts)
    first.attachments = {name: each for part in parts for name, each in (part.attachments or {}).items()} or None
    board.remove(parts[1:])
    board.claim(place, first)
    cell = board.truth.cells[place]
    notes.append(about(Mended, "guessed", _GUESSED, cell, first.position))


def _is_likely(cell: TruthCell, piece: Piece) -> bool:
    if cell.names:
        return cell.names <= piece.names or text.share(cell.lines, piece.lines) == 1
    if piece.plain == cell.plain:
        return True
    return bool(cell.lines) and text.share(cell.lines, piece.lines) >= _HALF


def _score(cell: TruthCell, piece: Piece) -> tuple[bool, float]:
    return not cell.is_untouched(piece.source), text.share(cell.lines, piece.lines)


def _by_names(board: Board, notes: list[Note]) -> None:
    """Wherever it stands: an answer is what defines the names of its stub, a locked cell what has most of its text."""
    for place, cell in list(board.missing()):
        found = [piece for piece in board.free() if _is_likely(cell, piece)]
        if found:
            _claim_best(board, place, found, notes)


def _claim_best(board: Board, place: int, found: list[Piece], notes: list[Note]) -> None:
    cell = board.truth.cells[place]
    board.claim(place, max(found, key=lambda piece: (_score(cell, piece), piece.position)))
    _recognised(board, place, notes)


def _recognised(board: Board, place: int, notes: list[Note]) -> None:
    cell = board.truth.cells[place]
    if cell.kind != PLAIN:
        notes.append(about(Mended, "recognised", _KNOWN, cell, board.home[place].position))

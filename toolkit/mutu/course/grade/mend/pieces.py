"""The cells that were handed in, and which cell of the assignment each of them is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mutu.course.grade.mend import text
from mutu.course.grade.mend.truth import PLAIN, Truth, TruthCell


@dataclass(eq=False)
class Piece:
    """A cell that was handed in; `role` is nbgrader's metadata as the file has them, which decide nothing."""

    position: int
    cell_type: str
    source: str
    metadata: dict[str, Any]
    role: dict[str, Any]
    cell_id: str
    attachments: dict[str, Any] | None = None
    _seen: dict[str, tuple[str, Any]] = field(default_factory=dict, repr=False)

    @property
    def plain(self) -> str:
        """Its text, for comparing."""
        return str(self._once("plain", text.even))

    @property
    def names(self) -> frozenset[str]:
        """What it defines at its top level, if it is code."""
        return frozenset(self._once("names", text.names))

    @property
    def lines(self) -> Counter[str]:
        """Its lines that say something, with how often."""
        return Counter(self._once("lines", text.counted))

    def _once(self, what: str, find: Callable[[str], Any]) -> Any:
        """What was found in the text, as long as it is the same text."""
        known = self._seen.get(what)
        if known is None or known[0] is not self.source:
            known = self._seen[what] = (self.source, find(self.source))
        return known[1]

    @property
    def grade_id(self) -> str | None:
        """The grade id it claims."""
        name = self.role.get("grade_id")
        return name if isinstance(name, str) and name else None


def pieces(cells: list[dict[str, Any]]) -> list[Piece]:
    """The cells of a regular notebook, numbered from 1."""
    found = []
    for position, cell in enumerate(cells, 1):
        metadata = dict(cell["metadata"])
        role = metadata.pop("nbgrader", None)
        found.append(
            Piece(
                position, cell["cell_type"], cell["source"], metadata,
                role if isinstance(role, dict) else {}, cell["id"], cell.get("attachments"),
            )
        )  # fmt: skip
    return found


@dataclass
class Board:
    """Who is who: `home` says for a place in the assignment which piece fills it.

    `order` holds the pieces as they follow each other; what is joined to another or a mere copy is taken out of it.
    """

    truth: Truth
    order: list[Piece]
    home: dict[int, Piece] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._place = {id(piece): place for place, piece in self.home.items()}

    def claim(self, place: int, piece: Piece) -> None:
        """Let `piece` fill `place`."""
        self.home[place] = piece
        self._place[id(piece)] = place

    def release(self, place: int) -> None:
        """Let nobody fill `place`."""
        del self._place[id(self.home.pop(place))]

    def place(self, piece: Piece) -> int | None:
        """The place a piece fills."""
        return self._place.get(id(piece))

    def cell(self, piece: Piece) -> TruthCell | None:
        """The cell of the assignment that a piece is."""
        place = self.place(piece)
        return None if place is None else self.truth.cells[place]

    def free(self) -> list[Piece]:
        """Pieces that fill no place, in order."""
        return [piece for piece in self.order if id(piece) not in self._place]

    def missing(self) -> Iterator[tuple[int, TruthCell]]:
        """Cells of nbgrader's that no piece fills, with their places."""
        for place, cell in enumerate(self.truth.cells):
            if cell.kind != PLAIN and place not in self.home:
                yield place, cell

    def remove(self, gone: Iterable[Piece]) -> None:
        """Take pieces that fill no place out of the notebook."""
        ids = {id(piece) for piece in gone}
        self.order = [piece for piece in self.order if id(piece) not in ids]

    def insert(self, pieces: list[Piece], before: Piece) -> None:
        """Put pieces directly before another."""
        at = self.order.index(before)
        self.order[at:at] = pieces

    def gap(self, place: int) -> list[Piece]:
        """Free pieces between the neighbours of a place, as far as the neighbours are there and in order."""
        where = {id(piece): number for number, piece in enumerate(self.order)}
        before = next((where[id(self.home[each])] for each in range(place - 1, -1, -1) if each in self.home), -1)
        later = (where[id(self.home[each])] for each in range(place + 1, len(self.truth.cells)) if each in self.home)
        after = next((number for number in later if number > before), len(self.order))
        return [piece for piece in self.order[before + 1 : after] if id(piece) not in self._place]

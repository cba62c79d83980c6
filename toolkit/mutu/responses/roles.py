"""What a column was taken for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mutu.responses import privacy
from mutu.responses.grid import data
from mutu.responses.headers import ELEMENT
from mutu.responses.table import Column

EMPTY, OTHER, IMPORTANCE, IGNORED, SECOND, UNREAD = "empty", "other", "importance", "ignored", "second", "unread"
WORDS, POSITION, MAP, CONTENT = "words", "position", "map", "content"
UNSUR = tuple(data("headers")["elements"])


@dataclass(frozen=True)
class Assigned:
    """A column with its role; target is an element's code or a name of the profile.

    A column that is left out keeps the element its header seems to be about as its target.
    """

    column: Column
    role: str
    target: str = ""
    how: str = WORDS
    sure: bool = True

    @property
    def is_element(self) -> bool:
        """Whether the column holds answers."""
        return self.role == ELEMENT


def asked(assigned: Iterable[Assigned]) -> set[str]:
    """The elements some column answers for."""
    return {entry.target for entry in assigned if entry.is_element}


def names(columns: Iterable[Column]) -> str:
    """Columns as a sentence names them."""
    listed = list(columns)
    shown = ", ".join(f"«{privacy.mask(column.name)}»" for column in listed[:12])
    return shown + (" …" if len(listed) > 12 else "")

"""A document as data: built once from results, then written as Word and PDF, so that both say the same.

Texts are plain strings, never markup; a writer escapes what its format needs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from mutu.locale import _

FILL = "\u2026"
"""A text that begins with it is left for the office: marked in the document, never invented."""


WHOLE_ROWS = 14
"""A table of up to so many rows stays on one page."""


@dataclass(frozen=True)
class Heading:
    """A heading that navigates; level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text.

    style : "body", "lead" (the answer first), "warning" (in a box, not to be missed), "quiet" (sources,
        notes), "fill" (left to fill in) or "sign" (a line of the block that is signed, at the right)
    keep : whether it stays on the page of the block after it
    """

    text: str
    style: str = "body"
    keep: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list; numbered when order matters. With `keep` it stays whole, on the page of the block after it."""

    items: tuple[str, ...]
    numbered: bool = False
    keep: bool = False


@dataclass(frozen=True)
class Table:
    """A numbered table; `align` has one of "l", "r", "c" a column; `total` rows at the end are set bold.

    `widths` are shares of the text's width, equal when None. A cell that begins with FILL is left for
    the office: marked, never invented.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str
    widths: tuple[float, ...] | None = None
    total: int = 0
    note: str = ""

    def shares(self) -> list[float]:
        """Widths of the columns as shares that sum to 1."""
        widths = self.widths or (1.0,) * len(self.header)
        return [width / sum(widths) for width in widths]


@dataclass(frozen=True)
class Figure:
    """A numbered figure, PNG, with the text that replaces it for those who cannot see it."""

    title: str
    png: bytes
    alt: str
    note: str = ""


@dataclass(frozen=True)
class PageBreak:
    """The next block begins a page."""


Block = Heading | Paragraph | Bullets | Table | Figure | PageBreak


@dataclass(frozen=True)
class Cover:
    """The first page; `lines` stand below the title.

    `logo` is a PNG; without one `place_for_logo` leaves a marked space with that text. `warning` stands in
    a box below the lines.
    """

    title: str
    subtitle: str
    lines: tuple[str, ...] = ()
    place_for_logo: str = ""
    logo: bytes = b""
    warning: str = ""


@dataclass(frozen=True)
class Document:
    """A whole document.

    `mark` is printed at the head of every page (for instance that it is an unsigned draft); `foot` stands
    beside the page number, the title when empty.
    """

    title: str
    language: str
    cover: Cover | None
    blocks: tuple[Block, ...] = field(default_factory=tuple)
    contents: bool = True
    mark: str = ""
    author: str = ""
    foot: str = ""

    def __post_init__(self) -> None:
        for part in fields(self):
            object.__setattr__(self, part.name, all_printable(getattr(self, part.name)))

    def headings(self) -> list[Heading]:
        """The headings in order."""
        return [block for block in self.blocks if isinstance(block, Heading)]


def printable(text: str) -> str:
    """`text` without what no file format can hold: control characters become spaces, lone surrogates a mark."""
    if text.isascii() and text.isprintable():
        return text
    kinds = {"Cc": " ", "Cs": "\ufffd", "Cn": "\ufffd"}
    return "".join(kinds.get(unicodedata.category(letter), letter) for letter in text)


def all_printable(value: Any) -> Any:
    """A block, or data as JSON has it, with every text inside made printable; keys stay."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list | tuple):
        return type(value)(all_printable(one) for one in value)
    if isinstance(value, dict):
        return {key: all_printable(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{part.name: all_printable(getattr(value, part.name)) for part in fields(value)})
    return value


def numbered(document: Document) -> Iterator[tuple[Block, int]]:
    """Every block with its number: headings, tables and figures each count on their own, others are 0."""
    counts = {Heading: 0, Table: 0, Figure: 0}
    for block in document.blocks:
        kind = type(block)
        if kind in counts:
            counts[kind] += 1
        yield block, counts.get(kind, 0)


def label(block: Table | Figure) -> str:
    """The word before the number of a caption, in the language in use."""
    return _("Table") if isinstance(block, Table) else _("Figure")

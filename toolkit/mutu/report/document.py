"""A document as data: built once from results, then written as Word and PDF, so that both say the same.

Texts are plain strings, never markup; a writer escapes what its format needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading that navigates; level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text; style "body", "lead" (the answer first), "quiet" (sources, notes) or "fill" (left to fill in)."""

    text: str
    style: str = "body"


@dataclass(frozen=True)
class Bullets:
    """A list; numbered when order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A numbered table; `align` has one of "l", "r", "c" a column; `total` rows at the end are set bold.

    A cell that begins with FILL is left for the office: marked, never invented.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str
    widths: tuple[float, ...] | None = None
    total: int = 0
    note: str = ""


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

FILL = "\u2026"


@dataclass(frozen=True)
class Cover:
    """The first page; `lines` stand below the title, `place_for_logo` leaves a marked space."""

    title: str
    subtitle: str
    lines: tuple[str, ...] = ()
    place_for_logo: str = ""


@dataclass(frozen=True)
class Document:
    """A whole document; `mark` is printed on every page of the PDF (for instance that it is an unsigned draft)."""

    title: str
    language: str
    cover: Cover | None
    blocks: tuple[Block, ...] = field(default_factory=tuple)
    contents: bool = True
    mark: str = ""
    author: str = ""

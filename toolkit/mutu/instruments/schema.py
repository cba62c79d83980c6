"""The form of an instrument file (assessments/SLUG/instrument.json).

An instrument is data: a new self-assessment costs a file, not a page. Every text carries both languages.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from mutu.regulations.schema import Part, Text

SCHEMA_VERSION = 1

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
"""The name in addresses, files and folders."""

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=20)]
"""What answers, files and the page's fields are called by."""


class Source(Part):
    """Where facts were read; `code` is what items refer to."""

    code: str
    title: str
    place: str | None = None
    date: str


class Level(Part):
    """One level of an item's scale: the score and the criterion in our own words."""

    score: int
    text: Text


class Item(Part):
    """One indicator; weight is its share inside the aspect, in percent, by convention that lists its weights.

    `elements` are the things its levels count or name, where they count any.
    """

    code: Code
    name: Text
    weight: dict[str, Decimal]
    levels: tuple[Level, ...]
    elements: tuple[Text, ...] = ()
    evidence: tuple[Text, ...] = ()
    remark: Text | None = None
    sources: tuple[str, ...] = ()


class Aspect(Part):
    """A group of items with its weight in percent."""

    code: Code
    name: Text
    weight: Decimal
    items: tuple[Item, ...]


class Category(Part):
    """A category holds from `at_least` (on the rounded index) up to the next one."""

    at_least: Decimal
    letter: str
    name: Text


class Convention(Part):
    """A way of weighting that is in use, with its name; the first of an instrument is its default.

    "listed" takes the items' own weights of this code, "equal" gives every item of an aspect the same.
    """

    code: Code
    name: Text
    kind: Literal["listed", "equal"] = "listed"
    remark: Text | None = None


class Instrument(Part):
    """A self-assessment: what is asked, how it is scored, and where that comes from."""

    schema_version: Literal[1]
    slug: Slug
    version: str
    title: Text
    short: Text
    regulation: str
    date: str
    status: Text
    disclaimer: Text
    index_name: Text
    scale: tuple[int, int]
    conventions: tuple[Convention, ...]
    aspects: tuple[Aspect, ...]
    categories: tuple[Category, ...]
    sources: tuple[Source, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in order."""
        return tuple(item for aspect in self.aspects for item in aspect.items)

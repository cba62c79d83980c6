"""The label that synthetic answers carry, in whatever file they are written to, and how it is found again."""

from __future__ import annotations

from functools import cache

from mutu.locale import LANGUAGES, _, use
from mutu.responses.grid import words
from mutu.responses.table import Table

COLUMN = "sintetis"
_NAMES = (COLUMN, "data sintetis", "synthetic", "synthetic data")


def label() -> str:
    """What stands in every row and in the label of the column or file, in the language in use."""
    return _("Synthetic data made by a computer, not answers of people")


def is_marked(table: Table) -> bool:
    """Whether a table says of its rows that they are synthetic."""
    return any(said(part) for column in table.columns if table.counts(column.position) for part in column.parts)


def said(header: str) -> bool:
    """Whether a header is the label, in either language."""
    return words(header).strip() in _known()


@cache
def _known() -> frozenset[str]:
    labels = []
    for language in LANGUAGES:
        with use(language):
            labels.append(words(label()).strip())
    return frozenset((*_NAMES, *labels))


def warning() -> str:
    """The sentence that a survey read from such a file begins its hints with."""
    return _(
        "These answers are synthetic: a computer made them for practice or trial, nobody was asked. "
        "Do not publish the index as a result of a survey."
    )

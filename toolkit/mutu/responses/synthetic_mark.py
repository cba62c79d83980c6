"""The label that synthetic answers carry, in whatever file they are written to, and how it is found again."""

from __future__ import annotations

from functools import cache

from mutu.locale import LANGUAGES, _, use
from mutu.responses.grid import text, words
from mutu.responses.table import Table

COLUMN = "sintetis"
_PHRASES = (" data sintetis ", " synthetic data ")
_DENIALS = (" bukan", " not", " no")
_NAMES = (COLUMN, "data sintetis", "synthetic", "synthetic data")


def label() -> str:
    """What stands in every row and in the label of the column or file, in the language in use."""
    return _("Synthetic data made by a computer, not answers of people")


def is_marked(table: Table) -> bool:
    """Whether a table says of its rows that they are synthetic.

    In a column of its own, the name of its sheet, the title of the document, or the rows above its header.
    """
    if any(said(part) for column in table.columns if table.counts(column.position) for part in column.parts):
        return True
    lowest = {column.parts[-1] for column in table.columns}
    above = (cell for row in table.grid.cells[: table.first_row] for cell in map(text, row))
    return any(map(mentioned, (table.grid.sheet, table.grid.title, *(cell for cell in above if cell not in lowest))))


def said(header: str) -> bool:
    """Whether a header is the label, in either language."""
    return words(header).strip() in _known()


def mentioned(title: str) -> bool:
    """Whether a title speaks of synthetic data, and does not say that there are none."""
    before = {phrase: words(title).partition(phrase) for phrase in _PHRASES}
    return any(found and not start.endswith(_DENIALS) for start, found, _rest in before.values())


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

"""What was answered: survey files of every kind, read into one form.

`read` opens a file (opening, archive, delimited), finds the table in it (table, blocks), says what each column is by
its header (headers, asking), its cells (content), its place (places) and the user's map (maps), and which columns are
left out (several, leftover): columns brings it together. It turns texts into answers (options, answers) and names every
row and cell that does not count (rows); words, wordings and limits are data. `write_sav` writes a survey for SPSS,
`synthetic` makes one of nobody's answers, to practise with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mutu.responses.reader import read
    from mutu.responses.spss_writing import write_sav
    from mutu.responses.survey import ColumnMapping, Rejected, Survey, read_as
    from mutu.responses.synthetic_survey import Synthetic, synthetic

__all__ = ["ColumnMapping", "Rejected", "Survey", "Synthetic", "read", "read_as", "synthetic", "write_sav"]

_PLACES = {
    "read": "reader",
    "write_sav": "spss_writing",
    "Synthetic": "synthetic_survey",
    "synthetic": "synthetic_survey",
}


def __getattr__(name: str) -> Any:
    """Load pandas only when a survey is read."""
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"mutu.responses.{_PLACES.get(name, 'survey')}"), name)

"""What was answered: survey files of every kind, read into one form.

`read` opens a file (opening, archive, delimited), finds the table in it (table, blocks), says what each column is by
its header (headers, asking), its cells (content), its place (places) and the user's map (maps), and which columns are
left out (several, leftover): columns brings it together. It turns texts into answers (options, answers) and names every
row and cell that does not count (rows); words, wordings and limits are data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mutu.responses.reader import read
    from mutu.responses.survey import ColumnMapping, Rejected, Survey, read_as

__all__ = ["ColumnMapping", "Rejected", "Survey", "read", "read_as"]


def __getattr__(name: str) -> Any:
    """Load pandas only when a survey is read."""
    from importlib import import_module

    if name == "read":
        return import_module("mutu.responses.reader").read
    if name in __all__:
        return getattr(import_module("mutu.responses.survey"), name)
    raise AttributeError(name)

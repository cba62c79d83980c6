"""The cells of an assignment as the gradebook keeps them, which it does when the assignment is released.

They are read by one question, which SQLite's own module can ask too: nbgrader's gradebook takes a third of a second to
load, in which whoever has the cells can begin.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from mutu.course.nbgrader.configuration import file_of
from mutu.course.nbgrader.reading import opened

_CELLS = """
SELECT notebook.name, notebook.kernelspec, cell.name, cell.source, cell.checksum, cell.cell_type, cell.locked, (
    SELECT MAX(COALESCE(grade_cells.max_score, task_cells.max_score)) FROM base_cell
    LEFT JOIN grade_cells ON grade_cells.id = base_cell.id LEFT JOIN task_cells ON task_cells.id = base_cell.id
    WHERE base_cell.notebook_id = notebook.id AND base_cell.name = cell.name
)
FROM assignment JOIN notebook ON notebook.assignment_id = assignment.id
LEFT JOIN source_cell AS cell ON cell.notebook_id = notebook.id
WHERE assignment.name = :assignment ORDER BY notebook.name
"""


@dataclass(frozen=True)
class KeptCell:
    """A cell of the assignment in the gradebook; `points` is None where the cell gives none."""

    source: str
    checksum: str | None
    cell_type: str
    locked: bool
    points: float | None


@dataclass(frozen=True)
class KeptNotebook:
    """A notebook of the assignment in the gradebook: its kernel, its cells by grade id."""

    kernelspec: Mapping[str, Any]
    cells: dict[str, KeptCell] = field(default_factory=dict)


def notebooks(ask: Callable[[str, Mapping[str, str]], Iterable[Any]], assignment: str) -> dict[str, KeptNotebook]:
    """The notebooks of an assignment by name.

    Parameters
    ----------
    ask : asks the gradebook a question in SQL with named values; gives the rows
    assignment : its name
    """
    found: dict[str, KeptNotebook] = {}
    for notebook, kernelspec, name, *cell in ask(_CELLS, {"assignment": assignment}):
        kept = found.setdefault(notebook, KeptNotebook(json.loads(kernelspec or "{}")))
        if name is not None:
            source, checksum, cell_type, locked, points = cell
            most = None if points is None else float(points)
            kept.cells[name] = KeptCell(source, checksum, cell_type, bool(locked), most)
    return found


def at_once(address: str, assignment: str) -> dict[str, KeptNotebook] | None:
    """The same without loading nbgrader; None where that cannot tell, so that nbgrader's own gradebook says why."""
    file = file_of(address)
    if file is None:
        return None
    try:
        with closing(opened(file)) as book:
            return notebooks(book.execute, assignment) or None
    except (sqlite3.Error, ValueError):
        return None

"""Tasks that a file which broke off no longer had: nobody chose to leave them empty, so they are no zeros."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mutu.course.outcome.notebook import cells, grade_id, load, part

Lost = frozenset[tuple[str, str]]
"""(Notebook, grade id) of the answers, and of the cells that give points for them."""


def lost(notebook: Mapping[str, Any]) -> frozenset[str]:
    """Grade ids of what the file of a graded notebook had lost; grading marks it in the metadata of the cells."""
    if not part(notebook, "metadata", "mutu").get("not_whole"):
        return frozenset()
    return frozenset(grade_id(cell) for cell in cells(notebook) if part(cell, "metadata", "mutu").get("lost") is True)


def lost_of(folder: Path, notebooks: Iterable[str]) -> Lost:
    """The same of the notebooks in a folder of what was graded."""
    return frozenset((name, gone) for name in notebooks for gone in lost(load(folder / f"{name}.ipynb") or {}))

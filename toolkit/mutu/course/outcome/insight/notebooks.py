"""Cells of a course's notebooks with the roles that nbgrader gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutu.course.outcome import notebook


@dataclass(frozen=True)
class Cell:
    """A cell as it stands in the file, in whatever form: `raw` is what was read."""

    raw: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The grade id; empty where it has none."""
        return notebook.grade_id(self.raw)

    @property
    def source(self) -> str:
        """The text."""
        return notebook.text(self.raw.get("source"))

    @property
    def is_code(self) -> bool:
        """Whether it is run."""
        return self.raw.get("cell_type") == "code"

    @property
    def is_prose(self) -> bool:
        """Whether it is there to be read."""
        return self.raw.get("cell_type") == "markdown" and not self.is_answer

    @property
    def is_answer(self) -> bool:
        """Whether the trainee writes in it."""
        role = notebook.role(self.raw)
        return role.get("solution") is True or role.get("task") is True

    @property
    def is_grade(self) -> bool:
        """Whether it gives points."""
        role = notebook.role(self.raw)
        return role.get("grade") is True or role.get("task") is True


def read(file: Path) -> tuple[Cell, ...] | None:
    """The cells of a notebook in their order; None where there is none that can be read."""
    found = None if file.is_symlink() else notebook.load(file)
    return None if found is None else tuple(map(Cell, notebook.cells(found)))

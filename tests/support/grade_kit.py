"""A small course of nbgrader's, submissions for it, and what the engine makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from mutu.course.grade.engine import grade
from mutu.course.grade.options import Options
from mutu.course.nbgrader import Course, Folders, generate

NAME = "ps1"
TIME = "2026-11-20 03:00:00.000000 UTC"


@dataclass(frozen=True)
class Cell:
    """A code cell of the trainer's notebook; `points` make it a test, `answer` the place for a solution."""

    id: str
    source: str
    answer: bool = False
    points: float | None = None
    locked: bool = False
    kind: str = "code"

    def node(self) -> Any:
        """As nbgrader has it in the trainer's notebook."""
        make = nbformat.v4.new_code_cell if self.kind == "code" else nbformat.v4.new_markdown_cell
        cell = make(self.source)
        graded = self.points is not None
        if graded or self.answer or self.locked:
            role = {"schema_version": 3, "grade_id": self.id, "grade": graded, "solution": self.answer, "task": False}
            role["locked"] = not self.answer and (graded or self.locked)
            cell.metadata["nbgrader"] = role | ({"points": self.points} if graded else {})
        return cell


def answer(name: str, source: str) -> Cell:
    """A cell with the reference solution between nbgrader's marks."""
    return Cell(name, source, answer=True)


def check(name: str, source: str, points: float = 1.0) -> Cell:
    """A test."""
    return Cell(name, source, points=points)


def given(name: str, source: str) -> Cell:
    """A locked cell."""
    return Cell(name, source, locked=True)


SQUARE = (
    given("alat", "import math\nBATAS = 3"),
    answer("kuadrat", "def kuadrat(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION"),
    check(
        "tes-kuadrat",
        "assert kuadrat(2) == 4\n### BEGIN HIDDEN TESTS\nassert kuadrat(7) == 49\n### END HIDDEN TESTS",
        5,
    ),
    answer("akar", "def akar(x):\n    ### BEGIN SOLUTION\n    return math.sqrt(x)\n    ### END SOLUTION"),
    check("tes-akar", "assert akar(16) == 4\n### BEGIN HIDDEN TESTS\nassert akar(81) == 9\n### END HIDDEN TESTS", 5),
)
RIGHT = {"kuadrat": "def kuadrat(x):\n    return x * x", "akar": "def akar(x):\n    return math.sqrt(x)"}


@dataclass
class Small:
    """A course with one assignment."""

    root: Path
    cells: Sequence[Cell] = SQUARE
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folders = Folders(self.root / "kursus", self.root / "exchange")
        place = self.folders.course / "source" / NAME
        place.mkdir(parents=True)
        notebook = nbformat.v4.new_notebook(cells=[cell.node() for cell in self.cells])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, place / f"{NAME}.ipynb")
        generate(self.folders, NAME)

    @property
    def course(self) -> Course:
        """As the engine wants it."""
        course = Course.of(self.folders)
        for name, traits in self.settings.items():
            course.config[name].update(traits)
        return course

    def release(self) -> Any:
        """The notebook that was handed out."""
        return nbformat.read(self.folders.course / "release" / NAME / f"{NAME}.ipynb", as_version=4)

    def hand_in(
        self, student: str, answers: Mapping[str, str] = RIGHT, change: Callable[[Any], Any] | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> Path:  # fmt: skip
        """Put a submission where it belongs: answers in their cells, then whatever `change` does to the notebook."""
        notebook = self.release()
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if name in answers:
                cell.source = answers[name]
        if change is not None:
            notebook = change(notebook) or notebook
        place = self.folders.course / "submitted" / student / NAME
        place.mkdir(parents=True, exist_ok=True)
        place.joinpath(f"{NAME}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        place.joinpath("timestamp.txt").write_text(TIME, encoding="utf-8")
        for name, data in (files or {}).items():
            place.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
            place.joinpath(name).write_bytes(data)
        return place

    def grade(self, **options: Any) -> dict[str, Any]:
        """Grade it; student -> what was reported."""
        return {each.student: each for each in self.report(**options).submissions}

    def report(self, **options: Any) -> Any:
        """Grade it; the whole report."""
        return grade(self.course, NAME, Options(**{"jobs": 2, **options}))

    def scores(self) -> dict[str, dict[str, float | None]]:
        """Student -> test -> automatic points, as the gradebook has them."""
        found: dict[str, dict[str, float | None]] = {}
        for student, name, points in self.rows(_SCORES):
            found.setdefault(student, {})[name] = points
        return found

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the gradebook answers."""
        import sqlite3

        with closing(sqlite3.connect(self.folders.course / "gradebook.db")) as book:
            return sorted(book.execute(query), key=repr)

    def graded(self, student: str) -> Any:
        """The notebook with outputs."""
        return nbformat.read(self.folders.course / "autograded" / student / NAME / f"{NAME}.ipynb", as_version=4)

    def outputs(self, student: str, cell: str) -> list[Any]:
        """What a cell of it showed."""
        cells = self.graded(student).cells
        return next(each.outputs for each in cells if each.metadata.get("nbgrader", {}).get("grade_id") == cell)


_SCORES = """select s.student_id, b.name, g.auto_score
from grade g join submitted_notebook sn on g.notebook_id = sn.id
join submitted_assignment s on sn.assignment_id = s.id join base_cell b on g.cell_id = b.id"""

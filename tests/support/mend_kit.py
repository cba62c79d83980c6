"""Assignments with a real gradebook, what nbgrader's own sanitising makes of a submission, and submissions to try."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import nbgrader
from nbgrader import preprocessors
from nbgrader.api import Gradebook

from mutu.content import find
from mutu.course.grade.mend import SavedCell, Truth
from mutu.course.nbgrader.schema import ask_here

NAME, NOTEBOOK = "ps1", "problem"
NBGRADER_FILES = Path(nbgrader.__file__).parent / "tests"
_GENERATE = (
    "LockCells", "ClearSolutions", "ClearOutput", "CheckCellMetadata", "ComputeChecksums", "SaveCells",
    "ClearHiddenTests", "ClearMarkScheme", "ComputeChecksums", "CheckCellMetadata",
)  # fmt: skip
_SANITISE = ("ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata")


@dataclass(frozen=True)
class Assignment:
    """An assignment as nbgrader made it: its notebooks, and the address of its gradebook."""

    source: dict
    release: dict
    database: str

    @property
    def resources(self) -> dict:
        """What nbgrader's preprocessors are told."""
        return {"nbgrader": {"notebook": NOTEBOOK, "assignment": NAME, "db_url": self.database}}

    def sanitised(self, submission: dict) -> dict:
        """What nbgrader's own preprocessors make of a submission before they run it."""
        return _through(_SANITISE, submission, self.resources)

    def truth(self, *, with_release: bool = True) -> Truth:
        """What the assignment's notebook must have, by its gradebook."""
        with Gradebook(self.database) as book:
            notebook = book.find_notebook(NOTEBOOK, NAME)
            points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
            saved = {
                cell.name: SavedCell(cell.source, cell.checksum, cell.cell_type, cell.locked, points.get(cell.name))
                for cell in notebook.source_cells
            }
            kernelspec = json.loads(notebook.kernelspec)
        return Truth.from_notebooks(self.source, self.release if with_release else None, saved, kernelspec=kernelspec)


def _through(names: tuple[str, ...], notebook: dict, resources: dict) -> dict:
    node = nbformat.from_dict(deepcopy(notebook))
    for cell in node.cells:
        if isinstance(cell.source, list):
            cell.source = "".join(cell.source)
    for name in names:
        node, resources = getattr(preprocessors, name)().preprocess(node, resources)
    return json.loads(json.dumps(node))


def assignment(source: dict, folder: Path) -> Assignment:
    """Let nbgrader release `source`, with a gradebook in `folder`."""
    ask_here()
    database = f"sqlite:///{folder / 'gradebook.db'}"
    with Gradebook(database) as book:
        book.add_assignment(NAME)
    made = Assignment(source, {}, database)
    return Assignment(source, _through(_GENERATE, source, made.resources), database)


def opened(file: Path) -> dict:
    return json.loads(file.read_text(encoding="utf-8"))


@cache
def skm_source(language: str = "id") -> dict:
    name = {"id": "skm", "en": "skm-en"}[language]
    return opened(find("courses") / "_build" / "source" / name / f"{name}.ipynb")


def by_id(notebook: dict, grade_id: str) -> dict:
    """The cell of a notebook with that grade id."""
    return notebook["cells"][place(notebook, grade_id)]


def place(notebook: dict, grade_id: str) -> int:
    return ids(notebook).index(grade_id)


def answered(made: Assignment) -> dict:
    """The release with the reference's answers in it, as an honest trainee hands it in."""
    notebook = deepcopy(made.release)
    known = {id_of(cell): cell for cell in made.source["cells"]}
    for cell in notebook["cells"]:
        role = cell["metadata"].get("nbgrader") or {}
        if role.get("solution"):
            source = known[role["grade_id"]]["source"]
            cell["source"] = "".join(source) if isinstance(source, list) else source
            if cell["cell_type"] == "code":
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1\n"}]
                cell["execution_count"] = 7
    return notebook


def id_of(cell: dict) -> str | None:
    """The grade id of a cell."""
    return (cell["metadata"].get("nbgrader") or {}).get("grade_id")


def ids(notebook: dict) -> list[str | None]:
    """Grade ids of the cells, in order."""
    return [id_of(cell) for cell in notebook["cells"]]


def text(notebook: dict, grade_id: str) -> str:
    return by_id(notebook, grade_id)["source"]

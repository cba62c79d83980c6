"""A course of nbgrader's with a synthetic class in it: a few submissions graded by nbgrader, the rest put together.

Whoever is not graded has, cell by cell, the answer, the output and the points of somebody who is. That is not what a
grading engine would give (a task may call the function of another), but it is what a gradebook of sixty looks like.
"""

from __future__ import annotations

import random
import re
import shutil
import warnings
from copy import deepcopy
from pathlib import Path

import class_kit
import nbformat
from class_kit import Trainee

from mutu.course import author
from mutu.course.author import building
from mutu.course.author.variants import variants
from mutu.course.nbgrader import Folders, add_trainees, autograde, generate
from mutu.course.nbgrader import Trainee as Enrolled

NAME = "skm"
TIME = "2026-11-20 03:00:00.000000 UTC"
_SOLUTION = re.compile(r" *### (?:BEGIN|END) SOLUTION\n?")
TEST_OF = {f"tes-{cell}": cell for cell in class_kit.CELLS}


def graded(root: Path, trainees: list[Trainee]) -> Folders:
    """A course in which these people handed in and were graded."""
    folders = Folders(root / "kursus", root / "exchange")
    author.build()
    shutil.copytree(building.built(author.find("02").path.parent) / "source" / NAME, folders.course / "source" / NAME)
    generate(folders, NAME)
    add_trainees(folders, (Enrolled(each.id, each.name) for each in trainees))
    for each in trainees:
        hand_in(folders, each)
    autograde(folders, NAME)
    return folders


def known(name: str, number: int) -> Trainee:
    """A trainee with the answers of a known submission of the module: of "reference", or of a file of checks/."""
    module = author.find("02")
    (variant,) = [each for each in variants(module) if each.name == name]
    answers = {cell.id: cell.source for cell in module.cells["exercise"] if cell.kind == "answer"}
    solved = {cell: _SOLUTION.sub("", text) for cell, text in answers.items()}
    return Trainee(f"sintetis{number:02}", f"Peserta {name}", solved | dict(variant.cells))


def hand_in(folders: Folders, trainee: Trainee) -> None:
    """Put somebody's notebook where a submission belongs."""
    notebook = nbformat.read(folders.course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in trainee.cells:
            cell.source = trainee.cells[name]
    place = folders.course / "submitted" / trainee.id / NAME
    place.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, place / f"{NAME}.ipynb")
    (place / "timestamp.txt").write_text(TIME, encoding="utf-8")


def fill(folders: Folders, size: int, seed: int, *, looked_at: float = 0.0) -> list[str]:
    """Add people until the class has `size`, each with the cells of those who are graded; ids of the new ones.

    Parameters
    ----------
    folders : a course that `graded` made
    size : of the whole class
    seed : of what is drawn
    looked_at : share of the new ones whose reflection has points already
    """
    from nbgrader.api import Gradebook
    from nbgrader.utils import parse_utc

    dice = random.Random(seed)
    donors = {place.parent.name: nbformat.read(place / f"{NAME}.ipynb", as_version=4)
              for place in sorted(folders.course.glob(f"autograded/*/{NAME}"))}  # fmt: skip
    new = class_kit.honest(size, seed)[len(donors) :]
    add_trainees(folders, (Enrolled(each.id, each.name) for each in new))
    with Gradebook(folders.gradebook, "mutu") as book, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SQLAlchemy's about nbgrader's own models
        known = {who: {grade.name: grade for note in book.find_submission(NAME, who).notebooks for grade in note.grades}
                 for who in donors}  # fmt: skip
        for trainee in new:
            taken = {cell: dice.choice(sorted(donors)) for cell in class_kit.CELLS}
            _write(folders, trainee, donors, taken)
            submission = book.update_or_create_submission(NAME, trainee.id, timestamp=parse_utc(TIME))
            for grade in (grade for note in submission.notebooks for grade in note.grades):
                if grade.name in TEST_OF:
                    grade.auto_score = known[taken[TEST_OF[grade.name]]][grade.name].auto_score
                    grade.needs_manual_grade = False
                else:
                    seen = dice.random() < looked_at
                    grade.manual_score, grade.needs_manual_grade = (dice.randint(1, 4) if seen else None), not seen
        book.db.commit()
    return [each.id for each in new]


def _write(folders: Folders, trainee: Trainee, donors: dict[str, nbformat.NotebookNode], taken: dict[str, str]) -> None:
    by_id = {who: {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
             for who, notebook in donors.items()}  # fmt: skip
    notebook = deepcopy(next(iter(donors.values())))
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if (answer := TEST_OF.get(name, name)) in taken:
            cell.update(deepcopy(by_id[taken[answer]][name]))
        elif name == class_kit.TEXT:
            cell.source = trainee.cells[name]
    for step in ("submitted", "autograded"):
        place = folders.course / step / trainee.id / NAME
        place.mkdir(parents=True)
        nbformat.write(notebook, place / f"{NAME}.ipynb")
        (place / "timestamp.txt").write_text(TIME, encoding="utf-8")

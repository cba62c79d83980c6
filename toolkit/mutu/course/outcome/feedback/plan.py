"""What the trainer wrote about an assignment: its tasks by name, what to read again, the rubrics, the hidden tests.

All of it comes from the course's own source (or release), never from a submission. In the metadata of a graded cell
stands what to read again, a heading of the lesson or of the notebook itself:
`"mutu": {"read": "1. Rata-rata satu unsur"}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mutu.course.outcome.feedback.rubric import Level, levels
from mutu.course.outcome.feedback.secrets import Secrets, secrets
from mutu.course.outcome.feedback.split import Split
from mutu.course.outcome.notebook import cells, grade_id, load, part, role, text
from mutu.locale import LANGUAGES, current

_HEADING = re.compile(r"^(#{1,4})\s+(.+?)\s*#*$", re.MULTILINE)
_POINTS = re.compile(r"\s*[(\[]\s*[\d.,]+\s*(?:poin|points?|pts?|marks?|nilai)\s*[)\]]\s*$", re.IGNORECASE)
_MARKUP = re.compile(r"[*_`]+")


@dataclass(frozen=True)
class Task:
    """A cell that gives points: its title, and the ids of the trainee's cells that belong to it.

    `read` is the heading to read again and `where` it stands ("lesson" or "exercise"); `test` the text of its
    test cell with the hidden tests, `rubric` the levels of one graded by hand.
    """

    grade_id: str
    title: str
    answers: tuple[str, ...] = ()
    read: str = ""
    where: str = "lesson"
    test: Split = field(default_factory=lambda: Split(""))
    rubric: tuple[Level, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A notebook of an assignment as its trainer wrote it."""

    title: str
    language: str
    tasks: Mapping[str, Task]
    secrets: Secrets

    @property
    def titles(self) -> Mapping[str, str]:
        """Id of a cell that gives points, or of an answer -> the title of its task, where it has one."""
        with_title = (task for task in self.tasks.values() if task.title != task.grade_id)
        return {name: task.title for task in with_title for name in (*task.answers, task.grade_id)}


def plan(course: Path, assignment: str, notebook: str) -> Plan:
    """The plan of a notebook, from the course's source or, where that is missing, its release.

    A course that has neither gives a plan without tasks: points and comments can be told all the same.
    """
    files = (course / kind / assignment / f"{notebook}.ipynb" for kind in ("source", "release"))
    node = next((found for file in files if (found := load(file)) is not None), {})
    headings = _HEADING.findall("\n\n".join(_prose(cells(node))))
    own = {_plain(title) for _marks, title in headings}
    tasks = {task.grade_id: task for task in _tasks(cells(node), own)}
    spoken = part(node, "metadata", "mutu").get("language")
    return Plan(
        title=next((_plain(title) for marks, title in headings if len(marks) == 1), notebook),
        language=str(spoken) if spoken in LANGUAGES else current(),
        tasks=tasks,
        secrets=secrets((task.test for task in tasks.values()), "\n".join(_given(cells(node)))),
    )


def _tasks(found: Iterable[Mapping[str, Any]], own: set[str]) -> Iterator[Task]:
    """A task ends with the cell that gives its points; what stands between two belongs to the later one."""
    prose: list[str] = []
    answers: list[str] = []
    for cell in found:
        about = role(cell)
        if about.get("solution"):
            answers.append(grade_id(cell))
        graded = about.get("grade") or about.get("task")
        if cell.get("cell_type") == "markdown" and not about.get("solution"):
            prose.append(text(cell.get("source")))
        if graded:
            task = _task(cell, prose, tuple(answers))
            yield replace(task, where="exercise") if task.read in own else task
            prose, answers = [], []


def _task(cell: Mapping[str, Any], prose: list[str], answers: tuple[str, ...]) -> Task:
    by_hand = bool(role(cell).get("solution") or role(cell).get("task"))
    written = "\n\n".join(prose)
    headings = [title for marks, title in _HEADING.findall(_without_code(written)) if len(marks) > 1]
    title = _POINTS.sub("", _plain(headings[-1])) if headings else grade_id(cell)
    return Task(
        grade_id=grade_id(cell),
        title=title,
        answers=answers,
        read=_plain(text(part(cell, "metadata", "mutu").get("read"))),
        test=Split("" if by_hand else text(cell.get("source"))),
        rubric=levels(written) if by_hand else (),
    )


def _given(found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What every trainee reads in the notebook, tests left out."""
    return (
        text(cell.get("source")) for cell in found if not role(cell).get("solution") and not role(cell).get("grade")
    )


def _prose(found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    return (_without_code(text(cell.get("source"))) for cell in found if cell.get("cell_type") == "markdown")


def _without_code(markdown: str) -> str:
    return re.sub(r"```.*?```", "", markdown, flags=re.DOTALL)


def _plain(heading: str) -> str:
    return _MARKUP.sub("", heading).strip()

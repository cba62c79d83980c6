"""Which assignment of the course a notebook belongs to: by its own cells, whatever its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from mutu.course.collect import reading
from mutu.course.collect.reading import Reading
from mutu.errors import N_, InputError

_HALF = 0.5  # of the graded cells
_ENOUGH = 0.3  # of graded cells and texts together, where ids were lost or cells deleted
_ENDINGS = re.compile(
    r"(?:\.(?:ipynb|json|txt|zip|rar|7z|pdf|docx?|html?|eml|mbox|msg|csv|xlsx?|png|jpe?g|crdownload|part))+$",
    re.IGNORECASE,
)
_COPY = re.compile(r"[\s_-]*(?:\(\d+\)|copy\d*|salinan|kopi|-checkpoint)$", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Task:
    """A notebook of an assignment, by their names."""

    assignment: str
    notebook: str


class Assignments:
    """The notebooks of a course.

    Parameters
    ----------
    course : nbgrader's course, with source/ or release/

    Raises
    ------
    InputError : there is no assignment in it
    """

    def __init__(self, course: Path) -> None:
        files = _notebooks(course)
        self._known = {task: reading.read(file) for task, file in files.items()}
        self.lines = frozenset[str]().union(*(reading.lines(file) for task, file in files.items() if self._whole(task)))
        if not self._known:
            raise InputError(
                N_("{folder} has no assignments in source or release. Name nbgrader's course with --course-dir."),
                folder=course,
            )

    def names(self) -> list[Task]:
        """All notebooks of the course."""
        return sorted(self._known)

    def notebooks_of(self, assignment: str) -> int:
        """How many notebooks an assignment has."""
        return sum(task.assignment == assignment for task in self._known)

    def of(self, found: Reading, name: str) -> list[Task]:
        """The notebook of the course that was handed in; several when they cannot be told apart, none when it is other.

        Parameters
        ----------
        found : what the notebook says of itself
        name : its file name, which decides only between equals and where nothing else can be read
        """
        scores = {task: _agreement(found, known) for task, known in self._known.items()}
        best = max(scores.values())
        if not best:
            return self._by_name(name, self.names()) if found.damaged else []
        equal = sorted(task for task, score in scores.items() if score == best)
        marked = [task for task in equal if found.mark and self._known[task].mark == found.mark]
        equal = marked or equal
        return self._by_name(name, equal) or equal

    def _by_name(self, name: str, among: list[Task]) -> list[Task]:
        """Those whose notebook a file is named after, alone or behind «ID_»."""
        plain = stem(name).casefold()
        named = [
            task for task in among
            if plain == task.notebook.casefold() or plain.endswith(f"_{task.notebook.casefold()}")
        ]  # fmt: skip
        return named if len(named) == 1 else []

    def _whole(self, task: Task) -> bool:
        return not self._known[task].damaged


def stem(name: str) -> str:
    """A file's name without its endings, and without what browsers and people add to a copy.

    Examples
    --------
    >>> stem("p01_skm (2).ipynb.txt")
    'p01_skm'
    """
    plain = _ENDINGS.sub("", name.strip())
    while (shorter := _COPY.sub("", plain).strip()) != plain and shorter:
        plain = shorter
    return plain


def _notebooks(course: Path) -> dict[Task, Path]:
    """The notebooks as trainees have them; where nothing is released yet, their sources."""
    found: dict[Task, Path] = {}
    for step in ("source", "release"):
        for file in sorted((course / step).glob("*/*.ipynb")):
            found[Task(file.parent.name, file.stem)] = file
    return found


def _agreement(found: Reading, known: Reading) -> int:
    """How many graded cells and texts agree; 0 when that is too little to say that it is this notebook."""
    ids, texts = len(found.ids & known.ids), len(found.texts & known.texts)
    half = ids and ids >= _HALF * len(known.ids)
    if found.damaged or half or ids + texts >= _ENOUGH * (len(known.ids) + len(known.texts)):
        return ids + texts
    return 0

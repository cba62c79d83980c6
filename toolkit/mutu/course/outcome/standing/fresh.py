"""What was handed in and is not graded: what waits, and what cannot be graded, with the reason that grading gives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mutu.course.nbgrader import Course, ungraded
from mutu.course.nbgrader.configuration import Folders
from mutu.course.nbgrader.results import Assignment, Results
from mutu.errors import InputError

Reason = object | None
"""Why something cannot be graded: a sentence in whatever language is in use when it is asked for."""


def fresh(folders: Folders, found: Results) -> dict[tuple[str, str], Reason]:
    """Person's id and assignment of what waits to be graded -> why it cannot be; None where it can.

    Parameters
    ----------
    folders : the course
    found : its gradebook
    """
    waiting = ungraded(folders, {key: one.timestamp for key, one in found.submissions.items()})
    names = {name for _who, name in waiting if name in found.assignments}
    truths = {name: _truths(folders.course, found.assignments[name]) for name in names}
    course = Course.of(folders)
    return {
        (who, name): _why_not(course, folders.course / "submitted" / who / name, truths[name])
        for who, name in sorted(waiting)
        if name in truths
    }


def _truths(course: Path, assignment: Assignment) -> Mapping[str, Any]:
    """What each notebook of an assignment must have, by name; none where the course has lost it."""
    from mutu.course.grade.mend import Truth

    found = {}
    for name in dict.fromkeys(task.notebook for task in assignment.tasks):
        source, release = (_read(course / step / assignment.name / f"{name}.ipynb") for step in ("source", "release"))
        if (node := source or release) is None:
            return {}
        try:
            found[name] = Truth.from_notebooks(node, release, {})
        except InputError:
            return {}
    return found


def _read(file: Path) -> dict[str, Any] | None:
    from mutu.course.grade.mend import read

    return read(file.read_bytes()).notebook if file.is_file() else None


def _why_not(course: Course, place: Path, truths: Mapping[str, Any]) -> Reason:
    from mutu.course.grade import files
    from mutu.course.grade.mend import match

    found = match(files.read(place, course.ignored, course.largest_file).files, truths)
    if found.chosen or not found.reasons:
        return None
    return next(iter(found.reasons.values()))

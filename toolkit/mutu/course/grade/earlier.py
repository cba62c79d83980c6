"""Attempts that a newer one replaced before they were graded; where the better attempt counts they are graded too."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from mutu.course import replaced
from mutu.course.nbgrader import Course, Folders
from mutu.course.nbgrader.course import time_of
from mutu.course.nbgrader.reading import unwritten
from mutu.course.outcome import attempts
from mutu.errors import reason


def rounds(course: Course, assignment: str, students: str) -> Iterator[Course]:
    """The course as it was with the first of these attempts of each student, then with the second, and so on.

    Only what was handed in is as it was: points and what is graded go where they always go.
    """
    if not attempts.is_on(Folders(course.root, course.root)):
        return
    handed_in = course.submissions(assignment, students).items()
    waiting = {student: _ungraded(course, student, assignment, newest) for student, newest in handed_in}
    for number in range(max(map(len, waiting.values()), default=0)):
        with _scratch(course.root / replaced.FOLDER) as scratch:
            then = course.handed_in_at(Path(scratch))
            for student, places in waiting.items():
                if number < len(places):
                    shutil.copytree(places[number], then.folder("submitted", student, assignment), symlinks=True)
            yield then


def _scratch(place: Path) -> TemporaryDirectory[str]:
    try:
        return TemporaryDirectory(prefix=".giliran-", dir=place)
    except OSError as error:
        raise unwritten(place, reason(error)) from None


def _ungraded(course: Course, student: str, assignment: str, newest: Path) -> list[Path]:
    """Those between the one that was graded and the newest, the first one first."""
    last, graded = time_of(newest), time_of(course.folder("autograded", student, assignment))
    found = []
    for place in replaced.attempts(course.root, student, assignment):
        time = time_of(place)
        if time and last and time < last and not (graded and time <= graded) and _is_notebook(place):
            found.append((time, place))
    return [place for _time, place in sorted(found)]


def _is_notebook(place: Path) -> bool:
    return any(file.stat().st_size for file in place.glob("*.ipynb") if file.is_file() and not file.is_symlink())

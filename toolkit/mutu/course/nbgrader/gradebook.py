"""The gradebook: who takes part, which assignments there are, which marks were given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from mutu.course.nbgrader import unfit as found
from mutu.course.nbgrader import written
from mutu.course.nbgrader.configuration import COURSE_ID, Folders
from mutu.course.nbgrader.course import time_of
from mutu.course.nbgrader.reading import used
from mutu.course.nbgrader.schema import ask_here


@dataclass(frozen=True)
class Trainee:
    """A participant: id as in the names of handed-in files, full name, e-mail (may be empty)."""

    id: str
    name: str
    email: str = ""

    @property
    def names(self) -> tuple[str, str]:
        """First and last name without degrees, which formgrader shows as «last, first»."""
        return written.split(self.name)

    @property
    def is_described(self) -> bool:
        """Whether somebody wrote a name or an address; else it is an id that only came with a file."""
        return bool(self.name or self.email)


class Added(NamedTuple):
    """How many participants are new, how many have another name or address now, and how many are as they were."""

    new: int
    changed: int
    unchanged: int


def add_trainees(folders: Folders, trainees: Iterable[Trainee]) -> Added:
    """Add or update participants, all or none."""
    from nbgrader.api import Student

    trainees = tuple(trainees)
    names = written.read(folders.course)
    with _open(folders) as book:
        known = {student.id: student for student in book.students}
        changed = [each for each in trainees if each.id in known and each != _as_known(known[each.id], names)]
        for trainee in changed:
            known[trainee.id].first_name, known[trainee.id].last_name = trainee.names
            known[trainee.id].email = trainee.email or None
        new = [each for each in trainees if each.id not in known]
        for trainee in new:
            first, last = trainee.names
            book.db.add(Student(id=trainee.id, first_name=first, last_name=last, email=trainee.email or None))
        # a name that is written and not in the gradebook counts for nothing, so it may come first
        written.write(folders.course, {trainee.id: trainee.name for trainee in trainees})
        book.db.commit()
    return Added(len(new), len(changed), len(trainees) - len(new) - len(changed))


def _as_known(student: Any, names: Mapping[str, str]) -> Trainee:
    name = written.full_name(student.id, student.first_name, student.last_name, names)
    return Trainee(student.id, name, student.email or "")


def marks(folders: Folders, name: str) -> dict[str, dict[str, float | None]]:
    """Trainee -> grade id -> points given automatically (None where a person has to look)."""
    with _open(folders) as book:
        return {
            submission.student.id: {
                grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades
            }
            for submission in book.assignment_submissions(name)
        }


@dataclass(frozen=True)
class Waiting:
    """Submissions that wait for the trainer: to be graded automatically, and to be given points by hand.

    `unfit` are those that grading could not grade: student and assignment -> why, as data of grading's own.
    """

    automatic: int = 0
    by_hand: int = 0
    unfit: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)


def waiting(folders: Folders) -> Waiting:
    """What waits, by formgrader's own rules: a submission newer than the one that was graded waits anew.

    Raises
    ------
    MachineError : the gradebook cannot be read
    """
    known = _known(folders)
    fresh = ungraded(folders, {submission: time for submission, (time, _needed) in known.items()})
    by_hand = {submission for submission, (_time, needed) in known.items() if needed}
    unfit = {each: why for each in sorted(fresh) if (why := found.why(folders, *each)) is not None}
    return Waiting(len(fresh) - len(unfit), len(by_hand - fresh), unfit)


def ungraded(folders: Folders, graded: Mapping[tuple[str, str], datetime | None]) -> set[tuple[str, str]]:
    """Student and assignment of what was handed in and waits to be graded automatically.

    Parameters
    ----------
    folders : the course
    graded : student and assignment -> time handed in, of every submission in the gradebook
    """
    return {
        (student, name)
        for student, name, time in _handed_in(folders)
        if (student, name) not in graded
        or graded[student, name] != time
        or not (folders.course / "autograded" / student / name).is_dir()
    }


def _known(folders: Folders) -> dict[tuple[str, str], tuple[datetime | None, bool]]:
    """Student and assignment -> time handed in, whether points are missing: of every submission in the gradebook."""
    from nbgrader.api import Assignment, SubmittedAssignment

    if not folders.gradebook_file.exists():
        return {}
    who = SubmittedAssignment.student_id, Assignment.name
    what = SubmittedAssignment.timestamp, SubmittedAssignment.needs_manual_grade
    with _open(folders) as book:
        found = book.db.query(*who, *what).join(Assignment).all()
    return {(student, name): (time, needed) for student, name, time, needed in found}


def _handed_in(folders: Folders) -> Iterator[tuple[str, str, datetime | None]]:
    """Student, assignment and time of every submission that was collected."""
    for folder in (folders.course / "submitted").glob("*/*"):
        if folder.is_dir():
            yield folder.parent.name, folder.name, time_of(folder)


@contextmanager
def _open(folders: Folders) -> Iterator[Any]:
    from nbgrader.api import Gradebook

    folders.course.mkdir(parents=True, exist_ok=True)
    ask_here()
    with used(folders), Gradebook(folders.gradebook, COURSE_ID) as book:
        yield book

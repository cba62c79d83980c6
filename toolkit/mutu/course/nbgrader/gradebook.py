"""The gradebook: who takes part, which assignments there are, which marks were given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mutu.course.nbgrader.configuration import COURSE_ID, Folders
from mutu.course.nbgrader.schema import ask_here


@dataclass(frozen=True)
class Trainee:
    """A participant: id as in the names of handed-in files, full name, e-mail (may be empty)."""

    id: str
    name: str
    email: str = ""

    @property
    def names(self) -> tuple[str, str]:
        """First and last name, which formgrader shows as «last, first»; a single name has a dash for its last."""
        first, _space, last = self.name.rpartition(" ")
        return (first, last) if first else (last, "–")


def add_trainees(folders: Folders, trainees: Iterable[Trainee]) -> tuple[int, int]:
    """Add or update participants, all or none; returns how many are new and how many were there."""
    from nbgrader.api import Student

    with _open(folders) as book:
        known = {student.id: student for student in book.students}
        new = old = 0
        for trainee in trainees:
            first, last = trainee.names
            fields = {"first_name": first, "last_name": last, "email": trainee.email or None}
            if trainee.id in known:
                old += 1
                for name, value in fields.items():
                    setattr(known[trainee.id], name, value)
            else:
                new += 1
                book.db.add(Student(id=trainee.id, **fields))
        book.db.commit()
        return new, old


def assignments(folders: Folders) -> tuple[str, ...]:
    """Names of the assignments the gradebook knows."""
    with _open(folders) as book:
        return tuple(sorted(assignment.name for assignment in book.assignments))


def marks(folders: Folders, name: str) -> dict[str, dict[str, float | None]]:
    """Trainee -> grade id -> points given automatically (None where a person has to look)."""
    with _open(folders) as book:
        return {
            submission.student.id: {
                grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades
            }
            for submission in book.assignment_submissions(name)
        }


def _open(folders: Folders) -> Any:
    from nbgrader.api import Gradebook

    folders.course.mkdir(parents=True, exist_ok=True)
    ask_here()
    return Gradebook(folders.gradebook, COURSE_ID)

"""What the gradebook knows of a class, read at once: people, assignments, and every point that was given.

A few queries whatever the size of the class; the file is opened read-only, so that reading while somebody grades
changes nothing and no gradebook is made where there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from mutu.course.nbgrader import written
from mutu.course.nbgrader.configuration import Folders
from mutu.course.nbgrader.reading import opened, used, without_password
from mutu.errors import N_, InputError

# nbgrader writes the cells in the order of the notebook and keeps no other trace of it
_POSITION = "base_cell.rowid"


@dataclass(frozen=True)
class Person:
    """Somebody in the class list; `email` and `lms_id` are empty where nobody wrote them.

    full_name : as the class list writes it, with degrees; empty where that says no more than first and last name
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    full_name: str = ""

    @property
    def name(self) -> str:
        """The name as the class list has it; the id where there is none."""
        return self.full_name or written.joined(self.first_name, self.last_name) or self.id


@dataclass(frozen=True)
class Task:
    """A cell of an assignment that gives points; `cell_type` is "code", "markdown" or "task"."""

    notebook: str
    grade_id: str
    cell_type: str
    max_score: float


@dataclass(frozen=True)
class Assignment:
    """An assignment with its tasks in the order of notebook and gradebook; times are UTC without a zone."""

    name: str
    duedate: datetime | None = None
    tasks: tuple[Task, ...] = ()

    @property
    def max_score(self) -> float:
        """All points there are."""
        return sum(task.max_score for task in self.tasks)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Notebook and grade id of each task."""
        return tuple((task.notebook, task.grade_id) for task in self.tasks)


def counted(auto: float | None, manual: float | None, extra: float | None) -> float:
    """Points of a cell by nbgrader's own rule: by hand before automatic, extra credit on top, nothing is 0."""
    given = auto if manual is None else manual
    return 0.0 if given is None else float(given) + float(extra or 0.0)


@dataclass(frozen=True)
class CellGrade:
    """The points of one cell of one submission, as nbgrader keeps them."""

    grade_id: str
    cell_type: str
    max_score: float
    auto_score: float | None = None
    manual_score: float | None = None
    extra_credit: float | None = None
    needs_manual_grade: bool = True

    @property
    def score(self) -> float:
        """What counts of them."""
        return counted(self.auto_score, self.manual_score, self.extra_credit)

    @property
    def is_by_hand(self) -> bool:
        """Whether a person typed points, also the automatic ones or none extra, and they hold."""
        typed = self.manual_score is not None or self.extra_credit is not None
        return typed and not self.needs_manual_grade


@dataclass(frozen=True)
class CellComment:
    """What was written to the trainee about a cell; `text` is nbgrader's own choice of the two."""

    grade_id: str
    auto_comment: str | None = None
    manual_comment: str | None = None

    @property
    def text(self) -> str | None:
        """By hand before automatic."""
        return self.auto_comment if self.manual_comment is None else self.manual_comment


@dataclass(frozen=True)
class NotebookResult:
    """One notebook of a submission; `late_penalty` is what nbgrader takes off the notebook's points."""

    notebook: str
    grades: tuple[CellGrade, ...] = ()
    comments: tuple[CellComment, ...] = ()
    late_penalty: float = 0.0
    flagged: bool = False


@dataclass(frozen=True)
class Submission:
    """What one person handed in for one assignment; `timestamp` is UTC without a zone, None when none came with it."""

    student: str
    assignment: str
    timestamp: datetime | None = None
    extension: timedelta | None = None
    notebooks: tuple[NotebookResult, ...] = ()

    @cached_property
    def grades(self) -> dict[tuple[str, str], CellGrade]:
        """(notebook, grade id) -> its points."""
        return {(book.notebook, grade.grade_id): grade for book in self.notebooks for grade in book.grades}

    @property
    def raw_score(self) -> float:
        """Points before anything is taken off for being late."""
        return sum(grade.score for grade in self.grades.values())

    @property
    def late_penalty(self) -> float:
        """What is taken off for being late."""
        return sum(book.late_penalty for book in self.notebooks)

    @property
    def score(self) -> float:
        """Points after the penalty, never below 0, as nbgrader exports them."""
        return max(0.0, self.raw_score - self.late_penalty)

    @property
    def needs_manual_grade(self) -> bool:
        """Whether some cell still waits for a person."""
        return any(grade.needs_manual_grade for grade in self.grades.values())


@dataclass(frozen=True)
class Results:
    """The class: people by id, assignments by name, submissions by (person's id, assignment's name)."""

    people: Mapping[str, Person] = field(default_factory=dict)
    assignments: Mapping[str, Assignment] = field(default_factory=dict)
    submissions: Mapping[tuple[str, str], Submission] = field(default_factory=dict)

    def of(self, assignment: str) -> tuple[Submission, ...]:
        """The submissions of an assignment, by id of the person."""
        return tuple(found for (_who, name), found in sorted(self.submissions.items()) if name == assignment)


def results(folders: Folders, assignments: Iterable[str] | None = None, student: str | None = None) -> Results:
    """Read the gradebook of a course.

    Parameters
    ----------
    folders : the course
    assignments : names to read; all unless given, and names that are not in the gradebook are left out
    student : whose submissions are read; everybody's unless given

    Raises
    ------
    InputError : the course has no gradebook yet
    MachineError : the gradebook cannot be read
    """
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    file = folders.gradebook_file
    if folders.is_served:
        raise InputError(
            N_(
                "The gradebook of {folder} is in the database {address}, and only one in an SQLite file is read here. "
                "Use nbgrader export for its marks."
            ),
            folder=folders.course, address=without_password(folders.database),
        )  # fmt: skip
    if not file.is_file():
        raise InputError(
            N_("There is no gradebook in {folder} yet. Grade a module first, or name the course with --course-dir."),
            folder=folders.course,
        )
    engine = create_engine("sqlite://", creator=lambda: opened(file), poolclass=NullPool)
    try:
        with used(folders), engine.connect() as book:
            return _read(book, folders.course, None if assignments is None else set(assignments), student)
    finally:
        engine.dispose()


def _read(book: Any, course: Path, wanted: set[str] | None, student: str | None) -> Results:
    found = _assignments(book)
    kept = {name: each for name, each in found.items() if wanted is None or name in wanted}
    return Results(_people(book, written.read(course)), kept, _submissions(book, wanted, student))


def _people(book: Any, names: Mapping[str, str]) -> dict[str, Person]:
    from nbgrader.api import Student
    from sqlalchemy import select

    columns = Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id
    rows = book.execute(select(*columns).order_by(Student.id))
    return {
        id_: Person(id_, first or "", last or "", email or "", lms or "", written.full_name(id_, first, last, names))
        for id_, first, last, email, lms in rows
    }


def _assignments(book: Any) -> dict[str, Assignment]:
    from nbgrader import api
    from sqlalchemy import select, text

    chosen, points = _graded_cells(api.Assignment.name, api.Notebook.name)
    chosen = chosen.join(api.Notebook.__table__).join(api.Assignment.__table__)
    tasks = defaultdict[str, list[Task]](list)
    for name, *task in book.execute(chosen.where(points.is_not(None)).order_by(api.Notebook.name, text(_POSITION))):
        tasks[name].append(Task(*task))
    rows = book.execute(select(api.Assignment.name, api.Assignment.duedate).order_by(api.Assignment.name))
    return {name: Assignment(name, due, tuple(tasks[name])) for name, due in rows}


def _graded_cells(*first: Any) -> tuple[Any, Any]:
    """A query of the cells that give points: `first`, grade id, type, points; and the column of the points."""
    from nbgrader import api
    from sqlalchemy import String, case, func, select

    cell, grade, task = api.BaseCell.__table__, api.GradeCell.__table__, api.TaskCell.__table__
    points = func.coalesce(grade.c.max_score, task.c.max_score)
    kind = case((task.c.id.is_not(None), "task"), else_=grade.c.cell_type.cast(String()))
    chosen = select(*first, cell.c.name, kind, points).select_from(cell)
    return chosen.outerjoin(grade, grade.c.id == cell.c.id).outerjoin(task, task.c.id == cell.c.id), points


def _submissions(book: Any, wanted: set[str] | None, student: str | None) -> dict[tuple[str, str], Submission]:
    from nbgrader.api import Assignment as Known
    from nbgrader.api import SubmittedAssignment as Handed
    from sqlalchemy import select

    chosen = select(Handed.id, Handed.student_id, Known.name, Handed.timestamp, Handed.extension)
    chosen = chosen.join(Known.__table__, Known.id == Handed.assignment_id)
    if wanted is not None:
        chosen = chosen.where(Known.name.in_(wanted))
    if student is not None:
        chosen = chosen.where(Handed.student_id == student)
    everything = wanted is None and student is None
    notebooks = _notebooks(book, None if everything else chosen.with_only_columns(Handed.id))
    return {
        (who, name): Submission(who, name, time, extension, tuple(notebooks[key]))
        for key, who, name, time, extension in book.execute(chosen.order_by(Handed.student_id))
    }


def _notebooks(book: Any, of: Any) -> dict[str, list[NotebookResult]]:
    """Key of the submission -> its notebooks by name; `of` is a query of the keys that are meant, None for all."""
    from nbgrader.api import Notebook
    from nbgrader.api import SubmittedNotebook as Handed
    from sqlalchemy import select

    chosen = select(Handed.id, Handed.assignment_id, Notebook.name, Handed.late_submission_penalty, Handed.flagged)
    chosen = _among(chosen.join(Notebook.__table__), Handed.assignment_id, of)
    keys = None if of is None else chosen.with_only_columns(Handed.id)
    grades, comments = _grades(book, keys), _comments(book, keys)
    found = defaultdict[str, list[NotebookResult]](list)
    for key, where, name, penalty, flagged in book.execute(chosen.order_by(Notebook.name)):
        result = NotebookResult(name, tuple(grades[key]), tuple(comments[key]), penalty or 0.0, bool(flagged))
        found[where].append(result)
    return found


def _among(chosen: Any, key: Any, of: Any) -> Any:
    """The rows of a query whose key another query gives; a query of all keys would only make it slow."""
    return chosen if of is None else chosen.where(key.in_(of))


def _grades(book: Any, of: Any) -> dict[str, list[CellGrade]]:
    """Key of the submitted notebook -> points of its cells, in the notebook's order."""
    from nbgrader import api
    from sqlalchemy import text

    given = api.Grade.__table__.c
    chosen, points = _graded_cells(given.notebook_id)
    chosen = chosen.join(api.Grade.__table__, given.cell_id == api.BaseCell.id)
    chosen = _among(chosen.where(points.is_not(None)), given.notebook_id, of)
    chosen = chosen.add_columns(given.auto_score, given.manual_score, given.extra_credit, given.needs_manual_grade)
    found = defaultdict[str, list[CellGrade]](list)
    for key, *grade in book.execute(chosen.order_by(text(_POSITION))):
        found[key].append(CellGrade(*grade))
    return found


def _comments(book: Any, of: Any) -> dict[str, list[CellComment]]:
    """Key of the submitted notebook -> its comments that say something, in the notebook's order."""
    from nbgrader import api
    from sqlalchemy import select, text

    said = api.Comment.__table__.c
    chosen = select(said.notebook_id, api.BaseCell.name, said.auto_comment, said.manual_comment)
    chosen = _among(chosen.select_from(api.Comment.__table__), said.notebook_id, of)
    chosen = chosen.join(api.BaseCell.__table__, api.BaseCell.id == said.cell_id)
    found = defaultdict[str, list[CellComment]](list)
    for key, *comment in book.execute(chosen.order_by(text(_POSITION))):
        if any(comment[1:]):
            found[key].append(CellComment(*comment))
    return found

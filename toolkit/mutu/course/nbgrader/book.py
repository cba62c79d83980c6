"""Writing what was graded into the gradebook, row by row as nbgrader's autograder does, a submission at a time."""

from __future__ import annotations

import datetime as dt
import json
import logging
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from mutu.course.nbgrader.course import Course, quickly
from mutu.course.nbgrader.results import counted
from mutu.errors import N_, InputError

NO_RESPONSE = "No response."


@dataclass(frozen=True)
class KeptCell:
    """A cell of the assignment in the gradebook; `points` is None where the cell gives none."""

    source: str
    checksum: str | None
    cell_type: str
    locked: bool
    points: float | None


@dataclass(frozen=True)
class KeptNotebook:
    """A notebook of the assignment in the gradebook: its kernel, its cells by grade id."""

    kernelspec: Mapping[str, Any]
    cells: Mapping[str, KeptCell]


@dataclass(frozen=True)
class Marked:
    """What is known of one notebook of a submission.

    Attributes
    ----------
    scores : grade id -> points given automatically, None where a person has to give them
    doubted : grade ids whose points a person should look at
    untouched : answers that are what was handed out
    """

    scores: Mapping[str, float | None]
    untouched: Mapping[str, bool] = field(default_factory=dict)
    doubted: frozenset[str] = frozenset()


class Book:
    """The gradebook with one assignment of it in hand; a context manager.

    Raises
    ------
    InputError : the gradebook does not have the assignment
    """

    def __init__(self, course: Course, assignment: str) -> None:
        with quickly():
            from nbgrader.api import Gradebook, MissingEntry
        from mutu.course.nbgrader.schema import ask_here

        warnings.filterwarnings("ignore", module="sqlalchemy")  # about nbgrader's own models
        ask_here()
        self._course = course
        self._book = Gradebook(course.database, course.course_id)
        self._book.db().expire_on_commit = False  # what was written is known
        try:
            self._assignment = self._book.find_assignment(assignment)
        except MissingEntry:
            self._book.close()
            raise InputError(
                N_(
                    "The gradebook does not know the assignment «{name}». "
                    "Release it first: nbgrader generate_assignment {name}"
                ),
                name=assignment,
            ) from None
        self._graded = {
            notebook.name: {cell.name: cell for cell in [*notebook.grade_cells, *notebook.task_cells]}
            for notebook in self._assignment.notebooks
        }
        self._answered = {
            notebook.name: {cell.name: cell for cell in [*notebook.solution_cells, *notebook.task_cells]}
            for notebook in self._assignment.notebooks
        }

    def notebooks(self) -> dict[str, KeptNotebook]:
        """The notebooks of the assignment by name."""
        return {notebook.name: self._kept(notebook) for notebook in self._assignment.notebooks}

    def _kept(self, notebook: Any) -> KeptNotebook:
        points = {name: float(cell.max_score) for name, cell in self._graded[notebook.name].items()}
        cells = {
            cell.name: KeptCell(cell.source, cell.checksum, cell.cell_type, bool(cell.locked), points.get(cell.name))
            for cell in notebook.source_cells
        }
        return KeptNotebook(json.loads(notebook.kernelspec or "{}"), cells)

    @property
    def may_add(self) -> bool:
        """Whether somebody who handed in and is not in the gradebook is added to it."""
        return bool(self._course.setting("Autograde", "create_student", True))

    def knows(self, student: str) -> bool:
        """Whether the gradebook has that trainee."""
        from nbgrader.api import Student

        return self._book.db.get(Student, student) is not None

    def marks(self, student: str, *, again: bool = False) -> Marks | None:
        """What the gradebook says of a submission; None where it was never graded.

        Read `again` where others have written to it since.
        """
        if again:
            self._book.db.expire_all()
        found = self._find(student)
        return None if found is None else Marks.of(found)

    def record(
        self, student: str, time: dt.datetime | None, marked: Mapping[str, Marked], names: Collection[str]
    ) -> Marks:
        """Write a submission; those of the notebooks `names` that are not in `marked` were not handed in.

        Returns
        -------
        The submission's points, all there are, and whether a person has to look.
        """
        with self._book.db.no_autoflush:
            submission = self._submission(student, time)
        for notebook in submission.notebooks:
            if notebook.name not in names:
                continue
            done = marked.get(notebook.name)
            for grade in notebook.grades:
                self._write_grade(grade, done)
            for comment in notebook.comments:
                name = comment.cell.name
                if done is not None and name in done.untouched:
                    comment.auto_comment = NO_RESPONSE if done.untouched[name] else None
        self._book.db.commit()
        self._penalise(submission)
        return Marks.of(submission)

    def _write_grade(self, grade: Any, done: Marked | None) -> None:
        name = grade.cell.name
        if done is None:
            grade.auto_score, grade.needs_manual_grade = 0, False
        elif name in done.scores:
            grade.auto_score = done.scores[name]
            waits = grade.manual_score is not None or grade.auto_score is None or name in done.doubted
            grade.needs_manual_grade = waits

    def _submission(self, student: str, time: dt.datetime | None) -> Any:
        from nbgrader.api import Student

        db = self._book.db
        if db.get(Student, student) is None:
            db.add(Student(id=student))
            db.flush()
        found = self._find(student)
        if found is None:
            found = self._new_submission(student)
        if time is not None:
            found.timestamp = time
        return found

    def _find(self, student: str) -> Any:
        from nbgrader.api import SubmittedAssignment

        rows = self._book.db.query(SubmittedAssignment)
        return rows.filter_by(assignment_id=self._assignment.id, student_id=student).first()

    def _new_submission(self, student: str) -> Any:
        from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook

        db = self._book.db
        submission = SubmittedAssignment(assignment=self._assignment, student=db.get(Student, student))
        for notebook in self._assignment.notebooks:
            handed_in = SubmittedNotebook(notebook=notebook, assignment=submission)
            for cell in self._graded[notebook.name].values():
                Grade(cell=cell, notebook=handed_in)
            for cell in self._answered[notebook.name].values():
                Comment(cell=cell, notebook=handed_in)
        db.add(submission)
        db.flush()
        return submission

    def _penalise(self, submission: Any) -> None:
        """Points off for a late submission, by the course's own plug-in, kept between 0 and the notebook's points."""
        late = submission.total_seconds_late
        for notebook in submission.notebooks:
            notebook.late_submission_penalty = None
            if late > 0:
                self._book.db.expire(notebook)
                penalty = self._late_plugin.late_submission_penalty(submission.student_id, notebook.score, late)
                if penalty is not None:
                    notebook.late_submission_penalty = min(max(penalty, 0), notebook.score)
        self._book.db.commit()

    @property
    def _late_plugin(self) -> Any:
        from nbgrader.preprocessors import AssignLatePenalties

        with self._course.findable():
            step = AssignLatePenalties(config=self._course.config, log=logging.getLogger("mutu.course.nbgrader"))
            step.init_plugin()
        return step.plugin_inst

    def close(self) -> None:
        """Close the gradebook."""
        self._book.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


@dataclass(frozen=True)
class Marks:
    """Points of a submission, all there are, and whether a person has to look."""

    score: float
    max_score: float
    needs_manual: bool

    @classmethod
    def of(cls, submission: Any) -> Marks:
        """What the gradebook now says."""
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        off = sum(notebook.late_submission_penalty or 0.0 for notebook in submission.notebooks)
        given = sum(counted(grade.auto_score, grade.manual_score, grade.extra_credit) for grade in grades)
        return cls(
            max(0.0, given - off),
            sum(float(grade.cell.max_score) for grade in grades),
            any(grade.needs_manual_grade for grade in grades),
        )

"""Writing what was graded into the gradebook, row by row as nbgrader's autograder does, a submission at a time."""

from __future__ import annotations

import datetime as dt
import logging
import warnings
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import cached_property, wraps
from threading import Thread, get_ident
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from mutu.course.nbgrader import kept
from mutu.course.nbgrader.course import Course
from mutu.course.nbgrader.importing import part
from mutu.course.nbgrader.kept import KeptNotebook
from mutu.course.nbgrader.marked import Marked
from mutu.course.nbgrader.reading import used
from mutu.course.nbgrader.rows import Form, Marks, Rows, read
from mutu.course.nbgrader.schema import ask_here
from mutu.course.nbgrader.tables import clause
from mutu.errors import N_, InputError

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def _asks(
    method: Callable[Concatenate[Book, _Given], _Found],
) -> Callable[Concatenate[Book, _Given], _Found]:
    """A method that asks the gradebook, or writes to it: what the database says becomes a sentence."""

    @wraps(method)
    def asking(book: Book, /, *words: _Given.args, **named: _Given.kwargs) -> _Found:
        with used(book.address):
            return method(book, *words, **named)

    return asking


class Book:
    """The gradebook with one assignment of it in hand; a context manager.

    Raises
    ------
    InputError : the gradebook does not have the assignment
    MachineError : it is in use by another program, cannot be written, or is damaged; so do its methods
    """

    def __init__(self, course: Course, assignment: str) -> None:
        self.address = course.database
        self._course, self._name = course, assignment
        self._kept = kept.at_once(course.database, assignment)
        self._opening = Thread(target=self._begin, name="mutu-gradebook")
        if self._kept is None:
            _ = self._book, self._form  # nbgrader makes what is missing, or it is said what is wrong
        else:
            self._opening.start()

    def _begin(self) -> None:
        """Open it while another thread waits for something; whoever asks it waits, and is told what is wrong."""
        with suppress(Exception):
            _ = self._form

    @cached_property
    @_asks
    def _db(self) -> Any:
        """A connection to it."""
        from sqlalchemy import create_engine

        return create_engine(self.address).connect()

    @cached_property
    @_asks
    def _form(self) -> Form:
        form = Form.of(self._db, self._name)
        if form is None:
            self.close()
            raise InputError(
                N_(
                    "The gradebook does not know the assignment «{name}». "
                    "Release it first: nbgrader generate_assignment {name}"
                ),
                name=self._name,
            )
        return form

    @cached_property
    @_asks
    def _book(self) -> Any:
        """The gradebook as nbgrader has it, which its plug-ins need."""
        api = part("api")
        warnings.filterwarnings("ignore", module="sqlalchemy")  # about nbgrader's own models
        ask_here()
        return api.Gradebook(self.address, self._course.course_id)

    @_asks
    def notebooks(self) -> dict[str, KeptNotebook]:
        """The notebooks of the assignment by name."""
        if self._kept is None:
            from sqlalchemy import text

            self._kept = kept.notebooks(lambda asked, named: self._db.execute(text(asked), named), self._name)
        return self._kept

    @property
    def due(self) -> dt.datetime | None:
        """Until when the assignment was to be handed in, UTC without a zone."""
        return self._form.due

    @property
    def may_add(self) -> bool:
        """Whether somebody who handed in and is not in the gradebook is added to it."""
        return bool(self._course.setting("Autograde", "create_student", True))

    @_asks
    def knows(self, student: str) -> bool:
        """Whether the gradebook has that trainee."""
        return student in self._people or bool(self._ids(student))

    @cached_property
    def _people(self) -> frozenset[str]:
        return frozenset(self._ids())

    def _ids(self, *among: str) -> list[str]:
        """The trainees in the gradebook now, or those of them that are named."""
        from sqlalchemy import select

        key = clause("student").c.id
        chosen = select(key).where(key.in_(among)) if among else select(key)
        return list(self._db.scalars(chosen))

    @_asks
    def marks(self, student: str, *, again: bool = False) -> Marks | None:
        """What the gradebook said of a submission when it was first asked; None where it was never graded.

        Ask `again` where somebody has written to it since.
        """
        if not again:
            return self._before.get(student)
        found = read(self._db, self._form, student).get(student)
        return None if found is None else found.marks

    @cached_property
    def _before(self) -> dict[str, Marks]:
        return {student: rows.marks for student, rows in read(self._db, self._form).items()}

    @_asks
    def record(
        self, student: str, time: dt.datetime | None, marked: Mapping[str, Marked], names: Collection[str]
    ) -> Marks:
        """Write a submission; those of the notebooks `names` that are not in `marked` were not handed in.

        Returns
        -------
        The submission's points, all there are, and whether a person has to look.
        """
        from sqlalchemy.exc import IntegrityError

        try:
            rows = self._written(student, time, marked, names, is_there=student in self._before)
        except IntegrityError:  # somebody else has put the trainee or the submission there meanwhile
            self._db.rollback()
            rows = self._written(student, time, marked, names, is_there=True)
        if rows.may_be_late:
            self._penalise(rows)
        return rows.marks

    def _written(
        self, student: str, time: dt.datetime | None, marked: Mapping[str, Marked], names: Collection[str],
        *, is_there: bool,
    ) -> Rows:  # fmt: skip
        from sqlalchemy import insert

        db = self._db
        rows = read(db, self._form, student).get(student) if is_there else None
        if rows is None:
            rows = Rows.new(self._form, student)
            if not (self.knows(student) if is_there else student in self._people):
                db.execute(insert(clause("student")), {"id": student})
        rows.write(db, time, marked, names)
        db.commit()
        return rows

    def _penalise(self, rows: Rows) -> None:
        """Points off for a late submission, by the course's own plug-in, kept between 0 and the notebook's points."""
        db = self._book.db
        submission = db.get(part("api").SubmittedAssignment, rows.submission["id"])
        db.expire(submission)
        late = submission.total_seconds_late
        for notebook in submission.notebooks if late > 0 else ():
            db.expire(notebook)
            penalty = self._late_plugin.late_submission_penalty(submission.student_id, notebook.score, late)
            if penalty is not None:
                taken = notebook.late_submission_penalty = min(max(penalty, 0), notebook.score)
                rows.notebooks[notebook.id]["late_submission_penalty"] = taken
        db.commit()

    @property
    def _late_plugin(self) -> Any:
        with self._course.findable():
            log = logging.getLogger("mutu.course.nbgrader")
            step = part("preprocessors").AssignLatePenalties(config=self._course.config, log=log)
            step.init_plugin()
        return step.plugin_inst

    def close(self) -> None:
        """Close the gradebook."""
        if self._opening.ident not in (None, get_ident()):
            self._opening.join()
        if "_db" in vars(self):
            self._db.close()
            self._db.engine.dispose()
        if "_book" in vars(self):
            self._book.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

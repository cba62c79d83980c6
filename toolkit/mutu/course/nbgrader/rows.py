"""The rows that a submission has in the gradebook: made or read, filled in, written, a table at once.

nbgrader's own objects do the same one by one, with a question to the gradebook for each.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mutu.course.nbgrader import marked
from mutu.course.nbgrader.importing import part
from mutu.course.nbgrader.marked import Marked
from mutu.course.nbgrader.results import CellGrade, NotebookResult, Submission

Row = dict[str, Any]
_POINTS = ("auto_score", "manual_score", "extra_credit", "needs_manual_grade")
# what is read of them, in the order in which they lean on one another
_COLUMNS = {
    "SubmittedAssignment": ("id", "student_id", "timestamp", "extension"),
    "SubmittedNotebook": ("id", "assignment_id", "notebook_id", "late_submission_penalty"),
    "Grade": ("id", "notebook_id", "cell_id", *_POINTS),
    "Comment": ("id", "notebook_id", "cell_id"),
}


@dataclass(frozen=True)
class Marks:
    """Points of a submission, all there are, and whether a person has to look; `submission` has the cells."""

    score: float
    max_score: float
    needs_manual: bool
    submission: Submission | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Form:
    """What a submission of an assignment has rows for, by the gradebook's keys.

    Attributes
    ----------
    assignment, name, due : the assignment's key and name, and the time (UTC without a zone) after which a submission
        is late
    notebooks : notebook -> its name
    graded : notebook -> its cells that give points
    answered : notebook -> its cells that may have a comment
    names : cell -> grade id
    most : cell -> all points there are
    """

    assignment: str
    name: str
    due: dt.datetime | None
    notebooks: Mapping[str, str]
    graded: Mapping[str, tuple[str, ...]]
    answered: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    most: Mapping[str, float]

    @classmethod
    def of(cls, assignment: Any) -> Form:
        """Of an assignment of nbgrader's."""
        found = assignment.notebooks
        graded = {each.id: [*each.grade_cells, *each.task_cells] for each in found}
        answered = {each.id: [*each.solution_cells, *each.task_cells] for each in found}
        cells = [cell for each in (*graded.values(), *answered.values()) for cell in each]
        return cls(
            assignment.id,
            assignment.name,
            assignment.duedate,
            notebooks={each.id: each.name for each in found},
            graded={key: tuple(cell.id for cell in each) for key, each in graded.items()},
            answered={key: tuple(cell.id for cell in each) for key, each in answered.items()},
            names={cell.id: cell.name for cell in cells},
            most={cell.id: float(cell.max_score) for each in graded.values() for cell in each},
        )


@dataclass
class Rows:
    """The rows of one submission: table -> key -> columns."""

    form: Form
    tables: Mapping[str, dict[str, Row]]
    is_new: bool = False

    @classmethod
    def new(cls, form: Form, student: str) -> Rows:
        """As they are before anything is graded."""
        made = cls(form, {table: {} for table in _COLUMNS}, is_new=True)
        submission = made._add(
            "SubmittedAssignment", assignment_id=form.assignment, student_id=student, timestamp=None, extension=None
        )
        for notebook in form.notebooks:
            handed_in = made._add(
                "SubmittedNotebook", assignment_id=submission, notebook_id=notebook, late_submission_penalty=None
            )
            for cell in form.graded[notebook]:
                points = {"auto_score": None, "manual_score": None, "extra_credit": None, "needs_manual_grade": True}
                made._add("Grade", notebook_id=handed_in, cell_id=cell, **points)
            for cell in form.answered[notebook]:
                made._add("Comment", notebook_id=handed_in, cell_id=cell, auto_comment=None)
        return made

    def _add(self, table: str, **columns: Any) -> str:
        key: str = part("api").new_uuid()
        self.tables[table][key] = {"id": key, **columns}
        return key

    @property
    def submission(self) -> Row:
        """The row of the submission itself."""
        (found,) = self.tables["SubmittedAssignment"].values()
        return found

    @property
    def notebooks(self) -> dict[str, Row]:
        """The rows of its notebooks."""
        return self.tables["SubmittedNotebook"]

    def write(self, db: Any, time: dt.datetime | None, done: Mapping[str, Marked], names: Collection[str]) -> None:
        """Fill them in by what is known of the notebooks `names`, and hand them to a session, which is not committed.

        Raises
        ------
        sqlalchemy.exc.IntegrityError : they are new here, and somebody else has made them meanwhile
        """
        from sqlalchemy import insert, update

        changes = self._changes(time, done, names)
        for table, changed in changes.items():
            for change in changed:
                self.tables[table][change["id"]].update(change)
        for table in _COLUMNS:
            if self.is_new and self.tables[table]:
                db.execute(insert(_table(table)), list(self.tables[table].values()))
            elif not self.is_new and changes[table]:
                db.execute(update(getattr(part("api"), table)), changes[table])

    def _changes(
        self, time: dt.datetime | None, done: Mapping[str, Marked], names: Collection[str]
    ) -> dict[str, list[Row]]:
        found = defaultdict[str, list[Row]](list)
        if time is not None:
            found["SubmittedAssignment"].append({"id": self.submission["id"], "timestamp": time})
        found["SubmittedNotebook"] += ({"id": key, "late_submission_penalty": None} for key in self.notebooks)
        for row, notebook, name in self._cells("Grade", names):
            if change := marked.points(done.get(notebook), name, row):
                found["Grade"].append({"id": row["id"], **change})
        for row, notebook, name in self._cells("Comment", names):
            if change := marked.comment(done.get(notebook), name):
                found["Comment"].append({"id": row["id"], **change})
        return found

    def _cells(self, table: str, names: Collection[str]) -> Iterator[tuple[Row, str, str]]:
        """Its rows of the notebooks `names`, with the notebook's name and the grade id."""
        for row in self.tables[table].values():
            notebook = self.form.notebooks[self.notebooks[row["notebook_id"]]["notebook_id"]]
            if notebook in names:
                yield row, notebook, self.form.names[row["cell_id"]]

    @property
    def may_be_late(self) -> bool:
        """Whether nbgrader has to be asked how late it is."""
        time, due = self.submission["timestamp"], self.form.due
        return time is not None and due is not None and time > due + (self.submission["extension"] or dt.timedelta())

    @property
    def marks(self) -> Marks:
        """What they say."""
        found = self._submission
        grades = found.grades.values()
        return Marks(found.score, sum(grade.max_score for grade in grades), found.needs_manual_grade, found)

    @property
    def _submission(self) -> Submission:
        """The same as it is read for everybody else."""
        cells = defaultdict[str, list[CellGrade]](list)
        for row in self.tables["Grade"].values():
            name, most = self.form.names[row["cell_id"]], self.form.most[row["cell_id"]]
            points = {column: row[column] for column in _POINTS}
            cells[row["notebook_id"]].append(CellGrade(name, "", most, **points))
        notebooks = tuple(
            NotebookResult(self.form.notebooks[row["notebook_id"]], tuple(cells[key]), (),
                           row["late_submission_penalty"] or 0.0)
            for key, row in self.notebooks.items()
        )  # fmt: skip
        about = self.submission
        return Submission(about["student_id"], self.form.name, about["timestamp"], about["extension"], notebooks)


def read(db: Any, form: Form, student: str | None = None) -> dict[str, Rows]:
    """Student -> what the gradebook has of the submission now; everybody's unless one is named."""
    of: dict[str, Rows] = {}  # submission or notebook -> whose it is
    for row in db.execute(_chosen("SubmittedAssignment", form, student)).mappings():
        of[row["id"]] = Rows(form, {table: {} for table in _COLUMNS})
        of[row["id"]].tables["SubmittedAssignment"][row["id"]] = dict(row)
    found = {each.submission["student_id"]: each for each in of.values()}
    for row in db.execute(_chosen("SubmittedNotebook", form, student)).mappings():
        if row["assignment_id"] in of:  # what has come since the first query is not there yet
            of[row["id"]] = of[row["assignment_id"]]
            of[row["id"]].notebooks[row["id"]] = dict(row)
    for table in ("Grade", "Comment"):
        for row in db.execute(_chosen(table, form, student)).mappings():
            if row["notebook_id"] in of:
                of[row["notebook_id"]].tables[table][row["id"]] = dict(row)
    return found


def _chosen(table: str, form: Form, student: str | None) -> Any:
    """The query of a table's rows."""
    from sqlalchemy import select

    columns = _table(table).c
    chosen = select(*(columns[name] for name in _COLUMNS[table]))
    if table == "SubmittedAssignment":
        chosen = chosen.where(columns.assignment_id == form.assignment)
        return chosen if student is None else chosen.where(columns.student_id == student)
    if table == "SubmittedNotebook":
        return chosen.where(columns.assignment_id.in_(_keys("SubmittedAssignment", form, student)))
    # the key of the cell first, for that is what the gradebook has an index of
    chosen = chosen.where(columns.cell_id.in_(form.names))
    return chosen.where(columns.notebook_id.in_(_keys("SubmittedNotebook", form, student)))


def _keys(table: str, form: Form, student: str | None) -> Any:
    return _chosen(table, form, student).with_only_columns(_table(table).c.id)


def _table(name: str) -> Any:
    return getattr(part("api"), name).__table__

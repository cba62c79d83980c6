"""The rows that a submission has in the gradebook: made or read, filled in, written, a table at once.

nbgrader's own objects do the same one by one, with a question to the gradebook for each.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from mutu.course.nbgrader import marked
from mutu.course.nbgrader.marked import Marked
from mutu.course.nbgrader.results import CellGrade, NotebookResult, Submission
from mutu.course.nbgrader.tables import clause

Row = dict[str, Any]
_POINTS = ("auto_score", "manual_score", "extra_credit", "needs_manual_grade")
# what is read of them, in the order in which they lean on one another
_COLUMNS = {
    "submitted_assignment": ("id", "student_id", "timestamp", "extension"),
    "submitted_notebook": ("id", "assignment_id", "notebook_id", "late_submission_penalty"),
    "grade": ("id", "notebook_id", "cell_id", *_POINTS),
    "comment": ("id", "notebook_id", "cell_id"),
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
    def of(cls, db: Any, name: str) -> Form | None:
        """Of an assignment of the gradebook; None where it has no such one.

        Parameters
        ----------
        db : a connection of SQLAlchemy's
        name : the assignment's
        """
        from sqlalchemy import select

        assignments, notebooks = (clause(each).c for each in ("assignment", "notebook"))
        about = db.execute(select(assignments.id, assignments.duedate).where(assignments.name == name)).first()
        if about is None:
            return None
        chosen = select(notebooks.id, notebooks.name).where(notebooks.assignment_id == about.id)
        found = {each.id: each.name for each in db.execute(chosen.order_by(notebooks.name))}
        cells = list(db.execute(_cells_of(found)))
        graded, answered = (
            {key: tuple(each.id for each in cells if each.notebook_id == key and each.type in kinds) for key in found}
            for kinds in (("GradeCell", "TaskCell"), ("SolutionCell", "TaskCell"))
        )
        names = {each.id: each.name for each in cells}
        most = {each.id: float(each.points) for each in cells if each.points is not None}
        return cls(about.id, name, about.duedate, found, graded, answered, names, most)


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
            "submitted_assignment", assignment_id=form.assignment, student_id=student, timestamp=None, extension=None
        )
        for notebook in form.notebooks:
            handed_in = made._add(
                "submitted_notebook",
                assignment_id=submission,
                notebook_id=notebook,
                late_submission_penalty=None,
                flagged=False,
            )
            for cell in form.graded[notebook]:
                points = {"auto_score": None, "manual_score": None, "extra_credit": None, "needs_manual_grade": True}
                made._add("grade", notebook_id=handed_in, cell_id=cell, **points)
            for cell in form.answered[notebook]:
                made._add("comment", notebook_id=handed_in, cell_id=cell, auto_comment=None)
        return made

    def _add(self, table: str, **columns: Any) -> str:
        key = uuid4().hex
        self.tables[table][key] = {"id": key, **columns}
        return key

    @property
    def submission(self) -> Row:
        """The row of the submission itself."""
        (found,) = self.tables["submitted_assignment"].values()
        return found

    @property
    def notebooks(self) -> dict[str, Row]:
        """The rows of its notebooks."""
        return self.tables["submitted_notebook"]

    def write(self, db: Any, time: dt.datetime | None, done: Mapping[str, Marked], names: Collection[str]) -> None:
        """Fill them in by what is known of the notebooks `names`, and write them; nothing is committed.

        Raises
        ------
        sqlalchemy.exc.IntegrityError : they are new here, and somebody else has made them meanwhile
        """
        from sqlalchemy import insert

        changes = self._changes(time, done, names)
        for name, changed in changes.items():
            for change in changed:
                self.tables[name][change["id"]].update(change)
        for name in _COLUMNS:
            if self.is_new and self.tables[name]:
                db.execute(insert(clause(name)), list(self.tables[name].values()))
            elif not self.is_new:
                _update(db, name, changes[name])

    def _changes(
        self, time: dt.datetime | None, done: Mapping[str, Marked], names: Collection[str]
    ) -> dict[str, list[Row]]:
        found = defaultdict[str, list[Row]](list)
        if time is not None:
            found["submitted_assignment"].append({"id": self.submission["id"], "timestamp": time})
        found["submitted_notebook"] += ({"id": key, "late_submission_penalty": None} for key in self.notebooks)
        for row, notebook, name in self._cells("grade", names):
            if change := marked.points(done.get(notebook), name, row):
                found["grade"].append({"id": row["id"], **change})
        for row, notebook, name in self._cells("comment", names):
            if change := marked.comment(done.get(notebook), name):
                found["comment"].append({"id": row["id"], **change})
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
        for row in self.tables["grade"].values():
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
    for row in db.execute(_chosen("submitted_assignment", form, student)).mappings():
        of[row["id"]] = Rows(form, {table: {} for table in _COLUMNS})
        of[row["id"]].tables["submitted_assignment"][row["id"]] = dict(row)
    found = {each.submission["student_id"]: each for each in of.values()}
    for row in db.execute(_chosen("submitted_notebook", form, student)).mappings():
        if row["assignment_id"] in of:  # what has come since the first query is not there yet
            of[row["id"]] = of[row["assignment_id"]]
            of[row["id"]].notebooks[row["id"]] = dict(row)
    for table in ("grade", "comment"):
        for row in db.execute(_chosen(table, form, student)).mappings():
            if row["notebook_id"] in of:
                of[row["notebook_id"]].tables[table][row["id"]] = dict(row)
    return found


def _chosen(table: str, form: Form, student: str | None) -> Any:
    """The query of a table's rows."""
    from sqlalchemy import select

    columns = clause(table).c
    chosen = select(*(columns[name] for name in _COLUMNS[table]))
    if table == "submitted_assignment":
        chosen = chosen.where(columns.assignment_id == form.assignment)
        return chosen if student is None else chosen.where(columns.student_id == student)
    if table == "submitted_notebook":
        return chosen.where(columns.assignment_id.in_(_keys("submitted_assignment", form, student)))
    # the key of the cell first, for that is what the gradebook has an index of
    chosen = chosen.where(columns.cell_id.in_(form.names))
    return chosen.where(columns.notebook_id.in_(_keys("submitted_notebook", form, student)))


def _keys(table: str, form: Form, student: str | None) -> Any:
    return _chosen(table, form, student).with_only_columns(clause(table).c.id)


def _update(db: Any, name: str, changes: list[Row]) -> None:
    """Write changes of rows, those of the same columns at once."""
    from sqlalchemy import bindparam, update

    alike = defaultdict[frozenset[str], list[Row]](list)
    for change in changes:
        alike[frozenset(change)].append({**change, "key": change["id"]})
    for rows in alike.values():
        chosen = update(clause(name)).where(clause(name).c.id == bindparam("key"))
        db.execute(chosen, rows)


def _cells_of(notebooks: Iterable[str]) -> Any:
    """The query of all cells of notebooks that have points or a comment, with the points there are."""
    from sqlalchemy import func, select

    cells, grades, tasks = (clause(each) for each in ("base_cell", "grade_cells", "task_cells"))
    points = func.coalesce(grades.c.max_score, tasks.c.max_score).label("points")
    joined = cells.outerjoin(grades, grades.c.id == cells.c.id).outerjoin(tasks, tasks.c.id == cells.c.id)
    chosen = select(cells.c.id, cells.c.name, cells.c.notebook_id, cells.c.type, points).select_from(joined)
    return chosen.where(cells.c.notebook_id.in_(list(notebooks)))

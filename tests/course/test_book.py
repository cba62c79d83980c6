"""What is graded goes into the gradebook as nbgrader's own interface would write it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties

from mutu.course.nbgrader import Book, Course, Folders, Marked, Marks
from mutu.course.nbgrader.schema import ask_here

NAME, DUE = "ps1", datetime(2026, 11, 20, 8, 0)
IN_TIME, LATE = DUE - timedelta(hours=1), DUE + timedelta(hours=3)
BOTH = {
    "satu": Marked({"tes": 2.0, "tulisan": None, "ragu": 1.0}, {"jawab": True, "tulisan": False}, frozenset({"ragu"})),
    "dua": Marked({"tes": 0.5}, {"jawab": False}),
}
ROWS = {
    "submissions": "select student_id, timestamp, extension from submitted_assignment",
    "notebooks": """select s.student_id, n.name, sn.late_submission_penalty, sn.flagged from submitted_notebook sn
        join submitted_assignment s on sn.assignment_id = s.id join notebook n on sn.notebook_id = n.id""",
    "grades": """select s.student_id, n.name, b.name, g.auto_score, g.manual_score, g.extra_credit,
        g.needs_manual_grade from grade g join submitted_notebook sn on g.notebook_id = sn.id
        join notebook n on sn.notebook_id = n.id join submitted_assignment s on sn.assignment_id = s.id
        join base_cell b on g.cell_id = b.id""",
    "comments": """select s.student_id, n.name, b.name, c.auto_comment, c.manual_comment from comment c
        join submitted_notebook sn on c.notebook_id = sn.id join notebook n on sn.notebook_id = n.id
        join submitted_assignment s on sn.assignment_id = s.id join base_cell b on c.cell_id = b.id""",
    "people": "select id, first_name from student",
}


@dataclass
class Class:
    """A course with an assignment of two notebooks; the gradebook as nbgrader itself makes it."""

    root: Path

    def __post_init__(self) -> None:
        self.folders = Folders(self.root / "kursus", self.root / "exchange")
        self.folders.course.mkdir(parents=True)
        self.course = Course.of(self.folders)
        ask_here()
        with self.opened() as book:
            book.add_assignment(NAME, duedate=DUE)
            book.add_student("a", first_name="Ani")
            for name in ("satu", "dua"):
                book.add_notebook(name, NAME)
                book.add_grade_cell("tes", name, NAME, max_score=2, cell_type="code")
                book.add_solution_cell("jawab", name, NAME)
            for cell, kind in (("tulisan", "markdown"), ("ragu", "code")):
                book.add_grade_cell(cell, "satu", NAME, max_score=3, cell_type=kind)
            book.add_solution_cell("tulisan", "satu", NAME)
            book.add_task_cell("tugas", "satu", NAME, max_score=1, cell_type="markdown")
            book.add_assignment("lain")
            book.add_notebook("satu", "lain")
            book.add_grade_cell("tes", "satu", "lain", max_score=2, cell_type="code")

    def opened(self) -> Gradebook:
        """The gradebook through nbgrader's interface."""
        return Gradebook(self.course.database, self.course.course_id)

    def record(self, student: str = "a", time=IN_TIME, marked=BOTH, names=("satu", "dua")) -> Marks:
        """As the engine does it."""
        with Book(self.course, NAME) as book:
            return book.record(student, time, marked, names)

    def rows(self) -> dict[str, list[tuple]]:
        """All there is of submissions, without keys."""
        with closing(sqlite3.connect(self.folders.gradebook_file)) as book:
            return {what: sorted(book.execute(query), key=repr) for what, query in ROWS.items()}

    def by_nbgrader(self, student: str = "a", time=IN_TIME, marked=BOTH) -> None:
        """The same as `record`, a step at a time through nbgrader's interface."""
        with self.opened() as book:
            book.update_or_create_student(student)
            submission = book.update_or_create_submission(NAME, student, timestamp=time)
            for notebook in submission.notebooks:
                done = marked.get(notebook.name)
                for grade in notebook.grades:
                    if done is None:
                        grade.auto_score, grade.needs_manual_grade = 0, False
                    elif grade.name in done.scores:
                        given = grade.auto_score = done.scores[grade.name]
                        waits = given is None or grade.manual_score is not None or grade.name in done.doubted
                        grade.needs_manual_grade = waits
                for comment in notebook.comments:
                    if done is not None and comment.name in done.untouched:
                        comment.auto_comment = "No response." if done.untouched[comment.name] else None
            book.db.commit()
        for name in ("satu", "dua"):
            about = {"notebook": name, "assignment": NAME, "student": student, "db_url": self.course.database}
            with self.course.findable():
                step = AssignLatePenalties(config=self.course.config)
                step.preprocess(nbformat.v4.new_notebook(), {"nbgrader": about})


@pytest.fixture
def ours(tmp_path):
    return Class(tmp_path / "kami")


@pytest.fixture
def theirs(tmp_path):
    return Class(tmp_path / "mereka")


def by_hand(course: Class) -> None:
    """Points, extra credit, a comment and a flag, as formgrader gives them."""
    with course.opened() as book:
        grade = book.find_grade("tes", "satu", NAME, "a")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.25, False
        book.find_grade("tugas", "satu", NAME, "a").manual_score = 1.0
        book.find_comment("jawab", "satu", NAME, "a").manual_comment = "Bagus."
        book.find_submission_notebook("dua", NAME, "a").flagged = True
        book.db.commit()


@pytest.mark.parametrize("marked", [BOTH, {"satu": BOTH["satu"]}], ids=["both", "one not handed in"])
@pytest.mark.parametrize("time", [IN_TIME, None, LATE])
@pytest.mark.parametrize("student", ["a", "baru"])
def test_the_rows_of_a_first_grading_are_nbgraders_own(ours, theirs, student, time, marked):
    ours.record(student, time, marked)
    theirs.by_nbgrader(student, time, marked)
    assert ours.rows() == theirs.rows()


def test_the_rows_after_a_second_grading_are_nbgraders_own(ours, theirs):
    again = BOTH | {"satu": Marked({"tes": 0.0, "tulisan": 2.0, "ragu": 3.0}, {"jawab": False, "tulisan": True})}
    ours.record()
    theirs.by_nbgrader()
    by_hand(ours)
    by_hand(theirs)
    marks = ours.record(time=DUE, marked=again)
    theirs.by_nbgrader(time=DUE, marked=again)
    assert ours.rows() == theirs.rows()
    assert marks == Marks(1.75 + 2 + 3 + 1 + 0.5, 2 + 3 + 3 + 1 + 2, needs_manual=True)


PLUGIN = """from nbgrader.plugins import LateSubmissionPlugin
class PerHour(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {rate} * total_seconds_late / 3600
"""


@pytest.mark.parametrize(
    ("name", "rate", "scores"),
    [("quarter", 0.25, [2.25, 2.0]), ("all", 100, [0, 0]), ("none", -1, [3.5, 3.5])],
)
def test_late_penalties_are_the_courses_own_and_stay_within_the_points(ours, theirs, name, rate, scores):
    for course in (ours, theirs):
        (course.folders.course / f"denda_{name}.py").write_text(PLUGIN.format(rate=rate))
        course.course.config.AssignLatePenalties.plugin_class = f"denda_{name}.PerHour"
    marks = []
    for time in (LATE, LATE + timedelta(hours=1)):
        marks.append(ours.record(time=time))
        theirs.by_nbgrader(time=time)
        assert ours.rows() == theirs.rows()
    assert [each.score for each in marks] == scores


def test_who_was_late_and_is_not_any_more_has_no_penalty(ours, theirs):
    for course in (ours, theirs):
        course.course.config.LateSubmissionPlugin.penalty_method = "zero"
    assert ours.record(time=LATE).score == 0
    theirs.by_nbgrader(time=LATE)
    assert ours.rows() == theirs.rows()
    for course in (ours, theirs):
        with course.opened() as book:
            book.grant_extension(NAME, "a", hours=4)
    assert ours.record(time=LATE).score == 3.5
    theirs.by_nbgrader(time=LATE)
    assert ours.rows() == theirs.rows()


def test_a_notebook_that_is_not_asked_for_stays_as_it_was(ours):
    ours.record()
    before = ours.rows()
    ours.record(marked={"dua": Marked({"tes": 2.0})}, names={"dua"})
    assert [row for row in ours.rows()["grades"] if row[1] == "satu"] == [
        row for row in before["grades"] if row[1] == "satu"
    ]
    assert ours.rows()["comments"] == before["comments"]


def test_of_a_first_grading_a_notebook_that_is_not_asked_for_waits(ours):
    ours.record(marked={"dua": BOTH["dua"]}, names={"dua"})
    assert {row[3:] for row in ours.rows()["grades"] if row[1] == "satu"} == {(None, None, None, 1)}


@pytest.mark.parametrize("student", ["a", "baru"])
def test_what_another_made_meanwhile_is_kept(ours, theirs, student):
    """Between the first look at the gradebook and the writing, formgrader or a second engine may have been there."""
    with Book(ours.course, NAME) as book:
        assert book.marks(student) is None
        ours.by_nbgrader(student)
        with ours.opened() as other:
            other.find_grade("tes", "dua", NAME, student).manual_score = 2.0
            other.db.commit()
        marks = book.record(student, IN_TIME, BOTH, ("satu", "dua"))
        assert marks == book.marks(student, again=True)
    theirs.by_nbgrader(student)
    with theirs.opened() as other:
        other.find_grade("tes", "dua", NAME, student).manual_score = 2.0
        other.db.commit()
    theirs.by_nbgrader(student)
    assert ours.rows() == theirs.rows()
    assert marks.score == 5


def test_a_trainee_who_came_meanwhile_is_there_once(ours):
    with Book(ours.course, NAME) as book:
        assert book.marks("b") is None
        book.record("a", IN_TIME, BOTH, ("satu", "dua"))
        with ours.opened() as other:
            other.add_student("b", first_name="Budi")
        book.record("b", IN_TIME, BOTH, ("satu", "dua"))
    assert ours.rows()["people"] == [("a", "Ani"), ("b", "Budi")]
    assert len(ours.rows()["submissions"]) == 2


def test_a_submission_that_was_taken_away_meanwhile_is_made_again(ours):
    ours.record()
    with Book(ours.course, NAME) as book:
        assert book.marks("a") is not None
        with ours.opened() as other:
            other.remove_submission(NAME, "a")
        book.record("a", IN_TIME, BOTH, ("satu", "dua"))
    assert len(ours.rows()["grades"]) == 5


def test_marks_are_of_this_assignment_and_of_when_they_were_asked(ours):
    with ours.opened() as other:
        other.add_student("b")
        other.add_submission("lain", "b")
    marks = ours.record()
    with Book(ours.course, NAME) as book:
        assert (book.marks("a"), book.marks("b")) == (marks, None)
        by_hand(ours)
        assert book.marks("a") == marks
        now = book.marks("a", again=True)
    assert (now.score, now.max_score, now.needs_manual) == (4.25, 11, True)


def test_only_known_trainees_are_known(ours):
    with Book(ours.course, NAME) as book:
        assert (book.knows("a"), book.knows("b")) == (True, False)
        with ours.opened() as other:
            other.add_student("b")
        assert book.knows("b")

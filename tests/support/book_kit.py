"""Gradebooks of small classes, written through nbgrader's own interface."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mutu.course.nbgrader import Folders
from mutu.course.nbgrader.schema import ask_here

TIME = datetime(2026, 11, 20, 8, 0)


@dataclass
class Work:
    """Points by grade id (None waits for a person), for one assignment."""

    points: dict[str, float | None]
    penalty: float = 0.0
    extra: dict[str, float] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)


@dataclass
class Book:
    """A course folder whose gradebook is written by `write`.

    Attributes
    ----------
    root : folder; the course is in root/kursus, as in a workspace
    people : id -> name, e-mail
    assignments : name -> grade id -> points; an id that begins with "task" is a task cell, with "text" a written answer
    """

    root: Path
    people: dict[str, tuple[str, str]]
    assignments: dict[str, dict[str, float]]
    course: str = "mutu"

    @property
    def folders(self) -> Folders:
        """Where the course is."""
        return Folders(self.root / "kursus", self.root / "exchange")

    def write(self, works: dict[tuple[str, str], Work]) -> Book:
        """Make the gradebook; the key of a work is (id, assignment)."""
        with self.opened() as book:
            for name, (full, email) in self.people.items():
                first, _space, last = full.rpartition(" ")
                book.add_student(name, first_name=first, last_name=last, email=email)
            for name, cells in self.assignments.items():
                book.add_assignment(name)
                book.add_notebook(name, name)
                for cell, points in cells.items():
                    _add_cell(book, cell, name, points)
            for (student, name), work in works.items():
                self._submit(book, student, name, work)
            book.db.commit()
        return self

    def opened(self):
        """The gradebook, open."""
        from nbgrader.api import Gradebook

        self.folders.course.mkdir(parents=True, exist_ok=True)
        ask_here()
        return Gradebook(self.folders.gradebook, self.course)

    def give(self, student: str, name: str, cell: str, points: float) -> None:
        """Give points by hand, as formgrader does."""
        with self.opened() as book:
            grade = book.find_grade(cell, name, name, student)
            grade.manual_score, grade.needs_manual_grade = points, False
            book.db.commit()

    def _submit(self, book, student: str, name: str, work: Work) -> None:
        submission = book.add_submission(name, student, timestamp=TIME)
        (notebook,) = submission.notebooks
        notebook.late_submission_penalty = work.penalty
        for cell, points in work.points.items():
            grade = book.find_grade(cell, name, name, student)
            grade.auto_score, grade.needs_manual_grade = points, points is None
            grade.extra_credit = work.extra.get(cell)
        for cell, said in work.comments.items():
            book.find_comment(cell, name, name, student).manual_comment = said
        for kind in ("submitted", "autograded"):
            folder = self.folders.course / kind / student / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "timestamp.txt").write_text(f"{TIME:%Y-%m-%d %H:%M:%S} UTC")


def _add_cell(book, cell: str, name: str, points: float) -> None:
    if cell.startswith("task"):
        book.add_task_cell(cell, name, name, max_score=points, cell_type="markdown")
    else:
        kind = "markdown" if cell.startswith("text") else "code"
        book.add_grade_cell(cell, name, name, max_score=points, cell_type=kind)
        book.add_solution_cell(f"jawab-{cell}", name, name)


SKM = {"tes-nrr": 2.0, "tes-ikm": 3.0, "text-refleksi": 5.0}
PEOPLE = {
    "p01": ("Siti Aminah", "siti@contoh.id"),
    "198501012010011001": ("Dr. Ir. Bambang Soerjodiningrat, S.Kom.", "bambang@contoh.id"),
    "p03": ("Budi Waktu", "budi@contoh.id"),
    "p04": ("Ayu Rendah", "ayu@contoh.id"),
    "p05": ("Tidak Kirim", ""),
    "3201010101850001": ("Niko Santoso", "niko@contoh.id"),
}


def skm_class(root: Path) -> Book:
    """A class of six: two have passed, one waits for a person, one is too low, one handed in nothing, one has a NIK."""
    full = {"tes-nrr": 2.0, "tes-ikm": 3.0}
    works = {
        ("p01", "skm"): Work({**full, "text-refleksi": 3.9}),
        ("198501012010011001", "skm-en"): Work({**full, "text-refleksi": 5.0}),
        ("p03", "skm"): Work({**full, "text-refleksi": None}),
        ("p04", "skm"): Work({"tes-nrr": 2.0, "tes-ikm": 0.0, "text-refleksi": 3.0}),
        ("3201010101850001", "skm"): Work({**full, "text-refleksi": 4.0}, penalty=1.0, extra={"tes-nrr": 0.5}),
    }
    return Book(root, PEOPLE, {"skm": SKM, "skm-en": SKM}).write(works)

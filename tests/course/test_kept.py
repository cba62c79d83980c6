"""The gradebook's cells, read before nbgrader is loaded, are those that nbgrader finds."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy import create_engine

from mutu.course.nbgrader import Book, Course, Folders, kept
from mutu.course.nbgrader.kept import KeptCell, KeptNotebook
from mutu.course.nbgrader.schema import ask_here
from mutu.errors import MachineError

NAME = "ps1"


@pytest.fixture
def course(tmp_path):
    """A course whose gradebook has every kind of cell."""
    from nbgrader.api import Gradebook

    folders = Folders(tmp_path / "kursus", tmp_path / "exchange")
    folders.course.mkdir()
    found = Course.of(folders)
    ask_here()
    with Gradebook(found.database, found.course_id) as book:
        book.add_assignment(NAME)
        book.add_assignment("lain")
        for notebook, where in (("satu", NAME), ("dua", NAME), ("satu", "lain")):
            book.add_notebook(notebook, where, kernelspec='{"name": "python3"}' if notebook == "satu" else None)
        for where in (NAME, "lain"):
            book.add_grade_cell("tes", "satu", where, max_score=2, cell_type="code")
            book.add_solution_cell("jawab", "satu", where)
            book.add_grade_cell("tulis", "satu", where, max_score=0, cell_type="markdown")
            book.add_solution_cell("tulis", "satu", where)
            book.add_task_cell("tugas", "satu", where, max_score=1.5, cell_type="markdown")
            for cell, locked in (("tes", True), ("jawab", False), ("tulis", False), ("tugas", True), ("baca", True)):
                kind = "code" if cell in ("tes", "jawab") else "markdown"
                book.add_source_cell(
                    cell, "satu", where, cell_type=kind, source=f"{where}: {cell}", checksum=cell[::-1], locked=locked
                )
    return found


def test_every_cell_with_its_points(course):
    found = kept.at_once(course.database, NAME)
    assert list(found) == ["dua", "satu"]
    assert found["dua"] == KeptNotebook({})
    assert found["satu"].kernelspec == {"name": "python3"}
    assert found["satu"].cells == {
        "tes": KeptCell("ps1: tes", "set", "code", locked=True, points=2.0),
        "jawab": KeptCell("ps1: jawab", "bawaj", "code", locked=False, points=None),
        "tulis": KeptCell("ps1: tulis", "silut", "markdown", locked=False, points=0.0),
        "tugas": KeptCell("ps1: tugas", "sagut", "markdown", locked=True, points=1.5),
        "baca": KeptCell("ps1: baca", "acab", "markdown", locked=True, points=None),
    }


def test_nbgraders_own_gradebook_says_the_same(course, tmp_path):
    """A gradebook that is no file is asked through nbgrader."""
    at_once = kept.at_once(course.database, NAME)
    linked = f"sqlite+pysqlite:///{course.database.removeprefix('sqlite:///')}"
    assert kept.at_once(linked, NAME) is None
    with create_engine(linked).connect():
        pass
    course.config.CourseDirectory.db_url = linked
    with Book(course, NAME) as book:
        assert book.notebooks() == at_once


def test_what_is_not_there_is_left_to_nbgrader(course):
    assert kept.at_once(course.database, "tiada") is None
    assert kept.at_once("sqlite:////tiada/gradebook.db", NAME) is None
    assert kept.at_once("postgresql://localhost/x", NAME) is None


def test_a_damaged_gradebook_is_said_at_once(course):
    course.folder("source", ".", NAME).parent.parent.joinpath("gradebook.db").write_bytes(b"SQLite format 3\0" * 80)
    with pytest.raises(MachineError):
        Book(course, NAME)


def test_whoever_asks_while_it_loads_gets_it_whole():
    code = """
import sys
from threading import Thread
from mutu.course.nbgrader.importing import part
Thread(target=part, args=["api"]).start()
assert part("api").Gradebook and part("api") is sys.modules["nbgrader.api"]
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_gradebook_that_goes_meanwhile_is_said(course):
    """What was read at once is known; whatever else is asked says what is wrong."""
    with Book(course, NAME) as book:
        found = book.notebooks()
        book._opening.join()
        with sqlite3.connect(course.database.removeprefix("sqlite:///")) as gradebook:
            gradebook.execute("DROP TABLE student")
        assert book.notebooks() is found
        with pytest.raises(MachineError):
            book.knows("a")


def test_a_gradebook_that_is_closed_at_once_leaves_nothing_behind(course):
    book = Book(course, NAME)
    book.close()
    assert not book._opening.is_alive()
    assert book._db.engine.pool.checkedout() == 0

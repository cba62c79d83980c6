"""The gradebook as it is read at once, beside nbgrader's own numbers."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import sys

import pytest
from book_kit import TIME, Book, Work, skm_class
from sqlalchemy import event
from sqlalchemy.engine import Engine

from mutu.course.nbgrader import Folders
from mutu.course.nbgrader.results import results
from mutu.errors import InputError, MachineError


@pytest.fixture
def mixed(tmp_path):
    """Points by hand and automatic, extra credit, a penalty larger than the points, a task, a comment."""
    cells = {"tes-a": 2.0, "text-b": 4.0, "task-c": 1.0}
    works = {
        ("a", "satu"): Work({"tes-a": 2.0, "text-b": 1.5, "task-c": None}, extra={"tes-a": 0.5}),
        ("b", "satu"): Work({"tes-a": 1.0, "text-b": 0.0, "task-c": 0.5}, penalty=9.0, comments={"task-c": "Bagus."}),
        ("a", "dua"): Work({"tes-a": 0.0, "text-b": 4.0, "task-c": 1.0}),
    }
    people = {"a": ("Ani", ""), "b": ("Budi Santoso", "b@contoh.id")}
    book = Book(tmp_path, people, {"satu": cells, "dua": cells}, course="milik-orang").write(works)
    book.give("b", "satu", "text-b", 3.0)
    return book


def test_every_number_is_nbgraders_own(mixed):
    found = results(mixed.folders)
    with mixed.opened() as book:
        for name in ("satu", "dua"):
            assert found.assignments[name].max_score == book.find_assignment(name).max_score
            for theirs in book.assignment_submissions(name):
                ours = found.submissions[theirs.student.id, name]
                assert (ours.raw_score, ours.needs_manual_grade) == (theirs.score, theirs.needs_manual_grade)
                assert ours.late_penalty == theirs.late_submission_penalty
                assert ours.score == max(0.0, theirs.score - theirs.late_submission_penalty)
                for notebook in theirs.notebooks:
                    for grade in notebook.grades:
                        mine = ours.grades[name, grade.name]
                        assert (mine.score, mine.max_score, mine.cell_type) == (
                            grade.score, grade.max_score, "task" if grade.name == "task-c" else grade.cell_type,
                        )  # fmt: skip


def test_cells_stand_in_the_order_of_the_notebook_and_people_keep_their_names(mixed):
    found = results(mixed.folders)
    assert [task.grade_id for task in found.assignments["satu"].tasks] == ["tes-a", "text-b", "task-c"]
    (notebook,) = found.submissions["b", "satu"].notebooks
    assert [grade.grade_id for grade in notebook.grades] == ["tes-a", "text-b", "task-c"]
    assert [(said.grade_id, said.text) for said in notebook.comments] == [("task-c", "Bagus.")]
    assert {one.id: one.name for one in found.people.values()} == {"a": "Ani", "b": "Budi Santoso"}
    assert found.submissions["b", "satu"].timestamp == TIME
    assert [one.student for one in found.of("satu")] == ["a", "b"]
    assert set(results(mixed.folders, ["dua", "tiga"]).submissions) == {("a", "dua")}


def test_a_part_that_is_read_alone_is_what_it_is_in_the_whole(mixed):
    whole = results(mixed.folders).submissions
    for names, student in ((["satu"], None), (None, "a"), (["satu"], "b"), (["satu"], "nobody"), ([], None)):
        part = results(mixed.folders, names, student).submissions
        assert part == {
            (who, name): each for (who, name), each in whole.items()
            if student in (None, who) and (names is None or name in names)
        }  # fmt: skip


def test_reading_changes_nothing_in_a_course_of_somebody_else(mixed):
    file = mixed.folders.course / "gradebook.db"
    before = hashlib.sha256(file.read_bytes()).digest()
    results(mixed.folders)
    assert hashlib.sha256(file.read_bytes()).digest() == before
    with sqlite3.connect(file) as book:
        assert book.execute("SELECT id FROM course").fetchall() == [("milik-orang",)]


def test_a_large_class_takes_no_more_queries_than_a_small_one(tmp_path):
    counts = []
    for people, assignments in ((2, 1), (9, 4)):
        ids = [f"p{number:02}" for number in range(people)]
        names = [f"m{number}" for number in range(assignments)]
        book = Book(tmp_path / str(people), dict.fromkeys(ids, ("A B", "")), {key: {"tes": 1.0} for key in names})
        book.write({(one, name): Work({"tes": 1.0}) for one in ids for name in names})
        asked = []

        def count(*said, asked=asked):
            asked.append(said[2])

        event.listen(Engine, "before_cursor_execute", count)
        try:
            assert len(results(book.folders).submissions) == people * assignments
        finally:
            event.remove(Engine, "before_cursor_execute", count)
        counts.append(len(asked))
    assert counts[0] == counts[1] < 10


def test_without_a_gradebook_none_is_made_and_a_damaged_one_is_said_so(tmp_path):
    folders = Folders(tmp_path / "kur sus#50%?", tmp_path / "exchange")
    with pytest.raises(InputError):
        results(folders)
    assert not folders.course.exists()
    folders.course.mkdir()
    (folders.course / "gradebook.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(MachineError):
        results(folders)


def test_a_single_name_stays_one_and_an_id_stands_for_a_missing_name(tmp_path):
    book = skm_class(tmp_path)
    with book.opened() as opened:
        opened.add_student("kosong")
    assert results(book.folders).people["kosong"].name == "kosong"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_folder_may_be_called_anything(tmp_path):
    book = Book(tmp_path / "a b#c%20d?e&f=@:", {"a": ("A B", "")}, {"satu": {"tes": 1.0}})
    plain = Book(tmp_path / "plain", book.people, book.assignments).write({("a", "satu"): Work({"tes": 1.0})})
    shutil.copytree(plain.root, book.root)
    assert results(book.folders).submissions["a", "satu"].score == 1.0

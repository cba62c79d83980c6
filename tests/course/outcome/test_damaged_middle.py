"""A file damaged between whole cells: tasks that use what stood in a lost cell wait for a person, others do not."""

from __future__ import annotations

import json

import feedback_kit as kit
import pytest
from grade_kit import NAME, Small, answer, check
from running import run

from mutu.course.nbgrader.results import results
from mutu.course.outcome.lost import leaning, lost
from mutu.course.outcome.standing import Known
from mutu.kernels import cage

LUAS = "def luas(p, l):\n    return p * l"
BY_LUAS = "def keliling(p, l):\n    return 2 * (luas(p, 1) + luas(1, l))"
BY_HELPER = "def keliling(p, l):\n    return kali_dua(p + l)"
ALONE = "def keliling(p, l):\n    return 2 * (p + l)"
WRONG = "def keliling(p, l):\n    return p + l"
HELPER = "def kali_dua(x):\n    return 2 * x"
REASON = {"alasan": "Sebab sisinya tegak lurus."}


def _damage(file, source):
    """Make the cell with that text unreadable, and leave the rest of the file as it is."""
    data = file.read_text(encoding="utf-8")
    first = json.dumps(source.splitlines()[0])[1:-1]
    at = data.index('"source"', data.rindex('"cell_type"', 0, data.index(first)))
    file.write_text(data[: at + 8] + data[at + 9 :], encoding="utf-8")  # without its colon


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folders = kit.plain_course(tmp_path_factory.mktemp("kelas"))
    handed_in = {"lewat": BY_LUAS, "sendiri": ALONE, "salah": WRONG, "utuh": BY_LUAS}
    for who, keliling in handed_in.items():
        kit.hand_in(folders, "ukur", who, {"luas": LUAS, "keliling": keliling, **REASON})
        if who != "utuh":
            _damage(folders.course / "submitted" / who / "ukur" / "ukur.ipynb", LUAS)
    return folders


@pytest.mark.timeout(300)
@pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
def test_a_task_that_uses_a_lost_answer_waits_and_one_that_does_not_is_graded(place):
    graded = {each["student"]: each for each in json.loads(_run(place, "grade", "ukur", "--json"))["submissions"]}
    assert "berkas terpotong atau rusak" in graded["lewat"]["remarks"][0]
    known = Known.read(place, results(place))
    waits = {
        who: {task.title for task in known.of(who, ["ukur"])[0].open if task.lost} for who in known.people
    }  # fmt: skip
    assert waits == {
        "lewat": {"Soal A: luas", "Soal B: keliling"}, "sendiri": {"Soal A: luas"}, "salah": {"Soal A: luas"},
        "utuh": set(),
    }  # fmt: skip
    assert [graded[who]["score"] for who in ("sendiri", "salah", "utuh")] == [2, 0, 6]

    _run(place, "feedback", "ukur")
    page = (place.course / "feedback" / "lewat" / "ukur" / "ukur.html").read_text(encoding="utf-8")
    assert "Tugas ini memakai sesuatu yang tidak ada dalam berkas Anda" in page
    page = (place.course / "feedback" / "salah" / "ukur" / "ukur.html").read_text(encoding="utf-8")
    assert "Tugas ini memakai sesuatu" not in page


@pytest.mark.timeout(300)
@pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
def test_a_task_that_uses_a_lost_cell_of_the_trainees_own_waits_too(tmp_path):
    small = Small(tmp_path, (
        answer("keliling", "def keliling(p, l):\n    ### BEGIN SOLUTION\n    return 2 * (p + l)\n    ### END SOLUTION"),
        check("tes-keliling", "assert keliling(2, 3) == 10", 5),
        answer("luas", "def luas(p, l):\n    ### BEGIN SOLUTION\n    return p * l\n    ### END SOLUTION"),
        check("tes-luas", "assert luas(2, 3) == 6", 5),
    ))  # fmt: skip

    def with_helper(notebook):
        notebook.cells.insert(0, {"cell_type": "code", "id": "kali", "metadata": {}, "outputs": [],
                                  "execution_count": None, "source": HELPER})  # fmt: skip

    for who in ("rusak", "utuh"):
        small.hand_in(who, {"keliling": BY_HELPER, "luas": LUAS}, with_helper)
    file = small.folders.course / "submitted" / "rusak" / NAME / f"{NAME}.ipynb"
    _damage(file, HELPER)
    graded = small.grade()
    assert (graded["utuh"].score, graded["utuh"].needs_manual) == (10, False)
    assert (graded["rusak"].score, graded["rusak"].needs_manual) == (5, True)
    assert graded["rusak"].remarks[0].endswith("(tes-keliling)")


def _code(grade_id, source, *, grade=False, is_lost=False):
    about = {"nbgrader": {"grade_id": grade_id, "grade": grade, "solution": not grade}}
    return {"cell_type": "code", "source": source, "metadata": about | ({"mutu": {"lost": True}} if is_lost else {})}


def _notebook(damage, *cells):
    return {"metadata": {"mutu": {"not_whole": damage}} if damage else {}, "cells": list(cells)}


A, B = _code("a", "def a(): ..."), _code("b", "def b():\n    return 1", is_lost=True)
TEST_A, TEST_B = _code("tes-a", "assert a() == tiada", grade=True), _code("tes-b", "assert b() == 1", grade=True)


def test_what_stood_before_a_cut_had_all_that_it_ever_had():
    assert leaning(_notebook("cut", A, TEST_A, B, TEST_B)) == {"tes-b"}
    assert leaning(_notebook("broken", A, TEST_A, B, TEST_B)) == {"tes-a", "tes-b"}
    assert leaning(_notebook("", A, TEST_A, B, TEST_B)) == frozenset()
    assert lost(_notebook("cut", A, TEST_A, B, TEST_B)) == {"b"}


def test_names_taken_from_a_module_all_at_once_are_not_called_lost():
    star = _code("c", "from math import *")
    assert leaning(_notebook("broken", star, A, TEST_A, B, TEST_B)) == {"tes-b"}


def _run(folders, *words):
    done = run("course", *words, "--course-dir", str(folders.course))
    assert done.returncode == 0, done.stderr
    return done.stdout

"""Points given by hand, and the class graded again: they stay, and wait for a look only where the answer changed."""

from __future__ import annotations

import pytest
from grade_kit import NAME, RIGHT, SQUARE, Cell, Small
from nbgrader.api import Gradebook

from mutu.kernels import cage

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
REASON = Cell("alasan", "Tulis alasan Anda.", answer=True, points=4, kind="markdown")
WRITTEN = RIGHT | {"alasan": "Karena sisinya sama."}
WRONG = {"kuadrat": "def kuadrat(x):\n    return x + x"}


@pytest.fixture
def small(tmp_path):
    return Small(tmp_path, (*SQUARE, REASON))


def _give(small, **points):
    with Gradebook(small.folders.gradebook, "mutu") as book:
        for name, given in points.items():
            grade = book.find_grade(name.replace("_", "-"), NAME, NAME, "a")
            grade.manual_score, grade.needs_manual_grade = given, False
        book.db.commit()


def _rows(small):
    query = """select b.name, g.auto_score, g.manual_score, g.needs_manual_grade from grade g
               join base_cell b on g.cell_id = b.id"""
    return {name: rest for name, *rest in small.rows(query)}


def test_they_hold_when_nothing_changed(small):
    small.hand_in("a", WRITTEN | WRONG)
    small.grade()
    _give(small, alasan=3, tes_kuadrat=2.5)
    graded = small.grade(force=True)["a"]
    assert (graded.score, graded.needs_manual) == (10.5, False)
    assert _rows(small)["tes-kuadrat"] == [0, 2.5, 0]


def test_they_hold_when_only_another_answer_changed(small):
    small.hand_in("a", WRITTEN)
    small.grade()
    _give(small, alasan=3)
    small.hand_in("a", WRITTEN | {"akar": "def akar(x):\n    return 0"})
    graded = small.grade()["a"]
    assert (graded.score, graded.needs_manual) == (8, False)


def test_old_points_stay_and_wait_for_a_look_when_the_answer_changed(small):
    small.hand_in("a", WRITTEN | WRONG)
    small.grade()
    _give(small, alasan=3, tes_kuadrat=2.5)
    small.hand_in("a", WRITTEN | {"kuadrat": "def kuadrat(x):\n    return x - x", "alasan": "Karena lain."})
    for again in (False, True):  # and they go on waiting when it is graded once more
        graded = small.grade(force=again)["a"]
        assert (graded.score, graded.needs_manual) == (10.5, True)
        rows = _rows(small)
        assert [rows["alasan"], rows["tes-kuadrat"]] == [[None, 3, 1], [0, 2.5, 1]]
    _give(small, alasan=1)
    assert _rows(small)["alasan"] == [None, 1, 0]


def test_points_for_a_test_wait_when_its_answer_now_passes(small):
    small.hand_in("a", WRITTEN | WRONG)
    small.grade()
    _give(small, tes_kuadrat=2.5)
    small.hand_in("a", WRITTEN)
    assert small.grade()["a"].needs_manual
    assert _rows(small)["tes-kuadrat"] == [5, 2.5, 1]


def test_an_answer_that_is_missing_now_keeps_its_old_points_waiting(small):
    small.hand_in("a", WRITTEN)
    small.grade()
    _give(small, alasan=3)
    small.hand_in("a", RIGHT)
    graded = small.grade()["a"]
    assert (graded.score, graded.needs_manual) == (13, True)
    assert _rows(small)["alasan"] == [0, 3, 1]


def test_a_cell_added_below_the_answer_is_part_of_it(small):
    small.hand_in("a", WRITTEN)
    small.grade()
    _give(small, alasan=3)

    def more(notebook):
        notebook.cells.append({"cell_type": "markdown", "metadata": {}, "source": "Tambahan.", "id": "tambahan"})

    small.hand_in("a", WRITTEN, more)
    assert small.grade()["a"].needs_manual


def test_a_doubt_that_a_person_resolved_does_not_come_back(small):
    strange = RIGHT | {"kuadrat": "class A(int):\n    pass\ndef kuadrat(x):\n    return A(x * x)"}
    small.hand_in("a", strange | {"alasan": WRITTEN["alasan"]})
    small.grade()
    _give(small, alasan=3)
    assert _rows(small)["tes-kuadrat"] == [0, None, 1]
    with Gradebook(small.folders.gradebook, "mutu") as book:
        book.find_grade("tes-kuadrat", NAME, NAME, "a").needs_manual_grade = False
        book.db.commit()
    graded = small.grade(force=True)["a"]
    assert (graded.score, graded.needs_manual, graded.questions) == (8, False, ())

"""A pair that looks alike is asked about until points are typed in formgrader for one of the two."""

from __future__ import annotations

from datetime import date

import pytest
from grade_kit import NAME, Small, answer, check
from nbgrader.api import Gradebook

from mutu.course.outcome.insight import insight, page
from mutu.kernels import cage
from mutu.locale import use

TASKS = ("a", "b", "c", "d")
RARE = "def {0}(n):\n    lima = list(range(n))\n    while len(lima) > 7:\n        lima.pop(3)\n    return lima[::-1]\n"
DECIDED = "Sudah Anda putuskan"


def _own(who, task):
    """Somebody's own way, like nobody else's."""
    steps = "".join(f"    n = n.cara{who}{task}{step}(n)\n" for step in range(3))
    return f"def {task}(n):\n{steps}    return n\n"


@pytest.mark.timeout(300)
@pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
def test_a_pair_is_closed_by_points_typed_for_one_of_the_two_in_every_task_shown(tmp_path):
    cells = [
        cell for task in TASKS for cell in (
            answer(task, f"def {task}(n):\n    ### BEGIN SOLUTION\n    return n\n    ### END SOLUTION"),
            check(f"tes-{task}", f"assert {task}(1) == 1"),
        )
    ]  # fmt: skip
    small = Small(tmp_path, cells)
    for who in range(13):
        is_pair = who in (3, 8)
        small.hand_in(f"p{who:02}", {task: RARE.format(task) if is_pair else _own(who, task) for task in TASKS})
    small.grade()
    (pair,) = insight(small.folders, NAME).as_json()["alike"]
    assert (pair["students"], pair["decided"]) == (["p03", "p08"], False)
    _type(small, "p08", ["tes-a", "tes-b"])
    (pair,) = insight(small.folders, NAME).as_json()["alike"]
    assert not pair["decided"], "a third task is shown"
    assert '<article class="pair">' in _page(small)
    assert DECIDED not in _page(small)
    _type(small, "p08", ["tes-c", "tes-d"])
    (pair,) = insight(small.folders, NAME).as_json()["alike"]
    assert pair["decided"]
    assert '<article class="pair">' not in _page(small)
    assert DECIDED in _page(small)


def _page(small):
    with use("id"):
        return page(insight(small.folders, NAME), today=date(2026, 11, 25))


def _type(small, student, names):
    with Gradebook(small.folders.gradebook, "mutu") as book:
        for name in names:
            grade = book.find_grade(name, NAME, NAME, student)
            grade.manual_score, grade.needs_manual_grade = grade.auto_score, False
        book.db.commit()

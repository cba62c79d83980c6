"""The insight of a class of two: what occurs once is not frequent, halves are rounded up, newer work is counted."""

from __future__ import annotations

from datetime import date

import feedback_kit as kit
import pytest
from running import run

from mutu.course.nbgrader import Trainee, add_trainees
from mutu.course.outcome.insight import insight, page
from mutu.course.outcome.insight.marks import Spread, points
from mutu.kernels import cage
from mutu.locale import percent, use

ONCE = "Tidak ada kesalahan yang terjadi dua kali."
NO_TWICE = "Tidak ada jawaban salah yang diberikan dua kali"
LUAS, WRONG = ({"luas": f"def luas(p, l):\n    return {how}"} for how in ("p * l", "p + l"))


@pytest.mark.timeout(300)
@pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
def test_a_mistake_of_one_person_is_not_called_frequent_and_newer_work_is_counted(tmp_path):
    folders = kit.plain_course(tmp_path)
    add_trainees(folders, [Trainee("p1", "Siti Aminah", ""), Trainee("p2", "Budi Santoso", "")])
    kit.hand_in(folders, "ukur", "p1", WRONG)
    kit.hand_in(folders, "ukur", "p2", LUAS)
    _run(folders, "grade", "ukur")
    with use("id"):
        shown = page(insight(folders, "ukur"), today=date(2026, 11, 25))
    assert ONCE in shown
    assert NO_TWICE in shown
    assert "Belum dinilai" not in _run(folders, "insight", "ukur", "--out", str(tmp_path / "w.html"))

    kit.hand_in(folders, "ukur", "p2", WRONG)
    _run(folders, "grade", "ukur", "--force")
    with use("id"):
        shown = page(insight(folders, "ukur"), today=date(2026, 11, 25))
    assert ONCE not in shown
    assert NO_TWICE not in shown

    kit.hand_in(folders, "ukur", "p2", LUAS, kit.SECOND)
    said = _run(folders, "insight", "ukur", "--out", str(tmp_path / "w.html"))
    assert "Belum dinilai: 1, di antaranya versi baru dari kiriman yang sudah dinilai: 1." in said


def _run(folders, *words):
    done = run("course", *words, "--course-dir", str(folders.course))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_halves_are_rounded_up_also_where_a_share_of_the_points_is_a_hair_less():
    with use("id"):
        for quarters in range(1, 400, 2):
            of = Spread((quarters / 4 / 19,), 19.0, by_hand=True)
            exact = quarters / 4
            tenths = int(exact * 10 + 0.5)
            assert points(of.middle) == f"{tenths // 10},{tenths % 10}", exact
        assert percent(0.145, 0) == "15%"

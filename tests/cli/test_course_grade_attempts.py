"""Several attempts that came before the trainer graded the first one."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

import pytest
from grade_kit import NAME, RIGHT, Small
from running import run

from mutu.course.nbgrader import Trainee, add_trainees
from mutu.kernels import cage

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
HALF = RIGHT | {"akar": "def akar(x):\n    return x / 4"}
NONE = {"kuadrat": "def kuadrat(x):\n    return 0"}


class Class:
    """A course into which notebooks come as files."""

    def __init__(self, root, wished):
        self.made = Small(root)
        self.course = self.made.folders.course
        (self.course / "mutu.toml").write_text(f'second_attempt = "{wished}"\n')
        add_trainees(self.made.folders, [Trainee("ani", "Ani", ""), Trainee("budi", "Budi", "")])
        self._inbox = root / "masuk"
        self._inbox.mkdir()

    def comes(self, student, answers, day):
        """A file arrives, and the trainer collects."""
        kept = self.made.hand_in("contoh", answers) / f"{NAME}.ipynb"
        file = self._inbox / f"{student}_{NAME}.ipynb"
        file.write_bytes(kept.read_bytes())
        for left in (kept, kept.with_name("timestamp.txt")):
            left.unlink()
        kept.parent.rmdir()
        kept.parent.parent.rmdir()
        time = datetime(2026, 11, day, 3, tzinfo=UTC).timestamp()
        os.utime(file, (time, time))
        done = run("course", "collect", str(self._inbox), "--course-dir", str(self.course))
        assert done.returncode == 0, done.stderr

    def grade(self, *more):
        """Student -> what is reported."""
        done = run("course", "grade", NAME, "--course-dir", str(self.course), "--json", *more)
        assert (done.returncode, done.stderr) == (0, "")
        return {each["student"]: each for each in json.loads(done.stdout)["submissions"]}


def test_the_better_of_three_counts_though_none_was_graded_between(tmp_path):
    group = Class(tmp_path, "better")
    for answers, day in ((NONE, 10), (RIGHT, 11), (HALF, 12)):
        group.comes("ani", answers, day)
    group.comes("budi", HALF, 10)
    graded = group.grade()
    assert (graded["ani"]["score"], graded["budi"]["score"]) == (10, 5)
    (remark,) = graded["ani"]["remarks"]
    assert remark.startswith("Dari 3 percobaan, yang lebih baik dihitung, diserahkan 11 November 2026")
    assert graded["budi"]["remarks"] == []
    again = group.grade()
    assert again["ani"] == graded["ani"] | {"graded": False}
    assert not list((group.course / "pengumpulan").glob(".giliran-*"))


def test_one_that_came_between_two_that_were_graded_counts_too(tmp_path):
    group = Class(tmp_path, "better")
    group.comes("ani", NONE, 10)
    assert group.grade()["ani"]["score"] == 0
    group.comes("ani", RIGHT, 11)
    group.comes("ani", HALF, 12)
    assert group.grade("--student", "Ani")["ani"]["score"] == 10
    group.comes("ani", HALF | {"akar": "def akar(x):\n    return 9"}, 13)
    assert group.grade()["ani"]["score"] == 10


def test_where_the_latest_counts_no_other_is_graded(tmp_path):
    group = Class(tmp_path, "latest")
    group.comes("ani", RIGHT, 10)
    group.comes("ani", HALF, 11)
    graded = group.grade()["ani"]
    assert (graded["score"], graded["remarks"]) == (5, [])
    assert not (group.course / "attempts").exists()

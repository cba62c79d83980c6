"""`mutu course grade` in a workspace that was copied or moved: its own gradebook, unless the trainer chose another."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
from grade_kit import NAME, RIGHT, Small
from running import run

from mutu.course.nbgrader import configuration
from mutu.kernels import cage

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))


@pytest.fixture
def small(tmp_path):
    """A workspace with one submission, and the settings that `mutu start` writes."""
    made = Small(tmp_path / "asal")
    settings = tmp_path / "asal" / "jupyter_config"
    settings.mkdir()
    text = configuration(made.folders.course, made.folders.exchange)
    (settings / "nbgrader_config.py").write_text(text, encoding="utf-8")
    made.hand_in("ani", RIGHT)
    return made


def _graded(gradebook):
    with closing(sqlite3.connect(gradebook)) as book:
        return [student for (student,) in book.execute("SELECT student_id FROM submitted_assignment")]


@pytest.mark.parametrize("is_moved", [False, True])
def test_the_gradebook_is_the_one_in_the_workspace_at_hand(small, tmp_path, is_moved):
    there, here = small.root, tmp_path / "disk lain"
    (shutil.move if is_moved else shutil.copytree)(there, here)
    done = run("course", "grade", NAME, "--dir", str(here))
    assert (done.returncode, done.stderr) == (0, "")
    assert _graded(here / "kursus" / "gradebook.db") == ["ani"]
    if not is_moved:
        assert _graded(there / "kursus" / "gradebook.db") == []


def test_a_gradebook_of_the_trainers_choice_stays_the_one(small, tmp_path):
    chosen = tmp_path / "bersama.db"
    shutil.copy(small.folders.gradebook_file, chosen)
    local = small.root / "jupyter_config" / "nbgrader_config_local.py"
    local.write_text(f"c.CourseDirectory.db_url = 'sqlite:///{chosen.as_posix()}'\n", encoding="utf-8")
    here = tmp_path / "salinan"
    shutil.copytree(small.root, here)
    assert run("course", "grade", NAME, "--dir", str(here)).returncode == 0
    assert _graded(chosen) == ["ani"]
    assert _graded(here / "kursus" / "gradebook.db") == []
    (tmp_path / "peserta.csv").write_text("id,nama\nani,Ani Lestari\n", encoding="utf-8")
    assert (
        "0 ditambahkan, 1 diubah" in run("course", "students", str(tmp_path / "peserta.csv"), "--dir", str(here)).stdout
    )
    assert run("course", "marks", "--out", str(tmp_path / "n.csv"), "--dir", str(here)).returncode == 0
    assert "Ani Lestari" in (tmp_path / "n.csv").read_text(encoding="utf-8")


def test_a_gradebook_that_another_course_keeps_elsewhere_is_found_from_any_folder(small, tmp_path):
    course = small.folders.course
    (course / "nilai").mkdir()
    small.folders.gradebook_file.rename(course / "nilai" / "kelas.db")
    (course / "nbgrader_config.py").write_text(
        "c.CourseDirectory.db_url = 'sqlite:///nilai/kelas.db'\n", encoding="utf-8"
    )
    for words in (("grade", NAME), ("marks", "--out", str(tmp_path / "n.csv"))):
        done = run("course", *words, "--course-dir", str(course))
        assert (done.returncode, done.stderr) == (0, "")
    assert _graded(course / "nilai" / "kelas.db") == ["ani"]
    assert len((tmp_path / "n.csv").read_text(encoding="utf-8").splitlines()) == 2


def test_a_gradebook_in_another_database_is_named_without_its_password(small, tmp_path):
    text = "c.CourseDirectory.db_url = 'postgresql://kantor:rahasia@127.0.0.1:9/nilai'\n"
    (small.folders.course / "nbgrader_config.py").write_text(text, encoding="utf-8")
    for words in (("marks", "--out", str(tmp_path / "n.csv")), ("insight", NAME, "--out", str(tmp_path / "w.html"))):
        done = run("course", *words, "--course-dir", str(small.folders.course))
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert "postgresql://kantor:***@127.0.0.1:9/nilai" in done.stderr
        assert "rahasia" not in done.stderr

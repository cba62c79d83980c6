"""`mutu course grade` as a trainer types it, on a course that is not ours."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest
from grade_kit import NAME, RIGHT, Small
from running import environment, mutu, run

from mutu.course.nbgrader import Trainee, add_trainees, configuration
from mutu.kernels import cage

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    made = Small(tmp_path_factory.mktemp("kelas"))
    course = made.folders.course
    (course / "nbgrader_config.py").write_text(configuration(course, made.folders.exchange), encoding="utf-8")
    made.hand_in("ani")
    made.hand_in("budi", RIGHT | {"akar": "def akar(x):\n    return x / 4"})
    return made


def _grade(small, *more):
    return run("course", "grade", NAME, "--course-dir", str(small.folders.course), *more)


def test_one_json_document_says_what_everybody_earned(small):
    done = _grade(small, "--json", "--jobs", "1")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert (report["assignment"], report["isolated"], report["beside"]) == (NAME, True, [])
    assert [(each["student"], each["score"], each["max_score"]) for each in report["submissions"]] == [
        ("ani", 10.0, 10.0),
        ("budi", 5.0, 10.0),
    ]
    assert set(report["submissions"][0]) >= {"student", "score", "max_score", "mended", "reason", "needs_manual"}
    assert report["seconds"] > 0


def test_in_words_and_what_did_not_change_is_said(small):
    _grade(small)
    done = _grade(small)
    assert done.returncode == 0
    ani, budi, total, _next = done.stdout.splitlines()
    assert ani == "ani  10,00 / 10  tetap"
    assert budi.startswith("budi  5,00 / 10")
    assert total.startswith("ps1: 2 kiriman, 0 dinilai sekarang")
    assert "ani  10,00 / 10\n" in _grade(small, "--force").stdout


def test_one_participant_only(small):
    done = _grade(small, "--force", "--student", "budi", "--lang", "en")
    assert done.stdout.startswith("budi  5.00 / 10\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ps7"], 1, "Modul atau tugas «ps7» tidak ada"),
        ([NAME, "--jobs", "-1"], 2, "--jobs bernilai -1. Berikan angka mulai 1."),
        ([NAME, "--student", "tak-ada"], 1, "Daftar kelas tidak memuat peserta dengan ID atau nama «tak-ada». Periksa"),
    ],
)
def test_what_is_wrong_is_one_sentence(small, words, code, said):
    done = run("course", "grade", *words, "--course-dir", str(small.folders.course))
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(said)


def test_a_notebook_that_no_assignment_of_the_module_has(tmp_path):
    """Of a module in two languages each assignment has its own notebook: the other one is left alone."""
    made = Small(tmp_path / "dua")
    made.hand_in("ani")
    other = made.folders.course / "source" / "ps2"
    shutil.copytree(made.folders.course / "source" / NAME, other)
    (other / f"{NAME}.ipynb").rename(other / "lain.ipynb")
    assert _grade(made, "--notebook", f"{NAME[:-1]}?").stdout.startswith("ani  10,00 / 10\n")
    refused = _grade(made, "--notebook", "lain")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"«lain» bukan notebook dari «{NAME}». Yang ada: {NAME}.\n"


def test_who_is_not_in_the_class_list_and_who_filled_nothing_in_is_said(tmp_path):
    made = Small(tmp_path / "daftar")
    add_trainees(made.folders, [Trainee("ani", "Ani", "")])
    made.hand_in("ani", {})
    made.hand_in("asing")
    ani, nothing, stranger, said, *_rest = _grade(made).stdout.splitlines()
    assert (ani, nothing) == ("Ani (ani)  0,00 / 10", "  Tidak ada yang diisi. Jika itu mengherankan, "
                              "tanyakan apakah berkas lain yang dimaksud.")  # fmt: skip
    assert (stranger, said) == ("asing  10,00 / 10", "  tidak ada dalam daftar kelas")
    assert "tidak ada dalam daftar kelas" in _grade(made).stdout, "also when the gradebook has the id"


def test_times_are_those_of_the_zone_that_the_course_names(tmp_path):
    made = Small(tmp_path / "timur")
    made.hand_in("ani")
    with closing(sqlite3.connect(made.folders.course / "gradebook.db")) as book, book:
        book.execute("update assignment set duedate = '2026-11-20 01:00:00.000000'")
    (made.folders.course / "pelatihan.toml").write_text('zona = "WITA"\n', encoding="utf-8")
    _ani, late, *_rest = _grade(made).stdout.splitlines()
    assert "11.00 WITA" in late, late


def test_what_ran_without_isolation_is_said_only_where_something_ran(tmp_path):
    made = Small(tmp_path / "terbuka")
    made.hand_in("ani")
    assert "tanpa isolasi" in _grade(made, "--no-isolation").stderr
    again = _grade(made, "--no-isolation")
    assert (again.returncode, again.stderr) == (0, "")


def test_where_nothing_can_be_isolated_nothing_is_run_unless_that_is_said(small):
    """In a user namespace without further ones, as in many containers."""
    off = [
        "unshare",
        "--user",
        "--map-root-user",
        "sh",
        "-c",
        'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"',
        "sh",
    ]
    words = mutu("course", "grade", NAME, "--course-dir", str(small.folders.course), "--force", "--lang", "en")
    refused, waived = (
        subprocess.run([*off, *words, *more], env=environment(), capture_output=True, text=True, timeout=180)
        for more in ([], ["--no-isolation"])
    )
    assert refused.returncode == 1
    assert "user.max_user_namespaces" in refused.stderr
    assert "--no-isolation" in refused.stderr
    assert waived.returncode == 0
    assert waived.stdout.startswith("ani  10.00 / 10")
    assert "without isolation" in waived.stderr


def test_that_an_older_attempt_counts_is_said_when_it_is_graded_and_later(tmp_path):
    made = Small(tmp_path / "dua")
    (made.folders.course / "mutu.toml").write_text('second_attempt = "better"\n')
    made.hand_in("ani")
    assert "percobaan" not in _grade(made).stdout
    worse = made.hand_in("ani", RIGHT | {"akar": "def akar(x):\n    return x / 4"})
    (worse / "timestamp.txt").write_text("2026-11-24 03:00:00.000000 UTC")
    for state in ("", "  tetap"):
        line, said, *_rest = _grade(made).stdout.splitlines()
        assert line == f"ani  10,00 / 10{state}"
        assert said.startswith("  Dari 2 percobaan, yang lebih baik dihitung, diserahkan 20 November 2026")
        assert said.endswith(": 10 poin; yang terakhir mendapat 5.")

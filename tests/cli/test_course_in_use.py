"""Commands of `mutu course` while another program holds the gradebook: one sentence, and nothing is lost."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing, contextmanager

import pytest
from grade_kit import NAME, RIGHT, Small
from running import environment, mutu, run

from mutu.course.nbgrader import Trainee, add_trainees, generate
from mutu.errors import InputError, MachineError
from mutu.kernels import cage

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))


@pytest.fixture
def small(tmp_path):
    made = Small(tmp_path / "kerja")
    made.hand_in("ani", RIGHT)
    made.hand_in("budi", RIGHT)
    add_trainees(made.folders, [Trainee("ani", "Ani Lestari"), Trainee("budi", "Budi Santoso")])
    (tmp_path / "peserta.csv").write_text("id,nama\nani,Ani Wati\ncici,Cici Dewi\n", encoding="utf-8")
    (tmp_path / "kosong").mkdir()
    return made


@contextmanager
def _held(small, how):
    with closing(sqlite3.connect(small.folders.gradebook_file, isolation_level=None)) as book:
        book.execute(f"BEGIN {how}")
        yield
        book.execute("ROLLBACK")


def _together(small, folder, commands):
    """What each command says; all wait for the gradebook at once."""
    running = [
        subprocess.Popen(
            mutu("course", *words, "--dir", str(small.root)),
            cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )
        for words in commands
    ]  # fmt: skip
    return [(*each.communicate(timeout=90), each.returncode) for each in running]


def test_every_command_says_that_the_gradebook_is_in_use(small, tmp_path):
    commands = [
        ("grade", NAME), ("students", "peserta.csv"), ("marks", "--out", "n.xlsx"), ("feedback", NAME),
        ("insight", NAME, "--out", "w.html"), ("collect", "kosong"), ("release", "02"),
    ]  # fmt: skip
    # grading has something to give feedback on only once it went well
    assert run("course", "grade", NAME, "--dir", str(small.root)).returncode == 0
    with _held(small, "EXCLUSIVE"):
        said = _together(small, tmp_path, commands)
    for words, (out, err, code) in zip(commands, said, strict=True):
        assert (out, code) == ("", 1), words
        assert err.startswith(f"Buku nilai {small.folders.gradebook_file} sedang dipakai program lain. "), words
        assert err.count("\n") == 1, words
    assert not (tmp_path / "n.xlsx").exists()
    assert small.rows("SELECT last_name FROM student ORDER BY id") == [("Lestari",), ("Santoso",)]


def test_what_could_not_be_written_down_is_graded_the_next_time(small):
    with _held(small, "IMMEDIATE"):
        done = run("course", "grade", NAME, "--dir", str(small.root))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "sedang dipakai program lain" in done.stderr
    assert small.scores() == {}
    assert run("course", "grade", NAME, "--dir", str(small.root)).returncode == 0
    full = {"tes-kuadrat": 5.0, "tes-akar": 5.0}
    assert small.scores() == {"ani": full, "budi": full}


def test_a_release_stays_where_it_is_while_the_gradebook_is_in_use(small):
    release = small.folders.course / "release" / NAME / f"{NAME}.ipynb"
    before = release.read_bytes()
    with _held(small, "IMMEDIATE"), pytest.raises(MachineError, match="in use by another program"):
        generate(small.folders, NAME)
    assert release.read_bytes() == before


def test_what_nbgrader_only_logs_is_the_reason_that_is_told(small):
    source = small.folders.course / "source" / NAME / f"{NAME}.ipynb"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("### END SOLUTION", ""), encoding="utf-8")
    with pytest.raises(InputError) as told:
        generate(small.folders, NAME)
    assert "no end solution statement found" in str(told.value)
    assert "traceback" not in str(told.value)


def test_a_file_that_is_no_gradebook_is_still_told_from_one_in_use(small, tmp_path):
    small.folders.gradebook_file.write_bytes(b"bukan buku nilai" * 1000)
    for words in (("students", str(tmp_path / "peserta.csv")), ("grade", NAME), ("marks", "--out", "n.csv")):
        done = run("course", *words, "--dir", str(small.root))
        assert (done.returncode, done.stdout) == (1, ""), words
        assert "tidak dapat dibaca (file is not a database). Kembalikan dari cadangan." in done.stderr
        assert done.stderr.count("\n") == 1

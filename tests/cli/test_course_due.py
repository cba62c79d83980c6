"""`mutu course due`: the due date in nbgrader's own gradebook."""

from __future__ import annotations

import shutil
from datetime import datetime

import pytest
from book_kit import skm_class
from running import run

from mutu.course.nbgrader.results import results


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return skm_class(tmp_path_factory.mktemp("kelas") / "kerja")


@pytest.fixture
def book(made, tmp_path):
    """A class whose work came on 20 November 2026, 15.00 WIB."""
    shutil.copytree(made.root, tmp_path / "kerja")
    return type(made)(tmp_path / "kerja", made.people, made.assignments)


def _due(book, *words):
    return run("course", "due", *words, "--dir", str(book.root))


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("2026-11-19", datetime(2026, 11, 19, 16, 59)),
        ("19-11-2026", datetime(2026, 11, 19, 16, 59)),
        ("9/11/2026 14.30", datetime(2026, 11, 9, 7, 30)),
        ("2026-11-20 14:30", datetime(2026, 11, 20, 7, 30)),
        ("2026-11-20 14:30+08:00", datetime(2026, 11, 20, 6, 30)),
    ],
)
def test_a_day_lasts_until_its_end_and_a_time_is_meant_in_wib(book, words, kept):
    done = _due(book, "02", words)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"skm: batas waktu {kept.day} November 2026" in done.stdout
    with book.opened() as opened:
        assert [opened.find_assignment(name).duedate for name in ("skm", "skm-en")] == [kept, kept]
    assert results(book.folders).assignments["skm"].duedate == kept


def test_what_is_set_is_shown_with_who_came_late_and_can_be_taken_away(book):
    assert _due(book, "skm").stdout == "skm: tanpa batas waktu.\n"
    _due(book, "skm", "2026-11-20 14:59")
    shown = "skm: batas waktu 20 November 2026, 14.59 WIB. Kiriman terlambat yang sudah dinilai: 4.\n"
    assert _due(book, "skm").stdout == shown
    assert _due(book, "skm", "2026-11-20 15:00").stdout.splitlines()[0].endswith("sudah dinilai: 0.")
    assert _due(book, "skm", "--none").stdout == "skm: tanpa batas waktu.\n"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("02", "besok"), 2, "«besok» bukan hari."),
        (("02", "11-20-2026"), 2, "«11-20-2026» bukan hari."),
        (("02", "2026-11-20", "--none"), 2, "tidak dapat dipakai bersama"),
        (("99",), 1, "«99»"),
    ],
)
def test_wrong_use_is_one_sentence_and_changes_nothing(book, words, code, sentence):
    done = _due(book, *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert results(book.folders).assignments["skm"].duedate is None

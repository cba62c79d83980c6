"""What a trainer on Windows would stumble over: files that may only be read, names, quotes, long paths."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import feedback_kit as kit
import pytest
import windows_like

from mutu.cli import course_next
from mutu.course.collect import place
from mutu.course.nbgrader import autograde
from mutu.course.outcome import attempts
from mutu.course.outcome.feedback.write import write

GOOD = {"luas": "def luas(p, l):\n    return p * l", "keliling": "def keliling(p, l):\n    return 2 * (p + l)"}
WORSE = GOOD | {"luas": "def luas(p, l):\n    return p + l"}


@pytest.mark.classroom
@pytest.mark.timeout(300)
def test_a_better_first_attempt_comes_back_where_graded_files_cannot_be_removed(tmp_path, monkeypatch):
    course = kit.plain_course(tmp_path)
    (course.course / "mutu.toml").write_text('second_attempt = "better"\n', encoding="utf-8")
    kit.hand_in(course, "ukur", "p01", GOOD)
    autograde(course, "ukur")
    graded = course.course / "autograded/p01/ukur"
    assert not stat.S_IMODE((graded / "ukur.ipynb").stat().st_mode) & stat.S_IWUSR
    windows_like.files(monkeypatch)
    kit.hand_in(course, "ukur", "p01", WORSE, kit.SECOND)
    attempts.before(course, "p01", "ukur")
    autograde(course, "ukur")
    best = attempts.after(course, "p01", "ukur")
    assert best is not None
    assert f"{best.handed_in:%d}" == "20"
    assert "return p * l" in (graded / "ukur.ipynb").read_text(encoding="utf-8")


@pytest.mark.classroom
@pytest.mark.timeout(300)
def test_feedback_takes_the_place_of_nbgraders_own_which_may_only_be_read(tmp_path, monkeypatch):
    course = kit.plain_course(tmp_path)
    kit.hand_in(course, "ukur", "p01", GOOD)
    autograde(course, "ukur")
    page = course.course / "feedback/p01/ukur/ukur.html"
    page.parent.mkdir(parents=True)
    for file in (page, page.with_name("timestamp.txt")):
        file.write_text("lama", encoding="utf-8")
        file.chmod(0o444)
    windows_like.files(monkeypatch)
    assert [written.file for written in write(course, "ukur", "p01")] == [page]
    assert "lama" not in page.read_text(encoding="utf-8")[:100]


def test_a_command_to_type_is_quoted_for_powershell_and_cmd(monkeypatch):
    monkeypatch.setattr(os, "name", "nt")
    said = course_next.command("collect", r"C:\Unduhan\Tugas(1).zip", "--dir", "D:\\Data Siti\\")
    monkeypatch.undo()
    assert said == r'mutu course collect "C:\Unduhan\Tugas(1).zip" --dir "D:\Data Siti\\"'


@pytest.mark.parametrize("name", ["CON", "nul.csv", "com1.txt", "lpt².csv", "CONIN$", "aux .txt", "a:b.csv", "x."])
def test_names_that_windows_keeps_for_itself_go_into_no_folder(tmp_path, name):
    (tmp_path / "isi").write_bytes(b"1")
    assert place.beside({name: tmp_path / "isi", "data.csv": tmp_path / "isi"})[1] == [name]


def test_a_name_too_long_for_a_path_of_windows_is_left_out_there_alone(tmp_path, monkeypatch):
    (tmp_path / "isi").write_bytes(b"1")
    files: dict[str, Path] = {"data/" + "a" * 100 + ".csv": tmp_path / "isi"}
    assert place.beside(files)[1] == []
    monkeypatch.setattr(sys, "platform", "win32")
    assert place.beside(files)[1] == list(files)

"""nbgrader's own autograde grades what was collected, and the gradebook's names are a class list."""

from __future__ import annotations

import json
import sys

import pytest
from collect_kit import CLASS, SITI, mail, stamp, zipped
from running import run

from mutu.course.nbgrader import Folders, add_trainees, autograde, generate, marks, waiting
from mutu.course.nbgrader.enrolled import enrolled

FULL = 15  # without the reflection, which a person marks


@pytest.mark.classroom
@pytest.mark.slow
def test_what_was_collected_is_graded_by_nbgrader(course, notebook, sent, collected):
    folders = Folders(course, course.parent / "exchange")
    generate(folders, "skm")
    add_trainees(folders, CLASS)
    solved = (course / "source/skm/skm.ipynb").read_text(encoding="utf-8")
    files = {
        "a.zip": zipped({"Siti Aminah_1_assignsubmission_file_/tugas akhir.ipynb": solved}),
        "b.eml": mail("budi@contoh.id", {"x (1).ipynb": notebook("belum")}, Date="Fri, 20 Nov 2026 09:00:00 +0700"),
    }
    report = collected(sent(files), trainees=enrolled(folders))
    assert {each["student"] for each in report["placed"]} == {SITI, "k-02"}
    assert waiting(folders).automatic == 2
    autograde(folders, "skm")
    given = marks(folders, "skm")
    assert sum(points or 0 for points in given[SITI].values()) == FULL
    assert sum(points or 0 for points in given["k-02"].values()) == 0
    assert waiting(folders).automatic == 0

    newer = mail("budi@contoh.id", {"skm.ipynb": solved}, Date="Sat, 21 Nov 2026 09:00:00 +0700")
    (again,) = collected(sent({"c.eml": newer}, "lagi"), trainees=enrolled(folders))["placed"]
    assert again["replaced"]
    assert stamp(course, "k-02").startswith("2026-11-21 02:00")
    assert waiting(folders).automatic == 1
    autograde(folders, "skm")
    assert sum(points or 0 for points in marks(folders, "skm")["k-02"].values()) == FULL
    assert set(marks(folders, "skm")) == {SITI, "k-02"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="rooms need Linux")
def test_what_was_collected_is_graded_in_rooms_also_what_is_left_of_a_damaged_one(course, notebook, sent):
    generate(Folders(course, course.parent / "exchange"), "skm")
    solved = (course / "source/skm/skm.ipynb").read_text(encoding="utf-8")
    source = sent({"p01_skm.ipynb": solved, "p02_skm.ipynb": notebook("belum"), "p03_skm.ipynb": solved[:30_000]})
    assert run("course", "collect", str(source), "--course-dir", str(course)).returncode == 0
    done = run("course", "grade", "skm", "--course-dir", str(course), "--json")
    assert done.returncode == 0, done.stderr
    scores = {each["student"]: each["score"] for each in json.loads(done.stdout)["submissions"]}
    assert (scores["p01"], scores["p02"]) == (FULL, 0)
    assert scores["p03"] > 0


def test_the_gradebook_is_a_class_list(tmp_path):
    folders = Folders(tmp_path / "kursus", tmp_path / "exchange")
    assert enrolled(folders) == ()
    add_trainees(folders, CLASS)
    assert {person.id: (person.name, person.email) for person in enrolled(folders)} == {
        person.id: (person.name, person.email) for person in CLASS
    }

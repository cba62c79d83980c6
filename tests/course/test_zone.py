"""One line in the organiser's profile sets the zone of a course's times, for every command and for formgrader."""

from __future__ import annotations

import json
import re

import feedback_kit as kit
import pytest
from running import run

from mutu.course import clock, zone
from mutu.course.nbgrader.results import results
from mutu.course.outcome.certificate.profile import write_template
from mutu.course.workspace import config_folder, prepare
from mutu.errors import SettingError
from mutu.kernels import cage

UNFINISHED = 'pelatihan = ""\nzona = "WITA"  # Denpasar\n'


@pytest.fixture(autouse=True)
def _kept():
    yield
    clock.keep(clock.DEFAULT)


def _write(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / zone.PROFILE).write_text(text, encoding="utf-8")


def test_the_first_profile_that_names_one_decides_whatever_else_stands_in_it(tmp_path):
    one, other = tmp_path / "satu", tmp_path / "dua"
    zone.follow(one)
    assert clock.zone() == "WIB"
    _write(other, UNFINISHED)
    zone.follow(one, other)
    assert clock.zone() == "WITA"
    _write(one, 'zone = "wit"\n')
    zone.follow(one, other)
    assert clock.zone() == "WIT"
    with clock.use("WIB"):
        assert clock.zone() == "WIB"
    _write(one, "zona =\n")
    with pytest.raises(SettingError, match=f"{zone.PROFILE}, line 1"):
        zone.follow(one)
    _write(one, 'zona = "CET"\n')
    with pytest.raises(SettingError, match=r"zona is «CET». Write WIB, WITA or WIT"):
        zone.follow(one)
    _write(one, "pelatihan = rusak\n")  # says nothing of a zone, and is none of these commands' business
    zone.follow(one)
    assert clock.zone() == "WIB"


def test_the_template_names_the_zone_that_holds_without_it(tmp_path):
    write_template(tmp_path / zone.PROFILE)
    zone.follow(tmp_path)
    assert clock.zone() == clock.DEFAULT
    text = (tmp_path / zone.PROFILE).read_text(encoding="utf-8")
    (tmp_path / zone.PROFILE).write_text(text.replace('"WIB"', '"WITA"'), encoding="utf-8")
    zone.follow(tmp_path)
    assert clock.zone() == "WITA"


@pytest.mark.timeout(300)
@pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
def test_due_grade_marks_and_formgrader_have_the_zone_of_the_workspace(tmp_path):
    place = tmp_path / "kerja"
    folders = kit.plain_course(place)
    _write(place, UNFINISHED)
    kit.hand_in(folders, "ukur", "p1", {}, "2026-11-20 10:30:00 UTC")
    said = _run(place, "due", "ukur", "2026-11-20 17:00")
    assert "20 November 2026, 17.00 WITA" in said
    assert str(results(folders).assignments["ukur"].duedate) == "2026-11-20 09:00:00"
    (graded,) = json.loads(_run(place, "grade", "ukur", "--json"))["submissions"]
    assert any("20 November 2026, 18.30 WITA" in each for each in graded["remarks"])
    _run(place, "marks", "--out", str(tmp_path / "n.csv"))
    assert "18.30 WITA" in (tmp_path / "n.csv").read_text(encoding="utf-8-sig")
    _write(place, 'zona = "Bali"\n')
    done = run("course", "marks", "--out", str(tmp_path / "n.csv"), "--dir", str(place))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert 'zona = "WITA"' in done.stderr


def test_formgraders_due_dates_are_in_the_zone_of_the_workspace(tmp_path):
    file = config_folder(tmp_path) / "nbgrader_config.py"
    for text, place in (("", "Asia/Jakarta"), ('zona = "WIT"', "Asia/Jayapura")):
        _write(tmp_path, text)
        prepare(tmp_path)
        assert re.search(r"NbGraderAPI\.timezone = '(.*)'", file.read_text(encoding="utf-8"))[1] == place


def _run(place, *words):
    done = run("course", *words, "--dir", str(place))
    assert done.returncode == 0, done.stderr
    return done.stdout

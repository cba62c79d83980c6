"""What the landing page says of submissions: in the exchange, collected, and of whom."""

import os
import subprocess
import sys

import feedback_kit as kit
import pytest
from running import run

from mutu.course import workspace as course
from mutu.course.nbgrader import Trainee, add_trainees
from mutu.kernels import cage
from mutu.locale import use
from mutu.serve.landing import Platform, state, submissions, views
from mutu.serve.pages import Pages
from mutu.serve.workspace import Workspace


@pytest.fixture
def place(tmp_path):
    found = Workspace(tmp_path / "kerja")
    (found.root / "exchange" / "mutu" / "inbound").mkdir(parents=True)
    return found


def _submit(place, who, time, suffix="+acak"):
    folder = place.root / "exchange" / "mutu" / "inbound" / f"{who}+skm+{time}{suffix}"
    folder.mkdir()
    (folder / "timestamp.txt").write_text(time, encoding="utf-8")


def _collect(place, who, time):
    folder = place.root / "kursus" / "submitted" / who / "skm"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "timestamp.txt").write_text(time, encoding="utf-8")


FIRST, LATER = "2026-03-01 02:00:00.000001 UTC", "2026-03-01 02:00:00.000002 UTC"


@pytest.mark.parametrize("suffix", ["", "+acak"])
def test_what_lies_in_the_exchange_is_counted_once_until_it_is_collected(place, suffix):
    folders = course.folders(place.root)
    assert submissions.uncollected(folders) == 0
    _submit(place, "ana", FIRST, suffix)
    _submit(place, "ana", LATER, suffix)
    _submit(place, "budi", FIRST, suffix)
    assert submissions.uncollected(folders) == 2
    _collect(place, "budi", FIRST)
    _collect(place, "ana", FIRST)
    assert submissions.uncollected(folders) == 1
    _collect(place, "ana", LATER)
    assert submissions.uncollected(folders) == 0


@pytest.mark.parametrize("stamp", [b"", b"kemarin", b"\xff"])
def test_a_collected_one_without_a_time_is_collected_again_as_nbgrader_does(place, stamp):
    _submit(place, "ana", FIRST)
    _collect(place, "ana", FIRST)
    (place.root / "kursus" / "submitted" / "ana" / "skm" / "timestamp.txt").write_bytes(stamp)
    assert submissions.uncollected(course.folders(place.root)) == 1


def test_names_that_nbgrader_did_not_make_are_not_counted(place):
    inbound = place.root / "exchange" / "mutu" / "inbound"
    (inbound / "a+b+c").mkdir()
    (inbound / f"ana+skm+{FIRST}").write_text("", encoding="utf-8")
    assert submissions.uncollected(course.folders(place.root)) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not run on Windows")
def test_what_nbgrader_submit_hands_in_is_said_until_nbgrader_collect_has_it(place):
    course.prepare(place.root)
    fetched = place.root / "skm"
    fetched.mkdir()
    notebook = (place.root / "kursus" / "release" / "skm" / "skm.ipynb").read_bytes()
    (fetched / "skm.ipynb").write_bytes(notebook)
    course.hand_out(place.root, "skm")
    _nbgrader(place, "submit", "skm")
    assert "1 kiriman belum dikumpulkan (Collect)" in _waiting(place)
    _nbgrader(place, "collect", "skm", "--update")
    assert _waiting(place) == "1 kiriman menunggu penilaian otomatis"


@pytest.mark.timeout(300)
@pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
def test_what_cannot_be_graded_is_counted_apart_with_the_reason_until_it_is_handed_in_anew(place):
    folders = course.folders(place.root)
    assert kit.plain_course(place.root) == folders
    add_trainees(folders, [Trainee("p1", "Siti Aminah"), Trainee("p2", "Budi"), Trainee("p3", "Ana")])
    for who in ("p1", "p2", "p3"):
        kit.hand_in(folders, "ukur", who, {"alasan": "Karena tegak lurus."} if who == "p2" else {})
    broken = folders.course / "submitted" / "p1" / "ukur" / "ukur.ipynb"
    broken.write_bytes(b"")
    assert _waiting(place) == "3 kiriman menunggu penilaian otomatis"
    _grade(folders)
    with use("id"):
        said = state.waiting(place)
        page = views.landing(Platform(place, Pages(place, "", 0), 0), "/")
    assert said.text == "1 kiriman menunggu poin dari Anda; 1 kiriman tidak dapat dinilai"
    assert said.unfit == ("Siti Aminah (p1), ukur: Berkas ini kosong. Mintalah sekali lagi.",)
    assert f"<li>{said.unfit[0]}</li>" in page
    kit.hand_in(folders, "ukur", "p1", {})
    assert _waiting(place) == "1 kiriman menunggu penilaian otomatis; 1 kiriman menunggu poin dari Anda"
    _grade(folders)
    assert _waiting(place) == "1 kiriman menunggu poin dari Anda"
    assert not list((folders.course / ".mutu-unfit").rglob("*.json"))


def test_ids_that_are_in_no_list_are_named(place):
    folders = course.folders(place.root)
    for who in ("p04", "P04", "p77"):
        _collect(place, who, FIRST)
    assert submissions.unlisted(folders) == []  # there is no list
    add_trainees(folders, [Trainee("p04", "Ana Sari")])
    with use("id"):
        assert state.unlisted(place) == "2 ID tidak ada dalam daftar peserta: P04, p77"


def test_an_id_that_autograde_entered_is_in_no_list(place):
    from nbgrader.api import Gradebook

    folders = course.folders(place.root)
    add_trainees(folders, [Trainee("p04", "Ana Sari")])
    with Gradebook(folders.gradebook, "mutu") as book:
        book.update_or_create_student("p77")
    _collect(place, "p77", FIRST)
    assert submissions.unlisted(folders) == ["p77"]


def test_many_and_long_ids_are_cut(place):
    add_trainees(course.folders(place.root), [Trainee("p04", "Ana Sari")])
    for number in range(7):
        _collect(place, f"{number}{'x' * 100}", FIRST)
    with use("id"):
        said = state.unlisted(place)
    assert said.startswith("7 ID tidak ada")
    assert said.endswith("…")
    assert len(said) < 300


def _waiting(place):
    with use("id"):
        return state.waiting(place).text


def _grade(folders):
    done = run("course", "grade", "ukur", "--json", "--course-dir", str(folders.course))
    assert done.returncode in (0, 1), done.stderr


def _nbgrader(place, *arguments):
    there = os.environ | {"JUPYTER_CONFIG_PATH": str(course.config_folder(place.root))}
    command = [sys.executable, "-m", "nbgrader", *arguments, "--course", "mutu"]
    done = subprocess.run(command, cwd=place.root, env=there, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr

"""A file that breaks off: its lost tasks wait for a person, in every command, until points are given by hand."""

from __future__ import annotations

import csv
import json

import feedback_kit as kit
import pytest
from nbgrader.api import Gradebook
from running import run

from mutu.course.nbgrader import Trainee, add_trainees
from mutu.course.nbgrader.results import results
from mutu.course.nbgrader.schema import ask_here
from mutu.course.outcome.certificate.decide import Refused, decide
from mutu.course.outcome.certificate.taught import Taught
from mutu.course.outcome.insight import insight
from mutu.course.outcome.standing import Known, State
from mutu.kernels import cage

pytestmark = [pytest.mark.timeout(300), pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))]
LUAS = {"luas": "def luas(p, l):\n    return p * l"}
LOST = "Soal B: keliling, Soal C: alasan"
WAITS = f"berkas terpotong atau rusak: mintalah sekali lagi, atau beri poin ({LOST})"
BEHIND = f"Berkas terpotong atau rusak sehingga ada soal yang menunggu ({LOST}): mintalah sekali lagi."


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """p1's file is cut off before its second task, p2 has deleted the second task in a whole file."""
    folders = kit.plain_course(tmp_path_factory.mktemp("kelas"))
    add_trainees(folders, [Trainee(f"p{n}", name, f"p{n}@contoh.id") for n, name in ((1, "Siti A"), (2, "Budi B"))])
    for who in ("p1", "p2"):
        kit.hand_in(folders, "ukur", who, LUAS)
    cut, deleted = (folders.course / "submitted" / who / "ukur" / "ukur.ipynb" for who in ("p1", "p2"))
    data = cut.read_bytes()
    cut.write_bytes(data[: data.index(b"def keliling")])
    node = json.loads(deleted.read_text(encoding="utf-8"))
    node["cells"] = [cell for cell in node["cells"] if "def keliling" not in "".join(cell["source"])]
    deleted.write_text(json.dumps(node), encoding="utf-8")
    return folders


def _run(folders, *words):
    done = run("course", *words, "--course-dir", str(folders.course))
    assert done.returncode == 0, done.stderr
    return done.stdout


def _told(folders, out):
    _run(folders, "marks", "--out", str(out / "m.csv"))
    with (out / "m.csv").open(encoding="utf-8-sig") as file:
        marks = {row["ID"]: row for row in csv.DictReader(file)}
    feedback = json.loads(_run(folders, "feedback", "ukur", "--json"))["assignments"][0]["pages"]
    seen = json.loads(_run(folders, "insight", "ukur", "--out", str(out / "w.html"), "--json"))
    return marks, {each["student"]: each for each in feedback}, seen


def test_its_lost_tasks_wait_in_every_command_until_a_person_decides(place, tmp_path):
    graded = {each["student"]: each for each in json.loads(_run(place, "grade", "ukur", "--json"))["submissions"]}
    assert (graded["p1"]["needs_manual"], graded["p1"]["remarks"]) == (True, [WAITS])
    assert (graded["p2"]["needs_manual"], graded["p2"]["remarks"]) == (False, [])
    again = json.loads(_run(place, "grade", "ukur", "--json"))["submissions"]
    assert [(each["graded"], each["remarks"]) for each in again] == [(False, [WAITS]), (False, [])]

    marks, feedback, seen = _told(place, tmp_path)
    assert (marks["p1"]["keadaan"], marks["p1"]["nilai (0–100)"]) == (WAITS, "")
    assert (marks["p1"]["Soal B: keliling (2) [tes-keliling]"], marks["p1"]["Soal C: alasan (3) [alasan]"]) == ("", "")
    assert (marks["p2"]["keadaan"], marks["p2"]["Soal B: keliling (2) [tes-keliling]"]) == ("lengkap", "0")
    assert {each["student"]: each["state_text"] for each in seen["trainees_marks"]} == {"p1": WAITS, "p2": "lengkap"}
    assert [each["n"] for each in seen["tasks"]] == [1, 1, 1]
    assert [each["reasons"] for each in seen["behind"] if each["student"] == "p1"] == [[BEHIND]]
    shown = (tmp_path / "w.html").read_text(encoding="utf-8")
    assert '4/9</td><td class="num">–</td>' in shown
    assert "Median dan hasil tiap soal dihitung dari 1 kiriman" in shown
    assert not [group for group in seen["wrong"] if "p1" in group["students"]]

    assert [task["state"] for task in feedback["p1"]["tasks"]] == ["right", "waiting", "waiting"]
    page = (place.course / "feedback" / "p1" / "ukur" / "ukur.html").read_text(encoding="utf-8")
    assert page.count("Tidak ada dalam berkas Anda") == 4
    assert "Masih kosong" not in page
    assert "–/2" in page
    assert "Soal senilai 5 poin menunggu karena berkas Anda tidak sampai secara utuh." in page
    assert "pengajar belum menilai semuanya" not in page
    assert "Masih kosong" in (place.course / "feedback" / "p2" / "ukur" / "ukur.html").read_text(encoding="utf-8")

    assert _certificate(place) == f"Modul ukur: {WAITS}."
    _give(place, {"tes-keliling": 0, "alasan": 2})
    assert _certificate(place) is None
    again = json.loads(_run(place, "grade", "ukur", "--force", "--json"))["submissions"][0]
    assert (again["score"], again["needs_manual"], again["remarks"]) == (6, False, [])
    marks, feedback, _seen = _told(place, tmp_path)
    assert (marks["p1"]["keadaan"], marks["p1"]["nilai (0–100)"]) == ("lengkap", "66.67")
    assert [task["state"] for task in feedback["p1"]["tasks"]] == ["right", "wrong", "part"]
    page = (place.course / "feedback" / "p1" / "ukur" / "ukur.html").read_text(encoding="utf-8")
    assert "Tanyakan kepada pengajar" not in page


def test_a_whole_file_after_it_is_graded_as_any_other(place):
    kit.hand_in(place, "ukur", "p2", LUAS, kit.SECOND)
    graded = json.loads(_run(place, "grade", "ukur", "--json", "--student", "p2"))["submissions"]
    assert (graded[0]["needs_manual"], graded[0]["remarks"]) == (False, [])
    known = Known.read(place, results(place))
    assert known.of("p2", ["ukur"])[0].state is State.COMPLETE
    assert insight(place, "ukur").marks.shares


def test_nobody_writes_into_a_whole_file_that_it_broke_off(place):
    kit.hand_in(place, "ukur", "p2", LUAS, "2026-11-25 03:00:00 UTC")
    file = place.course / "submitted" / "p2" / "ukur" / "ukur.ipynb"
    node = json.loads(file.read_text(encoding="utf-8"))
    node["metadata"]["mutu"] = {"not_whole": "cut"}
    for cell in node["cells"]:
        cell["metadata"]["mutu"] = {"lost": True}
    file.write_text(json.dumps(node), encoding="utf-8")
    graded = json.loads(_run(place, "grade", "ukur", "--json", "--student", "p2"))["submissions"]
    assert (graded[0]["score"], graded[0]["needs_manual"]) == (4, False)


def _certificate(folders) -> str | None:
    from decimal import Decimal

    known = Known.read(folders, results(folders))
    module = Taught("ukur", "Ukur", 1, Decimal(0), ("ukur",))
    (found,) = decide([known.people["p1"]], [module], known)
    return found.reason if isinstance(found, Refused) else None


def _give(folders, points):
    ask_here()
    with Gradebook(folders.gradebook, "mutu") as book:
        for name, given in points.items():
            grade = book.find_grade(name, "ukur", "ukur", "p1")
            grade.manual_score, grade.needs_manual_grade = given, False
        book.db.commit()

"""One submission, one number, one state: what grade, feedback, marks, certificate and insight say of the same class."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import datetime, timedelta

import feedback_kit as kit
import pytest
from nbgrader.api import Gradebook
from running import run

from mutu.course.nbgrader import Trainee, add_trainees, generate
from mutu.course.nbgrader.results import results
from mutu.course.nbgrader.schema import ask_here
from mutu.course.outcome.certificate.decide import Refused, decide
from mutu.course.outcome.certificate.taught import Taught
from mutu.course.outcome.standing import Known, State, late
from mutu.course.outcome.tasks import task_titles, titles
from mutu.kernels import cage
from mutu.locale import use

pytestmark = [pytest.mark.timeout(300), pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))]
GOOD = {"luas": "def luas(p, l):\n    return p * l", "keliling": "def keliling(p, l):\n    return 2 * (p + l)"}
REASON = {"alasan": "Karena sisi."}
DUE = datetime(2026, 11, 20, 10)
NAMES = ("Siti Aminah", "Budi Santoso", "Dewi Kosong", "Rina Terlambat", "Tono Tanpa Berkas", "Ayu Absen", "Joko Rusak")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Seven people: complete, old points, an empty file, late and waiting, no notebook, nothing, a broken newer one."""
    folders = kit.plain_course(tmp_path_factory.mktemp("kelas"))
    add_trainees(folders, [Trainee(f"p{n}", name, f"p{n}@contoh.id") for n, name in enumerate(NAMES, 1)])
    for who, time in (("p1", kit.FIRST), ("p2", kit.FIRST), ("p4", "2026-11-22 05:00:00 UTC"), ("p7", kit.FIRST)):
        kit.hand_in(folders, "ukur", who, GOOD | REASON, time)
    for who, content in (("p3", b""), ("p5", None)):
        folder = folders.course / "submitted" / who / "ukur"
        folder.mkdir(parents=True)
        (folder / "timestamp.txt").write_text(kit.FIRST)
        if content is not None:
            (folder / "ukur.ipynb").write_bytes(content)
    assert _run(folders, "grade", "ukur").returncode == 0
    ask_here()
    with Gradebook(folders.gradebook, "mutu") as book:
        book.find_assignment("ukur").duedate = DUE
        for who, points in (("p1", 3), ("p2", 2), ("p7", 3)):
            grade = book.find_grade("alasan", "ukur", "ukur", who)
            grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()
    kit.hand_in(folders, "ukur", "p2", GOOD | {"alasan": "Jawaban lain."}, kit.SECOND)
    kit.hand_in(folders, "ukur", "p7", GOOD | REASON, kit.SECOND)
    (folders.course / "submitted" / "p7" / "ukur" / "ukur.ipynb").write_bytes(b"{")
    return folders


@pytest.fixture(scope="module")
def said(place, tmp_path_factory):
    """Command -> what it says of each person: points, state, how late."""
    out = tmp_path_factory.mktemp("hasil")
    graded = json.loads(_run(place, "grade", "ukur", "--force", "--json").stdout)["submissions"]
    feedback = json.loads(_run(place, "feedback", "ukur", "--json").stdout)["assignments"][0]["pages"]
    assert _run(place, "marks", "--out", str(out / "m.csv")).returncode == 0
    with (out / "m.csv").open(encoding="utf-8-sig") as file:
        rows = {row["ID"]: row for row in csv.DictReader(file)}
    insight = json.loads(_run(place, "insight", "ukur", "--out", str(out / "w.html"), "--json").stdout)
    return {
        "grade": {each["student"]: each for each in graded},
        "feedback": {each["student"]: each for each in feedback},
        "marks": rows,
        "insight": {each["student"]: each for each in insight["trainees_marks"]},
        "unfit": {each["student"]: each["reason"] for each in insight["unfit"]},
        "page": (out / "w.html").read_text(encoding="utf-8"),
        "late": insight["late"],
        "behind": {each["student"]: each["reasons"] for each in insight["behind"]},
    }


def _run(folders, *words):
    return run("course", *words, "--course-dir", str(folders.course))


POINTS = {"p1": 9.0, "p2": 8.0, "p4": 6.0}
STATES = {
    "p1": "lengkap",
    "p2": "poin lama menunggu pemeriksaan: Soal C: alasan (2)",
    "p4": "menunggu poin dari pengajar: Soal C: alasan",
}


@pytest.mark.parametrize("who", POINTS)
def test_every_command_tells_one_number_and_one_state(said, who):
    assert {said["grade"][who]["score"], said["feedback"][who]["score"], said["insight"][who]["points"],
            float(said["marks"][who]["poin (9)"])} == {POINTS[who]}  # fmt: skip
    states = {said["feedback"][who]["state_text"], said["marks"][who]["keadaan"], said["insight"][who]["state_text"]}
    codes = {said["feedback"][who]["state"], said["insight"][who]["state"]}
    assert codes == {"complete" if who == "p1" else "waiting"}, "a code, whatever the language"
    assert states == {STATES[who]}
    remarks = said["grade"][who]["remarks"]
    assert remarks[:1] == ([] if who == "p1" else [STATES[who]])
    assert (said["marks"][who]["nilai (0–100)"] == "") == (who != "p1")


def test_points_that_nobody_gave_are_no_zero(said):
    pages = said["feedback"]
    unfit = [who for who, page in pages.items() if page["state"] == "unfit"]
    assert unfit
    assert [who for who, page in pages.items() if page["score"] is None] == unfit
    tasks = {(who, task["grade_id"]): task for who, page in pages.items() for task in page["tasks"]}
    assert tasks["p4", "alasan"] == {"grade_id": "alasan", "score": None, "state": "waiting"}
    assert tasks["p2", "alasan"]["score"] == 2, "old points count until somebody looks"


def test_formgrader_shows_the_same(place, said):
    with Gradebook(place.gradebook, "mutu") as book:
        shown = {each["student"]: each for each in book.submission_dicts("ukur")}
    assert {who: shown[who]["score"] for who in POINTS} == POINTS
    assert {who for who in POINTS if shown[who]["needs_manual_grade"]} == {"p2", "p4"}


@pytest.mark.parametrize("who", ["p2", "p4"])
def test_how_late_is_told_by_every_command(said, who):
    told = {
        "p2": "terlambat 3 hari 17 jam (dikumpulkan 24 November 2026, 10.00 WIB; batas 20 November 2026, 17.00 WIB)",
        "p4": "terlambat 1 hari 19 jam (dikumpulkan 22 November 2026, 12.00 WIB; batas 20 November 2026, 17.00 WIB)",
    }[who]
    assert {said["feedback"][who]["late"], said["marks"][who]["terlambat"], said["insight"][who]["late"]} == {told}
    assert said["grade"][who]["remarks"][-1] == told
    assert said["late"] == ["p2", "p4"]
    assert "Rina Terlambat (p4) (1 hari 19 jam)" in said["page"]


def test_what_cannot_be_graded_is_told_with_its_reason_and_is_no_zero(said, place):
    empty = "Berkas ini kosong. Mintalah sekali lagi."
    none = "Notebook «ukur» tidak dikumpulkan. Mintalah kepada peserta."
    assert {who: said["grade"][who]["reason"] for who in ("p3", "p5")} == {"p3": empty, "p5": none}
    for who, reason in (("p3", empty), ("p5", none), ("p7", said["grade"]["p7"]["reason"])):
        words = f"dikumpulkan, tidak dapat dinilai: {reason}"
        assert (said["grade"][who]["score"], said["grade"][who]["reason"]) == (None, reason)
        assert said["feedback"][who]["state"] == "unfit"
        assert said["feedback"][who]["state_text"] == said["marks"][who]["keadaan"] == words
        assert (said["marks"][who]["poin (9)"], said["marks"][who]["nilai (0–100)"]) == ("", "")
        assert said["unfit"][who] == reason
        assert who not in said["insight"]
        page = (place.course / "feedback" / who / "ukur" / "ukur.html").read_text(encoding="utf-8")
        assert "idak dapat dinilai" in page
        assert "Mintalah" not in page, "that is what the trainer does"
        name = NAMES[int(who[1]) - 1]
        listed = said["page"].partition('id="semua"')[2]
        assert f'{name} ({who})</bdi><br><span class="remark quiet">{words}' in listed
        assert said["behind"][who][0] == "Berkas yang dikumpulkan tidak dapat dinilai: mintalah sekali lagi."
    assert "3 di antaranya sudah dinilai; bagian dari kelas di halaman ini dihitung dari kiriman itu." in said["page"]
    assert "Belum: Ayu Absen (p6)." in said["page"]
    assert said["marks"]["p6"]["keadaan"] == "belum mengumpulkan"


def test_a_page_without_anything_graded_praises_nobody(said, place):
    page = (place.course / "feedback" / "p3" / "ukur" / "ukur.html").read_text(encoding="utf-8")
    assert "Semua tugas benar" not in page
    assert "dari 0 poin" not in page


def test_a_task_that_waits_shows_a_dash_and_old_points_are_told(said, place):
    pages = {
        who: (place.course / "feedback" / who / "ukur" / "ukur.html").read_text(encoding="utf-8")
        for who in ("p2", "p4")
    }
    assert "– dari 3 poin" in pages["p4"]
    assert "<b>terlambat 1 hari 19 jam</b> (batas 20 November 2026, 17.00 WIB)" in pages["p4"]
    assert "2 dari 3 poin" in pages["p2"]
    assert "Poin lama (2) diberikan untuk jawaban sebelumnya dan menunggu pemeriksaan." in pages["p2"]


def test_the_certificate_refuses_with_the_same_words(said, place):
    known = Known.read(place, results(place))
    module = Taught("ukur", "Mengukur", 2, 70, ("ukur",))
    with use("id"):
        judged = {one.person.id: one for one in decide(list(known.results.people.values()), [module], known)}
    assert not isinstance(judged["p1"], Refused)
    for who in ("p2", "p3", "p4", "p5", "p6", "p7"):
        assert judged[who].reason == f"Modul ukur: {said['marks'][who]['keadaan'].rstrip('.')}."


def test_an_extension_moves_the_due_date(place):
    submission = results(place).submissions["p4", "ukur"]
    assert late(submission, DUE).minutes == 43 * 60
    assert late(submission, DUE + timedelta(hours=43)) is None
    assert late(submission, None) is None


def test_titles_are_the_headings_and_never_twice_the_same(place):
    keys = [("ukur", "tes-luas"), ("ukur", "alasan"), ("ukur", "entah")]
    assert list(task_titles(place.course, "ukur", keys).values()) == ["Soal A: luas", "Soal C: alasan", "entah"]
    twice = task_titles(place.course, "ukur", [("ukur", "alasan"), ("lain", "alasan")])
    assert twice == {("ukur", "alasan"): "ukur: Soal C: alasan", ("lain", "alasan"): "lain: alasan"}


def test_a_cell_in_a_sentence_is_called_as_its_task_is_everywhere(tmp_path):
    folders = kit.plain_course(tmp_path)
    said = titles(folders.course, "ukur")
    assert (said["luas"], said["tes-luas"]) == ("Soal A: luas (luas)", "Soal A: luas (tes-luas)")
    source = folders.course / "source" / "ukur" / "ukur.ipynb"
    source.write_text(source.read_text(encoding="utf-8").replace("Soal B: keliling", "Soal A: luas"), encoding="utf-8")
    called = task_titles(folders.course, "ukur", [("ukur", name) for name in ("tes-luas", "tes-keliling", "alasan")])
    said = titles(folders.course, "ukur")
    with use("id"):
        assert said["keliling"] == "Soal A: luas, bagian 2 (keliling)"
        assert said["tes-keliling"] == f"{called['ukur', 'tes-keliling']} (tes-keliling)"


def test_states_are_counted_by_person(place):
    known = Known.read(place, results(place))
    states = {who: known.of(who, ["ukur"])[0].state for who in known.results.people}
    assert [states[f"p{n}"] for n in range(1, 8)] == [
        State.COMPLETE, State.WAITING, State.UNFIT, State.WAITING, State.UNFIT, State.NOTHING, State.UNFIT,
    ]  # fmt: skip


@pytest.mark.parametrize("words", [("marks", "--out", "m.csv"), ("insight", "ukur", "--out", "w.html")])
def test_a_course_without_anybody_makes_no_empty_file_but_says_what_to_do(tmp_path, monkeypatch, words):
    folders = kit.plain_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    done = _run(folders, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "belum memiliki peserta. Tambahkan daftar kelas dengan mutu course students, atau kumpulkan" in done.stderr
    assert not (tmp_path / words[-1]).exists()


def test_who_handed_in_without_standing_in_the_class_list_is_listed(tmp_path):
    folders = kit.plain_course(tmp_path)
    kit.hand_in(folders, "ukur", "tamu", GOOD)
    out = tmp_path / "m.csv"
    assert _run(folders, "marks", "--out", str(out)).returncode == 0
    (row,) = csv.DictReader(out.open(encoding="utf-8-sig"))
    assert (row["ID"], row["keadaan"]) == ("tamu", "dikumpulkan, belum dinilai")


def test_feedback_is_written_for_whom_a_name_means_and_near_ones_are_named(place):
    done = _run(place, "feedback", "ukur", "--student", "dewi")
    assert done.returncode == 0
    assert "Dewi Kosong (p3): dikumpulkan, tidak dapat dinilai: Berkas ini kosong." in done.stdout
    near = _run(place, "feedback", "ukur", "--student", "Rina Terlambad")
    assert (near.returncode, near.stdout) == (1, "")
    assert "Rina Terlambat (p4)" in near.stderr


def test_an_assignment_of_two_notebooks_names_them(tmp_path):
    folders = kit.plain_course(tmp_path)
    source = folders.course / "source" / "ukur"
    shutil.copyfile(source / "ukur.ipynb", source / "lagi.ipynb")
    generate(folders, "ukur")
    kit.hand_in(folders, "ukur", "p1", GOOD)
    released = folders.course / "release" / "ukur" / "lagi.ipynb"
    shutil.copyfile(released, folders.course / "submitted" / "p1" / "ukur" / "lagi.ipynb")
    assert _run(folders, "grade", "ukur").returncode == 0
    said = _run(folders, "feedback", "ukur").stdout.splitlines()
    assert said[0] == "p1: 6 dari 18 poin; lagi 0/9, ukur 6/9"
    assert _run(folders, "marks", "--out", str(tmp_path / "m.csv")).returncode == 0
    heads = (tmp_path / "m.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert "ukur: Soal A: luas (4) [ukur/tes-luas]" in heads

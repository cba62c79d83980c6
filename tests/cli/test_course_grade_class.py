"""`mutu course grade` with a class list: who is named, who is missing, what comes next, and how a run is stopped."""

from __future__ import annotations

import json
import sys

import pexpect
import psutil
import pytest
from grade_kit import NAME, RIGHT, SQUARE, Cell, Small, check
from running import environment, mutu, run

from mutu.course.nbgrader import Trainee, add_trainees, configuration
from mutu.kernels import cage

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))

ABSENT = [f"p{number:02}" for number in range(1, 13)]
CLASS = {"nluh": "Ni Luh Sari", "agus": "Agus Pratama", "joko": "Joko Susilo"}
SLOW = RIGHT | {"akar": "import time\ntime.sleep(25)"}
OBJECT = RIGHT | {"akar": "class Akar:\n    pass\n\n\ndef akar(x):\n    return Akar()"}


TITLED = (*SQUARE[:3], Cell("judul", "## Soal 2: akar (5 poin)", kind="markdown"), *SQUARE[3:])


def course_of(root, names):
    made = Small(root, TITLED)
    place = made.folders.course
    (place / "nbgrader_config.py").write_text(configuration(place, made.folders.exchange), encoding="utf-8")
    add_trainees(made.folders, [Trainee(id_, name) for id_, name in names.items()])
    return made


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    made = course_of(tmp_path_factory.mktemp("kelas"), CLASS | {id_: f"Peserta {id_}" for id_ in ABSENT})
    made.hand_in("nluh")
    (made.hand_in("agus") / f"{NAME}.ipynb").write_bytes(b"")
    made.hand_in("joko", OBJECT)
    made.hand_in("tamu")
    return made


def grade(small, *more):
    return run("course", "grade", NAME, "--course-dir", str(small.folders.course), *more)


def test_people_are_named_who_is_missing_is_said_and_what_comes_next(small):
    lines = grade(small, "--force").stdout.splitlines()
    assert "Ni Luh Sari (nluh)  10,00 / 10" in lines
    assert "tamu  10,00 / 10" in lines  # in no class list
    joko = next(at for at, line in enumerate(lines) if line.startswith("Joko Susilo (joko)  5,00 / 10"))
    assert "menunggu" in " ".join(lines[joko : joko + 2])
    where = next(at for at, line in enumerate(lines) if line.startswith(f"{NAME}: "))
    assert lines[where].startswith("ps1: 4 kiriman, 3 dinilai sekarang, 1 tidak dapat dinilai, ")
    failed, absent, then = lines[where + 1 :]
    assert failed == "Tidak dapat dinilai: Agus Pratama (agus). Berkas ini kosong. Mintalah sekali lagi."
    first = ", ".join(f"Peserta {id_} ({id_})" for id_ in ABSENT[:10])
    assert absent == f"Belum mengumpulkan (12): {first}, dan 2 lainnya"
    assert then == (
        "Langkah berikutnya: beri poin untuk 1 kiriman di formgrader (Manual Grading), lalu jalankan "
        f"`mutu course feedback ps1 --course-dir {small.folders.course}`"
    )


def test_tasks_have_the_titles_that_trainees_read(small):
    said = grade(small, "--student", "joko").stdout
    assert "  Jawaban untuk «Soal 2: akar (tes-akar)» bukan data biasa" in said
    report = json.loads(grade(small, "--student", "joko", "--json").stdout)
    assert "«tes-akar»" in report["submissions"][0]["questions"][0]  # for programs


def test_the_document_names_them_too(small):
    grade(small)
    report = json.loads(grade(small, "--json").stdout)
    said = {each["student"]: each for each in report["submissions"]}
    assert [(id_, said[id_]["name"]) for id_ in ("nluh", "tamu")] == [("nluh", "Ni Luh Sari"), ("tamu", None)]
    assert report["not_handed_in"][0] == {"student": "p01", "name": "Peserta p01"}
    assert len(report["not_handed_in"]) == 12
    agus = said["agus"]
    assert (agus["score"], agus["graded"], agus["reason"]) == (None, False, "Berkas ini kosong. Mintalah sekali lagi.")


def test_one_submission_is_not_several(small):
    done = grade(small, "--student", "ni luh sari", "--lang", "en", "--force").stdout.splitlines()
    assert done[0] == "Ni Luh Sari (nluh)  10.00 / 10"
    assert done[1].startswith("ps1: 1 submission, 1 graded now, ")
    assert done[2].startswith("Next: `mutu course feedback ps1 ")
    assert len(done) == 3  # of others nothing is said


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("nlhu", "Daftar kelas tidak memuat peserta dengan ID atau nama «nlhu». Mungkin maksud Anda: Ni Luh Sari"),
        ("p03", "Peserta p03 (p03) belum mengumpulkan «ps1»"),
        ("p*", "p* belum mengumpulkan «ps1»"),
        ("Peserta", "«Peserta» dapat berarti beberapa peserta: Peserta p01 (p01), "),
    ],
)
def test_whoever_cannot_be_found_is_told_apart_from_who_handed_nothing_in(small, wanted, said):
    done = grade(small, "--student", wanted)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(said)


def test_feedback_too_names_whoever_handed_nothing_in(small):
    done = run("course", "feedback", NAME, "--student", "Peserta p03", "--course-dir", str(small.folders.course))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Peserta p03 (p03) belum mengumpulkan «ps1»: ")


def test_a_module_without_submissions_names_both_its_assignments(tmp_path):
    made = course_of(tmp_path, {})
    for name in ("skm", "skm-en"):
        (made.folders.course / "source" / name).mkdir()
    done = run("course", "grade", "02-skm", "--course-dir", str(made.folders.course))
    assert done.returncode == 1
    assert done.stderr.startswith("Belum ada kiriman «skm», «skm-en» di ")
    assert done.stderr.endswith("Kumpulkan dulu dengan `mutu course collect …`.\n")


def test_who_is_at_work_is_shown_and_ctrl_c_says_what_is_kept(tmp_path):
    made = course_of(tmp_path, CLASS)
    made.hand_in("agus", SLOW)
    made.hand_in("joko")
    made.hand_in("nluh", SLOW)
    command = mutu("course", "grade", NAME, "--jobs", "2", "--course-dir", str(made.folders.course))
    screen = pexpect.spawn(
        sys.executable, command[1:], env=environment(TERM="xterm", COLUMNS="120"), dimensions=(40, 120),
        encoding="utf-8", timeout=60,
    )  # fmt: skip
    screen.expect(r"Sedang dinilai: Agus Pratama \(agus\), sudah \d+ detik · Ni Luh Sari \(nluh\), sudah \d+ detik")
    family = psutil.Process(screen.pid).children(recursive=True)
    assert family
    screen.sendintr()
    screen.expect(pexpect.EOF)
    screen.close()
    assert screen.exitstatus == 130
    said = " ".join(screen.before.split())
    assert "Dihentikan. 1 dari 3 kiriman sudah selesai dan hasilnya tersimpan. " in said
    assert "Jalankan lagi perintah yang sama untuk melanjutkan sisanya." in said
    assert "Traceback" not in said
    assert psutil.wait_procs(family, timeout=10)[1] == []
    again = grade(made, "--student", "joko").stdout
    assert again.startswith("Joko Susilo (joko)  10,00 / 10  tetap")


def test_what_was_found_is_told_in_the_language_of_whoever_reads_it(tmp_path):
    made = course_of(tmp_path, CLASS)
    file = made.hand_in("nluh") / f"{NAME}.ipynb"
    file.write_bytes(file.read_bytes()[:-900])
    first = grade(made).stdout
    assert "Berkas ini terpotong setelah sel" in first
    again = grade(made, "--lang", "en").stdout
    assert "The file is cut off after cell" in again
    assert "Berkas" not in again
    assert grade(made).stdout.splitlines()[1:-3] == first.splitlines()[1:-3]
    record = made.folders.course / "autograded" / "nluh" / NAME / ".mutu-grade.json"
    kept = json.loads(record.read_text(encoding="utf-8"))
    del kept["notes"]  # as it was written before
    record.chmod(0o644)
    record.write_text(json.dumps(kept), encoding="utf-8")
    assert "Berkas ini terpotong setelah sel" in grade(made, "--lang", "en").stdout


def test_tests_that_ran_beside_the_code_are_named_with_the_reason(tmp_path):
    made = Small(tmp_path, (*TITLED[:-1], check("tes-akar", 'assert eval("akar(16)") == 4')))
    made.hand_in("nluh")
    lines = grade(made).stdout.splitlines()
    where = lines.index("Tes yang dijalankan bersama kode peserta, karena tidak dapat diperiksa dari luar:")
    assert lines[where + 1].startswith("  «Soal 2: akar (tes-akar)»: ")

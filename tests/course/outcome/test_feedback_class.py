"""Feedback of classes that nbgrader really graded: the module's own assignments, and a course that knows no mutu."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import feedback_kit as kit
import pytest
from nbgrader.api import Gradebook

from mutu.course.nbgrader import Folders, Trainee, add_trainees, autograde
from mutu.course.outcome.feedback.write import write
from mutu.errors import InputError
from mutu.locale import use

pytestmark = [pytest.mark.classroom, pytest.mark.timeout(300)]
KNOWN = ["reference", "untouched", "hanya-contoh", "kosong-nol", "terlalu-dini-dibulatkan"]
RIGHT = {"luas": "def luas(p, l):\n    return p * l", "keliling": "def keliling(p, l):\n    return 2 * (p + l)"}
CANARY = "<script>alert('x')</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module", params=["skm", "skm-en"])
def of_module(request, tmp_path_factory):
    folders = kit.module_course(tmp_path_factory.mktemp("kelas"), request.param, KNOWN)
    with use("id"):
        return folders, request.param, {written.student: written for written in write(folders, request.param)}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Submissions to the course of another trainer, graded by nbgrader; some points and comments by hand."""
    folders = kit.plain_course(tmp_path_factory.mktemp("lain"))
    answers = {
        "benar": RIGHT | {"alasan": "Karena **sisi**."},
        "terlihat": RIGHT | {"luas": "def luas(p, l):\n    return p + l", "alasan": CANARY},
        "nol": RIGHT | {"luas": "def luas(p, l):\n    return p * l if p else 1"},
        "pecahan": RIGHT | {"luas": "def luas(p, l):\n    return int(p) * l"},
        "rusak": RIGHT | {"luas": "def luas(p, l:\n    return p"},
        "kosong": {},
    }
    for student, cells in answers.items():
        kit.hand_in(folders, "ukur", student, cells)
    autograde(folders, "ukur")
    add_trainees(folders, [Trainee("benar", f"Siti {CANARY}")])
    with Gradebook(folders.gradebook, "mutu") as book:
        for student, points in (("benar", 1.0), ("terlihat", 0.0)):
            grade = book.find_grade("alasan", "ukur", "ukur", student)
            grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment("luas", "ukur", "ukur", "terlihat").manual_comment = f"Lihat lagi {CANARY}"
        grade = book.find_grade("tes-keliling", "ukur", "ukur", "terlihat")
        grade.extra_credit = 0.5
        book.db.commit()
    return folders


@pytest.fixture
def pages(plain):
    with use("en"):
        return {written.student: written for written in write(plain, "ukur")}


def task(written, grade_id):
    (found,) = [item for item in written.page.items if item.task.grade_id == grade_id]
    return found


def prose(file: Path) -> str:
    """What a page says, without styles, headings, numbers of points, and the trainee's own answers."""
    text = file.read_text(encoding="utf-8")
    for left in (r"<style>.*?</style>", r'<pre class="own.*?</pre>', r"<h\d>.*?</h\d>", r'<p class="marks">.*?</p>',
                 r'<p class="total">.*?</p>', r"<table>.*?</table>", r'<p class="who.*?</p>'):  # fmt: skip
        text = re.sub(left, " ", text, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def test_nothing_of_the_hidden_tests_is_on_any_page(of_module):
    folders, name, written = of_module
    lines, literals = kit.hidden(folders, name)
    assert len(lines) > 30
    assert len(literals) > 15
    for page in written.values():
        text = html.unescape(page.file.read_text(encoding="utf-8"))
        assert [line for line in lines if line in text] == [], page.student
        said = prose(page.file)
        given_away = [each for each in literals if re.search(rf"(?<![\w.]){re.escape(each)}(?!\w|\.\d)", said)]
        assert given_away == [], page.student


def test_the_reference_answers_of_the_trainer_are_on_no_page(of_module):
    _folders, _name, written = of_module
    for page in written.values():
        text = page.file.read_text(encoding="utf-8")
        assert "Jawaban acuan" not in text
        assert "Reference answer" not in text


def test_the_page_speaks_the_language_of_its_assignment(of_module):
    _folders, name, written = of_module
    text = written["hanya-contoh"].file.read_text(encoding="utf-8")
    (expected, other) = ("Satu pemeriksaan dengan data lain", "One check with other data")
    if name == "skm-en":
        expected, other = other, expected
    assert expected in text
    assert other not in text
    assert f'<html lang="{"en" if name == "skm-en" else "id"}">' in text


def test_every_hidden_check_that_failed_has_its_case(of_module):
    _folders, _name, written = of_module
    for item in written["hanya-contoh"].page.items[:7]:
        assert len(item.answer.cases) == 1, item.task.grade_id
    assert task(written["terlalu-dini-dibulatkan"], "tes-bobot").answer.cases in (
        ("survei lengkap menurut peraturan",), ("a complete survey as the regulation has it",)
    )  # fmt: skip


def test_visible_checks_are_told_in_their_own_words(of_module):
    _folders, name, written = of_module
    said = task(written["kosong-nol"], "tes-nrr").answer.quote
    assert said.startswith("nrr([3, 2, None, 4]) ")
    assert ("Hanya tiga orang menjawab" if name == "skm" else "three people") in said


def test_what_to_read_again_is_a_heading_of_the_lesson_in_the_same_language(of_module):
    _folders, name, written = of_module
    assert task(written["kosong-nol"], "tes-nrr").task.read.startswith("1. ")
    text = written["kosong-nol"].file.read_text(encoding="utf-8")
    assert (
        "Baca lagi dalam pelajaran: «1. Rata-rata satu unsur»" if name == "skm" else "Read again in the lesson"
    ) in text
    assert task(written["kosong-nol"], "tes-tampilkan").task.where == "exercise"


def test_states_and_points_are_those_of_the_gradebook(of_module):
    _folders, _name, written = of_module
    states = {student: [item.answer.state for item in page.page.items] for student, page in written.items()}
    assert states["reference"] == ["right"] * 7 + ["empty"]
    assert states["untouched"] == ["empty"] * 8
    assert (written["reference"].page.score, written["reference"].page.full) == (15, 19)


def test_a_page_is_light_and_has_a_policy_and_no_script(of_module):
    for page in of_module[2].values():
        text = page.file.read_text(encoding="utf-8")
        assert len(text) < 40_000
        assert "<script" not in text
        assert "default-src &#39;none&#39;" in text


def test_asserts_of_any_course_are_told_apart(pages):
    assert task(pages["terlihat"], "tes-luas").answer.code == "assert luas(2, 3) == 6"
    assert task(pages["nol"], "tes-luas").answer.cases == ("salah satu sisi nol",)
    assert task(pages["pecahan"], "tes-luas").answer.cases == ("sisi pecahan",)
    assert task(pages["kosong"], "tes-luas").answer.state == "empty"
    stopped = task(pages["rusak"], "tes-luas").answer
    assert "SyntaxError" in stopped.quote
    assert "could not be checked" in stopped.lines[0]


def test_nothing_hidden_is_on_the_pages_of_any_course(pages):
    for written in pages.values():
        text = html.unescape(written.file.read_text(encoding="utf-8"))
        for secret in ("7481", "6173", "3086", "rahasia", "3417", "6858", "HIDDEN"):
            assert secret not in text, (written.student, secret)


def test_what_people_write_cannot_act_on_the_page(pages):
    for student in ("terlihat", "benar"):
        text = pages[student].file.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "<img" not in text
    assert "&lt;script&gt;" in pages["terlihat"].file.read_text(encoding="utf-8")


def test_points_by_hand_comments_and_extra_points_are_told(pages):
    item = task(pages["benar"], "alasan")
    assert item.answer.lines == ("What 1 points stand for: a reason.",)
    assert item.answer.next_step == "For 3 points: proof."
    assert task(pages["terlihat"], "tes-luas").comments == (f"Lihat lagi {CANARY}",)
    assert task(pages["terlihat"], "tes-keliling").extra == 0.5
    assert pages["terlihat"].page.score == 2.5
    assert pages["nol"].page.waiting == 0  # an answer that is as it was handed out is marked by nbgrader itself


def test_titles_are_the_headings_above_the_tasks(pages):
    titles = [item.task.title for item in pages["benar"].page.items]
    assert titles == ["Soal A: luas", "Soal B: keliling", "Soal C: alasan"]


def test_what_was_mended_and_why_something_did_not_run_is_told(plain):
    record = plain.course / "autograded" / "nol" / "ukur" / ".mutu-grade.json"
    record.write_text(json.dumps({"mended": ["Sel <b>ganda</b> dibuang."], "reason": "Sel 3 terlalu lama.", "x": 1}))
    try:
        (written,) = write(plain, "ukur", "nol")
        text = written.file.read_text(encoding="utf-8")
        assert "Sel &lt;b&gt;ganda&lt;/b&gt; dibuang." in text
        assert "Sel 3 terlalu lama." in text
        for broken in ("{", "[1]", '{"mended": 3, "reason": null}'):
            record.write_text(broken)
            assert write(plain, "ukur", "nol")[0].page.mended == ()
    finally:
        record.unlink()


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"cells": 3}', '{"cells": [3, {"metadata": 3}]}', "[" * 100_000])
def test_a_notebook_that_cannot_be_read_still_gets_its_points_told(plain, tmp_path, broken):
    course = tmp_path / "kursus"
    shutil.copytree(plain.course, course)
    notebook = course / "autograded" / "benar" / "ukur" / "ukur.ipynb"
    notebook.chmod(0o644)
    notebook.write_text(broken)
    (written,) = write(Folders(course, tmp_path), "ukur", "benar")
    assert written.page.score == 7


def test_beside_the_page_lies_what_nbgrader_needs_to_release_it(plain, pages):
    assert (plain.course / "feedback" / "benar" / "ukur" / "timestamp.txt").read_text() == kit.FIRST
    assert pages["benar"].file == plain.course / "feedback" / "benar" / "ukur" / "ukur.html"


def test_nbgraders_own_command_writes_the_same_page(plain, pages):
    (plain.course / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = 'mutu'\nc.CourseDirectory.root = {str(plain.course)!r}\n"
        "c.GenerateFeedback.exporter_class = 'mutu.course.outcome.feedback.exporter.FeedbackExporter'\n"
    )
    ours = pages["pecahan"].file.read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_feedback", "ukur", "--force", "--student", "pecahan"],
        cwd=plain.course, capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"MUTU_LANG": "en"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert pages["pecahan"].file.read_text(encoding="utf-8") == ours


def test_without_a_source_points_and_comments_are_told_and_nothing_is_given_away(plain, tmp_path):
    course = tmp_path / "kursus"
    shutil.copytree(plain.course, course)
    shutil.rmtree(course / "source")
    shutil.rmtree(course / "release")
    with use("en"):
        written = {each.student: each for each in write(Folders(course, tmp_path), "ukur")}
    assert task(written["nol"], "tes-luas").answer.cases == ("salah satu sisi nol",)
    assert written["benar"].page.score == 7
    for each in written.values():
        text = html.unescape(each.file.read_text(encoding="utf-8"))
        assert not any(secret in text for secret in ("7481", "6173", "3086", "rahasia", "3417"))


def test_what_is_not_there_is_said(plain, tmp_path):
    with use("en"), pytest.raises(InputError, match="no assignment «lain»"):
        write(plain, "lain")
    with use("en"), pytest.raises(InputError, match="Nothing is graded yet"):
        write(plain, "ukur", "siapa")
    with pytest.raises(InputError, match="no gradebook"):
        write(Folders(tmp_path, tmp_path), "ukur")


def test_the_command_writes_and_counts(plain):
    command = [sys.executable, "-c", "from mutu.cli import main; main()", "--lang", "en", "course", "feedback"]
    run = {"capture_output": True, "text": True, "timeout": 120, "check": False}
    done = subprocess.run([*command, "ukur", "--course-dir", str(plain.course), "--json"], **run)
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["assignments"]
    assert len(found["pages"]) == 6
    assert {page["student"]: page["score"] for page in found["pages"]}["benar"] == 7
    said = subprocess.run([*command, "--course-dir", str(plain.course), "--student", "benar"], **run)
    assert "(benar): 7 of 9 points" in said.stdout
    assert "ukur: pages of feedback: 1, in" in said.stdout
    none = subprocess.run([*command, "ukur", "--course-dir", str(plain.course), "--student", "siapa"], **run)
    assert (none.returncode, "nobody with the id or the name «siapa»" in none.stderr) == (1, True)
    named = subprocess.run([*command, "ukur", "--course-dir", str(plain.course), "--student", "Siti"], **run)
    assert "(benar): 7 of 9 points" in named.stdout

"""The insight of a trainer, read from courses that nbgrader graded: ours with a synthetic class, and a foreign one."""

import json
import re
import shutil
import statistics
import subprocess
import sys
from datetime import date

import class_course
import class_kit
import nbformat
import pytest
from class_kit import Trainee
from nbformat import v4

from mutu.course import author
from mutu.course.nbgrader import Folders, add_trainees, autograde, generate
from mutu.course.nbgrader import Trainee as Enrolled
from mutu.course.nbgrader.results import results
from mutu.course.outcome.feedback.split import Split
from mutu.course.outcome.insight import insight, page
from mutu.errors import InputError
from mutu.locale import use

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

DAY = date(2026, 11, 25)
HOSTILE = "<script>alert(1)</script>\u202e"
EVIL = 'def ikm(daftar_nrr):\n    """</pre><img src=x onerror=alert(2)>"""\n    return "<b>" + 1\n'


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Thirty-two of forty handed in: ten graded by nbgrader, the others put together from these."""
    people = class_kit.honest(40, 5)[:5]
    people += [class_course.known(name, place) for place, name in
               enumerate(("hanya-contoh", "bobot-011", "huruf-belum-dibulatkan", "reference"), 6)]  # fmt: skip
    people[4].cells["ikm"] = EVIL
    people.append(Trainee("sintetis10", HOSTILE, {"ikm": EVIL}))
    folders = class_course.graded(tmp_path_factory.mktemp("wawasan"), people)
    class_course.fill(folders, 30, 5)
    class_course.hand_in(folders, Trainee("sintetis31", "Belum Dinilai", {}))
    broken = folders.course / "autograded" / "sintetis30" / "skm" / "skm.ipynb"
    broken.write_text('{"cells": [{"cell_type": "code", "metadata": 7', encoding="utf-8")
    add_trainees(folders, [Enrolled(f"sintetis{n}", f"Peserta {n}") for n in range(31, 41)])
    return folders


@pytest.fixture(scope="module")
def found(course):
    return insight(course, "02")


@pytest.fixture(scope="module")
def html(found):
    with use("id"):
        return page(found, today=DAY)


def test_the_numbers_are_those_of_the_gradebook(course, found):
    book = results(course).of("skm")
    data = found.as_json()
    assert (data["trainees"], data["handed_in"], data["waiting"]["automatic"]) == (40, 31, ["sintetis31"])
    assert set(data["waiting"]["by_hand"]) == {each.student for each in book if each.needs_manual_grade}
    automatic = [
        sum(grade.auto_score or 0 for grade in each.grades.values() if grade.cell_type == "code") for each in book
    ]
    assert data["marks"]["median"] == statistics.median(automatic)
    assert data["marks"]["maximum"] == 15
    assert sum(step["count"] for step in data["marks"]["steps"]) == 30
    for task in data["tasks"]:
        full = [each.grades["skm", task["task"]].score >= task["max_score"] for each in book]
        assert task["right"] == sum(full), task["task"]


def test_the_two_tasks_in_which_most_fail_come_first(found):
    failed = {each.task.key: each.failed for each in found.tasks if not each.task.by_hand}
    first, second = found.as_json()["hardest"]
    assert [failed[first], failed[second]] == sorted(failed.values(), reverse=True)[:2]


def test_titles_are_the_headings_of_the_notebook(found):
    titles = {each.task.key: each.task.title for each in found.tasks}
    assert titles["tes-ikm"] == "Tugas 4. IKM"
    assert titles["refleksi"].startswith("Refleksi")
    assert {each.task.key: each.task.answers for each in found.tasks}["tes-ikm"] == ("ikm",)


def test_discrimination_and_reliability_are_those_of_the_measure(found):
    import numpy as np

    from mutu.measure.learning import item_analysis

    automatic = [each.task for each in found.tasks if not each.task.by_hand]
    rows = [[work.grades[task.key].score >= task.max_score for task in automatic] for work in found.course.works]
    assert found.items == item_analysis(np.array(rows, dtype=int))


def test_wrong_answers_are_grouped_by_what_the_check_said_with_the_shortest_example(found):
    weight = next(group for group in found.wrong if group.task == "tes-bobot" and "sintetis07" in group.people)
    assert "0.11" in weight.example
    assert weight.why.text.startswith("bobot(8) menghasilkan 0.11. Itu bobot sembilan unsur, dibulatkan.")
    for group in found.wrong:
        assert len(group.example) <= min(len(work.written[key]) for work in found.course.works
                                         for key in [group.task.removeprefix("tes-")]
                                         if work.person.id == group.of)  # fmt: skip
    sizes = [len(group.people) for group in found.wrong]
    assert sizes == sorted(sizes, reverse=True)


def test_everybody_who_failed_a_task_is_in_one_group_of_it_or_left_it_empty(found):
    for result in found.tasks:
        task = result.task
        if task.by_hand:
            continue
        grouped = [person for group in found.wrong if group.task == task.key for person in group.people]
        failed = {work.person.id for work in found.course.works
                  if work.grades[task.key].score < task.max_score and not work.unread
                  and not work.empty.issuperset(task.answers)}  # fmt: skip
        assert sorted(grouped) == sorted(failed), task.key


def test_hidden_checks_show_neither_their_text_nor_their_values(found, html):
    hidden = [group for group in found.wrong if group.why.hidden]
    assert {"sintetis06"} <= {person for group in hidden for person in group.people}
    shown = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    source = nbformat.reads((author.built() / "source" / "skm" / "skm.ipynb").read_text(encoding="utf-8"), as_version=4)
    lines = [line.strip() for cell in source.cells if cell.metadata.get("nbgrader", {}).get("grade")
             for split in [Split(cell.source)] for number, line in enumerate(split.lines, 1)
             if number in split.hidden and number not in split.cases and len(line.strip()) > 12]  # fmt: skip
    assert len(lines) > 20
    assert [line for line in lines if " ".join(line.split()) in shown] == []
    for value in ("13 / 6", "76.6049", "Sembilan kali 0,11", "disabilitas", "masih C"):
        assert value not in shown


def test_what_trainees_wrote_is_text_and_the_page_loads_and_runs_nothing(html):
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;img src=x onerror=alert(2)&gt;" in html
    tags = re.findall(r"<(\w+)([^>]*)>", html.split("<body>")[1])
    assert not {name for name, _rest in tags} & {"script", "img", "iframe", "object", "embed", "form", "input", "link"}
    assert [rest for _name, rest in tags if re.search(r"\s(on\w+|style)\s*=|javascript:", rest)] == []
    assert "\u202e" not in html
    assert re.search(r'http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src', html)
    assert re.findall(r'(?:src|href)="([^"#]+)"', html) == []


def test_an_unreadable_notebook_keeps_its_marks_and_is_named(found, html):
    assert found.as_json()["unread"] == ["sintetis30"]
    assert "notebook tidak dapat dibaca" in html


def test_who_is_behind_is_told_with_the_reason(found):
    reasons = {each.person: " ".join(each.reasons) for each in found.behind}
    assert reasons["sintetis40"] == "Belum mengumpulkan: skm."
    assert "Mengosongkan 7 dari 8 jawaban skm." in reasons["sintetis10"]
    assert not {"sintetis09", "sintetis31"} & set(reasons)


def test_a_small_class_is_warned_of_and_a_larger_one_is_not(found, course):
    with use("en"):
        assert "Only" not in page(found, today=DAY).split("</dl>")[1].split("<section")[0]
    few = course.course.parent / "sedikit"
    if not few.exists():
        shutil.copytree(course.course, few)
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{few / 'gradebook.db'}", "mutu") as book:
        for number in range(9, 31):
            book.remove_submission("skm", f"sintetis{number:02}")
    small = insight(Folders(few, course.exchange), "skm")
    with use("en"):
        text = page(small, today=DAY)
    assert "Only 8 submissions: one person moves a share by 13%" in text
    assert "too small to say what is usual" in text
    assert small.alike == ()


def test_the_command_writes_the_page_and_one_json_document(course, tmp_path):
    out = tmp_path / "halaman"
    words = ["course", "insight", "skm", "--course-dir", str(course.course), "--out", str(out), "--json"]
    done = _mutu(*words)
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    assert data["file"] == str(out / "wawasan-skm.html")
    assert '<html lang="id">' in (out / "wawasan-skm.html").read_text(encoding="utf-8")
    assert {"module", "marks", "tasks", "wrong", "behind", "alike", "waiting"} <= set(data)


def test_the_command_says_what_is_wrong(course, tmp_path):
    where = ["--course-dir", str(course.course)]
    for words, code, said in (
        (["skm", *where], 2, "--out"),
        (["99", *where, "--out", str(tmp_path / "a.html")], 1, "«99»"),
        (["skm", "--course-dir", str(tmp_path), "--out", str(tmp_path / "a.html")], 1, "kursus nbgrader"),
        (["skm", "--dir", str(tmp_path / "tiada"), "--out", str(tmp_path / "a.html")], 1, "--dir"),
    ):
        done = _mutu("course", "insight", *words)
        assert (done.returncode, said in done.stderr) == (code, True), done.stderr
        assert done.stdout == ""
    assert not (tmp_path / "a.html").exists()


def _mutu(*words):
    command = [sys.executable, "-c", "from mutu.cli import main; main()", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


ANSWERS = {
    "benar": "def kuadrat(x):\n    return x * x",
    "kali": "def kuadrat(n):\n    # dua kali\n    return n * 2",
    "kali2": "def kuadrat(angka): return angka * 2",
    "pangkat": "def kuadrat(x):\n    return abs(x) * x",
    "galat": "def kuadrat(x)\n    return x",
}
TEST = """\
assert kuadrat(3) == 9
### BEGIN HIDDEN TESTS
assert kuadrat(-41) == 1681, "should be 1681"
### END HIDDEN TESTS
"""


def _foreign_source(name):
    def role(cell, grade_id, **more):
        known = {
            "schema_version": 3,
            "grade_id": grade_id,
            "grade": False,
            "solution": False,
            "locked": False,
            "task": False,
        }
        cell.metadata["nbgrader"] = known | more
        return cell

    cells = [
        v4.new_markdown_cell(f"# Tugas {name}"),
        role(
            v4.new_code_cell("### BEGIN SOLUTION\ndef kuadrat(x):\n    return x ** 2\n### END SOLUTION"),
            "jawab",
            solution=True,
        ),
        role(v4.new_code_cell(TEST), "uji", grade=True, locked=True, points=2),
    ]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """A course that is not ours, with plain assertions and two assignments of one task each."""
    root = tmp_path_factory.mktemp("asing")
    folders = Folders(root / "kursus", root / "exchange")
    for name, trainees in (("satu", ("galat", "benar")), ("dua", tuple(ANSWERS))):
        (folders.course / "source" / name).mkdir(parents=True)
        nbformat.write(_foreign_source(name), folders.course / "source" / name / "buku.ipynb")
        generate(folders, name)
        for who in trainees:
            place = folders.course / "submitted" / who / name
            place.mkdir(parents=True)
            notebook = nbformat.read(folders.course / "release" / name / "buku.ipynb", as_version=4)
            notebook.cells[1].source = ANSWERS[who]
            nbformat.write(notebook, place / "buku.ipynb")
        autograde(folders, name)
    return folders


def test_a_foreign_course_shows_the_error_and_the_visible_line(foreign):
    found = insight(foreign, "dua")
    groups = {frozenset(group.people): group for group in found.wrong}
    twice = groups[frozenset({"kali", "kali2"})]
    assert (twice.why.code, twice.ways, twice.of) == ("assert kuadrat(3) == 9", 1, "kali2")
    assert "SyntaxError" in groups[frozenset({"galat"})].why.text
    assert groups[frozenset({"pangkat"})].why.hidden
    with use("en"):
        text = page(found, today=DAY)
    body = text.split("<body>")[1]
    assert "1681" not in body
    assert "-41" not in body
    assert found.items is None
    assert "Discrimination needs two automatic tasks" in text


def test_a_module_that_is_not_in_the_gradebook_is_named_with_those_that_are(foreign):
    with pytest.raises(InputError, match="tiga"):
        insight(foreign, "tiga")


def test_low_marks_are_looked_for_across_the_modules_of_the_gradebook(foreign):
    with use("en"):
        found = {each.person: each.reasons for each in insight(foreign, "dua").behind}
    assert found["galat"] == ("Low marks: dua 0%, satu 0% of the points given so far.",)
    assert "kali" not in found

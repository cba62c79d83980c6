"""The page of feedback in a real browser: on a desk, on a phone, on paper; what a trainee wrote stays text."""

from __future__ import annotations

import feedback_kit as kit
import pytest
from nbgrader.api import Gradebook
from pypdf import PdfReader

from mutu.course.nbgrader import Trainee, add_trainees, autograde
from mutu.course.outcome.feedback.write import write
from mutu.locale import use

pytestmark = [pytest.mark.classroom, pytest.mark.timeout(180)]
EVIL = "</pre></main><script>window.fired = 1</script><img src=x onerror='window.fired = 2'><svg onload='fired=3'>"
LONG = "SangatPanjangTanpaSpasi" * 40


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Pages of somebody whose work is right in part, of a hostile one, and of a second attempt's list, by id."""
    folders = kit.plain_course(tmp_path_factory.mktemp("umpan") / "kelas")
    wrong = {"luas": f"def luas(p, l):\n    return p + l  # {EVIL} {LONG}", "alasan": f"{EVIL}\n\n{LONG}"}
    kit.hand_in(folders, "ukur", "p01", wrong)
    kit.hand_in(folders, "ukur", "p02", {})
    autograde(folders, "ukur")
    add_trainees(folders, [Trainee("p01", f"Siti {EVIL}"), Trainee("p02", "Budi Santoso")])
    with Gradebook(folders.gradebook, "mutu") as book:
        grade = book.find_grade("alasan", "ukur", "ukur", "p01")
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        book.find_comment("luas", "ukur", "ukur", "p01").manual_comment = EVIL
        book.db.commit()
    record = folders.course / "autograded" / "p01" / "ukur" / ".mutu-grade.json"
    record.write_text(f'{{"mended": ["Sel ganda dibuang. {LONG}"], "reason": "Sel 3 terlalu lama."}}')
    with use("id"):
        return {written.student: written.file for written in write(folders, "ukur")}


@pytest.mark.parametrize("student", ["p01", "p02"])
@pytest.mark.parametrize("screen", ["page", "phone"])
def test_it_is_readable_on_desk_and_phone(files, student, screen, axe, request):
    shown = request.getfixturevalue(screen)
    asked: list[str] = []
    shown.on("request", lambda sent: asked.append(sent.url))
    shown.goto(files[student].as_uri())
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert asked == [files[student].as_uri()]
    axe(shown)


def test_what_a_trainee_or_a_trainer_wrote_stays_text(files, page):
    page.goto(files["p01"].as_uri())
    assert page.evaluate("window.fired") is None
    assert page.locator("main img, main svg, script").count() == 0
    assert EVIL in page.locator("#t1 pre.own").last.inner_text()
    assert page.locator("main").count() == 1


def test_the_table_of_tasks_leads_to_each_task(files, page):
    page.goto(files["p01"].as_uri())
    page.get_by_role("link", name="Soal C: alasan").first.click()
    assert page.url.endswith("#t3")
    assert page.locator("#t3 .state").inner_text() == "Dinilai pengajar"
    assert page.locator("#t3").get_by_text("Untuk 3 poin: proof.").is_visible()


def test_the_answer_to_a_task_that_is_not_right_is_open(files, page):
    page.goto(files["p01"].as_uri())
    assert page.locator("#t1 pre.own").last.is_visible()
    assert page.locator("#t1").get_by_text("Pemeriksaan ini belum lulus:").is_visible()


def test_it_prints_on_a4_with_every_word_of_it(files, page, tmp_path):
    page.goto(files["p01"].as_uri())
    page.pdf(path=tmp_path / "umpan.pdf", prefer_css_page_size=True)
    paper = PdfReader(tmp_path / "umpan.pdf")
    width, height = paper.pages[0].mediabox.width, paper.pages[0].mediabox.height
    assert (round(width), round(height)) == (595, 842)
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    for said in ("Soal A: luas", "Soal B: keliling", "Soal C: alasan", "Untuk 3 poin: proof.", "Sel 3 terlalu lama."):
        assert said in text

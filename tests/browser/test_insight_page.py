"""The trainer's insight page in a real browser: at a desk, on a phone, on paper; nothing runs, nothing is loaded."""

from datetime import date

import class_course
import class_kit
import pytest
from class_kit import Trainee

from mutu.course.nbgrader import Trainee as Enrolled
from mutu.course.nbgrader import add_trainees
from mutu.course.outcome.insight import insight, page
from mutu.locale import use

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

CANARY = "window.burung = 1"
NAME = f"<img src=x onerror='{CANARY}'><script>{CANARY}</script>"
MARKUP = f'</pre></mark><script>{CANARY}</script><svg onload="{CANARY}">'
CODE = f'def ikm(daftar_nrr):\n    """{MARKUP}"""\n    return "<b>" + 1\n'
TEXT = (
    f"<details open ontoggle='{CANARY}'> [klik](javascript:{CANARY}) <style>*{{display:none}}</style> " + "kata " * 80
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The page in both languages, of a class with a pair that copied and somebody who writes markup."""
    people = class_kit.honest(40, 5)[:4]
    people.append(class_kit.copied(people[2], 5, 5, how="verbatim"))
    people.append(Trainee("sintetis06", NAME, {"ikm": CODE, "refleksi": TEXT}))
    root = tmp_path_factory.mktemp("wawasan")
    folders = class_course.graded(root, people)
    class_course.fill(folders, 36, 5, looked_at=0.5)
    add_trainees(folders, [Enrolled(f"sintetis{n}", f"Peserta {n}") for n in range(37, 40)])
    found = insight(folders, "skm")
    made = {}
    for language in ("id", "en"):
        with use(language):
            made[language] = root / f"{language}.html"
            made[language].write_text(page(found, today=date(2026, 11, 25)), encoding="utf-8")
    return made


def _wide(shown):
    return shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing_and_the_page_fits_a_phone(files, page, phone, axe, language):
    for shown in (page, phone):
        shown.goto(files[language].as_uri())
        assert shown.locator("html").get_attribute("lang") == language
        assert _wide(shown) == 0
        axe(shown)


def test_the_answer_comes_first_and_leads_to_its_reasons(files, page):
    page.goto(files["id"].as_uri())
    first = page.locator("section").first
    assert first.locator("dt").first.inner_text() == "Dikumpulkan"
    assert "36" in first.locator("dd").first.inner_text()
    box = first.bounding_box()
    assert box["y"] + box["height"] < 900  # without scrolling
    page.get_by_role("link", name="lihat alasannya").click()
    assert page.locator("#bantu").is_visible()


def test_nothing_that_a_trainee_wrote_runs_or_becomes_markup(files, page, problems):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(files["id"].as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate("window.burung") is None
    assert page.locator("main script, main img, main details, main style, main svg[onload]").count() == 0
    assert [url for url in asked if not url.startswith(files["id"].as_uri())] == []
    shown = page.locator("main").inner_text()
    assert NAME in shown
    assert f"<script>{CANARY}</script>" in shown
    assert problems == []


def test_even_a_script_that_came_in_would_not_run(files, page, problems, tmp_path):
    """The policy of the page is the second wall; without it this script would run."""
    text = files["id"].read_text(encoding="utf-8")
    for name, broken, ran in (("dengan", text, None), ("tanpa", text.replace("Content-Security-Policy", "x-none"), 1)):
        file = tmp_path / f"{name}.html"
        file.write_text(broken.replace("<main", f"<script>{CANARY}</script><main", 1), encoding="utf-8")
        page.goto(file.as_uri())
        assert page.evaluate("window.burung") == ran
    assert len(problems) == 1
    problems.clear()


def test_the_pair_stands_side_by_side_at_a_desk_and_below_one_another_on_a_phone(files, page, phone):
    for shown, beside in ((page, True), (phone, False)):
        shown.goto(files["id"].as_uri())
        pair = shown.locator(".pair").filter(has_text="sintetis03").filter(has_text="sintetis05").first
        one, other = (side.bounding_box() for side in pair.locator(".sides").first.locator("> div").all())
        assert (one["y"] == other["y"]) is beside
        assert pair.locator("mark").count() >= 2
    assert "pertanyaan, bukan putusan" in page.locator("#mirip ~ .note").inner_text()


def test_one_of_the_two_drawings_is_shown_with_a_text_for_those_who_cannot_see_it(files, page, phone):
    for shown, kind in ((page, "wide"), (phone, "phone")):
        shown.goto(files["en"].as_uri())
        drawn = shown.locator("figure svg:visible")
        assert drawn.count() == 2
        assert drawn.first.locator("..").get_attribute("class") == kind
        assert "The median of 36 marks is" in drawn.first.get_attribute("aria-label")


def test_on_paper_nothing_is_cut_off(files, page, tmp_path):
    import pypdfium2

    page.goto(files["id"].as_uri())
    page.pdf(path=tmp_path / "wawasan.pdf", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "wawasan.pdf")
    assert {tuple(round(side) for side in document[n].get_size()) for n in range(len(document))} == {(595, 842)}
    sheets = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    headings = {text.strip() for text in page.locator("h2, h3, h4").all_text_contents()}
    assert headings.isdisjoint(sheet.strip().splitlines()[-1].strip() for sheet in sheets[:-1])
    text = "".join(sheets)
    for said in ("Ringkasnya", "Tugas 7. Kelompok kecil", "Kiriman yang mirip", "sintetis36"):
        assert said in text
    assert len(document) <= 14

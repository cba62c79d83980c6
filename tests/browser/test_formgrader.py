"""formgrader behind the landing page's door, on a course with submissions that were really graded."""

from __future__ import annotations

import re

import nbformat
import pytest
from running import Platform, free_port

from mutu.course import author, workspace
from mutu.course.author.variants import submitted, variants
from mutu.course.nbgrader import Folders, Trainee, add_trainees, autograde

pytestmark = [pytest.mark.classroom, pytest.mark.timeout(120)]
UNKNOWN = "akun-lain"
HERE = ("http://127.0.0.1:", "file:", "data:")
REFLECTION = "Waktu paling lemah, NRR 2,7. Antrean menumpuk pada hari Senin."


def _hand_in(course: Folders, trainee: str, variant: str) -> None:
    """A notebook as nbgrader's collect leaves it."""
    source, release = (
        nbformat.read(course.course / kind / "skm" / "skm.ipynb", as_version=4) for kind in ("source", "release")
    )
    (known,) = [each for each in variants(author.find("02")) if each.name == variant]
    notebook = submitted(known, source, release)
    (reflection,) = [cell for cell in notebook.cells if cell.id == "refleksi"]
    reflection.source = REFLECTION
    folder = course.course / "submitted" / trainee / "skm"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "skm.ipynb")


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    place = tmp_path_factory.mktemp("formgrader") / "kerja"
    workspace.prepare(place)
    course = workspace.folders(place)
    add_trainees(course, [Trainee("p01", "Peserta Satu"), Trainee("p02", "Peserta Dua")])
    _hand_in(course, "p01", "reference")
    _hand_in(course, "p02", "bobot-011")
    autograde(course, "skm")
    _hand_in(course, UNKNOWN, "reference")
    with Platform(place, "--port", str(free_port())) as running:
        yield running


@pytest.fixture
def trainer(platform, page, problems):
    """The page, past the landing page; what formgrader itself says to the console is not ours."""
    page.goto(platform.link)
    yield page
    problems.clear()


def test_the_list_shows_names_marks_and_what_waits_for_a_person(trainer):
    trainer.get_by_text(
        "1 kiriman menunggu penilaian otomatis; 2 kiriman menunggu poin dari Anda", exact=True
    ).wait_for()
    trainer.get_by_role("link", name="Buka formgrader").click()
    trainer.locator("tr", has=trainer.get_by_role("link", name="skm", exact=True)).locator(".num-submissions a").click()
    trainer.wait_for_url(re.compile("/manage_submissions/skm"))
    for trainee, name, score in (("p01", "Satu, Peserta", "15 / 19"), ("p02", "Dua, Peserta", "11 / 19")):
        row = trainer.locator("tr", has=trainer.locator(".student-id", has_text=trainee))
        row.locator(".score", has_text=score).wait_for()
        assert row.locator(".student-name").inner_text() == name
        assert row.locator(".status").inner_text() == "needs manual grading"


def test_points_for_the_reflection_are_saved_and_add_up(platform, trainer):
    trainer.goto(f"{platform.base}/formgrader/gradebook/skm/skm")
    trainer.locator("tr", has_text="Peserta").first.wait_for(state="attached")
    trainer.locator("a.name-shown", has_text="Satu, Peserta").evaluate("link => link.click()")
    points = trainer.locator("input.score#refleksi")
    # before its marks have come the page saves nothing
    trainer.locator("input.score.needs_manual_grade#refleksi").wait_for()
    assert REFLECTION in trainer.locator("body").inner_text()
    with trainer.expect_response(
        lambda answer: answer.request.method == "PUT" and "/api/grade/" in answer.url
    ) as saved:
        points.fill("3")
        points.press("Tab")
    assert saved.value.ok
    trainer.goto(f"{platform.base}/formgrader/manage_submissions/skm")
    row = trainer.locator("tr", has=trainer.locator(".student-id", has_text="p01"))
    row.locator(".score", has_text="18 / 19").wait_for()
    assert row.locator(".status").inner_text() == "graded"
    trainer.goto(f"{platform.base}/mutu")
    trainer.get_by_text(
        "1 kiriman menunggu penilaian otomatis; 1 kiriman menunggu poin dari Anda", exact=True
    ).wait_for()


def test_a_person_without_a_name_gets_one_as_the_help_says(platform, trainer):
    trainer.goto(f"{platform.base}/mutu/bantuan-menilai")
    assert trainer.get_by_text("«None, None»").is_visible()
    trainer.goto(f"{platform.base}/formgrader/manage_students")
    row = trainer.locator("tr", has_text=UNKNOWN)
    row.get_by_text("None, None", exact=True).wait_for()
    row.locator(".edit a").click()
    names = trainer.locator(".modal-dialog")
    names.locator(".modal-first-name").fill("Rina")
    names.locator(".modal-last-name").fill("Wati")
    names.get_by_role("button", name="Save").click()
    trainer.goto(f"{platform.base}/formgrader/manage_submissions/skm")
    trainer.locator("tr", has_text=UNKNOWN).get_by_text("Wati, Rina", exact=True).wait_for()


@pytest.fixture
def network(page):
    """What the page asked of anything but this machine, and what failed."""
    said: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(HERE) else said.append(asked.url))
    page.on("requestfailed", lambda asked: said.append(f"{asked.url} {asked.failure}"))
    return said


def test_the_pages_of_grading_ask_nothing_of_the_network_and_complain_of_nothing(platform, page, problems, network):
    page.goto(platform.link)
    for path in ("manage_assignments", "manage_submissions/skm", "manage_students", "gradebook/skm/skm"):
        page.goto(f"{platform.base}/formgrader/{path}")
        page.locator("tbody tr td a").first.wait_for()
    page.goto(platform.base + page.locator("a.name-hidden").first.get_attribute("href"))
    page.wait_for_function("MathJax.loaded && formgrader.loaded")
    page.keyboard.press("Tab")  # formgrader's own key, which it takes in once MathJax is there
    page.wait_for_function("document.activeElement.id == 'ke-angka-comment'")
    page.wait_for_load_state("networkidle")
    assert (network, problems) == ([], [])


def test_feedback_opened_as_a_file_asks_nothing_of_the_network(platform, page, problems, network):
    page.goto(platform.link)
    page.goto(f"{platform.base}/formgrader/manage_submissions/skm")
    made_page, shown_anew = re.compile("/p02/generate_feedback$"), re.compile("/submission/skm/p02$")
    with page.expect_response(made_page) as made, page.expect_response(shown_anew):
        page.locator("tr", has_text="p02").locator(".generate-feedback a").click()
    assert made.value.json()["success"], made.value.json()
    file = platform.folder / "kursus" / "feedback" / "p02" / "skm" / "skm.html"
    page.goto(file.as_uri())
    assert page.locator(".total").inner_text() == "11 dari 19 poin"
    page.get_by_text("ikm([3.4, 3.2, 3.1, 3.0]) menghasilkan 34.925", exact=False).wait_for()
    page.wait_for_load_state("networkidle")
    assert (network, problems) == ([], [])
    assert "http" not in " ".join(re.findall(r"<(?:script|link|img)[^>]*>", file.read_text(encoding="utf-8")))


def test_a_released_assignment_is_fetched_to_where_jupyterlab_opens_it_and_handed_in(platform, page):
    workspace.hand_out(platform.folder, "skm")
    page.goto(platform.link)
    page.goto(f"{platform.base}/lab")
    page.locator(".lm-MenuBar-item", has_text="Nbgrader").click(timeout=60_000)
    page.locator(".lm-Menu-item", has_text="Assignment List").click()
    fetched, handed_in = page.locator("#fetched_assignments_list"), page.locator("#submitted_assignments_list")
    page.locator("#released_assignments_list").get_by_role("button", name="Fetch").click()
    fetched.locator("a.assignment-notebooks-link", has_text="skm").click()
    assert (platform.folder / "skm" / "skm.ipynb").is_file()
    fetched.locator(".nested_list_item a", has_text="skm").click()
    page.locator(".jp-NotebookPanel h1", has_text="Latihan: SKM").wait_for()
    page.locator(".lm-TabBar-tabLabel", has_text="Assignments").click()
    fetched.get_by_role("button", name="Submit").click()
    handed_in.locator(".item_name", has_text="skm").first.wait_for()
    assert list((platform.folder / "exchange" / "mutu" / "inbound").glob("*+skm+*/skm.ipynb"))


@pytest.mark.parametrize(("column", "folder"), [("name", "source"), ("preview", "release")])
def test_name_and_preview_open_the_folder_in_jupyterlab(platform, trainer, column, folder):
    trainer.goto(f"{platform.base}/formgrader")
    with trainer.expect_popup() as opened:
        trainer.locator("tr", has=trainer.get_by_role("link", name="skm", exact=True)).locator(f"td.{column} a").click()
    opened.value.wait_for_url(f"{platform.base}/lab/tree/kursus/{folder}/skm")
    opened.value.locator(".jp-DirListing-itemText", has_text="skm.ipynb").wait_for(timeout=60_000)

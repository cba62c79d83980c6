"""JupyterLab and formgrader behind the landing page's doors, in a real browser."""

import json
import re
import time

import pytest
from running import Platform, free_port

START = 90_000


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    with Platform(tmp_path_factory.mktemp("lab") / "kerja", "--port", str(free_port())) as running:
        yield running


def test_jupyterlab_opens_the_lesson_and_speaks_indonesian(platform, page, problems):
    page.goto(platform.link)
    page.get_by_role("link", name="Buka pelajaran").click()
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=START)
    page.locator(".lm-MenuBar-item").first.click()
    page.locator(".lm-Menu-itemLabel", has_text="Buka dari Jalur").wait_for(timeout=START)
    page.keyboard.press("Escape")
    assert page.locator("[title^='Daftar Isi'], [data-title^='Daftar Isi']").count() >= 1
    assert "SKM: dari kuesioner ke IKM" in page.locator(".jp-NotebookPanel h1").first.inner_text()
    assert problems == []


def test_the_whole_lesson_runs(platform, page, problems):
    page.goto(platform.link)
    page.goto(f"{platform.base}/lab/tree/belajar/02-skm/skm.ipynb")
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", timeout=START)
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=START)
    page.locator(".lm-MenuBar-item", has_text="Run").click()
    page.locator("[data-command='runmenu:run-all']").click()
    lesson = platform.folder / "belajar" / "02-skm" / "skm.ipynb"
    until = time.monotonic() + 90
    # JupyterLab draws only the cells in view, so what ran is read from the saved file
    while None in (counts := [cell["execution_count"] for cell in _code(lesson)]):
        assert time.monotonic() < until, counts
        page.wait_for_timeout(2000)
        page.keyboard.press("Control+s")
    outputs = [output for cell in _code(lesson) for output in cell["outputs"]]
    assert len(outputs) > 10
    assert [output for output in outputs if output["output_type"] in ("error", "stream")] == []
    assert problems == []


def _code(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize(
    ("name", "advice", "code", "message"),
    [
        ("skm", "gulir ke bawah sampai pesannya", "# Pemeriksa tugas 1", "Bagian ini masih kosong"),
        ("skm-en", "scroll down to the message", "# Check of task 1", "This part is still empty"),
    ],
)
def test_validate_shows_code_before_its_message_and_the_exercise_says_so(platform, page, name, advice, code, message):
    page.goto(platform.link)
    page.goto(f"{platform.base}/lab/tree/belajar/02-skm/latihan/{name}.ipynb")
    page.locator(".jp-NotebookPanel li", has_text=advice).wait_for(timeout=START)
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=START)
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)").get_by_text("Validate", exact=True).first.click()
    said = page.locator(".jp-Dialog", has_text=message).inner_text(timeout=START)
    assert 0 < said.index(code) < said.index(message)


def test_a_terminal_finds_the_commands_and_the_file_that_was_uploaded(platform, page):
    (platform.folder / "peserta.csv").write_text("id,nama\np01,Siti Aminah\np02,Budi\n", encoding="utf-8")
    page.goto(platform.link)
    page.goto(f"{platform.base}/lab/tree/belajar/02-skm")
    page.locator(".jp-DirListing-item").first.wait_for(timeout=START)
    page.locator(".lm-MenuBar-item", has_text="File").click()
    page.locator(".lm-Menu-item[data-type='submenu']", has_text=re.compile("^New$")).hover()
    page.locator(".lm-Menu-item[data-command='terminal:create-new']").click()
    page.locator(".jp-Terminal .xterm-screen").click(timeout=START)
    page.keyboard.type("(mutu course students peserta.csv; which nbgrader; echo end) > hasil.txt\n")
    result = platform.folder / "hasil.txt"
    until = time.monotonic() + 90
    while not (result.exists() and result.read_text(encoding="utf-8").endswith("end\n")):
        assert time.monotonic() < until, result.exists() and result.read_text(encoding="utf-8")
        page.wait_for_timeout(500)
    said = result.read_text(encoding="utf-8")
    assert "Peserta: 2 ditambahkan" in said
    assert "/nbgrader" in said


def test_formgrader_opens_and_lists_the_assignments(platform, page, problems):
    page.goto(platform.link)
    page.get_by_role("link", name="Buka formgrader").click()
    page.wait_for_url(re.compile("/formgrader/manage_assignments"))
    page.get_by_role("link", name="skm", exact=True).wait_for(timeout=START)
    names = page.locator("td.name").all_inner_texts()
    assert {"skm", "skm-en"} <= {name.strip() for name in names}
    problems.clear()

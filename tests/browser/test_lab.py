"""JupyterLab and formgrader behind the landing page's doors, in a real browser."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))

from running import Platform, free_port  # noqa: E402

START = 90_000


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    with Platform(tmp_path_factory.mktemp("lab") / "kerja", "--port", str(free_port())) as running:
        yield running


def test_jupyterlab_opens_the_lesson_and_speaks_indonesian(platform, page, problems):
    page.goto(platform.link)
    page.get_by_role("link", name="Buka pelajaran").click()
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=START)
    menu = page.locator(".lm-MenuBar-item").all_inner_texts()
    assert "Berkas" in menu, menu
    assert "File" not in menu
    assert "SKM: dari kuesioner ke IKM" in page.locator(".jp-NotebookPanel h1").first.inner_text()
    problems.clear()  # what JupyterLab's own console says is not ours to judge


def test_the_lesson_runs_and_its_tools_are_there(platform, page, problems):
    page.goto(platform.link)
    page.goto(f"{platform.base}/lab/tree/belajar/02-skm/skm.ipynb")
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", timeout=START)
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+Enter")
    first = page.locator(".jp-CodeCell").first
    first.locator(".jp-InputPrompt", has_text=re.compile(r"\[1\]")).wait_for(timeout=START)
    assert first.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    problems.clear()


def test_formgrader_opens_and_lists_the_assignments(platform, page, problems):
    page.goto(platform.link)
    page.get_by_role("link", name="Buka formgrader").click()
    page.wait_for_url(re.compile("/formgrader/manage_assignments"))
    page.get_by_role("link", name="skm", exact=True).wait_for(timeout=START)
    names = page.locator("td.name").all_inner_texts()
    assert {"skm", "skm-en"} <= {name.strip() for name in names}
    problems.clear()

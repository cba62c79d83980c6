"""JupyterLab and formgrader behind the landing page's doors, in a real browser."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))

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
    page.locator(".lm-MenuBar-item", has_text="Run").click()
    page.locator("[data-command='runmenu:run-all']").click()
    page.locator(".jp-OutputArea-output", has_text="76,91").first.wait_for(timeout=START)
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert problems == []


def test_formgrader_opens_and_lists_the_assignments(platform, page, problems):
    page.goto(platform.link)
    page.get_by_role("link", name="Buka formgrader").click()
    page.wait_for_url(re.compile("/formgrader/manage_assignments"))
    page.get_by_role("link", name="skm", exact=True).wait_for(timeout=START)
    names = page.locator("td.name").all_inner_texts()
    assert {"skm", "skm-en"} <= {name.strip() for name in names}
    problems.clear()

"""A real JupyterLab draws every chart with what it ships, at a desk and on a telephone, and asks nobody else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from itertools import combinations
from urllib.parse import urlsplit

import figure_kit
import nbformat
import pytest
from running import free_port

from mutu.locale import use
from mutu.report import figures

NAMES = list(figure_kit.CASES)
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
_DRAWN = ".vega-embed svg.marks"
_TEXTS = """(drawings) => drawings.map((svg) => { const whole = svg.getBoundingClientRect();
  const seen = (text) => text.textContent.trim() && getComputedStyle(text).opacity !== '0';
  const texts = [...svg.querySelectorAll('text')].filter(seen);
  const box = (node) => { const at = node.getBoundingClientRect();
    return [at.left - whole.left, at.top - whole.top, at.right - whole.left, at.bottom - whole.top]; };
  return { width: whole.width, height: whole.height,
    texts: texts.map((text) => [text.textContent, ...box(text), parseFloat(getComputedStyle(text).fontSize)]) }; })
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab with a notebook that holds every chart as it was shown."""
    folder = tmp_path_factory.mktemp("lab")
    (folder / "work").mkdir()
    cells = []
    for name in NAMES:
        with use("id"):
            chart = figures.chart(figure_kit.result(name), figure_kit.CASES[name][1])
            data, metadata = chart._repr_mimebundle_()
        cell = nbformat.v4.new_code_cell(f"# {name}")
        cell.outputs = [nbformat.v4.new_output("display_data", data=data, metadata=metadata)]
        cells.append(cell)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "work" / "charts.ipynb")
    for name, settings in SETTINGS.items():
        path = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    port = free_port()
    places = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "HOME")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--IdentityProvider.token="]
    command += ["--allow-root", f"--ServerApp.root_dir={folder / 'work'}"]
    environment = {**os.environ, **places, "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings")}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 90
        while not _answers(port):
            assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
            assert time.monotonic() < until
            time.sleep(0.3)
        yield f"http://127.0.0.1:{port}/doc/tree/charts.ipynb"
    finally:
        process.terminate()
        process.wait(30)


def _answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=2):
            return True
    except OSError:
        return False


def _opened(browser, address, width):
    """The notebook in a window of that width, with what was asked for and complained of."""
    page = browser.new_page(viewport={"width": width, "height": 1000})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.locator(".jp-Dialog-button.jp-mod-reject").click(timeout=90_000)
    page.wait_for_function(f"document.querySelectorAll('{_DRAWN}').length === {len(NAMES)}", timeout=90_000)
    return page, asked, said


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("window", "width"), [(1000, 620), (390, 280)], ids=["desk", "telephone"])
def test_jupyterlab_draws_every_chart_whole_and_legible_without_the_internet(lab, browser, window, width):
    page, asked, said = _opened(browser, lab, window)
    try:
        drawn = page.eval_on_selector_all(_DRAWN, _TEXTS)
        assert said == []
        assert {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}
        for name, chart in zip(NAMES, drawn, strict=True):
            assert chart["width"] == pytest.approx(width, abs=1)
            _legible(name, chart, crowded=name == "network" and window < 430)
    finally:
        page.close()


def _legible(name, chart, *, crowded):
    """Every text inside its chart, at least 12 pixels high, and on no other."""
    assert len(chart["texts"]) > 3
    for text, left, top, right, bottom, size in chart["texts"]:
        assert size >= 12
        inside = left >= -1 and top >= -1 and right <= chart["width"] + 1 and bottom <= chart["height"] + 1
        assert inside, (name, text)
    for one, other in combinations(chart["texts"], 2):
        across = min(one[3], other[3]) - max(one[1], other[1])
        up = min(one[4], other[4]) - max(one[2], other[2])
        if one[0] != other[0] and not crowded:  # a text and its halo are the same
            assert min(across, up) <= 4, (name, one[0], other[0])


@pytest.mark.browser
@pytest.mark.slow
def test_a_row_that_is_pointed_at_says_its_line_of_the_table(lab, browser):
    page, _asked, _said = _opened(browser, lab, 1000)
    try:
        with use("id"):
            survey = figure_kit.result("elements")
            weakest = min(survey.unsur, key=lambda unsur: unsur.nrr)
            line = next(row for row in survey.rows() if row["Kode"] == weakest.kode)
        rows = page.locator(_DRAWN).nth(NAMES.index("elements")).locator("[aria-label]")
        page.locator(_DRAWN).nth(NAMES.index("elements")).scroll_into_view_if_needed()
        rows.and_(page.get_by_label(f"{weakest.nama}: ")).first.hover()
        told = page.locator("#vg-tooltip-element.visible")
        told.wait_for()
        said = told.inner_text()
        assert all(header in said and cell in said for header, cell in line.items())
    finally:
        page.close()

"""A submission full of markup in the trainer's browser: formgrader, feedback and JupyterLab, in a real Chromium.

A canary fires when anything of a submission acts: a script or handler runs, a dialog or window opens, the page goes
elsewhere, something is asked of another machine or of an address with «kenari» in it. The first test shows that it
fires in nbgrader as it comes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

import nbformat
import payloads
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from running import Platform, environment, free_port

from mutu.course import harmless, workspace
from mutu.course.nbgrader import SHARE, Folders, Trainee, add_trainees, autograde, generate

pytestmark = [pytest.mark.classroom, pytest.mark.timeout(180)]
NAME = "tugas"
MARKUP_ID = "<img src=x onerror=canary('peserta')>"
SCRIPT_ID = "\"-canary('peserta-skrip')-\""
HONEST = "jujur"
EVIL = "p01"
BROKEN = "p02"
LAST = "sel terakhir"
CONFIG_RAN = "konfigurasi-dijalankan"
SETTLED = 700  # milliseconds in which what acts by itself has acted

_DISPLAY = """
import json
from IPython.display import display
for bundle in json.load(open("muatan.json")):
    display(bundle["data"], raw=True, metadata=bundle.get("metadata"))
print("\\n".join(json.load(open("teks.json"))))
"""
_RAISE = """
import json
raise ValueError("\\n".join(json.load(open("teks.json"))))
"""
_HONEST = """
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Latex, Markdown, SVG, display
%matplotlib inline
table = pd.DataFrame({"unsur": ["Waktu", "Biaya"], "nilai": [2.71, 3.4]})
display(table, table.style.highlight_max(subset="nilai", color="lightgreen").set_caption("Nilai per unsur"))
display(Latex(r"$\\displaystyle \\frac{1}{n}\\sum_{i=1}^{n} x_i$"), Markdown("**Waktu** paling lemah"))
plt.bar(table["unsur"], table["nilai"]); plt.title("Waktu paling lemah"); plt.show()
print("\\x1b[31mmerah\\x1b[0m")
"""


def _graded(grade_id: str, *, points: int, solution: bool) -> dict[str, object]:
    return {"nbgrader": {"schema_version": 3, "grade": True, "solution": solution, "locked": not solution,
                         "task": False, "points": points, "grade_id": grade_id}}  # fmt: skip


def _source() -> nbformat.NotebookNode:
    made = new_notebook(
        cells=[
            new_code_cell("def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION", id="f",
                          metadata={"nbgrader": {"schema_version": 3, "grade": False, "solution": True, "locked": False,
                                                 "task": False, "grade_id": "f"}}),
            new_code_cell("assert f() == 1", id="uji", metadata=_graded("uji", points=1, solution=False)),
            new_markdown_cell("Jawaban", id="uraian", metadata=_graded("uraian", points=2, solution=True)),
        ]
    )  # fmt: skip
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return made


def _texts() -> list[str]:
    return [*payloads.markup().values(), *payloads.texts().values(), *payloads.formulas().values()]


def _hostile(answered: nbformat.NotebookNode) -> nbformat.NotebookNode:
    cells = {cell.id: cell for cell in answered.cells}
    cells["f"].source = "def f():\n    return 1\n" + _DISPLAY
    cells["uraian"].source = "\n\n".join(payloads.texts().values())
    answered.cells += [new_markdown_cell(text) for text in _texts()]
    answered.cells += [nbformat.v4.new_raw_cell(text) for text in _texts()]
    answered.cells += [new_code_cell(_RAISE), new_code_cell("# <script>canary('sumber')</script>")]
    answered.cells[-1].metadata.update(tags=["<script>canary('tag')</script>", "\" onmouseover=\"canary('tag')"])
    answered.cells.append(new_markdown_cell(f"**{LAST}**"))
    answered.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": payloads.widget_state()}
    answered.metadata["title"] = payloads.markup()["script"]
    return answered


def _broken(graded: Path) -> None:
    """Metadata and fields that templates write as they are, and what makes nbconvert refuse a page."""
    notebook = json.loads(graded.read_text(encoding="utf-8"))
    script = payloads.markup()["onerror"]
    attachments = {"gambar.png": {"image/svg+xml": payloads.picture("lampiran")}, "x": {f'image/png" {script}': "A"}}
    notebook["cells"] += [
        {"cell_type": "markdown", "id": "l", "source": text, "metadata": {}, "attachments": attachments}
        for text in payloads.attached().values()
    ]
    notebook["cells"] += [
        {"cell_type": "code", "id": f'"{script}', "source": "", "metadata": {"tags": [f'">{script}']},
         "execution_count": script, "outputs": []},
        {"cell_type": "code", "id": "b", "source": "", "metadata": {"tags": 7, "transient": "x", "alt": f'">{script}'},
         "execution_count": None, "outputs": [
            {"output_type": "display_data", "data": {"image/svg+xml": "x"}, "metadata": {},
             "svg_filename": f'x" {script}'},
            {"output_type": "execute_result", "execution_count": script, "metadata": 3, "data": {"text/plain": "x"}},
            {"output_type": script}, {"output_type": "stream", "name": script, "text": [script]}]},
        {"cell_type": script, "type": script, "id": "c", "source": script, "metadata": {}},
        {"cell_type": "markdown", "id": "d", "source": "x", "metadata": {"nbgrader": {
            "grade_id": f'">{script}', "grade": True, "solution": True, "points": script, "comment": script}}},
    ]  # fmt: skip
    notebook["metadata"]["language_info"] = {"name": f'x">{script}', "pygments_lexer": 7}
    graded.write_text(json.dumps(notebook), encoding="utf-8")


def _hand_in(course: Folders, trainee: str, notebook: nbformat.NotebookNode) -> Path:
    folder = course.course / "submitted" / trainee / NAME
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    return folder


def _answered(course: Folders) -> nbformat.NotebookNode:
    made = nbformat.read(course.course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    made.cells[0].source = "def f():\n    return 1\n"
    return made


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace with one assignment and five submissions that nbgrader's own engine graded: nothing was cleaned."""
    root = tmp_path_factory.mktemp("kenari") / "kerja"
    workspace.prepare(root)
    course = workspace.folders(root)
    source = course.course / "source" / NAME
    source.mkdir()
    nbformat.write(_source(), source / f"{NAME}.ipynb")
    generate(course, NAME)
    evil = _hand_in(course, EVIL, _hostile(_answered(course)))
    (evil / "muatan.json").write_text(json.dumps(payloads.bundles()))
    (evil / "teks.json").write_text(json.dumps(_texts()))
    (evil / "nbgrader_config.py").write_text(f"open({str(root / CONFIG_RAN)!r}, 'w')")
    for name in ("kenari.html", "kenari.svg", "kenari.xhtml", "gambar\u202egnp.html"):
        kind = payloads.drawings()["drawing-script"] if "svg" in name else payloads.markup()["script"]
        (evil / name).write_text(kind)
    honest = _answered(course)
    honest.cells[0].source += _HONEST
    _hand_in(course, HONEST, honest)
    for trainee in (MARKUP_ID, SCRIPT_ID, BROKEN):
        _hand_in(course, trainee, _answered(course))
    add_trainees(course, [Trainee(EVIL, payloads.markup()["onerror"] + " " + payloads.markup()["script"])])
    autograde(course, NAME)
    graded = course.course / "autograded" / BROKEN / NAME / f"{NAME}.ipynb"
    graded.chmod(0o644)
    _broken(graded)
    # JupyterLab draws every cell at once, not only those on the screen
    tracker = root / ".mutu" / "jupyter" / "config" / "lab" / "user-settings" / "@jupyterlab" / "notebook-extension"
    tracker.mkdir(parents=True)
    (tracker / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    return root


@pytest.fixture(scope="module")
def platform(place):
    with Platform(place, "--port", str(free_port())) as running:
        yield running


class Canary:
    """Watches everything that a browser does beside showing pages."""

    def __init__(self, context, base: str) -> None:
        self.fired: list[str] = []
        self.base = base
        self._context = context
        context.expose_binding("canary", lambda _source, name: self.fired.append(f"script {name}"))
        context.on("request", self._asked)
        context.on("requestfailed", self._refused)
        context.on("page", self._opened)

    def page(self):
        """A new page of the browser."""
        page = self._context.new_page()
        page.set_default_timeout(30_000)
        return page

    def _opened(self, page) -> None:
        page.on("dialog", self._said)
        page.on("popup", lambda popup: self.fired.append(f"window {popup.url}"))
        page.on("download", lambda download: self.fired.append(f"download {download.url}"))
        page.on("framenavigated", lambda frame: self._went(page, frame))

    def _said(self, dialog) -> None:
        """A dialog of the page; the browser's own question whether to leave is answered yes, to see what comes."""
        if dialog.type != "beforeunload":
            self.fired.append(f"dialog {dialog.message}")
        dialog.accept()

    def _went(self, page, frame) -> None:
        if frame.parent_frame is None and not frame.url.startswith((self.base, "about:blank", "file:")):
            self.fired.append(f"went to {frame.url[:80]}")

    def _asked(self, request) -> None:
        ours = request.url.startswith((self.base, self.base.replace("http", "ws"), "data:", "blob:", "file:"))
        ending = request.url.rpartition("/")[2]
        if not ours or ending.startswith("logout"):
            self.fired.append(f"asked {request.url[:120]}")

    def _refused(self, request) -> None:
        """What the browser itself refused was never asked."""
        asked = f"asked {request.url[:120]}"
        if request.failure == "csp" and asked in self.fired:
            self.fired.remove(asked)


@contextmanager
def _watched(browser, base: str):
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    try:
        yield Canary(context, base)
    finally:
        context.close()


@pytest.fixture
def canary(browser, platform):
    with _watched(browser, platform.base) as watching:
        page = watching.page()
        page.goto(platform.link)
        page.close()
        yield watching


# a person who points at everything and clicks at what says «klik»; a link that JupyterLab opens in a window of its
# own leads where it says
_TOUCH = """() => {
  const shown = (document.querySelector('#notebook') || document.querySelector('.jp-Notebook') || document.body);
  for (const part of shown.querySelectorAll('*')) {
    if (part.closest('.panel-heading, .panel-footer, .jp-Toolbar, .cm-editor')) continue;
    for (const kind of ['mouseover', 'pointerenter', 'focus', 'toggle'])
      part.dispatchEvent(new Event(kind, {bubbles: true}));
    if (part.closest('.jp-Notebook') && /^https?:$/.test(part.protocol)) continue;
    if (/^(a|button)$/i.test(part.tagName) && /klik/.test(part.textContent) || part.tagName == 'text')
      part.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
  }
}"""


def _look(page, address: str, *, touch: bool = False) -> None:
    page.goto(address)
    page.wait_for_load_state("load")
    page.wait_for_timeout(SETTLED)
    if touch:
        page.evaluate(_TOUCH)
        page.wait_for_timeout(SETTLED)


def _submission(page, base: str, trainee: str) -> str:
    """The address of a trainee's submission in formgrader."""
    answer = page.request.get(f"{base}/formgrader/api/submitted_notebooks/{NAME}/{NAME}")
    (found,) = [each["id"] for each in answer.json() if each["student"] == trainee]
    return f"{base}/formgrader/submissions/{found}/"


@contextmanager
def _as_it_comes(place: Path, tmp: Path):
    """A Jupyter server with formgrader, and nothing of ours."""
    root = tmp / "polos"
    shutil.copytree(place / "kursus", root / "kursus")
    config = tmp / "config"
    config.mkdir()
    (config / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.root = {str(root / 'kursus')!r}\nc.CourseDirectory.course_id = 'mutu'\n"
    )
    port = free_port()
    command = [sys.executable, "-m", "jupyter_server", f"--ServerApp.root_dir={root}", f"--port={port}", "--no-browser",
               "--allow-root", "--IdentityProvider.token=polos",
               "--ServerApp.jpserver_extensions=nbgrader.server_extensions.formgrader=True"]  # fmt: skip
    surroundings = environment(
        JUPYTER_CONFIG_DIR=str(config),
        JUPYTER_DATA_DIR=str(tmp / "data"),
        JUPYTER_RUNTIME_DIR=str(tmp / "run"),
        PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    )
    with (tmp / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, env=surroundings, stdout=log, stderr=log, cwd=root)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(f"{base}/api?token=polos", process, tmp / "log.txt")
        yield base
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str, process, log: Path) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            return build_opener(ProxyHandler({})).open(address, timeout=2).close()
        except OSError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)


def test_in_nbgrader_as_it_comes_the_canary_fires(browser, place, tmp_path):
    with _as_it_comes(place, tmp_path) as base, _watched(browser, base) as canary:
        page = canary.page()
        page.goto(f"{base}/tree?token=polos")
        address = _submission(page, base, EVIL)
        _look(page, address, touch=True)
        _look(
            page, f"{base}/formgrader/manage_students/{quote('</script><script>canary(`pantulan`)</script>', safe='')}"
        )
        fired = {each.removeprefix("script ") for each in canary.fired}
    assert {"script", "onerror", "svg-onload", "iframe-srcdoc", "noscript", "pantulan"} <= fired, sorted(fired)
    assert len(fired & payloads.markup().keys()) > 30
    assert any("kenari.invalid" in each for each in fired)


def test_in_formgrader_nothing_of_a_submission_acts(canary):
    page = canary.page()
    for trainee in (EVIL, BROKEN, MARKUP_ID, SCRIPT_ID, HONEST):
        _look(page, _submission(page, canary.base, trainee), touch=True)
        assert page.locator("textarea.comment").count() == 2
    assert canary.fired == []


def test_in_formgraders_lists_no_name_is_markup(canary):
    page = canary.page()
    people = [quote(each, safe="") for each in (EVIL, MARKUP_ID, SCRIPT_ID)]
    pages = ["manage_assignments", f"manage_submissions/{NAME}", "gradebook", f"gradebook/{NAME}",
             f"gradebook/{NAME}/{NAME}", "manage_students", *[f"manage_students/{each}" for each in people],
             *[f"manage_students/{each}/{NAME}" for each in people]]  # fmt: skip
    for path in pages:
        _look(page, f"{canary.base}/formgrader/{path}")
        page.locator("tbody tr td").first.wait_for()
    assert canary.fired == []


@pytest.mark.parametrize(
    ("path", "button", "shown"),
    [
        ("manage_assignments", "Add new assignment...", "Add New Assignment"),
        ("manage_students", "Add new student...", "Add New Student"),
    ],
)
def test_formgraders_own_buttons_still_work(canary, path, button, shown):
    page = canary.page()
    page.goto(f"{canary.base}/formgrader/{path}")
    page.get_by_role("link", name=button).click()
    title = page.locator(".modal-title")
    title.wait_for()
    assert title.inner_text() == shown
    assert page.locator(".modal-body input").first.is_editable()
    assert canary.fired == []


def test_a_trainees_name_is_shown_and_hidden_by_formgraders_own_button(canary):
    page = canary.page()
    page.goto(_submission(page, canary.base, EVIL))
    page.locator(".glyphicon-eye-open").click()
    shown = page.locator("a.name-shown")
    assert shown.inner_text().startswith("<script>")
    page.locator(".glyphicon-eye-close").click()
    assert not shown.is_visible()
    assert canary.fired == []


def test_an_address_that_is_markup_is_text(canary):
    page = canary.page()
    for text in ("</script><script>canary('pantulan')</script>", "\"-canary('pantulan')-\"", "\\"):
        for path in ("manage_students/{}", "manage_submissions/{}", "gradebook/{}", f"manage_students/{{}}/{NAME}"):
            _look(page, f"{canary.base}/formgrader/{path.format(quote(text, safe=''))}")
    assert canary.fired == []


def test_what_formgrader_answers_as_data_is_no_page(canary):
    page = canary.page()
    for path in (f"submissions/{NAME}", "students", f"submitted_notebooks/{NAME}/{NAME}"):
        _look(page, f"{canary.base}/formgrader/api/{path}")
        assert "canary" in page.content()
    assert canary.fired == []


def test_a_file_that_was_handed_in_is_never_a_page(canary):
    page = canary.page()
    address = _submission(page, canary.base, EVIL)
    for name in ("kenari.html", "kenari.xhtml", "gambar\u202egnp.html", "teks.json"):
        answer = page.request.get(address + quote(name))
        assert (answer.ok, answer.headers["content-disposition"]) == (True, "attachment")
        assert answer.headers["content-security-policy"].startswith("sandbox;")
    _look(page, address + "kenari.svg")
    assert canary.fired == []


def test_a_link_makes_formgrader_run_no_folders_configuration(canary, place):
    folder = place / "kursus" / "submitted" / EVIL / NAME
    page = canary.page()
    page.goto(f"{canary.base}/formgrader?path={quote(str(folder))}")
    page.wait_for_url(f"{canary.base}/formgrader/manage_assignments")
    page.get_by_role("link", name=NAME, exact=True).wait_for()
    assert not (place / CONFIG_RAN).exists()


def test_a_submission_without_its_file_is_an_error_and_no_markup(canary, place):
    page = canary.page()
    address = _submission(page, canary.base, MARKUP_ID)
    file = place / "kursus" / "autograded" / MARKUP_ID / NAME / f"{NAME}.ipynb"
    aside = file.with_name("aside")
    file.rename(aside)
    try:
        _look(page, address)
        page.get_by_text("formgrader encountered an error").wait_for()
    finally:
        aside.rename(file)
    assert canary.fired == []


@pytest.fixture(scope="module")
def feedback(place, platform, browser):
    """Both pages of feedback for the hostile submission, with a comment full of markup: nbgrader's and ours."""
    with _watched(browser, platform.base) as watching:
        page = watching.page()
        page.goto(platform.link)
        page.goto(_submission(page, platform.base, EVIL))
        page.wait_for_load_state("networkidle")  # before its comments have come the page saves nothing
        with page.expect_response(lambda answer: answer.request.method == "PUT"):
            page.locator("textarea.comment").first.fill("\n\n".join(_texts()))
            page.locator("textarea.comment").first.press("Tab")
        ours = _generate_feedback(place)
        theirs = _generate_feedback(place, "--GenerateFeedback.exporter_class=nbconvert.exporters.HTMLExporter")
        yield {"ours": ours, "nbgrader's": theirs}


def _generate_feedback(place: Path, *options: str) -> Path:
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", NAME, f"--student={EVIL}", "--force", *options]
    surroundings = environment(
        JUPYTER_CONFIG_PATH=str(place / "jupyter_config"),
        JUPYTER_CONFIG_DIR=str(place.with_name("kosong")),
        JUPYTER_PATH=str(SHARE),
        PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    )
    ended = subprocess.run(command, env=surroundings, cwd=place, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    made = place / "kursus" / "feedback" / EVIL / NAME / f"{NAME}.html"
    return shutil.copy(made, place / f"umpan-balik-{len(options)}.html")


@pytest.mark.parametrize("whose", ["ours", "nbgrader's"])
def test_in_feedback_nothing_acts_neither_as_a_file_nor_from_the_server(canary, place, feedback, whose):
    page = canary.page()
    _look(page, feedback[whose].as_uri(), touch=True)
    said = page.locator("body").inner_text()
    assert ("Comments:" in said) == (whose != "ours")
    assert "script-unclosed" in said
    _look(page, f"{canary.base}/files/{feedback[whose].relative_to(place).as_posix()}", touch=True)
    assert canary.fired == []


def test_in_jupyterlab_an_autograded_notebook_does_nothing(canary, place):
    """What our engine stores: outputs made harmless, the trainee's own cells as they are."""
    file = place / "kursus" / "autograded" / EVIL / NAME / f"{NAME}.ipynb"
    stored = nbformat.read(file, as_version=4)
    shown = file.with_name("tersimpan.ipynb")
    made = harmless.outputs(stored)
    assert {change.kind for change in made.changed} >= {"markup", "type", "widgets", "chart", "formula", "picture"}
    nbformat.write(made.notebook, shown)
    _open_in_lab(canary, shown.relative_to(place), len(made.notebook.cells))
    assert canary.fired == []


def test_in_jupyterlab_a_submission_as_it_was_handed_in_does_nothing(canary, place):
    """Stored controls with a program in them included, which JupyterLab as it comes starts."""
    file = place / "kursus" / "submitted" / EVIL / NAME / f"{NAME}.ipynb"
    given = nbformat.read(file, as_version=4)
    assert "_esm" in json.dumps(given.metadata["widgets"])
    _open_in_lab(canary, file.relative_to(place), len(given.cells))
    assert canary.fired == []


def _open_in_lab(canary, file: Path, cells: int) -> None:
    page = canary.page()
    page.goto(f"{canary.base}/lab/tree/{file.as_posix()}")
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=90_000)
    page.wait_for_function(f"document.querySelectorAll('.jp-Notebook .jp-Cell').length == {cells}", timeout=60_000)
    page.locator(".jp-RenderedMarkdown strong", has_text=LAST).wait_for(timeout=60_000)
    page.wait_for_timeout(5 * SETTLED)
    page.evaluate(_TOUCH)
    page.wait_for_timeout(SETTLED)


def test_honest_outputs_are_shown(canary, place):
    file = place / "kursus" / "autograded" / HONEST / NAME / f"{NAME}.ipynb"
    stored = nbformat.read(file, as_version=4)
    made = harmless.outputs(stored)
    assert made.notebook is stored
    assert made.changed == ()
    page = canary.page()
    page.goto(_submission(page, canary.base, HONEST))
    table, styled = page.locator("table").nth(0), page.locator("table").nth(1)
    assert table.inner_text().split() == ["unsur", "nilai", "0", "Waktu", "2.71", "1", "Biaya", "3.40"]
    assert styled.locator("caption").inner_text() == "Nilai per unsur"
    best = styled.locator("td", has_text="3.4")
    assert best.evaluate("cell => getComputedStyle(cell).backgroundColor") == "rgb(144, 238, 144)"
    assert page.locator(".output_png img").evaluate("image => image.complete && image.naturalWidth") > 300
    assert page.locator(".output_markdown strong").inner_text() == "Waktu"
    assert "\\displaystyle" in page.locator(".output_latex").inner_text()
    assert canary.fired == []

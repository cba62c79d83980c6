"""Pictures of the doors, from a workspace of this script's own: `mutu start`, a graded class, a real Chromium.

    .venv/bin/python docs/img/make.py [NAME ...]     all pictures, or those named

A picture is a function of `PICTURES` that takes a Scene and writes NAME.png beside this file. To add one, write its
function and name it there.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "serve"))

from running import Platform, free_port  # noqa: E402

from mutu.course import author, workspace  # noqa: E402
from mutu.course.author.variants import submitted, variants  # noqa: E402
from mutu.course.nbgrader import Trainee, add_trainees, autograde  # noqa: E402

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
CLASS = (
    ("p01", "Peserta Satu", "reference"),
    ("p02", "Peserta Dua", "bobot-011"),
    ("p03", "Peserta Tiga", "kosong-nol"),
)
REFLECTION = "Waktu paling lemah, NRR 2,7. Menurut buku antrean, antrean menumpuk pada hari Senin."
START = 90_000


@dataclass(frozen=True)
class Scene:
    """What a picture is taken of: the running platform, and a browser that is let in."""

    platform: Platform
    browser: Any

    def page(self, size: dict[str, int], **more: Any) -> Any:
        """A new page past the landing page, which is what it shows."""
        page = self.browser.new_page(viewport=size, locale="id-ID", timezone_id="Asia/Jakarta", **more)
        page.goto(self.platform.link)
        return page


def save(page: Any, name: str, **more: Any) -> None:
    """Write a picture of a page with few colours, so that it stays small."""
    picture = Image.open(io.BytesIO(page.screenshot(**more))).convert("RGB")
    file = HERE / f"{name}.png"
    picture.quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stdout.write(f"{file.name}: {picture.width} x {picture.height}, {file.stat().st_size // 1000} kB\n")


def pintu(scene: Scene) -> None:
    """The landing page."""
    save(scene.page(DESKTOP), "pintu", full_page=True)


def pintu_hp(scene: Scene) -> None:
    """The landing page on a phone, where its first door fills the view."""
    save(scene.page(PHONE, device_scale_factor=2, is_mobile=True, has_touch=True), "pintu-hp")


def belajar(scene: Scene) -> None:
    """The lesson in JupyterLab, run, at its figure of the elements."""
    page = scene.page(DESKTOP)
    page.get_by_role("link", name="Buka pelajaran").click()
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", timeout=START)
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=START)
    page.locator(".lm-MenuBar-item", has_text="Run").click()
    page.locator("[data-command='runmenu:run-all']").click()
    page.locator(".jp-StatusBar-TextItem", has_text="| Busy").wait_for(timeout=START)
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=START)
    _scroll_to(page, "5. Mana yang paling lemah?")
    save(page, "belajar")


def _scroll_to(page: Any, heading: str) -> None:
    """JupyterLab draws only the cells near the view, so the way there is in steps."""
    view = page.locator(".jp-WindowedPanel-outer").first
    view.evaluate("view => view.scrollTo(0, 0)")
    found = page.locator(".jp-NotebookPanel h3", has_text=heading)
    for _step in range(60):
        if found.count():
            found.evaluate("heading => heading.scrollIntoView()")
        else:
            view.evaluate("view => view.scrollBy(0, 300)")
        page.wait_for_timeout(250)
        if found.count() and abs(found.bounding_box()["y"] - view.bounding_box()["y"]) < 60:
            break
    page.wait_for_timeout(1500)


def menilai(scene: Scene) -> None:
    """Formgrader at the reflection of a graded submission, with its points and a comment."""
    page = scene.page(DESKTOP)
    page.goto(f"{scene.platform.base}/formgrader/gradebook/skm/skm")
    page.locator("a.name-shown", has_text="Satu, Peserta").wait_for(state="attached", timeout=START)
    page.locator("a.name-shown", has_text="Satu, Peserta").evaluate("link => link.click()")
    page.locator("input.score#refleksi").wait_for()
    page.wait_for_load_state("networkidle")  # before its marks have come the page saves nothing
    page.locator("input.score#refleksi").fill("3")
    page.keyboard.press("Tab")
    comment = page.locator("textarea.comment").last
    comment.fill("Sebabnya jelas dan berbukti. Langkah berikutnya: siapa yang membuka loket kedua, dan kapan?")
    comment.blur()
    page.locator("h2", has_text="Refleksi").evaluate("heading => window.scrollTo(0, heading.offsetTop - 180)")
    page.wait_for_timeout(1500)
    save(page, "menilai")


PICTURES: dict[str, Callable[[Scene], None]] = {
    "pintu": pintu,
    "pintu-hp": pintu_hp,
    "belajar": belajar,
    "menilai": menilai,
}


def _graded_class(place: Path) -> None:
    """Three participants of nobody's name, whose notebooks were handed in and graded by nbgrader."""
    workspace.prepare(place)
    course = workspace.folders(place)
    add_trainees(course, [Trainee(code, name) for code, name, _variant in CLASS])
    source, release = (
        nbformat.read(course.course / kind / "skm" / "skm.ipynb", as_version=4) for kind in ("source", "release")
    )
    known = {each.name: each for each in variants(author.find("02"))}
    for code, _name, variant in CLASS:
        notebook = submitted(known[variant], source, release)
        next(cell for cell in notebook.cells if cell.id == "refleksi").source = REFLECTION
        folder = course.course / "submitted" / code / "skm"
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / "skm.ipynb")
    autograde(course, "skm")


def _chromium() -> str | None:
    return os.environ.get("MUTU_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def main(wanted: list[str]) -> None:
    """Make the pictures named, or all."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder) / "kerja"
        _graded_class(place)
        with Platform(place, "--port", str(free_port())) as platform:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"])
            for name in wanted or PICTURES:
                PICTURES[name](Scene(platform, browser))
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

"""What pictures are taken of: a platform with a graded class, a browser, a report; each is made when first needed."""

from __future__ import annotations

import io
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import nbformat
from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from chromium import launch  # noqa: E402
from running import Platform, free_port, run  # noqa: E402

from mutu.course import author, workspace  # noqa: E402
from mutu.course.author.variants import submitted, variants  # noqa: E402
from mutu.course.nbgrader import Trainee, add_trainees, autograde  # noqa: E402

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
SURVEY = ROOT / "tests/responses/files/good/campuran-kantor.xlsx"
CLASS = (
    ("p01", "Peserta Satu", "reference"),
    ("p02", "Peserta Dua", "bobot-011"),
    ("p03", "Peserta Tiga", "kosong-nol"),
)
REFLECTION = "Waktu paling lemah, NRR 2,7. Menurut buku antrean, antrean menumpuk pada hari Senin."


class Stage(ExitStack):
    """Use it as a context manager: what was started ends with it."""

    @cached_property
    def folder(self) -> Path:
        """A folder that is removed in the end."""
        return Path(self.enter_context(tempfile.TemporaryDirectory()))

    @cached_property
    def platform(self) -> Platform:
        """`mutu start` in a workspace whose participants, of nobody's name, have been graded."""
        place = self.folder / "kerja"
        _graded_class(place)
        return self.enter_context(Platform(place, "--port", str(free_port())))

    @cached_property
    def pages(self) -> str:
        """Address of the self-assessment pages, which are up a little later than the platform."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(OSError), urlopen(f"{self.platform.pages}/health", timeout=2):  # noqa: S310
                return self.platform.pages
            time.sleep(0.2)
        sys.exit("The self-assessment pages do not answer.")

    @cached_property
    def browser(self) -> Any:
        """A real Chromium."""
        browser = launch(self.enter_context(sync_playwright()))
        self.callback(browser.close)
        return browser

    @cached_property
    def report(self) -> Path:
        """The folder of a report, made by the command."""
        out = self.folder / "laporan"
        made = run("skm", "report", str(SURVEY), "--profile", str(HERE / "office.toml"), "--out", str(out))
        if made.returncode:
            sys.exit(made.stderr)
        return out

    def page(self, size: dict[str, Any]) -> Any:
        """A new page, let in by the landing page, which is what it shows."""
        page = self.browser.new_page(locale="id-ID", timezone_id="Asia/Jakarta", **size)
        page.goto(self.platform.link)
        return page


def save(picture: Image.Image, name: str, *, width: int = 1280, colours: int = 96) -> None:
    """Write a picture with few colours and no more pixels than it needs, so that it stays small."""
    picture = picture.convert("RGB")
    if picture.width > width:
        picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    file = HERE / f"{name}.png"
    picture.quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stdout.write(f"{file.name}: {picture.width} x {picture.height}, {file.stat().st_size // 1000} kB\n")


def shot(page: Any, name: str, **more: Any) -> None:
    """Write what a page shows."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)
    save(Image.open(io.BytesIO(page.screenshot(**more))), name)


def _graded_class(place: Path) -> None:
    """Notebooks of three participants, handed in and graded by nbgrader."""
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

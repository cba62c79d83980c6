"""Pictures of the two assessment pages, from the real pages in a real browser; everything shown is synthetic.

Run from the root of a checkout: .venv/bin/python docs/img/pages.py
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

HERE = Path(__file__).parent
SURVEY = HERE.parents[1] / "tests/responses/files/good/campuran-kantor.xlsx"
LABEL = "Kantor Kecamatan Contoh 2026 (data sintetis)"
WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
LEVELS = (3, 4, 2, 5, 1, 4, 3)


def pekppp(page: Any, url: str) -> None:
    """An aspect that is being answered."""
    _begin(page, url)
    _answer(page, 12)
    page.wait_for_selector("[data-saved][data-tone=good]")
    page.evaluate("document.querySelector('[data-link-note]').hidden = true")  # its link is of this run


def pekppp_result(page: Any, url: str) -> None:
    """The index with its weakest items."""
    _begin(page, url)
    _answer(page, 30)
    page.wait_for_selector("[data-saved][data-tone=good]")
    page.evaluate("document.querySelector('[data-nav]').open = true")
    page.click("nav [data-go=result]")
    page.wait_for_selector("[data-result] .figure-value")
    page.mouse.move(0, 0)


def skm(page: Any, url: str) -> None:
    """The index of a survey file with its interval."""
    page.goto(f"{url}/skm")
    page.set_input_files("#file", SURVEY)
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-result] .figure-value", timeout=120_000)
    page.mouse.move(0, 0)


PICTURES = {
    "pekppp.png": (pekppp, WIDE),
    "pekppp-hp.png": (pekppp, PHONE),
    "pekppp-hasil.png": (pekppp_result, WIDE),
    "skm.png": (skm, WIDE),
    "skm-hp.png": (skm, PHONE),
}


def _begin(page: Any, url: str) -> None:
    page.goto(f"{url}/pekppp")
    page.fill("#label", LABEL)
    page.click("[data-form=create] button")
    page.wait_for_selector("#item-1 label")


def _answer(page: Any, items: int) -> None:
    chosen = {str(item): LEVELS[item % len(LEVELS)] for item in range(1, items + 1)}
    clicks = "(levels) => Object.entries(levels).forEach(([code, level]) => document.querySelector("
    page.evaluate(clicks + "`[name=level-${code}][value='${level}']`).click())", chosen)


@contextmanager
def _pages() -> Iterator[str]:
    """The pages' process on a free port, with a workspace of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "mutu.serve.voila", "--port", str(port), "--workspace", folder]
        process = subprocess.Popen([*command, "--landing", "http://127.0.0.1:9/mutu"])
        try:
            for _turn in range(300):
                with suppress(OSError), urlopen(f"{url}/health", timeout=2):  # noqa: S310
                    break
                time.sleep(0.2)
            yield url
        finally:
            process.terminate()
            process.wait(20)


def make() -> None:
    """Take every picture."""
    from playwright.sync_api import sync_playwright

    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    program = os.environ.get("MUTU_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with _pages() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"] if as_root else [])
        for name, (show, size) in PICTURES.items():
            context = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta", **size)
            page = context.new_page()
            show(page, url)
            page.wait_for_timeout(500)
            page.screenshot(path=HERE / name)
            context.close()
        browser.close()


if __name__ == "__main__":
    make()

"""What a survey says of people stays out of every log of the platform, also when something goes wrong."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from running import Platform, free_port

FILE = Path(__file__).parents[1] / "responses" / "files" / "good" / "data-pribadi.xlsx"
# names, NIK, telephone numbers, e-mail addresses, addresses and the officer of that file (all invented)
SECRETS = ("Responden Fiktif", "99990000", "0000-0000", "contoh.invalid", "Jalan Tiada", "Petugas Rekaan")
NAME = "survei Sri Rekaan 081200000000.xlsx"
PATIENCE = 120_000


@pytest.fixture
def platform(tmp_path):
    with Platform(tmp_path / "kerja", "--port", str(free_port()), HOME=str(tmp_path)) as running:
        yield running


def _logged(platform, until):
    """Everything in the logs once a text stands there; a kernel's words come through a thread of its own."""
    end = time.monotonic() + 20
    while until not in (said := _now(platform)):
        assert time.monotonic() < end, said
        time.sleep(0.1)
    return said


def _now(platform):
    files = [file for file in (platform.folder / ".mutu").rglob("*.log*") if file.is_file()]
    assert "pages.log" in {file.name for file in files}
    return platform.said() + "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)


def test_no_log_holds_what_is_personal(page, platform):
    content = FILE.read_bytes()
    page.goto(f"{platform.pages}/skm")
    page.set_input_files("#file", {"name": NAME, "mimeType": "application/x", "buffer": content})
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-result] h2", timeout=PATIENCE)
    page.click("[data-form=report] [type=submit]")
    page.wait_for_selector("[data-take]", timeout=2 * PATIENCE)

    (kernel,) = [each for each in platform.family() if "mutu.serve.voila.kernel" in each.cmdline()]
    for upload in Path(kernel.cwd()).rglob("skm-*"):
        shutil.rmtree(upload)
    page.click("[data-form=survey] summary")
    page.select_option("#scale", "1-5")  # the file has to be read again, and is not there
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-error]:not([hidden])", timeout=PATIENCE)

    said = _logged(platform, until="FileNotFoundError in a page")  # the kernel's own words do come here
    for secret in (*SECRETS, "Sri Rekaan", "081200000000"):
        assert secret not in said

"""Every button of formgrader on the way from a released exercise to a page of feedback, pressed in a real browser."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from running import Platform, free_port

from mutu.course import rights, workspace
from mutu.course.grade.submission import RECORD
from mutu.course.nbgrader import Trainee, add_trainees

pytestmark = [pytest.mark.classroom, pytest.mark.timeout(240)]
PATIENCE = 90_000


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    place = tmp_path_factory.mktemp("buttons") / "kerja"
    workspace.prepare(place)
    add_trainees(workspace.folders(place), [Trainee("p01", "Peserta Satu")])
    with Platform(place, "--port", str(free_port())) as running:
        yield running


def _press(page, row, column: str, answer: str) -> None:
    """Press a button of a row, wait for nbgrader's answer, and close what it says."""
    with page.expect_response(re.compile(f"/{answer}$"), timeout=PATIENCE) as said:
        row.locator(f"td.{column} a").click()
    assert said.value.json()["success"], said.value.json()["log"]
    dialog = page.locator(".modal.in")
    expect(dialog).to_contain_text("success", ignore_case=True, timeout=PATIENCE)
    dialog.get_by_role("button").last.click()
    expect(dialog).to_be_hidden()


def _hand_in(platform: Platform) -> None:
    """What Fetch and Submit of Assignment List do for somebody who works on this computer."""
    exchange = f"--Exchange.root={platform.folder / 'exchange'}"
    for command in ("fetch_assignment", "submit"):
        words = [sys.executable, "-m", "nbgrader", command, "skm", "--course", "mutu", exchange]
        done = subprocess.run(words, cwd=platform.folder, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr


def test_the_buttons_lead_from_the_source_to_feedback(platform, page, problems):
    page.goto(platform.link)
    page.goto(f"{platform.base}/formgrader/manage_assignments")
    row = page.locator("tr", has=page.get_by_role("link", name="skm", exact=True))
    _press(page, row, "assign", "assign")
    _press(page, row, "release", "release")
    expect(row.locator("td.status")).to_have_text("released")
    _hand_in(platform)
    _press(page, row, "collect", "collect")
    expect(row.locator("td.num-submissions")).to_have_text("1")

    page.goto(f"{platform.base}/formgrader/manage_submissions/skm")
    handed_in = page.locator("tr", has=page.locator("td.autograde a"))
    _press(page, handed_in, "autograde", "autograde")
    expect(handed_in.locator("td.status")).to_have_text("graded")  # nothing was written, so nothing waits for a person
    graded = platform.folder / "kursus" / "autograded"
    assert len(list(graded.glob(f"*/skm/{RECORD}"))) == rights.is_isolated()  # whose engine it was

    page.goto(f"{platform.base}/formgrader/manage_assignments")
    _press(page, row, "generate-feedback", "generate_feedback")
    _press(page, row, "release-feedback", "release_feedback")
    assert list((platform.folder / "kursus" / "feedback").glob("*/skm/skm.html"))
    assert list((platform.folder / "exchange" / "mutu" / "feedback").glob("*.html"))
    problems.clear()  # what formgrader itself says to the console is not ours


def _put(platform: Platform, student: str, notebook: bytes) -> None:
    place = platform.folder / "kursus" / "submitted" / student / "skm"
    place.mkdir(parents=True)
    place.joinpath("skm.ipynb").write_bytes(notebook)


def _autograde(page, platform: Platform, student: str) -> dict:
    """Press the button of one person; nbgrader's answer."""
    page.goto(f"{platform.base}/formgrader/manage_submissions/skm")
    row = page.locator("tr", has=page.locator("td.student-id", has_text=student))
    with page.expect_response(re.compile("/autograde$"), timeout=PATIENCE) as said:
        row.locator("td.autograde a").click()
    expect(page.locator(".modal.in")).to_be_visible(timeout=PATIENCE)
    return said.value.json()


@pytest.mark.skipif(not rights.is_isolated(), reason="submissions cannot be isolated here")
def test_the_button_isolates_and_says_what_it_found(platform, page, problems):
    notebook = json.loads((platform.folder / "kursus" / "release" / "skm" / "skm.ipynb").read_text(encoding="utf-8"))
    target = platform.folder / "bocor.txt"
    hostile = f"import os, pathlib\npathlib.Path({str(target)!r}).write_text(os.environ.get('HOME', '-'))"
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": hostile}
    notebook["cells"].insert(0, cell | {"id": "jahat"} if "id" in notebook["cells"][0] else cell)
    _put(platform, "jahat", json.dumps(notebook).encode())
    _put(platform, "rusak", b"%PDF-1.4")
    page.goto(platform.link)
    said = _autograde(page, platform, "jahat")
    assert said["success"], said
    assert "jahat: " in said["log"]
    assert not target.exists()
    shown = (platform.folder / "kursus" / "autograded" / "jahat" / "skm" / "skm.ipynb").read_text(encoding="utf-8")
    assert "Error" in shown  # the folder is not there for its code
    refused = _autograde(page, platform, "rusak")
    assert not refused["success"]
    assert "PDF" in refused["log"]
    expect(page.locator(".modal.in")).to_contain_text("dokumen PDF")
    problems.clear()

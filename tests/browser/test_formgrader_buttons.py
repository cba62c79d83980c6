"""Every button of formgrader on the way from a released exercise to a page of feedback, pressed in a real browser."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from running import Platform, free_port

from mutu.course import workspace
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

    page.goto(f"{platform.base}/formgrader/manage_assignments")
    _press(page, row, "generate-feedback", "generate_feedback")
    _press(page, row, "release-feedback", "release_feedback")
    assert list((platform.folder / "kursus" / "feedback").glob("*/skm/skm.html"))
    assert list((platform.folder / "exchange" / "mutu" / "feedback").glob("*.html"))
    problems.clear()  # what formgrader itself says to the console is not ours

"""Pictures of the insight page, of a class that nobody is in: how it begins, and two submissions side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import class_course
import class_kit
from stage import DESKTOP, Stage, shot

from mutu.course.outcome.insight import insight, page

_SIZE, _SEED = 29, 7


@cache
def _made(folder: Path) -> Path:
    people = class_kit.honest(_SIZE, _SEED)
    people.append(class_kit.copied(people[1], _SIZE + 1, _SEED, how="renamed"))
    course = class_course.graded(folder / "kelas", people)
    file = folder / "wawasan.html"
    file.write_text(page(insight(course, "skm"), today=date(2026, 11, 25)), encoding="utf-8")
    return file


def wawasan(stage: Stage) -> None:
    """The answer first, marks, tasks."""
    shown = stage.browser.new_page(**DESKTOP)
    shown.goto(_made(stage.folder).as_uri())
    shot(shown, "wawasan", clip={"x": 0, "y": 0, "width": 1280, "height": 2050}, full_page=True)


def mirip(stage: Stage) -> None:
    """Two submissions side by side, and the question."""
    shown = stage.browser.new_page(**DESKTOP)
    shown.goto(_made(stage.folder).as_uri())
    box = shown.locator("section[aria-labelledby=mirip]").bounding_box()
    shot(shown, "mirip", clip={"x": 0, "y": box["y"] - 16, "width": 1280, "height": 1100}, full_page=True)


PICTURES: dict[str, Callable[[Stage], None]] = {"wawasan": wawasan, "mirip": mirip}

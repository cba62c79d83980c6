"""A picture of feedback for nobody: how the page begins, a visible and a hidden check that failed."""

from __future__ import annotations

from collections.abc import Callable

import feedback_kit
from stage import DESKTOP, Stage, shot

from mutu.course.nbgrader import Trainee, add_trainees
from mutu.course.outcome.feedback.write import write


def umpan_balik(stage: Stage) -> None:
    """Points, all tasks, the first tasks."""
    course = feedback_kit.module_course(stage.folder / "umpan", "skm", ["terlalu-dini-dibulatkan"])
    add_trainees(course, [Trainee("terlalu-dini-dibulatkan", "Peserta Contoh")])
    shown = stage.browser.new_page(**DESKTOP)
    shown.goto(write(course, "skm")[0].file.as_uri())
    end = shown.locator("#t4").bounding_box()["y"] - 8
    shot(shown, "umpan-balik", clip={"x": 200, "y": 0, "width": 880, "height": end}, full_page=True)


PICTURES: dict[str, Callable[[Stage], None]] = {"umpan-balik": umpan_balik}

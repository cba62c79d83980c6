"""formgrader's Autograde button: it runs this engine, where submissions can be isolated; else nbgrader's own.

A server extension.
"""

from __future__ import annotations

import logging
from threading import Thread
from typing import Any

from mutu.course import rights
from mutu.course.grade.engine import grade
from mutu.course.grade.options import Options, processors
from mutu.course.grade.report import Graded
from mutu.course.nbgrader import Asked, Course, take_over
from mutu.locale import _, number


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "mutu.course.grade.button"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Jupyter calls this while it starts."""
    take_over(run, rights.is_isolated)
    Thread(target=rights.is_isolated, daemon=True).start()  # the front page asks, too, and should not wait


def run(course: Course, asked: Asked, log: logging.Logger) -> bool:
    """Grade what nbgrader was asked to; whether all of it could be."""
    options = Options(processors(), asked.force, students=asked.students, notebooks=asked.notebooks)
    report = grade(course, asked.assignment, options)
    for graded in report.submissions:
        _tell(graded, log)
    return all(graded.score is not None or graded.is_empty for graded in report.submissions)


def _tell(graded: Graded, log: logging.Logger) -> None:
    points = _("no points") if graded.score is None else f"{number(graded.score)} / {number(graded.max_score)}"
    log.log(logging.ERROR if graded.score is None else logging.INFO, "%s: %s", graded.student, points)
    for sentence in graded.sentences:
        log.warning("%s: %s", graded.student, sentence)

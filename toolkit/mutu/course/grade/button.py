"""formgrader's Autograde button: it runs this engine, where submissions can be isolated; else nbgrader's own.

A server extension.
"""

from __future__ import annotations

import logging
from threading import Thread
from typing import Any

from mutu.course import rights, zone
from mutu.course.grade.engine import grade
from mutu.course.grade.options import Options, processors
from mutu.course.grade.report import Graded
from mutu.course.nbgrader import Asked, Course, take_over
from mutu.course.nbgrader.enrolled import listed
from mutu.course.participant import called
from mutu.locale import _, number


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "mutu.course.grade.button"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Jupyter calls this while it starts."""
    take_over(run, rights.is_isolated)
    Thread(target=rights.is_isolated, daemon=True).start()  # the front page asks, too, and should not wait


def run(course: Course, asked: Asked, log: logging.Logger) -> bool:
    """Grade what nbgrader was asked to; whether all of it could be."""
    zone.follow(course.root, course.root.parent)
    options = Options(processors(), asked.force, students=asked.students, notebooks=asked.notebooks)
    report = grade(course, asked.assignment, options)
    names = {person.id: person.name for person in listed(course)}
    for graded in report.submissions:
        _tell(graded, called(graded.student, names.get(graded.student)), log)
    return all(graded.score is not None or graded.is_empty for graded in report.submissions)


def _tell(graded: Graded, name: str, log: logging.Logger) -> None:
    if graded.score is None:
        said = _("Could not be graded: {name}. {reason}")
        log.error(said.format(name=name, reason=" ".join(graded.sentences)))
        return
    log.info("%s: %s / %s", name, number(graded.score), number(graded.max_score))
    for sentence in graded.sentences:
        log.warning("%s: %s", name, sentence)

"""Another engine in the place of nbgrader's own where nbgrader itself grades: its command, formgrader's button.

nbgrader has no setting for that. Both call the class `Autograde` of their module, of which this puts a subclass there,
so that every option, alias and setting of nbgrader's still arrives where it did.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from mutu.course.nbgrader.course import Course
from mutu.course.nbgrader.importing import quickly
from mutu.course.nbgrader.schema import ask_here
from mutu.errors import MutuError
from mutu.locale import _, say

# of nbgrader's CourseDirectory, whose options and defaults may come from anywhere
_COURSE = (
    "root", "db_url", "course_id", "directory_structure", "source_directory", "release_directory",
    "submitted_directory", "autograded_directory", "feedback_directory", "ignore", "max_file_size", "groupshared",
    "student_id_exclude",
)  # fmt: skip
_GRADING = ("create_student", "exclude_overwriting", "permissions", "pre_convert_hook", "post_convert_hook")


@dataclass(frozen=True)
class Asked:
    """What nbgrader was asked to grade.

    Attributes
    ----------
    assignment : its name
    students, notebooks : patterns of ids and names
    force : also what was graded already
    """

    assignment: str
    students: str = "*"
    notebooks: str = "*"
    force: bool = False


Engine = Callable[[Course, Asked, logging.Logger], bool]


def take_over(engine: Engine, where: Callable[[], bool] = lambda: True) -> None:
    """Let `engine` grade in this process whenever nbgrader is asked to.

    Parameters
    ----------
    engine : grades, tells the log what a person should know, and returns whether every submission could be graded
    where : whether it can grade on this computer; asked when there is something to grade
    """
    with quickly():
        from nbgrader.apps import api, autogradeapp

    ask_here()
    api.Autograde = autogradeapp.Autograde = _converter(engine, where)
    api.capture_log = _without_traceback(api.capture_log)


def _without_traceback(capture: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """What formgrader captures, without the traceback, which nobody there can read, where the log says why."""

    def capture_log(app: Any, *more: Any, **options: Any) -> dict[str, Any]:
        found = capture(app, *more, **options)
        if getattr(app, "has_said_why", False):
            found.pop("error", None)
        return found

    return capture_log


def _converter(engine: Engine, where: Callable[[], bool]) -> type:
    from nbgrader.converters import NbGraderException
    from nbgrader.converters.autograde import Autograde as Own

    class Autograde(Own):  # type: ignore[misc,unused-ignore]
        """nbgrader's converter, by name and settings; `has_said_why` once the log tells what could not be graded."""

        has_said_why = False

        def start(self) -> None:
            """Grade, or say in nbgrader's way that something could not be."""
            if not where():
                super().start()
                return
            place = self.coursedir
            asked = Asked(place.assignment_id, place.student_id, place.notebook_id, self.force)
            try:
                is_whole = engine(_course(self), asked, self.log)
            except MutuError as error:
                self.log.error(say(error))
                self.has_said_why = True
                self.init_notebooks()  # where nothing was handed in, nbgrader knows which name was meant
                raise NbGraderException(say(error)) from error
            if not is_whole:
                self.has_said_why = True
                said = _("Not every submission of «{name}» could be graded; the reasons stand above.")
                raise NbGraderException(said.format(name=asked.assignment))

    return Autograde


def _course(converter: Any) -> Course:
    """The course with what nbgrader made of its options."""
    config = deepcopy(converter.config)
    for section, owner, names in (
        ("CourseDirectory", converter.coursedir, _COURSE),
        ("Autograde", converter, _GRADING),
    ):
        for name in names:
            config[section][name] = getattr(owner, name)
    return Course(config)

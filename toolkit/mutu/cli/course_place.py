"""Where a command of `mutu course` finds the course: any of nbgrader's, else the workspace's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutu.errors import N_

if TYPE_CHECKING:
    from mutu.course.nbgrader import Folders

CourseDir = Annotated[
    Path | None,
    typer.Option("--course-dir", metavar=N_("FOLDER"), help=N_("Another course of nbgrader (else the workspace's)")),
]


def folders(course: Path | None, dir_: str | None) -> Folders:
    """The course that is meant.

    Parameters
    ----------
    course : what --course-dir says
    dir_ : what --dir says

    Raises
    ------
    InputError : there is no course in the workspace
    """
    from mutu.course import workspace
    from mutu.course.nbgrader import Folders
    from mutu.serve.workspace import locate

    return Folders(course, course / "exchange") if course else workspace.existing(locate(dir_).root)

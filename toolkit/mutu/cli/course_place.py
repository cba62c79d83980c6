"""Where a command of `mutu course` finds the course: any of nbgrader's, else the workspace's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutu.errors import N_, SettingError

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
    InputError : there is no course in the workspace, or in the folder
    SettingError : the organiser's profile names a zone that is none
    """
    from mutu.course import workspace, zone
    from mutu.course.nbgrader.configuration import Folders
    from mutu.course.nbgrader.course import Course
    from mutu.serve.workspace import locate

    if course is not None:
        zone.follow(course, locate(dir_).root)
        return Folders(course, course / "exchange", Course.at(course).database)
    root = locate(dir_).root
    found, config = workspace.existing(root), workspace.config_folder(root) / "nbgrader_config.py"
    return replace(found, database=Course.of(found, config).database) if config.is_file() else found


def keeper(course: Path | None, dir_: str | None) -> Path:
    """The workspace that keeps what a course of nbgrader's has no place for.

    Raises
    ------
    SettingError : the course is another one, and nobody has said which workspace is meant
    """
    from mutu.serve.workspace import locate

    root = locate(dir_).root
    if course is not None and not dir_ and not root.exists():
        raise SettingError(
            N_(
                "Keys and the register of certificates are kept in a workspace, and {folder} does not exist. Name the "
                "workspace with --dir."
            ),
            folder=root,
        )
    return root

"""nbgrader's own converters, called as it calls them: generate, release, autograde.

They change the process's working folder while they run and put it back; nothing here runs two at once.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mutu.course.nbgrader.configuration import COURSE_ID, Folders, settings
from mutu.course.nbgrader.schema import ask_here
from mutu.errors import N_, InputError, MachineError

_log = logging.getLogger("mutu.course.nbgrader")
_log.addHandler(logging.NullHandler())  # its chatter is for whoever asks for it


def release_notebooks(root: Path, names: Iterable[str]) -> None:
    """Make `root`/release/NAME from `root`/source/NAME without a gradebook."""
    for name in names:
        config = _config(Folders(root, root / "exchange"), name)
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
        _generate(config, name)


def generate(folders: Folders, name: str) -> None:
    """Make the release of an assignment and write its tests and points into the gradebook.

    Raises
    ------
    InputError : nbgrader refuses, for instance because cells went while submissions exist
    """
    _generate(_config(folders, name), name)


def release_to_exchange(folders: Folders, name: str) -> None:
    """Put the release of an assignment where `nbgrader fetch_assignment` finds it; a newer one replaces it.

    Raises
    ------
    MachineError : Windows, where nbgrader's exchange does not run, or a folder that cannot be written
    """
    if sys.platform == "win32":
        raise MachineError(N_("nbgrader's exchange does not run on Windows. Hand out the files in {folder} instead."),
                           folder=folders.course / "release" / name)  # fmt: skip
    from nbgrader.exchange.default import ExchangeReleaseAssignment

    folders.exchange.mkdir(parents=True, exist_ok=True)
    config = _config(folders, name)
    config.ExchangeReleaseAssignment.force = True
    with _as_nbgrader_needs(name):
        ExchangeReleaseAssignment(coursedir=_course(config), log=_log, config=config).start()


def autograde(folders: Folders, name: str) -> None:
    """Grade every submission of an assignment that is not graded yet with nbgrader's own engine."""
    from nbgrader.converters import Autograde

    config = _config(folders, name)
    with _as_nbgrader_needs(name):
        Autograde(coursedir=_course(config), log=_log, config=config).start()


def _generate(config: Any, name: str) -> None:
    from nbgrader.converters import GenerateAssignment

    config.BaseConverter.force = True
    with _as_nbgrader_needs(name):
        GenerateAssignment(coursedir=_course(config), log=_log, config=config).start()


def _config(folders: Folders, name: str) -> Any:
    from traitlets.config import Config

    config = Config(settings(folders))
    config.CourseDirectory.assignment_id = name
    return config


def _course(config: Any) -> Any:
    from nbgrader.coursedir import CourseDirectory

    return CourseDirectory(log=_log, config=config)


@contextmanager
def _as_nbgrader_needs(name: str) -> Iterator[None]:
    """Its errors as ours, its chatter in the log only, the gradebook's version asked here, kernels that do not warn."""
    from nbgrader.converters.base import NbGraderException
    from nbgrader.exchange import ExchangeError

    ask_here()
    kept = os.environ.get("PYTHONWARNINGS")
    os.environ["PYTHONWARNINGS"] = "ignore"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SQLAlchemy's about nbgrader's own models
            yield
    except (NbGraderException, ExchangeError, RuntimeError) as error:
        raise InputError(
            N_("nbgrader refuses the assignment «{name}» of course «{course}»: {error}"),
            name=name, course=COURSE_ID, error=error,
        ) from error  # fmt: skip
    finally:
        os.environ.pop("PYTHONWARNINGS") if kept is None else os.environ.__setitem__("PYTHONWARNINGS", kept)

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
from mutu.course.nbgrader.reading import is_of_database, ready, unwritten, used
from mutu.course.nbgrader.schema import ask_here
from mutu.errors import N_, InputError, MachineError, reason

_log = logging.getLogger("mutu.course.nbgrader")
_log.addHandler(logging.NullHandler())  # its chatter is for whoever asks for it


def release_notebooks(root: Path, names: Iterable[str]) -> None:
    """Make `root`/release/NAME from `root`/source/NAME without a gradebook."""
    for name in names:
        config = _config(Folders(root, root / "exchange"), name)
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
        _generate(config, name, Folders(root, root / "exchange"))


def generate(folders: Folders, name: str) -> None:
    """Make the release of an assignment and write its tests and points into the gradebook.

    Raises
    ------
    InputError : nbgrader refuses, for instance because cells went while submissions exist
    MachineError : the gradebook is in use by another program or damaged, or something cannot be written
    """
    if folders.gradebook_file.exists():
        ready(folders)  # nbgrader takes the release away where it does not come to its end
    _generate(_config(folders, name), name, folders)


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
    with _as_nbgrader_needs(name, folders):
        ExchangeReleaseAssignment(coursedir=_course(config), log=_log, config=config).start()


def autograde(folders: Folders, name: str) -> None:
    """Grade every submission of an assignment that is not graded yet with nbgrader's own engine."""
    from nbgrader.converters import Autograde

    config = _config(folders, name)
    with _as_nbgrader_needs(name, folders):
        Autograde(coursedir=_course(config), log=_log, config=config).start()


def _generate(config: Any, name: str, folders: Folders) -> None:
    from nbgrader.converters import GenerateAssignment

    config.BaseConverter.force = True
    with _as_nbgrader_needs(name, folders):
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
def _as_nbgrader_needs(name: str, folders: Folders) -> Iterator[None]:
    """Its errors as ours, its chatter in the log only, the gradebook's version asked here, kernels that do not warn."""
    from nbgrader.converters.base import NbGraderException
    from nbgrader.exchange import ExchangeError

    ask_here()
    kept = os.environ.get("PYTHONWARNINGS")
    os.environ["PYTHONWARNINGS"] = "ignore"
    try:
        with warnings.catch_warnings(), _listening() as heard:
            warnings.simplefilter("ignore")  # SQLAlchemy's about nbgrader's own models
            yield
    except (NbGraderException, ExchangeError, RuntimeError, OSError) as error:
        why = _why(error, heard) if isinstance(error, NbGraderException) else error
        with used(folders):
            if is_of_database(why):
                raise why from None
        if isinstance(why, OSError):
            raise unwritten(_place(why, folders), reason(why)) from None
        raise InputError(
            N_("nbgrader refuses the assignment «{name}» of course «{course}»: {error}"),
            name=name, course=COURSE_ID, error=why,
        ) from error  # fmt: skip
    finally:
        os.environ.pop("PYTHONWARNINGS") if kept is None else os.environ.__setitem__("PYTHONWARNINGS", kept)


def _why(error: BaseException, heard: _Heard) -> BaseException:
    """What is behind an error of nbgrader's: the database's, or what it only logged before it went on."""
    if error.__context__ is None:
        return heard.last or error
    return error.__context__ if is_of_database(error.__context__) else error


def _place(error: OSError, folders: Folders) -> Path:
    return Path(error.filename) if isinstance(error.filename, str) else folders.course


class _Heard(logging.Handler):
    """Keeps what went wrong while something is logged: nbgrader says no more than that something did."""

    def __init__(self) -> None:
        super().__init__()
        self.last: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Logging calls this."""
        self.last = sys.exc_info()[1] or self.last


@contextmanager
def _listening() -> Iterator[_Heard]:
    heard = _Heard()
    _log.addHandler(heard)
    try:
        yield heard
    finally:
        _log.removeHandler(heard)

"""The gradebook's file: opened to be read alone without loading nbgrader, and what to say where it cannot be used."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from mutu.course.nbgrader.configuration import Folders
from mutu.errors import N_, MachineError, Reason, WorkspaceError, reason

_SQLITE = "sqlite:///"
_A_PAGE = 4096
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def opened(gradebook: Path) -> sqlite3.Connection:
    """The file, which is not made where there is none; an address of SQLAlchemy's cannot hold every name of a folder.

    Raises
    ------
    sqlite3.Error : there is none, or it cannot be opened
    """
    return sqlite3.connect(f"{gradebook.resolve().as_uri()}?mode=ro", uri=True)


@contextmanager
def used(gradebook: Folders | Path | str) -> Iterator[None]:
    """What is done inside reads the gradebook, or writes to it; what the database says becomes a sentence.

    Parameters
    ----------
    gradebook : the course, its file, or the gradebook's address as SQLAlchemy writes it

    Raises
    ------
    MachineError : it is in use, cannot be written, or is damaged
    """
    try:
        yield
    except Exception as error:
        if not isinstance(error, _errors()):
            raise
        place = gradebook.gradebook_file if isinstance(gradebook, Folders) else gradebook
        raise _unusable(place, error) from error


def _errors() -> tuple[type[Exception], ...]:
    """Of sqlite3, and of SQLAlchemy where it is loaded."""
    loaded = sys.modules.get("sqlalchemy.exc")
    return (sqlite3.Error, loaded.SQLAlchemyError) if loaded else (sqlite3.Error,)


def _unusable(gradebook: Path | str, error: Exception) -> MachineError:
    said = getattr(error, "orig", None) or error
    if isinstance(gradebook, str) and not gradebook.startswith(_SQLITE):
        return MachineError(
            N_("The gradebook {address} cannot be used ({reason}). Ask whoever looks after that database."),
            address=_without_password(gradebook), reason=_first_line(said),
        )  # fmt: skip
    file = Path(gradebook.removeprefix(_SQLITE)) if isinstance(gradebook, str) else gradebook
    return _unusable_file(file, said)


def _unusable_file(file: Path, said: BaseException) -> MachineError:
    kind = getattr(said, "sqlite_errorcode", 0) & 0xFF  # the rest says more than is needed
    if kind in _IN_USE:
        return MachineError(
            N_(
                "The gradebook {file} is in use by another program. Wait until it is done or close it, then run this "
                "once more; nothing is lost."
            ),
            file=file,
        )
    why = None if kind in _BROKEN else _refusal(file)
    if kind == sqlite3.SQLITE_FULL:
        why = reason(OSError(errno.ENOSPC, ""))
    if why is not None:
        return unwritten(file, why)
    return MachineError(
        N_("The gradebook in {folder} cannot be read ({reason}). Bring it back from a backup."),
        folder=file.parent, reason=_first_line(said),
    )  # fmt: skip


def unwritten(place: Path, why: Reason) -> WorkspaceError:
    """What to say where something of a course cannot be written."""
    return WorkspaceError(
        N_(
            "{place} cannot be written ({why}). Free some space or give yourself the right to write there, then run "
            "this once more."
        ),
        place=place, why=why,
    )  # fmt: skip


def _refusal(gradebook: Path) -> Reason | None:
    """Why the system lets nobody write the file, or a page beside it; None where it does."""
    try:
        with gradebook.open("r+b"), TemporaryFile(dir=gradebook.parent) as beside:
            beside.write(bytes(_A_PAGE))
    except OSError as error:
        return reason(error)
    return None


def _without_password(address: str) -> str:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return "–"


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]

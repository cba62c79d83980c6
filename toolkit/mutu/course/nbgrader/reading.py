"""The gradebook's file: opened to be read alone without loading nbgrader, and what to say where it cannot be used."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from mutu.course.nbgrader.configuration import Folders, file_of
from mutu.errors import N_, MachineError, Reason, WorkspaceError, reason

_A_PAGE = 4096


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
        place = gradebook.gradebook if isinstance(gradebook, Folders) else gradebook
        raise _unusable(place, error) from error


def ready(folders: Folders) -> None:
    """Ask whether the gradebook can be written now, before something begins that cannot stop half-way.

    Raises
    ------
    MachineError : it is in use, cannot be written, or is damaged
    """
    with used(folders), closing(sqlite3.connect(folders.gradebook_file, isolation_level=None)) as book:
        book.execute("BEGIN IMMEDIATE")
        book.execute("ROLLBACK")


def is_of_database(error: BaseException) -> bool:
    """Whether an error is the database's own."""
    return isinstance(error, _errors())


def _errors() -> tuple[type[Exception], ...]:
    """Of sqlite3, and of SQLAlchemy where it is loaded."""
    loaded = sys.modules.get("sqlalchemy.exc")
    return (sqlite3.Error, loaded.SQLAlchemyError) if loaded else (sqlite3.Error,)


def _unusable(gradebook: Path | str, error: Exception) -> MachineError:
    said = getattr(error, "orig", None) or error
    file = file_of(gradebook) if isinstance(gradebook, str) else gradebook
    if file is None:
        return MachineError(
            N_("The gradebook {address} cannot be used ({reason}). Ask whoever looks after that database."),
            address=without_password(str(gradebook)), reason=_first_line(said),
        )  # fmt: skip
    return _unusable_file(file, said)


def _unusable_file(file: Path, said: BaseException) -> MachineError:
    if _is_in_use(said):
        return MachineError(
            N_(
                "The gradebook {file} is in use by another program. Wait until it is done or close it, then run this "
                "once more; nothing is lost."
            ),
            file=file,
        )
    why = refusal(file, said)
    if why is not None:
        return unwritten(file, why)
    return MachineError(
        N_("The gradebook in {folder} cannot be read ({reason}). Bring it back from a backup."),
        folder=file.parent, reason=_first_line(said),
    )  # fmt: skip


def _is_in_use(said: BaseException) -> bool:
    return _kind(said) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _kind(said: BaseException) -> int:
    """SQLite's own number; what it says beyond the lowest byte is more than is needed."""
    return int(getattr(said, "sqlite_errorcode", 0)) & 0xFF


def refusal(file: Path, said: BaseException) -> Reason | None:
    """Why a file of SQLite's cannot be used although it is in order; None where it is not.

    Parameters
    ----------
    file : the database
    said : the error that sqlite3 raised
    """
    if _is_in_use(said):
        return reason(OSError(errno.EADDRINUSE, ""))
    if _kind(said) == sqlite3.SQLITE_FULL:
        return reason(OSError(errno.ENOSPC, ""))
    return None if _kind(said) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) else _not_writable(file)


def unwritten(place: Path, why: Reason) -> WorkspaceError:
    """What to say where something of a course cannot be written."""
    if why == reason(OSError(errno.ENOSPC, "")):
        return WorkspaceError(
            N_("{place} cannot be written: the disk is full. Free some space, then run this once more."), place=place
        )
    return WorkspaceError(
        N_(
            "{place} cannot be written ({why}). Give yourself the right to write there or copy the workspace to "
            "another place, then run this once more."
        ),
        place=place, why=why,
    )  # fmt: skip


def _not_writable(file: Path) -> Reason | None:
    """Why the system lets nobody write the file, or a page beside it; None where it does."""
    try:
        with file.open("r+b"), TemporaryFile(dir=file.parent) as beside:
            beside.write(bytes(_A_PAGE))
    except OSError as error:
        return reason(error)
    return None


def without_password(address: str) -> str:
    """An address as it may be shown."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return "–"


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]

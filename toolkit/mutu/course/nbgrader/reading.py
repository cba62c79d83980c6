"""The gradebook's file, opened to be read alone, without loading nbgrader."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from mutu.course.nbgrader.configuration import Folders
from mutu.errors import N_, MachineError


def opened(gradebook: Path) -> sqlite3.Connection:
    """The file, which is not made where there is none; an address of SQLAlchemy's cannot hold every name of a folder.

    Raises
    ------
    sqlite3.Error : there is none, or it cannot be opened
    """
    return sqlite3.connect(f"{gradebook.resolve().as_uri()}?mode=ro", uri=True)


def unreadable(folders: Folders, error: Exception) -> MachineError:
    """What to say of a gradebook that cannot be read."""
    return MachineError(
        N_("The gradebook in {folder} cannot be read ({reason}). Bring it back from a backup."),
        folder=folders.course, reason=str(error).partition("\n")[0],
    )  # fmt: skip

"""Who takes part, as the gradebook says, without loading nbgrader."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from mutu.course.nbgrader.configuration import Folders
from mutu.course.nbgrader.gradebook import Trainee
from mutu.errors import N_, MachineError

_NO_LAST_NAME = "–"


def enrolled(folders: Folders) -> tuple[Trainee, ...]:
    """Participants of a gradebook; those with a name or an address, or all where nobody has one.

    Autograde enters every id that it meets, so that beside names an id without one is in no class list.

    Raises
    ------
    MachineError : the gradebook cannot be read
    """
    file = folders.course / "gradebook.db"
    if not file.is_file():
        return ()
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as book:
            rows = book.execute("SELECT id, first_name, last_name, email FROM student ORDER BY id").fetchall()
    except sqlite3.Error as error:
        raise MachineError(
            N_("The gradebook in {folder} cannot be read ({reason}). Bring it back from a backup."),
            folder=folders.course, reason=error,
        ) from None  # fmt: skip
    everybody = [Trainee(str(id_), _name(first, last), str(email or "")) for id_, first, last, email in rows]
    return tuple([person for person in everybody if person.name or person.email] or everybody)


def _name(first: str | None, last: str | None) -> str:
    return " ".join(str(part) for part in (first, last) if part and part != _NO_LAST_NAME)

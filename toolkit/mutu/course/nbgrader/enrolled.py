"""Who takes part, as the gradebook says, without loading nbgrader."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from mutu.course.nbgrader.configuration import Folders
from mutu.course.nbgrader.gradebook import Trainee, full_name
from mutu.course.nbgrader.reading import opened, unreadable


def enrolled(folders: Folders) -> tuple[Trainee, ...]:
    """Participants of a gradebook; those with a name or an address, or all where nobody has one.

    Autograde enters every id that it meets, so that beside names an id without one is in no class list.

    Raises
    ------
    MachineError : the gradebook cannot be read
    """
    if not folders.gradebook_file.is_file():
        return ()
    try:
        with closing(opened(folders.gradebook_file)) as book:
            rows = book.execute("SELECT id, first_name, last_name, email FROM student ORDER BY id").fetchall()
    except sqlite3.Error as error:
        raise unreadable(folders, error) from None
    everybody = [Trainee(str(id_), full_name(first, last), str(email or "")) for id_, first, last, email in rows]
    return tuple([person for person in everybody if person.name or person.email] or everybody)

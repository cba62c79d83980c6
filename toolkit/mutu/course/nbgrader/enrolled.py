"""Who takes part, as the gradebook says, without loading nbgrader."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from mutu.course.nbgrader import written
from mutu.course.nbgrader.configuration import Folders
from mutu.course.nbgrader.course import Course
from mutu.course.nbgrader.gradebook import Trainee
from mutu.course.nbgrader.reading import opened, used


def enrolled(folders: Folders) -> tuple[Trainee, ...]:
    """Participants of a gradebook; those with a name or an address, or all where nobody has one.

    Autograde enters every id that it meets, so that beside names an id without one is in no class list.

    Raises
    ------
    MachineError : the gradebook cannot be read
    """
    known = everybody(folders)
    return tuple([person for person in known if person.is_described] or known)


def listed(course: Course) -> tuple[Trainee, ...]:
    """Everybody in the gradebook of a course, wherever its settings put it; nobody where it is no file.

    Raises
    ------
    MachineError : the gradebook cannot be read
    """
    before, is_file, file = course.database.partition("sqlite:///")
    return everybody(Folders(course.root, course.root), Path(file)) if is_file and not before else ()


def everybody(folders: Folders, gradebook: Path | None = None) -> tuple[Trainee, ...]:
    """Everybody in a gradebook, also ids that have no name.

    Parameters
    ----------
    folders : the course
    gradebook : its file, where it is not in the course's folder

    Raises
    ------
    MachineError : the gradebook cannot be read
    """
    file = gradebook or folders.gradebook_file
    if not file.is_file():
        return ()
    with used(file), closing(opened(file)) as book:
        rows = book.execute("SELECT id, first_name, last_name, email FROM student ORDER BY id").fetchall()
    names = written.read(folders.course)
    return tuple(
        Trainee(str(id_), written.full_name(str(id_), first, last, names), str(email or ""))
        for id_, first, last, email in rows
    )

"""Until when an assignment is to be handed in, as nbgrader's gradebook keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mutu.course.nbgrader.configuration import COURSE_ID, Folders
from mutu.course.nbgrader.reading import used
from mutu.course.nbgrader.schema import ask_here


def set_due(folders: Folders, assignments: Iterable[str], due: datetime | None) -> None:
    """Give assignments of the gradebook a due date, or take it away.

    Parameters
    ----------
    folders : the course
    assignments : names that the gradebook knows
    due : UTC without a zone; None for no limit

    Raises
    ------
    nbgrader.api.MissingEntry : the gradebook has no such assignment
    MachineError : it cannot be written
    """
    from nbgrader.api import Gradebook

    ask_here()
    with used(folders), Gradebook(folders.gradebook, COURSE_ID) as book:
        for name in assignments:
            book.find_assignment(name).duedate = due
        book.db.commit()

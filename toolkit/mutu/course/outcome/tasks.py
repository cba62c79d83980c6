"""What cells of an assignment are called for people: the title of their task, with the technical name behind it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mutu.course.outcome.feedback.plan import plan


def titles(course: Path, assignment: str) -> Mapping[str, str]:
    """Id of a cell that gives points, or of an answer -> «title (id)»; without those whose task has no title.

    Parameters
    ----------
    course : folder that holds source and release
    assignment : its name
    """
    books = sorted(file.stem for file in (course / "source" / assignment).glob("*.ipynb"))
    return {
        name: f"{title} ({name})"
        for book in books
        for name, title in plan(course, assignment, book).titles.items()
        if name not in books
    }

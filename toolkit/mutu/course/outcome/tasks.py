"""What the tasks of an assignment are called, as its trainees read it; never twice the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mutu.locale import _

if TYPE_CHECKING:
    from mutu.course.outcome.feedback.plan import Plan

Titles = Mapping[tuple[str, str], str]
"""(Notebook, grade id) -> title."""


def task_titles(course: Path, assignment: str, tasks: Iterable[tuple[str, str]]) -> Titles:
    """The heading above each task; the grade id where there is none, the notebook's name before it where there are two.

    Parameters
    ----------
    course : folder that holds source and release
    assignment : its name
    tasks : notebook and grade id of its tasks, in their order
    """
    keys = tuple(tasks)
    return _named(_plans(course, assignment, (book for book, _name in keys)), keys)


def titles(course: Path, assignment: str) -> Mapping[str, str]:
    """Id of a cell that gives points, or of an answer -> «title (id)»; without those whose task has no title.

    Parameters
    ----------
    course : folder that holds source and release
    assignment : its name
    """
    books = sorted(file.stem for file in (course / "source" / assignment).glob("*.ipynb"))
    plans = _plans(course, assignment, books)
    called = _named(plans, [(book, name) for book, known in plans.items() for name in known.tasks])
    return {
        name: f"{called[book, task.grade_id]} ({name})"
        for book, known in plans.items()
        for task in known.tasks.values()
        for name in (*task.answers, task.grade_id)
        if task.title != task.grade_id and name not in books
    }


def _plans(course: Path, assignment: str, books: Iterable[str]) -> dict[str, Plan]:
    from mutu.course.outcome.feedback.plan import plan

    return {book: plan(course, assignment, book) for book in dict.fromkeys(books)}


def _named(plans: Mapping[str, Plan], keys: Iterable[tuple[str, str]]) -> Titles:
    found: dict[tuple[str, str], str] = {}
    for book, name in keys:
        known = plans[book].tasks.get(name)
        title = known.title if known else name
        found[book, name] = title if len(plans) == 1 else f"{book}: {title}"
    return _told_apart(found)


def _told_apart(found: Titles) -> Titles:
    often, seen = Counter(found.values()), Counter[str]()
    apart = {}
    for key, title in found.items():
        seen[title] += 1
        numbered = _("{title}, part {number}").format(title=title, number=seen[title])
        apart[key] = numbered if often[title] > 1 else title
    return apart

"""What the tasks of an assignment are called, as its trainees read it; never twice the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from mutu.locale import _

Titles = Mapping[tuple[str, str], str]
"""(Notebook, grade id) -> title."""


def titles(course: Path, assignment: str, tasks: Iterable[tuple[str, str]]) -> Titles:
    """The heading above each task; the grade id where there is none, the notebook's name before it where there are two.

    Parameters
    ----------
    course : folder that holds source and release
    assignment : its name
    tasks : notebook and grade id of its tasks, in their order
    """
    from mutu.course.outcome.feedback.plan import plan

    keys = tuple(tasks)
    plans = {book: plan(course, assignment, book) for book in dict.fromkeys(book for book, _name in keys)}
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

"""Which answers are as they were when a person last saw them, so that points given for them still hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mutu.course.outcome.notebook import cells, grade_id, role, text


def unchanged(earlier: Mapping[str, Any], now: Mapping[str, Any]) -> frozenset[str]:
    """Grade ids of the cells of `now` that give points and have the same text, and the same answers, in both notebooks.

    What stands between two such cells belongs to the later one; what may stand anywhere (the work for a task cell) is
    the whole notebook.
    """
    before = _seen(earlier)
    return frozenset(name for name, seen in _seen(now).items() if before.get(name) == seen)


def _seen(notebook: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Grade id -> the texts that a person reads to give its points."""
    everything = tuple(_text(cell) for cell in cells(notebook))
    found: dict[str, tuple[str, ...]] = {}
    last = ""
    since: list[str] = []
    answers: tuple[str, ...] = ()
    for cell in cells(notebook):
        about = role(cell)
        if about.get("task"):
            found[grade_id(cell)] = everything
        elif about.get("grade"):
            if since or about.get("solution"):  # else a second test looks at the answers of the first
                answers = tuple(since)
            found[grade_id(cell)] = (*answers, _text(cell))
            last, since = grade_id(cell), []
        elif not about.get("locked"):
            since.append(_text(cell))
    if last:
        found[last] = (*found[last], *since)
    return found


def _text(cell: Mapping[str, Any]) -> str:
    return text(cell.get("source")).rstrip()

"""What is loaded for rooms before the first one is opened."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from mutu.course.grade.mend import read
from mutu.course.grade.names import Text
from mutu.course.grade.needs import COMMON, SMALL, Needs, imported
from mutu.course.nbgrader import Course

_MOST_LOOKED_AT = 1 << 20  # bytes of a notebook


def needs(course: Course, assignment: str) -> Needs:
    """What is loaded before the first room is opened, so that no room has to."""
    own = (*_loadable(_own(course, assignment)), *SMALL)
    return Needs(own, {name: modules for name, modules in _common(course, assignment) if name not in own})


def _own(course: Course, assignment: str) -> set[str]:
    """Modules that the trainer's notebooks import, so that every room has them at once."""
    found: set[str] = set()
    for file in course.folder("source", ".", assignment).glob("*.ipynb"):
        notebook = read(file.read_bytes()).notebook or {"cells": []}
        texts = (Text(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
        found.update(module for text in texts for module in text.modules)
    return found


def _common(course: Course, assignment: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What some submission imports, of which it is known that loading it does nothing else."""
    places = course.submissions(assignment).values()
    found = {name for place in places for file in place.glob("*.ipynb") for name in imported(_text(file))}
    yield from ((name, modules) for name, modules in COMMON.items() if name in found)


def _text(file: Path) -> str:
    """The beginning of a file of which nothing is believed but that it stands there."""
    with suppress(OSError):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                return opened.read(_MOST_LOOKED_AT).decode(errors="replace")
    return ""


def _loadable(modules: Iterable[str]) -> Iterator[str]:
    """Of modules that a notebook imports, those whose package is installed here and does nothing on its own."""
    for top, names in itertools.groupby(sorted(modules), key=lambda name: name.partition(".")[0]):
        if top not in ("__future__", "matplotlib", "nbgrader") and is_installed(top):
            yield from names


def is_installed(top: str) -> bool:
    """Whether a package can be imported here, of which nothing is run to know it."""
    import importlib.util

    try:
        found = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return False
    return found is not None and found.origin not in (None, "built-in", "frozen")

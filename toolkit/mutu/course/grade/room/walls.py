"""What is around rooms: the same for all of a course, so the loaded process takes it on before it loads anything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mutu.kernels import cage

if sys.platform == "win32":
    raise ImportError("nothing is walled there")

# where trainees' notebooks are executed
WORK = Path("/home/peserta")


def place(argument: dict[str, Any]) -> cage.Place:
    """The surroundings that a request asks for."""
    return cage.Place(work=WORK, shown=tuple(map(Path, argument["shown"])), masked=tuple(map(Path, argument["masked"])))


def prepare(argument: dict[str, Any]) -> None:
    """In the loaded process, once: its root becomes the read-only one of all rooms."""
    if argument["caged"]:
        cage.prepare(place(argument))

"""What is around rooms: the same for all of a course, so the loaded process takes it on before it loads anything."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mutu.kernels import cage

if sys.platform == "win32":
    raise ImportError("nothing is walled there")


def prepare(argument: dict[str, Any]) -> Callable[[], int] | None:
    """In the loaded process, once: its root becomes the read-only one of all rooms. Returns what forks for them."""
    if not argument["caged"]:
        return None
    shown, masked = (tuple(map(Path, argument[name])) for name in ("shown", "masked"))
    cage.prepare(cage.Place(shown=shown, masked=masked))
    return cage.fork

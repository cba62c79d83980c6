"""Opens rooms: what the loaded process forks for an examiner, or for the candidate of one submission.

Both get the same walls: a trainer's tests, too, reach nothing outside, and have the limits that trainees have.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from typing import Any

from mutu.course.grade.room import candidate, examining, loaded, visit, wire
from mutu.kernels import cage

if sys.platform == "win32":
    raise ImportError("nothing is forked there")


def examine(argument: dict[str, Any], control: int) -> None:
    """Be an examiner, which takes one submission after the other from `control`."""
    main = _enter(argument, control)
    with suppress(wire.WireError):  # who grades has ended
        examining.serve(main)


def be_examined(argument: dict[str, Any], control: int, channel: int, spoken: int) -> None:
    """Be the candidate: files from `control`, orders from `channel`; what programs print goes to `spoken`."""
    _enter(argument, control).close()
    os.dup2(spoken, 1)
    os.dup2(spoken, 2)
    os.close(spoken)
    candidate.serve(socket.socket(fileno=channel))


def _enter(argument: dict[str, Any], control: int) -> socket.socket:
    """Go behind the walls and lay out what lies there; nothing that was handed in has run."""
    if argument["caged"]:
        cage.enter(cage.Limits(**argument["limits"]))
    else:
        os.setsid()
        os.chdir(argument["work"])
    main = socket.socket(fileno=control)
    visit.lay(visit.files(main))
    loaded.before.import_here()  # a notebook imports from its own folder
    return main

"""One submission's visit to an examiner, however the processes came to be."""

from __future__ import annotations

import base64
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

from mutu.course.grade.room import wire
from mutu.course.grade.room.line import Candidate, LostError

_MOST_FILES = 1 << 30  # bytes of all files in a message of the trusted side


def files(main: socket.socket) -> dict[str, str]:
    """What is to be laid out."""
    found: dict[str, str] = wire.receive(main, largest=_MOST_FILES)["files"]
    return found


def lay(written: dict[str, str]) -> None:
    """Write files into the working directory, as far as there is room; their names were checked by who sent them."""
    for name, content in written.items():
        file = Path(name)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(base64.b64decode(content))


def examine(main: socket.socket, candidate: Candidate) -> list[str]:
    """Take a job as soon as there is somebody to examine, and report cell by cell.

    Returns
    -------
    The trainer's cells that were executed here.
    """
    from mutu.course.grade.room.examiner import Examiner  # who only starts a room does not load a shell

    try:
        candidate.meet()
    except LostError:
        wire.send(main, {"absent": True})
        return []
    wire.send(main, {"ready": True})
    job = wire.receive(main)  # only now the hidden tests come in, where no trainee's code ever is

    def tell(report: dict[str, Any]) -> None:
        wire.send(main, report)

    with suppress(LostError):
        Examiner(candidate, tell).take(job)
        tell({"end": True})
    return [*job["given"].values(), *(cell["source"] for cell in job["cells"] if "test" in cell)]

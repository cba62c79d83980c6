"""Processes of rooms without walls, seen from outside: what they hold, how they are ended, what they leave."""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mutu.kernels import cage

if TYPE_CHECKING:
    import psutil

# a variable that all processes of a run have, however they came to be
MARK = "MUTU_ROOMS"
_TRIES = 5
_WAIT = 0.1  # seconds between them: a file is free a moment after the process that held it has ended


def held(pid: int) -> int:
    """Bytes of memory that a process and all it has started hold for themselves."""
    if sys.platform.startswith("linux"):
        return cage.resident(pid)
    import psutil

    total = 0
    for process in _family(pid):
        with suppress(psutil.Error):
            memory = process.memory_info()
            total += getattr(memory, "private", memory.rss)
    return total


def end(pid: int) -> None:
    """End a process and all it has started, at once."""
    _kill(_family(pid))


def end_marked(mark: str) -> None:
    """End the processes that have this mark, also those whose parents are gone."""
    import psutil

    _kill([process for process in psutil.process_iter() if process.pid != os.getpid() and _mark(process) == mark])


def remove(folder: str) -> None:
    """Remove a folder, whatever lies in it; what a process that is about to end still holds is tried again."""
    for _attempt in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not Path(folder).exists():
            return
        _open_up(folder)
        time.sleep(_WAIT)


def _family(pid: int) -> list[psutil.Process]:
    import psutil

    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def _kill(processes: list[psutil.Process]) -> None:
    import psutil

    for process in processes:
        with suppress(psutil.Error):
            process.kill()


def _mark(process: psutil.Process) -> str | None:
    import psutil

    try:
        environment: dict[str, str] = process.environ()
    except (psutil.Error, OSError):
        return None
    return environment.get(MARK)


def _open_up(folder: str) -> None:
    """Let everything be removed: a file that may only be read cannot be, on Windows."""
    for place, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            path = Path(place, name)
            with suppress(OSError):
                if not path.is_symlink():
                    path.chmod(0o700)

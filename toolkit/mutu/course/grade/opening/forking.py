"""Rooms that are forked from a loaded process.

A fork costs by what is loaded, so there are two: one with what every submission needs, and one, made when it is first
asked for, that has more.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from mutu.course.grade import processes
from mutu.course.grade.opening.opened import Loading, Opened
from mutu.errors import MachineError
from mutu.kernels import cage
from mutu.kernels.warm import Warm

if sys.platform == "win32":
    raise ImportError("nothing is forked there")

_DOOR = "mutu.course.grade.room.door"
_LOADED = (_DOOR, "mutu.course.grade.room.loaded")
_WALLS = "mutu.course.grade.room.walls:prepare"


class Forking:
    """Loaded processes, and the rooms forked from them.

    Parameters
    ----------
    loading : what they have loaded
    argument : of `room.door`, and of `room.walls`, which prepares what rooms stand in
    """

    def __init__(self, loading: Loading, argument: Mapping[str, Any]) -> None:
        self._loading, self._argument = loading, argument
        self._warm = {False: self._loaded(has_more=False)}

    def _loaded(self, *, has_more: bool) -> Warm:
        modules = (*self._loading.modules, *(self._loading.more if has_more else ()), *_LOADED)
        return Warm(modules, self._loading.environment, setup=(_WALLS, self._argument))

    def open(self, *, has_more: bool) -> Opened:
        """A room."""
        work = None if self._argument["caged"] else tempfile.mkdtemp(prefix="mutu-")
        ours, theirs = socket.socketpair()
        with theirs:
            pid = self._forked({**self._argument, "work": work}, theirs.fileno(), has_more=has_more)

        def end() -> None:
            if work is None:  # the room ends with its first process
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            else:
                processes.end(pid)
                processes.remove(work)

        return Opened(ours, end, lambda: cage.resident(pid))

    def _forked(self, argument: dict[str, Any], descriptor: int, *, has_more: bool) -> int:
        """A room's process; a loaded process that has been ended is replaced once."""
        if has_more not in self._warm:
            self._warm[has_more] = self._loaded(has_more=has_more)
        try:
            return self._warm[has_more].fork(f"{_DOOR}:enter", argument, [descriptor])
        except MachineError:
            self._warm[has_more].close()
            self._warm[has_more] = self._loaded(has_more=has_more)
            return self._warm[has_more].fork(f"{_DOOR}:enter", argument, [descriptor])

    def close(self) -> None:
        """End the loaded processes and every room."""
        for warm in self._warm.values():
            warm.close()

"""Rooms whose processes are started, ahead of time: while some are at work, others load."""

from __future__ import annotations

import socket
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from mutu.course.grade import processes
from mutu.course.grade.opening.opened import Files, Opened, send
from mutu.course.grade.room import line, meeting, started
from mutu.errors import N_, MachineError

_TRIES = 3
# what rooms have walls for: one thread in each library, and text that is read as on Linux
_SETTLED = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONUTF8"), "1")
# what two loaded processes hold, where forked ones share it
_LOADED = 256 * 1024 * 1024


class Starting:
    """Rooms to come; one more than are open at once.

    Parameters
    ----------
    environment : their variables
    jobs : how many are open at once
    """

    is_quick = False  # it has some that load in advance; a further one would only take memory

    def __init__(self, environment: Mapping[str, str], jobs: int) -> None:
        self._modules: tuple[str, ...] = ()
        self._environment = {**environment, **_SETTLED}
        self._most = jobs + 1
        self._spare: list[_Started] = []
        self._open: set[_Started] = set()

    def load(self, modules: tuple[str, ...], more: tuple[str, ...]) -> None:
        """Start rooms that load all of them; what waits and has others is ended."""
        self._modules = tuple(dict.fromkeys([*self._modules, *modules, *more]))
        for room in self._spare:
            room.end()
        self._spare.clear()
        self._fill()

    def _fill(self) -> None:
        while len(self._spare) + len(self._open) < self._most:
            self._spare.append(self._start())

    def _start(self) -> _Started:
        return _Started(self._modules, self._environment)

    def is_at_hand(self, *, has_more: bool) -> bool:
        """All take their time."""
        return True

    def open(self, files: Files, own: Files, *, has_more: bool) -> Opened:
        """A room; one that has ended while it waited is left out."""
        for _attempt in range(_TRIES):
            room = self._next()
            self._open.add(room)
            self._fill()
            with suppress(meeting.AbsentError):
                channel = room.come()
                send(channel, files)
                send(channel, own)
                return Opened(channel, _interrupt_itself, partial(self._close, room, channel), room.held)
            self._end(room)
        raise MachineError(N_("No further process can be started here: {error}"), error=str(room.status))

    def _next(self) -> _Started:
        return self._spare.pop(0) if self._spare else self._start()

    def _close(self, room: _Started, channel: socket.socket, _is_through: bool) -> None:
        channel.close()
        self._end(room)

    def _end(self, room: _Started) -> None:
        room.end()
        self._open.discard(room)
        self._fill()

    def close(self) -> None:
        """End every room."""
        self._most = 0
        for room in [*self._spare, *self._open]:
            room.end()


def _interrupt_itself() -> None:
    """The examiner of a started room does."""


class _Started:
    """A room that is about to load, or has."""

    def __init__(self, modules: tuple[str, ...], environment: dict[str, str]) -> None:
        self._meeting = meeting.Meeting()
        self._work = tempfile.mkdtemp(prefix="mutu-")
        told: dict[str, Any] = {"place": self._meeting.place, "work": self._work, "modules": modules}
        self._process = started.start(started.EXAMINER, told, stdout=subprocess.DEVNULL, env=environment)

    @property
    def status(self) -> int | None:
        """The exit code of its first process; None while it runs."""
        return self._process.poll()

    def come(self) -> Any:
        """The channel to it; AbsentError when there will be none."""
        return self._meeting.wait(line.SECONDS, lambda: self.status is None)

    def held(self) -> int:
        """Bytes of memory that it holds beyond what a forked one would."""
        return max(processes.held(self._process.pid) - _LOADED, 0)

    def end(self) -> None:
        """End its processes and remove what they wrote."""
        self._meeting.close()
        processes.end(self._process.pid)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        processes.remove(self._work)

"""Rooms that are forked from a loaded process: for each submission a candidate, and examiners that stay.

A fork costs by what is loaded, and loading takes time. So what only some submissions need is loaded by a branch of the
loaded process, while the others are at work. What a fork touches is copied, so an examiner, in which no trainee's code
runs, takes one submission after the other; whenever one does not come to its end, it goes with it.
"""

from __future__ import annotations

import io
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from mutu.course.grade import processes
from mutu.course.grade.opening.opened import Files, Opened, send
from mutu.course.grade.room.wire import VISIT
from mutu.errors import MachineError
from mutu.kernels import cage
from mutu.kernels.warm import Warm
from mutu.kernels.way import Child, Ordered, Way

if sys.platform == "win32":
    raise ImportError("nothing is forked there")

_End = socket.socket | io.FileIO
_DOOR = "mutu.course.grade.room.door"
_LIMITS = "resource"  # by which each room is limited
_LOAD = "mutu.course.grade.room.loaded:load"
_WALLS = "mutu.course.grade.room.walls:prepare"
# what an examiner may have grown to and still take the next submission
_GROWN = 256 * 1024 * 1024


@dataclass(frozen=True)
class _Forked:
    """A process that a loaded one was asked for, and the folder that is its own where it has no walls."""

    ordered: Ordered
    work: str | None

    @cached_property
    def _child(self) -> Child | None:
        """The process; None where the loaded one has ended, which ends all that came from it."""
        try:
            return self.ordered.child
        except MachineError:
            if self.ordered.is_lost:
                return None
            raise

    def end(self) -> None:
        """End it and whatever came from it."""
        child = self._child
        if child is not None:
            if self.work is None:  # what is in a room ends with its first process
                child.send_signal(signal.SIGKILL)
            elif not child.has_ended:  # else its id may be another's
                processes.end(child.pid)
            child.close()
        if self.work is not None:
            processes.remove(self.work)

    def interrupt(self) -> None:
        """Interrupt what it does."""
        if self._child is not None and not self._child.has_ended:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGINT)

    def held(self) -> int:
        """Bytes of memory."""
        return 0 if self._child is None else cage.resident(self._child.pid)


@dataclass(frozen=True, eq=False)
class _Examiner:
    """An examiner, the way to it, the trainer's files there, and whether it has loaded what only some need."""

    process: _Forked
    channel: socket.socket
    own: Files
    has_more: bool

    def end(self) -> None:
        """End it."""
        self.process.end()
        self.channel.close()


class Forking:
    """A loaded process, and the rooms forked from it.

    Parameters
    ----------
    environment : its variables
    argument : of `room.door`, and of `room.walls`, which prepares what rooms stand in
    """

    is_quick = True

    def __init__(self, environment: Mapping[str, str], argument: Mapping[str, Any]) -> None:
        self._environment, self._argument = environment, argument
        self._modules: tuple[str, ...] = ()
        self._more: tuple[str, ...] = ()
        self._warm = self._loaded()
        self._branch: Way | None = None
        self._idle: list[_Examiner] = []
        self._open: dict[_Examiner, _Forked] = {}

    def _loaded(self) -> Warm:
        return Warm([_DOOR, _LIMITS], self._environment, setup=(_WALLS, self._argument))

    def load(self, modules: tuple[str, ...], more: tuple[str, ...]) -> None:
        """Have the loaded process import modules, and a branch of it more."""
        self._modules = tuple(dict.fromkeys([*self._modules, *modules]))
        self._more = tuple(dict.fromkeys([*self._more, *more]))
        self._end_branch()
        with suppress(MachineError):  # one that has ended is replaced by the next room
            self._warm.call(_LOAD, {"modules": self._modules})
            if self._more:
                self._branch = self._warm.branch(_LOAD, {"modules": self._more})

    def is_at_hand(self, *, has_more: bool) -> bool:
        """Whether what is forked has loaded; what has ended is at hand too, as nothing comes of waiting for it."""
        way = self._way(has_more=has_more)
        return way.is_gone or way.is_loaded

    def _way(self, *, has_more: bool) -> Way:
        return self._branch if has_more and self._branch is not None else self._warm

    def _end_branch(self) -> None:
        if self._branch is not None:
            self._branch.close()
            self._branch = None

    def open(self, files: Files, own: Files, *, has_more: bool) -> Opened:
        """A room."""
        with ExitStack() as open_here:
            way, channel, control, theirs = map(open_here.enter_context, (*socket.socketpair(), *socket.socketpair()))
            heard, written = os.pipe()
            os.set_blocking(heard, False)  # a candidate can open it too and read away what is there
            printed, spoken = map(open_here.enter_context, (io.FileIO(heard), io.FileIO(written, "w")))
            candidate = self._forked("be_examined", [theirs, channel, spoken], has_more=has_more)
            theirs.close()  # else a process that has ended would not be seen
            send(control, files)
            try:
                examiner = self._visited(own, [way, printed], has_more=has_more)
            except MachineError:
                candidate.end()
                raise
        self._open[examiner] = candidate
        return Opened(
            examiner.channel,
            candidate.interrupt,
            partial(self._end, candidate, examiner),
            lambda: candidate.held() + examiner.process.held(),
        )

    def _visited(self, own: Files, ways: Sequence[_End], *, has_more: bool) -> _Examiner:
        """An examiner that has got the ways to its next candidate, and has loaded what that one's values need."""
        descriptors = [each.fileno() for each in ways]
        while (examiner := self._fitting(has_more=has_more)) is not None:
            with suppress(OSError):
                if examiner.own == own:
                    socket.send_fds(examiner.channel, [VISIT], descriptors)
                    return examiner
            examiner.end()
        examiner = self._new_examiner(own, has_more=has_more)
        with suppress(OSError):  # one that could not go behind its walls: who reads sees that nothing comes
            socket.send_fds(examiner.channel, [VISIT], descriptors)
        return examiner

    def _fitting(self, *, has_more: bool) -> _Examiner | None:
        fitting = [each for each in self._idle if each.has_more or not has_more]
        if not fitting:
            return None
        self._idle.remove(fitting[-1])
        return fitting[-1]

    def _new_examiner(self, own: Files, *, has_more: bool) -> _Examiner:
        ours, theirs = socket.socketpair()
        with theirs:
            process = self._forked("examine", [theirs], has_more=has_more)
        send(ours, own)
        return _Examiner(process, ours, own, has_more)

    def _end(self, candidate: _Forked, examiner: _Examiner, is_through: bool) -> None:
        del self._open[examiner]
        candidate.end()
        if is_through and examiner.process.held() < _GROWN:
            self._idle.append(examiner)
        else:
            examiner.end()

    def _forked(self, what: str, ends: Sequence[_End], *, has_more: bool) -> _Forked:
        """A process of a room; a loaded process that has been ended is replaced once."""
        work = None if self._argument["caged"] else tempfile.mkdtemp(prefix="mutu-")
        asked = f"{_DOOR}:{what}", {**self._argument, "work": work}, [each.fileno() for each in ends]
        try:
            ordered = self._way(has_more=has_more).order(*asked)
        except MachineError:
            self._warm.close()
            self._warm = self._loaded()
            self.load(self._modules, self._more)
            ordered = self._way(has_more=has_more).order(*asked)
        return _Forked(ordered, work)

    def close(self) -> None:
        """End the loaded process and every room."""
        for examiner, candidate in self._open.items():
            candidate.end()
            examiner.end()
        for examiner in self._idle:
            examiner.end()
        self._end_branch()
        self._warm.close()

"""Rooms as the trusted side sees them: opened from the loaded process, given a job, listened to, closed."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from mutu.course.grade import processes
from mutu.course.grade.needs import Needs
from mutu.course.grade.opening import Opened, Opening, Starting
from mutu.course.grade.room import line, wire
from mutu.errors import N_, MachineError
from mutu.kernels import cage
from mutu.kernels.warm import can_fork

if sys.platform != "win32":
    from mutu.course.grade.opening import Forking

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Told:
    """What a room reported of a cell.

    Attributes
    ----------
    outputs, count : what it showed, and its number in the order of execution
    ok, raised, why : whether it ran to its end; else the name and the text of what was raised
    whole : whether all statements of a test were seen to begin
    plain : whether a test shows here what it would show in the trainee's process
    way : which way to look at the test this was
    result : what a test gave back, by which nbgrader gives part of the points; None where it gave nothing
    changes, compares : whether the trainee's functions changed what they were given; compared objects of their own
    slow : whether it was stopped because its time was up
    """

    outputs: list[dict[str, Any]]
    count: int | None
    ok: bool
    raised: str | None = None
    why: str = ""
    whole: bool = True
    plain: bool = True
    way: int = 0
    result: str | None = None
    changes: bool = False
    compares: bool = False
    slow: bool = False


@dataclass
class Room:
    """One submission on its way through one room."""

    job: dict[str, Any]
    opened: Opened
    seconds: float
    told: dict[int, Told] = field(default_factory=dict)
    lost: tuple[int, str] | None = None
    ended: bool = False
    is_ready: bool = False
    is_absent: bool = False
    _may_begin: bool = False
    _frames: wire.Frames = field(default_factory=wire.Frames)

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + self.seconds + line.SECONDS

    @property
    def channel(self) -> socket.socket:
        """Readable when the room has something to say."""
        return self.opened.channel

    @property
    def held(self) -> int:
        """Bytes of memory that it holds for itself."""
        return self.opened.held()

    def read(self) -> bool:
        """Take what the room has said; True when it has nothing more to say."""
        try:
            data = self.channel.recv(_CHUNK)
            for message in self._frames.feed(data):
                self._hear(message)
        except (OSError, wire.WireError):
            return True
        return not data or self._is_over

    @property
    def _is_over(self) -> bool:
        return self.ended or self.lost is not None or self.is_absent

    def go(self) -> None:
        """Let it begin with its job, now or as soon as it is ready."""
        self._may_begin = True
        self._begin()

    def _begin(self) -> None:
        if self._may_begin and self.is_ready:
            self.deadline = time.monotonic() + self.seconds
            with suppress(wire.WireError):  # whoever reads it sees that it has ended
                wire.send(self.channel, self.job)

    def _hear(self, message: dict[str, Any]) -> None:
        if message.get("ready"):
            self.is_ready = True
            self._begin()
        elif "lost" in message:
            self.lost = int(message["lost"]), str(message["why"])
        elif "cell" in message:
            cell = int(message.pop("cell"))
            self.told[cell] = Told(**message)
        elif message.get("end"):
            self.ended = True
        elif message.get("interrupt"):
            self.opened.interrupt()
            wire.send(self.channel, {"interrupted": True})
        elif message.get("absent"):
            self.is_absent = True

    def close(self) -> None:
        """End whatever is left of it."""
        self.opened.end(self._is_over)


class House:
    """Where rooms are opened; a context manager, after which none is left.

    Parameters
    ----------
    caged : whether rooms are isolated
    limits : what a room may use
    masked, shown : folders to hide from rooms, or to show besides what Python needs
    jobs : how many rooms will be open at once

    Raises
    ------
    MachineError : isolated rooms are wanted, and this system can fork none
    """

    def __init__(
        self,
        *,
        caged: bool = True,
        limits: cage.Limits | None = None,
        masked: Iterable[Path] = (),
        shown: Iterable[Path] = (),
        jobs: int = 1,
    ) -> None:
        self.limits = limits or cage.Limits()
        argument = {
            "caged": caged,
            "limits": asdict(self.limits),
            "masked": [str(path) for path in masked],
            "shown": [str(path) for path in shown],
        }
        self._mark = None if caged else secrets.token_hex(16)
        self._needs = Needs()
        self._rooms = _opening(_environment(self._mark), argument, jobs)

    def load(self, needs: Needs) -> None:
        """Have modules loaded before the next room is opened."""
        self._needs = needs
        self._rooms.load(needs.all, needs.more)

    def has_more(self, sources: Iterable[str]) -> bool:
        """Whether cells with these texts run in a room that has loaded what only some need."""
        return self._needs.has_more(sources)

    def is_at_hand(self, *, has_more: bool) -> bool:
        """Whether such a room can be opened without waiting."""
        return self._rooms.is_at_hand(has_more=has_more)

    @property
    def is_quick(self) -> bool:
        """Whether rooms are open so soon that one may be opened ahead of its turn."""
        return self._rooms.is_quick

    def open(
        self, job: Mapping[str, Any], files: Mapping[str, bytes], own: Mapping[str, bytes], seconds: float
    ) -> Room:
        """A room that gets its job when it is ready and `Room.go` was called.

        Parameters
        ----------
        job : what it has to do
        files : what lies beside the trainee's notebook
        own : the trainer's files, as the examiner sees them
        seconds : that it may take in all
        """
        has_more = self.has_more(cell["source"] for cell in job["cells"])
        return Room(dict(job), self._rooms.open(files, own, has_more=has_more), seconds)

    def close(self) -> None:
        """End every room and whatever came from one."""
        self._rooms.close()
        if self._mark is not None:
            processes.end_marked(self._mark)

    def __enter__(self) -> House:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _opening(environment: Mapping[str, str], argument: Mapping[str, Any], jobs: int) -> Opening:
    if sys.platform != "win32" and can_fork():
        return Forking(environment, argument)
    if argument["caged"]:
        raise MachineError(N_("This system cannot fork a loaded process."))
    return Starting(environment, jobs)


def _environment(mark: str | None) -> dict[str, str]:
    """The variables of rooms: with a mark where no wall ends what they leave."""
    environment = cage.environment() if mark is None else {**os.environ, processes.MARK: mark}
    environment |= {"PYTHONWARNINGS": "ignore", "NBGRADER_EXECUTION": "autograde", "PYTHONHASHSEED": "random"}
    return environment | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}

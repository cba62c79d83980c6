"""Rooms as the trusted side sees them: opened from the loaded process, given a job, listened to, closed."""

from __future__ import annotations

import base64
import os
import re
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from mutu.course.grade.room import wire
from mutu.errors import MachineError
from mutu.kernels import cage
from mutu.kernels.warm import Warm

_LOADED = ("mutu.course.grade.room.door", "mutu.course.grade.room.loaded")
_DOOR = "mutu.course.grade.room.door"
_WALLS = "mutu.course.grade.room.walls:prepare"
_IMPORTED = re.compile(r"^\s*(?:import|from)\s+((?:mutu\.)?\w+)", re.MULTILINE)
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


@dataclass
class Room:
    """One submission on its way through one room."""

    job: dict[str, Any]
    deadline: float
    channel: socket.socket
    pid: int
    work: str | None = None
    told: dict[int, Told] = field(default_factory=dict)
    lost: tuple[int, str] | None = None
    ended: bool = False
    is_ready: bool = False
    _frames: wire.Frames = field(default_factory=wire.Frames)

    def read(self) -> bool:
        """Take what the room has said; True when it has nothing more to say."""
        try:
            data = self.channel.recv(_CHUNK)
            for message in self._frames.feed(data):
                self._hear(message)
        except (OSError, wire.WireError):
            return True
        return not data

    def _hear(self, message: dict[str, Any]) -> None:
        if message.get("ready"):
            self.is_ready = True
            wire.send(self.channel, self.job)
        elif "lost" in message:
            self.lost = int(message["lost"]), str(message["why"])
        elif "cell" in message:
            cell = int(message.pop("cell"))
            self.told[cell] = Told(**message)
        elif message.get("end"):
            self.ended = True

    def close(self) -> None:
        """End whatever is left of it."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.channel.close()
        if self.work is not None:
            shutil.rmtree(self.work, ignore_errors=True)


class House:
    """Loaded processes and the rooms forked from them; a context manager.

    A fork costs by what is loaded, so there are two: one with what every submission needs, and one, made when it is
    first asked for, that has more.

    Parameters
    ----------
    preload : modules that the notebooks of the course import
    more : modules that some submissions import besides
    caged : whether rooms are isolated
    limits : what a room may use
    masked, shown : folders to hide from rooms, or to show besides what Python needs
    """

    def __init__(
        self,
        preload: Iterable[str] = (),
        more: Iterable[str] = (),
        *,
        caged: bool = True,
        limits: cage.Limits | None = None,
        masked: Iterable[Path] = (),
        shown: Iterable[Path] = (),
    ) -> None:
        self.limits = limits or cage.Limits()
        self._argument = {
            "caged": caged,
            "limits": asdict(self.limits),
            "masked": [str(path) for path in masked],
            "shown": [str(path) for path in shown],
        }
        environment = cage.environment() if caged else dict(os.environ)
        environment |= {"PYTHONWARNINGS": "ignore", "NBGRADER_EXECUTION": "autograde", "PYTHONHASHSEED": "random"}
        environment["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
        self._preload, self._environment = tuple(preload), environment
        loaded = {_top(name) for name in self._preload}
        self._more = tuple(name for name in more if _top(name) not in loaded)
        self._warm = {False: self._loaded(has_more=False)}

    def _loaded(self, *, has_more: bool) -> Warm:
        modules = (*self._preload, *(self._more if has_more else ()), *_LOADED)
        return Warm(modules, self._environment, setup=(_WALLS, self._argument))

    def open(
        self, job: Mapping[str, Any], files: Mapping[str, bytes], own: Mapping[str, bytes], seconds: float
    ) -> Room:
        """A room that gets its job as soon as it is ready.

        Parameters
        ----------
        job : what it has to do
        files : what lies beside the trainee's notebook
        own : the trainer's files, as the examiner sees them
        seconds : that it may take in all
        """
        ours, theirs = socket.socketpair()
        work = None if self._argument["caged"] else tempfile.mkdtemp(prefix="mutu-")
        with theirs:
            pid = self._forked({**self._argument, "work": work}, theirs.fileno(), has_more=self._is_more_needed(job))
        wire.send(ours, {"files": _written(files), "own": _written(own)})
        return Room(dict(job), time.monotonic() + seconds, ours, pid, work)

    def _is_more_needed(self, job: Mapping[str, Any]) -> bool:
        more = {_top(name) for name in self._more}
        sources = "\n".join(cell["source"] for cell in job["cells"])
        return any(name in more for name in _IMPORTED.findall(sources))

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

    def __enter__(self) -> House:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _top(module: str) -> str:
    return module.partition(".")[0] if not module.startswith("mutu.") else ".".join(module.split(".")[:2])


def _written(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(content).decode() for name, content in files.items()}

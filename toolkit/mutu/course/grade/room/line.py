"""The way to the process that runs the trainee's code: orders out, answers back, in time or not at all."""

from __future__ import annotations

import io
import secrets
import socket
import time
from collections.abc import Callable
from select import select
from typing import Any

from mutu.course.grade.room import wire

Says = Callable[[str, dict[str, Any]], None]

GRACE = 2.0  # seconds after an interrupt
SECONDS = 120.0  # until a process has loaded and is there
LATE = 0.02  # seconds that a thread may need to hand on what a program wrote, where that comes by one
_MOST_READS = 64  # of what processes of the candidate wrote, after each answer


def _unheard(_kind: str, _content: dict[str, Any]) -> None:
    """Nobody listens yet."""


class LostError(Exception):
    """The candidate is gone or does not answer; the text says which: "gone" or "time".

    Parameters
    ----------
    cell : whose order it was, where that is not the one at work
    """

    def __init__(self, why: str, cell: int | None = None) -> None:
        super().__init__(why)
        self.cell = cell


class Candidate:
    """The way to the process that runs the trainee's code.

    Parameters
    ----------
    channel : its socket
    printed : what its processes write to their stdout and stderr; `select` takes it
    interrupt : interrupts it in what it does for this order
    forks : whether a copy of it can answer, which then goes, so that it does not know what it was asked
    """

    def __init__(
        self, channel: socket.socket, printed: io.RawIOBase, interrupt: Callable[[int], None], *, forks: bool = True
    ) -> None:
        self._channel, self._printed, self._interrupt, self.forks = channel, printed, interrupt, forks
        self._open: list[Any] = [channel, printed]
        self._reader = wire.Reader(channel)
        self.said: Says = _unheard
        self._turn = self._cell = 0
        self._turns: dict[int, int] = {}
        self._fork: int | None = None
        self.limit = self.deadline = 0.0
        self.interrupted = False

    def meet(self) -> None:
        """Wait until it is there.

        Raises
        ------
        LostError : it does not come
        """
        try:
            wire.receive(self._channel, time.monotonic() + SECONDS)
        except (wire.WireError, wire.OutOfTimeError) as error:
            raise LostError("gone") from error

    def begin(self, cell: int) -> None:
        """Orders from now on are for this cell."""
        self._cell = cell
        self.start()

    def start(self) -> None:
        """The clock of a cell."""
        self.deadline = time.monotonic() + self.limit
        self.interrupted = False

    @property
    def has_fork(self) -> bool:
        """Whether a copy of it answers."""
        return self._fork is not None

    def fork(self) -> dict[str, Any] | None:
        """Have a copy of it answer until `leave`, or until it ends by itself; what was raised where there is none.

        Raises
        ------
        LostError : as `order`
        """
        answer = self.order({"do": "fork"})
        if answer.get("done") == "forked":
            self._fork = self._turn
            return None
        return answer

    def leave(self) -> None:
        """Have the copy end.

        Raises
        ------
        LostError : as `order`
        """
        if self.has_fork:
            self.order({"do": "leave"})
            if self.has_fork:
                raise LostError("gone")

    def order(self, order: dict[str, Any]) -> dict[str, Any]:
        """Have something done; the answer, which is empty where the copy that was asked has ended.

        Turns are random, so that nothing can be said in advance.

        Raises
        ------
        LostError : it is gone, or did not even stop when it was interrupted
        """
        self._turn = secrets.randbits(48)
        self._turns[self._turn] = self._cell
        try:
            wire.send(self._channel, {**order, "turn": self._turn}, max(self.deadline, time.monotonic() + GRACE))
            while "say" in (message := self._next()):
                self._heard(message)
        except wire.WireError as error:
            raise LostError("gone") from error
        except wire.OutOfTimeError as error:  # it does not listen
            raise LostError("time") from error
        self.hear(0)
        turn = message.get("turn")
        if turn == self._turn:
            return message
        if turn == self._fork is not None:  # who waited for it answers a second time
            self._fork = None
            return {}
        # what was said out of turn answers nothing; an answer that comes late had one in its place that was forged
        raise LostError("gone", self._turns.get(turn) if type(turn) is int else None)

    def hear(self, seconds: float) -> None:
        """What its programs have written, or write within this time."""
        for _read in range(_MOST_READS):  # there may be one that never stops
            if self._printed not in self._open or not select([self._printed], [], [], seconds)[0]:
                return
            self._hear_printed()

    def _next(self) -> dict[str, Any]:
        """The next message; when the time is up, the candidate is interrupted once."""
        while True:
            if time.monotonic() > self.deadline:  # whoever speaks without end does not get more time
                self._stop()
            if (message := self._reader.at_hand()) is not None:
                return message
            ready = self._ready(self.deadline - time.monotonic())
            if self._channel in ready:
                self._reader.read()
            elif ready:
                self._hear_printed()

    def _stop(self) -> None:
        if self.interrupted:
            raise LostError("time")
        self.interrupted = True
        self._interrupt(self._turn)
        self.deadline = time.monotonic() + GRACE

    def _ready(self, seconds: float) -> list[Any]:
        ready: list[Any] = select(self._open, [], [], max(seconds, 0))[0]
        return ready

    def _hear_printed(self) -> None:
        data = self._printed.read(65536)
        if data:
            self.said("stream", {"name": "stdout", "text": data.decode(errors="replace")})
        elif data is not None:  # else another has read what was there
            self._open.remove(self._printed)

    def _heard(self, message: dict[str, Any]) -> None:
        kind, content = message["say"], message.get("content")
        if isinstance(kind, str) and isinstance(content, dict):
            self.said(kind, content)

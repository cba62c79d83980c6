"""The way to a loaded process: requests go there, process ids and ends come back."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mutu.errors import N_, MachineError

# a request is one packet
PACKET = 128 * 1024
NO_FORK = N_("This system cannot fork a loaded process.")
_ENDED = N_(
    "The process from which everything runs here has ended, perhaps because memory is short. Run this once more; "
    "what was done is kept."
)


def pair() -> tuple[socket.socket, socket.socket]:
    """Two ends of a way.

    Raises
    ------
    MachineError : there is none on this system
    """
    if sys.platform == "win32":
        raise MachineError(NO_FORK)
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def ready(descriptors: Iterable[int], seconds: float | None = None) -> set[int]:
    """What can be read from, or has ended, after waiting for one; `select` knows no descriptor above 1023."""
    if sys.platform == "win32":
        return set()
    watch = select.poll()
    for each in descriptors:
        watch.register(each, select.POLLIN)
    return {each for each, _event in watch.poll(None if seconds is None else seconds * 1000)}


def ended(descriptor: int, seconds: float) -> bool:
    """Whether a process has ended, after waiting for it."""
    return bool(ready([descriptor], seconds))


@dataclass(frozen=True)
class Child:
    """A forked process.

    Attributes
    ----------
    pid : its id, which another process may have as soon as it has ended
    descriptor : of the process, whoever gets its id next
    """

    pid: int
    descriptor: int

    @property
    def has_ended(self) -> bool:
        """Whether it has."""
        return ended(self.descriptor, 0)

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if sys.platform == "linux":
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.descriptor, number)

    def close(self) -> None:
        """Let go of the descriptor."""
        os.close(self.descriptor)


class Ordered:
    """A child that was asked for: whoever has something else to do meanwhile looks later what came of it."""

    def __init__(self, way: Way, number: int) -> None:
        self._way, self._number = way, number

    @property
    def is_lost(self) -> bool:
        """Whether the loaded process is known to have ended, and its children with it."""
        return self._way.is_gone

    @cached_property
    def child(self) -> Child:
        """The child; who asks for it closes it.

        Raises
        ------
        MachineError : the loaded process is gone, or there is no room for another process
        """
        return self._way.forked(self._number)


class Way:
    """A loaded process as others use it.

    Parameters
    ----------
    channel : to it; sequenced packets
    """

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._ended: dict[int, int] = {}
        self._ordered = self._answered = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._turn = threading.Lock()
        self._lost = self._loaded = self._has_forked = False

    @property
    def is_gone(self) -> bool:
        """Whether it is known to have ended."""
        return self._lost

    @property
    def is_loaded(self) -> bool:
        """Whether a fork would come at once."""
        with self._turn:
            try:
                while not self._loaded and self._waiting():
                    self._note(self._read())
            except (OSError, EOFError):
                self._lost = True
        return self._loaded

    def order(self, target: str, argument: Mapping[str, Any], descriptors: Sequence[int] = ()) -> Ordered:
        """Ask for a child that runs `target` ("module:function") with the argument and copies of the descriptors.

        The loaded process is its parent and waits for it.

        Raises
        ------
        MachineError : the loaded process is gone
        """
        self._has_forked = True
        with self._turn:
            self._ask({"target": target, "argument": dict(argument)}, descriptors)
            self._ordered += 1
            return Ordered(self, self._ordered)

    def fork(self, target: str, argument: Mapping[str, Any], descriptors: Sequence[int] = ()) -> Child:
        """Such a child at once; MachineError where there is no room for another process, too."""
        return self.order(target, argument, descriptors).child

    def forked(self, number: int) -> Child:
        """What came of an order, for which is waited; answers come in the order of the orders."""
        with self._turn:
            try:
                while number not in self._answers:
                    self._note(self._read())
            except (OSError, EOFError) as error:
                self._lost = True
                raise MachineError(_ENDED) from error
            answer = self._answers.pop(number)
        if answer["pid"] is None:
            raise MachineError(N_("No further process can be started here: {error}"), error=answer["error"])
        return Child(int(answer["pid"]), int(answer["descriptor"]))

    def branch(self, target: str, argument: Mapping[str, Any]) -> Way:
        """A further loaded process, which has what this one has and calls `target` before its first fork.

        Nobody waits for it here; where none can be made, it is one that is gone.

        Raises
        ------
        MachineError : the loaded process is gone
        """
        ours, theirs = pair()
        with theirs, self._turn:
            self._ask({"branch": target, "argument": dict(argument)}, [theirs.fileno()])
        return Way(ours)

    def call(self, target: str, argument: Mapping[str, Any]) -> None:
        """Have the loaded process itself call `target` before its next fork; its children have what that changes.

        Raises
        ------
        MachineError : the loaded process is gone
        """
        with self._turn:
            self._ask({"call": target, "argument": dict(argument)}, ())

    def ends(self) -> dict[int, int]:
        """Children that have ended since the last call: process id -> exit code, negative for a signal."""
        with self._turn:
            while self._waiting():
                self._note(self._read())
            ended, self._ended = self._ended, {}
        return ended

    def close(self) -> None:
        """Let it end, and its children with it."""
        self._channel.close()
        for answer in self._answers.values():  # children that nobody looked for
            if "descriptor" in answer:
                os.close(answer["descriptor"])
        self._answers.clear()

    def _ask(self, request: Mapping[str, Any], descriptors: Sequence[int]) -> None:
        if sys.platform == "win32":
            raise MachineError(NO_FORK)
        try:
            socket.send_fds(self._channel, [json.dumps(request).encode()], list(descriptors))
        except OSError as error:
            self._lost = True
            raise MachineError(_ENDED) from error

    def _read(self) -> dict[str, Any]:
        if sys.platform == "win32":
            raise EOFError
        packet, descriptors, _flags, _address = socket.recv_fds(self._channel, PACKET, 1)
        if not packet:
            raise EOFError
        message: dict[str, Any] = json.loads(packet)
        return {**message, "descriptor": descriptors[0]} if descriptors else message

    def _waiting(self) -> bool:
        if sys.platform == "win32":
            return False
        with suppress(BlockingIOError):
            self._channel.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
            return True
        return False

    def _note(self, message: dict[str, Any]) -> None:
        self._loaded = self._loaded or "loaded" in message
        if "pid" in message:
            self._answered += 1
            self._answers[self._answered] = message
        if "ended" in message:
            self._ended[message["ended"]] = message["status"]

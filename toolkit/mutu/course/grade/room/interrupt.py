"""Interrupts: of a trainee's code while it runs and at no other time, and of a test that goes on for ever."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from mutu.course.grade.room import wire


class Hold(Protocol):
    """A context manager in which no interrupt comes: while a frame is on its way."""

    def __enter__(self) -> Any:
        """Interrupts wait."""

    def __exit__(self, *error: object) -> None:
        """Interrupts come."""

    def begin(self, turn: int) -> None:
        """Inside: an order was taken."""

    def end(self) -> None:
        """Inside: it is answered now."""


class Signals:
    """Interrupts are signals from another process, which are kept while none may come.

    Python handles them in the main thread: when another one speaks, nothing is kept.
    """

    def __init__(self) -> None:
        self._is_held = self._is_kept = False
        self._main = threading.get_ident()
        signal.signal(signal.SIGINT, self._come)  # in the place of any: programs in the background ignore it

    def _come(self, _number: int, _frame: Any) -> None:
        if not self._is_held:
            raise KeyboardInterrupt
        self._is_kept = True

    def __enter__(self) -> None:
        if threading.get_ident() == self._main:
            self._is_held = True

    def __exit__(self, *error: object) -> None:
        if threading.get_ident() != self._main:
            return
        self._is_held = False
        if self._is_kept:
            self._is_kept = False
            raise KeyboardInterrupt

    def begin(self, turn: int) -> None:
        """What comes too late for the order before is not for this one."""
        self._is_kept = False

    def end(self) -> None:
        """Nothing to do."""


class Bell:
    """Interrupts are rung through a socket, which works where a process cannot be sent a signal.

    Who rings says which order is meant: when that has been answered meanwhile, nothing is interrupted.

    Parameters
    ----------
    channel : where `ring` is called at the other end
    """

    def __init__(self, channel: socket.socket) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._channel = channel
        self._held = threading.Lock()
        self._turn: int | None = None
        threading.Thread(target=self._listen, daemon=True, name="mutu-bell").start()

    def __enter__(self) -> None:
        self._held.acquire()

    def __exit__(self, *error: object) -> None:
        self._held.release()

    def begin(self, turn: int) -> None:
        """Inside: an order was taken."""
        self._turn = turn

    def end(self) -> None:
        """Inside: it is answered now."""
        self._turn = None

    def _listen(self) -> None:
        with suppress(wire.WireError):
            while rung := wire.receive(self._channel):
                with self._held:
                    if self._turn == rung["turn"]:
                        interrupt()


def ring(channel: socket.socket, turn: int) -> None:
    """Have an order interrupted."""
    with suppress(wire.WireError):
        wire.send(channel, {"turn": turn})


def interrupt() -> None:
    """Interrupt the main thread of this process, also where it waits for the system."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, signal.SIGINT)
    else:  # on Windows this one wakes it
        signal.raise_signal(signal.SIGINT)


@dataclass
class Bound:
    """Whether the time is over."""

    is_over: bool = False


@contextmanager
def bounded(seconds: float) -> Iterator[Bound]:
    """Interrupt what goes on for longer.

    Raises
    ------
    KeyboardInterrupt : inside, when the time is over
    """
    bound = Bound()
    if sys.platform == "win32" or not hasattr(signal, "setitimer"):
        with _timed(seconds, bound):
            yield bound
        return

    def stop(_number: int, _frame: Any) -> None:
        bound.is_over = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield bound
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _timed(seconds: float, bound: Bound) -> Iterator[None]:
    def stop() -> None:
        bound.is_over = True
        interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

"""Two processes of one person meet over TCP of this machine alone, by a word that only they know."""

from __future__ import annotations

import hmac
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from mutu.course.grade.room import wire

_HERE = "127.0.0.1"
_LARGEST = 1000
_SPEAKS = 1.0  # seconds in which whoever came says the word
_LOOKS = 0.2  # seconds between looks at whether there is anybody to wait for


class AbsentError(Exception):
    """Nobody came."""


class Meeting:
    """Where one process waits for another that it has started.

    `place` is what the other is told, on its stdin: arguments and variables of a process can be read by others.
    """

    def __init__(self) -> None:
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # else another process could take the same port
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        self._listener.bind((_HERE, 0))
        self._listener.listen()
        self._word = secrets.token_hex(16)
        self.place = {"port": self._listener.getsockname()[1], "word": self._word}

    def wait(self, seconds: float, is_there: Callable[[], bool]) -> socket.socket:
        """The channel to the one who knows the word; a stranger's is closed. Nobody can come after.

        Parameters
        ----------
        seconds : to wait at most
        is_there : whether the other process still runs

        Raises
        ------
        AbsentError : it has ended, or did not come in time
        """
        until = time.monotonic() + seconds
        self._listener.settimeout(_LOOKS)
        try:
            while time.monotonic() < until and is_there():
                with suppress(TimeoutError):
                    channel, _address = self._listener.accept()
                    if self._is_known(channel):
                        return channel
                    channel.close()
        finally:
            self.close()
        raise AbsentError

    def _is_known(self, channel: socket.socket) -> bool:
        _at_once(channel)
        try:
            said = wire.receive(channel, time.monotonic() + _SPEAKS, largest=_LARGEST)
        except (wire.WireError, wire.OutOfTimeError):
            return False
        return hmac.compare_digest(str(said.get("word")).encode(), self._word.encode())

    def close(self) -> None:
        """Nobody is waited for any more."""
        self._listener.close()


def go(place: Mapping[str, Any]) -> socket.socket:
    """The channel to the process that waits at a place."""
    channel = socket.create_connection((_HERE, place["port"]))
    _at_once(channel)
    wire.send(channel, {"word": place["word"]})
    return channel


def _at_once(channel: socket.socket) -> None:
    """Frames go out when they are written: they are small, and the other side waits for them."""
    channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

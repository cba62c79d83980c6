"""Frames of JSON between the processes of a room; nothing else crosses, never pickle."""

from __future__ import annotations

import json
import socket
import struct
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

# what a process that runs a trainee's code may say at once
LARGEST = 64 * 1024 * 1024
# comes with the ways to a candidate, on the way to an examiner that stays
VISIT = b"!"
_HEAD = struct.Struct("!I")
_CHUNK = 1 << 16
_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)


class WireError(Exception):
    """The other side said something that is not a frame, or is gone."""


class OutOfTimeError(Exception):
    """Nothing came until the deadline."""


def pack(message: dict[str, Any]) -> bytes:
    """A message as a frame."""
    body = _JSON.encode(message).encode("utf-8", "surrogatepass")
    return _HEAD.pack(len(body)) + body


def unpack(body: bytes | bytearray) -> dict[str, Any]:
    """The message of a frame.

    Raises
    ------
    WireError : it is no JSON object
    """
    try:
        message = json.loads(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise WireError("no JSON") from error
    if not isinstance(message, dict):
        raise WireError("no object")
    return message


def send(channel: socket.socket, message: dict[str, Any], deadline: float | None = None) -> None:
    """Send a message, as `push` does."""
    push(channel, pack(message), deadline)


def push(channel: socket.socket, frames: bytes, deadline: float | None = None) -> None:
    """Send frames; `deadline` on the monotonic clock. The channel blocks afterwards as it did before.

    Raises
    ------
    OutOfTimeError : the other side did not take it in time
    WireError : the other side is gone
    """
    try:
        rest = frames[_at_once(channel, frames) :]
        if rest:
            channel.settimeout(None if deadline is None else max(deadline - time.monotonic(), 0.001))
            channel.sendall(rest)
    except TimeoutError as error:
        raise OutOfTimeError from error
    except OSError as error:
        raise WireError("gone") from error
    finally:
        _blocks(channel)


def _at_once(channel: socket.socket, frames: bytes) -> int:
    """How many bytes went without waiting."""
    if sys.platform == "win32":
        return 0
    with suppress(BlockingIOError):
        return channel.send(frames, socket.MSG_DONTWAIT)
    return 0


def _blocks(channel: socket.socket) -> None:
    if channel.gettimeout() is not None and channel.fileno() >= 0:
        channel.settimeout(None)


class Frames:
    """Messages out of the bytes that have come so far."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[dict[str, Any]]:
        """The messages that are complete with this data.

        Raises
        ------
        WireError : a frame is too large, or no JSON object
        """
        self._bytes += data
        while len(self._bytes) >= _HEAD.size:
            (length,) = _HEAD.unpack_from(self._bytes)
            if length > LARGEST:
                raise WireError("too large")
            if len(self._bytes) < _HEAD.size + length:
                return
            body = self._bytes[_HEAD.size : _HEAD.size + length]
            del self._bytes[: _HEAD.size + length]
            yield unpack(body)


class Reader:
    """Messages of a socket that blocks, as many as have come at once.

    Parameters
    ----------
    channel : nobody else reads from it
    """

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._frames = Frames()
        self._here: deque[dict[str, Any]] = deque()

    def at_hand(self) -> dict[str, Any] | None:
        """A message that has been read already."""
        return self._here.popleft() if self._here else None

    def read(self) -> None:
        """Read what has come, at least a part of a message.

        Raises
        ------
        WireError : the other side is gone, or says something else
        """
        try:
            data = self._channel.recv(_CHUNK)
        except OSError as error:
            raise WireError("gone") from error
        if not data:
            raise WireError("gone")
        self._here.extend(self._frames.feed(data))

    def receive(self) -> dict[str, Any]:
        """The next message.

        Raises
        ------
        WireError : the other side is gone, or says something else
        """
        while (message := self.at_hand()) is None:
            self.read()
        return message


def receive(channel: socket.socket, deadline: float | None = None, largest: int = LARGEST) -> dict[str, Any]:
    """The next message; `deadline` on the monotonic clock, `largest` in bytes.

    Raises
    ------
    OutOfTimeError : it did not come in time
    WireError : the other side is gone, or says something else
    """
    try:
        (length,) = _HEAD.unpack(_exactly(channel, _HEAD.size, deadline))
        if length > largest:
            raise WireError("too large")
        return unpack(_exactly(channel, length, deadline))
    finally:
        _blocks(channel)


def _exactly(channel: socket.socket, size: int, deadline: float | None) -> bytearray:
    data = bytearray(size)
    view, have = memoryview(data), 0
    while have < size:
        try:
            if deadline is not None:
                channel.settimeout(max(deadline - time.monotonic(), 0.001))
            got = channel.recv_into(view[have:])
        except TimeoutError as error:
            raise OutOfTimeError from error
        except OSError as error:
            raise WireError("gone") from error
        if not got:
            raise WireError("gone")
        have += got
    return data

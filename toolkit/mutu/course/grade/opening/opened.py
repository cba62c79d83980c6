"""What is asked of those who open rooms, and what they give."""

from __future__ import annotations

import base64
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from mutu.course.grade.room import wire

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Opened:
    """The processes of one room.

    channel : to its examiner
    interrupt : interrupts the candidate
    end : ends what is only for this submission, and removes what it wrote; also the examiner, unless that one has said
        that it is through
    held : bytes of memory that they hold for themselves
    """

    channel: socket.socket
    interrupt: Callable[[], None]
    end: Callable[[bool], None]
    held: Callable[[], int]


class Opening(Protocol):
    """Opens rooms. `is_quick`: so soon that one can be opened ahead of its turn while others are at work."""

    is_quick: bool

    def load(self, modules: tuple[str, ...], more: tuple[str, ...]) -> None:
        """Have modules loaded before the next room is opened; `more` only for rooms that ask for them."""

    def is_at_hand(self, *, has_more: bool) -> bool:
        """Whether a room can be opened without waiting."""

    def open(self, files: Files, own: Files, *, has_more: bool) -> Opened:
        """A room, with what lies beside the trainee's notebook and with the trainer's own files for the examiner.

        MachineError when there can be none.
        """

    def close(self) -> None:
        """End every room and what they come from."""


def send(channel: socket.socket, files: Files) -> None:
    """Send files to where they are laid out; whoever reads from a room that has ended sees that nothing comes."""
    with suppress(wire.WireError):
        wire.send(channel, {"files": {name: base64.b64encode(content).decode() for name, content in files.items()}})

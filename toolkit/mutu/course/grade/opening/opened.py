"""What is asked of those who open rooms, and what they give."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Loading:
    """What the processes of rooms have loaded before they get their job.

    modules : what every submission needs
    more : what some need besides
    environment : variables
    """

    modules: tuple[str, ...]
    more: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Opened:
    """The processes of one room.

    channel : to its examiner
    end : ends all of them and removes what they wrote
    held : bytes of memory that they hold for themselves
    """

    channel: socket.socket
    end: Callable[[], None]
    held: Callable[[], int]


class Opening(Protocol):
    """Opens rooms."""

    def open(self, *, has_more: bool) -> Opened:
        """A room; `has_more` where its submission imports what only some need. MachineError when there can be none."""

    def close(self) -> None:
        """End every room and what they come from."""

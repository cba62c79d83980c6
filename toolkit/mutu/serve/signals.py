"""The signs by which a person or a system asks a program to stop; Windows knows some, others the rest."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def on_stop(do: Callable[[int, FrameType | None], None]) -> None:
    """Call `do` at every sign to stop that this system has."""
    for name in _NAMES:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), do)


def at_once(number: int, frame: FrameType | None) -> None:
    """Unwind whatever runs."""
    raise KeyboardInterrupt

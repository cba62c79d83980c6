"""Ends this process when the one that started it is gone, on Windows too."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

if sys.platform == "win32":
    import ctypes

    _SYNCHRONIZE, _STILL_RUNNING = 0x00100000, 0x00000102

    def watch() -> Callable[[], bool]:
        """A question to ask now and then: is the parent gone? Held by a handle, so its number cannot be reused."""
        kernel32 = ctypes.windll.kernel32
        handle = kernel32.OpenProcess(_SYNCHRONIZE, False, _parent())
        return lambda: not handle or kernel32.WaitForSingleObject(handle, 0) != _STILL_RUNNING

else:

    def watch() -> Callable[[], bool]:
        """A question to ask now and then: is the parent gone? An orphan is handed to another process."""
        parent = _parent()
        return lambda: os.getppid() != parent


def _parent() -> int:
    """Whoever starts this process says its own number, which is right even when it ended before we could ask.

    On Windows the number asked for would be that of the launcher of a virtual environment.
    """
    return int(os.environ.get("MUTU_PARENT") or os.getppid())

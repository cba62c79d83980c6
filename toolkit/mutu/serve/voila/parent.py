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
        handle = kernel32.OpenProcess(_SYNCHRONIZE, False, os.getppid())
        return lambda: bool(handle) and kernel32.WaitForSingleObject(handle, 0) != _STILL_RUNNING

else:

    def watch() -> Callable[[], bool]:
        """A question to ask now and then: is the parent gone? An orphan is handed to another process."""
        parent = os.getppid()
        return lambda: os.getppid() != parent

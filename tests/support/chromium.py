"""Where this machine's Chromium is and how it is started, for tests, pictures and benchmarks alike."""

from __future__ import annotations

import os
import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ARGUMENTS = ("--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb")


def find() -> str | None:
    """The browser's program: MUTU_CHROMIUM, else the first one on the path."""
    return os.environ.get("MUTU_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Any) -> Any:
    """Start it, without a window.

    Raises
    ------
    FileNotFoundError : there is none; the text says how to get one
    """
    program = find()
    if program is None:
        raise FileNotFoundError(
            "No Chromium found. Install one (Debian, Ubuntu: apt-get install chromium) or set MUTU_CHROMIUM."
        )
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's own sandbox refuses root
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if as_root else [])]
    return playwright.chromium.launch(executable_path=program, headless=True, args=arguments)

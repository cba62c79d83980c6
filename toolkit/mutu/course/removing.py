"""Files that may only be read, as nbgrader leaves what it has graded: on Windows nobody can remove or replace them."""

from __future__ import annotations

import shutil
import stat
from contextlib import suppress
from pathlib import Path


def writable(place: Path) -> None:
    """Let a file or a folder with all that is in it be removed and replaced; links stay as they are.

    Raises
    ------
    OSError : the system refuses it
    """
    inside = place.rglob("*") if place.is_dir() and not place.is_symlink() else ()
    for each in (place, *inside):
        if not each.is_symlink():
            with suppress(FileNotFoundError):
                each.chmod(stat.S_IMODE(each.stat().st_mode) | stat.S_IWUSR)


def remove(place: Path) -> None:
    """Remove a file, a link, or a folder with all that is in it; nothing where there is none.

    Raises
    ------
    OSError : the system refuses it
    """
    writable(place)
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)

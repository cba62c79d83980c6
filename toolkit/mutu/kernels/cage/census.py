"""How much memory a process and all it has started hold, seen from outside."""

from __future__ import annotations

import os
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
# below this nobody needs to know more exactly
_LITTLE = 256 * 1024 * 1024


def resident(pid: int) -> int:
    """Bytes in memory that a process and its descendants hold; pages of files do not count.

    A page that several of them share, as after a fork, counts once where the system tells; the quick sum, which counts
    it for each, is enough while it is small or of one process.
    """
    family = descendants(pid)
    quick = sum(_held(each) for each in family)
    return quick if len(family) == 1 or quick < _LITTLE else sum(_share(each) for each in family)


def descendants(pid: int) -> list[int]:
    """A process and all it has started that are still there."""
    found = [pid]
    for each in found:
        found += _children(each)
    return found


def _children(pid: int) -> list[int]:
    try:
        tasks = os.listdir(f"/proc/{pid}/task")  # noqa: PTH208
        return [int(child) for task in tasks for child in _text(f"/proc/{pid}/task/{task}/children").split()]
    except OSError:
        return []


def _held(pid: int) -> int:
    fields = _text(f"/proc/{pid}/statm").split()
    return (int(fields[1]) - int(fields[2])) * _PAGE if fields else 0


def _share(pid: int) -> int:
    found = _text(f"/proc/{pid}/smaps_rollup").partition("Pss_Anon:")[2].split()
    return int(found[0]) * 1024 if found else _held(pid)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii")
    except OSError:
        return ""

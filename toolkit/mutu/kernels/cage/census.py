"""How much memory a process and all it has started hold, seen from outside."""

from __future__ import annotations

import os
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident(pid: int) -> int:
    """Bytes in memory that a process and its descendants hold; pages of files they share do not count."""
    return sum(_own(each) for each in descendants(pid))


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


def _own(pid: int) -> int:
    fields = _text(f"/proc/{pid}/statm").split()
    return (int(fields[1]) - int(fields[2])) * _PAGE if fields else 0


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii")
    except OSError:
        return ""

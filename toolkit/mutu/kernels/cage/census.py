"""How much memory a process and all it has started hold, seen from outside."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
# below this nobody needs to know more exactly
_LITTLE = 256 * 1024 * 1024
# what the system lets wait in a socket, with what it needs for keeping it
_SOCKET = 256 * 1024


def resident(pid: int) -> int:
    """Bytes in memory that a process and its descendants hold; pages of files do not count.

    A page that several of them share, as after a fork, counts once where the system tells; the quick sum, which counts
    it for each, is enough while it is small or of one process. Every socket of a room counts as full.
    """
    family = descendants(pid)
    quick = sum(_held(each) for each in family)
    exact = quick if len(family) == 1 or quick < _LITTLE else sum(_share(each) for each in family)
    return exact + _SOCKET * _sockets(family)


def descendants(pid: int) -> list[int]:
    """A process and all it has started that are still there."""
    found = [pid]
    for each in found:
        found += _children(each)
    return found


def _sockets(family: Iterable[int]) -> int:
    """How many sockets there are in the network namespaces of these processes that are not this process's own."""
    spaces: dict[int | None, int] = {}
    for pid in family:
        with suppress(FileNotFoundError):
            spaces.setdefault(_network(pid), pid)
    spaces.pop(_network("self"), None)
    return sum(_counted(pid) for pid in spaces.values())


def _network(pid: int | str) -> int | None:
    """The network namespace of a process; None where the system does not tell."""
    try:
        return os.stat(f"/proc/{pid}/ns/net").st_ino  # noqa: PTH116
    except PermissionError:
        return None


def _counted(pid: int) -> int:
    found = _text(f"/proc/{pid}/net/sockstat").partition("used")[2].split()
    return int(found[0]) if found else 0


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

"""Walls around code of others: namespaces, a root of its own, a filter of system calls, limits. Linux only.

    prepare(place)                in a loaded process, once: its root becomes the read-only one of all rooms (optional)
    enter(place, limits)          in P, freshly forked: namespaces of its own, private writable folders
    set_apart(place, limits)      in P, once M is there: a working directory of its own (optional)
    become_candidate(limits)      in M, P's first child: pid 1, no rights, no way back; then the others' code may run

`lacking()` tries all of it and says what this machine does not offer. docs/security says what each wall is for.
The loaded process must have been started with `environment()`: a child's `/proc/self/environ` shows what its
ancestor was started with. What it holds in memory, its children hold.
"""

import sys

from mutu.kernels.cage.census import resident
from mutu.kernels.cage.lack import lacking
from mutu.kernels.cage.limits import Limits
from mutu.kernels.cage.place import Place, environment

if sys.platform != "win32":
    from mutu.kernels.cage.candidate import become_candidate
    from mutu.kernels.cage.room import enter, prepare, set_apart

__all__ = ["Limits", "Place", "become_candidate", "enter", "environment", "lacking", "prepare", "resident", "set_apart"]

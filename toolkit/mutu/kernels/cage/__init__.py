"""Walls around code of others: namespaces, a root of its own, a filter of system calls, limits. Linux only.

    prepare(place)      in a loaded process, once: its root becomes the read-only one of all rooms
    fork()              there: a child that is the first process of a room
    enter(limits)       in the child: namespaces, private folders, no rights, no way back; then others' code may run

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
    from mutu.kernels.cage.base import fork, prepare, scratch
    from mutu.kernels.cage.room import enter

__all__ = ["Limits", "Place", "enter", "environment", "fork", "lacking", "prepare", "resident", "scratch"]

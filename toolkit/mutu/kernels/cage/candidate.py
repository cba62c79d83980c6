"""The process in which the code of others runs: pid 1 of its room, without rights and without a way back."""

from __future__ import annotations

import os
import signal
import stat
import sys
from contextlib import suppress
from select import select

from mutu.kernels.cage import filter as calls_filter
from mutu.kernels.cage import room, system
from mutu.kernels.cage.limits import Limits, restrict

if sys.platform == "win32":
    raise ImportError("nothing is walled there")

_PROC = system.MS_RDONLY | system.MS_NOSUID | system.MS_NODEV | system.MS_NOEXEC
# no rights by user id 0, none kept over a change of user, none raised; each for ever
_SECURE = 0b11101111


def become_candidate(limits: Limits) -> None:
    """Give up, in the first child of a process that has called `enter`, everything that leads out of the room.

    The room ends with this process, and this process with its parent. Descriptors of folders are closed, as `..`
    leads from them into the tree they come from; all others are the caller's to close.

    Raises
    ------
    Refused : the system does not allow a step
    RuntimeError : the parent has not called `enter`
    """
    place, parent = room.entered()
    os.setsid()
    os.chdir(place.work)
    os.environ.pop("PYTHONSAFEPATH", None)  # programs of the candidate's own find their neighbours
    system.mount("proc", "/proc", _PROC, "hidepid=2")
    _close_folders()
    restrict(limits)
    system.prctl("secure bits", system.PR_SET_SECUREBITS, _SECURE)
    system.drop_capabilities()
    system.prctl("parent's end", system.PR_SET_PDEATHSIG, signal.SIGKILL)
    _end_if_ended(parent)
    calls_filter.install(system.machine())


def _end_if_ended(parent: int) -> None:
    """The parent may have ended before the kernel was asked to tell."""
    if select([parent], [], [], 0)[0]:
        os._exit(1)
    os.close(parent)


def _close_folders() -> None:
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
        with suppress(OSError):
            descriptor = int(name)
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                os.close(descriptor)

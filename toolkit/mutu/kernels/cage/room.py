"""Into the room: namespaces, private folders, limits, no rights and no way back."""

from __future__ import annotations

import os
import socket
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from mutu.kernels.cage import filter as calls_filter
from mutu.kernels.cage import system
from mutu.kernels.cage.base import NOBODY, base, lend, opened, unshare_as_candidate
from mutu.kernels.cage.limits import Limits, restrict

if sys.platform == "win32":
    raise ImportError("nothing is walled there")

_SPACES = system.NEWNS | system.NEWNET | system.NEWIPC | system.NEWUTS | system.NEWCGROUP
_PROC = system.MS_RDONLY | system.MS_NOSUID | system.MS_NODEV | system.MS_NOEXEC
_TERMINALS = "newinstance,ptmxmode=0666,mode=620,max=16"
# no rights by user id 0, none kept over a change of user, none raised; each for ever
_SECURE = 0b11101111


def enter(limits: Limits) -> None:
    """Put this process, which `fork` has just made and which has one thread, into a room of its own.

    It is the first process there: the room ends with it, and it with the loaded process. It has no rights left and
    can get none. Its namespaces belong to the loaded process's user, not to its own. Descriptors of folders are closed,
    as `..` leads from them into the tree they come from; all others are the caller's to close.

    Raises
    ------
    Refused : the system does not allow a step
    RuntimeError : the loaded process has not called `prepare`
    """
    there = base()
    os.close(there.processes)
    with suppress(OSError):  # when memory is short, rooms go first
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    stranger = _stranger(there.outside)
    with opened("/proc") as proc:  # the loaded process's, which knows this process by its id outside
        system.unshare(_SPACES, "namespaces")
        lend(there.place, there.temporary, limits, stranger)
        system.mount("devpts", "/dev/pts", system.MS_NOSUID | system.MS_NOEXEC, _TERMINALS)
        system.mount("proc", "/proc", _PROC, "hidepid=2")
        socket.sethostname("localhost")
        _become(stranger)
        unshare_as_candidate(system.NEWUSER, "user namespace", proc)
    os.setsid()
    os.chdir(there.place.work)
    os.environ["TMPDIR"] = there.temporary
    tempfile.tempdir = None
    os.environ.pop("PYTHONSAFEPATH", None)  # programs of the candidate's own find their neighbours
    _close_folders()
    restrict(limits)
    system.prctl("secure bits", system.PR_SET_SECUREBITS, _SECURE)
    system.drop_capabilities()
    calls_filter.install(system.machine())


def _stranger(first: int | None) -> int | None:
    """Whom root becomes here; None where the user stays who he is."""
    if first is None or first == NOBODY:
        return first
    return first + int(os.readlink("/proc/self"))  # noqa: PTH115 - an id that no other room has now


def _become(stranger: int | None) -> None:
    if stranger is not None:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(stranger, stranger, stranger)


def _close_folders() -> None:
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
        with suppress(OSError):
            descriptor = int(name)
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                os.close(descriptor)

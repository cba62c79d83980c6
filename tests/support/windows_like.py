"""A Python on Linux that lacks what Python on Windows lacks, for the processes of a test and all they start."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from types import SimpleNamespace

# read by every Python that starts with this folder on its path; the platform's name stays, as libraries go by it
_SITE = '''
import builtins, os, select, signal, stat, sys

for module, names in {
    os: """fork forkpty killpg setsid getsid getpgid setpgid getpgrp setpgrp pidfd_open memfd_create mkfifo
        sched_getaffinity sched_setaffinity setuid setgid setgroups setresuid setresgid
        chroot fchmod fchown chown lchown nice set_blocking O_NOFOLLOW O_NONBLOCK O_CLOEXEC""",
    signal: """pthread_sigmask pthread_kill setitimer getitimer alarm pause sigwait sigpending siginterrupt SIGALRM
        ITIMER_REAL SIG_BLOCK SIG_UNBLOCK SIGUSR1 SIGHUP pidfd_send_signal""",
}.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)

_MISSING = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"}
_import, _select = builtins.__import__, select.select


def _without(name, globals=None, locals=None, fromlist=(), level=0):
    who = str((globals or {}).get("__name__", ""))
    ours = who.partition(".")[0] == "mutu" and not (who.startswith("mutu.kernels.cage") and sys.platform == "linux")
    if level == 0 and name.partition(".")[0] in _MISSING and ours:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return _import(name, globals, locals, fromlist, level)


def _sockets(*lists):
    """As on Windows, which waits for sockets alone."""
    for each in (each for waited in lists[:3] for each in waited):
        number = each if isinstance(each, int) else each.fileno()
        if not stat.S_ISSOCK(os.fstat(number).st_mode):
            raise OSError(10038, "not a socket")
    if not any(lists[:3]):
        raise OSError(10022, "nothing to wait for")
    return _select(*lists)


builtins.__import__, select.select = _without, _sockets
'''


def folder(place: Path) -> str:
    """A folder for PYTHONPATH."""
    place.mkdir()
    place.joinpath("sitecustomize.py").write_text(_SITE, encoding="utf-8")
    return str(place)


def files(monkeypatch) -> None:
    """In this process, as on Windows: what may only be read cannot be removed or replaced, nothing is renamed onto
    something else. Code that asks for the platform before it removes finds Windows: nbgrader's and our grading's.
    """
    import nbgrader.utils

    import mutu.course.grade.files

    unlink, replace, rename = os.unlink, os.replace, os.rename

    def refuse(path) -> None:
        if os.path.lexists(path) and not os.lstat(path).st_mode & stat.S_IWUSR:
            raise PermissionError(13, "Access is denied", str(path))

    def removing(path, *, dir_fd=None):
        refuse(path)
        unlink(path, dir_fd=dir_fd)

    def replacing(source, target, **more):
        refuse(target)
        replace(source, target, **more)

    def renaming(source, target, **more):
        if os.path.lexists(target):
            raise FileExistsError(17, "It is there already", str(target))
        rename(source, target, **more)

    for name, function in {"unlink": removing, "remove": removing, "replace": replacing, "rename": renaming}.items():
        monkeypatch.setattr(os, name, function)
    monkeypatch.setattr(shutil, "_use_fd_functions", False)
    for module in (nbgrader.utils, mutu.course.grade.files):
        monkeypatch.setattr(module, "sys", SimpleNamespace(platform="win32"))

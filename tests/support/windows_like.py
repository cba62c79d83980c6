"""A Python on Linux that lacks what Python on Windows lacks, for the processes of a test and all they start."""

from __future__ import annotations

from pathlib import Path

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

"""Into the room: namespaces, the root, private folders."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from mutu.kernels.cage import filter as calls_filter
from mutu.kernels.cage import system
from mutu.kernels.cage.limits import Limits
from mutu.kernels.cage.place import Place
from mutu.kernels.cage.tree import CANDIDATE, ROOM, Tree

if sys.platform == "win32":
    raise ImportError("nothing is walled there")

# whom root becomes, so that limits hold and no file is his: in each room another one, of ids that systems leave free,
# or nobody where these are not mapped
_FIRST_FREE, _LAST_FREE, _NOBODY = 0x70000000, 0x70000000 + (1 << 22), 65534
# any folder that every system has; what lies in it is taken before it is covered
_BASE = "/tmp"  # noqa: S108
_ROOM = system.NEWUSER | system.NEWNS | system.NEWNET | system.NEWIPC | system.NEWUTS | system.NEWCGROUP | system.NEWPID
_PRIVATE = system.MS_NOSUID | system.MS_NODEV
# mount, and become another user
_RIGHTS = 1 << 21 | 1 << 7 | 1 << 6
_ALL_USERS = (0, 4294967295)

_prepared: Place | None = None
_outside: int | None = None
_temporary = ""
_entered: int | None = None


def prepare(place: Place) -> None:
    """Make the rooms' read-only root the root of this process, which sees nothing else from now on.

    For a process of one thread, that forks rooms: each then only adds its private folders. Best called before large
    modules are loaded: what they read or write at home is then the room's home, empty and forgotten, not the person's.
    An ordinary user gets a user namespace for it, in which he has the id 1000; root stays root.

    Raises
    ------
    Refused : the system does not allow a step
    """
    global _prepared, _outside, _temporary
    os.umask(0o022)  # folders of the root are entered by whom rooms become
    _outside = _first_outside()
    if _outside is None:
        _unshare_as_candidate(system.NEWUSER | system.NEWNS, "user namespace")
    else:
        system.unshare(system.NEWNS, "mount namespace")
    system.mount(None, "/", system.MS_REC | system.MS_PRIVATE, step="private mounts")
    tree = Tree(place, _BASE)
    tree.build()
    os.chdir(_BASE)
    system.pivot_root(".", ".")
    system.detach(".")
    os.chdir("/")
    system.set_attributes_at("/", system.ATTR_RDONLY)
    _lend(place, tree.temporary, Limits())  # for what modules write when they are loaded; rooms cover it
    calls_filter.program(system.machine())  # made once, not in every room
    _prepared, _temporary = place, tree.temporary


def enter(place: Place, limits: Limits) -> None:
    """Put this process, freshly forked and of one thread, into a room of its own; it ends with its parent.

    Its next child is pid 1 of the room and calls `become_candidate`. This process has no rights outside any more, but
    all of them inside. It stands in `/`, imports nothing from `place.work`, where the child may write, and sees its own
    `/proc` no longer once the child has mounted one.

    Raises
    ------
    Refused : the system does not allow a step
    ValueError : the loaded process was prepared for another place
    """
    global _entered
    if _prepared is None:
        prepare(place)
    elif _prepared != place:
        raise ValueError(f"prepared for {_prepared}, not for {place}")
    with suppress(OSError):  # when memory is short, this process and its children go first
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    if _outside is not None:
        _become_stranger(_outside)
    _unshare_as_candidate(_ROOM, "namespaces")
    _lend(place, _temporary, limits)
    system.mount("devpts", "/dev/pts", system.MS_NOSUID | system.MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620,max=16")
    system.prctl("parent's end", system.PR_SET_PDEATHSIG, signal.SIGKILL)
    socket.sethostname("localhost")
    os.chdir("/")
    os.environ["TMPDIR"] = _temporary
    tempfile.tempdir = None
    _entered = os.pidfd_open(os.getpid())


def set_apart(place: Place, limits: Limits) -> None:
    """In P, once M is there: a working directory of its own at the same path, which M neither sees nor writes to.

    Raises
    ------
    Refused : the system does not allow a step
    """
    system.unshare(system.NEWNS, "mount namespace")
    options = f"mode=700,size={limits.disk},nr_inodes={limits.inodes}"
    system.mount("tmpfs", place.work, _PRIVATE, options, step="tmpfs")
    os.chdir(place.work)


def entered() -> tuple[Place, int]:
    """The place that this process or its parent has entered, and a descriptor that tells when that one has ended.

    Raises
    ------
    RuntimeError : neither has
    """
    if _prepared is None or _entered is None:
        raise RuntimeError("enter() comes first, in the parent")
    return _prepared, _entered


def _first_outside() -> int | None:
    """The id that root's rooms count from, or nobody's; None for who cannot mount or become another user.

    Root of the whole machine without these rights is refused: in a room of his he would still be root outside.
    """
    if os.geteuid() != 0:
        return None
    lines = Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines()
    ranges = [(int(first), int(count)) for first, _outside, count in (line.split() for line in lines)]
    if system.capabilities() & _RIGHTS != _RIGHTS:
        if ranges == [_ALL_USERS]:
            raise system.Refused(errno.EPERM, "mount namespace")
        return None

    def mapped(user: int) -> bool:
        return any(first <= user < first + count for first, count in ranges)

    return next((first for first, last in ((_FIRST_FREE, _LAST_FREE), (_NOBODY, _NOBODY)) if mapped(last)), None)


def _become_stranger(first: int) -> None:
    stranger = first if first == _NOBODY else first + os.getpid()
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(stranger, stranger, stranger)


def _unshare_as_candidate(namespaces: int, step: str) -> None:
    """New namespaces, a user namespace among them, in which this process's user is the candidate."""
    user, group = os.geteuid(), os.getegid()
    system.prctl("dumpable", system.PR_SET_DUMPABLE, 1)  # else /proc/self is root's
    system.unshare(namespaces, step)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{CANDIDATE} {user} 1"),
        ("gid_map", f"{CANDIDATE} {group} 1"),
    ):
        try:
            Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
        except OSError as error:
            raise system.Refused(error.errno or 0, name) from error


def _lend(place: Place, temporary: str, limits: Limits) -> None:
    """One file system in memory with a limit of its own for everything that can be written."""
    system.mount("tmpfs", ROOM, _PRIVATE, f"mode=755,size={limits.disk},nr_inodes={limits.inodes}", step="tmpfs")
    for at, target in enumerate((str(place.work), temporary, "/dev/shm")):  # noqa: S108
        folder = Path(ROOM, str(at))
        folder.mkdir()
        folder.chmod(0o700 if at == 0 else 0o1777)
        system.attach(system.clone_tree(folder), target)
    system.detach(ROOM)

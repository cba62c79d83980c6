"""The loaded process from which rooms are forked: its root, and where the process ids of rooms come from."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from select import select

from mutu.kernels.cage import filter as calls_filter
from mutu.kernels.cage import system
from mutu.kernels.cage.limits import Limits
from mutu.kernels.cage.place import Place
from mutu.kernels.cage.tree import CANDIDATE, ROOM, Tree

if sys.platform == "win32":
    raise ImportError("nothing is walled there")

# whom root becomes in rooms, so that limits hold and no file is his: in each room another one, of ids that systems
# leave free, or nobody where these are not mapped
_FIRST_FREE, _LAST_FREE, NOBODY = 0x70000000, 0x70000000 + (1 << 22), 65534
# any folder that every system has; what lies in it is taken before it is covered
_BASE = "/tmp"  # noqa: S108
_SHARED = "/dev/shm"  # noqa: S108
_PRIVATE = system.MS_NOSUID | system.MS_NODEV
# mount, and become another user
_RIGHTS = 1 << 21 | 1 << 7 | 1 << 6
_ALL_USERS = (0, 4294967295)


@dataclass(frozen=True)
class Base:
    """What rooms stand on.

    place : what they show
    temporary : the folder for temporary files
    outside : the id from which users of rooms count, None where the candidate stays who he is
    processes : a descriptor of the loaded process's own process ids
    """

    place: Place
    temporary: str
    outside: int | None
    processes: int


_base: Base | None = None


def prepare(place: Place) -> None:
    """Make the rooms' read-only root the root of this process, which sees nothing else from now on.

    For a process of one thread that will only fork rooms. It goes on as its own first child, the first process of a
    namespace of process ids: all rooms end with it. The one that called waits for it and ends as it does, whichever
    way. Best called before large modules are loaded: what they read or write at home is then the room's home, empty
    and forgotten, not the person's. An ordinary user gets a user namespace for it, in which he has the id 1000; root
    stays root.

    Raises
    ------
    Refused : the system does not allow a step
    """
    global _base
    os.umask(0o022)  # folders of the root are entered by whom rooms become
    outside = _first_outside()
    spaces = system.NEWNS | system.NEWPID
    if outside is None:
        with opened("/proc") as proc:
            unshare_as_candidate(system.NEWUSER | spaces, "user namespace", proc)
    else:
        system.unshare(spaces, "mount namespace")
    _go_on_as_first()
    system.mount(None, "/", system.MS_REC | system.MS_PRIVATE, step="private mounts")
    tree = Tree(place, _BASE)
    tree.build()
    os.chdir(_BASE)
    system.pivot_root(".", ".")
    system.detach(".")
    os.chdir("/")
    system.set_attributes_at("/", system.ATTR_RDONLY)
    lend(place, tree.temporary, Limits())  # for what modules write when they are loaded; rooms cover it
    calls_filter.program(system.machine())  # made once, not in every room
    _base = Base(place, tree.temporary, outside, os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC))


def base() -> Base:
    """What this process, or the one it was forked from, has prepared.

    Raises
    ------
    RuntimeError : nothing
    """
    if _base is None:
        raise RuntimeError("prepare() comes first, in the loaded process")
    return _base


def scratch() -> list[Path]:
    """Folders that can be written in this room besides its working directory; none where there are no walls."""
    return [] if _base is None else [Path(_base.temporary), Path(_SHARED)]


def fork() -> int:
    """As `os.fork`, in a prepared process: the child is the first process of a room and has to call `enter`."""
    own = base().processes
    system.unshare(system.NEWPID, "process namespace")
    pid = -1
    try:
        pid = os.fork()
    finally:
        if pid != 0:
            system.join(own, system.NEWPID)
    return pid


def _go_on_as_first() -> None:
    """Fork; the child goes on, and this process only waits for it."""
    parent = os.pidfd_open(os.getpid())
    pid = os.fork()
    if pid == 0:
        system.prctl("parent's end", system.PR_SET_PDEATHSIG, signal.SIGKILL)
        if select([parent], [], [], 0)[0]:  # it may have ended before the kernel was asked to tell
            os._exit(1)
        os.close(parent)
        return
    os.closerange(3, sys.maxsize >> 32)
    _pid, status = os.waitpid(pid, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


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

    return next((first for first, last in ((_FIRST_FREE, _LAST_FREE), (NOBODY, NOBODY)) if mapped(last)), None)


def unshare_as_candidate(spaces: int, step: str, proc: int) -> None:
    """New namespaces, a user namespace among them, in which this process's user is the candidate.

    `proc` is a descriptor of a /proc that may be written to.
    """
    user, group = os.geteuid(), os.getegid()
    system.prctl("dumpable", system.PR_SET_DUMPABLE, 1)  # else /proc/self is root's
    system.unshare(spaces, step)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{CANDIDATE} {user} 1"),
        ("gid_map", f"{CANDIDATE} {group} 1"),
    ):
        try:
            file = os.open(f"self/{name}", os.O_WRONLY, dir_fd=proc)
            with os.fdopen(file, "w", encoding="ascii") as lines:
                lines.write(text)
        except OSError as error:
            raise system.Refused(error.errno or 0, name) from error


@contextmanager
def opened(path: str) -> Iterator[int]:
    """A folder's descriptor."""
    descriptor = os.open(path, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def lend(place: Place, temporary: str, limits: Limits, owner: int | None = None) -> None:
    """One file system in memory with a limit of its own for everything that can be written."""
    system.mount("tmpfs", ROOM, _PRIVATE, f"mode=755,size={limits.disk},nr_inodes={limits.inodes}", step="tmpfs")
    for at, target in enumerate((str(place.work), temporary, _SHARED)):
        folder = Path(ROOM, str(at))
        folder.mkdir()
        folder.chmod(0o700 if at == 0 else 0o1777)
        if owner is not None:
            os.chown(folder, owner, NOBODY)
        system.attach(system.clone_tree(folder), target)
    system.detach(ROOM)

"""The system calls that Python 3.11 has no function for."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from functools import cache
from pathlib import Path
from typing import Any

# mount(2)
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REC, MS_PRIVATE = 0x4000, 0x40000
MNT_DETACH = 2
# unshare(2)
NEWNS, NEWCGROUP, NEWUTS = 0x00020000, 0x02000000, 0x04000000
NEWIPC, NEWUSER, NEWPID, NEWNET = 0x08000000, 0x10000000, 0x20000000, 0x40000000
# mount_setattr(2)
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV, ATTR_NOEXEC = 1, 2, 4, 8
# prctl(2)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_SECUREBITS, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 28, 38, 47

# the same numbers on every architecture
_SYS_OPEN_TREE, _SYS_MOVE_MOUNT, _SYS_MOUNT_SETATTR = 428, 429, 442
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_CAPSET = {"x86_64": 126, "aarch64": 91}
_AT_FDCWD, _AT_EMPTY_PATH, _AT_RECURSIVE = -100, 0x1000, 0x8000
_OPEN_TREE_CLONE, _MOVE_MOUNT_F_EMPTY_PATH = 1, 4
# capabilities are bits of two words of 32; those a kernel does not have are invalid
_MOST_CAPABILITIES = 64


class Refused(OSError):
    """The system refused a step; `step` says which."""

    def __init__(self, number: int, step: str) -> None:
        super().__init__(number, f"{step}: {os.strerror(number)}")
        self.step = step


@cache
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def _checked(step: str, result: int) -> int:
    if result < 0:
        raise Refused(ctypes.get_errno(), step)
    return result


def _call(step: str, number: int, *arguments: Any) -> int:
    return _checked(step, _libc().syscall(ctypes.c_long(number), *(_wide(each) for each in arguments)))


def _wide(value: Any) -> Any:
    return ctypes.c_long(value) if isinstance(value, int) else value


def machine() -> str:
    """The processor's architecture as the kernel calls it."""
    return platform.machine()


def unshare(flags: int, step: str) -> None:
    """Leave the namespaces of `flags` for new ones."""
    _checked(step, _libc().unshare(flags))


def join(namespace: int, kind: int) -> None:
    """Go into a namespace, or have one's children there; by a descriptor of it."""
    _checked("join", _libc().setns(namespace, kind))


def mount(kind: str | None, target: str | os.PathLike[str], flags: int = 0, options: str = "", step: str = "") -> None:
    """Mount a new file system, or change how one is mounted."""
    name = kind.encode() if kind else None
    result = _libc().mount(name, os.fsencode(target), name, ctypes.c_ulong(flags), options.encode() or None)
    _checked(step or f"mount {kind or ''}".strip(), result)


def detach(target: str) -> None:
    """Unmount lazily, with all that is mounted below."""
    _checked("umount", _libc().umount2(os.fsencode(target), MNT_DETACH))


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root and put the old one at `old`."""
    _call("pivot_root", _PIVOT_ROOT[machine()], os.fsencode(new), os.fsencode(old))


def clone_tree(path: str | os.PathLike[str]) -> int:
    """A descriptor of a copy of what is mounted at a path, with all below; mounted nowhere yet."""
    if sys.platform == "win32":
        raise NotImplementedError
    flags = _OPEN_TREE_CLONE | os.O_CLOEXEC | _AT_RECURSIVE
    return _call("open_tree", _SYS_OPEN_TREE, _AT_FDCWD, os.fsencode(path), flags)


def set_attributes(tree: int, attributes: int) -> None:
    """Set mount attributes for a tree and all below; it no longer hears of mounts elsewhere."""
    _set_attributes(tree, b"", _AT_EMPTY_PATH | _AT_RECURSIVE, attributes)


def set_attributes_at(path: str, attributes: int) -> None:
    """Set attributes of the mount at a path alone."""
    _set_attributes(_AT_FDCWD, os.fsencode(path), 0, attributes)


def _set_attributes(folder: int, path: bytes, flags: int, attributes: int) -> None:
    value = (ctypes.c_uint64 * 4)(attributes, 0, MS_PRIVATE, 0)  # set, clear, propagation, user namespace
    _call("mount_setattr", _SYS_MOUNT_SETATTR, folder, path, flags, ctypes.byref(value), ctypes.sizeof(value))


def attach(tree: int, target: str) -> None:
    """Mount a tree at a path and close its descriptor."""
    try:
        _call("move_mount", _SYS_MOVE_MOUNT, tree, b"", _AT_FDCWD, os.fsencode(target), _MOVE_MOUNT_F_EMPTY_PATH)
    finally:
        os.close(tree)


def prctl(step: str, option: int, *arguments: Any) -> None:
    """Change something of this process."""
    padded = [*arguments, 0, 0, 0, 0][:4]
    _checked(step, _libc().prctl(option, *(_wide(each) for each in padded)))


def drop_capabilities() -> None:
    """Give up every capability, also those a program could have brought."""
    drop = _libc().prctl
    for capability in range(_MOST_CAPABILITIES):
        if drop(PR_CAPBSET_DROP, capability, 0, 0, 0) and ctypes.get_errno() != errno.EINVAL:
            raise Refused(ctypes.get_errno(), "bounding set")
    prctl("ambient set", PR_CAP_AMBIENT, 4)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _call("capset", _CAPSET[machine()], ctypes.byref(header), ctypes.byref(nothing))


def capabilities() -> int:
    """The effective capabilities of this process, as bits."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("CapEff:")[2].split()[0], 16)

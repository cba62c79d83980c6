"""The filter of system calls: a program for the kernel's classic packet filter, written by hand."""

from __future__ import annotations

import ctypes
import errno
import struct
from functools import cache

from mutu.kernels.cage import calls, system

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
# struct seccomp_data: nr, arch, instruction pointer, six arguments of eight bytes
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
# the first number the list of `calls` does not judge; 32-bit calls on a 64-bit kernel begin far above
_UNKNOWN = 463
_NEW_NAMESPACES = system.NEWNS | system.NEWCGROUP | system.NEWUTS | system.NEWIPC | system.NEWUSER
_NEW_NAMESPACES |= system.NEWPID | system.NEWNET
_AF_UNIX, _AF_INET, _AF_INET6 = 1, 2, 10
_SOL_SOCKET, _SO_SNDBUF, _SO_SNDBUFFORCE = 1, 7, 32
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_PERSONALITY_ASKED = 0xFFFFFFFF
_SHARED_ANONYMOUS = 0x01 | 0x20
_MODE_FILTER = 2

_Step = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


@cache
def program(machine: str) -> bytes:
    """The program for an architecture.

    Raises
    ------
    KeyError : the architecture is unknown
    """
    known = calls.of(machine)
    if known is None:
        raise KeyError(machine)
    steps: list[_Step] = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, known.audit), _answer(_KILL), _load_number()]
    steps += [(_AT_LEAST, 0, 1, _UNKNOWN), _refuse(errno.ENOSYS)]
    for number in known.absent:
        steps += _when(number, [_refuse(errno.ENOSYS)])
    for number in known.forbidden:
        steps += _when(number, [_refuse(errno.EPERM)])
    for name, judged in _by_arguments().items():
        steps += _when(known.numbers[name], judged)
    steps.append(_answer(_ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def install(machine: str) -> None:
    """Put the filter on this process and all it starts; privileges can never be gained again."""
    code = program(machine)
    system.prctl("no_new_privs", system.PR_SET_NO_NEW_PRIVS, 1)
    wrapped = _Program(len(code) // 8, code)
    system.prctl("seccomp", system.PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(wrapped))


def _by_arguments() -> dict[str, list[_Step]]:
    allow, refuse = _answer(_ALLOW), _refuse(errno.EPERM)
    families = [(_EQUAL, 3 - at, 0, family) for at, family in enumerate((_AF_UNIX, _AF_INET, _AF_INET6))]
    sizes = [(_EQUAL, 2, 0, _SO_SNDBUF), (_EQUAL, 1, 0, _SO_SNDBUFFORCE)]
    return {
        "clone": [_load_argument(0), (_ANY_BIT, 0, 1, _NEW_NAMESPACES), refuse, allow],
        "personality": [_load_argument(0), (_EQUAL, 2, 0, _PERSONALITY_ASKED), (_EQUAL, 1, 0, 0), refuse, allow],
        "prctl": [_load_argument(0), (_EQUAL, 0, 1, system.PR_SET_PDEATHSIG), refuse, allow],
        # answered as done: a size is a wish, and what lies in sockets is nobody's memory
        "setsockopt": [_load_argument(1), (_EQUAL, 0, 3, _SOL_SOCKET), _load_argument(2), *sizes, allow, _refuse(0)],
        "socket": [_load_argument(0), *families, _refuse(errno.EAFNOSUPPORT), allow],
        "ioctl": [_load_argument(1), (_EQUAL, 1, 0, _TIOCSTI), (_EQUAL, 0, 1, _TIOCLINUX), refuse, allow],
        "mmap": [_load_argument(3), (_AND, 0, 0, _SHARED_ANONYMOUS), (_EQUAL, 0, 1, _SHARED_ANONYMOUS), refuse, allow],
    }


def _when(number: int, steps: list[_Step]) -> list[_Step]:
    """Steps for one call; they end in an answer, and another call jumps over them."""
    return [(_EQUAL, 0, len(steps), number), *steps]


def _load_number() -> _Step:
    return (_LOAD, 0, 0, _NUMBER)


def _load_argument(position: int) -> _Step:
    """The lower half of an argument, on machines that store it first."""
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * position)


def _answer(value: int) -> _Step:
    return (_RETURN, 0, 0, value)


def _refuse(number: int) -> _Step:
    return _answer(_ERROR | number)

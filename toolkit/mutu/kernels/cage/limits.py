"""How much the code of others may use."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from mutu.kernels.ceiling import lower

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one room may use; sizes in bytes.

    `memory` is address space per process, `resident` what all processes of the room may hold in memory together (the
    system cannot limit that for ordinary users: whoever watches compares it with `cage.resident`). `processes` counts
    threads too. `disk` and `inodes` are what work folder, /tmp and /dev/shm share. `cpu` is in seconds per process.
    """

    memory: int = 2048 * MIB
    resident: int = 1024 * MIB
    processes: int = 64
    files: int = 256
    file_size: int = 64 * MIB
    disk: int = 128 * MIB
    inodes: int = 10_000
    cpu: int | None = None


def restrict(limits: Limits) -> None:
    """Set the limits of this process and of those it starts; none can be raised again."""
    if sys.platform == "win32":
        raise NotImplementedError
    most = {
        "RLIMIT_AS": limits.memory,
        "RLIMIT_NPROC": limits.processes,
        "RLIMIT_NOFILE": limits.files,
        "RLIMIT_FSIZE": limits.file_size,
        # one byte, not none: a crash handler behind a pipe would be started for none
        "RLIMIT_CORE": 1,
        "RLIMIT_MEMLOCK": 64 * 1024,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_RTPRIO": 0,
        "RLIMIT_SIGPENDING": 1024,
        "RLIMIT_STACK": 8 * MIB,
    }
    lower(most if limits.cpu is None else {**most, "RLIMIT_CPU": limits.cpu})

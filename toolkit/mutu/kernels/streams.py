"""What a kernel writes to, as `subprocess.Popen` takes it: nothing, a descriptor, a file, PIPE, DEVNULL, STDOUT."""

from __future__ import annotations

import os
from subprocess import DEVNULL, PIPE, STDOUT
from typing import IO, Any


class Streams:
    """The ends a kernel writes to (`ends`) and, of pipes, the ends that are read (`stdout`, `stderr`)."""

    def __init__(self, stdout: Any = None, stderr: Any = None) -> None:
        self.stdout: IO[bytes] | None = None
        self.stderr: IO[bytes] | None = None
        self._own: list[int] = []
        out = self._end(stdout, "stdout", 1)
        self.ends = (out, out if stderr == STDOUT else self._end(stderr, "stderr", 2))

    def _end(self, wish: Any, name: str, inherited: int) -> int:
        if wish is None:
            return inherited
        if wish == PIPE:
            read, write = os.pipe()
            setattr(self, name, os.fdopen(read, "rb"))
        elif wish == DEVNULL:
            write = os.open(os.devnull, os.O_RDWR)
        else:
            return int(wish if isinstance(wish, int) else wish.fileno())
        self._own.append(write)
        return write

    def handed_over(self) -> None:
        """The kernel has its ends, or there is none: those that are ours are closed."""
        while self._own:
            os.close(self._own.pop())

    def give_up(self) -> None:
        """There is no kernel to read from."""
        self.handed_over()
        for read in (self.stdout, self.stderr):
            if read is not None:
                read.close()

"""A Python that has loaded what its children will need, and forks them on request.

Starting an interpreter and importing pandas takes seconds; forking one that has done both takes a hundredth of that.
The loaded process (`mutu.kernels.template`) has one thread, no event loop and no secrets: what its children may not
know must never be in it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from mutu.errors import MachineError
from mutu.kernels.way import NO_FORK, Way, pair

# the folder at hand is not on the path while modules are loaded: a pandas.py that lies in it is not pandas
_BEGIN = (
    "import json, sys; sys.path[:] = filter(None, sys.path); "
    "from mutu.kernels.template import main; main(int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:])"
)
# pyarrow's memory keeper would start a thread while pandas is loaded, and a process with threads must not fork
_ONE_THREAD = {"JE_ARROW_MALLOC_CONF": "background_thread:false"}


def can_fork() -> bool:
    """Whether children can be forked here: everywhere but on Windows, and not on macOS, whose frameworks forbid it."""
    return hasattr(os, "fork") and sys.platform.startswith("linux")


class Warm(Way):
    """A loaded process and the way to it.

    Parameters
    ----------
    preload : names of modules to import before the first fork
    environment : variables of the process and so of its children; this process's own unless given
    options : for the interpreter, such as `-Xfrozen_modules=off`
    setup : ("module:function", argument), called once before they are imported; what it returns, if anything, forks

    Raises
    ------
    MachineError : this system cannot fork, or the process ended while it loaded
    """

    _process: subprocess.Popen[bytes]

    def __init__(
        self, preload: Sequence[str], environment: Mapping[str, str] | None = None, options: Sequence[str] = (),
        setup: tuple[str, Mapping[str, Any]] | None = None,
    ) -> None:  # fmt: skip
        if sys.platform == "win32" or not can_fork():
            raise MachineError(NO_FORK)
        ours, theirs = pair()
        super().__init__(ours)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, *options, "-c", _BEGIN, str(theirs.fileno()), json.dumps(setup), *preload],
                pass_fds=[theirs.fileno()],
                env={**(os.environ if environment is None else environment), **_ONE_THREAD},
                stdin=subprocess.DEVNULL,
            )

    @property
    def pid(self) -> int:
        """Process id of the loaded process."""
        return self._process.pid

    @property
    def is_gone(self) -> bool:
        """Whether the loaded process has ended."""
        return super().is_gone or self._process.poll() is not None

    def close(self) -> None:
        """End the process and all its children."""
        super().close()
        if not self._has_forked:  # nobody waits until it has loaded
            self._process.kill()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

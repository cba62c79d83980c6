"""A Python that has loaded what its children will need, and forks them on request.

Starting an interpreter and importing pandas takes seconds; forking one that has done both takes a hundredth of that.
The loaded process (`mutu.kernels.template`) has one thread, no event loop and no secrets: what its children may not
know must never be in it. Talks over one socket: requests go there, process ids and ends come back.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mutu.errors import N_, MachineError

# a request is one packet
PACKET = 128 * 1024
# the folder at hand is not on the path while modules are loaded: a pandas.py that lies in it is not pandas
_BEGIN = (
    "import json, sys; sys.path[:] = filter(None, sys.path); "
    "from mutu.kernels.template import main; main(int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:])"
)
# pyarrow's memory keeper would start a thread while pandas is loaded, and a process with threads must not fork
_ONE_THREAD = {"JE_ARROW_MALLOC_CONF": "background_thread:false"}
_ENDED = N_("The process that waits for submissions has ended.")
_NO_FORK = N_("This system cannot fork a loaded process.")


def can_fork() -> bool:
    """Whether children can be forked here: everywhere but on Windows, and not on macOS, whose frameworks forbid it."""
    return hasattr(os, "fork") and sys.platform.startswith("linux")


@dataclass
class Warm:
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

    preload: Sequence[str]
    environment: Mapping[str, str] | None = None
    options: Sequence[str] = ()
    setup: tuple[str, Mapping[str, Any]] | None = None
    _process: subprocess.Popen[bytes] = field(init=False, repr=False)
    _channel: socket.socket = field(init=False, repr=False)
    _ended: dict[int, int] = field(default_factory=dict, init=False, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)
    _lost: bool = field(default=False, init=False, repr=False)
    _has_forked: bool = field(default=False, init=False, repr=False)

    def __post_init__(self) -> None:
        if sys.platform == "win32" or not can_fork():
            raise MachineError(_NO_FORK)
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    *self.options,
                    "-c",
                    _BEGIN,
                    *(str(theirs.fileno()), json.dumps(self.setup)),
                    *self.preload,
                ],
                pass_fds=[theirs.fileno()],
                env={**(os.environ if self.environment is None else self.environment), **_ONE_THREAD},
                stdin=subprocess.DEVNULL,
            )

    @property
    def pid(self) -> int:
        """Process id of the loaded process."""
        return self._process.pid

    @property
    def is_gone(self) -> bool:
        """Whether the loaded process has ended."""
        return self._lost or self._process.poll() is not None

    def fork(self, target: str, argument: Mapping[str, Any], descriptors: Sequence[int] = ()) -> int:
        """A child that runs `target` ("module:function") with the argument and its own copies of the descriptors.

        Returns
        -------
        The child's process id. The loaded process is its parent and waits for it.

        Raises
        ------
        MachineError : the loaded process is gone, or there is no room for another process
        """
        if sys.platform == "win32":
            raise MachineError(_NO_FORK)
        self._has_forked = True
        request = json.dumps({"target": target, "argument": dict(argument)}).encode()
        with self._turn:
            try:
                socket.send_fds(self._channel, [request], list(descriptors))
                while "pid" not in (answer := self._read()):
                    self._note(answer)
            except (OSError, EOFError) as error:
                self._lost = True
                raise MachineError(_ENDED) from error
        if answer["pid"] is None:
            raise MachineError(N_("No further process can be started here: {error}"), error=answer["error"])
        return int(answer["pid"])

    def call(self, target: str, argument: Mapping[str, Any]) -> None:
        """Have the loaded process itself call `target` before its next fork; its children have what that changes.

        Raises
        ------
        MachineError : the loaded process is gone
        """
        if sys.platform == "win32":
            raise MachineError(_NO_FORK)
        request = json.dumps({"call": target, "argument": dict(argument)}).encode()
        with self._turn:
            try:
                self._channel.send(request)
            except OSError as error:
                self._lost = True
                raise MachineError(_ENDED) from error

    def ends(self) -> dict[int, int]:
        """Children that have ended since the last call: process id -> exit code, negative for a signal."""
        with self._turn:
            while self._waiting():
                self._note(self._read())
            ended, self._ended = self._ended, {}
        return ended

    def close(self) -> None:
        """End the process and all its children."""
        self._channel.close()
        if not self._has_forked:  # nobody waits until it has loaded
            self._process.kill()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read(self) -> dict[str, Any]:
        packet = self._channel.recv(PACKET)
        if not packet:
            raise EOFError
        message: dict[str, Any] = json.loads(packet)
        return message

    def _waiting(self) -> bool:
        if sys.platform == "win32":
            return False
        try:
            return bool(self._channel.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return False

    def _note(self, message: dict[str, Any]) -> None:
        if "ended" in message:
            self._ended[message["ended"]] = message["status"]

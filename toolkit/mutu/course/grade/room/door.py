"""Opens a room: what the loaded process forks for an examiner, or for the candidate of one submission.

Both get the same walls. The process that is forked stays as the gate: it has no rights outside, holds nothing that was
handed in but the files, and is the way to its child, in which code of others runs.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mutu.course.grade.room import candidate, examining, loaded, visit, walls
from mutu.kernels import cage

if sys.platform == "win32":
    raise ImportError("nothing is forked there")


def examine(argument: dict[str, Any], control: int) -> int:
    """Be an examiner, which takes one submission after the other from `control`."""
    main = _enter(argument, control)
    visit.lay(visit.files(main))
    pid = _child(argument, [], lambda: examining.serve(main))
    main.close()
    os.waitpid(pid, 0)
    return 0


def be_examined(argument: dict[str, Any], control: int, channel: int, spoken: int, bell: int) -> int:
    """Be the room of one submission's code: files from `control`, orders from `channel`, interrupts from `bell`."""
    main = _enter(argument, control)
    visit.lay(visit.files(main))
    main.close()

    def serve() -> None:
        os.dup2(spoken, 1)
        os.dup2(spoken, 2)
        os.close(spoken)
        candidate.serve(socket.socket(fileno=channel))

    pid = _child(argument, [bell], serve)
    os.close(channel)
    os.close(spoken)
    _pass_on(socket.socket(fileno=bell), pid)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return 0


def _enter(argument: dict[str, Any], control: int) -> socket.socket:
    if argument["caged"]:
        cage.enter(walls.place(argument), cage.Limits(**argument["limits"]))
        os.chdir(walls.WORK)
    else:
        os.chdir(Path(argument["work"]))
    return socket.socket(fileno=control)


def _child(argument: dict[str, Any], kept: list[int], serve: Callable[[], None]) -> int:
    """The process in which code of others runs; what the gate alone keeps is closed there."""
    pid = os.fork()
    if pid != 0:
        return pid
    status = 1
    try:
        for descriptor in kept:
            os.close(descriptor)
        if argument["caged"]:
            cage.become_candidate(cage.Limits(**argument["limits"]))
        else:
            os.setsid()
        loaded.before.import_here()
        serve()
        status = 0
    finally:
        os._exit(status)


def _pass_on(bell: socket.socket, pid: int) -> None:
    """Interrupt the child whenever the examiner rings, and say so, until it rings no more."""
    while bell.recv(1):
        os.killpg(pid, signal.SIGINT)
        bell.send(b"!")

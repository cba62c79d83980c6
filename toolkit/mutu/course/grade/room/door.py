"""Opens a room: what the loaded process forks for one submission."""

from __future__ import annotations

import io
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from mutu.course.grade.room import candidate, visit, walls
from mutu.course.grade.room.line import Candidate
from mutu.kernels import cage

if sys.platform == "win32":
    raise ImportError("nothing is forked there")


def enter(argument: dict[str, Any], descriptor: int) -> int:
    """Be the room of one submission: take files and job from the socket, report cell by cell, end."""
    main = socket.socket(fileno=descriptor)
    limits = cage.Limits(**argument["limits"])
    if argument["caged"]:
        cage.enter(walls.place(argument), limits)
        os.chdir(walls.WORK)
    else:
        visit.move(Path(argument["work"]) / visit.TRAINEE)
    files = visit.files(main)
    visit.lay(files["files"])
    own, theirs = socket.socketpair()
    heard, spoken = os.pipe()
    pid = os.fork()
    if pid == 0:
        own.close()
        main.close()
        os.close(heard)
        _be_candidate(theirs, spoken, limits if argument["caged"] else None)
    theirs.close()
    os.close(spoken)
    if files["own"]:
        if argument["caged"]:
            cage.set_apart(walls.place(argument), limits)
        else:
            visit.move(Path(argument["work"]) / visit.TRAINER)
        visit.lay_apart(files["own"])
    visit.examine(main, Candidate(own, io.FileIO(heard), lambda _turn: os.killpg(pid, signal.SIGINT)))
    own.close()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return 0


def _be_candidate(channel: socket.socket, spoken: int, limits: cage.Limits | None) -> None:
    status = 1
    try:
        os.dup2(spoken, 1)
        os.dup2(spoken, 2)
        os.close(spoken)
        if limits is None:
            os.setsid()
        else:
            cage.become_candidate(limits)
        sys.path.insert(0, "")  # a notebook imports from its own folder
        candidate.serve(channel)
        status = 0
    finally:
        os._exit(status)

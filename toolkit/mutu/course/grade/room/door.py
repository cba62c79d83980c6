"""Opens a room: what the loaded process forks for one submission."""

from __future__ import annotations

import base64
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from mutu.course.grade.room import candidate, walls, wire
from mutu.course.grade.room.examiner import Candidate, Examiner, LostError
from mutu.kernels import cage


def enter(argument: dict[str, Any], descriptor: int) -> int:
    """Be the room of one submission: take files and job from the socket, report cell by cell, end."""
    main = socket.socket(fileno=descriptor)
    limits = cage.Limits(**argument["limits"])
    if argument["caged"]:
        cage.enter(walls.place(argument), limits)
        os.chdir(walls.WORK)
    else:
        os.chdir(argument["work"])
    files = wire.receive(main)
    _lay(files["files"])
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
    if argument["caged"] and files["own"]:
        cage.set_apart(walls.place(argument), limits)
        _lay(files["own"])
        sys.path.insert(0, "")  # the trainer's own helpers; nothing of a trainee's is here
    wire.send(main, {"ready": True})
    job = wire.receive(main)  # only now the hidden tests come in, where no trainee's code ever is
    examiner = Examiner(Candidate(own, heard, pid), lambda report: wire.send(main, report))
    with suppress(LostError):
        examiner.take(job)
        wire.send(main, {"end": True})
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


def _lay(files: dict[str, str]) -> None:
    """Write the submission's files into the working directory; their names were checked by who sent them."""
    for name, content in files.items():
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(content))

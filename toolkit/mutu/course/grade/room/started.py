"""A room whose processes are started, not forked: for systems that cannot fork a loaded process. It has no walls.

examiner     started by who grades; starts the candidate at once, so that both load side by side
candidate    talks to the examiner over two channels: orders and answers, and a bell that interrupts

Each is told where to go on its stdin. What programs of the candidate's write to its stdout is read by a thread, as
`select` takes nothing but sockets on Windows.
"""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from select import select
from typing import IO, Any

from mutu.course.grade import processes
from mutu.course.grade.room import interrupt, meeting, visit, wire
from mutu.course.grade.room.line import SECONDS, Candidate

# where the trainee's code runs, and where the trainer's own files are
_TRAINEE, _TRAINER = "peserta", "pengajar"
EXAMINER, CANDIDATE = "examine", "be_examined"
_LOOKS = 0.5  # seconds between looks at whether somebody grades

_BEGIN = "import mutu.course.grade.room.started as room; room.{what}()"


def start(what: str, told: Mapping[str, Any], **popen: Any) -> subprocess.Popen[bytes]:
    """A process of a room, which neither Ctrl-C in the terminal nor a file in its folder reaches.

    Parameters
    ----------
    what : EXAMINER or CANDIDATE
    told : where to go, and what to load
    popen : as `subprocess.Popen` takes it
    """
    if sys.platform == "win32":
        popen["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    else:
        popen["start_new_session"] = True
    command = [sys.executable, "-P", "-c", _BEGIN.format(what=what)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, **popen)
    assert process.stdin is not None  # noqa: S101 - a pipe was asked for
    with suppress(OSError):  # who waits for it sees that it has ended
        process.stdin.write(json.dumps(told).encode())
        process.stdin.close()
    return process


def examine() -> None:
    """Be the examiner: take files and job from who grades, report cell by cell, end."""
    told = _told()
    main = meeting.go(told["place"])
    folder = Path(told["work"])
    _move(folder / _TRAINEE)
    meetings = [meeting.Meeting(), meeting.Meeting()]
    places = [each.place for each in meetings]
    candidate = start(
        CANDIDATE,
        {"places": places, "modules": told["modules"]},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    threading.Thread(target=_follow, args=(main, candidate), daemon=True, name="mutu-follow").start()
    try:
        assert candidate.stdout is not None  # noqa: S101 - a pipe was asked for
        printed = _heard(candidate.stdout)
        _load(told["modules"])
        channel, bell = (each.wait(SECONDS, lambda: candidate.poll() is None) for each in meetings)
        _take(main, channel, bell, printed, folder)
    except (wire.WireError, meeting.AbsentError):  # nobody grades any more, or there is nobody to examine
        return
    finally:
        _end(candidate)


def _take(
    main: socket.socket, channel: socket.socket, bell: socket.socket, printed: io.RawIOBase, folder: Path
) -> None:
    from mutu.course.grade.room import loaded

    visit.lay(visit.files(main))
    _move(folder / _TRAINER)
    visit.lay(visit.files(main))
    loaded.before.import_here()
    visit.examine(main, Candidate(channel, printed, lambda turn: interrupt.ring(bell, turn), forks=False))


def _move(folder: Path) -> None:
    """Into a folder of this room, made where it is not there."""
    folder.mkdir(exist_ok=True)
    os.chdir(folder)


def be_examined() -> None:
    """Be the candidate until the examiner is gone."""
    told = _told()
    channel, bell = map(meeting.go, told["places"])
    _load(told["modules"])
    from mutu.course.grade.room import candidate, loaded

    loaded.before.import_here()
    try:
        candidate.serve(channel, interrupt.Bell(bell))
    finally:
        os._exit(0)  # whatever the trainee's code still wants to do


def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.load(sys.stdin)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a process may have been started with it ignored
    return told


def _load(modules: Iterable[str]) -> None:
    from mutu.course.grade.room import loaded

    loaded.load({"modules": list(modules)})


def _heard(pipe: IO[bytes]) -> io.RawIOBase:
    """What comes out of a pipe, where `select` can wait for it; whoever writes into it waits for who reads."""
    ours, theirs = socket.socketpair()

    def forward() -> None:
        with theirs, suppress(OSError):
            while data := os.read(pipe.fileno(), 65536):
                theirs.sendall(data)

    threading.Thread(target=forward, daemon=True, name="mutu-printed").start()
    return ours.makefile("rb", buffering=0)


def _follow(main: socket.socket, candidate: subprocess.Popen[bytes]) -> None:
    """End with who grades, however that one ended, whatever the candidate does."""
    while True:
        select([main], [], [])
        try:
            gone = not main.recv(1, socket.MSG_PEEK)
        except OSError:
            gone = True
        if gone:
            _end(candidate)
            os._exit(1)
        time.sleep(_LOOKS)  # it is being told something


def _end(candidate: subprocess.Popen[bytes]) -> None:
    """End the candidate and what it has started."""
    processes.end(candidate.pid)
    with suppress(subprocess.TimeoutExpired):
        candidate.wait(5)

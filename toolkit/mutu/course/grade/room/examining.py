"""An examiner's process: one submission after the other, each as if it were the first."""

from __future__ import annotations

import io
import os
import shutil
import socket
import sys
from functools import partial
from pathlib import Path

from mutu.course.grade.room import loaded, visit, wire
from mutu.course.grade.room.line import Candidate

if sys.platform == "win32":
    raise ImportError("descriptors are not sent there")

_DESCRIPTORS = 2


def serve(main: socket.socket) -> None:
    """Take visits until the other side is closed."""
    loaded.remember()
    before = _Before()
    while True:
        main.settimeout(None)
        told, descriptors, _flags, _address = socket.recv_fds(main, len(wire.VISIT), _DESCRIPTORS)
        if not told:
            return
        channel, printed = descriptors
        with socket.socket(fileno=channel) as way, io.FileIO(printed) as heard:
            executed = visit.examine(main, Candidate(way, heard, partial(_interrupt, main)))
        before.restore(executed)


def _interrupt(main: socket.socket, _turn: int) -> None:
    """Have the candidate interrupted by who may; only then it gets its next order."""
    wire.send(main, {"interrupt": True})
    wire.receive(main)


class _Before:
    """What an examiner was before its first visit, and the way back: what one test leaves, the next does not find."""

    def __init__(self) -> None:
        self._folder = Path.cwd()
        self._files = {file: file.read_bytes() for file in self._folder.rglob("*") if file.is_file()}
        self._modules = set(sys.modules)
        self._environment = dict(os.environ)

    def restore(self, executed: list[str]) -> None:
        """Put back names, modules, variables, files."""
        loaded.afresh(executed)
        for name in [name for name in set(sys.modules) - self._modules if self._is_here(name)]:
            del sys.modules[name]
        if dict(os.environ) != self._environment:
            os.environ.clear()
            os.environ.update(self._environment)
        self._restore_files()

    def _is_here(self, name: str) -> bool:
        """Whether a module is one of the trainer's own files."""
        return str(getattr(sys.modules[name], "__file__", None) or "").startswith(f"{self._folder}{os.sep}")

    def _restore_files(self) -> None:
        os.chdir(self._folder)
        for found in self._folder.iterdir():
            if not any(file == found or found in file.parents for file in self._files):
                shutil.rmtree(found, ignore_errors=True) if found.is_dir() else found.unlink(missing_ok=True)
        for file, content in self._files.items():
            if not file.is_file() or file.read_bytes() != content:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)

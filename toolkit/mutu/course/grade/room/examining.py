"""An examiner's process: one submission after the other, each as if it were the first."""

from __future__ import annotations

import io
import os
import socket
import stat
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from mutu.course.grade.room import loaded, visit, wire
from mutu.course.grade.room.line import Candidate
from mutu.course.grade.room.restore import Settings
from mutu.kernels import cage

if sys.platform == "win32":
    raise ImportError("descriptors are not sent there")

_DESCRIPTORS = 2
# of the 256 that a room may have open: what tests leave open cannot be told from what libraries need
_MOST_OPEN = 128


def serve(main: socket.socket) -> None:
    """Take visits until the other side is closed, or too much has been left open."""
    loaded.remember()
    before = _Before()
    while True:
        main.settimeout(None)
        told, descriptors, _flags, _address = socket.recv_fds(main, len(wire.VISIT), _DESCRIPTORS)
        if told != wire.VISIT or len(descriptors) != _DESCRIPTORS:
            return
        channel, printed = descriptors
        with socket.socket(fileno=channel) as way, io.FileIO(printed) as heard:
            executed = visit.examine(main, Candidate(way, heard, partial(_interrupt, main)))
        before.restore(executed)
        if len(os.listdir("/proc/self/fd")) > _MOST_OPEN:  # noqa: PTH208
            return


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
        self._settings = Settings()

    def restore(self, executed: list[str]) -> None:
        """Put back names, modules, variables, settings, files."""
        sources = [*executed, *self._helpers(loaded.words(executed))]
        loaded.afresh(sources)
        self._forget_modules(loaded.words(sources))
        if dict(os.environ) != self._environment:
            os.environ.clear()
            os.environ.update(self._environment)
            time.tzset()
        self._settings.restore()
        self._restore_files()

    def _helpers(self, words: set[str]) -> list[str]:
        """The texts of the trainer's own modules, where the cells import one."""
        own = {file: text for file, text in self._files.items() if file.suffix == ".py"}
        imports = any({file.stem, file.parent.name} & words for file in own)
        return [text.decode(errors="replace") for text in own.values()] if imports else []

    def _forget_modules(self, words: set[str]) -> None:
        """Forget the trainer's own modules, and what a test has put in the place of one."""
        for name in set(sys.modules) - self._modules:
            spec = getattr(sys.modules[name], "__spec__", None)
            if (spec is None and name.partition(".")[0] in words) or self._is_here(spec):
                del sys.modules[name]

    def _is_here(self, spec: Any) -> bool:
        """Whether a module, or a folder of modules, is one of the trainer's own files."""
        places = [getattr(spec, "origin", None), *(getattr(spec, "submodule_search_locations", None) or ())]
        return any(str(place).startswith(f"{self._folder}{os.sep}") for place in places)

    def _restore_files(self) -> None:
        os.chdir(self._folder)
        for folder in (self._folder, *cage.scratch()):
            _empty(folder)
        for file, content in self._files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _empty(folder: Path) -> None:
    """Remove what is in a folder, also where a test has forbidden it."""
    folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IRWXU)
    for found in folder.iterdir():
        if found.is_dir() and not found.is_symlink():
            _empty(found)
            found.rmdir()
        else:
            found.unlink()

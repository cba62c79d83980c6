"""The pages for offices: a Voila process beside the server, started again when it ends by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO
from urllib.request import ProxyHandler, build_opener

from mutu.serve import ports, preferences
from mutu.serve.workspace import Workspace

_GRACE_SECONDS = 8.0
_RESTARTS, _WITHIN_SECONDS = 5, 300.0
_LOG_BYTES = 1_000_000


@dataclass
class Pages:
    """The Voila process of a workspace.

    Parameters
    ----------
    workspace : its folder
    landing : the landing page's address, to which the pages lead back
    wish : the port to take when it is free
    """

    workspace: Workspace
    landing: str
    wish: int
    port: int = 0
    given_up: bool = False
    _process: subprocess.Popen[bytes] | None = None
    _starts: deque[float] = field(default_factory=lambda: deque(maxlen=_RESTARTS + 1))

    def start(self) -> None:
        """Start the process at the wished port, or at the next free one."""
        self.port = ports.free_from(self.port or self.wish)
        self._starts.append(time.monotonic())
        command = [
            *(sys.executable, "-m", "mutu.serve.voila"),
            *("--port", str(self.port)),
            *("--workspace", str(self.workspace.root)),
            *("--landing", self.landing),
            *("--lang", preferences.language(self.workspace)),
        ]
        with self._log() as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=os.environ | {"MUTU_PARENT": str(os.getpid())},
            )  # fmt: skip

    def address(self, page: str) -> str:
        """The address of a page."""
        return f"http://{ports.HOST}:{self.port}/{page}"

    @property
    def pid(self) -> int | None:
        """The number of the process, for the curious and for tests."""
        return self._process.pid if self._process else None

    def runs(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def answers(self, seconds: float = 1.0) -> bool:
        """Whether the process says that it is ready."""
        opener = build_opener(ProxyHandler({}))
        with suppress(OSError), opener.open(self.address("health"), timeout=seconds) as answer:
            return bool(answer.status == 204)
        return False

    def watch(self, announce: Callable[[str], None]) -> None:
        """Start the process again when it has ended; not more often than five times in five minutes.

        Parameters
        ----------
        announce : called with "restarted" or "given up"
        """
        self._bound_log()
        if self.runs() or self.given_up or self._process is None:
            return
        self.given_up = len(self._starts) > _RESTARTS and time.monotonic() - self._starts[0] < _WITHIN_SECONDS
        if not self.given_up:
            self.start()
        announce("given up" if self.given_up else "restarted")

    def stop(self) -> None:
        """End the process, gently first."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.terminate()
        try:
            process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _bound_log(self) -> None:
        """Keep one earlier log; the process writes at the end of the file, wherever that is now."""
        path = self.workspace.log / "pages.log"
        with suppress(OSError):
            if path.stat().st_size > _LOG_BYTES:
                shutil.copyfile(path, path.with_suffix(".log.1"))
                os.truncate(path, 0)

    def _log(self) -> IO[bytes]:
        path = self.workspace.log / "pages.log"
        return path.open("ab")

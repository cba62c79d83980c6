"""A `mutu start` for the scripts of this folder: wait for its link, open the page, stop it, look for what is left.

Needs nothing but Python.
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

LINK = r"http://127\.0\.0\.1:\d+/mutu\S*token=\w+"
_MARK = "MUTU_STARTED_BY"
_STOPS_IN_SECONDS = 60


class Started:
    """A running command that ends in a platform; use it as a context manager.

    Parameters
    ----------
    command : program and arguments
    folder : where it runs; its output goes into `start.log` there unless `log` is given
    """

    def __init__(self, command: Sequence[str | Path], folder: Path, log: Path | None = None) -> None:
        self.log = log or folder / "start.log"
        self._mark = secrets.token_hex(8)
        with self.log.open("wb") as out:
            self._process = subprocess.Popen(
                [str(word) for word in command],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                start_new_session=os.name != "nt", env=os.environ | {_MARK: self._mark, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip

    def __enter__(self) -> Started:
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop it as Ctrl-C does, and end by force what has not stopped."""
        if self._process.poll() is None:
            self._press_ctrl_c()
            try:
                self._process.wait(_STOPS_IN_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def wait_for(self, pattern: str, seconds: float) -> str:
        """Wait until it has printed something that matches.

        Raises
        ------
        SystemExit : it ended, or the time is over; what it said is the message
        """
        until = time.monotonic() + seconds
        while not (found := re.search(pattern, self._said())):
            if self._process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"«{pattern}» was not printed:\n{self._said()}")
            time.sleep(0.05)
        return found[0]

    def page(self, link: str) -> str:
        """The landing page behind the link."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())
        with opener.open(link, timeout=60) as answer:
            return str(answer.read().decode())

    def stop(self) -> list[str]:
        """Press Ctrl-C and wait for the end; returns the processes that are left (looked for on Linux only)."""
        self._press_ctrl_c()
        self._process.wait(_STOPS_IN_SECONDS)
        return [f"{path.name} {_command(path)}" for path in Path("/proc").glob("[0-9]*") if self._has_mark(path)]

    def _press_ctrl_c(self) -> None:
        if os.name == "nt":
            self._process.terminate()
        else:
            os.killpg(self._process.pid, signal.SIGINT)

    def _said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _has_mark(self, process: Path) -> bool:
        """Whether it was started from here: children inherit the variable."""
        try:
            return f"{_MARK}={self._mark}".encode() in (process / "environ").read_bytes()
        except OSError:
            return False


def _command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""

"""Who is using a workspace: one running platform at a time, and how a second start finds it.

The lock is an open transaction on a small SQLite file. The operating system lets go of it when the process ends,
however it ends, on every system alike, so there are no stale locks to clean up and no process ids to guess at.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from mutu.errors import N_, WorkspaceError
from mutu.serve.workspace import Workspace, write_text

_ANSWER_SECONDS = 2.0


@dataclass(frozen=True)
class Running:
    """A running platform, as its record in the workspace says."""

    pid: int
    port: int
    token: str

    @property
    def link(self) -> str:
        """The one link that opens everything."""
        return f"http://127.0.0.1:{self.port}/mutu?token={self.token}"

    @property
    def ready(self) -> str:
        """The address that answers, without a token, when the landing page can."""
        return f"http://127.0.0.1:{self.port}/mutu/siap"


class InUse(Exception):
    """Another process holds the workspace."""


@contextmanager
def hold(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace while the block runs.

    Raises
    ------
    InUse : another process holds it
    """
    connection = lock(workspace.private / "lock.sqlite")
    try:
        yield
    finally:
        for file in (_record(workspace), workspace.opener):
            file.unlink(missing_ok=True)
        connection.close()


def lock(file: Path) -> sqlite3.Connection:
    """Lock a file until the connection is closed or this process is gone, however it goes.

    Raises
    ------
    InUse : another process holds it
    """
    connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        connection.close()
        raise InUse from error
    return connection


def announce(workspace: Workspace, running: Running) -> None:
    """Write down how the platform is reached; only its owner may read it, since the token is in it."""
    write_text(_record(workspace), json.dumps(asdict(running)) + "\n")


def find(workspace: Workspace, seconds: float = 0.0) -> Running | None:
    """The running platform of a workspace that answers; waits up to `seconds` for one that is still starting."""
    until = time.monotonic() + seconds
    while True:
        running = _read(workspace)
        if running is not None and answers(running):
            return running
        if time.monotonic() >= until:
            return None
        time.sleep(0.2)


def answers(running: Running) -> bool:
    """Whether the platform answers at its address and says that it is this one."""
    with suppress(URLError, OSError, ValueError):
        # a proxy of the office has no business with an address of this machine
        opener = build_opener(ProxyHandler({}))
        with opener.open(running.ready, timeout=_ANSWER_SECONDS) as answer:
            return bool(json.loads(answer.read(1000)).get("pid") == running.pid)
    return False


def refuse_running(workspace: Workspace) -> None:
    """Say that the workspace is in use when it is.

    Raises
    ------
    WorkspaceError : a platform runs in it
    """
    try:
        with hold(workspace):
            return
    except InUse:
        raise WorkspaceError(
            N_("The workspace {folder} is open in a running mutu. Stop it with Ctrl+C first, then try again."),
            folder=workspace.root,
        ) from None


def _record(workspace: Workspace) -> Path:
    return workspace.private / "running.json"


def _read(workspace: Workspace) -> Running | None:
    try:
        return Running(**json.loads(_record(workspace).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None

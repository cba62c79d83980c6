"""JupyterLab's terminal of a running platform, as a person uses it: type a command, read what is printed."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from running import PATIENCE, Platform
from websockets.sync.client import ClientConnection, connect


class Terminal:
    """A terminal that is open; `opened` opens one."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def run(self, command: str, seconds: float = PATIENCE) -> tuple[int, str]:
        """Type a command; returns its exit code and what was printed meanwhile."""
        self._socket.send(json.dumps(["stdin", f'{command}; echo "ended=$?"\r']))
        said, until = "", time.monotonic() + seconds
        while not (ended := re.search(r"ended=(\d+)", said)):
            kind, *rest = json.loads(self._socket.recv(timeout=max(0.0, until - time.monotonic())))
            said += rest[0] if kind == "stdout" else ""
        return int(ended[1]), said


@contextmanager
def opened(platform: Platform) -> Iterator[Terminal]:
    """A new terminal of the platform."""
    name = json.loads(platform.post("/api/terminals", b"")[1])["name"]
    address = platform.base.replace("http", "ws", 1) + f"/terminals/websocket/{name}"
    headers = {"Authorization": f"token {platform.token}"}
    with connect(address, additional_headers=headers, max_size=None, proxy=None) as socket:
        yield Terminal(socket)

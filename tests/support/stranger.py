"""A stranger at the pages' address: HTTP and a kernel's WebSocket spoken without a browser."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socket import create_connection
from typing import Any
from uuid import uuid4

import psutil
from jupyter_client import BlockingKernelClient
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from websockets.sync.client import connect

PROTOCOL = "v1.kernel.websocket.jupyter.org"
MARK = re.compile(r'data-mutu="(kernel|model)">"([^"]+)"')


@dataclass
class Answer:
    """What came back over HTTP."""

    status: int
    headers: dict[str, str]
    text: str
    cookies: list[str]


def ask(server: Any, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    given = {name.lower(): value for name, value in answer.getheaders()}
    return Answer(answer.status, given, text, answer.headers.get_all("Set-Cookie", []))


class Visitor:
    """A page opened without a browser: its kernel, its form and its cookie."""

    def __init__(self, server: Any, slug: str = "pekppp") -> None:
        self.server = server
        self.page = ask(server, f"/{slug}")
        assert self.page.status == 200
        found = dict(MARK.findall(self.page.text))
        self.kernel, self.model = found["kernel"], found["model"]
        self.cookie = self.page.headers["set-cookie"].partition(";")[0]

    def socket(self, kernel: str | None = None, name: str = "", **changes: Any) -> Any:
        """The kernel's WebSocket, as the page opens it unless something is changed; name: what the host is called."""
        headers = {"Cookie": self.cookie, "Origin": self.server.url} | changes.pop("headers", {})
        protocols = changes.pop("protocols", [PROTOCOL])
        host = name or f"127.0.0.1:{self.server.port}"
        address = f"ws://{host}/api/kernels/{kernel or self.kernel}/channels?session_id={uuid4()}"
        origin = headers.pop("Origin")
        there = create_connection(("127.0.0.1", self.server.port))
        changes = {"open_timeout": 30, "sock": there} | changes
        return connect(address, additional_headers=headers, origin=origin, subprotocols=protocols, **changes)


def message(kind: str, content: dict[str, Any], channel: str = "shell") -> bytes:
    header = {"msg_id": uuid4().hex, "msg_type": kind, "username": "", "session": "s", "version": "5.3", "date": ""}
    parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
    return serialize_msg_to_ws_v1(parts, channel)


def to_form(model: str, content: Any) -> bytes:
    return message("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": content}})


def heard(socket: Any, seconds: float = 1.5) -> list[tuple[str, dict[str, Any]]]:
    """Everything that comes back within some seconds, as (type, content)."""
    found, end = [], time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        try:
            _channel, parts = deserialize_msg_from_ws_v1(socket.recv(timeout=left))
        except TimeoutError:
            break
        found.append((json.loads(parts[0])["msg_type"], json.loads(parts[3])))
    return found


def said(socket: Any) -> dict[str, Any]:
    """The next thing the form says."""
    _channel, parts = deserialize_msg_from_ws_v1(socket.recv(timeout=60))
    assert json.loads(parts[0])["msg_type"] == "comm_msg"
    return json.loads(parts[3])["data"]["content"]


def reply(socket: Any, model: str, kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """The form's reply to a request."""
    socket.send(to_form(model, {"id": 1, "kind": kind, "with": values}))
    while (answer := said(socket))["re"] != 1:
        pass
    return answer


@contextmanager
def overhearing(kernel: psutil.Process) -> Iterator[Callable[[], bool]]:
    """Listen at all ports of a kernel as any account of this machine can; ask whether anything was heard."""
    ports = {each.laddr.port for each in kernel.net_connections("tcp") if each.status == psutil.CONN_LISTEN}
    assert len(ports) >= 5
    channels = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
    clients = [BlockingKernelClient() for _port in ports]
    for client, port in zip(clients, ports, strict=True):
        client.load_connection_info({"ip": "127.0.0.1", **dict.fromkeys(channels, port)})
        client.start_channels(shell=False, iopub=True, stdin=False, hb=False, control=False)
    yield lambda: any(client.iopub_channel.msg_ready() for client in clients)
    for client in clients:
        client.stop_channels()

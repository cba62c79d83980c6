"""The WebSocket between a page and its kernel.

Voila lets a page open comms, write any synced trait and stop its kernel, and lets whoever knows a
kernel's id do so. Here only the visitor who opened the page may speak, only in messages to a form
(`custom`, which the kernel validates), and only a form's messages come back: no output, no error,
no traceback.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web
from tornado.iostream import StreamBufferFullError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from mutu.serve.voila.safe import is_ours, visitor_of

PROTOCOL = "v1.kernel.websocket.jupyter.org"
FROM_PAGE = frozenset({"comm_msg", "kernel_info_request"})
TO_PAGE = frozenset({"comm_msg", "comm_close", "kernel_info_reply"})
LARGEST = 1024 * 1024
MOST_PARTS = 16
UNREAD = 64 * 2**20  # bytes that wait for a page; the largest report is smaller
_HEADER = frozenset({"msg_id", "msg_type", "username", "session", "date", "version"})
_SHORT = 64
_COMM = re.compile(r"[0-9a-f]{32}")
TOO_OFTEN, GONE = 4429, 4408


def may_pass(message: bytes | str) -> bool:
    """Whether a page may send this to its kernel; whatever cannot be read may not."""
    if not _is_framed(message):
        return False
    try:
        channel, parts = deserialize_msg_from_ws_v1(message)  # type: ignore[no-untyped-call]
        header = json.loads(parts[0])
        kind = header["msg_type"]
        plain = _is_plain(header) and json.loads(parts[1]) == json.loads(parts[2]) == {}
        return channel == "shell" and plain and kind in FROM_PAGE and (kind != "comm_msg" or _to_a_form(parts[3]))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return False


def _bytes(part: Any) -> bytes:
    return bytes(getattr(part, "buffer", part))  # a frame of ZeroMQ, or its bytes


def _is_framed(message: bytes | str) -> bool:
    """Whether the number of parts can be true: Jupyter's reader counts as far as it is told to."""
    return isinstance(message, bytes) and 6 <= int.from_bytes(message[:8], "little") <= MOST_PARTS


def _is_plain(header: dict[str, Any]) -> bool:
    """Whether a header says what a page's does: other fields steer the kernel, long ones fill its log."""
    return set(header) == _HEADER and all(isinstance(said, str) and len(said) <= _SHORT for said in header.values())


def _to_a_form(content: bytes) -> bool:
    said = json.loads(content)
    data = said["data"]
    if set(said) != {"comm_id", "data"} or not _COMM.fullmatch(said["comm_id"]):
        return False
    return set(data) == {"method", "content"} and data["method"] == "custom" and isinstance(data["content"], dict)


class FormConnection(ZMQChannelsWebsocketConnection):
    """Passes on a form's messages and nothing else, in either direction."""

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        """From the page; dropped without an answer when it is not for a form."""
        if may_pass(incoming_msg):
            self.websocket_handler.settings["mutu_seats"].spoke(self.kernel_id)
            super().handle_incoming_message(incoming_msg)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """From the kernel; its output, its errors and its state stay here."""
        _, parts = self.session.feed_identities(outgoing_msg, copy=True)
        if json.loads(_bytes(parts[1]))["msg_type"] in TO_PAGE:
            self.websocket_handler.settings["mutu_seats"].answered(self.kernel_id)
            super().handle_outgoing_message(stream, outgoing_msg)


class Channel(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """Opens only for the browser that opened the page, from the page's own address."""

    max_message_size = LARGEST

    def initialize(self) -> None:
        """What is counted is counted for the kernel, not for a connection."""
        self.seats = self.settings["mutu_seats"]
        self.is_open = False

    def _is_from_here(self) -> bool:
        """Only this very address; tornado itself lets a program pass that names none."""
        return bool(urlsplit(self.request.headers.get("Origin", "")).netloc == self.request.host)

    async def get(self, kernel_id: str) -> None:
        """Refuse before anything of the kernel is touched."""
        mine = self.seats.belongs(kernel_id, visitor_of(self)) and kernel_id in self.kernel_manager
        if (
            not mine
            or not is_ours(self)
            or not self._is_from_here()
            or PROTOCOL not in self.request.headers.get("Sec-WebSocket-Protocol", "")
        ):
            raise web.HTTPError(403)
        if not self.seats.may_connect(kernel_id):
            raise web.HTTPError(429)
        self.is_open = True
        self.seats.connected(kernel_id)
        try:
            await super().get(kernel_id)
        finally:
            if self.ws_connection is None:  # it never came to an open connection
                self._leave(kernel_id)

    async def open(self, kernel_id: str) -> None:
        """Remember the connection, and how much may wait for a page that does not read."""
        self.ws_connection.stream.max_write_buffer_size = UNREAD
        self.settings["mutu_sockets"].setdefault(kernel_id, set()).add(self)
        await super().open(kernel_id)

    def on_message(self, ws_message: Any) -> None:
        """Pass one message on, or end a page that sends too many."""
        if not self.seats.may_send(self.kernel_id, len(ws_message)):
            self.close(TOO_OFTEN)
        elif isinstance(ws_message, bytes):
            super().on_message(ws_message)

    def on_close(self) -> None:
        """Count the page as gone."""
        self._leave(self.kernel_id)
        super().on_close()

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send to the page; one that does not read what it asked for is cut off."""
        try:
            return super().write_message(message, binary)
        except StreamBufferFullError:
            self.ws_connection.stream.close()
            return None

    def _leave(self, kernel_id: str) -> None:
        if self.is_open:
            self.is_open = False
            self.seats.disconnected(kernel_id)
            self.settings["mutu_sockets"].get(kernel_id, set()).discard(self)

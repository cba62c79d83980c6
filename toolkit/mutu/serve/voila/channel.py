"""The WebSocket between a page and its kernel.

Voila lets a page open comms, write any synced trait and stop its kernel, and lets whoever knows a
kernel's id do so. Here only the visitor who opened the page may speak, only in messages to a form
(`custom`, which the kernel validates), and only a form's messages come back: no output, no error,
no traceback.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from mutu.serve.voila.gate import Rate
from mutu.serve.voila.safe import visitor_of

PROTOCOL = "v1.kernel.websocket.jupyter.org"
FROM_PAGE = frozenset({"comm_msg", "kernel_info_request"})
TO_PAGE = frozenset({"comm_msg", "comm_close", "kernel_info_reply"})
LARGEST = 1024 * 1024
MOST_PARTS = 16
TOO_OFTEN, GONE = 4429, 4408


def may_pass(message: bytes | str) -> bool:
    """Whether a page may send this to its kernel; whatever cannot be read may not."""
    if not _is_framed(message):
        return False
    try:
        channel, parts = deserialize_msg_from_ws_v1(message)  # type: ignore[no-untyped-call]
        kind = json.loads(parts[0])["msg_type"]
        return channel == "shell" and kind in FROM_PAGE and (kind != "comm_msg" or _to_a_form(parts[3]))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return False


def _bytes(part: Any) -> bytes:
    return bytes(getattr(part, "buffer", part))  # a frame of ZeroMQ, or its bytes


def _is_framed(message: bytes | str) -> bool:
    """Whether the number of parts can be true: Jupyter's reader counts as far as it is told to."""
    return isinstance(message, bytes) and 6 <= int.from_bytes(message[:8], "little") <= MOST_PARTS


def _to_a_form(content: bytes) -> bool:
    data = json.loads(content)["data"]
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
            super().handle_outgoing_message(stream, outgoing_msg)


class Channel(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """Opens only for the browser that opened the page, from the page's own address."""

    max_message_size = LARGEST

    def initialize(self) -> None:
        """Every connection may send 50 messages a second, 400 at once."""
        self.seats = self.settings["mutu_seats"]
        self.rate = Rate(a_second=50, burst=400)
        self.is_open = False

    def _is_from_here(self) -> bool:
        """Only this very address; tornado itself lets a program pass that names none."""
        return bool(urlsplit(self.request.headers.get("Origin", "")).netloc == self.request.host)

    async def get(self, kernel_id: str) -> None:
        """Refuse before anything of the kernel is touched."""
        mine = self.seats.belongs(kernel_id, visitor_of(self)) and kernel_id in self.kernel_manager
        if (
            not mine
            or not self._is_from_here()
            or PROTOCOL not in self.request.headers.get("Sec-WebSocket-Protocol", "")
        ):
            raise web.HTTPError(403)
        await super().get(kernel_id)

    async def open(self, kernel_id: str) -> None:
        """Count the page as present."""
        self.is_open = True
        self.seats.connected(kernel_id)
        self.settings["mutu_sockets"].setdefault(kernel_id, set()).add(self)
        await super().open(kernel_id)

    def on_message(self, ws_message: Any) -> None:
        """Pass one message on, or end a page that sends too many."""
        if not self.rate.allows("page"):
            self.close(TOO_OFTEN)
        elif isinstance(ws_message, bytes):
            super().on_message(ws_message)

    def on_close(self) -> None:
        """Count the page as gone."""
        if self.is_open:
            self.is_open = False
            self.seats.disconnected(self.kernel_id)
            self.settings["mutu_sockets"].get(self.kernel_id, set()).discard(self)
        super().on_close()

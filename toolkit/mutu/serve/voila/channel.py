"""The WebSocket between a page and its kernel.

Voila lets a page open comms, write any synced trait and stop its kernel, and lets whoever knows a
kernel's id do so. Here only the visitor who opened the page may speak, only in messages to a form
(`custom`, which the kernel validates), and only the form's replies to what this connection asked come
back: no output, no error, no traceback, nothing another connection asked for.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from mutu.serve.voila.safe import Safe, is_ours, visitor_of

PROTOCOL = "v1.kernel.websocket.jupyter.org"
CHANNELS = ("iopub", "shell")
LARGEST = 1024 * 1024  # bytes of a message from a page, also after it was unpacked
OFFSETS = (6, 7)  # in a frame without a buffer and with one; a form never sends more
AT_ONCE = 8  # requests of a connection that its kernel has not finished; the next are not read meanwhile
PING = 25  # seconds between pings, and until a page that does not answer is gone
_COMM = re.compile(r"[0-9a-f]{32}")
TOO_OFTEN, GONE = 4429, 4408


def to_a_form(frame: bytes) -> list[bytes]:
    """Content and buffers of a message to a form; nothing of any other, also when it cannot be read.

    The header goes no further: its fields steer a kernel and stand in its log.
    """
    if int.from_bytes(frame[:8], "little") not in OFFSETS:  # Jupyter's reader counts as far as it is told to
        return []
    try:
        channel, parts = deserialize_msg_from_ws_v1(frame)  # type: ignore[no-untyped-call]
        kind, content = json.loads(parts[0])["msg_type"], json.loads(parts[3])
        passes = channel == "shell" and kind == "comm_msg" and _is_a_forms(content)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return []
    return list(parts[3:]) if passes else []


def _is_a_forms(content: dict[str, Any]) -> bool:
    data = content["data"]
    if set(content) != {"comm_id", "data"} or not _COMM.fullmatch(content["comm_id"]):
        return False
    return set(data) == {"method", "content"} and data["method"] == "custom" and isinstance(data["content"], dict)


def _bytes(part: Any) -> bytes:
    return bytes(getattr(part, "buffer", part))  # a frame of ZeroMQ, or its bytes


class FormConnection(ZMQChannelsWebsocketConnection):
    """Passes on a form's messages and nothing else, in either direction."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._asked: set[str] = set()
        self._room = asyncio.Event()

    @property
    def subprotocol(self) -> str:
        """The same while the connection closes: Jupyter would turn to its other reader, which takes sizes on trust."""
        return PROTOCOL

    async def _register_session(self) -> None:
        """Name the session ourselves: what a page calls it would stand in the log and in a list for good."""
        self.session.session = self.session_key = uuid4().hex
        self.session.username = ""  # a reply repeats it, and the account's name is nobody's business

    def create_stream(self) -> None:
        """Connect to the kernel's channels that a form needs."""
        for name in CHANNELS:
            stream = getattr(self.kernel_manager, f"connect_{name}")(identity=self.session.bsession)
            stream.channel = name
            self.channels[name] = stream

    async def ask(self, frame: bytes) -> None:
        """Send the kernel what a page asks its form, when the kernel is not behind; anything else is dropped."""
        asked = to_a_form(frame)
        while asked and self.channels and len(self._asked) >= AT_ONCE:
            self._room.clear()
            await self._room.wait()
        if asked and self.channels:
            header = self.session.msg_header("comm_msg")
            self._asked.add(header["msg_id"])
            self.websocket_handler.settings["mutu_seats"].spoke(self.kernel_id)
            self.session.send_raw(self.channels["shell"], [self.session.pack(header), b"{}", b"{}", *asked])

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """From the kernel; its output, its errors and its state stay here."""
        _, parts = self.session.feed_identities(outgoing_msg, copy=True)
        number = json.loads(_bytes(parts[2])).get("msg_id")
        if number not in self._asked:
            return
        kind = json.loads(_bytes(parts[1]))["msg_type"]
        if kind == "comm_msg":
            self.websocket_handler.settings["mutu_seats"].answered(self.kernel_id)
            super().handle_outgoing_message(stream, outgoing_msg)
        elif kind == "status" and json.loads(_bytes(parts[4]))["execution_state"] == "idle":
            self._asked.discard(number)
            self._room.set()

    def disconnect(self) -> None:  # type: ignore[override]
        """Let go of the kernel; nobody waits for it any more."""
        super().disconnect()  # type: ignore[no-untyped-call]
        self.channels = {}
        self._room.set()


class Channel(Safe, VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """Opens only for the browser that opened the page, from the page's own address."""

    max_message_size = LARGEST
    ping_interval = ping_timeout = PING  # tornado's own; Jupyter's would read them as milliseconds

    def initialize(self) -> None:
        """What is counted is counted for the kernel, not for a connection."""
        self.seats = self.settings["mutu_seats"]
        self.counts = False

    async def prepare(self) -> None:
        """Refuse foreign names, then do what Jupyter does."""
        if not is_ours(self):
            raise web.HTTPError(403)
        await VoilaKernelWebsocketHandler.prepare(self)

    async def get(self, kernel_id: str) -> None:
        """Refuse before anything of the kernel is touched; a connection lasts as long as this does."""
        mine = self.seats.belongs(kernel_id, visitor_of(self)) and kernel_id in self.kernel_manager
        if not (mine and self._is_from_here() and self._is_a_pages()):
            raise web.HTTPError(403)
        if not self.seats.may_connect(kernel_id):
            raise web.HTTPError(429)
        self.counts = True
        self.seats.connected(kernel_id)
        try:
            await VoilaKernelWebsocketHandler.get(self, kernel_id)
        finally:
            self._leave(kernel_id)

    def _is_from_here(self) -> bool:
        """Only this very address; tornado itself lets a program pass that names none."""
        return bool(urlsplit(self.request.headers.get("Origin", "")).netloc == self.request.host)

    def _is_a_pages(self) -> bool:
        """Whether it speaks our protocol; Jupyter would speak another one then."""
        spoken = self.request.headers.get("Sec-WebSocket-Protocol", "").split(",")
        return PROTOCOL in {each.strip() for each in spoken}

    async def open(self, kernel_id: str) -> None:
        """Remember the connection and listen to the kernel; Jupyter's own pings are left out."""
        self.pipe = self.ws_connection.stream
        self.settings["mutu_sockets"].setdefault(kernel_id, set()).add(self)
        await self.connection.connect()
        self.seats.heard(kernel_id)

    async def on_message(self, ws_message: Any) -> None:
        """Pass one message on, or end a page that sends too many; what comes after the end is not looked at."""
        if self.ws_connection is None:
            return
        if not self.seats.may_send(self.kernel_id, len(ws_message)):
            self.close(TOO_OFTEN)
        elif isinstance(ws_message, bytes):
            await self.connection.ask(ws_message)

    def on_close(self) -> None:
        """Count the page as gone."""
        self._leave(self.kernel_id)
        super().on_close()

    def write_message(self, message: Any, binary: bool = False) -> None:
        """Send to the page; who does not read what it asked for is cut off."""
        size, backlog = len(message), self.settings["mutu_backlog"]
        if slow := backlog.too_slow(self, size):
            slow.pipe.close()
        if self.ws_connection is None or self.ws_connection.is_closing():
            return
        backlog.add(self, size)
        super().write_message(message, binary).add_done_callback(lambda sent: self._was_read(sent, size))

    def _was_read(self, sent: asyncio.Future[None], size: int) -> None:
        self.settings["mutu_backlog"].read(self, size)
        if not sent.cancelled():
            sent.exception()  # that a page has left is no news

    def _leave(self, kernel_id: str) -> None:
        if self.counts:
            self.counts = False
            self.seats.disconnected(kernel_id)
            self.settings["mutu_sockets"].get(kernel_id, set()).discard(self)

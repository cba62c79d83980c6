"""What every answer of this process carries: safe headers, a cookie that binds a kernel, errors without detail."""

from __future__ import annotations

import logging
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError

from mutu.serve.voila.gate import new_visitor
from mutu.serve.voila.notice import notice

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cache-Control": "no-store",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self' ws://{host} wss://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Safe(RequestHandler):
    """Base of our handlers; stands before Jupyter's in the order of resolution."""

    def set_default_headers(self) -> None:
        """Headers of every answer; the program's name and version are nobody's business."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)
        # a Host with anything but a name and a port never reaches a header
        host = self.request.host if is_plain(self.request.host) else "127.0.0.1"
        self.set_header("Content-Security-Policy", POLICY.format(host=host))

    def prepare(self) -> Any:
        """Answer nobody who asks for another name."""
        if not is_ours(self):
            self.send_error(403)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A page that says what to do, in both languages, and nothing about the machine."""
        if status_code == 503:
            self.set_header("Retry-After", "30")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(notice(status_code, self.settings["mutu_statics"], self.settings["mutu_landing"]))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Our own faults; what a visitor asked for wrongly, or that one left, would fill the log."""
        if typ is not None and not issubclass(typ, (HTTPError, StreamClosedError, WebSocketClosedError)):
            logging.getLogger("mutu.pages").error("A fault in %s", type(self).__name__, exc_info=(typ, value, tb))


def is_ours(handler: RequestHandler) -> bool:
    """Whether the address asked for is ours: a foreign name that leads here is an attack (DNS rebinding)."""
    return handler.request.host_name in handler.settings["mutu_hosts"]


def is_opened(handler: RequestHandler) -> bool:
    """Whether somebody opens this address, as browsers tell it: another site that only loads it, in a picture or a
    frame or ahead of time, would fill all places."""
    told = handler.request.headers
    if "Sec-Purpose" in told:
        return False
    if told.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        return True
    return told.get("Sec-Fetch-Mode") == "navigate" and told.get("Sec-Fetch-Dest") == "document"


def is_plain(host: str) -> bool:
    """Whether a Host header is only a name or number and a port."""
    return all(letter.isalnum() or letter in ".-:[]_" for letter in host)


def cookie_name(handler: RequestHandler) -> str:
    """Cookies are shared by all ports of an address, so the port is in the name."""
    return f"mutu-pengunjung-{handler.settings['mutu_port']}"


def visitor_of(handler: RequestHandler) -> str | None:
    """The visitor's secret, if the browser has one."""
    return handler.get_cookie(cookie_name(handler))


def remember(handler: RequestHandler) -> str:
    """The visitor's secret; a new browser is given one that scripts cannot read and other sites cannot send."""
    known = visitor_of(handler)
    if known and len(known) == len(new_visitor()):
        return known
    visitor = new_visitor()
    secure = handler.request.protocol == "https"
    handler.set_cookie(cookie_name(handler), visitor, path="/", httponly=True, samesite="Strict", secure=secure)
    return visitor

"""The door of this process: how many connections it takes, how large a request may be, how long it may take to come."""

from __future__ import annotations

import sys
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream

MOST = 256  # connections at once that are not yet a page's own; a browser opens six
FILES = 4096  # twenty pages with four connections each need a thousand
# A connection that sends its request slowly, or none, holds an open file; it does not hold it for long.
CONNECTIONS: dict[str, Any] = {
    "max_body_size": 1024,
    "max_header_size": 16 * 1024,
    "idle_connection_timeout": 20,
    "body_timeout": 10,
}


class Door(HTTPServer):
    """Closes a connection too many at once: out of open files, this process would serve nobody."""

    def initialize(self, *arguments: Any, **options: Any) -> None:
        """Nobody is here yet."""
        super().initialize(*arguments, **options)
        self.here = 0

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """A connection comes."""
        if self.here >= MOST:
            stream.close()
            return
        self.here += 1
        super().handle_stream(stream, address)

    def on_close(self, server_conn: object) -> None:
        """It ended, or became a page's own."""
        self.here -= 1
        super().on_close(server_conn)


def more_files() -> None:
    """Ask the system for as many open files as a full house needs; Windows counts them otherwise."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wish = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < wish:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wish, hard))

"""The Jupyter Server: at a socket that is ours already, and ended by the first Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

from jupyter_server.serverapp import ServerApp
from tornado.ioloop import IOLoop, PeriodicCallback
from traitlets.config import Config

from mutu.serve.signals import at_once, on_stop


class Server(ServerApp):
    """Jupyter's server application with the parts of its start and stop that mutu decides."""

    name = "mutu"

    def __init__(
        self, *, listening: socket.socket, ready: Callable[[], None], web: dict[str, Any], **options: Any
    ) -> None:
        super().__init__(**options)
        self._listening = listening
        self._ready = ready
        self._web = web

    def init_webapp(self) -> None:
        """Give the handlers our own objects too, which a configuration, being copied, cannot carry."""
        super().init_webapp()
        self.web_app.settings.update(self._web)

    def init_signal(self) -> None:
        """Stop at the first sign, on every system."""
        on_stop(self._leave)

    def start_app(self) -> None:
        """Write the server's record; the sentences a person reads are said by `ready`."""
        self.write_server_info_file()

    def every(self, milliseconds: float, task: Callable[[], None]) -> None:
        """Do something again and again while the server runs."""
        PeriodicCallback(task, milliseconds).start()

    def later(self, seconds: float, task: Callable[[], None]) -> None:
        """Do something once, after the server has begun to answer."""
        IOLoop.current().call_later(seconds, task)

    def _leave(self, number: int, frame: FrameType | None) -> None:
        """Stop in good order; a second sign does not wait for kernels that do not listen."""
        on_stop(at_once)
        self.stop(from_signal=True)

    def _find_http_port(self) -> None:
        """The port was reserved before anything was started."""

    def _bind_http_server_tcp(self) -> bool:
        self.http_server.add_socket(self._listening)
        self._ready()
        return True


def make(
    settings: dict[str, dict[str, Any]],
    *,
    listening: socket.socket,
    ready: Callable[[], None],
    web: dict[str, Any],
) -> Server:
    """A server ready to run.

    Parameters
    ----------
    settings : class of Jupyter -> trait -> value
    listening : the socket at which it answers
    ready : called once when it answers
    web : what handlers find in `self.settings`
    """
    config = Config(settings)
    server = Server.instance(config=config, listening=listening, ready=ready, web=web)
    server.initialize([])
    return server

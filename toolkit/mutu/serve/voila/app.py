"""Voila's application with our own short list of handlers, and an end that leaves nothing behind."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
import signal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from jupyter_server.auth.identity import IdentityProvider, User
from nbformat.sign import NotebookNotary
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import RequestHandler
from traitlets import Callable, Instance, List, Unicode
from traitlets.config import Config
from voila.app import Voila

from mutu.assess.pages import front, slugs
from mutu.content import find
from mutu.errors import N_, PortError, reason
from mutu.locale import LANGUAGES
from mutu.serve.voila import pages, statics
from mutu.serve.voila.channel import GONE, Channel
from mutu.serve.voila.door import CONNECTIONS, Door
from mutu.serve.voila.gate import Backlog, Limits, Rate, Seats
from mutu.serve.voila.kernels import OneKernelSpec, PageKernels, private_root

_HERE = Path(__file__).parent
_KERNEL = r"(?P<kernel_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_HEAD_START = 1.0  # seconds in which the rest of the platform starts
LOCAL = ("127.0.0.1", "localhost", "[::1]", "::1")
# A page reads no traceback, a dead kernel is not replaced by an empty one, nothing waits for a closed page, and no
# other account of this machine can listen to what a kernel says at its ports.
SETTINGS = Config(
    {
        "VoilaConfiguration": {
            "template": "mutu",
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "show_tracebacks": False,
            "kernel_spec_manager_class": OneKernelSpec,
            "multi_kernel_manager_class": PageKernels,
        },
        "KernelManager": {
            "autorestart": False,
            "shutdown_wait_time": 1.0,
            "transport_encryption": "auto",
            "client_class": "mutu.serve.voila.client.PromptClient",
        },
        "MappingKernelManager": {"buffer_offline_messages": False, "allow_tracebacks": False},
    }
)


class Nobody(IdentityProvider):
    """Visitors have no account; Jupyter gets a name it asks for, and no cookie of its own is set."""

    def get_user(self, handler: RequestHandler) -> User:
        """The same for everyone."""
        return User("pengunjung")


class Packaged(NotebookNotary):
    """The notebooks came with this package; nobody's list of signatures is asked about them."""

    def check_signature(self, nb: Any) -> bool:
        """They are ours."""
        return True


class Pages(Voila):  # type: ignore[misc]
    """The process of the pages."""

    limits = Instance(Limits, ())
    workspace = Unicode()
    landing = Unicode()
    language = Unicode("id")
    hosts = List(Unicode(), list(LOCAL))
    orphaned = Callable()

    def initialize(self, argv: list[str] | None = None) -> None:
        """Configuration comes from this module alone, not from files lying about on the machine."""
        self.config_file_paths: list[str] = []
        self.root_dir = str(find("assessments"))
        self.open_browser, self.log_level = False, logging.WARNING
        logging.getLogger("tornado.general").setLevel(logging.ERROR)  # its warnings repeat what visitors sent
        self.update_config(SETTINGS)
        self.identity_provider_class = Nobody
        self.kernel_websocket_connection_class = "mutu.serve.voila.channel.FormConnection"
        super().initialize([])
        if hasattr(signal, "SIGBREAK"):  # how Windows asks a console program to stop
            signal.signal(signal.SIGBREAK, self._handle_signal_stop)

    def init_settings(self) -> dict[str, Any]:
        """What tornado reads while the application is being made, so not to be added later."""
        settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.workspace, self.kernel_manager.private = self.workspace, str(self.private)
        self.contents_manager.notary = Packaged(parent=self.contents_manager)  # type: ignore[no-untyped-call]
        seats = Seats(self.limits)
        a_minute = self.limits.pages_a_minute
        own = {
            "seats": seats,
            "sockets": {},
            "backlog": Backlog(),
            "statics": statics.Statics(),
            "rate": Rate(a_second=a_minute / 60, burst=a_minute),
            "hosts": frozenset(self.hosts),
            "port": self.port,
            "landing": _without_secrets(self.landing),
            "language": self.language,
            "end": self.end_kernel,
        }
        return settings | {
            "compress_response": True,
            "websocket_compression_options": {"compression_level": 6, "mem_level": 5},
            "default_handler_class": pages.NothingHandler,
            "allow_unauthenticated_access": True,
            "serve_traceback": False,
            "log_function": _log_faults,
            **{f"mutu_{name}": value for name, value in own.items()},
        }

    def init_handlers(self) -> list[Any]:
        """The addresses of this process; everything of Voila's and Jupyter's that is not here is not there."""
        options = {
            "voila_configuration": self.voila_configuration,
            "template_paths": self.template_paths,
            "config": self.config,
        }
        pages_there = "|".join(map(re.escape, slugs()))
        return [
            (r"/health", pages.HealthHandler),
            (r"/static/(.+)", statics.StaticHandler),
            (rf"/close/{_KERNEL}", pages.CloseHandler),
            (rf"/api/kernels/{_KERNEL}/channels", Channel),
            (rf"/({pages_there})", pages.PageHandler, options),
        ]

    def start(self) -> None:
        """Serve until told to stop."""
        self.private, self.in_use = private_root()
        self.connection_dir_root = str(self.private)
        super().start()

    def listen(self) -> None:
        """Take this port or say that it is taken; Voila would quietly take another."""
        try:
            Door(self.app, **CONNECTIONS).listen(self.port, self.ip)
        except OSError as error:
            shutil.rmtree(self.private, ignore_errors=True)
            raise PortError(
                N_("Port {port} cannot be used ({reason}). Give another with --port."),
                port=self.port,
                reason=reason(error),
            ) from error
        self.ioloop = IOLoop.current()
        self.ioloop.call_later(0.1, self._warm)
        self.ioloop.call_later(_HEAD_START, self.kernel_manager.warm_up)
        often = min(5.0, self.limits.after_close / 4, self.limits.after_idle / 4)
        tasks = [PeriodicCallback(self._sweep, often * 1000), PeriodicCallback(self._follow_parent, 1000)]
        for task in tasks:
            task.start()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            for task in tasks:
                task.stop()
            self.stop()

    def stop(self) -> None:
        """End all kernels at once and remove what they had."""
        seats: Seats = self.app.settings["mutu_seats"]

        async def everything() -> None:
            ends = [self.end_kernel(kernel_id) for kernel_id in list(seats.taken)]
            await asyncio.wait_for(asyncio.gather(*ends, return_exceptions=True), 5)

        try:
            self.ioloop.run_sync(everything)
        except TimeoutError:
            self.log.warning("Some kernels did not end in time; they follow when this process is gone.")
        self.in_use.close()
        shutil.rmtree(self.private, ignore_errors=True)

    async def end_kernel(self, kernel_id: str) -> None:
        """End one kernel and close its page's connection; the page then says so and offers to go on."""
        settings = self.app.settings
        settings["mutu_seats"].leave(kernel_id)
        for socket in settings["mutu_sockets"].pop(kernel_id, set()):
            socket.close(GONE)
        await self.kernel_manager.end(kernel_id)

    async def _sweep(self) -> None:
        """End the kernels nobody uses, and those that died."""
        seats: Seats = self.app.settings["mutu_seats"]
        dead = [each for each in list(seats.taken) if await self._is_dead(each)]
        for kernel_id in {*seats.overdue(), *dead}:
            await self.end_kernel(kernel_id)

    async def _is_dead(self, kernel_id: str) -> bool:
        if kernel_id not in self.kernel_manager:  # still being started
            return False
        ready = self.kernel_manager.get_kernel(kernel_id).ready.done()
        return ready and not await self.kernel_manager.is_alive(kernel_id)

    def _warm(self) -> None:
        """Write every page once, so that the first visitor does not wait for templates."""
        for slug in slugs():
            for language in LANGUAGES:
                front(slug, language)

    def _follow_parent(self) -> None:
        if self.orphaned():
            self.ioloop.stop()


def _log_faults(handler: RequestHandler) -> None:
    """Our own faults go into the log; what visitors asked for, and from where, is theirs, and would fill it."""
    if handler.get_status() >= 500 and handler.get_status() != 503:
        logging.getLogger("mutu.pages").error("%s for %s", handler.get_status(), type(handler).__name__)


def _without_secrets(url: str) -> str:
    """The address of the front page without its query: a trainer's token stays with the trainer."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")) if parts.scheme in ("http", "https") else ""

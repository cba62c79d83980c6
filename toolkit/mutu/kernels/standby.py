"""The loaded process of a server, ready in the background, and the kernels that were forked from it."""

from __future__ import annotations

import atexit
import json
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from mutu.errors import MachineError
from mutu.kernels.order import Order, Recipe, environment, installed
from mutu.kernels.streams import Streams
from mutu.kernels.warm import Warm
from mutu.kernels.way import Child, ended, ready

if sys.platform == "win32":
    raise ImportError("nothing is forked there")

_KERNEL = "mutu.kernels.kernel"
_LOADING = 15.0  # seconds that a kernel waits for the process to be loaded, then it starts in the ordinary way
_LISTENING = 2.0  # seconds until a kernel listens; one whose own startup files take longer is left to them
_TOLD = 1.0  # seconds in which the loaded process says how a kernel ended
_ATTEMPTS = 5  # loaded processes that may end by themselves until no further one is made


class Loaded:
    """One loaded process; it lives as long as there is a kernel that came from it."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.installed = installed()
        self._children: set[int] = set()
        self._statuses: dict[int, int] = {}
        self._retired = False
        self._until = time.monotonic() + _LOADING
        self._warm = Warm([*recipe.preload, _KERNEL], environment(recipe), recipe.options)
        self._loading = threading.Thread(target=self._try, daemon=True, name="mutu-standby")
        self._loading.start()

    def _try(self) -> None:
        """Fork once: returns when everything is loaded, and threads of loaded libraries are put away."""
        with suppress(MachineError):
            self._warm.fork(f"{_KERNEL}:nothing", {}).close()

    def is_ready(self) -> bool:
        """Whether everything is loaded, after waiting for it; a process that takes too long is waited for once."""
        self._loading.join(max(0.0, self._until - time.monotonic()))
        return not self._loading.is_alive() and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """Whether it has ended."""
        return self._warm.is_gone

    @property
    def pid(self) -> int:
        """Process id of the loaded process."""
        return self._warm.pid

    def fork(self, descriptors: list[int]) -> Child:
        """A new kernel process; MachineError when there can be none."""
        child = self._warm.fork(f"{_KERNEL}:run", {}, descriptors)
        self._children.add(child.pid)
        return child

    def status(self, pid: int) -> int | None:
        """How a kernel ended, once the loaded process has said so."""
        with suppress(OSError, EOFError):
            self._statuses |= self._warm.ends()
        return self._statuses.pop(pid, None)

    def forget(self, pid: int) -> None:
        """A kernel is gone; a retired process follows its last."""
        self._children.discard(pid)
        if self._retired and not self._children:
            self._warm.close()

    def retire(self) -> None:
        """No further kernel comes from it; those that did go on."""
        self._retired = True
        if self.is_gone or not self._children:
            self._warm.close()

    def close(self) -> None:
        """End it and all its kernels."""
        if self._loading.is_alive():  # it would hear only when it has loaded everything
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self._warm.close()


class Forked:
    """A kernel process, with what `subprocess.Popen` offers of it."""

    stdin = None
    pid: int

    def __init__(self, child: Child, loaded: Loaded, streams: Streams) -> None:
        self._child = child
        self.pid = child.pid
        self.stdout, self.stderr = streams.stdout, streams.stderr
        self.returncode: int | None = None
        self._loaded = loaded
        self._gone_since: float | None = None

    def poll(self) -> int | None:
        """Exit code, negative for a signal; None while it runs."""
        if self.returncode is None and self._child.has_ended:
            status = self._loaded.status(self.pid)
            self._gone_since = self._gone_since or time.monotonic()
            if status is None and time.monotonic() - self._gone_since > _TOLD:
                status = 1  # nobody is left who saw how it ended
            if status is not None:
                self._end(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Exit code, when it has ended."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() >= until:
                raise TimeoutError
            ended(self._child.descriptor, 0.05)
            time.sleep(0.005)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to it, unless it is gone."""
        if self.returncode is None:
            self._child.send_signal(number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _end(self, status: int) -> None:
        self.returncode = status
        self._loaded.forget(self.pid)
        self._child.close()

    def __del__(self) -> None:
        if self.returncode is None:
            with suppress(OSError):
                self._child.close()


class Standby:
    """Keeps one loaded process ready, and makes another when it has ended or packages were installed."""

    def __init__(self) -> None:
        self._loaded: Loaded | None = None
        self._ended = 0
        self._turn = threading.Lock()

    def begin(self, recipe: Recipe) -> Loaded | None:
        """The loaded process for this recipe, which may still be loading; None when there can be none.

        A server has one: kernels of another recipe start in the ordinary way.
        """
        with self._turn:
            loaded = self._loaded
            if loaded is not None and (loaded.is_gone or loaded.installed != installed()):
                self._ended += loaded.is_gone
                loaded.retire()
                loaded = self._loaded = None
            if loaded is None and self._ended < _ATTEMPTS:
                loaded = self._loaded = self._make(recipe)
            return loaded if loaded is not None and loaded.recipe == recipe else None

    def _make(self, recipe: Recipe) -> Loaded | None:
        try:
            return Loaded(recipe)
        except (MachineError, OSError):
            self._ended += 1
            return None

    def fork(self, order: Order, recipe: Recipe) -> Forked | None:
        """A kernel as it was ordered, listening; None when it has to be started in the ordinary way.

        That is also sooner than to wait for a process which only now begins to load.
        """
        before, loaded = self._loaded, self.begin(recipe)
        if loaded is None or loaded is not before or not loaded.is_ready():
            return None
        streams = Streams(order.stdout, order.stderr)
        waits, told = os.pipe()
        letter = _letter(order)
        try:
            forked = Forked(loaded.fork([letter, told, *streams.ends]), loaded, streams)
        except (MachineError, OSError):
            forked = None
        for descriptor in (told, letter):
            os.close(descriptor)
        streams.handed_over()
        if _listens(forked, waits):
            return forked
        streams.give_up()
        return None

    def close(self) -> None:
        """End the loaded process and the kernels that came from it."""
        with self._turn:
            if self._loaded is not None:
                self._loaded.close()
                self._loaded = None


def _letter(order: Order) -> int:
    """A file in memory that only the kernel reads: what one is told never enters the process it is forked from."""
    descriptor = os.memfd_create("order")
    names = ("command", "module", "arguments", "environment", "folder")
    told: dict[str, Any] = {name: getattr(order, name) for name in names} | {"server": os.getpid()}
    with os.fdopen(os.dup(descriptor), "w", encoding="utf-8", errors="surrogateescape") as file:
        json.dump(told, file)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _listens(forked: Forked | None, waits: int) -> bool:
    """Wait until the kernel listens; False when it ended before, or there is none."""
    with os.fdopen(waits, "rb", buffering=0) as pipe:
        if forked is None:
            return False
        if not ready([waits], _LISTENING) or pipe.read(1):
            return True
    forked.kill()
    return False


standby: Standby = Standby()
atexit.register(standby.close)

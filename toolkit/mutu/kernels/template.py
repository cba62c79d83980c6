"""The loaded process behind `mutu.kernels.warm`."""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mutu.kernels.way import PACKET, ready

if sys.platform == "win32":
    raise ImportError("nothing is forked there")

_MANY = 16  # descriptors that may come with a request


def main(descriptor: int, setup: list[Any] | None, modules: list[str]) -> None:
    """Import the modules, then fork a child for every request until the other side is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for who started us
    channel = socket.socket(fileno=descriptor)
    os.set_inheritable(descriptor, False)
    fork = (_function(setup[0])(setup[1]) if setup is not None else None) or os.fork
    for module in modules:
        importlib.import_module(module)
    _serve(channel, fork)


def _serve(channel: socket.socket, fork: Callable[[], int]) -> None:
    """Answer requests until the other side is closed, then end."""
    _quiet()
    _tell(channel, {"loaded": True})
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, _ignored)
    children: dict[int, int] = {}
    while True:
        heard = ready((channel.fileno(), woken))
        if woken in heard:
            os.read(woken, 4096)
            _reap(channel, children)
        if channel.fileno() in heard and not _answer(channel, (woken, wake), children, fork):
            break
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    os._exit(0)  # taking modules apart would keep who waits


def _quiet() -> None:
    """What is loaded stays where it is: the collector of a child neither looks at it nor copies its pages."""
    gc.collect()
    gc.freeze()


def _ignored(_number: int, _frame: Any) -> None:
    """A handler, so that the signal wakes who waits."""


def _answer(channel: socket.socket, own: tuple[int, int], children: dict[int, int], fork: Callable[[], int]) -> bool:
    """Answer one request; False when there will be no more."""
    try:
        packet, descriptors, _flags, _address = socket.recv_fds(channel, PACKET, _MANY)
    except ConnectionResetError:  # closed with something of ours unread
        return False
    if not packet:
        return False
    request = json.loads(packet)
    if "call" in request:
        _function(request["call"])(request["argument"])
        _quiet()
        return True
    is_branch = "branch" in request  # nobody waits for one
    try:
        pid = os.fork() if is_branch else fork()
    except OSError as error:
        if not is_branch:
            _tell(channel, {"pid": None, "error": error.strerror})
    else:
        if pid == 0:
            _child(channel, own, lambda: _run(request, descriptors, fork))
        descriptor = os.pidfd_open(pid)
        children[pid] = _outside(descriptor)
        if not is_branch:
            _tell(channel, {"pid": children[pid]}, descriptor)
        os.close(descriptor)
    for each in descriptors:
        os.close(each)
    return True


def _outside(descriptor: int) -> int:
    """The id by which who asked knows a child: /proc is still his, also where process ids are counted anew here."""
    text = Path(f"/proc/self/fdinfo/{descriptor}").read_text(encoding="ascii")
    return int(text.partition("Pid:")[2].split()[0])


def _child(channel: socket.socket, own: tuple[int, int], run: Callable[[], int]) -> None:
    """Run something in the new process, which ends with it."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        channel.close()
        for each in own:
            os.close(each)
        status = run()
    except BaseException:  # whatever it is, this process must not become a second template unasked
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _run(request: dict[str, Any], descriptors: list[int], fork: Callable[[], int]) -> int:
    """What was asked for: the target, or a further loaded process."""
    if "branch" in request:
        _function(request["branch"])(request["argument"])
        _serve(socket.socket(fileno=descriptors[0]), fork)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _new_chance()
    return _function(request["target"])(request["argument"], *descriptors) or 0


def _function(named: str) -> Callable[..., Any]:
    module, _colon, function = named.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _new_chance() -> None:
    """Random numbers and a key of a child's own; `random` sees to itself."""
    numpy, multiprocessing = sys.modules.get("numpy"), sys.modules.get("multiprocessing.process")
    if numpy is not None:
        numpy.random.seed()
    if multiprocessing is not None:  # who has the key may run code in the processes of another child
        multiprocessing.current_process().authkey = os.urandom(32)


def _reap(channel: socket.socket, children: dict[int, int]) -> None:
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        if pid in children:  # else one that a child has left behind
            _tell(channel, {"ended": children.pop(pid), "status": os.waitstatus_to_exitcode(status)})


def _tell(channel: socket.socket, message: dict[str, Any], *descriptors: int) -> None:
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        socket.send_fds(channel, [json.dumps(message).encode()], descriptors)

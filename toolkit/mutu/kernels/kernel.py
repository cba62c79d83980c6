"""What a forked process does to be the kernel that was ordered: an ordinary ipykernel."""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from select import select
from typing import Any

from mutu.kernels import title
from mutu.kernels.order import LAUNCHER

if sys.platform == "win32":
    raise ImportError("nothing is forked there")

_INLINE = "module://matplotlib_inline.backend_inline"


def nothing(_argument: Mapping[str, Any]) -> int:
    """Shows that forking works."""
    return 0


def run(_argument: Mapping[str, Any], letter: int, told: int, stdout: int, stderr: int) -> int:
    """Be a kernel until it is shut down.

    Parameters
    ----------
    letter : a file with the order
    told : a pipe into which a byte is written when the kernel listens
    stdout, stderr : what becomes descriptors 1 and 2

    Returns
    -------
    The exit code.
    """
    os.setsid()
    with os.fdopen(letter, encoding="utf-8", errors="surrogateescape") as file:
        order = json.load(file)
    for descriptor, number in ((stdout, 1), (stderr, 2)):
        os.dup2(descriptor, number)
        os.close(descriptor)
    _move(order)
    if _must_be_new(order["folder"]):
        os.write(told, b"n")
        os.execve(sys.executable, order["command"], os.environ)  # noqa: S606
    try:
        _serve(order, told)
        code = 0
    except SystemExit as leaving:
        code = _code(leaving.code)
    _leave()
    return code


def _move(order: dict[str, Any]) -> None:
    """Environment, folder and command line of the order."""
    told = {**_told_by_modules(), **order["environment"], "JPY_PARENT_PID": str(order["server"])}
    os.environ.clear()
    os.environ.update(told)
    os.chdir(order["folder"])
    time.tzset()
    title.show(order["command"])
    sys.orig_argv[:] = order["command"]
    sys.argv[:] = [str(importlib.import_module(order["module"]).__file__), *order["arguments"]]
    importlib.invalidate_caches()


def _told_by_modules() -> dict[str, str]:
    """Variables that modules set while they were loaded, as they do in every kernel."""
    before = {entry.partition(b"=")[0] for entry in Path("/proc/self/environ").read_bytes().split(b"\0")}
    return {name: value for name, value in os.environ.items() if os.fsencode(name) not in before}


def _must_be_new(folder: str) -> bool:
    """Whether something in the folder should have been found while modules were loaded: a file of a module's name."""
    loaded = {name for name, module in sys.modules.items() if "." not in name and getattr(module, "__file__", None)}
    loaded -= sys.stdlib_module_names
    found = {entry.name.partition(".")[0] for entry in os.scandir(folder) if _is_module(entry)}
    return Path(folder, "matplotlibrc").exists() or bool(loaded & found)


def _is_module(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith((".py", ".so")) or Path(entry, "__init__.py").is_file()


def _serve(order: dict[str, Any], told: int) -> None:
    if order["module"] != LAUNCHER:
        importlib.import_module(order["module"]).prepare()
    from ipykernel.kernelapp import IPKernelApp

    if matplotlib := sys.modules.get("matplotlib"):  # as it reads the variable, which is set for it, while it is loaded
        matplotlib.rcParams["backend"] = os.environ.get("MPLBACKEND") or _INLINE
    app: Any = IPKernelApp.instance(parent_handle=order["server"])
    app.initialize(order["arguments"])
    app.poller = Watch(order["server"])
    if ipywidgets := sys.modules.get("ipywidgets"):  # it does so itself when it is loaded by a kernel
        ipywidgets.register_comm_target()
    os.write(told, b"y")
    os.close(told)
    app.start()


class Watch(threading.Thread):
    """Ends the kernel when the server that ordered it is gone, however it went."""

    def __init__(self, server: int) -> None:
        super().__init__(daemon=True, name="mutu-watch")
        try:
            self._server = os.pidfd_open(server)
        except ProcessLookupError:
            os._exit(1)

    def run(self) -> None:
        """Wait for it."""
        select([self._server], [], [])
        os._exit(1)


def _code(given: Any) -> int:
    if given is None or isinstance(given, int):
        return int(given or 0) & 0xFF
    sys.stderr.write(f"{given}\n")
    return 1


def _leave() -> None:
    """What an interpreter does before it ends: wait for threads, then call what asked to be called."""
    import atexit

    vars(threading)["_shutdown"]()
    atexit._run_exitfuncs()

"""nbgrader in parts: its package loads all its applications, of which a gradebook needs none."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from types import ModuleType
from typing import Any

from mutu.course.nbgrader.aside import aside

_PACKAGE = "nbgrader"
_GRAMMAR = "rfc3987_syntax"
# of these the parts use a function each: to unpack what was collected, and to ask a JupyterHub
_LATER = ("setuptools.archive_util", "requests")
_lock = threading.RLock()


def part(name: str) -> Any:
    """A module of nbgrader, for instance "api".

    The package's own code has not run then, unless it had before. It runs as ever when anybody imports the package, or
    a module of it that is not loaded.
    """
    whole = f"{_PACKAGE}.{name}"
    with _lock:
        return sys.modules[whole] if whole in sys.modules else _imported(whole)


def _imported(whole: str) -> Any:
    with quickly(), _unswept():
        if _PACKAGE not in sys.modules:
            # where a later version of the module needs more, it gets it
            with suppress(ImportError, AttributeError), aside(_PACKAGE, "nbformat"), _later():
                return import_module(whole)
        return import_module(whole)


@contextmanager
def quickly() -> Iterator[None]:
    """Import nbgrader without the grammar of web addresses that jsonschema would load for it: two of three seconds."""
    if _GRAMMAR in sys.modules:
        yield
        return
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[_GRAMMAR]


@contextmanager
def _later() -> Iterator[None]:
    """Let modules name functions of what is loaded when one of them is called."""
    put = [name for name in _LATER if name not in sys.modules]
    sys.modules.update((name, _Later(name)) for name in put)
    try:
        yield
    finally:
        for name in put:
            del sys.modules[name]


class _Later(ModuleType):
    """A module of which only functions are used."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *given, **named: getattr(import_module(self.__name__), name)(*given, **named)


@contextmanager
def _unswept() -> Iterator[None]:
    """Keep the garbage collector from looking at what is only being loaded, an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

"""nbgrader in parts: its package loads all its applications, of which a gradebook needs none."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

_PACKAGE = "nbgrader"
_GRAMMAR = "rfc3987_syntax"
_lock = threading.RLock()


def part(name: str) -> Any:
    """A module of nbgrader, for instance "api".

    The package's own code has not run then, unless it had before. It runs as ever when anybody imports the package, or
    a module of it that is not loaded.
    """
    whole = f"{_PACKAGE}.{name}"
    if whole in sys.modules:
        return sys.modules[whole]
    with _lock, quickly(), _unswept():
        if _PACKAGE not in sys.modules:
            # where a later version of the module needs the package, it gets it
            with suppress(ImportError, AttributeError), _Aside.shown():
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
def _unswept() -> Iterator[None]:
    """Keep the garbage collector from looking at what is only being loaded, an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Aside:
    """The package before its own code has run, and the finder that has it run there for who imports the package.

    It is among the loaded modules only while one of its parts is, so that everybody else imports it in Python's own
    way, and finds the parts that are loaded in it.
    """

    _only: _Aside | None = None

    def __init__(self) -> None:
        spec = find_spec(_PACKAGE)
        if spec is None:
            raise ModuleNotFoundError(_PACKAGE, name=_PACKAGE)
        self._spec, self._module = spec, module_from_spec(spec)

    @classmethod
    @contextmanager
    def shown(cls) -> Iterator[None]:
        """Let this thread's imports find the package as it is."""
        if cls._only is None:
            cls._only = cls()
            sys.meta_path.insert(0, cls._only)
        sys.modules[_PACKAGE] = cls._only._module
        try:
            yield
        finally:
            del sys.modules[_PACKAGE]

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> ModuleSpec | None:
        """The package's own specification, with this as its loader."""
        if name != _PACKAGE:
            return None
        found = copy(self._spec)
        found.loader = self  # type: ignore[assignment]
        return found

    def create_module(self, _spec: ModuleSpec) -> ModuleType:
        """The module that has the loaded parts."""
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        """Run the package's own code."""
        loader: Any = self._spec.loader
        if module.__spec__ is not None:
            module.__spec__.loader = loader
        with quickly():
            loader.exec_module(module)

"""nbgrader in parts: its package loads all its applications, of which a gradebook needs none."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

_PACKAGE = "nbgrader"
_GRAMMAR = "rfc3987_syntax"


def part(name: str) -> Any:
    """A module of nbgrader, for instance "api".

    The package's own code has not run then, unless it had before. It runs when anybody asks the package for anything
    else, or imports another module of it, so that these find what they always do.
    """
    whole = f"{_PACKAGE}.{name}"
    if whole in sys.modules:
        return sys.modules[whole]
    with quickly():
        if _PACKAGE not in sys.modules:
            _put_aside()
        # where a later version of the module needs the package, it gets it
        with suppress(ImportError, AttributeError), _inside():
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


class _Aside(ModuleType):
    """The package before its own code has run; that runs when something is missed."""

    def __getattr__(self, name: str) -> Any:
        if getattr(_here, "inside", False):
            if name == "__path__":
                return _places(self)
            raise AttributeError(name)
        with _lock:
            if "__path__" not in vars(self):
                _complete(self)
        return ModuleType.__getattribute__(self, name)


_here = threading.local()
_lock = threading.RLock()


def _put_aside() -> None:
    spec = find_spec(_PACKAGE)
    if spec is None:
        raise ModuleNotFoundError(_PACKAGE, name=_PACKAGE)
    package = module_from_spec(spec)
    package.__class__ = _Aside
    del package.__path__  # who looks for a module of the package asks for it
    sys.modules[_PACKAGE] = package


def _places(package: ModuleType) -> Any:
    return package.__spec__ and package.__spec__.submodule_search_locations


@contextmanager
def _inside() -> Iterator[None]:
    """This thread finds the package's modules without its own code."""
    _here.inside = True
    try:
        yield
    finally:
        _here.inside = False


def _complete(package: ModuleType) -> None:
    """Run the package's own code, in its place."""
    package.__path__ = _places(package)
    try:
        with quickly():
            package.__spec__.loader.exec_module(package)  # type: ignore[union-attr]
    except BaseException:
        del package.__path__
        raise
    package.__class__ = ModuleType

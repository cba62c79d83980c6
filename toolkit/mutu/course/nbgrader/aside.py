"""A package of which only a part is loaded; its own code, which loads the rest, runs when anybody imports it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


@contextmanager
def aside(*packages: str) -> Iterator[None]:
    """Let this thread import modules of these packages without the packages' own code; one that is loaded stays."""
    with ExitStack() as shown:
        for package in packages:
            if package not in sys.modules:
                shown.enter_context(_aside(package).shown())
        yield


@cache
def _aside(package: str) -> _Aside:
    found = _Aside(package)
    sys.meta_path.insert(0, found)
    return found


class _Aside:
    """The package before its own code has run, and the finder that has it run there for who imports the package.

    It is among the loaded modules only while one of its parts is, so that everybody else imports it in Python's own
    way, and finds the parts that are loaded in it.
    """

    def __init__(self, package: str) -> None:
        spec = find_spec(package)
        if spec is None:
            raise ModuleNotFoundError(package, name=package)
        self._package, self._spec, self._module = package, spec, module_from_spec(spec)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Let imports find the package as it is."""
        sys.modules[self._package] = self._module
        try:
            yield
        finally:
            del sys.modules[self._package]

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> ModuleSpec | None:
        """The package's own specification, with this as its loader."""
        if name != self._package:
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
        loader.exec_module(module)

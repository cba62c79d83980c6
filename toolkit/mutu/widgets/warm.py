"""Modules a page will need, imported while its visitor is still reading."""

from __future__ import annotations

from importlib import import_module
from threading import Thread


def warm(*modules: str) -> None:
    """Import modules in the background; one that fails fails again, and is reported, where it is used."""

    def load() -> None:
        for name in modules:
            try:
                import_module(name)
            except Exception:  # noqa: S112 - see above
                continue

    Thread(target=load, daemon=True, name="mutu-warm").start()

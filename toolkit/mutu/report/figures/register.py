"""Which figure shows which result: one register, filled by the modules of `of`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar

from mutu.errors import N_, InputError
from mutu.measure.result import Result
from mutu.report.figures.spec import Figure, Rows

MAIN = "main"
_Maker = TypeVar("_Maker", bound=Callable[[Any], Figure])
_makers: dict[type[Result], dict[str, Callable[[Any], Figure]]] = {}


def shows(kind: type[Result], view: str = MAIN) -> Callable[[_Maker], _Maker]:
    """Enter a function that says what a figure of `kind` shows; `view` names a second figure of the same result."""

    def enter(maker: _Maker) -> _Maker:
        _makers.setdefault(kind, {})[view] = maker
        return maker

    return enter


def kinds() -> dict[type[Result], tuple[str, ...]]:
    """The types of results that have figures, with the names of their views."""
    _fill()
    return {kind: tuple(views) for kind, views in _makers.items()}


def spec(result: Any, view: str = MAIN) -> Figure:
    """What the figure of a result shows, in the language in use.

    Raises
    ------
    InputError : results of this type have no such figure
    """
    _fill()
    views = next((_makers[kind] for kind in type(result).__mro__ if kind in _makers), {})
    if not views:
        raise InputError(
            N_("There is no figure for {kind}; its numbers are in its table (rows) and its sentence."),
            kind=type(result).__name__,
        )
    if view not in views:
        raise InputError(
            N_("There is no figure «{view}» for {kind}; choose one of {known}."),
            view=view,
            kind=type(result).__name__,
            known=", ".join(views),
        )
    found = views[view](result)
    return found.shortened() if isinstance(found, Rows) else found


@cache
def _fill() -> None:
    """Load the modules that enter figures: with them come the measures, so only when something is drawn."""
    from mutu.report.figures import of

    for found in iter_modules(of.__path__, f"{of.__name__}."):
        import_module(found.name)

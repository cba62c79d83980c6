"""The landing page at /mutu: three doors, what was left off behind each, and the help beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mutu.serve.workspace import Workspace

if TYPE_CHECKING:
    from mutu.serve.pages import Pages

__all__ = ["Platform"]


@dataclass(frozen=True)
class Platform:
    """What the handlers find in their settings under "mutu"."""

    place: Workspace
    pages: Pages
    pid: int


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "mutu.serve.landing"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Jupyter calls this while it starts."""
    from mutu.serve.landing.handlers import handlers

    server.web_app.add_handlers(".*$", handlers(server.web_app.settings["base_url"]))

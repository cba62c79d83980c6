"""The widget of a page. Its state is written by the kernel alone; a browser asks by messages."""

from __future__ import annotations

from typing import Any

import anywidget
from traitlets import Unicode

from mutu.widgets import bundle
from mutu.widgets.desk import Desk


class Page(anywidget.AnyWidget):
    """A page's model: its HTML, and a desk that answers.

    Parameters
    ----------
    html : the page as the server writes it; a front end that has it already ignores this
    script : name of the render module in `bundle.SCRIPTS`
    desk : answers the messages
    """

    html = Unicode(read_only=True).tag(sync=True)
    _esm = Unicode(read_only=True).tag(sync=True)
    _css = Unicode(read_only=True).tag(sync=True)

    def __init__(self, html: str, script: str, desk: Desk) -> None:
        self.set_trait("html", html)
        self.set_trait("_esm", bundle.script(script))
        self.set_trait("_css", bundle.lab_style())
        self._desk = desk
        desk.send = self.send
        super().__init__()

    def show(self) -> None:
        """Show the page where a notebook's output stands."""
        from IPython import display

        display.display(self)  # type: ignore[no-untyped-call]

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """A browser's write to the state: refused, so that no result can be set from outside."""

    def _handle_msg(self, msg: dict[str, Any]) -> None:
        """Every message from a browser; only these two kinds mean anything here."""
        data = msg["content"].get("data")
        method = data.get("method") if isinstance(data, dict) else None
        if method == "request_state":
            self.send_state()
        elif method == "custom":
            reply, buffers = self._desk.answer(data.get("content"), [bytes(part) for part in msg.get("buffers", ())])
            self.send(reply, buffers)

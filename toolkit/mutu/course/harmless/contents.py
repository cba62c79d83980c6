"""Notebooks for JupyterLab: state of controls that a notebook stores is given to it only where the person trusts it."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager


class Contents(AsyncLargeFileManager):
    """Files as Jupyter reads and writes them.

    JupyterLab makes stored controls as soon as a notebook is opened, trusted or not; with anywidget they may bring a
    program.
    """

    def mark_trusted_cells(self, nb: Any, path: str = "") -> None:
        """Jupyter asks this before it hands a notebook to the browser."""
        if "widgets" in nb["metadata"] and not self.notary.check_signature(nb):  # type: ignore[no-untyped-call]
            del nb["metadata"]["widgets"]
            self.log.info("Stored state of controls in %s is left out: the notebook is not trusted.", path)
        super().mark_trusted_cells(nb, path)  # type: ignore[no-untyped-call]

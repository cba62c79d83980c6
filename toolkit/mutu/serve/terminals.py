"""JupyterLab's terminals: they open where uploaded files lie, and know the commands that the pages name."""

from __future__ import annotations

import os
from typing import Any

from jupyter_server_terminals.terminalmanager import TerminalManager


class Terminals(TerminalManager):
    """Jupyter's own, which would open in the folder where mutu was started."""

    def create(self, **wishes: Any) -> dict[str, Any]:
        """A new terminal: in the folder asked for, else at the top of the workspace."""
        model: dict[str, Any] = super().create(**{"cwd": os.environ["MUTU_HOME"], **wishes})
        return model

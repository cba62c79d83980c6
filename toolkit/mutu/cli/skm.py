"""Commands of `mutu skm`."""

from __future__ import annotations

import typer


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""

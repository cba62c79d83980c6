"""Tables on the command line: their console, and cells that are texts, never markup."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

_PLAIN_WIDTH = 160  # where there is no terminal, nothing needs to be folded to its width


def console() -> Console:
    """Where tables are printed: as wide as the terminal, or as wide as they read well."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=_PLAIN_WIDTH)


def table(title: str, rows: list[dict[str, str]]) -> Table:
    """A table whose cells are texts, never markup; numbers stand at the right."""
    found = Table(title=Text(title), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for name in rows[0]:
        right = all(_is_number(row[name]) for row in rows)
        found.add_column(Text(name), justify="right" if right else "left", overflow="fold")
    for row in rows:
        found.add_row(*(Text(cell) for cell in row.values()))
    return found


def _is_number(cell: str) -> bool:
    return not cell.strip("0123456789.,−+-– ") or not cell

"""Writing a file that a person named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mutu.report.folder import unwritten


@contextmanager
def written(path: Path) -> Iterator[None]:
    """What is done inside writes the file.

    Raises
    ------
    WorkspaceError : the system refuses it
    """
    try:
        yield
    except OSError as error:
        raise unwritten(path, error) from None

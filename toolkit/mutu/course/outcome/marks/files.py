"""Writing a file that a person named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mutu.errors import N_, WorkspaceError, reason


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
        raise WorkspaceError(
            N_("The file {file} cannot be written ({problem}). Close it in other programs, or choose another name."),
            file=path, problem=reason(error),
        ) from None  # fmt: skip

"""Files made together: all of them are put into a folder, or none."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from mutu.errors import N_, WorkspaceError, reason


@contextmanager
def stage(target: Path) -> Iterator[Path]:
    """A folder inside the target in which the files are made; gone afterwards whatever happens.

    Raises
    ------
    WorkspaceError : the target cannot be made or written
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(prefix=".mutu-", dir=target))
    except OSError as error:
        raise WorkspaceError(
            N_("The folder {folder} cannot be written ({why}). Choose another one with --out."),
            folder=target,
            why=reason(error),
        ) from None
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def publish(made: Path, target: Path, names: Iterable[str]) -> None:
    """Move the files of a stage into place; when one cannot be, put back those that stood there.

    Raises
    ------
    WorkspaceError : a file is in use, or a folder has its name; then nothing has changed
    """
    undo: list[Callable[[], object]] = []
    for name in names:
        new, old, kept = made / name, target / name, made / f"{name}.old"
        try:
            if old.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if old.exists():
                old.replace(kept)
                undo.append(lambda kept=kept, old=old: kept.replace(old))  # type: ignore[misc]
            else:
                undo.append(lambda old=old: old.unlink(missing_ok=True))  # type: ignore[misc]
            new.replace(old)
        except OSError as error:
            for step in reversed(undo):
                step()
            raise WorkspaceError(
                N_("{file} cannot be replaced ({why}). Close it in other programs and try again; nothing was changed."),
                file=old,
                why=reason(error),
            ) from None

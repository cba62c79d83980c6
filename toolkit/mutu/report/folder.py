"""Files written whole or not at all: one, or several together."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from mutu.errors import N_, WorkspaceError, reason

_FULL = (errno.ENOSPC, errno.EDQUOT)
_NOWHERE = (errno.EROFS, errno.ENOENT, errno.ENOTDIR)
_REFUSED = (*_FULL, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)


def write_file(file: Path, data: bytes) -> None:
    """Write a file beside its place and put it there when all of it is written; what is no file is written into.

    Raises
    ------
    OSError : the system refuses it; what stood there has not changed, and nothing new is left
    """
    file = file.resolve()
    if file.exists() and not file.is_file():
        file.write_bytes(data)
        return
    draft = file.with_name(f".mutu-{secrets.token_hex(4)}")
    try:
        draft.write_bytes(data)
        if file.exists():
            shutil.copymode(file, draft)
        draft.replace(file)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def unwritten(file: Path, error: OSError) -> WorkspaceError:
    """What to say of a file that somebody named and that cannot be written."""
    if error.errno in _FULL:
        return WorkspaceError(
            N_("The file {file} cannot be written: the disk is full. Free some space, or choose another place."),
            file=file,
        )
    if error.errno in _NOWHERE:
        return WorkspaceError(
            N_("The file {file} cannot be written ({problem}). Choose another folder."),
            file=file, problem=reason(error),
        )  # fmt: skip
    return WorkspaceError(
        N_("The file {file} cannot be written ({problem}). Close it in other programs, or choose another name."),
        file=file, problem=reason(error),
    )  # fmt: skip


@contextmanager
def stage(target: Path) -> Iterator[Path]:
    """A folder inside the target in which the files are made; gone afterwards whatever happens, as is an empty target.

    Raises
    ------
    WorkspaceError : the target cannot be made, or written while the files are made
    """
    is_new = not target.exists()
    try:
        target.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(prefix=".mutu-", dir=target))
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        yield made
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        raise _unwritable(target, error) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
        if is_new:
            with suppress(OSError):  # something is in it
                target.rmdir()


def _unwritable(target: Path, error: OSError) -> WorkspaceError:
    folder = target.absolute()
    if error.errno in _FULL:
        return WorkspaceError(
            N_(
                "The folder {folder} cannot be written: the disk is full. Free some space, or choose another one with "
                "--out."
            ),
            folder=folder,
        )
    return WorkspaceError(
        N_("The folder {folder} cannot be written ({why}). Choose another one with --out."),
        folder=folder, why=reason(error),
    )  # fmt: skip


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

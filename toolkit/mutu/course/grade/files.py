"""Files of a submission: read without following anything a trainee may have put there, written in one step."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mutu.course.grade.mend import Note, Question, harmless
from mutu.course.nbgrader.reading import unwritten
from mutu.errors import N_, Term, reason

MOST_FILES = 1_000
MOST_BYTES = 100_000_000
_DEEPEST = 8
_GROUP = 0o2770
# nothing is followed or waited for, where there are such things; bytes stay as they are, where that has to be asked for
_READ = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    _READ |= getattr(os, _name, 0)

_LEFT = N_("«{file}» was left out: {why}.")
_WHY = {
    "kind": N_("it is no ordinary file but a link or a device"),
    "linked": N_("it is a second name of a file elsewhere"),
    "large": N_("it is too large"),
    "many": N_("there are too many files"),
    "unreadable": N_("it cannot be read"),
}


@dataclass(frozen=True)
class Folder:
    """What was found in a folder: relative name with forward slashes -> content; what was left out, and why."""

    files: Mapping[str, bytes]
    notes: tuple[Note, ...] = ()

    @property
    def beside(self) -> dict[str, bytes]:
        """All but the notebooks at its top."""
        return {name: data for name, data in self.files.items() if not name.endswith(".ipynb") or "/" in name}

    def digest(self) -> str:
        """Changes when a file does."""
        found = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            found.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
            found.update(data)
        return found.hexdigest()


def read(folder: Path, ignored: Iterable[str], largest: int) -> Folder:
    """The ordinary files of a folder.

    Parameters
    ----------
    folder : may hold anything: links, pipes, devices, names of any kind
    ignored : patterns of file and folder names
    largest : bytes of one file
    """
    files: dict[str, bytes] = {}
    notes: list[Note] = []
    patterns = tuple(ignored)
    total = 0
    for path, name in _walk(folder, patterns):
        why, data = _content(path, min(largest, MOST_BYTES - total)) if len(files) < MOST_FILES else ("many", b"")
        if why:
            if len(notes) < 20:
                notes.append(Question("file", _LEFT, {"file": harmless(name), "why": Term(_WHY[why])}))
            continue
        files[name] = data
        total += len(data)
    return Folder(files, tuple(notes))


def _walk(folder: Path, patterns: tuple[str, ...], depth: int = 0, before: str = "") -> Iterator[tuple[str, str]]:
    try:
        # notebooks first: whatever lies beside them takes nobody's marks
        entries = sorted(os.scandir(folder), key=lambda entry: (not entry.name.endswith(".ipynb"), entry.name))
    except OSError:
        return
    for entry in entries:
        if any(fnmatch.fnmatch(entry.name, pattern) for pattern in patterns):
            continue
        name = f"{before}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if depth < _DEEPEST:
                yield from _walk(Path(entry.path), patterns, depth + 1, f"{name}/")
        else:
            yield entry.path, name


def _content(path: str, largest: int) -> tuple[str, bytes]:
    """Why a file is left out, or its content."""
    if not hasattr(os, "O_NOFOLLOW") and Path(path).is_symlink():
        return "kind", b""
    try:
        descriptor = os.open(path, _READ)
    except OSError:
        return ("kind" if Path(path).is_symlink() else "unreadable"), b""
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            return "kind", b""
        if about.st_nlink > 1:
            return "linked", b""
        if about.st_size > largest:
            return "large", b""
        return "", file.read(largest + 1)


def fitting(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files without those in a folder that has the name of another file."""
    return {name: data for name, data in files.items() if not any(str(each) in files for each in _above(name))}


def _above(name: str) -> list[PurePosixPath]:
    return list(PurePosixPath(name).parents)[:-1]


def write(folder: Path, files: Mapping[str, bytes], permissions: int = 0o444, *, shared: bool) -> None:
    """Replace a folder by these files, at once; read-only, as nbgrader leaves them.

    Raises
    ------
    WorkspaceError : the system refuses it; what was there stays
    """
    try:
        _replace(folder, files, permissions, shared=shared)
    except OSError as error:
        with suppress(OSError):
            _remove(_draft(folder))
        raise unwritten(folder, reason(error)) from error


def _draft(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.new")


def _replace(folder: Path, files: Mapping[str, bytes], permissions: int, *, shared: bool) -> None:
    new = _draft(folder)
    _remove(new)
    for name, data in fitting(files).items():
        place = new / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        place.chmod(permissions)
    if shared:
        for place in (new.parent.parent, new.parent, new, *(each for each in new.rglob("*") if each.is_dir())):
            _share(place)
    _remove(folder)
    new.rename(folder)


def _share(folder: Path) -> None:
    """Let a group of trainers write there; a folder of somebody else stays as it is."""
    mode = folder.stat().st_mode
    if mode & _GROUP != _GROUP:
        with suppress(PermissionError):
            folder.chmod((mode | _GROUP) & 0o2777)


def _remove(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        for place in (folder, *folder.rglob("*")):
            if place.is_dir() and not place.is_symlink():
                place.chmod(0o755)
            elif sys.platform == "win32":  # where what is read-only cannot be removed
                place.chmod(0o644)
        shutil.rmtree(folder)

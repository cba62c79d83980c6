"""The whole workspace in one zip file, and back.

SQLite files are copied through SQLite's own backup, so that a copy made while the platform runs is whole. The zip
carries a list of its files with their digests; what comes back is compared with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import mutu
from mutu.errors import N_, MachineError, ReadError, SettingError, reason
from mutu.serve import workspace
from mutu.serve.workspace import Workspace

MANIFEST = "mutu-backup.json"
KIND = "mutu-workspace"
_CHUNK = 1 << 20
_SQLITE = b"SQLite format 3\x00"
# made anew at every start, or copies themselves
_LEFT_OUT = ("cadangan", ".mutu/log", ".mutu/jupyter/runtime", ".mutu/lock.sqlite", ".mutu/running.json")
_OURS = (".mutu/workspace.json", ".mutu/language")
_SETTINGS, _SETTINGS_END = ".mutu/jupyter/config/lab/", (".jupyterlab-settings", ".jupyterlab-workspace")
_SIDE_FILES = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Copied:
    """What a backup holds, and what it does not."""

    file: Path
    files: int
    size: int
    left_out: tuple[str, ...]


def backup(place: Workspace, out: Path, *, inside: bool = False) -> Copied:
    """Write the workspace into a new zip file.

    Parameters
    ----------
    place : the workspace, which may be running
    out : the file to write; one that is there is not replaced
    inside : let it lie inside the workspace, as the copies do that mutu makes before an upgrade

    Returns
    -------
    Copied, with the links and devices that were left out

    Raises
    ------
    ReadError : the folder is no workspace
    SettingError : the file would lie inside the workspace
    MachineError : the file exists already or cannot be written
    """
    if not place.exists():
        raise ReadError(N_("{folder} is not a mutu workspace. Name one with --dir."), folder=place.root)
    out = out.absolute()
    if not inside:
        _refuse_inside(place, out)
    draft = out.with_name(out.name + ".part")
    try:
        if out.exists():
            raise FileExistsError
        out.parent.mkdir(parents=True, exist_ok=True)
        # the links of all assessments are in it: for its owner alone
        with open(draft, "xb", opener=_for_the_owner) as raw:
            copied = _write(place, out, raw)
        draft.rename(out)
    except FileExistsError:
        raise MachineError(N_("{file} exists already. Choose another name for the backup."), file=out) from None
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise MachineError(
            N_("The backup {file} could not be written ({reason}). Choose another place for it."),
            file=out, reason=reason(error),
        ) from None  # fmt: skip
    return copied


def _refuse_inside(place: Workspace, out: Path) -> None:
    root = place.root.resolve()
    if out.resolve().is_relative_to(root):
        raise SettingError(
            N_(
                "{file} would lie inside the workspace and be lost together with it. "
                "Choose a place outside, for instance {other}."
            ),
            file=out, other=root.parent / out.name,
        )  # fmt: skip


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(place: Workspace, out: Path, raw: IO[bytes]) -> Copied:
    listed: list[dict[str, Any]] = []
    odd: list[str] = []
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as packed:
        for path, name in _contents(place.root, odd):
            if path not in (out, out.with_name(out.name + ".part")):
                listed.append(_add(packed, path, name))
        packed.writestr(MANIFEST, json.dumps(_manifest(place, listed), indent=1))
    return Copied(out, len(listed), sum(item["size"] for item in listed), tuple(odd))


def _manifest(place: Workspace, files: list[dict[str, Any]]) -> dict[str, Any]:
    marker = workspace.read_marker(place)
    return {
        "kind": KIND,
        "format": marker["format"] if marker else workspace.FORMAT,
        "mutu": mutu.__version__,
        "made": datetime.now().astimezone().isoformat(timespec="seconds"),
        "files": files,
    }


def _contents(root: Path, odd: list[str]) -> Iterator[tuple[Path, str]]:
    """Files to copy with their names in the zip; links and devices are put into `odd`, never followed."""
    for folder, folders, files in os.walk(root, followlinks=False):
        here = Path(folder)
        folders.sort()
        for name in [name for name in folders if (here / name).is_symlink()]:
            odd.append((here / name).relative_to(root).as_posix())
        folders[:] = [name for name in folders if not _is_left_out(root, here / name)]
        for name in sorted(files):
            path = here / name
            if _is_left_out(root, path) or (name.endswith(_SIDE_FILES) and _is_side_file(path)):
                continue
            if path.is_symlink() or not path.is_file() or not _is_text(name):
                odd.append(ascii(path.relative_to(root).as_posix())[1:-1])
            else:
                yield path, path.relative_to(root).as_posix()


def _is_left_out(root: Path, path: Path) -> bool:
    name = path.relative_to(root).as_posix()
    return name in _LEFT_OUT or path.name == "__pycache__" or (path.is_file() and not is_kept(name))


def is_kept(name: str) -> bool:
    """Whether a file belongs into a backup and out of it again: of what only the program needs, data alone.

    Kernels, start-up scripts and the marks by which JupyterLab trusts a notebook are made anew.
    """
    plain = name.casefold()
    settings = plain.startswith(_SETTINGS) and plain.endswith(_SETTINGS_END)
    return plain.split("/")[0] != ".mutu" or name in _OURS or settings


def is_program(name: str) -> bool:
    """Whether a file would run at the next start, before the person has looked at what came back."""
    plain = name.casefold()
    return plain.startswith("jupyter_config/") or plain.rpartition("/")[2].startswith("nbgrader_config")


def _is_text(name: str) -> bool:
    """Whether a name can be written into a zip; old disks have names in no known encoding."""
    try:
        return bool(name.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _is_side_file(path: Path) -> bool:
    """Whether it belongs to a database beside it, whose copy already holds what is in it."""
    name = next(path.name.removesuffix(end) for end in _SIDE_FILES if path.name.endswith(end))
    return _is_sqlite(path.with_name(name))


def _is_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _add(packed: zipfile.ZipFile, path: Path, name: str) -> dict[str, Any]:
    if not _is_sqlite(path):
        return _copy(packed, path, name)
    with tempfile.TemporaryDirectory(prefix="mutu-") as folder:
        copy = Path(folder) / "copy.sqlite"
        reading = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        with closing(reading) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        return _copy(packed, copy, name)


def _copy(packed: zipfile.ZipFile, path: Path, name: str) -> dict[str, Any]:
    info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    info.compress_type = zipfile.ZIP_DEFLATED
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, packed.open(info, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return {"name": name, "size": size, "sha256": digest.hexdigest()}

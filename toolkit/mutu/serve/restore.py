"""A workspace out of a backup. The zip may come from anyone: nothing leaves the folder, nothing swells past a limit."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import sys
import zipfile
import zlib
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import mutu
from mutu.errors import N_, MachineError, ReadError, WorkspaceError, reason
from mutu.serve import generated, instance, workspace
from mutu.serve.archive import KIND, MANIFEST, is_kept, is_program
from mutu.serve.workspace import Workspace

MAX_FILES = 200_000
ASIDE = ".dari-cadangan"  # behind the name of a setting that is a program: laid there, not in force
MAX_BYTES = 20 * 1024**3
_MANIFEST_BYTES = 64 * 1024**2
_SPARE_BYTES = 200 * 1024**2
_CHUNK = 1 << 20
_LONGEST_NAME = 1000
# what Windows keeps for devices, drives and streams, or cuts off at the end of a name
_NOT_ON_WINDOWS = re.compile(
    r'.*[\x00-\x1f<>:"|?*\\].*|(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*[ .]', re.IGNORECASE | re.DOTALL
)


def restore(file: Path, place: Workspace, *, replace: bool = False) -> Path | None:
    """Bring a workspace back.

    Parameters
    ----------
    file : the backup
    place : the folder it goes to
    replace : put it in the place of a folder that has files; that folder is kept under a dated name

    Returns
    -------
    Where the earlier folder is kept, when there was one.

    Raises
    ------
    ReadError : the file is no backup, is damaged, or is not safe to unpack
    WorkspaceError : the folder has files, or is open in a running mutu
    MachineError : the disk has no room, or cannot be written
    """
    occupied = place.root.exists() and (not place.root.is_dir() or any(place.root.iterdir()))
    if occupied and not replace:
        raise WorkspaceError(
            N_(
                "{folder} has files already, and nothing is written over. Name an empty folder with --dir, "
                "or add --replace: the folder is then kept under another name."
            ),
            folder=place.root,
        )
    if place.private.is_dir():
        instance.refuse_running(place)
    try:
        return _unpack(file, place, occupied)
    except OSError as error:
        raise MachineError(
            N_("{file} could not be restored into {folder} ({reason})."),
            file=file, folder=place.root, reason=reason(error),
        ) from None  # fmt: skip


def _unpack(file: Path, place: Workspace, occupied: bool) -> Path | None:
    """Into a folder beside the target first, so that a damaged file leaves nothing half done."""
    place.root.parent.mkdir(parents=True, exist_ok=True)
    draft = place.root.with_name(f".{place.root.name}-{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        _extract(file, draft)
        generated.forget(draft, ASIDE)
        kept = _move_away(place.root) if occupied else None
        if not occupied and place.root.exists():
            place.root.rmdir()
        draft.rename(place.root)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return kept


def _move_away(folder: Path) -> Path:
    kept = folder.with_name(f"{folder.name}-{datetime.now().strftime('%Y-%m-%d-%H%M%S')}")
    folder.rename(kept)
    return kept


def _extract(file: Path, draft: Path) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            listed = _listed(packed, file)
            _check_room(file, draft, sum(size for size, _digest in listed.values()))
            for name, (size, digest) in listed.items():
                if is_kept(name):
                    _extract_one(packed, name, draft, (size, digest))
    except FileNotFoundError:
        raise ReadError(N_("{file} is not there. Check the name and the folder."), file=file) from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, KeyError):
        raise ReadError(
            N_("{file} is not a zip file, or it is damaged. Take another copy of the backup."), file=file
        ) from None


def _listed(packed: zipfile.ZipFile, file: Path) -> dict[str, tuple[int, str]]:
    """The files of a backup as its own list names them: name -> size and digest; every name is safe."""
    manifest = _manifest(packed, file)
    entries = [entry for entry in packed.infolist() if entry.filename != MANIFEST]
    try:
        listed = {str(item["name"]): (int(item["size"]), str(item["sha256"])) for item in manifest["files"]}
    except (KeyError, TypeError, ValueError):
        raise _no_backup(file) from None
    if len(entries) > MAX_FILES or sum(size for size, _digest in listed.values()) > MAX_BYTES:
        raise ReadError(
            N_("{file} unpacks to more than {gigabytes} GB or {files} files, which no workspace needs."),
            file=file, gigabytes=MAX_BYTES // 1024**3, files=MAX_FILES,
        )  # fmt: skip
    names = [entry.filename for entry in entries]
    unsafe = next((name for name in names if not _is_safe(name)), None)
    if unsafe is not None:
        raise ReadError(
            N_("{file} has an entry that would leave the folder or cannot be written: {name}. Nothing was unpacked."),
            file=file, name=ascii(unsafe[:80]),
        )  # fmt: skip
    if len({name.casefold() for name in names}) != len(names) or set(names) != set(listed):
        raise ReadError(N_("{file} does not hold what its list says. Take another copy of the backup."), file=file)
    return listed


def _manifest(packed: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    try:
        with packed.open(MANIFEST) as stream:
            text = stream.read(_MANIFEST_BYTES + 1)
        manifest = json.loads(text) if len(text) <= _MANIFEST_BYTES else None
    except (KeyError, ValueError):
        manifest = None
    if not isinstance(manifest, dict) or manifest.get("kind") != KIND or not isinstance(manifest.get("format"), int):
        raise _no_backup(file)
    if manifest["format"] > workspace.FORMAT:
        raise ReadError(
            N_("{file} was made by a newer mutu ({newer}); this one is {ours}. Install the newer version first."),
            file=file, newer=str(manifest.get("mutu", "?"))[:20], ours=mutu.__version__,
        )  # fmt: skip
    return manifest


def _no_backup(file: Path) -> ReadError:
    return ReadError(
        N_("{file} is not a backup of a mutu workspace. Choose a file that `mutu backup` wrote."), file=file
    )


def _is_safe(name: str, windows: bool = sys.platform == "win32") -> bool:
    """Whether an entry is a plain file inside the folder and can be written on this system."""
    parts = name.split("/")
    return (
        len(name) <= _LONGEST_NAME
        and "\0" not in name
        and all(part not in ("", ".", "..") for part in parts)
        and not (windows and any(_NOT_ON_WINDOWS.fullmatch(part) for part in parts))
    )


def _check_room(file: Path, folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if needed + _SPARE_BYTES > free:
        raise MachineError(
            N_("{file} needs {needed} MB, and the disk has {free} MB free. Make room, or choose another disk."),
            file=file, needed=needed // 10**6, free=free // 10**6,
        )  # fmt: skip


def _extract_one(packed: zipfile.ZipFile, name: str, draft: Path, wanted: tuple[int, str]) -> None:
    target = draft.joinpath(*PurePosixPath(name + (ASIDE if is_program(name) else "")).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with packed.open(name) as source, target.open("xb") as out:
        # counted while unpacking, since the sizes in a zip are only what its maker says
        while size <= wanted[0] and (chunk := source.read(_CHUNK)):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    if (size, digest.hexdigest()) != wanted:
        raise ReadError(
            N_("In the backup, {name} differs from what its list says. Take another copy of the backup."), name=name
        )
    target.chmod(0o600)

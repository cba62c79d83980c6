"""The workspace: the one folder that holds everything a person makes with mutu.

What people see stands at its top; what only the program needs is in `.mutu`, which JupyterLab hides.
The folder carries a format number: a newer one is refused, an older one is upgraded after a dated backup.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import mutu
from mutu.errors import N_, WorkspaceError, reason
from mutu.locale import _

FORMAT = 1
DEFAULT_NAME = "mutu-kerja"
_README = "BACA-SAYA.md"


@dataclass(frozen=True)
class Workspace:
    """Where the parts of a workspace are; making one touches nothing on the disk."""

    root: Path

    @property
    def private(self) -> Path:
        """What only the program needs."""
        return self.root / ".mutu"

    @property
    def marker(self) -> Path:
        """The file that makes a folder a workspace and carries its version."""
        return self.private / "workspace.json"

    @property
    def store(self) -> Path:
        """The database of self-assessments."""
        return self.root / "mutu.sqlite"

    @property
    def backups(self) -> Path:
        """Where the dated copies before an upgrade lie."""
        return self.root / "cadangan"

    @property
    def opener(self) -> Path:
        """The file that leads a browser to the running platform; the token is in it."""
        return self.private / "buka.html"

    @property
    def log(self) -> Path:
        """The folder of the log files."""
        return self.private / "log"

    @property
    def jupyter(self) -> Path:
        """Jupyter's own folders, apart from those in the person's home."""
        return self.private / "jupyter"

    def exists(self) -> bool:
        """Whether the folder is a workspace already."""
        return self.marker.is_file()

    def is_untouched(self) -> bool:
        """Whether no start was ever made here, so that nobody can be running in it."""
        try:
            return not self.private.exists()
        except OSError:
            return False


def locate(folder: str | Path | None = None) -> Workspace:
    """The workspace named by `folder`, else by MUTU_HOME, else `mutu-kerja` in the current folder."""
    chosen = folder or os.environ.get("MUTU_HOME") or DEFAULT_NAME
    return Workspace(Path(chosen).expanduser().absolute())


def is_outdated(marker: dict[str, Any]) -> bool:
    """Whether a marker was written by another version of mutu, so that the workspace needs an upgrade."""
    return bool(marker["mutu"] != mutu.__version__ or marker["format"] < FORMAT)


def stamp(workspace: Workspace, known: dict[str, Any] | None) -> None:
    """Make the folder a workspace of this version; files that are there stay as they are.

    Parameters
    ----------
    workspace : the folder
    known : the marker it had, which keeps the day it was made
    """
    if known is None or is_outdated(known):
        created = known["created"] if known else datetime.now().astimezone().isoformat(timespec="seconds")
        marker = {"format": FORMAT, "mutu": mutu.__version__, "created": created}
        write_text(workspace.marker, json.dumps(marker, indent=2) + "\n")
    readme = workspace.root / _README
    if not readme.exists():
        readme.write_text(_readme(), encoding="utf-8")


def ensure_writable(workspace: Workspace) -> None:
    """Make the folders and try to write; otherwise say what is in the way.

    Raises
    ------
    WorkspaceError : a file is in the place of the folder, or it cannot be written
    """
    try:
        if not workspace.root.exists():
            workspace.root.mkdir(mode=0o700, parents=True)
        for folder in (workspace.private, workspace.log, workspace.backups):
            folder.mkdir(mode=0o700, exist_ok=True)
            folder.chmod(0o700)
    except (FileExistsError, NotADirectoryError):
        raise WorkspaceError(
            N_("{folder} cannot be a workspace: a file is in the place of a folder. Name another one with --dir."),
            folder=workspace.root,
        ) from None
    except OSError as error:
        raise _not_writable(workspace.root, error) from None
    check_writable(workspace.private)


def check_writable(folder: Path) -> None:
    """Try to write into a folder that is there, and leave nothing behind.

    Raises
    ------
    WorkspaceError : it cannot be written
    """
    probe = folder / f".probe-{secrets.token_hex(4)}"
    try:
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise _not_writable(folder, error) from None


def _not_writable(folder: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        N_("The folder {folder} cannot be written ({reason}). Name another one with --dir."),
        folder=folder, reason=reason(error),
    )  # fmt: skip


def read_marker(workspace: Workspace) -> dict[str, Any] | None:
    """The workspace's marker, or None when the folder has none; a newer or damaged one is refused."""
    try:
        marker = json.loads(workspace.marker.read_text(encoding="utf-8"))
        found: dict[str, Any] = {
            "format": int(marker["format"]),
            "mutu": str(marker["mutu"]),
            "created": str(marker["created"]),
        }
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise WorkspaceError(
            N_("The marker {file} cannot be read. Restore the workspace from a backup, or name another with --dir."),
            file=workspace.marker,
        ) from None
    if found["format"] > FORMAT:
        raise WorkspaceError(
            N_(
                "The workspace {folder} was made by a newer mutu ({newer}); this one is {ours}. "
                "Install the newer version, or name another workspace with --dir."
            ),
            folder=workspace.root,
            newer=found["mutu"],
            ours=mutu.__version__,
        )
    return found


def write_text(path: Path, text: str) -> None:
    """Write a small file whole or not at all, readable by its owner alone."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
        out.write(text)
    draft.replace(path)


def _readme() -> str:
    return "\n\n".join(
        (
            "# " + _("Your mutu workspace"),
            _("Everything you make with mutu is in this folder: lessons, exercises, grades and self-assessments."),
            _("To open it, run `mutu start` again with this folder. Nothing in it is sent anywhere."),
            _("To keep a copy, run `mutu backup ../copy.zip`; `mutu restore ../copy.zip` brings it back."),
            _("The folder `cadangan` holds the copies that mutu makes before an upgrade."),
            _("Please do not change the hidden folder `.mutu`: the program needs it."),
            "",
        )
    )

"""A workspace of an older version: copied first, then brought up to date."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import mutu
from mutu.errors import N_, WorkspaceError
from mutu.serve import archive, workspace
from mutu.serve.workspace import Workspace


def open_folder(place: Workspace) -> Path | None:
    """Make the workspace, or upgrade it after a dated backup, or refuse it.

    Returns
    -------
    The backup when one was made.

    Raises
    ------
    WorkspaceError : a newer mutu made it, or a part of it cannot be upgraded
    """
    known = workspace.read_marker(place)
    outdated = known is not None and workspace.is_outdated(known)
    backup = _backup(place, known) if known and (outdated or _store_is("older", place)) else None
    if place.store.exists():
        from mutu.store import open_store

        open_store(place.store).close()
    if backup:
        _upgrade_gradebook(place, backup)
    workspace.stamp(place, known)
    return backup


def _store_is(wanted: str, place: Workspace) -> bool:
    from mutu.store import state

    return place.store.exists() and state(place.store) == wanted


def _backup(place: Workspace, known: dict[str, Any]) -> Path:
    day = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    target = place.backups / f"{day}-mutu-{known['mutu']}.zip"
    archive.backup(place, target)
    return target


def _upgrade_gradebook(place: Workspace, backup: Path) -> None:
    """The upgrade of nbgrader itself, in a process of its own, as its command does it."""
    from mutu.course.workspace import folders

    course = folders(place.root).course
    if not (course / "gradebook.db").exists():
        return
    ended = subprocess.run(
        [sys.executable, "-m", "nbgrader", "db", "upgrade", f"--course-dir={course}"],
        cwd=course, env=os.environ, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    if ended.returncode:
        raise WorkspaceError(
            N_(
                "The gradebook {file} could not be upgraded to mutu {version}. "
                "A copy of the workspace is in {backup}. What nbgrader said: {said}"
            ),
            file=course / "gradebook.db", version=mutu.__version__, backup=backup, said=ended.stderr.strip()[-500:],
        )  # fmt: skip

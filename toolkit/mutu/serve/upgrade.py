"""A workspace of an older version: copied first, then brought up to date."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from mutu.course import nbgrader
from mutu.course.workspace import folders
from mutu.serve import archive, workspace
from mutu.serve.workspace import Workspace


def open_folder(place: Workspace) -> Path | None:
    """Make the workspace, or upgrade it after a dated backup, or refuse it.

    Returns
    -------
    The backup when one was made.

    Raises
    ------
    WorkspaceError : a newer mutu made it
    MachineError : its gradebook cannot be upgraded
    """
    known = workspace.read_marker(place)
    course = folders(place.root)
    gradebook_is_older = nbgrader.is_outdated(course)
    older = known and (workspace.is_outdated(known) or gradebook_is_older or _store_is("older", place))
    backup = _backup(place, known) if known and older else None
    if place.store.exists():
        from mutu.store import open_store

        open_store(place.store).close()
    if backup and gradebook_is_older:
        nbgrader.upgrade(course, backup)
    workspace.stamp(place, known)
    return backup


def _store_is(wanted: str, place: Workspace) -> bool:
    from mutu.store import state

    return place.store.exists() and state(place.store) == wanted


def _backup(place: Workspace, known: dict[str, Any]) -> Path:
    day = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    target = place.backups / f"{day}-mutu-{known['mutu']}.zip"
    archive.backup(place, target, inside=True)
    return target

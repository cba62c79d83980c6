"""What was handed in and cannot be graded, as grading found it; it holds until what was handed in changes.

COURSE/.mutu-unfit/STUDENT/ASSIGNMENT.json holds the reason as data. It lies in no folder of nbgrader's, for which a
submission without points is one that was never graded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mutu.course.nbgrader.configuration import Folders
from mutu.course.nbgrader.reading import unwritten
from mutu.errors import reason
from mutu.report.folder import write_file


def keep(folders: Folders, student: str, assignment: str, why: Mapping[str, Any]) -> None:
    """Write down why a submission cannot be graded.

    Raises
    ------
    MachineError : it cannot be written
    """
    file = _file(folders, student, assignment)
    record = {"files": _files(folders, student, assignment), "why": dict(why)}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, json.dumps(record, ensure_ascii=False, indent=1).encode())
    except OSError as error:
        raise unwritten(file, reason(error)) from None


def forget(folders: Folders, student: str, assignment: str) -> None:
    """It was graded.

    Raises
    ------
    MachineError : what was written down cannot be removed
    """
    file = _file(folders, student, assignment)
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise unwritten(file, reason(error)) from None


def why(folders: Folders, student: str, assignment: str) -> Mapping[str, Any] | None:
    """The reason that was written down; None where there is none, or other files were handed in since."""
    try:
        record = json.loads(_file(folders, student, assignment).read_text(encoding="utf-8"))
        same = record["files"] == _files(folders, student, assignment)
        return record["why"] if same and isinstance(record["why"], dict) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(folders: Folders, student: str, assignment: str) -> Path:
    return folders.course / ".mutu-unfit" / student / f"{assignment}.json"


def _files(folders: Folders, student: str, assignment: str) -> str:
    """Changes when a file of the submission does; none is opened, whatever it may be."""
    place = folders.course / "submitted" / student / assignment
    digest = hashlib.sha256()
    for file in sorted(place.rglob("*")):
        about = file.lstat()
        digest.update(f"{file.relative_to(place)}\0{about.st_size}\0{about.st_mtime_ns}\0".encode("utf-8", "replace"))
    return digest.hexdigest()

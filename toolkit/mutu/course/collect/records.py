"""What collecting keeps beside nbgrader's folders, in a place that nbgrader does not read.

COURSE/pengumpulan/
    catatan.json                       of every notebook placed: when it was handed in, what spoke for its owner
    pilihan.json                       whom a person chose for files that nothing else tells
    lama/                              submissions that a newer one replaced (`mutu.course.replaced`)
    belum-ditempatkan-TIME.xlsx        what could not be placed, to be filled in
    daftar-peserta-TIME.xlsx           a class list to begin with, where there is none
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mutu.course.collect.assignments import Task
from mutu.course.nbgrader.reading import unwritten
from mutu.course.replaced import FOLDER
from mutu.errors import reason
from mutu.report.folder import write_file


@dataclass(frozen=True)
class Record:
    """A notebook that was placed.

    sha256 : digest of its bytes
    when : ISO 8601 in UTC
    clock, evidence : what said the time, and whose it is
    rank : how far that can be trusted
    origin : where it came from
    """

    sha256: str
    when: str
    clock: str
    evidence: str
    rank: int
    origin: str

    @property
    def time(self) -> datetime:
        """When it was handed in."""
        return datetime.fromisoformat(self.when)


class Records:
    """The list of what was placed in a course."""

    def __init__(self, course: Path) -> None:
        self._file = course / FOLDER / "catatan.json"
        self._known: dict[str, dict[str, Any]] = self._read()

    def of(self, student: str, task: Task, file: Path) -> Record | None:
        """What is known of the notebook that lies there now; None when it came some other way."""
        found = self._known.get(_key(student, task))
        if not isinstance(found, dict) or found.get("sha256") != digest(file):
            return None
        try:
            return Record(**found)
        except TypeError:
            return None

    def add(self, student: str, task: Task, record: Record) -> None:
        """Remember a notebook, at once on disk."""
        self._known[_key(student, task)] = asdict(record)
        write_json(self._file, self._known)

    def having(self, sha256: str, task: Task) -> list[tuple[str, str]]:
        """Id and origin of everybody for whom these bytes were placed as this notebook."""
        behind = _key("", task)
        return [
            (key.removesuffix(behind), str(each.get("origin", "")))
            for key, each in self._known.items()
            if isinstance(each, dict) and each.get("sha256") == sha256 and key.endswith(behind)
        ]

    def forget(self, student: str, task: Task) -> None:
        """Nothing lies there any more."""
        self._known.pop(_key(student, task), None)
        write_json(self._file, self._known)

    def _read(self) -> dict[str, Any]:
        """Without a readable list, times in the folders themselves are what is known."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def write_json(file: Path, content: Any) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    MachineError : the system refuses it
    """
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, text.encode("utf-8", "backslashreplace"))


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """What is done inside writes there.

    Raises
    ------
    MachineError : the system refuses it
    """
    try:
        yield
    except OSError as error:
        raise unwritten(place, reason(error)) from None


def digest(file: Path) -> str:
    """SHA-256 of a file's bytes."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _key(student: str, task: Task) -> str:
    return f"{student}/{task.assignment}/{task.notebook}"


def unused(folder: Path, name: str) -> Path:
    """A place for an Excel file with today's time in its name, so that a filled one is never lost."""
    now = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    found = (f"{name}-{now}{more}.xlsx" for more in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(place for each in found if not (place := folder / each).exists())

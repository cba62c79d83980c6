"""What a person chose about files that nothing else tells, kept so that nobody is asked twice.

A choice belongs to the same bytes from the same sender under the same name; of a file without a sender, in the same
folders below what was collected. The number of a mail in its mailbox does not matter, nor the mailbox's own name.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath

from mutu.course.collect.assignments import Task
from mutu.course.collect.byhand import Choice
from mutu.course.collect.found import Origin
from mutu.course.collect.records import write_json
from mutu.course.collect.who import platform_name
from mutu.course.replaced import FOLDER

_NAME = "pilihan.json"
_SEPARATOR = "/"


@dataclass(frozen=True)
class _Kept:
    """One choice as it is written: `list_file` is the Excel file in which it was made."""

    student: str
    assignment: str | None
    notebook: str | None
    list_file: str


class Memory:
    """The choices made in a course."""

    def __init__(self, course: Path) -> None:
        self._folder = course / FOLDER
        self.file = self._folder / _NAME
        self._kept = self._read()
        self._new: dict[str, _Kept | None] = {}

    def of(self, origin: Origin, digest: str) -> Choice | None:
        """What was chosen for a file at an earlier time."""
        kept = self._kept.get(_key(origin, digest))
        if kept is None:
            return None
        return Choice(kept.student, Task(kept.assignment, kept.notebook) if kept.assignment and kept.notebook else None)

    def numbers(self) -> dict[str, str]:
        """Moodle's number in the name of a file -> id of whom it was chosen for.

        Moodle gives a number to a person in one assignment (its table assign_user_mapping), never twice: it is the same
        in every download of that assignment, and another one in the next assignment.
        """
        found: dict[str, set[str]] = {}
        for key, kept in self._kept.items():
            for step in key.split(_SEPARATOR) if kept.student else ():
                if number := platform_name(step)[1]:
                    found.setdefault(number, set()).add(kept.student)
        return {number: people.pop() for number, people in found.items() if len(people) == 1}

    def made_in(self, origin: Origin, digest: str) -> Path | None:
        """The Excel file in which that was chosen, if it is still there."""
        kept = self._kept.get(_key(origin, digest))
        if kept is None:
            return None
        # a copied course has its own list; a whole path leads to the one it was copied from
        places = (self._folder / PurePath(kept.list_file).name, Path(kept.list_file))
        return next((place for place in places if place.is_file() and not self._is_anothers(place)), None)

    def _is_anothers(self, place: Path) -> bool:
        return place.parent.name == FOLDER and place.parent.resolve() != self._folder.resolve()

    def add(self, origin: Origin, digest: str, choice: Choice, list_file: Path) -> None:
        """Remember a choice; two persons chosen for what cannot be told apart are not remembered."""
        assignment, notebook = (choice.task.assignment, choice.task.notebook) if choice.task else (None, None)
        kept = _Kept(choice.student, assignment, notebook, str(list_file.resolve()))
        key = _key(origin, digest)
        other = self._new.get(key, kept)
        self._new[key] = kept if other and other.student == kept.student else None

    def save(self) -> None:
        """Write what was added."""
        if self._new:
            known = {key: kept for key, kept in (self._kept | self._new).items() if kept}
            write_json(self.file, {key: asdict(kept) for key, kept in known.items()})

    def _read(self) -> dict[str, _Kept]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
            return {str(key): _Kept(**each) for key, each in found.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}


def _key(origin: Origin, digest: str) -> str:
    way = (*(sender.address for sender in origin.senders), origin.name) if origin.senders else origin.steps[1:]
    return _SEPARATOR.join((digest, *(way or origin.steps)))

"""The class lists that collecting proposed before: whom they name, under which id and with which numbers of Moodle."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from mutu.course import students
from mutu.course.nbgrader import Trainee
from mutu.course.replaced import FOLDER

NAME, NUMBERS = "daftar-peserta", "Moodle"
_NUMBER = re.compile(r"\d+")


@dataclass
class Row:
    """A person of a proposed list.

    numbers : Moodle's numbers of a participant, one for each of its assignments
    """

    person: Trainee
    numbers: tuple[str, ...] = ()


def rows(course: Path) -> list[Row]:
    """Everybody in the lists proposed so far, as they are now; of one id, or one number, the list saved last counts."""
    files = sorted((course / FOLDER).glob(f"{NAME}-*.xlsx"), key=lambda file: file.stat().st_mtime, reverse=True)
    found: dict[str, Row] = {}
    told = set[str]()
    for person, text in (each for file in files for each in students.usable(file, NUMBERS)):
        numbers = tuple(number for number in _NUMBER.findall(text) if number not in told)
        told.update(numbers)
        row = found.setdefault(person.id.casefold(), Row(person))
        if row.person == person:
            row.numbers += numbers
    return list(found.values())


def numbers(course: Path) -> dict[str, str]:
    """Moodle's number of a participant -> id."""
    return {number: row.person.id for row in rows(course) for number in row.numbers}

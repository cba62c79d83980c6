"""Names: first and last as nbgrader's gradebook has them, without degrees, and as the class list writes them.

COURSE/peserta.json holds id -> name as written, of those whose name the gradebook alone would not give back. Who
changes a name in formgrader means the new one: what is written counts only while it splits into what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from mutu.course.names import undecorated
from mutu.course.nbgrader.reading import unwritten
from mutu.errors import reason
from mutu.report.folder import write_file

_FILE = "peserta.json"
_NO_LAST_NAME = "–"


def split(name: str) -> tuple[str, str]:
    """First and last name, which formgrader shows as «last, first»; a single name has a dash for its last.

    Examples
    --------
    >>> split("Ir. Budi Agus Santoso, S.Sos., M.Si.")
    ('Budi Agus', 'Santoso')
    >>> split("Aminah, Siti")
    ('Siti', 'Aminah')
    >>> split("Sukarno, S.E.")
    ('Sukarno', '–')
    """
    plain = " ".join(undecorated(name).split())
    family, comma, first = plain.partition(", ")
    if comma:
        return first, family
    first, _space, last = plain.rpartition(" ")
    return (first, last) if first else (last, _NO_LAST_NAME)


def joined(first: str | None, last: str | None) -> str:
    """The name that `split` took apart, without degrees; empty where there is none."""
    return " ".join(str(part) for part in (first, last) if part and part != _NO_LAST_NAME)


def full_name(id_: str, first: str | None, last: str | None, written: Mapping[str, str]) -> str:
    """The name of somebody in the gradebook, as the class list writes it; empty where there is none.

    Parameters
    ----------
    id_, first, last : the row in the gradebook
    written : what `read` gives for the course
    """
    name = written.get(id_, "")
    return name if name and split(name) == (first or "", last or "") else joined(first, last)


def read(course: Path) -> dict[str, str]:
    """Id -> name as written; empty where nothing was written, or the file is spoilt: the gradebook's names are left."""
    try:
        found = json.loads((course / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(id_): name for id_, name in found.items() if isinstance(name, str)} if isinstance(found, dict) else {}


def write(course: Path, names: Mapping[str, str]) -> None:
    """Add names to what is written, or take those away that the gradebook gives back.

    Raises
    ------
    MachineError : the file cannot be written
    """
    before = read(course)
    after = {id_: name for id_, name in (before | dict(names)).items() if name != joined(*split(name))}
    if after == before:
        return
    file = course / _FILE
    try:
        course.mkdir(parents=True, exist_ok=True)
        write_file(file, json.dumps(after, indent=1, sort_keys=True, ensure_ascii=False).encode())
    except OSError as error:
        raise unwritten(file, reason(error)) from None

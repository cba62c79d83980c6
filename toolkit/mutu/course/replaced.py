"""Submissions that collecting replaced by a newer one, and where it keeps them: COURSE/pengumpulan/lama.

STUDENT/ASSIGNMENT/TIME/         as it was; the newer one came by itself
STUDENT/ASSIGNMENT/TIME-tidak/   a person decided that it is not the one that counts, or is somebody else's
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

FOLDER = "pengumpulan"
_OLD, _REFUSED = "lama", "-tidak"
_MOST = 1000


def put_away(folder: Path, course: Path, student: str, assignment: str, *, refused: bool = False) -> Path:
    """Move a submission there; where it is then.

    Parameters
    ----------
    folder : where it is
    course : nbgrader's course
    student, assignment : whose it was
    refused : whether a person decided against it

    Raises
    ------
    OSError : the system refuses it
    """
    into = course / FOLDER / _OLD / student / assignment
    into.mkdir(parents=True, exist_ok=True)
    now, end = datetime.now().strftime("%Y-%m-%d-%H%M%S"), _REFUSED if refused else ""
    names = (f"{now}{end}" if number == 1 else f"{now}-{number}{end}" for number in range(1, _MOST))
    kept = next(place for name in names if not (place := into / name).exists())
    folder.rename(kept)
    return kept


def attempts(course: Path, student: str, assignment: str) -> Iterator[Path]:
    """The submissions that were replaced and against which nobody decided, in the order in which they were."""
    for place in sorted((course / FOLDER / _OLD / student / assignment).glob("*")):
        if place.is_dir() and not place.is_symlink() and not place.name.endswith(_REFUSED):
            yield place

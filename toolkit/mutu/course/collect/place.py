"""A notebook into nbgrader's folders: submitted/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb with timestamp.txt.

What lies there is replaced only by something newer, as a whole, and is kept under pengumpulan/lama.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from mutu.course import clock
from mutu.course.collect import reading
from mutu.course.collect.assignments import Task
from mutu.course.collect.found import Moment
from mutu.course.collect.records import Record, Records, digest
from mutu.course.collect.who import INSIDE, KINDS, NAMED, OUTSIDE
from mutu.course.nbgrader.reading import unwritten
from mutu.course.replaced import FOLDER, put_away
from mutu.errors import N_, reason
from mutu.locale import _

_TIME_BYTES = 100
_FARTHEST = 14  # hours from Greenwich
_STAMP = "%Y-%m-%d %H:%M:%S.%f UTC"
_UNSAFE_PART = re.compile(
    r'.*[\x00-\x1f<>:"|?*\\/\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff].*'
    r"|(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) *(\..*)?|.*[ .]|",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_PART, _LONGEST_NAME = 120, 240
_LONGEST_ON_WINDOWS = 90  # of 260 for a whole path, as long as nobody has allowed longer ones there
_ONLY = N_(
    "A submission is there, known by: {there}. For this one speaks only: {kind}. Choose the person if it counts."
)
_MOST_BESIDE = 100 * 1024**2


@dataclass(frozen=True)
class Submission:
    """A notebook that is somebody's.

    beside : path in the submission's folder -> file that goes along
    """

    student: str
    task: Task
    file: Path
    when: Moment
    evidence: str
    rank: int
    origin: str
    damaged: bool = False
    beside: Mapping[str, Path] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a submission: "placed", "kept" (what was there stays, rightly) or "open" (a question)."""

    state: str
    reason: str = ""
    replaced: Path | None = None


def put(submission: Submission, course: Path, records: Records, *, alone: bool) -> Outcome:
    """Place a submission where nbgrader looks for it.

    Parameters
    ----------
    submission : the notebook
    course : nbgrader's course
    records : the list of what was placed
    alone : whether its assignment has one notebook only; otherwise the other notebooks of the person stay

    Raises
    ------
    MachineError : the folder cannot be written
    """
    target = course / "submitted" / submission.student / submission.task.assignment
    there = target / f"{submission.task.notebook}.ipynb"
    try:
        if _is_unsafe(submission.student):
            return Outcome("open", _("The participant's id cannot be the name of a folder. Correct it in the list."))
        if target.is_symlink() or target.parent.is_symlink():
            return Outcome("open", _("{folder} is a link, so nothing was written there.").format(folder=target))
        if there.is_file() and not there.is_symlink():
            stays = _stays(submission, there, records)
            if stays is not None:
                return stays
        replaced = _write(submission, target, course, alone=alone)
    except OSError as error:
        raise unwritten(target, reason(error)) from None
    records.add(submission.student, submission.task, _record(submission))
    return Outcome("placed", replaced=replaced)


def withdraw(student: str, task: Task, digest_: str, course: Path, records: Records) -> Path | None:
    """Take back a notebook that was placed for somebody else; returns where it is kept.

    None where it does not lie there any more, was changed or graded, or lies beside other notebooks of the assignment.
    """
    folder = course / "submitted" / student / task.assignment
    there = folder / f"{task.notebook}.ipynb"
    known = records.of(student, task, there) if there.is_file() and not there.is_symlink() else None
    if not known or is_graded(student, task, course) or known.sha256 != digest_ or len([*folder.glob("*.ipynb")]) > 1:
        return None
    kept = put_away(folder, course, student, task.assignment, refused=True)
    records.forget(student, task)
    return kept


def is_graded(student: str, task: Task, course: Path) -> bool:
    """Whether somebody's submission has been graded, so that marks belong to it."""
    return (course / "autograded" / student / task.assignment).exists()


def beside(files: Mapping[str, Path]) -> tuple[dict[str, Path], list[str]]:
    """Of files beside a notebook, those that can go along, and the names of those that cannot."""
    taken: dict[str, Path] = {}
    left: list[str] = []
    names, folders = {"timestamp.txt"}, set[str]()
    room, longest = _MOST_BESIDE, _LONGEST_ON_WINDOWS if sys.platform == "win32" else _LONGEST_NAME
    for name, file in sorted(files.items()):
        size, path = file.stat().st_size, PurePosixPath(name.casefold())
        above = {parent.as_posix() for parent in path.parents}
        clash = path.as_posix() in names | folders or above & names or any(part.endswith(".ipynb") for part in above)
        if size > room or clash or len(name) > longest or any(map(_is_unsafe, PurePosixPath(name).parts)):
            left.append(name)
            continue
        room -= size
        names.add(path.as_posix())
        folders |= above
        taken[name] = file
    return taken, left


def _is_unsafe(part: str) -> bool:
    return len(part.encode("utf-8", "replace")) > _LONGEST_PART or _UNSAFE_PART.fullmatch(part) is not None


def _stays(new: Submission, there: Path, records: Records) -> Outcome | None:
    """Why what lies there stays; None when it is to be replaced."""
    known = records.of(new.student, new.task, there)
    if _is_equal(new, there):
        return None if _other_zone(new, known) else Outcome("kept", _("The same file is already there."))
    if new.file.stat().st_size and not there.stat().st_size:
        return None
    time = known.time if known else _stamp(there.parent)
    if not new.file.stat().st_size:
        if time is None or new.when.at > time:
            return Outcome("open", _("It is newer, but empty (0 bytes); the earlier one stays. Ask for it again."))
        return Outcome("kept", _("It is empty (0 bytes); the one that is there stays."))
    by_hand = new.rank > OUTSIDE
    if time is not None and new.when.at < time:
        return _older(new, there, time, known)
    if by_hand:
        return None
    if time is not None and new.when.at == time:
        return Outcome("open", _("Another file of the same time is there. Choose the person if this one counts."))
    if new.rank < (known.rank if known else NAMED):
        return Outcome("open", _(_ONLY).format(there=_known_by(known), kind=_(KINDS[new.evidence])))
    if new.damaged:
        return Outcome("open", _("It is newer, but damaged; the earlier one stays. Ask for it again."))
    return None


def _other_zone(new: Submission, known: Record | None) -> bool:
    """Whether it is the very file that was read before, in a time zone that was not meant."""
    if known is None:
        return False
    hours, rest = divmod(abs((new.when.at - known.time).total_seconds()), 3600)
    same = known.clock == new.when.clock == "zip-local" and known.origin == new.origin
    return same and not rest and 0 < hours <= _FARTHEST


def _older(new: Submission, there: Path, time: datetime, known: Record | None) -> Outcome | None:
    """What to do with a submission that is older than what lies there."""
    if not new.damaged and reading.read(there).damaged:
        said = _("The one that is there is newer, but damaged. Choose the person if this one counts.")
        return None if new.rank > OUTSIDE else Outcome("open", said)
    said = _("A newer one of {time} is there, known by: {kind}.").format(time=clock.moment(time), kind=_known_by(known))
    return Outcome("open" if known and known.rank == INSIDE < new.rank else "kept", said)


def _known_by(record: Record | None) -> str:
    return _(KINDS[record.evidence]) if record and record.evidence in KINDS else _("its folder")


def _is_equal(new: Submission, there: Path) -> bool:
    files = {there: new.file} | {there.parent / name: file for name, file in (new.beside or {}).items()}
    return all(
        place.is_file() and place.stat().st_size == file.stat().st_size and digest(place) == digest(file)
        for place, file in files.items()
    )


def _write(new: Submission, target: Path, course: Path, *, alone: bool) -> Path | None:
    """Make the new folder beside nbgrader's, then exchange the two; returns where the earlier one is kept."""
    keeping = course / FOLDER
    keeping.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".baru-", dir=keeping) as scratch:
        draft = Path(scratch) / new.task.assignment
        earlier = _stamp(target)
        if target.is_dir() and not alone:
            shutil.copytree(target, draft, ignore=_links)
        draft.mkdir(exist_ok=True)
        for name, file in {f"{new.task.notebook}.ipynb": new.file, **(new.beside or {})}.items():
            _copy(file, draft.joinpath(*PurePosixPath(name).parts))
        last = new.when.at if alone or earlier is None else max(earlier, new.when.at)
        stamp = draft / "timestamp.txt"
        stamp.unlink(missing_ok=True)
        stamp.write_text(last.strftime(_STAMP), encoding="ascii")
        target.parent.mkdir(parents=True, exist_ok=True)
        kept = _put_away(new, target, course) if target.exists() else None
        draft.rename(target)
    return kept


def _copy(file: Path, place: Path) -> None:
    """Bytes only: no rights to execute, no links; what lies there goes first, as it may be a link."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    shutil.copyfile(file, place)


def _links(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_symlink()]


def _put_away(new: Submission, target: Path, course: Path) -> Path:
    """Keep what the new one replaces; it is no attempt of its own where a person chose, or it is the same notebook."""
    there = target / f"{new.task.notebook}.ipynb"
    is_same = there.is_file() and digest(there) == digest(new.file)
    return put_away(target, course, new.student, new.task.assignment, refused=new.rank > OUTSIDE or is_same)


def _record(new: Submission) -> Record:
    when = new.when.at.isoformat(timespec="seconds" if not new.when.at.microsecond else "microseconds")
    return Record(digest(new.file), when, new.when.clock, new.evidence, min(new.rank, OUTSIDE), new.origin)


def _stamp(folder: Path) -> datetime | None:
    """The time in a folder that may have come from a trainee through nbgrader's exchange."""
    with suppress(OSError, ValueError), (folder / "timestamp.txt").open("rb") as file:
        text = file.read(_TIME_BYTES).decode().strip()
        found = datetime.fromisoformat(text.removesuffix(" UTC").strip())
        time = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        return time if time <= datetime.now(UTC) else None
    return None

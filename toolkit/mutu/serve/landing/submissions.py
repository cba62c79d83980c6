"""What was handed in, read from folders and the gradebook as they lie there: not collected yet, or by nobody listed."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from mutu.course.nbgrader import Folders, Trainee
from mutu.course.nbgrader.configuration import COURSE_ID
from mutu.course.nbgrader.enrolled import enrolled
from mutu.course.participant import called
from mutu.errors import MachineError
from mutu.locale import _, integer, ngettext

_log = logging.getLogger("mutu.serve.landing")
_TIME_BYTES = 100
_SHOWN, _ID_LENGTH = 5, 40


def uncollected(folders: Folders) -> int:
    """Participants' assignments in the exchange that formgrader's Collect would take in.

    As nbgrader does, the newest of an assignment counts, and only when it is newer than the one that was collected.
    """
    newest: dict[tuple[str, str], datetime] = {}
    for who, name, time in _inbound(folders.exchange / COURSE_ID / "inbound"):
        newest[who, name] = max(time, newest.get((who, name), time))
    return sum(_is_newer(time, folders.course / "submitted" / who / name) for (who, name), time in newest.items())


def unlisted(folders: Folders) -> list[str]:
    """Ids that handed something in and stand in no list of participants; none while there is no list at all.

    Autograde enters an id that it does not know into the gradebook, without a name: such an id is in no list.
    """
    listed = _listed(folders)
    collected = {folder.parent.name for folder in (folders.course / "submitted").glob("*/*") if folder.is_dir()}
    return sorted(collected - listed) if listed else []


def unfit(folders: Folders, found: Mapping[tuple[str, str], Mapping[str, Any]]) -> tuple[str, ...]:
    """One sentence for each submission that cannot be graded, and where to read of the others when there are many.

    Parameters
    ----------
    folders : the course
    found : student and assignment -> why, as grading wrote it down
    """
    if not found:
        return ()
    names = _names(folders)
    said = [
        _("{name}, {assignment}: {reason}").format(
            name=called(who[:_ID_LENGTH], names.get(who)), assignment=assignment, reason=_reason(why)
        )
        for (who, assignment), why in islice(found.items(), _SHOWN)
    ]
    left = len(found) - len(said)
    if left:
        more = ngettext(
            "{count} more: `mutu course marks` says why", "{count} more: `mutu course marks` says why", left
        )
        said.append(more.format(count=integer(left)))
    return tuple(said)


def _reason(why: Mapping[str, Any]) -> str:
    from mutu.course.grade.mend import from_data

    try:
        return from_data(why).text
    except (KeyError, TypeError, ValueError):
        return _("the reason is not known any more; grade it again")


def _inbound(folder: Path) -> Iterator[tuple[str, str, datetime]]:
    """Who, assignment and time of every folder that Submit made: ID+ASSIGNMENT+TIME or ID+ASSIGNMENT+TIME+SECRET."""
    for submission in folder.glob("*+*+*"):
        who, name, stamp = [*submission.name.rsplit("+", 3), ""][:3]
        if (time := _moment(stamp)) and submission.is_dir():
            yield who, name, time


def _is_newer(time: datetime, collected: Path) -> bool:
    if not collected.is_dir():
        return True
    known = None
    with suppress(OSError, UnicodeDecodeError), (collected / "timestamp.txt").open("rb") as file:
        known = _moment(file.read(_TIME_BYTES).decode())
    return known is None or time > known


def _moment(text: str) -> datetime | None:
    """A time as nbgrader writes it, in UTC; None for what is none."""
    with suppress(ValueError):
        return datetime.fromisoformat(text.strip().removesuffix(" UTC")).replace(tzinfo=None)
    return None


def _listed(folders: Folders) -> set[str]:
    """Ids with a name or an e-mail address in the gradebook."""
    return {person.id for person in _people(folders) if person.is_described}


def _names(folders: Folders) -> dict[str, str]:
    return {person.id: person.name for person in _people(folders)}


def _people(folders: Folders) -> tuple[Trainee, ...]:
    """Who is in the gradebook; nobody when it cannot be read now."""
    try:
        return enrolled(folders)
    except MachineError as error:
        _log.warning("the list of participants cannot be read: %s", error)
        return ()

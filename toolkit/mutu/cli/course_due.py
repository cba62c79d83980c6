"""`mutu course due`: until when a module is to be handed in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import Annotated

import typer

from mutu.cli.course_place import CourseDir, folders
from mutu.cli.program import Noun, Workspace
from mutu.errors import N_, SettingError
from mutu.locale import _, integer

Which = Annotated[
    str, typer.Argument(metavar=N_("MODULE"), help=N_("Folder or number of a module, or the name of an assignment"))
]
When = Annotated[
    str,
    typer.Argument(
        metavar=N_("DAY"), help=N_('2026-11-20 or 20-11-2026, or "2026-11-20 17:00"; what is set is shown unless given')
    ),
]
NoLimit = Annotated[bool, typer.Option("--none", help=N_("No due date any more"))]

_END = time(23, 59)
# as days and times are written in Indonesia: 20-11-2026 17.00
_DAY_FIRST = re.compile(r"^(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?=\s|$)")
_POINT = re.compile(r"\s+(\d\d)\.(\d\d)$")


def register(noun: Noun) -> None:
    """Add the command to `mutu course`."""
    noun.verb(N_("Say until when a module is to be handed in, or show it."))(due)


def due(
    module: Which, when: When = "", none: NoLimit = False, course_dir: CourseDir = None, dir_: Workspace = None
) -> None:
    """Set the due date of a module's assignments, or show it, with how many came late."""
    from mutu.cli.course_next import place, say, typed
    from mutu.course.nbgrader.due import set_due
    from mutu.course.nbgrader.results import results
    from mutu.course.outcome.marks import graded
    from mutu.course.outcome.standing import late, moment

    if none and when:
        raise SettingError(N_("--none and a day exclude each other. Leave one of them out."))
    course = folders(course_dir, dir_)
    known = results(course)
    meant = (module,) if module in known.assignments else graded((module,), known)[0].assignments
    if none or when:
        set_due(course, meant, _read(when) if when else None)
        known = results(course)
    for name in meant:
        day = known.assignments[name].duedate
        if day is None:
            typer.echo(_("{name}: no due date.").format(name=name))
            continue
        count = sum(late(each, day) is not None for each in known.of(name))
        typer.echo(_("{name}: due {day}. Graded submissions that came late: {count}.").format(
            name=name, day=moment(day), count=integer(count)))  # fmt: skip
    if when:
        came = any(known.of(name) for name in meant)
        say(typed(*(("grade", module) if came else ("collect", _("FROM"))), *place(course_dir, dir_)))


def _read(text: str) -> datetime:
    """A day, until its end, or a time of a day; in the course's zone unless it says otherwise; UTC without a zone."""
    from mutu.course import clock

    written = _DAY_FIRST.sub(lambda day: f"{day['year']}-{day['month']:0>2}-{day['day']:0>2}", text.strip())
    written = _POINT.sub(r" \1:\2", written)
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise SettingError(
            N_('«{text}» is no day. Write it as 2026-11-20 or 20-11-2026, or with a time as "2026-11-20 17:00".'),
            text=text,
        ) from None
    if len(written) == len("2026-11-20"):
        found = datetime.combine(found, _END)
    return clock.aware(found).astimezone(UTC).replace(tzinfo=None)

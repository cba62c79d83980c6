"""`mutu course collect`: notebooks from a folder, a learning platform's zip or a mailbox, put where nbgrader grades."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutu.cli.course_next import command, place
from mutu.cli.course_place import CourseDir, folders
from mutu.cli.program import Json, Noun, Workspace
from mutu.course.listed import listed
from mutu.errors import N_, InputError
from mutu.locale import _

if TYPE_CHECKING:
    from mutu.course.collect import Placed, Report
    from mutu.course.collect.assignments import Task
    from mutu.course.collect.found import Moment
    from mutu.course.nbgrader import Folders, Trainee

Source = Annotated[
    Path,
    typer.Argument(
        metavar=N_("FROM"), help=N_("Folder, zip from Moodle, Classroom or Canvas, .mbox, .eml, .msg or Maildir")
    ),
]
Class = Annotated[
    Path | None,
    typer.Option("--class", metavar=N_("LIST"), help=N_("Excel or CSV with id, name, e-mail (else the gradebook's)")),
]
Zone = Annotated[
    str | None,
    typer.Option(
        "--zone", metavar=N_("ZONE"), help=N_("Zone of times without one: WIB, WITA or WIT (else the course's)")
    ),
]
Choices = Annotated[
    Path | None,
    typer.Option("--map", metavar=N_("FILE"), help=N_("The list of what was not placed, with participants filled in")),
]


_DITTO = "″"  # the reason of the row above


def register(noun: Noun) -> None:
    """Add the command to `mutu course`."""
    noun.verb(N_("Collect notebooks from a folder, a zip of a learning platform or a mailbox, whatever their names."))(
        collect
    )


def collect(
    source: Source, class_: Class = None, course_dir: CourseDir = None, dir_: Workspace = None,
    map_: Choices = None, zone: Zone = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Place what can be placed, and list the rest."""
    from mutu.course import clock
    from mutu.course.collect import collect as run

    course = _course(course_dir, dir_)
    with clock.use(zone or clock.zone()):
        report = run(
            source, course.course, _trainees(class_, course), choices=map_, newcomers=not (class_ or course_dir)
        )
        if as_json:
            typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            _show(report)
    if not as_json:
        given = place(course_dir, None if course_dir else dir_)
        options = (("--class", str(class_)) if class_ else ()) + (("--zone", zone) if zone else ())
        _lead_on(report, source, options, given)


def _course(chosen: Path | None, dir_: str | None) -> Folders:
    if chosen is not None and not chosen.is_dir():
        raise InputError(N_("There is no folder {folder}. Name nbgrader's course with --course-dir."), folder=chosen)
    return folders(chosen, dir_)


def _trainees(file: Path | None, course: Folders) -> tuple[Trainee, ...]:
    from mutu.course import students
    from mutu.course.nbgrader.enrolled import enrolled

    return students.read(file) if file else enrolled(course)


def _show(report: Report) -> None:
    from rich.text import Text

    from mutu.cli import tables

    console = tables.console()
    if report.placed:
        console.print(tables.table(_("Placed"), [_placed(each) for each in report.placed]))
    if report.kept:
        console.print(tables.table(_("Left as it was"), _left_as_it_was(report.kept)))
    left = [(each.origin, each.reason, ", ".join(each.candidates)) for each in report.open]
    left += [(trouble.origin.shown, trouble.reason, ", ".join(trouble.persons)) for trouble in report.troubles]
    if left:
        rows = [
            {_("File"): file, _("Reason"): _DITTO if number and reason == left[number - 1][1] else reason,
             _("Perhaps"): perhaps}
            for number, (file, reason, perhaps) in enumerate(left)
        ]  # fmt: skip
        console.print(tables.table(_("Not placed"), rows))
    said = [
        _("{placed} placed, {kept} left as they were, {open} not placed.").format(
            placed=len(report.placed), kept=len(report.kept), open=len(left)
        )
    ]
    for line in said + report.notes:
        console.print(Text(line), soft_wrap=True)


def _lead_on(report: Report, source: Path, options: tuple[str, ...], given: tuple[str, ...]) -> None:
    """Say what to do next, each command as it is typed."""
    steps: list[str] = []
    if report.class_file:
        is_first = report.list_file is None  # there is nobody yet whom one could choose
        steps += _to_a_class_list(report.class_file, report.named, source, given, is_first=is_first)
    if report.list_file:
        steps.append(
            _("Open {file}, choose in the column «{column}» whose each file is, or «{nobody}», and save.").format(
                file=report.list_file, column=_("Participant"), nobody=_("leave out")
            )
        )
        steps.append(command("collect", str(source), *options, "--map", str(report.list_file), *given))
    steps += [command("grade", name, *given) for name in sorted({each.task.assignment for each in report.placed})]
    if steps:
        typer.echo("\n" + _("What to do next:"))
    for number, step in enumerate(steps, 1):
        typer.echo(f"{number}. {step}")


def _to_a_class_list(
    file: Path, named: int, source: Path, given: tuple[str, ...], *, is_first: bool
) -> list[str]:  # fmt: skip
    """From no class list, or one without those who came later, to notebooks that are placed."""
    none = _("Open {file}, write one row for each participant (id, name, e-mail), and save.")
    first = _("Open {file}: {count} names were found and stand in it. Check them, write a NIP as id if you like, save.")
    later = _(
        "Open {file}: {count} people are in it who handed in and are not in the class list. Check them, delete whoever "
        "does not take part, write a NIP as id if you like, save."
    )
    said = none if not named else first if is_first else later
    opened = said.format(file=file, count=named)
    if "--course-dir" in given:
        return [opened, command("collect", str(source), "--class", str(file), *given)]
    return [opened, command("students", str(file), *given), command("collect", str(source), *given)]


def _left_as_it_was(kept: list[Placed]) -> list[dict[str, str]]:
    """A row for all files of one person that stayed behind for one reason: of a mailbox these are many."""
    alike: dict[tuple[str, Task, str], list[Placed]] = {}
    for each in kept:
        alike.setdefault((each.student, each.task, each.reason), []).append(each)
    rows = []
    for group in alike.values():
        file = listed((each.origin for each in group), 1)
        rows.append(_who(group[0]) | {_("File"): file, _("Reason"): group[0].reason})
    return rows


def _who(each: Placed) -> dict[str, str]:
    return {
        _("Participant"): f"{each.student} {each.name}".strip(),
        _("Exercise"): each.task.assignment,
        _("File"): each.origin,
    }


def _placed(each: Placed) -> dict[str, str]:
    from mutu.course.collect.who import KINDS

    replaced = _("the earlier one is in {folder}").format(folder=each.replaced) if each.replaced else ""
    return _who(each) | {
        _("Handed in"): _time(each.when),
        _("Known by"): _(KINDS[each.evidence]),
        _("Replaced"): replaced,
    }


def _time(when: Moment) -> str:
    from mutu.course import clock
    from mutu.course.collect.found import CLOCKS

    return f"{clock.moment(when.at)} ({_(CLOCKS[when.clock])})"

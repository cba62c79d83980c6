"""`mutu course marks`: the class list with its marks as Excel or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutu.cli.course_next import place, say, say_unfinished, typed
from mutu.cli.course_place import CourseDir, folders
from mutu.cli.program import Noun, Workspace
from mutu.errors import N_, SettingError
from mutu.locale import _, integer

if TYPE_CHECKING:
    from mutu.course.outcome.marks import Marks

Modules = Annotated[
    list[str] | None,
    typer.Argument(metavar=N_("MODULE …"), help=N_("Modules, for instance 02; all graded ones unless given")),
]
Out = Annotated[Path, typer.Option("--out", metavar=N_("FILE"), help=N_("File to write, .xlsx or .csv"))]
For = Annotated[
    str | None,
    typer.Option("--for", metavar="moodle", help=N_("CSV as Moodle imports it, marks from 0 to 100")),
]
IdentifyBy = Annotated[
    str, typer.Option("--identify-by", metavar="email|id", help=N_("By which Moodle finds a participant (else email)"))
]


def register(noun: Noun) -> None:
    """Add the command to `mutu course`."""
    noun.verb(N_("Write the class list with its marks as Excel or CSV."))(marks)


def marks(
    out: Out, modules: Modules = None, for_: For = None, identify_by: IdentifyBy = "email",
    course_dir: CourseDir = None, dir_: Workspace = None,
) -> None:  # fmt: skip
    """Write the list; whom Moodle could not find is named."""
    _check(out, for_, identify_by)
    from mutu.course.outcome.marks import delimited, workbook

    found = _read(modules or [], course_dir, dir_)
    left_out: tuple[delimited.LeftOut, ...] = ()
    if for_:
        left_out = delimited.write_for_moodle(found, out, identify_by)
    elif out.suffix.casefold() == ".csv":
        delimited.write(found, out)
    else:
        workbook.write(found, out)
    for one in left_out:
        typer.echo(_("{name}: left out. {reason}").format(name=one.person.name, reason=one.reason), err=True)
    typer.echo(_("Participants in {file}: {count}.").format(count=integer(len(found.rows) - len(left_out)), file=out))
    _say_next(found, modules or [], place(course_dir, dir_))


def _say_next(found: Marks, modules: list[str], where: tuple[str, ...]) -> None:
    """Of the first module that is not done, else of the only one, else of all."""
    from mutu.course.outcome.standing import State

    words = modules if len(modules) == len(found.blocks) else [block.module.word for block in found.blocks]
    for place_, word in enumerate(words):
        states = [row.works[place_].state for row in found.rows]
        if say_unfinished(word, where, ungraded=states.count(State.UNGRADED), by_hand=states.count(State.WAITING)):
            return
    step = (
        ("insight", *words, "--out", "wawasan.html")
        if len(words) == 1
        else ("certificate", *modules, "--out", "sertifikat")
    )
    say(typed(*step, *where))


def _check(out: Path, for_: str | None, identify_by: str) -> None:
    if out.suffix.casefold() not in (".xlsx", ".csv"):
        raise SettingError(N_("{file} must end in .xlsx or .csv. Choose one of them."), file=out.name)
    if for_ not in (None, "moodle"):
        raise SettingError(N_("There is no form «{form}». Use --for moodle, or leave it out."), form=for_)
    if for_ and out.suffix.casefold() != ".csv":
        raise SettingError(N_("Moodle imports CSV. Choose a name that ends in .csv."))
    if identify_by not in ("email", "id"):
        raise SettingError(N_("--identify-by takes email or id, not «{word}»."), word=identify_by)


def _read(modules: list[str], course_dir: Path | None, dir_: str | None) -> Marks:
    from mutu.course.outcome.attempts import settled
    from mutu.course.outcome.marks import graded, table
    from mutu.course.outcome.standing import Known

    course = folders(course_dir, dir_)
    found = settled(course)
    return table(graded(modules, found), Known.read(course, found))

"""`mutu course students`: the class list, from a file or one by one, and who is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutu.cli.course_next import place as given
from mutu.cli.course_next import typed
from mutu.cli.course_place import folders
from mutu.cli.program import Noun, Workspace
from mutu.errors import N_, InputError, SettingError
from mutu.locale import _, integer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mutu.course.nbgrader import Folders, Trainee

Names = Annotated[
    Path | None,
    typer.Argument(
        metavar=N_("FILE"), help=N_("Excel or CSV with the columns id, name, e-mail; the class list is shown without")
    ),
]
Rename = Annotated[
    bool, typer.Option("--rename", help=N_("Ids of the gradebook may be given to people of another name"))
]
Add = Annotated[str | None, typer.Option("--add", metavar=N_("NAME"), help=N_("One more participant, without a file"))]
Id = Annotated[str, typer.Option("--id", metavar="ID", help=N_("Id of whom --add adds (else the next free one)"))]
Email = Annotated[str, typer.Option("--email", metavar=N_("ADDRESS"), help=N_("E-mail of whom --add adds"))]

_OTHERS = N_(
    "{file}: nobody was entered, as ids of the gradebook would go to people of another name, with the work and the "
    "marks that are there.\n{list}\nGive these people ids that nobody has. If only the names were wrong, add --rename."
)
_MOST = 10


def register(noun: Noun) -> None:
    """Add the command to `mutu course`."""
    noun.verb(N_("Put participants (id, name, e-mail) into the gradebook, or show who is there."))(students)


def students(
    file: Names = None, add: Add = None, id_: Id = "", email: Email = "", rename: Rename = False,
    dir_: Workspace = None,
) -> None:  # fmt: skip
    """Put participants into the gradebook: all rows of the file, or none; whoever else is there stays."""
    from mutu.course import latecomer
    from mutu.course.nbgrader.enrolled import everybody

    if add is not None and file is not None:
        raise SettingError(N_("A file and --add exclude each other. Leave one of them out."))
    if add is None and (id_ or email):
        raise SettingError(N_("--id and --email belong to --add. Name the participant with --add."))
    course = folders(None, dir_)
    known = everybody(course)
    if add is not None:
        _enter([latecomer.entered(add, id_, email, known, course.course)], known, course)
    elif file is not None:
        _enter(_read(file, known, rename=rename), known, course)
    else:
        _show(known, course)
        return
    where = given(None, dir_)
    typer.echo(
        _("Next: hand a module out with {release}, or collect what has come back with {collect}").format(
            release=typed("release", _("MODULE"), *where), collect=typed("collect", _("FROM"), *where)
        )
    )


def _read(file: Path, known: Sequence[Trainee], *, rename: bool) -> Sequence[Trainee]:
    from mutu.course import students as lists

    trainees = lists.read(file)
    others = [] if rename else lists.renamed(trainees, known)
    if others:
        raise InputError(_OTHERS, file=file.name, list="\n".join(others))
    return trainees


def _enter(trainees: Sequence[Trainee], known: Sequence[Trainee], course: Folders) -> None:
    """Enter them, and say who is new, who is changed and who was there."""
    from mutu.course import students as lists
    from mutu.course.nbgrader import add_trainees

    done = add_trainees(course, trainees)
    typer.echo(
        _("Participants: {new} added, {changed} changed, {unchanged} as they were, in {folder}.").format(
            new=integer(done.new), changed=integer(done.changed), unchanged=integer(done.unchanged),
            folder=course.course,
        )
    )  # fmt: skip
    before = {each.id: each for each in known}
    there = [each for each in trainees if each.id in before]
    _name(_("New: {names}"), [each for each in trainees if each.id not in before])
    _name(_("Changed: {names}"), [each for each in there if each != before[each.id]])
    _name(_("Already there: {names}"), [each for each in there if each == before[each.id]])
    for sentence in lists.doubtful(trainees, known):
        typer.echo(sentence)


def _name(said: str, people: Sequence[Trainee]) -> None:
    from mutu.course.listed import listed
    from mutu.course.participant import called

    if people:
        typer.echo(said.format(names=listed((called(each.id, each.name) for each in people), _MOST)))


def _show(known: Sequence[Trainee], course: Folders) -> None:
    """Who is in the class list."""
    from mutu.cli import tables

    if known:
        rows = [{_("ID"): each.id, _("Name"): each.name, _("E-mail"): each.email} for each in known]
        tables.console().print(tables.table(_("Class list"), rows))
    typer.echo(
        _("Participants in {folder}: {count}. Add one with {add}.").format(
            folder=course.course, count=integer(len(known)), add=typed("students", "--add", _("NAME"))
        )
    )

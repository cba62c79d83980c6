"""Commands of `mutu course`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutu.cli import (
    course_certificate,
    course_collect,
    course_due,
    course_feedback,
    course_grade,
    course_insight,
    course_marks,
)
from mutu.cli.course_next import place as given
from mutu.cli.course_next import typed
from mutu.cli.course_place import folders
from mutu.cli.program import Json, Noun, Workspace
from mutu.errors import N_, InputError
from mutu.locale import _, integer, number

if TYPE_CHECKING:
    from mutu.course.author import Module
    from mutu.course.author.check import Checked

Which = Annotated[
    str,
    typer.Argument(
        metavar=N_("MODULE"), help=N_("Folder of a module, or its number, for instance 02; all unless given")
    ),
]
Force = Annotated[bool, typer.Option("--force", help=N_("Also what is up to date"))]
Catalogue = Annotated[bool, typer.Option("--catalogue", help=N_("First list new texts in en.po"))]
Names = Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("Excel or CSV with the columns id, name, e-mail"))]

Rename = Annotated[
    bool, typer.Option("--rename", help=N_("Ids of the gradebook may be given to people of another name"))
]

_OTHERS = N_(
    "{file}: nobody was entered, as ids of the gradebook would go to people of another name, with the work and the "
    "marks that are there.\n{list}\nGive these people ids that nobody has. If only the names were wrong, add --rename."
)

noun = Noun(N_("Build, check and hand out the modules of the course."))


def register(program: Noun) -> None:
    """Add the noun to the program."""
    course_certificate.register(noun)
    course_marks.register(noun)
    program.add_typer(noun, name="course")
    course_collect.register(noun)
    course_due.register(noun)
    course_feedback.register(noun)
    course_grade.register(noun)
    course_insight.register(noun)


@noun.verb(N_("Make the notebooks of the modules that changed."))
def build(module: Which = "", force: Force = False, catalogue: Catalogue = False) -> None:
    """Make the notebooks of one module, or of all."""
    from mutu.course import author

    which = _modules(module)
    if catalogue:
        for each in which:
            author.update_catalogue(each)
    for done in author.build(which, force=force):
        state = _("{module}: built") if done.written else _("{module}: up to date")
        typer.echo(state.format(module=done.module.name))


@noun.verb(N_("Grade the known submissions of the modules, and read their texts."))
def check(module: Which = "", as_json: Json = False) -> None:
    """Check one module, or all; ends with 1 when a check fails."""
    from mutu.course.author.check import check as checked

    found = [result for each in _modules(module) for result in checked(each)]
    if as_json:
        typer.echo(json.dumps({"modules": [result.as_json() for result in found]}, ensure_ascii=False, indent=2))
    else:
        for result in found:
            _say(result)
    if any(result.problems for result in found):
        raise typer.Exit(1)


@noun.verb(N_("Hand a module out to the participants through nbgrader."))
def release(module: Which = "", dir_: Workspace = None) -> None:
    """Generate the assignments of a module again and put them into the exchange."""
    from mutu.course import workspace

    place = _workspace(dir_)
    workspace.prepare(place)
    for name in workspace.assignments_of(module):
        workspace.hand_out(place, name)
        typer.echo(_("{name}: handed out, {folder}").format(name=name, folder=workspace.folders(place).exchange))


@noun.verb(N_("Put participants (id, name, e-mail) from Excel or CSV into the gradebook."))
def students(file: Names, rename: Rename = False, dir_: Workspace = None) -> None:
    """Put participants into the gradebook: all rows of the file, or none."""
    from mutu.course import students as lists
    from mutu.course.nbgrader import add_trainees
    from mutu.course.nbgrader.enrolled import everybody

    trainees = lists.read(file)
    course = folders(None, dir_)
    others = [] if rename else lists.renamed(trainees, everybody(course))
    if others:
        raise InputError(_OTHERS, file=file.name, list="\n".join(others))
    done = add_trainees(course, trainees)
    typer.echo(
        _("Participants: {new} added, {changed} changed, {unchanged} as they were, in {folder}.").format(
            new=integer(done.new), changed=integer(done.changed), unchanged=integer(done.unchanged),
            folder=course.course,
        )
    )  # fmt: skip
    for sentence in lists.doubtful(trainees):
        typer.echo(sentence)
    where = given(None, dir_)
    typer.echo(
        _("Next: hand a module out with {release}, or collect what has come back with {collect}").format(
            release=typed("release", _("MODULE"), *where), collect=typed("collect", _("FROM"), *where)
        )
    )


def _modules(which: str) -> tuple[Module, ...]:
    from mutu.course import author

    if which:
        return (author.find(which),)
    found = author.modules()
    if not found:
        raise InputError(N_("The sources of the modules are not installed here. Use a checkout of the project."))
    return found


def _workspace(chosen: str | None) -> Path:
    from mutu.serve.workspace import locate

    return locate(chosen).root


def _say(result: Checked) -> None:
    state = _("in order") if not result.problems else _("{count} problems").format(count=len(result.problems))
    typer.echo(
        _("{module} ({language}): {state}. {tasks} tasks, {points} points, {seconds} s").format(
            module=result.module, language=result.language, state=state, tasks=result.tasks,
            points=number(result.points, 0), seconds=number(result.seconds, 1),
        )
    )  # fmt: skip
    for problem in result.problems:
        typer.echo(f"  {problem}", err=True)

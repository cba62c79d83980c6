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
    course_students,
)
from mutu.cli.course_next import place as where
from mutu.cli.course_next import typed
from mutu.cli.program import Json, Noun, Workspace
from mutu.errors import N_, InputError
from mutu.locale import _, number

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
    course_students.register(noun)


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
        folders = workspace.folders(place)
        file = folders.course / "release" / name / f"{name}.ipynb"
        said = _("{name}: handed out, {folder}. The file to send or upload is {file}.")
        typer.echo(said.format(name=name, folder=folders.exchange, file=file))
    said = _(
        "Next: the participants fetch it in JupyterLab or get the file from you; collect what comes back with {collect}"
    )
    typer.echo(said.format(collect=typed("collect", _("FROM"), *where(None, dir_))))


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

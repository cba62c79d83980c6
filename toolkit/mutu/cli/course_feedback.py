"""`mutu course feedback`: a page for every trainee, where nbgrader keeps its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutu.cli.course_place import CourseDir, folders
from mutu.cli.program import Json, Noun, Workspace
from mutu.errors import N_, InputError
from mutu.locale import _, integer

if TYPE_CHECKING:
    from mutu.course.nbgrader import Folders
    from mutu.course.outcome.feedback import Written

Module = Annotated[
    str,
    typer.Argument(metavar=N_("MODULE"), help=N_("Module or assignment, for instance 02 or skm; all unless given")),
]
Student = Annotated[str | None, typer.Option("--student", metavar="ID", help=N_("Only this participant"))]


def register(noun: Noun) -> None:
    """Add the command to `mutu course`."""
    noun.verb(N_("Write the participants' feedback: what is right, what is missing, what to read again."))(feedback)


def feedback(
    module: Module = "", student: Student = None, course_dir: CourseDir = None, dir_: Workspace = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Write the pages of every assignment that is meant."""
    from mutu.course.outcome.feedback import write

    course = folders(course_dir, dir_)
    made = {name: write(course, name, student) for name in _assignments(course, module, student)}
    if as_json:
        found = [_as_json(name, pages) for name, pages in made.items()]
        typer.echo(json.dumps({"assignments": found}, ensure_ascii=False, indent=2))
        return
    for name, pages in made.items():
        for written in pages:
            _say(written)
        typer.echo(
            _("{name}: {count} pages of feedback in {folder}").format(
                name=name, count=integer(len(pages)), folder=course.course / "feedback"
            )
        )


def _assignments(course: Folders, module: str, student: str | None) -> list[str]:
    """Assignments with something graded: the one of that name, else those of the module, else all."""
    from mutu.course import workspace

    places = (course.course / "autograded").glob("[!.]*/[!.]*")
    found = sorted({place.name for place in places if place.is_dir()})
    meant = found if not module else [module] if module in found else workspace.assignments_of(module)
    graded = [name for name in meant if any((course.course / "autograded").glob(f"{student or '*'}/{name}"))]
    if not graded:
        raise InputError(
            N_("Nothing is graded yet for «{name}». Grade it first; then there is something to say."),
            name=" · ".join(filter(None, (module, student))) or course.course,
        )
    return graded


def _say(written: Written) -> None:
    from mutu.course.outcome.feedback.words import points

    page = written.page
    line = _("{student}: {score} of {full} points")
    if page.waiting:
        line = _("{student}: {score} of {full} points, {waiting} of them wait for you")
    typer.echo(
        line.format(
            student=written.student, score=points(page.score), full=points(page.full), waiting=points(page.waiting)
        )
    )


def _as_json(name: str, pages: list[Written]) -> dict[str, Any]:
    return {
        "assignment": name,
        "pages": [
            {
                "student": written.student,
                "file": str(written.file),
                "score": written.page.score,
                "max_score": written.page.full,
                "waiting": written.page.waiting,
                "tasks": [
                    {"grade_id": item.task.grade_id, "score": item.score + item.extra, "state": item.answer.state}
                    for item in written.page.items
                ],
                "attempts": [
                    {"handed_in": each.handed_in.isoformat() if each.handed_in else None, "score": each.score}
                    | {"counts": each.counts, "waits": each.waits}
                    for each in written.page.attempts
                ],
            }
            for written in pages
        ],
    }

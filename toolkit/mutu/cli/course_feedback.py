"""`mutu course feedback`: a page for every trainee, where nbgrader keeps its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutu.cli.course_next import place, typed
from mutu.cli.course_place import CourseDir, folders
from mutu.cli.program import Json, Noun, Workspace
from mutu.errors import N_, InputError
from mutu.locale import _, integer

if TYPE_CHECKING:
    from mutu.course.nbgrader import Folders, Trainee
    from mutu.course.outcome.feedback.page import Item
    from mutu.course.outcome.feedback.write import Written

Module = Annotated[
    str,
    typer.Argument(metavar=N_("MODULE"), help=N_("Module or assignment, for instance 02 or skm; all unless given")),
]
Student = Annotated[
    str | None, typer.Option("--student", metavar="ID", help=N_("Only this participant: an id or a name"))
]


def register(noun: Noun) -> None:
    """Add the command to `mutu course`."""
    noun.verb(N_("Write the participants' feedback: what is right, what is missing, what to read again."))(feedback)


def feedback(
    module: Module = "", student: Student = None, course_dir: CourseDir = None, dir_: Workspace = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Write the pages of every assignment that is meant."""
    from mutu.course.outcome.feedback.write import write
    from mutu.course.participant import meant

    course = folders(course_dir, dir_)
    people = _people(course)
    who = None if student is None else meant(student, people)
    made = {name: write(course, name, who) for name in _assignments(course, module, who)}
    if as_json:
        found = [_as_json(name, pages) for name, pages in made.items()]
        typer.echo(json.dumps({"assignments": found}, ensure_ascii=False, indent=2))
        return
    names = {person.id: person.name for person in people}
    _say_all(made, names, course)
    _say_next(course, module, place(course_dir, dir_))


def _say_all(made: Mapping[str, list[Written]], names: Mapping[str, str], course: Folders) -> None:
    for name, pages in made.items():
        for _student, written in groupby(pages, key=lambda each: each.student):
            _say(list(written), names)
        typer.echo(
            _("{name}: pages of feedback: {count}, in {folder}").format(
                name=name, count=integer(len(pages)), folder=course.course / "feedback"
            )
        )


def _say_next(course: Folders, module: str, where: tuple[str, ...]) -> None:
    """How a participant gets the page, and what comes then."""
    said = _(
        "Next: give the participants their pages: in formgrader with Release Feedback, or send the files in {folder}. "
        "Then {command}"
    )
    then = typed("marks", *([module] if module else []), "--out", "nilai.xlsx", *where)
    typer.echo(said.format(folder=course.course / "feedback", command=then))


def _people(course: Folders) -> tuple[Trainee, ...]:
    """Everybody in the gradebook, and whoever handed in without standing there."""
    from mutu.course.nbgrader.enrolled import everybody
    from mutu.course.participant import with_strangers

    return with_strangers(everybody(course), (place.parent.name for place in _handed_in(course, "*", "[!.]*")))


def _assignments(course: Folders, module: str, student: str | None) -> list[str]:
    """Assignments with something handed in: the one of that name, else those of the module, else all."""
    from mutu.course import workspace

    found = sorted({place.name for place in _handed_in(course, "*", "[!.]*")})
    meant = found if not module else [module] if module in found else workspace.assignments_of(module)
    chosen = [name for name in meant if any(_handed_in(course, student or "*", name))]
    graded = [name for name in chosen if any((course.course / "autograded").glob(f"{student or '*'}/{name}"))]
    if not chosen:
        raise (
            _nothing(course, meant, student)
            if student
            else InputError(
                N_("Nothing is graded yet for «{name}». Grade it first; then there is something to say."),
                name=module or course.course,
            )
        )
    return graded or chosen


def _nothing(course: Folders, meant: Iterable[str], student: str) -> InputError:
    """A participant who has handed in nothing of it."""
    from mutu.course.participant import called, nothing_of

    names = {person.id: person.name for person in _people(course)}
    return nothing_of(called(student, names.get(student)), meant, course.course)


def _handed_in(course: Folders, student: str, assignment: str) -> Iterator[Path]:
    places = (course.course / step for step in ("submitted", "autograded"))
    return (each for place in places for each in place.glob(f"{student}/{assignment}") if each.is_dir())


def _say(pages: list[Written], names: Mapping[str, str]) -> None:
    """A line for a person: the points of the whole submission, and where it stands."""
    from mutu.course.outcome.pages import clean
    from mutu.course.outcome.standing import written
    from mutu.course.participant import called

    first = pages[0]
    who, stands = clean(called(first.student, names.get(first.student))), first.standing
    said = [] if stands.score is None else [_points(stands.score, stands.max_score)]
    if len(pages) > 1:
        said.append(
            ", ".join(f"{each.notebook} {written(each.page.score)}/{written(each.page.full)}" for each in pages)
        )
    typer.echo(f"{who}: {'; '.join([*said, *stands.remarks])}")


def _points(score: float, full: float) -> str:
    from mutu.course.outcome.standing import written

    return _("{score} of {full} points").format(score=written(score), full=written(full))


def _as_json(name: str, pages: list[Written]) -> dict[str, Any]:
    return {
        "assignment": name,
        "pages": [
            {
                "student": written.student,
                "notebook": written.notebook,
                "state": written.standing.state.value,
                "state_text": written.standing.words,
                "late": written.standing.late.phrase if written.standing.late else None,
                "file": str(written.file),
                "score": None if written.standing.score is None else written.page.score,
                "max_score": written.page.full,
                "waiting": written.page.waiting,
                "tasks": [_task(item) for item in written.page.items],
                "attempts": [
                    {"handed_in": each.handed_in.isoformat() if each.handed_in else None, "score": each.score}
                    | {"counts": each.counts, "waits": each.waits}
                    for each in written.page.attempts
                ],
            }
            for written in pages
        ],
    }


def _task(item: Item) -> dict[str, Any]:
    """A task that waits for its first points has none, which is no zero."""
    given = item.score + item.extra
    state = item.answer.state
    return {
        "grade_id": item.task.grade_id,
        "score": None if state == "waiting" and not given else given,
        "state": state,
    }

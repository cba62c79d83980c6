"""`mutu course grade`: the submissions of a module, each in a room of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutu.cli.course_place import CourseDir
from mutu.cli.program import Json, Noun, Workspace
from mutu.errors import N_, InputError, SettingError
from mutu.locale import _, number

if TYPE_CHECKING:
    from mutu.course.grade.report import Graded, Progress, Report
    from mutu.course.nbgrader import Course

Which = Annotated[
    str, typer.Argument(metavar=N_("MODULE"), help=N_("Folder or number of a module, or the name of an assignment"))
]
Jobs = Annotated[int, typer.Option("--jobs", metavar="N", help=N_("How many at once; one per processor unless given"))]
Force = Annotated[bool, typer.Option("--force", help=N_("Also what has not changed since it was graded"))]
NoIsolation = Annotated[
    bool,
    typer.Option("--no-isolation", help=N_("Without isolation: submissions run with your own rights")),
]
Student = Annotated[str, typer.Option("--student", metavar="ID", help=N_("Only this participant"))]
Notebook = Annotated[
    str, typer.Option("--notebook", metavar=N_("NAME"), help=N_("Only this notebook of the assignment"))
]


def register(noun: Noun) -> None:
    """Add the command to `mutu course`."""
    noun.verb(N_("Grade what was handed in, isolated and side by side, into nbgrader's gradebook."))(grade)


def grade(  # noqa: PLR0913 - its options
    module: Which,
    jobs: Jobs = 0,
    course_dir: CourseDir = None,
    force: Force = False,
    no_isolation: NoIsolation = False,
    student: Student = "*",
    notebook: Notebook = "*",
    dir_: Workspace = None,
    as_json: Json = False,
) -> None:
    """Grade the submissions of a module."""
    from mutu.course.grade import housing
    from mutu.course.grade.options import Options, processors

    if jobs < 0:
        raise SettingError(N_("--jobs is {count}. Give a number from 1."), count=jobs)
    options = Options(jobs or processors(), force, caged=not no_isolation, students=student, notebooks=notebook)
    reports = []
    with housing.house(options) as house:  # it loads while the rest is
        from mutu.course.grade.engine import grade

        course, assignments = _course(module, course_dir, dir_)
        for name in assignments:
            with _progress(name, quiet=as_json) as progress:
                reports.append(grade(course, name, options, progress, house=house))
    if as_json:
        typer.echo(json.dumps(_document(reports), ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _say(report)


def _course(module: str, course_dir: Path | None, dir_: str | None) -> tuple[Course, list[str]]:
    """The course, and those of the module's assignments for which something was handed in."""
    from mutu.course import workspace
    from mutu.course.nbgrader import Course
    from mutu.serve.workspace import locate

    if course_dir is not None:
        course = Course.at(course_dir)
    else:
        place = locate(dir_).root
        course = Course.of(workspace.existing(place), workspace.config_folder(place) / "nbgrader_config.py")
    known = course.assignments()
    named = [module] if module in known else [name for name in _of_module(module) if name in known]
    if not named:
        raise InputError(
            N_("There is no module or assignment «{name}» in {folder}. There are: {known}."),
            name=module, folder=course.root, known=", ".join(known) or "–",
        )  # fmt: skip
    return course, [name for name in named if course.submissions(name)] or named[:1]


def _of_module(module: str) -> tuple[str, ...]:
    from mutu.course import workspace

    try:
        return workspace.assignments_of(module)
    except (InputError, OSError):
        return ()


def _document(reports: list[Report]) -> dict[str, Any]:
    """One assignment, or all of a module's in one list."""
    if len(reports) == 1:
        return reports[0].as_json()
    all_of_them = [report.as_json() for report in reports]
    return {
        "assignment": ", ".join(report.assignment for report in reports),
        "submissions": [each | {"assignment": one["assignment"]} for one in all_of_them for each in one["submissions"]],
        "seconds": round(sum(report.seconds for report in reports), 3),
        "isolated": all(report.isolated for report in reports),
        "beside": sorted({name for report in reports for name in report.beside}),
    }


@contextmanager
def _progress(assignment: str, *, quiet: bool) -> Iterator[Progress]:
    """A bar with the last name, its points and the time left; on a screen only."""
    if quiet or not sys.stderr.isatty():
        yield lambda _graded, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    texts = (TextColumn("{task.fields[name]}"), TextColumn("{task.fields[last]}"))
    columns = (texts[0], BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), texts[1])
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", name=assignment, last="", total=None)
        yield lambda graded, done, total: bar.update(task, completed=done, total=total, last=_last(graded))


def _last(graded: Graded) -> str:
    from rich.markup import escape

    return escape(f"{graded.student}: {_points(graded)}")


def _points(graded: Graded) -> str:
    if graded.score is None:
        return _("no points")
    return f"{number(graded.score)} / {number(graded.max_score or 0.0, 0)}"


def _say(report: Report) -> None:
    fresh = [graded for graded in report.submissions if graded.again]
    for graded in report.submissions:
        _say_one(graded)
    typer.echo(
        _("{assignment}: {count} submissions, {fresh} graded now, {seconds} s").format(
            assignment=report.assignment, count=len(report.submissions), fresh=len(fresh),
            seconds=number(report.seconds, 1),
        )
    )  # fmt: skip
    if not report.isolated:
        typer.echo(_("Submissions ran with your own rights, without isolation."), err=True)
    if report.beside:
        names = ", ".join(report.beside)
        typer.echo(
            _("Run beside the trainees' code, as they cannot be examined from outside: {names}").format(names=names)
        )


def _say_one(graded: Graded) -> None:
    waits = "  " + _("waits for points by hand") if graded.needs_manual else ""
    same = "" if graded.again else "  " + _("unchanged")
    typer.echo(f"{graded.student}  {_points(graded)}{waits}{same}")
    for sentence in graded.sentences:
        typer.echo(f"  {sentence}")

"""`mutu course grade`: the submissions of a module, each in a room of its own."""

from __future__ import annotations

import dataclasses
import fnmatch
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from mutu.cli.course_place import CourseDir
from mutu.cli.program import Json, Noun, Workspace
from mutu.errors import N_, InputError, SettingError
from mutu.locale import _, integer, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mutu.cli.course_grade_progress import Watching
    from mutu.cli.course_grade_said import Class
    from mutu.course.grade.options import Options
    from mutu.course.grade.report import Report
    from mutu.course.grade.rooms import House
    from mutu.course.nbgrader import Course

Which = Annotated[
    str, typer.Argument(metavar=N_("MODULE"), help=N_("Folder or number of a module, or the name of an assignment"))
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", metavar="N", help=N_("How many at once; one per processor unless given"))
]
Force = Annotated[bool, typer.Option("--force", help=N_("Also what has not changed since it was graded"))]
NoIsolation = Annotated[
    bool,
    typer.Option("--no-isolation", help=N_("Without isolation: submissions run with your own rights")),
]
Student = Annotated[
    str, typer.Option("--student", metavar="ID", help=N_("Only this participant: an id or a name; * for any letters"))
]
Notebook = Annotated[
    str, typer.Option("--notebook", metavar=N_("NAME"), help=N_("Only this notebook of the assignment"))
]


def register(noun: Noun) -> None:
    """Add the command to `mutu course`."""
    noun.verb(N_("Grade what was handed in, isolated and side by side, into nbgrader's gradebook."))(grade)


def grade(  # noqa: PLR0913 - its options
    module: Which,
    jobs: Jobs = None,
    course_dir: CourseDir = None,
    force: Force = False,
    no_isolation: NoIsolation = False,
    student: Student = "*",
    notebook: Notebook = "*",
    dir_: Workspace = None,
    as_json: Json = False,
) -> None:
    """Grade the submissions of a module; Ctrl-C ends it with 130, and what was graded is kept."""
    from mutu.course.grade import housing
    from mutu.course.grade.options import Options, processors

    if jobs is not None and jobs < 1:
        raise SettingError(N_("--jobs is {count}. Give a number from 1."), count=jobs)
    options = Options(jobs or processors(), force, caged=not no_isolation, notebooks=notebook)
    run = _Run(options, quiet=as_json)
    try:
        with housing.house(options) as house:  # it loads while the rest is
            course, named = _course(module, course_dir, dir_)
            reports, people = run.grade(course, named, student, house)
    except KeyboardInterrupt:
        _stopped(run.watched, force=force)
    from mutu.cli import course_grade_said as said

    if as_json:
        typer.echo(json.dumps(said.document(reports, people), ensure_ascii=False, indent=2))
    else:
        said.say(reports, people, _feedback(module, course_dir, dir_))


class _Run:
    """A module that is being graded; `watched` are its assignments so far."""

    def __init__(self, options: Options, *, quiet: bool) -> None:
        self._options, self._quiet = options, quiet
        self.watched: list[Watching] = []

    def grade(self, course: Course, named: list[str], student: str, house: House) -> tuple[list[Report], Class]:
        """Grade those of the assignments for which something was handed in."""
        from mutu.cli import course_grade_progress as progress
        from mutu.course.grade.engine import grade

        people = _people(course, named, whole=student == "*")
        options = dataclasses.replace(self._options, students=_student(course, named, student))
        reports = []
        asked_for = _with_notebook(course, named, options.notebooks)
        for name in _handed_in(course, asked_for, options.students, people):
            self.watched.append(progress.Watching(people.called))
            with progress.shown(name, self.watched[-1], quiet=self._quiet):
                reports.append(grade(course, name, options, self.watched[-1], house=house))
        return reports, people


def _stopped(watched: list[Watching], *, force: bool) -> NoReturn:
    """Say what is kept of a run that somebody ended."""
    done, total = (sum(getattr(each, name) for each in watched) for name in ("count", "total"))
    how = _("Run the same command again to go on from there.")
    if force:
        how = _("Run the same command again: with --force it grades all of them anew.")
    if done:
        kept = ngettext(
            "Stopped. {done} of {total} submission is done and kept.",
            "Stopped. {done} of {total} submissions are done and kept.",
            total,
        )
        typer.echo(f"{kept.format(done=integer(done), total=integer(total))} {how}", err=True)
    else:
        typer.echo(_("Stopped before a submission was done.") + f" {how}", err=True)
    raise typer.Exit(130)


def _course(module: str, course_dir: Path | None, dir_: str | None) -> tuple[Course, list[str]]:
    """The course, whose times are those of its zone, and the module's assignments in it."""
    from mutu.course import workspace, zone
    from mutu.course.nbgrader import Course
    from mutu.serve.workspace import locate

    if course_dir is not None:
        course = Course.at(course_dir)
        zone.follow(course.root, locate(dir_).root)
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
    return course, named


def _of_module(module: str) -> tuple[str, ...]:
    from mutu.course import workspace

    try:
        return workspace.assignments_of(module)
    except (InputError, OSError):
        return ()


def _people(course: Course, named: list[str], *, whole: bool) -> Class:
    """The class list, and who of it handed nothing in, where the `whole` class is graded."""
    from mutu.cli.course_grade_said import Class
    from mutu.course import workspace
    from mutu.course.nbgrader import enrolled

    everybody = enrolled.listed(course)
    names = {person.id: person.name for person in everybody if person.name}
    known = frozenset(person.id for person in everybody if person.is_described)
    titles = partial(_titles, course.root)
    if not whole:
        return Class(names, listed=known, titles=titles)
    every = {*named, *(other for name in named for other in workspace.siblings(name))}
    handed_in = {student for name in every for student in course.submissions(name)}
    return Class(names, tuple(id_ for id_ in names if id_ not in handed_in), known, titles)


def _titles(course: Path, assignment: str) -> Mapping[str, str]:
    from mutu.course.outcome.tasks import titles

    return titles(course, assignment)


def _student(course: Course, named: list[str], wanted: str) -> str:
    """The pattern of ids that is meant by a pattern, an id or a name."""
    from mutu.course.nbgrader import enrolled
    from mutu.course.participant import meant, with_strangers

    if any(sign in wanted for sign in "*?["):
        return wanted
    handed_in = (student for name in named for student in course.submissions(name))
    return meant(wanted, with_strangers(enrolled.listed(course), handed_in))


def _with_notebook(course: Course, named: list[str], pattern: str) -> list[str]:
    """The assignments that have such a notebook.

    Raises
    ------
    InputError : none has
    """
    known = {name: [file.stem for file in course.folder("source", ".", name).glob("*.ipynb")] for name in named}
    found = [name for name in named if any(fnmatch.fnmatchcase(stem, pattern) for stem in known[name])]
    if not found and pattern != "*":
        raise InputError(
            N_("«{name}» is no notebook of {assignments}. There are: {known}."),
            name=pattern,
            assignments=", ".join(f"«{name}»" for name in named),
            known=", ".join(sorted({stem for stems in known.values() for stem in stems})) or "–",
        )
    return found or named


def _handed_in(course: Course, named: list[str], students: str, people: Class) -> list[str]:
    """Assignments for which these participants handed something in.

    Raises
    ------
    InputError : there is none
    """
    found = [name for name in named if course.submissions(name, students)]
    if found:
        return found
    if students == "*":
        names = ", ".join(f"«{name}»" for name in named)
        raise InputError(
            N_("There are no submissions of {names} in {folder}. Collect them first with `mutu course collect …`."),
            names=names, folder=course.root,
        )  # fmt: skip
    from mutu.course.participant import nothing_of

    raise nothing_of(people.called(students), named, course.root)


def _feedback(module: str, course_dir: Path | None, dir_: str | None) -> str:
    """The command that writes the feedback of what was graded."""
    from mutu.cli.course_next import place, typed

    return typed("feedback", module, *place(course_dir, dir_))

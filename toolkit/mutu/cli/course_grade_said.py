"""What `mutu course grade` says when it is done: in words, and as one JSON document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import typer

from mutu.cli.course_next import say as say_next
from mutu.cli.course_next import say_points
from mutu.course.grade.mend import titled
from mutu.course.grade.report import Graded, Report
from mutu.course.listed import listed
from mutu.course.participant import called
from mutu.locale import _, integer, ngettext, number

_MOST = 10  # names in one line


@dataclass(frozen=True)
class Class:
    """Who takes part, and in what.

    Attributes
    ----------
    names : id -> name where somebody wrote one
    absent : ids of the class list that handed nothing in
    listed : ids of the class list; none where there is no list
    titles : of an assignment, id of a cell -> what to call it; asked when there is something to say
    """

    names: Mapping[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    listed: frozenset[str] = frozenset()
    titles: Callable[[str], Mapping[str, str]] = lambda _assignment: {}

    def called(self, id_: str) -> str:
        """The name with the id behind it."""
        return called(id_, self.names.get(id_))


def document(reports: list[Report], people: Class) -> dict[str, Any]:
    """One assignment, or all of a module's in one list."""
    all_of_them = [report.as_json() for report in reports]
    for one in all_of_them:
        one["submissions"] = [_named(each, people) for each in one["submissions"]]
    absent = [{"student": id_, "name": people.names.get(id_) or None} for id_ in people.absent]
    if len(all_of_them) == 1:
        return all_of_them[0] | {"not_handed_in": absent}
    return {
        "assignment": ", ".join(report.assignment for report in reports),
        "submissions": [each | {"assignment": one["assignment"]} for one in all_of_them for each in one["submissions"]],
        "seconds": round(sum(report.seconds for report in reports), 3),
        "isolated": all(report.isolated for report in reports),
        "beside": sorted({name for report in reports for name in report.beside}),
        "beside_because": {name: why for report in reports for name, why in report.beside.items()},
        "not_handed_in": absent,
    }


def _named(said: dict[str, Any], people: Class) -> dict[str, Any]:
    return {"student": said["student"], "name": people.names.get(said["student"]) or None, **said}


def say(reports: list[Report], people: Class, feedback: str) -> None:
    """Everything in words.

    Parameters
    ----------
    reports : what the engine answered
    people : the class
    feedback : the command that writes the feedback of these assignments, as it is typed
    """
    for report in reports:
        _say(report, people)
    if people.absent:
        names = listed(map(people.called, people.absent), _MOST)
        typer.echo(_("Not handed in yet ({count}): {names}").format(count=integer(len(people.absent)), names=names))
    _say_next(reports, feedback)


def _say(report: Report, people: Class) -> None:
    titles = people.titles(report.assignment)
    for graded in report.submissions:
        _say_one(graded, people, titles)
    _say_sum(report)
    for graded in report.submissions:
        if graded.score is None:
            typer.echo(
                _("Could not be graded: {name}. {reason}").format(
                    name=people.called(graded.student), reason=graded.reason or ""
                )
            )
    if not report.isolated and any(graded.again for graded in report.submissions):
        typer.echo(_("Submissions ran with your own rights, without isolation."), err=True)
    if report.beside:
        typer.echo(_("Run beside the trainees' code, as they cannot be examined from outside:"))
    for why in report.beside.values():
        typer.echo(f"  {titled(why, titles)}")


def _say_one(graded: Graded, people: Class, titles: Mapping[str, str]) -> None:
    is_open = graded.needs_manual and graded.score is not None and not graded.remarks  # which say what is open
    waits = "  " + _("waits for points by hand") if is_open else ""
    same = "" if graded.again else "  " + _("unchanged")
    typer.echo(f"{people.called(graded.student)}  {_points(graded)}{waits}{same}")
    if people.listed and graded.student not in people.listed:
        typer.echo("  " + _("is not in the class list"))
    for sentence in graded.sentences:
        typer.echo(f"  {titled(sentence, titles)}")


def _points(graded: Graded) -> str:
    if graded.score is None:
        return _("no points")
    return f"{number(graded.score)} / {number(graded.max_score or 0.0, 0)}"


def _say_sum(report: Report) -> None:
    count = len(report.submissions)
    fresh = sum(graded.is_fresh for graded in report.submissions)
    failed = sum(graded.score is None for graded in report.submissions)
    parts = [
        ngettext("{count} submission", "{count} submissions", count).format(count=integer(count)),
        _("{count} graded now").format(count=integer(fresh)),
        *([_("{count} could not be graded").format(count=integer(failed))] if failed else []),
        _("{seconds} s").format(seconds=number(report.seconds, 1)),
    ]
    typer.echo(f"{report.assignment}: {', '.join(parts)}")


def _say_next(reports: list[Report], feedback: str) -> None:
    """What to do now, in one line."""
    graded = [each for report in reports for each in report.submissions if each.score is not None]
    if not graded:
        return
    waiting = sum(each.needs_manual for each in graded)
    if not waiting:
        say_next(feedback)
        return
    say_points(waiting, feedback)

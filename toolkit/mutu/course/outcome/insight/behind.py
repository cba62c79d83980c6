"""Who is falling behind, by rules that the page states, each person with the reason in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mutu.course.nbgrader.results import Results
from mutu.course.outcome.insight.gather import Class, Work
from mutu.course.outcome.insight.marks import mark
from mutu.locale import _, integer, percent

LIMIT = 0.6
"""Share of the points below which a mark is low."""

LAST = 3
"""How many modules are looked back upon."""

LOW = 2
"""Low marks among them that make a reason; one is enough where there is only one module."""

EMPTY = 2
"""Empty answers that make a reason; all of them where there are fewer."""


@dataclass(frozen=True)
class Module:
    """A module as the gradebook has it: its assignments, one a language; the names are in the order of the course."""

    name: str
    assignments: tuple[str, ...]


@dataclass(frozen=True)
class Behind:
    """Somebody who may need help, and why, a sentence a reason."""

    person: str
    reasons: tuple[str, ...]
    lowest: float


def falling_behind(course: Class, modules: Sequence[Module], now: datetime) -> list[Behind]:
    """Those who are falling behind, most reasons first, then the lowest mark.

    Parameters
    ----------
    course : the module that is looked at
    modules : all of the course, in its order
    now : UTC without a zone, for due dates
    """
    shares = {module.name: _shares(course.results, module) for module in modules}
    handed_in = {module.name: _handed_in(course, module) for module in modules}
    due = [module for module in modules if _is_due(module, course, handed_in[module.name], now)]
    works = {work.person.id: work for work in course.works}
    found = []
    for person in course.people:
        reasons = [
            *_file(person, works.get(person), course),
            *_missing(person, due, handed_in),
            *_low(person, [module for module in modules if shares[module.name]][-LAST:], shares),
            *_empty(works.get(person), course),
        ]
        if reasons:
            lowest = min((each[person] for each in shares.values() if person in each), default=0.0)
            found.append(Behind(person, tuple(reasons), lowest))
    return sorted(found, key=lambda each: (-len(each.reasons), each.lowest, each.person))


def _handed_in(course: Class, module: Module) -> set[str]:
    """People who handed in, graded or not."""
    known = course.known
    return {who for who, name in (*known.results.submissions, *known.ungraded) if name in module.assignments}


def _shares(results: Results, module: Module) -> dict[str, float]:
    """Person -> share of the points given so far, in the language in which it is higher."""
    found = dict[str, float]()
    for name in module.assignments:
        for submission in results.of(name):
            share = mark(submission).share
            found[submission.student] = max(share or 0.0, found.get(submission.student, 0.0))
    return found


def _is_due(module: Module, course: Class, handed_in: set[str], now: datetime) -> bool:
    """Whether a module is to be handed in: its day has passed, or half of the class has done so."""
    days = [course.results.assignments[name].duedate for name in module.assignments]
    return any(day is not None and day < now for day in days) or 2 * len(handed_in) >= len(course.people)


def _file(person: str, work: Work | None, course: Class) -> list[str]:
    """Of a file that cannot be graded, or that broke off."""
    if person in course.unfit:
        return [_("The file that was handed in cannot be graded: ask for it once more.")]
    lost = [task.title for task in work.standing.open if task.lost] if work else []
    if not lost:
        return []
    said = _("The file is cut off or damaged, so tasks wait ({tasks}): ask for it once more.")
    return [said.format(tasks=", ".join(lost))]


def _missing(person: str, due: Iterable[Module], handed_in: Mapping[str, set[str]]) -> list[str]:
    names = [module.name for module in due if person not in handed_in[module.name]]
    return [_("Has not handed in: {modules}.").format(modules=", ".join(names))] if names else []


def _low(person: str, last: Sequence[Module], shares: Mapping[str, Mapping[str, float]]) -> list[str]:
    low = [module.name for module in last if shares[module.name].get(person, LIMIT) < LIMIT]
    if len(low) < min(LOW, len(last)) or not low:
        return []
    marks = ", ".join(f"{name} {percent(shares[name][person], 0)}" for name in low)
    return [_("Low marks: {marks} of the points given so far.").format(marks=marks)]


def _empty(work: Work | None, course: Class) -> list[str]:
    if work is None or not work.written:
        return []
    empty, all_of_them = len(work.empty), len(work.written)
    if not empty or empty < min(EMPTY, all_of_them):
        return []
    return [
        _("Left {empty} of {count} answers of {module} empty.").format(
            empty=integer(empty), count=integer(all_of_them), module=course.module
        )
    ]

"""Who gets a certificate, and why the others do not: one sentence each, nobody left out in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mutu.course.nbgrader.results import Person, Results, Submission
from mutu.course.outcome.certificate.facts import MAX_LINE
from mutu.course.outcome.certificate.taught import Taught
from mutu.course.outcome.marks.table import mark_of
from mutu.locale import _, number

_NIP = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d{2}(?P<month>\d{2})[12]\d{3}")
_NIK = re.compile(r"\d{16}")
_PPPK = 21  # stands where a NIP has the month of appointment


@dataclass(frozen=True)
class Earned:
    """A person who gets a certificate; marks (0 to 100, two decimals) in the order of the modules."""

    person: Person
    marks: tuple[tuple[Taught, Decimal], ...]


@dataclass(frozen=True)
class Refused:
    """A person who gets none, and the reason in one sentence in the language in use."""

    person: Person
    reason: str


def decide(
    people: Sequence[Person], modules: Sequence[Taught], results: Results, ungraded: set[tuple[str, str]]
) -> tuple[Earned | Refused, ...]:
    """Judge every person.

    Parameters
    ----------
    people : whom to judge
    modules : what each must have passed
    results : the gradebook
    ungraded : (person's id, assignment) of work handed in and not graded yet
    """
    return tuple(_judge(person, modules, results, ungraded) for person in people)


def _judge(
    person: Person, modules: Sequence[Taught], results: Results, ungraded: set[tuple[str, str]]
) -> Earned | Refused:
    if person.name == person.id:
        return Refused(person, _("The class list has no name for {id}. Add it with mutu course students.").format(
            id=shown_id(person.id) or "–"))  # fmt: skip
    if len(person.name) > MAX_LINE:
        return Refused(person, _("The name is longer than {most} characters. Shorten it.").format(most=MAX_LINE))
    marks = []
    for module in modules:
        handed_in = [found for name in module.assignments if (found := results.submissions.get((person.id, name)))]
        reason = _waits(person, module, handed_in, ungraded)
        mark = max((mark_of(one, results) for one in handed_in), default=Decimal(0))
        if reason or mark < module.least:
            return Refused(person, reason or _too_low(module, mark))
        marks.append((module, mark))
    return Earned(person, tuple(marks))


def _waits(
    person: Person, module: Taught, handed_in: Sequence[Submission], ungraded: set[tuple[str, str]]
) -> str | None:
    if any((person.id, name) in ungraded for name in module.assignments):
        return _("The work for {module} was handed in but is not graded yet.").format(module=module.name)
    if not handed_in:
        return _("Nothing was handed in for {module}.").format(module=module.name)
    waiting = sum(grade.needs_manual_grade for one in handed_in for grade in one.grades.values())
    if waiting:
        return _("Answers for {module} that still wait for points by hand: {count}.").format(
            count=waiting, module=module.name
        )
    return None


def _too_low(module: Taught, mark: Decimal) -> str:
    return _("The mark for {module} is {mark}; at least {least} is asked for.").format(
        module=module.name, mark=number(mark), least=number(module.least)
    )


def shown_id(text: str) -> str:
    """An id as it may be printed: a number of 16 digits may be a NIK, which is nobody's business, and is left out."""
    return "" if _NIK.fullmatch(text) else text


def id_kind(text: str) -> str:
    """What an id is called on paper: NIP, NI PPPK, or the number of a participant; empty where none is printed."""
    if not shown_id(text):
        return ""
    found = _NIP.fullmatch(text)
    if found and int(found["month"]) <= 12:
        return "NIP"
    return "NI PPPK" if found and int(found["month"]) == _PPPK else _("Participant")

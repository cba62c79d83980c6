"""Who gets a certificate, and why the others do not: one sentence each, nobody left out in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mutu.course.nbgrader.results import Person
from mutu.course.outcome.certificate.facts import MAX_LINE
from mutu.course.outcome.certificate.taught import Taught
from mutu.course.outcome.standing import Known, Standing, State, mark_of
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


def decide(people: Sequence[Person], modules: Sequence[Taught], known: Known) -> tuple[Earned | Refused, ...]:
    """Judge every person.

    Parameters
    ----------
    people : whom to judge
    modules : what each must have passed
    known : the class
    """
    return tuple(_judge(person, modules, known) for person in people)


def _judge(person: Person, modules: Sequence[Taught], known: Known) -> Earned | Refused:
    if person.name == person.id:
        return Refused(person, _("The class list has no name for {id}. Add it with mutu course students.").format(
            id=shown_id(person.id) or "–"))  # fmt: skip
    if len(person.name) > MAX_LINE:
        return Refused(person, _("The name is longer than {most} characters. Shorten it.").format(most=MAX_LINE))
    marks = []
    for module in modules:
        stands, counted = known.of(person.id, module.assignments)
        mark = mark_of(counted, known.results) if counted else Decimal(0)
        if stands.state is not State.COMPLETE or mark < module.least:
            return Refused(person, _waits(module, stands) or _too_low(module, mark))
        marks.append((module, mark))
    return Earned(person, tuple(marks))


def _waits(module: Taught, stands: Standing) -> str:
    """What there is to wait for, as every command says it; empty where nothing is."""
    if stands.state is State.COMPLETE:
        return ""
    return _("Module {module}: {state}.").format(module=module.name, state=stands.words.rstrip("."))


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

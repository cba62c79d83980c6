"""What was taught: the modules a certificate names, with their titles and hours and the mark each asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mutu.course.nbgrader.results import Results
from mutu.course.outcome.certificate.profile import OfModule, Training
from mutu.course.outcome.marks.modules import Graded, graded
from mutu.errors import N_, SettingError


@dataclass(frozen=True)
class Taught:
    """A module: its short name, title, hours, the mark it asks for, and the assignments that count for it."""

    name: str
    title: str
    jp: int
    least: Decimal
    assignments: tuple[str, ...]


def taught(wanted: Iterable[str], training: Training, results: Results) -> tuple[Taught, ...]:
    """The modules that are wanted, else every module of the gradebook, with what the profile says of them.

    Raises
    ------
    InputError : a module is not known or not graded, or there is none at all
    SettingError : the hours of a module are not known
    """
    return tuple(_taught(each, training) for each in graded(wanted, results))


def _taught(each: Graded, training: Training) -> Taught:
    said = training.modules.get(each.name, OfModule())
    hours = said.jp or (each.module.jp if each.module else None)
    if hours is None:
        raise SettingError(
            N_(
                "The hours (JP) of the assignment «{module}» are not known. Write [modul.{module}] with jp = 2 into "
                "the profile."
            ),
            module=each.name,
        )
    least = training.least if said.least is None else said.least
    return Taught(each.name, said.title or each.title, hours, least, each.assignments)

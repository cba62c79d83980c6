"""What was taught: the modules a certificate names, with their titles, hours and nbgrader assignments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mutu.course import author
from mutu.course.author import Module
from mutu.course.nbgrader.results import Results
from mutu.course.outcome.certificate.profile import Training
from mutu.errors import N_, InputError, SettingError
from mutu.locale import LANGUAGES, current


@dataclass(frozen=True)
class Taught:
    """A module: its short name, title, hours, the mark it asks for, and the assignments that count for it.

    Only assignments of the gradebook are named; the same exercise in several languages counts once.
    """

    name: str
    title: str
    jp: int
    least: Decimal
    assignments: tuple[str, ...]


def taught(wanted: Iterable[str], training: Training, results: Results) -> tuple[Taught, ...]:
    """The modules that are wanted, else every module with an assignment in the gradebook, in the course's order.

    Raises
    ------
    InputError : a module has no assignment in the gradebook, or there is none at all
    SettingError : the hours of a module are not known
    """
    ours = author.modules()
    rest = [name for name in results.assignments if not any(name in _names(module) for module in ours)]
    chosen: list[Module | str] = [_one(each, ours, rest) for each in wanted]
    chosen = chosen or [*(module for module in ours if _graded(module, results)), *rest]
    if not chosen:
        raise InputError(N_("The gradebook has no assignment yet. Grade a module first."))
    once = {each if isinstance(each, str) else each.slug: each for each in chosen}
    return tuple(_taught(each, training, results) for each in once.values())


def _one(which: str, ours: tuple[Module, ...], rest: list[str]) -> Module | str:
    for module in ours:
        if which in (module.slug, module.name) or author.is_named(module.name, which):
            return module
    if which in rest:
        return which
    raise InputError(
        N_("There is no module «{module}». There are: {known}."),
        module=which, known=", ".join([*(module.name for module in ours), *rest]),
    )  # fmt: skip


def _taught(which: Module | str, training: Training, results: Results) -> Taught:
    name = which if isinstance(which, str) else which.slug
    graded = (which,) if isinstance(which, str) else _graded(which, results)
    if not graded:
        raise InputError(N_("Nobody's work for the module «{module}» was graded yet. Grade it first."), module=name)
    if not any(results.assignments[one].max_score for one in graded):
        raise InputError(N_("The assignment «{module}» gives no points, so it has no mark. Leave it out."), module=name)
    said = training.modules.get(name)
    ours = None if isinstance(which, str) else which
    title = said.title if said and said.title else ours.title[current()] if ours else name
    hours = said.jp if said and said.jp else ours.jp if ours else None
    if hours is None:
        raise SettingError(
            N_("The hours (JP) of the assignment «{module}» are not known. Write [modules.{module}] with jp = 2 into "
               "pelatihan.toml."), module=name,
        )  # fmt: skip
    least = said.least if said and said.least is not None else training.least
    return Taught(name, title, hours, least, graded)


def _names(module: Module) -> tuple[str, ...]:
    return tuple(module.assignment(language) for language in LANGUAGES)


def _graded(module: Module, results: Results) -> tuple[str, ...]:
    return tuple(name for name in _names(module) if name in results.assignments)

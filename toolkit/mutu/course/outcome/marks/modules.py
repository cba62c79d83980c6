"""Which assignments of a gradebook belong to which module: the same exercise in several languages counts as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mutu.course import author
from mutu.course.author import Module
from mutu.course.nbgrader.results import Results
from mutu.errors import N_, InputError
from mutu.locale import LANGUAGES, current


@dataclass(frozen=True)
class Graded:
    """A module whose work is graded: its short name, its assignments in the gradebook, and its source if it is ours."""

    name: str
    assignments: tuple[str, ...]
    module: Module | None = None

    @property
    def word(self) -> str:
        """What is typed for it: the number of one of ours."""
        return self.module.name.partition("-")[0] if self.module else self.name

    @property
    def title(self) -> str:
        """The title in the language in use; the name where none is known."""
        return self.module.title[current()] if self.module else self.name


def graded(wanted: Iterable[str], results: Results) -> tuple[Graded, ...]:
    """The modules that are wanted, else all with an assignment in the gradebook: ours in their order, then others.

    Raises
    ------
    InputError : a module is not known or not in the gradebook, or there is no assignment at all
    """
    known = _known(results)
    chosen = [_one(which, known) for which in wanted] or [each for each in known if each.assignments]
    if not chosen:
        raise InputError(N_("The gradebook has no assignment yet. Grade a module first."))
    for each in chosen:
        if not any(results.assignments[name].max_score for name in each.assignments):
            raise InputError(
                N_("The gradebook has no points for the module «{module}». Grade it first, or leave it out."),
                module=each.name,
            )
    return tuple({each.name: each for each in chosen}.values())


def _known(results: Results) -> tuple[Graded, ...]:
    """Our modules, also those without an assignment, and every other assignment as a module of its own."""
    ours = [_ours(module, results) for module in author.modules()]
    taken = {name for each in ours for name in each.assignments}
    return (*ours, *(Graded(name, (name,)) for name in results.assignments if name not in taken))


def _ours(module: Module, results: Results) -> Graded:
    """The first of its assignments, which gives the titles, is one that was handed in, if possible in our language."""
    names = [module.assignment(language) for language in sorted(LANGUAGES, key=lambda each: each != current())]
    there = [name for name in names if name in results.assignments]
    return Graded(module.slug, tuple(sorted(there, key=lambda name: not results.of(name))), module)


def _one(which: str, known: tuple[Graded, ...]) -> Graded:
    for each in known:
        if which == each.name or (each.module and author.is_named(each.module.name, which)):
            return each
    raise InputError(
        N_("There is no module «{module}». There are: {known}."),
        module=which, known=", ".join(each.module.name if each.module else each.name for each in known),
    )  # fmt: skip

"""Whom to ask: a sample drawn from a list or a queue, the same again from the same seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

from mutu.errors import N_, InputError, SettingError, Term
from mutu.locale import _, integer
from mutu.measure import frames
from mutu.measure.result import Result
from mutu.measure.sampling.size import all_are_used
from mutu.measure.settings import whole


@dataclass(frozen=True)
class Drawn(Result):
    """A sample that was drawn.

    Attributes
    ----------
    positions : places in the list or queue, counted from 1, in ascending order
    items : what stood there; the positions themselves where only a number was given
    population : length of the list
    seed : draws the same sample again
    every : step of a systematic sample; None for a simple random one
    """

    positions: tuple[int, ...]
    items: tuple[Any, ...] = field(repr=False)
    population: int
    seed: int
    every: int | None

    def __float__(self) -> float:
        return float(self.n)

    @property
    def n(self) -> int:
        """People drawn."""
        return len(self.positions)

    @property
    def method(self) -> str:
        """ "simple random" or "systematic"."""
        return "simple random" if self.every is None else "systematic"

    def sentence(self) -> str:
        """How the sample was drawn, so that anybody can draw it again."""
        if self.every is None:
            text = _("{n} of {population} were drawn at random, each with the same chance (seed {seed}).")
        else:
            text = _(
                "{n} of {population} were drawn from the queue: one in every {every}, beginning with number {first}, "
                "which was drawn at random (seed {seed})."
            )
        said = text.format(
            n=integer(self.n),
            population=integer(self.population),
            every=self.every,
            first=self.positions[0],
            seed=self.seed,
        )
        return f"{said} {all_are_used()}"

    def rows(self) -> list[dict[str, str]]:
        """One row a person drawn; the list's own cells are not repeated, as they may be names."""
        return [
            {_("No."): integer(place), _("Place in the list"): integer(position)}
            for place, position in enumerate(self.positions, 1)
        ]

    def as_json(self) -> dict[str, Any]:
        """The positions drawn; never the list's own cells, as they may be names."""
        return {
            "method": self.method,
            "n": self.n,
            "population": self.population,
            "seed": self.seed,
            "every": self.every,
            "positions": list(self.positions),
        }


def draw(source: Sequence[Any] | int | Any, n: int, seed: int, every: int | None = None) -> Drawn:
    """Draw people from a list, or from a queue of which only the length is known.

    Without `every` each set of `n` has the same chance. With it, the first is drawn from the first `every` places and
    then each `every`th is taken until there are `n`: what a person at a counter can do without a list. Systematic
    samples lean if the queue has a rhythm of the same length. The same seed draws the same on every machine.

    Parameters
    ----------
    source : the list (a sequence, an array, a series of any library, or a frame of one column), or the number of people
    n : people to draw
    seed : any whole number, zero or above; write it down
    every : step of a systematic sample, at most the length of the queue divided by `n`

    Raises
    ------
    SettingError : more to draw than there are, a step with which the queue is too short
    InputError : the source is neither a list nor a number

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., Wiley, sections 2.1 and 8.1.

    Examples
    --------
    >>> draw(100, 4, seed=7).positions == draw(100, 4, seed=7).positions
    True
    >>> first, *others = draw(100, 4, seed=7, every=25).positions
    >>> [other - first for other in others]
    [25, 50, 75]
    """
    people = _people(source)
    sample = whole(Term(N_("the sample")), n)
    if sample > len(people):
        raise SettingError(
            N_("{n} people cannot be drawn from {population}. Draw fewer."), n=sample, population=len(people)
        )
    start = whole(Term(N_("the seed")), seed, least=0)
    chance = random.Random(start)  # noqa: S311 - to be repeated, not to be secret
    places = _any(chance, len(people), sample) if every is None else _each(chance, len(people), sample, every)
    positions = tuple(place + 1 for place in places)
    return Drawn(positions, tuple(people[place] for place in places), len(people), start, every)


def _people(source: Any) -> Sequence[Any]:
    if isinstance(source, int) and not isinstance(source, bool):
        return range(1, whole(Term(N_("the population")), source) + 1)
    if isinstance(source, Sequence) and not isinstance(source, str | bytes):
        return source
    if isinstance(source, Real | str | bytes | Set | Mapping | None):
        raise InputError(
            N_("Draw from a list or from a number of people, not from {kind}."), kind=type(source).__name__
        )
    return frames.cells(source)


def _any(chance: random.Random, population: int, n: int) -> list[int]:
    """Floyd's algorithm, on random() alone: the only stream that Python promises to keep."""
    taken: set[int] = set()
    for last in range(population - n, population):
        place = int(chance.random() * (last + 1))
        taken.add(last if place in taken else place)
    return sorted(taken)


def _each(chance: random.Random, population: int, n: int, every: int) -> range:
    step = whole(Term(N_("the step")), every)
    if step * n > population:
        raise SettingError(
            N_("One in every {every} of {population} gives fewer than {n}. Take a step of at most {largest}."),
            every=step,
            population=population,
            n=n,
            largest=population // n,
        )
    first = int(chance.random() * step)
    return range(first, first + step * n, step)

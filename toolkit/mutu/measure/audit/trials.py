"""Every convention tried on what is audited, and which of them give the published index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import floor
from typing import Any

from mutu.locale import _
from mutu.locale.numbers import half_up
from mutu.measure.audit.bands import band_of
from mutu.measure.audit.causes import END, MEAN, PEOPLE, ROUND, SCALE, WEIGHT, Cause, agree, roundings, weights
from mutu.measure.audit.material import Material
from mutu.measure.audit.printed import Printed
from mutu.measure.skm.answers import converted
from mutu.regulations import Band, Skm

WINDOW = 3
"""Points to both sides of the right index within which a wrong one is imagined."""


@dataclass(frozen=True)
class Trial:
    """An index by one convention.

    Attributes
    ----------
    causes : what is done otherwise than the regulation; nothing for the right index
    index : unrounded, unless a cause cuts it
    slack : what the rounding of printed NRRs can change in it
    band : its grade by the table in force
    """

    causes: tuple[Cause, ...]
    index: Fraction
    slack: Fraction
    band: Band | None

    @property
    def name(self) -> str:
        """The convention in words."""
        if not self.causes:
            return _("by the regulation")
        return _(", and ").join(cause.name for cause in self.causes)

    @property
    def mutu(self) -> str | None:
        """The letter of its grade."""
        return self.band.mutu if self.band else None

    def gives(self, published: Printed, *, loosely: bool = False) -> bool:
        """Whether it is printed like this, `loosely` within what the rounding of the NRRs leaves open."""
        return published.shows(self.index, self.slack if loosely else Fraction(0))

    def as_json(self) -> dict[str, Any]:
        """The trial for JSON."""
        return {
            "causes": [cause.as_json() for cause in self.causes],
            "name": self.name,
            "ikm": float(half_up(self.index, 2)),
            "unrounded": float(self.index),
            "mutu": self.mutu,
        }


@dataclass(frozen=True)
class Trials:
    """All that was tried.

    Attributes
    ----------
    right : the index by the regulation
    singles : one cause each, only those that make a difference here
    pairs : two causes met together, where both make a difference
    same : causes that make no difference here
    """

    right: Trial
    singles: tuple[Trial, ...]
    pairs: tuple[Trial, ...]
    same: tuple[Cause, ...]

    def chance(self, published: Printed, count: int, *, loosely: bool) -> Fraction:
        """The share of the indices up to `WINDOW` points away, on the side where the published one lies, that some
        trial with up to `count` causes would give.
        """
        low, high = self.right.index, min(Fraction(100), self.right.index + WINDOW)
        if published.exact < low or low == high:
            low, high = max(Fraction(0), self.right.index - WINDOW), self.right.index
        reach = [
            (max(low, trial.index - wide), min(high, trial.index + wide))
            for trial in (*self.singles, *(self.pairs if count > 1 else ()))
            if (wide := published.half + (trial.slack if loosely else 0)) is not None
        ]
        covered, end = Fraction(0), low
        for start, stop in sorted(reach):
            if stop > max(start, end):
                covered += stop - max(start, end)
                end = stop
        return covered / (high - low)


def run(material: Material, scale: tuple[int, int], digits: int, rule: Skm, more: Sequence[Trial]) -> Trials:
    """Try every cause, alone and in pairs.

    Parameters
    ----------
    digits : decimals of the published index
    more : trials that need no computing, counted as single ones
    """
    attempt = _trying(material, scale, digits, rule)
    right = attempt(())
    causes = list(_causes(material, scale, rule))
    single = {cause: attempt((cause,)) for cause in causes}
    kept = [cause for cause in causes if _differs(single[cause], right, digits)]
    kept = [cause for place, cause in enumerate(kept) if not _again(cause, kept[:place], single)]
    pairs = []
    for one, other in combinations(kept, 2):
        if agree(one, other):
            trial = attempt((one, other))
            if all(_differs(trial, part, digits) for part in (right, single[one], single[other])):
                pairs.append(trial)
    singles = (*more, *(single[cause] for cause in kept))
    return Trials(
        right, singles, tuple(pairs), tuple(cause for cause in causes if not _differs(single[cause], right, digits))
    )


def _again(cause: Cause, before: list[Cause], single: dict[Cause, Trial]) -> bool:
    """Whether another way of sorting or averaging comes to the same, so that only its words would differ."""
    return (
        cause.code != "left_out"
        and cause.stage in (PEOPLE, MEAN)
        and any(other.stage == cause.stage and single[other].index == single[cause].index for other in before)
    )


def _differs(trial: Trial, other: Trial, digits: int) -> bool:
    """Whether two trials differ; one that only cuts must show it in the decimals printed."""
    if any(cause.stage == END for cause in trial.causes):
        return trial.index != Fraction(half_up(other.index, digits))
    return trial.index != other.index


def _causes(material: Material, scale: tuple[int, int], rule: Skm) -> Iterator[Cause]:
    """All causes, in the order of the steps they change."""
    yield from material.causes()
    if scale[1] != rule.scale[1]:
        points = half_up(Fraction(rule.bounds[1], scale[1]), 2).normalize()
        yield Cause("top", SCALE, fields={"high": scale[1], "points": points})
    conventions = {entry.code: entry.weight for entry in rule.weights if entry.weight is not None}
    yield from weights(material.elements, conventions, len(rule.unsur))
    yield from roundings()
    if material.digits is not None and material.digits > 3 and not material.half:
        yield Cause("round_nrr", ROUND, (material.digits, None, None), {"digits": material.digits})
    yield Cause("cut", END)
    yield Cause("not_multiplied", SCALE)


def _trying(material: Material, scale: tuple[int, int], digits: int, rule: Skm) -> Callable[[tuple[Cause, ...]], Trial]:
    """What tries causes on the material; means that several trials need are computed once."""

    @cache
    def means(people: Cause | None, mean: Cause | None, top: bool) -> list[Fraction]:
        return material.means(people, mean, (lambda value: value) if top else (lambda value: converted(value, scale)))

    def attempt(causes: tuple[Cause, ...]) -> Trial:
        by = {cause.stage: cause for cause in causes}
        code = by[SCALE].code if SCALE in by else ""
        values = means(by.get(PEOPLE), by.get(MEAN), code == "top")
        share = by[WEIGHT].value if WEIGHT in by else Fraction(1, len(values))
        points = _points(code, scale, rule)
        index = _weighted(values, share, by[ROUND].value if ROUND in by else (None, None, None)) * points
        if END in by:
            index = Fraction(floor(index * 10**digits), 10**digits)
        step = 1 if code == "top" else Fraction(rule.scale[1] - rule.scale[0], scale[1] - scale[0])
        open_ = Fraction(0) if ROUND in by or END in by else material.half * step * points * share * len(values)
        return Trial(causes, index, open_, band_of(index, rule))

    return attempt


def _points(code: str, scale: tuple[int, int], rule: Skm) -> Fraction:
    """What a mean is multiplied by."""
    if code == "top":
        return Fraction(rule.bounds[1], scale[1])
    return Fraction(1) if code == "not_multiplied" else Fraction(rule.multiplier)


def _weighted(values: list[Fraction], share: Fraction, digits: tuple[int | None, int | None, int | None]) -> Fraction:
    """The sum of the weighted values, each step rounded to the decimals given."""
    of_value, of_weighted, of_sum = digits
    total = sum((_rounded(_rounded(value, of_value) * share, of_weighted) for value in values), Fraction(0))
    return _rounded(total, of_sum)


def _rounded(value: Fraction, digits: int | None) -> Fraction:
    return value if digits is None else Fraction(half_up(value, digits))

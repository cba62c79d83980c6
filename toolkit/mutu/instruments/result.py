"""The result of an assessment: a frozen record that keeps its numbers unrounded and can show itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mutu.errors import N_, InputError
from mutu.instruments.schema import Category, Convention, Instrument
from mutu.locale import _, integer, number
from mutu.locale.numbers import half_up
from mutu.measure.result import Result
from mutu.regulations import Text

_DIGITS = 4  # of a contribution shown to people; with whole weights in percent nothing is rounded


@dataclass(frozen=True)
class ItemResult:
    """One item: its level, its weight inside the aspect in percent, its share of the whole (0 to 1)."""

    code: str
    name: Text
    score: int | None
    weight: Fraction
    share: Fraction

    @property
    def contribution(self) -> Fraction | None:
        """What the item adds to the index; None while it has no answer."""
        return None if self.score is None else self.share * self.score


@dataclass(frozen=True)
class AspectResult:
    """One aspect: weight in percent and index on the instrument's scale (None while an answer is missing)."""

    code: str
    name: Text
    weight: Fraction
    index: Fraction | None
    items: tuple[ItemResult, ...]

    @property
    def contribution(self) -> Fraction | None:
        """What the aspect adds to the index."""
        return None if self.index is None else self.weight * self.index / 100


@dataclass(frozen=True)
class Step:
    """A possible next step: gain is what the next level adds to the index, potential what all missing levels would."""

    code: str
    name: Text
    score: int
    next_level: int
    criterion: Text
    gain: Fraction
    potential: Fraction


@dataclass(frozen=True)
class AssessmentResult(Result):
    """What answers to an instrument come to, under the convention of weights it names."""

    instrument: Instrument
    convention: Convention
    index: Fraction | None
    rounded: Decimal | None
    category: Category | None
    missing: tuple[str, ...]
    aspects: tuple[AspectResult, ...]
    plan: tuple[Step, ...]

    @property
    def scale(self) -> tuple[int, int]:
        """Lowest and highest level of the instrument."""
        return self.instrument.scale

    @property
    def items(self) -> tuple[ItemResult, ...]:
        """All items in the instrument's order."""
        return tuple(item for aspect in self.aspects for item in aspect.items)

    @property
    def weakest_aspect(self) -> AspectResult | None:
        """The complete aspect with the lowest index; None when none is complete."""
        complete = [
            (aspect.index, place, aspect) for place, aspect in enumerate(self.aspects) if aspect.index is not None
        ]
        return min(complete)[2] if complete else None

    def shown_contributions(self) -> tuple[Decimal | None, ...]:
        """What each aspect adds, rounded for people so that the column adds up to the rounded total."""
        shown: list[Decimal | None] = []
        exact, printed = Fraction(0), Decimal(0)
        for aspect in self.aspects:
            if aspect.contribution is None:
                shown.append(None)
                continue
            exact += aspect.contribution
            shown.append(half_up(exact, _DIGITS) - printed)
            printed = half_up(exact, _DIGITS)
        return tuple(shown)

    def __float__(self) -> float:
        """The index, unrounded.

        Raises
        ------
        InputError : there is none yet
        """
        if self.index is None:
            raise InputError(
                N_("There is no index yet: {count} items have no answer ({codes}). Answer them first."),
                count=len(self.missing),
                codes=", ".join(self.missing),
            )
        return float(self.index)

    def sentence(self) -> str:
        """The answer in one sentence, in the language in use."""
        name = str(self.instrument.index_name)
        if self.category is None:
            return _("{name}: not computed yet, {missing} of {all} items have no answer.").format(
                name=name, missing=integer(len(self.missing)), all=integer(len(self.items))
            )
        return _("{name}: {index} of {highest}, category {letter} ({category}); {weights}.").format(
            name=name,
            index=number(self.rounded),
            highest=integer(self.instrument.scale[1]),
            letter=self.category.letter,
            category=_lower_first(str(self.category.name)),
            weights=_lower_first(str(self.convention.name)),
        )

    def rows(self) -> list[dict[str, str]]:
        """One row an aspect; the contributions add up to the index."""
        return [
            {
                _("Aspect"): str(aspect.name),
                _("Weight (%)"): number(aspect.weight, 0 if aspect.weight.denominator == 1 else 2),
                _("Index"): number(aspect.index),
                _("Contribution"): number(shown, _DIGITS),
            }
            for aspect, shown in zip(self.aspects, self.shown_contributions(), strict=True)
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and texts; the index has two decimals, everything else is unrounded."""
        return {
            "instrument": self.instrument.slug,
            "version": self.instrument.version,
            "weights": self.convention.code,
            "index": _plain(self.rounded),
            "category": None if self.category is None else self.category.letter,
            "missing": list(self.missing),
            "aspects": [
                {
                    "code": aspect.code,
                    "name": str(aspect.name),
                    "weight": _plain(aspect.weight),
                    "index": _plain(aspect.index),
                }
                for aspect in self.aspects
            ],
            "items": [
                {
                    "code": item.code,
                    "score": item.score,
                    "weight": _plain(item.weight),
                    "contribution": _plain(item.contribution),
                }
                for item in self.items
            ],
            "plan": [
                {
                    "code": step.code,
                    "score": step.score,
                    "next_level": step.next_level,
                    "criterion": str(step.criterion),
                }
                for step in self.plan
            ],
            "disclaimer": str(self.instrument.disclaimer),
            "status": str(self.instrument.status),
        }


def _plain(value: Fraction | Decimal | None) -> int | float | None:
    """A number as JSON writes it best: 24, not 24.0."""
    if value is None:
        return None
    return int(value) if value == int(value) and isinstance(value, Fraction) else float(value)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]

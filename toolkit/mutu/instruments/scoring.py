"""From answers to an index: exact arithmetic with fractions, rounded half up once, at the end."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mutu.errors import N_, AnswerError, SettingError
from mutu.instruments.result import AspectResult, AssessmentResult, ItemResult, Step
from mutu.instruments.schema import Aspect, Category, Convention, Instrument, Item
from mutu.locale.numbers import half_up

_DIGITS = 2


def score(instrument: Instrument, answers: Mapping[str, Any], weights: str | None = None) -> AssessmentResult:
    """The index of an assessment: Σ aspect weight × Σ item weight × score.

    Parameters
    ----------
    instrument : what was asked
    answers : item code -> level on the instrument's scale; None or absent means not answered
    weights : code of a convention of the instrument; its first one unless given

    Returns
    -------
    AssessmentResult
        index and category are None while an answer is missing, aspects are given where complete

    Raises
    ------
    SettingError : the convention is not the instrument's
    AnswerError : an unknown item, or a level outside the scale
    """
    convention = _convention(instrument, weights)
    levels = {
        code: level for code, value in answers.items() if (level := check_answer(instrument, code, value)) is not None
    }
    aspects = tuple(_aspect(aspect, convention, levels) for aspect in instrument.aspects)
    missing = tuple(item.code for item in instrument.items if item.code not in levels)
    index = None if missing else sum((aspect.contribution or Fraction(0) for aspect in aspects), Fraction(0))
    rounded = None if index is None else half_up(index, _DIGITS)
    return AssessmentResult(
        instrument=instrument,
        convention=convention,
        index=index,
        rounded=rounded,
        category=None if rounded is None else category(instrument, rounded),
        missing=missing,
        aspects=aspects,
        plan=_plan(instrument, aspects),
    )


def check_answer(instrument: Instrument, code: str, value: Any) -> int | None:
    """`value` as a level of the item `code`, or None for no answer.

    Raises
    ------
    AnswerError : the item does not exist, or the value is not one of its levels
    """
    codes = [item.code for item in instrument.items]
    low, high = instrument.scale
    if code not in codes:
        raise AnswerError(
            N_("Item «{code}» is not part of {instrument}. Its items are {first} to {last}."),
            code=str(code)[:40],
            instrument=instrument.slug,
            first=codes[0],
            last=codes[-1],
        )
    if value is None:
        return None
    whole = (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == value
        and value in range(low, high + 1)
    )
    if not whole:
        raise AnswerError(
            N_("Item {code}: the score «{value}» is not a whole number from {low} to {high}. Correct it."),
            code=code,
            value=str(value)[:40],
            low=low,
            high=high,
        )
    return int(value)


def item_weights(aspect: Aspect, convention: Convention) -> dict[str, Fraction]:
    """Item code -> its share inside the aspect in percent; they add up to 100 exactly."""
    if convention.kind == "equal":
        return {item.code: Fraction(100, len(aspect.items)) for item in aspect.items}
    return {item.code: Fraction(item.weight[convention.code]) for item in aspect.items}


def category(instrument: Instrument, rounded: Decimal) -> Category:
    """The category of an index that was rounded to two decimals."""
    return next(category for category in instrument.categories if rounded >= category.at_least)


def _convention(instrument: Instrument, code: str | None) -> Convention:
    known = {convention.code: convention for convention in instrument.conventions}
    chosen = code or next(iter(known))
    if chosen not in known:
        raise SettingError(
            N_("«{code}» is not a way of weighting for {instrument}. Choose one of: {known}."),
            code=chosen,
            instrument=instrument.slug,
            known=", ".join(known),
        )
    return known[chosen]


def _aspect(aspect: Aspect, convention: Convention, levels: Mapping[str, int]) -> AspectResult:
    share = item_weights(aspect, convention)
    items = tuple(_item(item, aspect, share[item.code], levels.get(item.code)) for item in aspect.items)
    complete = all(item.score is not None for item in items)
    index = sum((item.weight * item.score / 100 for item in items if item.score is not None), Fraction(0))
    return AspectResult(aspect.code, aspect.name, Fraction(aspect.weight), index if complete else None, items)


def _item(item: Item, aspect: Aspect, weight: Fraction, level: int | None) -> ItemResult:
    return ItemResult(item.code, item.name, level, weight, Fraction(aspect.weight) * weight / 10_000)


def _plan(instrument: Instrument, aspects: tuple[AspectResult, ...]) -> tuple[Step, ...]:
    """Items below the highest level, first the one whose missing levels cost the index most."""
    low, high = instrument.scale
    asked = {item.code: item for item in instrument.items}
    steps = [
        Step(
            code=item.code,
            name=item.name,
            score=item.score,
            next_level=item.score + 1,
            criterion=asked[item.code].levels[item.score + 1 - low].text,
            gain=item.share,
            potential=item.share * (high - item.score),
        )
        for aspect in aspects
        for item in aspect.items
        if item.score is not None and item.score < high
    ]
    return tuple(sorted(steps, key=lambda step: (-step.potential, step.score)))

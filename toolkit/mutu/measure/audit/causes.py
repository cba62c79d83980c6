"""What offices and apps do otherwise than the regulation, one cause at a time, with its words.

Where each was seen: printed weights, and n in place of those who answered, in most apps (luluergaa and fariez11 with
0.11, WahyuExam and contohprogramweb with 0.111); the best answers only, sorted by U1, U2 … or by U9, U8 …, with and
without the denominator of the sample formula, in sisukmav2, which also rounds NRRs and their mean to three decimals;
the mean of all cells in chandraes/ikm-kemenag-basel; all questions alike and the scale 1-5 × 20 in surveiku_sprs; the
mean rounded to two decimals before × 25 in rcz87/satlts.kbm; a divisor of all questions in destyavinka; 1/10 for 1/9,
NRRs of one decimal and the forgotten × 25 in the list of mistakes of rennn9/GASPUL_BACKEND.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mutu.errors import N_
from mutu.locale import _, current, integer
from mutu.locale.numbers import half_up

PEOPLE, MEAN, WEIGHT, ROUND, SCALE, END = "people", "mean", "weight", "round", "scale", "end"
_TOGETHER = frozenset(
    {(PEOPLE, WEIGHT), (PEOPLE, ROUND), (MEAN, WEIGHT), (MEAN, ROUND), (WEIGHT, ROUND), (WEIGHT, END), (SCALE, WEIGHT)}
)
_ALONE = ("left_out", "complete")
_POOLED = ("cells", "zero_cells", "questions", "rows", "rounded_rows")


@dataclass(frozen=True)
class Cause:
    """One thing done otherwise.

    Attributes
    ----------
    code : which; the key of its words
    stage : step of the computation that it changes, so that two of one step exclude each other
    value : what it is done with: a weight, a number of decimals, how many are kept
    fields : what its words say, by name; numbers are written in the language in use
    """

    code: str
    stage: str
    value: Any = field(default=None, compare=False, repr=False)
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """What was done, for the middle of a sentence."""
        return _(_WORDS[self.code][0]).format(**self._shown())

    @property
    def correction(self) -> str:
        """What to do instead, as a sentence."""
        return _(_WORDS[self.code][1]).format(**self._shown())

    @property
    def pooled(self) -> bool:
        """Whether it leaves one mean only, with nothing to weight."""
        return self.code in _POOLED

    def _shown(self) -> dict[str, str]:
        return {name: _shown(value) for name, value in self.fields.items()}

    def as_json(self) -> dict[str, Any]:
        """The cause for JSON."""
        fields = {name: value if isinstance(value, int | str) else float(value) for name, value in self.fields.items()}
        return {"code": self.code, "name": self.name, "correction": self.correction} | fields


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", "," if current() == "id" else ".")
    return integer(value) if isinstance(value, int) else str(value)


def agree(one: Cause, other: Cause) -> bool:
    """Whether two causes are met together: of different steps, and the later one still has something to change."""
    if (one.code, other.code) == ("best_part", "parts"):
        return bool(one.fields["column"] == other.fields["column"])
    if (one.stage, other.stage) not in _TOGETHER or one.code in _ALONE:
        return False
    if one.pooled:
        return other.code == "round_mean"
    return True


def weights(elements: int, printed: Mapping[str, Decimal], nine: int) -> Iterator[Cause]:
    """Weights in use that are not 1 ÷ elements asked.

    Parameters
    ----------
    elements : how many were asked
    printed : the weights that the regulation's file knows, by code
    nine : elements of the regulation
    """
    about = {"count": elements}
    if elements == nine:
        for weight in (*printed.values(), half_up(Fraction(1, nine), 1)):
            yield Cause("weight", WEIGHT, Fraction(weight), about | {"weight": weight})
        return
    for digits in (4, 3, 2):
        weight = half_up(Fraction(1, elements), digits)
        yield Cause("weight", WEIGHT, Fraction(weight), about | {"weight": weight})
    if elements < nine:
        yield Cause("fixed", WEIGHT, Fraction(1, nine), about | {"weight": f"1/{nine}"})
        for weight in printed.values():
            yield Cause("fixed", WEIGHT, Fraction(weight), about | {"weight": weight})


def roundings() -> Iterator[Cause]:
    """Rounding on the way."""
    for digits in (3, 2):
        yield Cause("round_nrr", ROUND, (digits, None, None), {"digits": digits})
    yield Cause("round_one", ROUND, (1, None, None))
    for digits in (3, 2):
        yield Cause("round_weighted", ROUND, (None, digits, None), {"digits": digits})
    for digits in (3, 2):
        yield Cause("round_mean", ROUND, (None, None, digits), {"digits": digits})
    yield Cause("round_both", ROUND, (3, None, 3), {"digits": 3})


_WORDS = {
    "weight": (
        N_("the weight {weight} instead of 1/{count}"),
        N_("Use the weight 1 divided by the number of elements asked, here 1/{count}, without rounding it."),
    ),
    "fixed": (
        N_("the fixed weight {weight}, although only {count} elements were asked"),
        N_("Use the weight 1 divided by the number of elements asked, here 1/{count}, without rounding it."),
    ),
    "zero": (
        N_("missing answers counted as 0 (divided by all {n} respondents)"),
        N_("Divide the sum of an element by the respondents who answered it; a missing answer is not a zero."),
    ),
    "zero_cells": (
        N_("the sum of all answers divided by {n} respondents times {questions} questions, so that gaps count as 0"),
        N_("Compute the NRR of each element from those who answered it, and then the mean of the NRRs."),
    ),
    "cells": (
        N_("the mean of all answers at once, instead of the mean of the NRRs"),
        N_("Compute the NRR of each element first, and then the mean of the NRRs."),
    ),
    "questions": (
        N_("all {questions} questions weighted alike, so that an element with several questions counts several times"),
        N_("Compute the NRR of each element from its questions first; each element has the same weight."),
    ),
    "rows": (
        N_("the mean of each respondent's own mean"),
        N_("Compute the NRR of each element first, and then the mean of the NRRs."),
    ),
    "rounded_rows": (
        N_("each respondent's own mean, rounded to two decimals"),
        N_("Compute the NRR of each element first, and round only the index."),
    ),
    "parts": (
        N_("the mean of the {parts} groups of «{column}», large and small ones alike"),
        N_("Compute the index from all respondents together, or say that it is a mean of groups."),
    ),
    "round_nrr": (
        N_("NRRs rounded to {digits} decimals before they were summed"),
        N_("Round only the index at the end, not the NRRs."),
    ),
    "round_one": (
        N_("NRRs rounded to one decimal before they were summed"),
        N_("Round only the index at the end, not the NRRs."),
    ),
    "round_weighted": (
        N_("weighted NRRs rounded to {digits} decimals before they were summed"),
        N_("Round only the index at the end, not the weighted NRRs."),
    ),
    "round_mean": (
        N_("the sum of the weighted NRRs rounded to {digits} decimals before it was multiplied by 25"),
        N_("Round only the index at the end, not the sum before it."),
    ),
    "round_both": (
        N_("NRRs and their mean rounded to {digits} decimals before they were multiplied by 25"),
        N_("Round only the index at the end, not the numbers before it."),
    ),
    "best": (
        N_("only {kept} of {n} respondents, those with the highest answers (sorted by {first}, {second}, …)"),
        N_("Use all {n} answers: a sample size is the least to collect, never a reason to leave answers out."),
    ),
    "best_mean": (
        N_("only {kept} of {n} respondents, those with the highest means"),
        N_("Use all {n} answers: a sample size is the least to collect, never a reason to leave answers out."),
    ),
    "best_part": (
        N_(
            "only {kept} of {n} respondents, those with the highest answers in each group of «{column}» (sorted by "
            "{first}, {second}, …)"
        ),
        N_("Use all {n} answers: a sample size is the least to collect, never a reason to leave answers out."),
    ),
    "top": (
        N_("means of answers 1 to {high} multiplied by {points}"),
        N_("Convert the answers to 1 to 4 first, and say so in the report; better ask on 1 to 4."),
    ),
    "cut": (
        N_("decimals cut off instead of rounded"),
        N_("Round the index to two decimals, half up."),
    ),
    "column": (
        N_("the sum of the printed weighted NRRs, {total}, times 25"),
        N_("Compute the index from the unrounded NRRs, and print the weighted NRRs with the same weight."),
    ),
    "not_multiplied": (
        N_("the mean of the NRRs, not multiplied by 25"),
        N_("Multiply the sum of the weighted NRRs by 25."),
    ),
    "stated": (
        N_("the table's own weights, {low} to {high}, instead of 1/{count} for each"),
        N_("Give each element the same weight, 1/{count}."),
    ),
    "nine": (
        N_("only the {nine} elements of the regulation, without {own}"),
        N_("Say of how many elements the index is made, and use the same in the report."),
    ),
    "left_out": (
        N_("{element} left out"),
        N_("Use all elements that were asked."),
    ),
    "complete": (
        N_("only the {kept} of {n} respondents who answered every question"),
        N_("Use every answer given: an element's NRR is the mean of those who answered it."),
    ),
    "placeholder": (
        N_(
            "perhaps the fixed figure {index}, which a program library prints when the national service does not answer"
        ),
        N_("Compute the index from the answers; a figure that a program fills in by itself is no result."),
    ),
}

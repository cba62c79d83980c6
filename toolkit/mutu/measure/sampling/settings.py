"""What the plan of a survey is given, checked before any arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

from mutu.errors import N_, SettingError, Term


def whole(name: str, value: Any, least: int = 1) -> int:
    """A whole number of at least `least`; `name` is what the message calls it."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < least:
        raise SettingError(
            N_("{name} must be a whole number of at least {least}, not {found}."), name=name, least=least, found=value
        )
    return int(value)


def between(name: str, value: Any, low: float, high: float) -> float:
    """A number strictly between `low` and `high`."""
    if not _is_number(value) or not low < value < high:
        raise SettingError(
            N_("{name} must lie between {low} and {high}, not at {found}."), name=name, low=low, high=high, found=value
        )
    return float(value)


def not_negative(name: str, value: Any) -> float:
    """A finite number, zero or above."""
    if not _is_number(value) or value < 0:
        raise SettingError(N_("{name} must be zero or above, not {found}."), name=name, found=value)
    return float(value)


def positive(name: str, value: Any) -> float:
    """A finite number above zero."""
    if not_negative(name, value) == 0:
        raise SettingError(N_("{name} must be above zero."), name=name)
    return float(value)


def sizes_of(sizes: Sequence[int], n: int) -> tuple[tuple[int, ...], int]:
    """Sizes of the strata and the sample to share out among them: one person each at least, all of them at most."""
    strata = tuple(whole(Term(N_("the size of a stratum")), size) for size in sizes)
    if not strata:
        raise SettingError(N_("There is no stratum to share the sample out to. Give the size of each."))
    sample = whole(Term(N_("the sample")), n)
    if not len(strata) <= sample <= sum(strata):
        raise SettingError(
            N_("A sample for {strata} strata of {population} people lies between {strata} and {population}, not {n}."),
            strata=len(strata),
            population=sum(strata),
            n=sample,
        )
    return strata, sample


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)

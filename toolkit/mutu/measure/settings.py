"""Settings that are numbers, checked before any arithmetic: whatever else is given is refused by name."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

from mutu.errors import N_, SettingError


def whole(name: str, value: Any, least: int = 1) -> int:
    """A whole number of at least `least`; `name` is what the message calls it."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < least:
        raise SettingError(
            N_("{name} must be a whole number of at least {least}, not {found}."), name=name, least=least, found=value
        )
    return int(value)


def between(name: str, value: Any, low: float, high: float) -> float:
    """A number strictly between `low` and `high`."""
    if not is_number(value) or not low < value < high:
        raise SettingError(
            N_("{name} must lie between {low} and {high}, not at {found}."), name=name, low=low, high=high, found=value
        )
    return float(value)


def not_negative(name: str, value: Any) -> float:
    """A finite number, zero or above."""
    if not is_number(value) or value < 0:
        raise SettingError(N_("{name} must be zero or above, not {found}."), name=name, found=value)
    return float(value)


def positive(name: str, value: Any) -> float:
    """A finite number above zero."""
    if not_negative(name, value) == 0:
        raise SettingError(N_("{name} must be above zero."), name=name)
    return float(value)


def is_number(value: Any) -> bool:
    """A finite number; yes and no are none."""
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)

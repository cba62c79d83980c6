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


def scale_of(scale: Any) -> tuple[float, float]:
    """The lowest and the highest answer of a scale."""
    if not _rises(scale):
        raise SettingError(
            N_("The scale {scale} is not valid: give its lowest and its highest answer, for instance (1, 5)."),
            scale=str(scale),
        )
    return float(scale[0]), float(scale[1])


def bounds_of(bounds: Any) -> tuple[float, float]:
    """The lowest and the highest value that a number can have."""
    if not _rises(bounds):
        raise SettingError(N_("bounds are the lowest and the highest possible value, not {found}."), found=bounds)
    return float(bounds[0]), float(bounds[1])


def _rises(pair: Any) -> bool:
    ends = isinstance(pair, tuple | list) and len(pair) == 2 and all(is_number(end) for end in pair)
    return ends and pair[0] < pair[1]

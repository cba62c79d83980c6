"""A number as it stands in print: what it says, and how exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import Any

import numpy as np

from mutu.errors import N_, SettingError
from mutu.locale import number

_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,20})?")
_LEAST = Fraction(1, 10**6)  # floats of other programs differ in their last digits


@dataclass(frozen=True)
class Printed:
    """A printed number.

    Attributes
    ----------
    value : the number
    digits : decimals printed, which say how exact it is
    """

    value: Decimal
    digits: int

    @property
    def exact(self) -> Fraction:
        """The value as a fraction."""
        return Fraction(self.value)

    @property
    def half(self) -> Fraction:
        """Half a unit of the last digit: what rounding can have changed."""
        return max(Fraction(1, 2 * 10**self.digits), _LEAST)

    def shows(self, value: Fraction, slack: Fraction = Fraction(0)) -> bool:
        """Whether a number, known up to `slack`, can be printed like this; a tie may have gone either way."""
        return abs(value - self.exact) <= self.half + slack

    def cuts(self, value: Fraction) -> bool:
        """Whether a number reads like this when its further decimals are cut off."""
        return 0 <= value - self.exact < 2 * self.half

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return number(self.value, self.digits)


def printed(given: Any) -> Printed:
    """A number or a text with point or comma as a printed number; decimals of a float are those it needs.

    Parameters
    ----------
    given : "88,50", "88.50", a number, or what was read before

    Raises
    ------
    SettingError : no number

    Examples
    --------
    >>> printed("88,50").digits, printed(88.5).digits, printed("88.5") == printed(88.5)
    (2, 1, True)
    """
    if isinstance(given, Printed):
        return given
    said = _as_text(given)
    if not _NUMBER.fullmatch(said):
        raise SettingError(
            N_("«{value}» is not a number. Write it with digits and a comma or a point, for instance 88,50."),
            value=str(given)[:60],
        )
    value = Decimal(said.replace(",", "."))
    return Printed(value, max(0, -int(value.as_tuple().exponent)))


def _as_text(given: Any) -> str:
    if isinstance(given, bool | np.bool_):
        return ""
    if isinstance(given, Integral):
        return str(int(given))
    if isinstance(given, Decimal):
        return f"{given:f}"
    if isinstance(given, Real):
        return f"{Decimal(f'{float(given):.12g}'):f}"  # what sums of floats leave in the last digits is no print
    return "".join(str(given).split())

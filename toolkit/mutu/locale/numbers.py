"""Numbers and dates as people of the language write them: 91,48 in Indonesian, 91.48 in English."""

from __future__ import annotations

from datetime import date as Date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from mutu.locale.catalogue import current

_MARKS = {"id": (".", ","), "en": (",", ".")}
_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
MISSING = "–"
_WIDE = Context(prec=400)  # for the largest number there is


def half_up(value: float | Fraction | Decimal, digits: int) -> Decimal:
    """`value` rounded half up to `digits`; a Fraction is rounded exactly, never through a float."""
    unit = Decimal(1).scaleb(-digits)
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**digits
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        return Decimal(whole if value >= 0 else -whole) * unit
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(unit, ROUND_HALF_UP, _WIDE) + 0  # + 0 turns −0,00 into 0,00


def number(value: float | Fraction | Decimal | None, digits: int = 2) -> str:
    """`value` with `digits` decimals in the language in use; a dash when there is none."""
    if value is None or value != value:  # NaN is not equal to itself
        return MISSING
    thousands, point = _MARKS[current()]
    text = f"{half_up(value, digits):,.{digits}f}"
    return text.translate(str.maketrans(",.-", thousands + point + "−"))


def integer(value: int | None) -> str:
    """A whole number with the language's thousands mark."""
    return MISSING if value is None else number(Fraction(value), 0)


def signed(value: float | Fraction | Decimal, digits: int = 2) -> str:
    """`value` with its sign always shown."""
    text = number(value, digits)
    return text if text.startswith("−") or value == 0 else f"+{text}"


def percent(share: float | Fraction | None, digits: int = 1) -> str:
    """A share of 1 as a percentage with its sign."""
    if share is None:
        return MISSING
    exact = share if isinstance(share, Fraction) else Decimal(repr(round(float(share), 12)))  # 14,5% is no 14,499…%
    return f"{number(exact * 100, digits)}%"  # without a space in Indonesian too (EYD: «1%»)


def date(day: Date) -> str:
    """24 November 2026."""
    return f"{day.day} {_MONTHS[current()].split()[day.month - 1]} {day.year}"


def written_date(text: str) -> str:
    """A date of a data file (2026-11-24) as `date` says it; a year, or a year and month, stays as it is."""
    return date(Date.fromisoformat(text)) if len(text) == len("2026-11-24") else text

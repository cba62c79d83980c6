"""Months (or other periods) in order, with what was measured in each, and the ones that are missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from typing import Any

import numpy as np

from mutu.errors import N_, InputError
from mutu.locale import LANGUAGES, date, use
from mutu.measure import frames
from mutu.measure.frames import Floats

_ISO = re.compile(r"([1-9]\d{3})-(\d{2})(?:-\d{1,2}.*)?")  # «2026-1» may as well be a semester
_NAMED = re.compile(r"([^\W\d]{3,})\.?\s+(\d{4})")
_YEAR = 12


@dataclass(frozen=True)
class Period:
    """One period: its label, and for a month how many months it lies after the year 0."""

    label: str
    month: int | None = None

    @property
    def text(self) -> str:
        """The month in the language in use («Maret 2026»), or the label as it was given."""
        if self.month is None:
            return self.label
        return date(Date(self.month // _YEAR, self.month % _YEAR + 1, 1)).partition(" ")[2]

    def before(self, months: int) -> Period:
        """The month that lies so many months earlier."""
        return self if self.month is None else _month(self.month - months)


@dataclass(frozen=True)
class Series:
    """What was measured, in the order of time.

    Attributes
    ----------
    periods : the periods with numbers
    columns : the numbers of each column, shape (periods,)
    missing : periods without numbers: rows with a gap, and months between the first and the last that have no row
    rows : the row of each period in the data
    """

    periods: tuple[Period, ...]
    columns: tuple[Floats, ...]
    missing: tuple[Period, ...]
    rows: tuple[int, ...]

    @property
    def steps(self) -> Floats:
        """Where each period lies in time: months from the first, or rows from it where they are no months."""
        if self.periods[0].month is None:
            return np.array(self.rows, dtype=np.float64) - self.rows[0]
        months: Floats = np.array([period.month for period in self.periods], dtype=np.float64)
        passed: Floats = months - months[0]
        return passed

    def place(self, wished: Any) -> int:
        """The place of a period by its label, date or month.

        Raises
        ------
        InputError : there is no such period
        """
        meant = _one(wished)
        for place, period in enumerate(self.periods):
            if period == meant or (meant.month is None and period.label == meant.label):
                return place
        raise InputError(
            N_("There is no period «{period}» with numbers; the periods are {first} to {last}."),
            period=str(wished),
            first=self.periods[0].label,
            last=self.periods[-1].label,
        )


def series(columns: Sequence[tuple[str, Any]], periods: Any | None, least: int, what: str) -> Series:
    """Columns of numbers and their periods, sorted where the periods are months.

    Parameters
    ----------
    columns : what messages call each column, and an array, a series of any library, or a frame of one column
    periods : months as dates, «2026-03», «Maret 2026» or «March 2026»; or any other labels, in their order; numbered by
        default
    least : how many periods with numbers the measure needs
    what : the reason for it, a sentence for people (English message id)

    Raises
    ------
    InputError : columns of different lengths, a month twice, months mixed with other labels, or too few periods
    AnswerError : a number is a text or infinite; names the row
    """
    found = [frames.vector(data, name) for name, data in columns]
    rows = {len(numbers) for numbers in found}
    labels = list(range(1, max(rows) + 1)) if periods is None else frames.cells(periods)
    if rows != {len(labels)}:
        raise InputError(
            N_("There are {periods} periods and columns of {rows} numbers. Give one of each a period."),
            periods=len(labels),
            rows=", ".join(map(str, sorted(rows))),
        )
    known = _read(labels)
    order = sorted(range(len(known)), key=lambda row: (known[row].month or 0, row))
    whole = [row for row in order if not any(np.isnan(numbers[row]) for numbers in found)]
    if len(whole) < least:
        raise InputError(what, least=least, found=len(whole))
    kept = [known[row] for row in whole]
    return Series(
        tuple(kept),
        tuple(numbers[whole] for numbers in found),
        _missing([known[row] for row in order], kept),
        tuple(whole),
    )


def named(periods: tuple[Period, ...]) -> str:
    """The periods as words for a sentence."""
    return ", ".join(period.text for period in periods)


def _read(labels: list[Any]) -> list[Period]:
    if any(frames.is_empty(label) for label in labels):
        raise InputError(N_("A period is missing. Give every row its month or label."))
    found = [_one(label) for label in labels]
    months = [period for period in found if period.month is not None]
    if months and len(months) < len(found):
        other = next(period for period in found if period.month is None)
        raise InputError(
            N_("«{period}» is not a month, but other periods are. Write all of them as 2026-03."), period=other.label
        )
    twice = {period.label for period in found if found.count(period) > 1}
    if twice:
        raise InputError(
            N_("These periods appear twice: {periods}. Give each period one row."), periods=", ".join(sorted(twice))
        )
    return found


def _one(label: Any) -> Period:
    if isinstance(label, Date):
        return _month(label.year * _YEAR + label.month - 1)
    text = str(label).strip()
    if (iso := _ISO.fullmatch(text)) and 1 <= int(iso[2]) <= _YEAR:
        return _month(int(iso[1]) * _YEAR + int(iso[2]) - 1)
    if (named := _NAMED.fullmatch(text)) and (place := _names().get(named[1].lower())) is not None:
        return _month(int(named[2]) * _YEAR + place)
    return Period(text)


def _month(count: int) -> Period:
    return Period(f"{count // _YEAR:04d}-{count % _YEAR + 1:02d}", count)


@cache
def _names() -> dict[str, int]:
    """Names of months and their first three letters, in every language."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        with use(language):
            for month in range(_YEAR):
                name = date(Date(2026, month + 1, 1)).split()[1].lower()
                found |= {name: month, name[:3]: month}
    return found


def _missing(every: list[Period], kept: list[Period]) -> tuple[Period, ...]:
    if not every or every[0].month is None or every[-1].month is None:
        return tuple(period for period in every if period not in kept)
    return tuple(
        period for count in range(every[0].month, every[-1].month + 1) if (period := _month(count)) not in kept
    )

"""Dates, points in time and ISO texts as days, counted in the time zone of an office."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np

from mutu.errors import N_, AnswerError, InputError, SettingError
from mutu.measure import frames

# hours from UTC; Indonesia has no summer time (Keppres 41/1987)
_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9, "Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].+)?")


def zone_of(name: str | None) -> timezone | None:
    """A time zone of Indonesia by its name.

    Raises
    ------
    SettingError : Indonesia has no such zone
    """
    if name is None:
        return None
    if name not in _ZONES:
        raise SettingError(
            N_("There is no time zone «{found}» in Indonesia; choose one of {known}."),
            found=name,
            known=", ".join(_ZONES),
        )
    return timezone(timedelta(hours=_ZONES[name]))


def as_day(value: Any, zone: str | None = None) -> Date:
    """A date, or the date of a point in time or of an ISO text.

    Raises
    ------
    InputError : it is none of them, or a point in time outside Indonesia without a zone to count in
    """
    found = _moment(value)
    if found is None:
        raise InputError(N_("«{value}» is not a date."), value=str(value)[:60])
    _check_offsets(_offsets([found]), zone)
    return _day(found, zone)


def days_of(columns: Sequence[tuple[str, Any]], zone: str | None) -> list[list[Date]]:
    """Columns of dates, each with what messages call it, as days.

    Raises
    ------
    AnswerError : a cell is no date; names the row
    InputError : points in time of several zones, or outside Indonesia, without a zone to count in
    """
    found = [_moments(data, name) for name, data in columns]
    _check_offsets(_offsets([moment for column in found for moment in column]), zone)
    return [[_day(moment, zone) for moment in column] for column in found]


def _moments(data: Any, name: str) -> list[Date]:
    found = []
    for row, cell in enumerate(frames.cells(data), 1):
        if (moment := _moment(cell)) is None:
            raise AnswerError(
                N_("The date of {name} in row {row}, «{value}», is not a date. Correct it."),
                name=name,
                row=row,
                value=str(cell)[:60],
            )
        found.append(moment)
    return found


def _moment(value: Any) -> Date | None:
    """A date or a point in time; None where it is neither."""
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]").item()
    if isinstance(value, str) and _ISO.fullmatch(value.strip()):
        return _parsed(value.strip())
    return value if isinstance(value, Date) and not frames.is_empty(value) else None


def _parsed(text: str) -> Date | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _offsets(moments: Sequence[Date]) -> set[timedelta]:
    """How far from UTC the points in time are that say so."""
    offsets = {moment.utcoffset() for moment in moments if isinstance(moment, datetime)}
    return {offset for offset in offsets if offset is not None}


def _check_offsets(offsets: set[timedelta], zone: str | None) -> None:
    """Without a zone, all points in time must lie in one zone of Indonesia, whose days are meant."""
    if zone is not None:
        return
    if len(offsets) > 1:
        raise InputError(
            N_("The points in time lie in several time zones ({found}). Say in which days are counted: {example}."),
            found=", ".join(_shown(offset) for offset in sorted(offsets)),
            example=_EXAMPLE,
        )
    for offset in offsets:
        if offset not in {timedelta(hours=hours) for hours in _ZONES.values()}:
            raise InputError(
                N_(
                    "The points in time are in {found}, where a day begins at another hour than in Indonesia. Say in "
                    "which time zone days are counted: {example}."
                ),
                found=_shown(offset),
                example=_EXAMPLE,
            )


_EXAMPLE = 'Calendar(zone="Asia/Jakarta")'


def _shown(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _day(moment: Date, zone: str | None) -> Date:
    if not isinstance(moment, datetime):
        return moment
    if zone is not None and moment.tzinfo is not None:
        moment = moment.astimezone(zone_of(zone))
    return moment.date()

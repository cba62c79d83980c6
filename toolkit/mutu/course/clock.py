"""The zone of a course's times: that of times written without one, and that in which times are shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta, timezone

from mutu.errors import N_, SettingError
from mutu.locale import current, date

DEFAULT = "WIB"
ZONES = {name: timezone(timedelta(hours=hours), name) for name, hours in (("WIB", 7), ("WITA", 8), ("WIT", 9))}
_ZONE: ContextVar[timezone] = ContextVar("zone", default=ZONES[DEFAULT])


@contextmanager
def use(name: str) -> Iterator[None]:
    """Take another zone inside.

    Parameters
    ----------
    name : WIB, WITA or WIT

    Raises
    ------
    SettingError : it is none of them
    """
    zone = ZONES.get(name.strip().upper())
    if zone is None:
        raise SettingError(N_("«{zone}» is no time zone here. Write WIB, WITA or WIT."), zone=name)
    token = _ZONE.set(zone)
    try:
        yield
    finally:
        _ZONE.reset(token)


def zone() -> str:
    """The name of the zone."""
    return str(_ZONE.get())


def aware(when: datetime) -> datetime:
    """A time that has a zone: its own, else the course's."""
    return when if when.tzinfo else when.replace(tzinfo=_ZONE.get())


def moment(when: datetime) -> str:
    """20 November 2026, 16.00 WIB: a time with a zone, as the course's clocks have it."""
    there = when.astimezone(_ZONE.get())
    time = f"{there:%H.%M}" if current() == "id" else f"{there:%H:%M}"
    return f"{date(there.date())}, {time} {zone()}"

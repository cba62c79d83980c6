"""The zone of a course's times: that of times written without one, and that in which times are shown.

It is WIB, unless the organiser's profile names another one (`mutu.course.zone`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta, timezone

from mutu.errors import N_, SettingError
from mutu.locale import current, date

DEFAULT = "WIB"
ZONES = {name: timezone(timedelta(hours=hours), name) for name, hours in (("WIB", 7), ("WITA", 8), ("WIT", 9))}
PLACES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
"""Name of a zone -> as the world's database of zones calls it."""

_KEPT = {"zone": ZONES[DEFAULT]}  # of the process, threads among it
_ZONE: ContextVar[timezone | None] = ContextVar("zone", default=None)


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
    token = _ZONE.set(_known(name))
    try:
        yield
    finally:
        _ZONE.reset(token)


def keep(name: str) -> None:
    """Take a zone for this process, wherever no other one is taken inside.

    Raises
    ------
    SettingError : it is none of WIB, WITA and WIT
    """
    _KEPT["zone"] = _known(name)


def _known(name: str) -> timezone:
    found = ZONES.get(name.strip().upper())
    if found is None:
        raise SettingError(N_("«{zone}» is no time zone here. Write WIB, WITA or WIT."), zone=name)
    return found


def _now() -> timezone:
    return _ZONE.get() or _KEPT["zone"]


def zone() -> str:
    """The name of the zone."""
    return str(_now())


def aware(when: datetime) -> datetime:
    """A time that has a zone: its own, else the course's."""
    return when if when.tzinfo else when.replace(tzinfo=_now())


def moment(when: datetime) -> str:
    """20 November 2026, 16.00 WIB: a time with a zone, as the course's clocks have it."""
    there = when.astimezone(_now())
    time = f"{there:%H.%M}" if current() == "id" else f"{there:%H:%M}"
    return f"{date(there.date())}, {time} {zone()}"

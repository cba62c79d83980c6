"""Working days: the week of the office, national holidays, and by choice joint leave (cuti bersama) and local days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import timedelta
from numbers import Integral
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mutu import regulations
from mutu.errors import N_, AnswerError, InputError, SettingError, Term
from mutu.locale import _, date, integer
from mutu.measure.result import Result
from mutu.measure.timeliness.dates import as_day, days_of, zone_of

_WEEKS = {5: "1111100", 6: "1111110"}


@dataclass(frozen=True)
class Calendar:
    """What counts as a working day.

    Attributes
    ----------
    week : 5 for Monday to Friday, 6 for Monday to Saturday
    cuti_bersama : whether joint leave is free; by default it is a working day, because the laws that set the limits
        say «hari kerja» and no text was found that decides it
    local_days : further free days of the place or the office (a regional anniversary, Galungan)
    holidays : own holidays, needed for a year that is not known here: a year with one of them counts by them alone
    zone : where days begin, for points in time with a time zone: "Asia/Jakarta" (or "WIB"), "Asia/Makassar" ("WITA"),
        "Asia/Jayapura" ("WIT"); by default each point in time must already be in one of them

    Days are dates, points in time, or ISO texts («2026-08-10»).

    References
    ----------
    Perpres 21/2023, Pasal 3: five working days, Monday to Friday, with other rules for units that serve the public
    directly (Pasal 7). The holidays and their decrees: `mutu.regulations.holidays`.
    """

    week: Literal[5, 6] = 5
    cuti_bersama: bool = False
    local_days: tuple[Date, ...] = ()
    holidays: tuple[Date, ...] = ()
    zone: str | None = None

    def __post_init__(self) -> None:
        if self.week not in _WEEKS:
            raise SettingError(N_("A working week has 5 or 6 days, not {found}."), found=self.week)
        zone_of(self.zone)
        for name in ("local_days", "holidays"):
            object.__setattr__(self, name, tuple(sorted({as_day(day) for day in getattr(self, name)})))

    @property
    def weekmask(self) -> str:
        """The working days of the week from Monday on, as numpy writes them."""
        return _WEEKS[self.week]

    def free_days(self, years: Iterable[int]) -> dict[Date, str]:
        """The free days of some years beside the weekly ones, with their names.

        Raises
        ------
        InputError : the holidays of a year are not known, and none of them is given
        """
        free = {day: _("local day off") for day in self.local_days}
        free |= {day: _("holiday as given") for day in self.holidays}
        for year in years:
            if year not in regulations.known_years():
                self._check_given(year)
                continue
            known = regulations.holidays(year)
            if self.cuti_bersama:
                named = _("joint leave (cuti bersama): {name}")
                free |= {day.date: named.format(name=day.name) for day in known.joint_leave}
            free |= {day.date: str(day.name) for day in known.national}
        return free

    def _check_given(self, year: int) -> None:
        if year not in {day.year for day in self.holidays}:
            raise InputError(
                N_(
                    "The holidays of {year} are not known here; known are {known}. Give all of that year yourself, "
                    "{example}, or install a newer mutu."
                ),
                year=year,
                known=", ".join(map(str, regulations.known_years())),
                example=f'Calendar(holidays=["{year}-01-01", …])',
            )

    def sentence(self) -> str:
        """What counts as a working day, in words."""
        leave = (
            _("joint leave (cuti bersama) is free")
            if self.cuti_bersama
            else _("joint leave (cuti bersama) counts as working days")
        )
        said = [_("a week of {days} working days").format(days=self.week), _("national holidays are free"), leave]
        if self.local_days:
            said.append(_("{count} local days are free").format(count=len(self.local_days)))
        if self.holidays:
            said.append(_("{count} holidays as given are free").format(count=len(self.holidays)))
        return ", ".join(said)


@dataclass(frozen=True)
class DueDate(Result):
    """The last day on which something is in time.

    Attributes
    ----------
    start : the day it was received; it does not count itself
    days : working days allowed
    due : the last of them
    calendar : what counts as a working day
    skipped : days of the working week that are free in between, with their names
    other : the due date if joint leave counted the other way; None where it falls into a year that is not known
    """

    start: Date
    days: int
    due: Date
    calendar: Calendar
    skipped: tuple[tuple[Date, str], ...] = field(repr=False)
    other: Date | None

    def __float__(self) -> float:
        return float((self.due - self.start).days)

    @property
    def n(self) -> int:
        """Working days counted."""
        return self.days

    @property
    def method(self) -> str:
        """What the days were counted by."""
        return f"working days, week of {self.calendar.week}" + (", cuti bersama free" * self.calendar.cuti_bersama)

    def sentence(self) -> str:
        """The due date, what it rests on, and whether joint leave decides it."""
        text = _("Working day {days} after {start} is {due} ({calendar}).").format(
            days=integer(self.days), start=date(self.start), due=date(self.due), calendar=self.calendar.sentence()
        )
        if self.other is None or self.other == self.due:
            return text
        other = (
            _("If joint leave counted as working days, it would be {other}.")
            if self.calendar.cuti_bersama
            else _("If joint leave were free, it would be {other}.")
        )
        return f"{text} {other.format(other=date(self.other))}"

    def rows(self) -> list[dict[str, str]]:
        """The days that were skipped, and the due date below."""
        days = [*self.skipped, (self.due, _("due date"))]
        return [{_("Date"): date(day), _("What it is"): name} for day, name in days]

    def as_json(self) -> dict[str, Any]:
        """The due date as plain texts and numbers."""
        return {
            "start": self.start.isoformat(),
            "days": self.days,
            "due": self.due.isoformat(),
            "week": self.calendar.week,
            "cuti_bersama": self.calendar.cuti_bersama,
            "local_days": [day.isoformat() for day in self.calendar.local_days],
            "holidays": [day.isoformat() for day in self.calendar.holidays],
            "zone": self.calendar.zone,
            "skipped": [{"date": day.isoformat(), "name": name} for day, name in self.skipped],
            "due_otherwise": self.other and self.other.isoformat(),
        }


def due_date(start: Any, days: int, calendar: Calendar | None = None) -> DueDate:
    """The `days`-th working day after `start`.

    Parameters
    ----------
    start : the day something was received, a date, a point in time or an ISO text; it does not count itself
    days : working days allowed, at least 1
    calendar : what counts as a working day; by default Monday to Friday without national holidays

    Raises
    ------
    InputError : `start` is no date, or in a time zone outside Indonesia (see `Calendar.zone`), or the holidays of a
        year it reaches into are not known
    SettingError : fewer than one day

    References
    ----------
    UU 14/2008 and Perki 1/2021: a request for information is answered within 10 working days. Holidays: SKB
    855/2023 (for 2024), 1017/2024 and 933/2025 (for 2025), 1497/2025 (for 2026), 1205/2026 (for 2027), as in
    `mutu.regulations.holidays`.

    Examples
    --------
    >>> from datetime import date
    >>> due_date(date(2025, 3, 24), 10).due.isoformat()
    '2025-04-09'
    >>> due_date(date(2025, 3, 24), 10, Calendar(cuti_bersama=True)).due.isoformat()
    '2025-04-16'
    """
    chosen = Calendar() if calendar is None else calendar
    if not isinstance(days, Integral) or isinstance(days, bool) or days < 1:
        raise SettingError(N_("A limit has at least one working day, not {found}."), found=days)
    first = as_day(start, chosen.zone)
    due, free = _count(first, int(days), chosen)
    skipped = tuple(
        (day, name) for day, name in sorted(free.items()) if first < day < due and _in_week(day, chosen.weekmask)
    )
    return DueDate(first, int(days), due, chosen, skipped, _other(first, int(days), chosen))


def _other(start: Date, days: int, calendar: Calendar) -> Date | None:
    try:
        due, _free = _count(start, days, replace(calendar, cuti_bersama=not calendar.cuti_bersama))
    except InputError:
        return None
    return due if set(range(start.year, due.year + 1)) <= set(regulations.known_years()) else None


def _count(start: Date, days: int, calendar: Calendar) -> tuple[Date, dict[Date, str]]:
    """The due date, and the free days of every year it reaches into."""
    years = {start.year}
    while True:
        free = calendar.free_days(sorted(years))
        found = np.busday_offset(
            np.datetime64(start), days, roll="backward", weekmask=calendar.weekmask, holidays=_holidays(free)
        )
        due: Date = found.astype("datetime64[D]").item()
        missing = set(range(start.year, due.year + 1)) - years
        if not missing:
            return due, free
        years |= missing


def working_days(start: Any, end: Any, calendar: Calendar | None = None) -> NDArray[np.float64]:
    """Working days from the day after `start` to `end`: how long a case took, as the limits count.

    Parameters
    ----------
    start, end : dates, points in time or ISO texts of equal number, shape (cases,): a list, a series of any library,
        or a frame of one column; for a case still open, `end` is the day of the count
    calendar : what counts as a working day

    Returns
    -------
    array of shape (cases,), in working days; 0 for a case that ends on the day it began

    Raises
    ------
    InputError : different numbers of dates, points in time of several zones or of one outside Indonesia (see
        `Calendar.zone`), or the holidays of a year are not known
    AnswerError : a cell is no date, or a case ends before it began; names the row

    References
    ----------
    As in `due_date`: a case that ends on its due date took exactly the days allowed.

    Examples
    --------
    >>> from datetime import date
    >>> working_days([date(2025, 3, 24)], [date(2025, 4, 9)]).tolist()
    [10.0]
    """
    chosen = Calendar() if calendar is None else calendar
    began, ended = days_of([(Term(N_("start")), start), (Term(N_("end")), end)], chosen.zone)
    if len(began) != len(ended):
        raise InputError(
            N_("There are {start} dates of start and {end} of end. Give one of each a case."),
            start=len(began),
            end=len(ended),
        )
    for row, (first, last) in enumerate(zip(began, ended, strict=True), 1):
        if last < first:
            raise AnswerError(
                N_("The case of row {row} ends on {end}, before it began on {start}. Correct it."),
                row=row,
                start=first.isoformat(),
                end=last.isoformat(),
            )
    if not began:
        raise InputError(N_("There is no case. Give at least one."))
    free = chosen.free_days(range(min(began).year, max(ended).year + 1))
    tomorrow = timedelta(days=1)
    counted = np.busday_count(
        np.array([day + tomorrow for day in began], dtype="datetime64[D]"),
        np.array([day + tomorrow for day in ended], dtype="datetime64[D]"),
        weekmask=chosen.weekmask,
        holidays=_holidays(free),
    )
    return np.asarray(counted, dtype=np.float64)


def _holidays(free: dict[Date, str]) -> NDArray[np.datetime64]:
    return np.array(sorted(free), dtype="datetime64[D]")


def _in_week(day: Date, weekmask: str) -> bool:
    return weekmask[day.weekday()] == "1"

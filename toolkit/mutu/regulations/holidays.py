"""National holidays and joint leave (cuti bersama), a dated file a year, each naming the decree it stands on."""

from __future__ import annotations

import re
from datetime import date as Date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mutu.errors import N_, InputError
from mutu.regulations.load import DATA, read
from mutu.regulations.schema import Part, Source, Status, Text


class Decree(Part):
    """A joint decree of three ministers (SKB): its numbers, the day it was signed, what it is about."""

    number: str
    date: Date
    about: Text


class Holiday(Part):
    """A national holiday."""

    date: Date
    name: Text


class JointLeave(Holiday):
    """A day of joint leave, with the number of the decree that set it."""

    decree: str


class Holidays(Part):
    """The holidays of one year.

    Attributes
    ----------
    decrees : the decrees that set them, the first one first
    status : what has and what has not been verified
    national : national holidays (hari libur nasional)
    joint_leave : days of joint leave (cuti bersama)
    """

    schema_version: Literal[1]
    id: str
    version: Date
    year: int
    title: Text
    decrees: Annotated[tuple[Decree, ...], Field(min_length=1)]
    status: Status
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    national: Annotated[tuple[Holiday, ...], Field(min_length=1)]
    joint_leave: tuple[JointLeave, ...]

    @model_validator(mode="after")
    def _each_day_once_and_in_its_year(self) -> Holidays:
        days = [day.date for day in (*self.national, *self.joint_leave)]
        if len(set(days)) != len(days):
            raise ValueError("a day stands twice")
        if {day.year for day in days} != {self.year}:
            raise ValueError("a day lies in another year")
        if not {day.decree for day in self.joint_leave} <= {decree.number for decree in self.decrees}:
            raise ValueError("a day of joint leave names a decree that is not listed")
        return self


def known_years() -> tuple[int, ...]:
    """The years whose holidays are part of this installation."""
    names = (re.fullmatch(r"holidays-([0-9]{4})", path.stem) for path in DATA.glob("holidays-*.json"))
    return tuple(sorted(int(name[1]) for name in names if name))


@cache
def holidays(year: int) -> Holidays:
    """National holidays and joint leave of a year.

    Raises
    ------
    InputError : the holidays of that year are not known here

    Examples
    --------
    >>> found = holidays(2025)
    >>> len(found.national), len(found.joint_leave), found.decrees[1].number
    (17, 11, 'SKB 933/2025, 1/2025, 3/2025')
    """
    if year not in known_years():
        raise InputError(
            N_("The holidays of {year} are not known here; known are {known}. Install a newer mutu."),
            year=year,
            known=", ".join(map(str, known_years())),
        )
    return read(DATA / f"holidays-{year}.json", Holidays)

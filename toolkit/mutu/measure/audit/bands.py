"""Grades by other tables than the one in force, and figures that programs fill in: dated data, read here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

from mutu.errors import N_, InputError, SettingError
from mutu.locale import _, number
from mutu.locale.numbers import half_up
from mutu.measure.audit.printed import Printed
from mutu.regulations import Band, Skm, Text
from mutu.regulations.load import read
from mutu.regulations.schema import Part, Source

NONE = "-"
_NOT_GRADED = ("-", "–", "x")
_BETWEEN = re.compile(r"\s*[()\[\]/:=,]\s*|\s+[-–]\s+")  # «A (Sangat Baik)», «A/Sangat baik», «A - Sangat baik»


class OtherTable(Part):
    """A table of bands that is not the regulation's: the lowest index of each grade."""

    code: str
    name: Text
    source: Source
    lowest: dict[str, Decimal]

    def grade(self, index: Fraction) -> str:
        """The letter of an index."""
        reached = [letter for letter, low in self.lowest.items() if index >= Fraction(low)]
        return reached[-1] if reached else NONE


class Placeholder(Part):
    """A figure that a program gives although nothing was computed."""

    index: Decimal
    grade: str
    respondents: int
    source: Source


class Others(Part):
    """The data file."""

    schema_version: Literal[1]
    id: str
    version: Date
    tables: tuple[OtherTable, ...]
    placeholders: tuple[Placeholder, ...]


@cache
def others() -> Others:
    """Other tables of bands, and placeholders, with where they were seen."""
    return read(Path(__file__).parent / "bands.json", Others)


def letter(given: str, rule: Skm) -> str:
    """The letter of a grade given as a letter, as its name or as both, or "-" for «no grade».

    Raises
    ------
    SettingError : neither, or a letter with the name of another grade
    """
    said = " ".join(given.split()).casefold()
    if said in _NOT_GRADED:
        return NONE
    parts = [part.strip() for part in _BETWEEN.split(said)]
    found = {band.mutu for band in rule.bands for part in parts if part in _names(band)}
    if len(found) == 1:
        return found.pop()
    raise SettingError(
        N_("«{grade}» is not a grade. Give {known}, or - if none was printed."),
        grade=given[:40],
        known=", ".join(band.mutu for band in reversed(rule.bands)),
    )


def _names(band: Band) -> tuple[str, ...]:
    return band.mutu.casefold(), band.kinerja.id.casefold(), band.kinerja.en.casefold()


def band_of(index: Fraction, rule: Skm) -> Band | None:
    """The band in force; None where an index lies outside all of them."""
    try:
        return rule.grade(index)
    except InputError:
        return None


@dataclass(frozen=True)
class GradeCheck:
    """What became of a published grade.

    Attributes
    ----------
    given : the grade published, "-" for none
    due : the grade of the published index by the regulation, "-" where it has none
    index : the index it was looked up for, as printed
    reasons : what gives the published grade, the simplest first; empty where it is due, or nothing does

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import audit
    >>> table = pl.DataFrame({"unsur": ["U1", "U2"], "nrr": ["3,20", "3,40"]})
    >>> found = audit.explain(table, "82,50", grade="A").grade
    >>> found.given, found.due, found.holds
    ('A', 'B', False)
    """

    given: str
    due: str
    index: Printed
    reasons: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the grade is the one due."""
        return self.given == self.due

    def sentence(self) -> str:
        """What happened to the grade."""
        if self.holds:
            return _("The grade {grade} belongs to an index of {index}.").format(grade=self.given, index=self.index)
        said = _("An index of {index} has the grade {due}, not {grade}.").format(
            index=self.index, due=self.due, grade=self.given
        )
        if self.due == NONE:
            return _("An index of {index} has no grade, but {grade} was given.").format(
                grade=self.given, index=self.index
            )
        if self.given == NONE:
            said = _("An index of {index} has the grade {due}, but none was given.").format(
                index=self.index, due=self.due
            )
            cause = _("That can come from {reasons}.").format(reasons=_(" or ").join(self.reasons))
            return f"{said} {cause}" if self.reasons else said
        if not self.reasons:
            return said + " " + _("None of the tables known gives that grade.")
        return said + " " + _("It comes from {reasons}.").format(reasons=_(" or ").join(self.reasons))


def check(given: str, index: Printed, unrounded: Fraction | None, rule: Skm) -> GradeCheck:
    """Compare a published grade with the one due.

    Parameters
    ----------
    given : the letter published
    index : the index as printed
    unrounded : the index behind it, where it is known
    """
    band = band_of(index.exact, rule)
    due = band.mutu if band else NONE
    return GradeCheck(given, due, index, () if given == due else tuple(_reasons(given, index, unrounded, rule)))


def _reasons(given: str, index: Printed, unrounded: Fraction | None, rule: Skm) -> Iterator[str]:
    if unrounded is not None and _before_rounding(given, unrounded, rule):
        yield _("looking up {index} before it was rounded").format(index=number(half_up(unrounded, 4), 4))
    for table in others().tables:
        if table.grade(index.exact) == given:
            yield str(table.name)


def _before_rounding(given: str, unrounded: Fraction, rule: Skm) -> bool:
    """Whether the bands give this grade to the unrounded index: none in a hole, the lower one by lower limits."""
    inside = next((band.mutu for band in rule.bands if Fraction(band.low) <= unrounded <= Fraction(band.high)), NONE)
    reached = [band.mutu for band in rule.bands if unrounded >= Fraction(band.low)]
    return given in (inside, reached[-1] if reached else NONE)

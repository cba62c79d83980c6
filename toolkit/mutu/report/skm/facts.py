"""What the report of a survey rests on, and what follows from it by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from mutu.locale import _, number
from mutu.locale.numbers import half_up
from mutu.measure import skm
from mutu.measure.result import Interval
from mutu.measure.sampling import krejcie_morgan
from mutu.regulations import publication
from mutu.report.office import Office, Step
from mutu.responses.survey import Survey

_CHARACTERISTICS = ("jenis_kelamin", "usia", "pendidikan", "pekerjaan", "layanan")
_MOST_CATEGORIES = 12
_WEAKEST = 3


@dataclass(frozen=True)
class Facts:
    """A result with the survey it came from, the office it is for, and the period before."""

    result: skm.IndexResult
    survey: Survey
    office: Office
    change: skm.Change | None = None

    @property
    def bounds(self) -> tuple[str, str]:
        """The lowest and highest index these weights allow, as people read them."""
        total = sum((unsur.weight for unsur in self.result.unsur), Fraction(0))
        low, high = (end * total for end in self.result.regulation.bounds)
        digits = 0 if total == 1 else 2
        return number(low, digits), number(high, digits)

    @cached_property
    def ranked(self) -> list[skm.UnsurResult]:
        """The elements, weakest first; equal ones in the order of the regulation."""
        return sorted(self.result.unsur, key=lambda unsur: unsur.nrr)

    @property
    def population(self) -> int | None:
        """People served: what the index was computed with, else what the office says."""
        return self.result.population or self.office.population

    @property
    def needed(self) -> int | None:
        """Respondents the regulation's table asks for; None when the population is not known."""
        return krejcie_morgan(self.population) if self.population else None

    @cached_property
    def profile(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Who answered: characteristic, its categories with their number of respondents, adding up to n."""
        return _profile(self.survey, self.office.min_group)

    @property
    def too_few(self) -> bool:
        """Whether there are too few respondents to publish a grade."""
        return self.result.n < max(self.office.min_n, publication().min_n_grade)

    @property
    def below_table(self) -> bool:
        """Whether the sample is smaller than the regulation's table asks for."""
        return self.needed is not None and self.result.n < self.needed

    @property
    def possible_grades(self) -> tuple[str, str]:
        """Grades at both ends of the interval: the same when the grade is sure."""
        found, rule = self.result.interval, self.result.regulation
        if found is None:
            return self.result.mutu, self.result.mutu
        ends = (max(Decimal(repr(end)), Decimal(rule.bounds[0])) for end in (found.low, found.high))
        low, high = (rule.grade(end).mutu for end in ends)
        return low, high

    def apart(self, a: skm.UnsurResult, b: skm.UnsurResult) -> bool:
        """Whether two elements can be told apart: the interval of their difference leaves out 0."""
        found = self.result.difference(a.kode, b.kode)
        return found is not None and not found.low <= 0 <= found.high

    def like_weakest(self) -> list[skm.UnsurResult]:
        """Elements that cannot be told apart from the weakest one."""
        weakest, *others = self.ranked
        return [other for other in others if not self.apart(weakest, other)]

    @cached_property
    def follow_up(self) -> dict[str, Step]:
        """Code of each element in the follow-up plan: the three weakest, then all that the office has a plan for."""
        weakest = [unsur.kode for unsur in self.ranked]
        order = [*weakest, *(kode for kode in self.result.regulation.kodes if kode not in weakest)]
        plan = self.office.plan
        return {kode: plan.get(kode, Step()) for kode in order if kode in (*weakest[:_WEAKEST], *plan)}

    def name(self, kode: str) -> str:
        """The name of an element in the language in use, asked or not."""
        return str(self.result.regulation.element(kode).name)

    @property
    def not_asked(self) -> list[str]:
        """Names of elements the survey did not ask."""
        asked = {unsur.kode for unsur in self.result.unsur}
        return [str(unsur.name) for unsur in self.result.regulation.unsur if unsur.kode not in asked]


def limits(found: Interval | None, digits: int = 2) -> str:
    """An interval for a table or for brackets."""
    return number(None) if found is None else f"{number(found.low, digits)}–{number(found.high, digits)}"


def measured(unsur: skm.UnsurResult) -> str:
    """The index of an element, with its interval where there is one."""
    return number(unsur.indeks) + (f" ({limits(unsur.interval)})" if unsur.interval else "")


@dataclass(frozen=True)
class Sum:
    """The weighted NRRs as printed, so that they add up to the printed index.

    Attributes
    ----------
    digits : decimals with which they are printed
    rows : the rounded weighted NRR of each element, in the result's order
    total : the rounded sum; times 25 and rounded it is the printed index
    gap : total minus the sum of the rows: 0, or shown as a row of its own
    """

    digits: int
    rows: tuple[Decimal, ...]
    total: Decimal
    gap: Decimal


def add_up(result: skm.IndexResult) -> Sum:
    """The fewest decimals, from four on, with which the table adds up; else those that leave the smallest gap.

    Nothing is bent: every row is rounded half up by itself. Where no number of decimals closes the sum
    (nine times 0.3333 is never 3), the gap becomes a row of the table.
    """
    tries = [_printed(result, digits) for digits in range(4, 9)]
    fitting = [one for one in tries if half_up(one.total * result.regulation.multiplier, 2) == result.rounded]
    closed = [one for one in fitting if one.gap == 0 and one.digits <= 6]
    return (closed or fitting)[0]


def _printed(result: skm.IndexResult, digits: int) -> Sum:
    exact = [unsur.nrr_tertimbang for unsur in result.unsur]
    rows = tuple(half_up(one, digits) for one in exact)
    total = half_up(sum(exact, Fraction(0)), digits)
    return Sum(digits, rows, total, total - sum(rows, Decimal(0)))


def _profile(survey: Survey, least: int) -> list[tuple[str, list[tuple[str, int]]]]:
    """Who answered: characteristic, its categories with their number of respondents, adding up to n.

    Only what the regulation asks about respondents is shown. Categories of fewer than `least` are
    put together, so that nobody can be recognised.
    """
    answered = survey.answers.notna().any(axis=1)
    people = survey.profile.loc[answered.to_numpy()]
    names = _names()
    return [
        (names[column], _categories(people[column].tolist(), column, least))
        for column in _CHARACTERISTICS
        if column in people.columns and people[column].notna().any()
    ]


def _names() -> dict[str, str]:
    from mutu.regulations import skm as rules

    return {field.code: str(field.name) for field in rules().profile}


def _categories(values: Sequence[Any], column: str, least: int) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for value in values:
        label = _label(value)
        counts[label] = counts.get(label, 0) + 1
    unknown = counts.pop(_("unknown"), 0)
    order = (
        sorted(counts, key=_first_number)
        if column == "usia"
        else sorted(counts, key=lambda label: (-counts[label], label))
    )
    shown = [label for label in order if counts[label] >= least][:_MOST_CATEGORIES]
    rest = sum(count for label, count in counts.items() if label not in shown)
    found = [(label, counts[label]) for label in shown]
    if rest:
        found.append((_("other, or fewer than {least} people").format(least=least), rest))
    return [*found, (_("unknown"), unknown)] if unknown else found


def _label(value: Any) -> str:
    import pandas as pd

    text = "" if pd.isna(value) else " ".join(str(value).split())[:80]
    return _("unknown") if text.casefold() in ("", "tidak diketahui", "unknown") else text


def _first_number(label: str) -> tuple[int, str]:
    """Bands of age in their order, however they are written; those without a number last."""
    found = re.search(r"\d+", label)
    return (int(found[0]) if found else 10**6, label)


def period_of_answers(survey: Survey) -> tuple[Date, Date] | None:
    """First and last day of the answers, where the file tells them for certain."""
    if "tanggal" not in survey.profile.columns:
        return None
    days = []
    for value in survey.profile["tanggal"].dropna():
        try:
            days.append(Date.fromisoformat(str(value)[:10]))
        except ValueError:
            continue
    return (min(days), max(days)) if days else None

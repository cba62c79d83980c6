"""How many to ask."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mutu import regulations
from mutu.errors import N_, SettingError, Term
from mutu.locale import _, integer, percent
from mutu.locale.numbers import half_up
from mutu.measure.intervals import normal_quantile
from mutu.measure.result import Result
from mutu.measure.settings import between, is_number, whole


@dataclass(frozen=True)
class SampleSize(Result):
    """A sample size.

    Attributes
    ----------
    n : people to ask
    method : "slovin" or "cochran"
    margin : margin of error of a share, 0.05 for five points
    confidence : level of the interval the margin belongs to
    proportion : the share expected; 0.5 asks for the most people
    population : people served; None where it is not limited
    unrounded : what the formula gives before it is made whole
    """

    n: int
    method: str
    margin: float
    confidence: float
    proportion: float
    population: int | None
    unrounded: float

    def __float__(self) -> float:
        return float(self.n)

    def sentence(self) -> str:
        """How many to ask, for what, with the warning that belongs to the formula."""
        asked = _("{n} respondents by the formula of {name}").format(n=integer(self.n), name=_NAMES[self.method])
        served = _("of {population} people served").format(population=integer(self.population))
        start = asked if self.population is None else f"{asked}, {served}"
        precision = _("margin of error {margin} at a confidence of {confidence}").format(
            margin=percent(self.margin), confidence=percent(self.confidence, 0)
        )
        return " ".join([f"{start}; {precision}.", *self._warning(), all_are_used()])

    def _warning(self) -> list[str]:
        if self.method != "slovin":
            return []
        return [
            _(
                "Slovin's formula is discouraged: it has no source that can be checked, holds only for a share near "
                "50% at a confidence of 95%, and says nothing about the spread of an index. Use the table of Krejcie "
                "and Morgan, which the regulation names, or Cochran's formula."
            )
        ]

    def rows(self) -> list[dict[str, str]]:
        """One row: the formula, what it was given and the sample."""
        return [
            {
                _("Formula"): _NAMES[self.method],
                _("Population"): integer(self.population),
                _("Margin of error"): percent(self.margin),
                _("Confidence"): percent(self.confidence, 0),
                _("Expected share"): percent(self.proportion, 0),
                _("Sample"): integer(self.n),
            }
        ]

    def as_json(self) -> dict[str, Any]:
        """The sample size as plain numbers."""
        return {
            "method": self.method,
            "population": self.population,
            "margin": self.margin,
            "confidence": self.confidence,
            "proportion": self.proportion,
            "sample": self.n,
        }


_NAMES = {"slovin": "Slovin", "cochran": "Cochran"}


def all_are_used() -> str:
    """What a sample size never means, said wherever one is shown."""
    return _("A sample size is the least to collect: all answers collected are used, also when there are more.")


def krejcie_morgan(population: int, margin: float | None = None, confidence: float | None = None) -> int:
    """Sample size for a population after Krejcie & Morgan, the table of the regulation.

    s = χ² N P (1 - P) ÷ (d² (N - 1) + χ² P (1 - P)) with the regulation's constants, rounded half up to whole people.
    All answers collected are used, also when there are more. The printed table is `mutu.regulations.sample_table()`.

    Parameters
    ----------
    population : people served, N >= 1
    margin : margin of error d of a share, between 0 and 1; the regulation's 0.05 by default
    confidence : level, between 0 and 1; at the regulation's 0.95, the default, χ² is 3.841 as printed, else the
        quantile with one degree of freedom

    Raises
    ------
    SettingError : the population is below one, margin or confidence outside 0 to 1

    References
    ----------
    Krejcie & Morgan (1970), Determining sample size for research activities, Educational and Psychological
    Measurement 30, 607-610: the formula agrees with table 1 in all rows (some copies misprint N = 8 000 as 368).

    Examples
    --------
    >>> [krejcie_morgan(n) for n in (10, 100, 1000, 1_000_000)]
    [10, 80, 278, 384]
    >>> krejcie_morgan(1000, margin=0.03)
    516
    """
    if not is_number(population) or population < 1:
        raise SettingError(
            N_("A sample needs a population of at least one person, not {population}."), population=population
        )
    constants = regulations.skm().sample_size
    share, square = Fraction(constants.proportion), Fraction(constants.chi_square)
    error = between(Term(N_("the margin of error")), float(constants.margin) if margin is None else margin, 0, 1)
    level = between(Term(N_("the confidence")), float(constants.confidence) if confidence is None else confidence, 0, 1)
    if level != float(constants.confidence):
        square = Fraction(normal_quantile(level)) ** 2
    spread = square * share * (1 - share)
    found = spread * population / (Fraction(str(error)) ** 2 * (population - 1) + spread)
    return max(1, int(half_up(found, 0)))


def slovin(population: int, margin: float = 0.05) -> SampleSize:
    """Sample size by the formula called Slovin's, N ÷ (1 + N e²), with the warning why it is discouraged.

    It is Yamane's simplification of Cochran's formula: z = 2 in place of 1.96 and a share of 50 %, so it holds for
    nothing else. Offered because reports have to be reproduced.

    Parameters
    ----------
    population : people served, N >= 1
    margin : margin of error, between 0 and 1

    Returns
    -------
    SampleSize : rounded half up, as its users do

    Raises
    ------
    SettingError : a population below one, a margin outside 0 to 1

    References
    ----------
    Tejada & Punzalan (2012), On the misuse of Slovin's formula, The Philippine Statistician 61(1), 129-136.
    Yamane (1967), Statistics: an introductory analysis, 2nd ed.

    Examples
    --------
    >>> int(slovin(1500, 0.02).n)
    938
    """
    size = whole(Term(N_("the population")), population)
    error = Fraction(str(between(Term(N_("the margin of error")), margin, 0, 1)))
    found = size / (1 + size * error**2)
    return SampleSize(max(1, int(half_up(found, 0))), "slovin", float(error), 0.95, 0.5, size, float(found))


def cochran(
    margin: float = 0.05, confidence: float = 0.95, proportion: float = 0.5, population: int | None = None
) -> SampleSize:
    """Sample size for a share by Cochran's formula, with his finite correction when the population is given.

    n0 = z² p (1 - p) ÷ e² and n = n0 ÷ (1 + (n0 - 1) ÷ N), rounded up, so that the margin is kept. It is meant for a
    share of people; for the mean index of a survey see `expected_margin`.

    Parameters
    ----------
    margin : margin of error of the share, between 0 and 1
    confidence : level of the interval, between 0 and 1
    proportion : the share expected, between 0 and 1; 0.5 is the safe choice
    population : people served; without it the population is taken to be very large

    Raises
    ------
    SettingError : a value outside its range

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., Wiley, formulas 4.1 and 4.2, pp. 75-76.

    Examples
    --------
    >>> cochran(0.05, 0.95, 0.5).n, cochran(0.05, 0.95, 0.5, population=1000).n
    (385, 278)
    """
    error = between(Term(N_("the margin of error")), margin, 0, 1)
    level = between(Term(N_("the confidence")), confidence, 0, 1)
    share = between(Term(N_("the expected share")), proportion, 0, 1)
    found = normal_quantile(level) ** 2 * share * (1 - share) / error**2
    size = None if population is None else whole(Term(N_("the population")), population)
    if size is not None:
        found = found / (1 + (found - 1) / size)
    least = max(1, math.ceil(found - 1e-9))
    return SampleSize(least if size is None else min(least, size), "cochran", error, level, share, size, found)

"""How many to ask."""

from __future__ import annotations

from fractions import Fraction

from mutu import regulations
from mutu.errors import N_, SettingError
from mutu.locale.numbers import half_up


def krejcie_morgan(population: int) -> int:
    """Sample size for a population after Krejcie & Morgan, the table of the regulation.

    s = χ² N P (1 - P) ÷ (d² (N - 1) + χ² P (1 - P)) with the regulation's constants, rounded half up to whole people.

    Parameters
    ----------
    population : people served, N >= 1

    Raises
    ------
    SettingError : the population is below one

    References
    ----------
    Krejcie & Morgan (1970), Educational and Psychological Measurement 30, 607-610. The formula agrees with the
    printed table in all rows but N = 8 000 (printed 368, a misprint).

    Examples
    --------
    >>> [krejcie_morgan(n) for n in (10, 100, 1000, 1_000_000)]
    [10, 80, 278, 384]
    """
    if population < 1:
        raise SettingError(
            N_("A sample needs a population of at least one person, not {population}."), population=population
        )
    constants = regulations.skm().sample_size
    spread = Fraction(constants.chi_square) * Fraction(constants.proportion) * (1 - Fraction(constants.proportion))
    return int(half_up(spread * population / (Fraction(constants.margin) ** 2 * (population - 1) + spread), 0))

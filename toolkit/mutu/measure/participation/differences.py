"""Differences of shares, and the middle of amounts, with intervals that hold for small and lopsided groups."""

from __future__ import annotations

import math

import numpy as np

from mutu.errors import N_, SettingError, Term
from mutu.measure.frames import Floats
from mutu.measure.intervals import wilson
from mutu.measure.result import Interval
from mutu.measure.settings import between, is_number, whole


def newcombe(first: tuple[float, int], second: tuple[float, int], each: float, level: float) -> Interval:
    """Newcombe's interval of the difference of two independent shares, from Wilson's intervals of the two.

    Parameters
    ----------
    first, second : share and number of people
    each : level of this one interval
    level : level that all intervals hold together, which is noted

    Raises
    ------
    SettingError : a share outside 0 to 1, no people, or a level outside 0 to 1

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine 17,
    873-890, method 10.

    Examples
    --------
    >>> found = newcombe((56 / 70, 70), (48 / 80, 80), 0.95, 0.95)
    >>> round(found.low, 4), round(found.high, 4)
    (0.0524, 0.3339)
    """
    (p, n), (q, m) = _checked(first), _checked(second)
    alone, together = (between(Term(N_("the confidence")), given, 0, 1) for given in (each, level))
    one, two = wilson(p, n, alone), wilson(q, m, alone)
    low = p - q - math.hypot(p - one.low, two.high - q)
    high = p - q + math.hypot(one.high - p, q - two.low)
    return Interval(max(low, -1.0), min(high, 1.0), together)


def _checked(given: tuple[float, int]) -> tuple[float, int]:
    share, people = given
    if not is_number(share) or not 0 <= share <= 1:
        raise SettingError(N_("A share lies from 0 to 1, not at {found}."), found=share)
    return float(share), whole(Term(N_("the number of people")), people)


def median(values: Floats, level: float) -> tuple[float, Interval | None]:
    """The median and the interval between two order statistics that holds for any distribution.

    Parameters
    ----------
    values : shape (people,), without gaps
    level : level the interval holds at least

    Returns
    -------
    median, interval; no interval for fewer than 6 people at 95 %, as even lowest to highest would not hold

    References
    ----------
    Conover (1999), Practical Nonparametric Statistics, 3rd edition, section 3.2.

    Examples
    --------
    >>> median(np.arange(1.0, 11.0), 0.95)
    (5.5, Interval(low=2.0, high=9.0, level=0.95))
    """
    from scipy.special import bdtr

    ordered, n = np.sort(values), len(values)
    tails = bdtr(np.arange(n // 2 + 1, dtype=np.float64), n, 0.5)
    outside = int((tails <= (1 - level) / 2).sum())
    interval = Interval(float(ordered[outside - 1]), float(ordered[n - outside]), level) if outside else None
    return float(np.median(ordered)), interval

"""Quantiles, and the intervals that several measures make alike."""

from __future__ import annotations

import math
from statistics import NormalDist

from mutu.measure.result import Interval


def t_quantile(freedom: float, level: float) -> float:
    """The two-sided quantile of Student's t."""
    from scipy.special import stdtrit  # scipy.stats takes seconds to import, and scipy.special one

    return float(stdtrit(freedom, 0.5 + level / 2))


def normal_quantile(level: float) -> float:
    """The two-sided quantile of the normal distribution: 1.96 for 0.95."""
    return NormalDist().inv_cdf(0.5 + level / 2)


def wilson(share: float, n: float, level: float) -> Interval:
    """Wilson's interval of a share of `n`, which need not be whole."""
    z = normal_quantile(level)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return Interval(max(0.0, middle - half), min(1.0, middle + half), level)


def welch_half(a: tuple[float, int], b: tuple[float, int], level: float) -> float | None:
    """Half the width of the interval of a difference of independent means (Welch 1947); None where neither varies.

    Parameters
    ----------
    a, b : standard error and size of each sample, at least two
    """
    spread = a[0] ** 2 + b[0] ** 2
    if spread == 0:
        return None
    freedom = spread**2 / (a[0] ** 4 / (a[1] - 1) + b[0] ** 4 / (b[1] - 1))
    return t_quantile(freedom, level) * math.sqrt(spread)

"""Hall's skewness-corrected interval by search, and the jackknife on the logarithm: a second way to compute them."""

import math

import numpy as np
from scipy import optimize, stats


def hall_limit(middle, se, s, freedom, sign):
    """The value whose studentised distance from the estimate, transformed as Hall (1992, p. 222), is the quantile.

    Below ten respondents no further away than twice the t interval reaches.
    """
    s = max(-0.4, min(s, 0.4))
    quantile = sign * stats.t.ppf(0.975, freedom)

    def beyond(value):
        t = (middle - value) / se
        return t + s * t**2 / 3 + s**2 * t**3 / 27 + s / 6 - quantile

    found = optimize.brentq(beyond, middle - 60 * se, middle + 60 * se, xtol=1e-14)
    if freedom >= 9:
        return found
    furthest = 2 * abs(quantile) * se
    return min(max(found, middle - furthest), middle + furthest)


def log_limits(ratio, singly, without=None, sizes=None):
    """Limits of 1 - ratio from the ratio without each respondent, and of clusters without each of them."""
    middle, logs, n = math.log(ratio), np.log(singly), len(singly)
    moves = logs.mean() - logs
    s = (moves**3).sum() / (moves**2).sum() ** 1.5
    freedom, se = n - 1, math.sqrt((n - 1) / n * (moves**2).sum())
    if without is not None:
        parts = np.log(without)
        se = math.sqrt((len(parts) - 1) / len(parts) * ((parts - middle) ** 2).sum())
        own = np.repeat(np.arange(len(sizes)), sizes)
        sums = np.array([(own == g) - size / n for g, size in enumerate(sizes)]) / (1 - np.array(sizes) / n)[:, None]
        spectrum = np.linalg.eigvalsh(sums @ sums.T)
        freedom = spectrum.sum() ** 2 / (spectrum**2).sum()
    tail = max(1.5, 2 * n / (stats.moment(moves, 4) / stats.moment(moves, 2) ** 2 - 1))
    freedom = 1 / (1 / freedom + max(0, 1 / tail - 1 / (n - 1)))
    low, high = (hall_limit(middle, se * (1 + 3 / n), s, freedom, sign) for sign in (1, -1))
    return 1 - math.exp(high), 1 - math.exp(low)

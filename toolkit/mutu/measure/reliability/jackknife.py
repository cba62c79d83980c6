"""Intervals for coefficients of the form 1 - A/B, made by leaving out one respondent, unit or cluster at a time.

Cronbach's alpha, the kappas and Krippendorff's alpha are one minus a ratio. How much the ratio varies is taken from the
data by the jackknife instead of from a normal distribution, on a scale where it is nearly symmetric; Student's t allows
for small numbers.
"""

from __future__ import annotations

import math

import numpy as np

from mutu.locale import _, number, percent
from mutu.measure.frames import Floats
from mutu.measure.intervals import cluster_freedom, long_tailed, studentised, t_quantile
from mutu.measure.result import Interval
from mutu.regulations import publication

LOWEST = -1.0  # below it, how far below is not told to people: it says no more than that the items run apart
_SMALL = 3  # over n: what the jackknife's standard error of few skewed answers is short of, by simulation


def log_interval(
    ratio: float, left_out: Floats, singly: Floats | None = None, sizes: Floats | None = None
) -> Interval | None:
    """The interval of 1 - ratio, or None where the data do not show how much it varies.

    The standard error on the scale of the logarithm is the jackknife's over parts. How skewed and how long-tailed the
    ratio is, is read from single respondents, as few clusters cannot show it: skewness is allowed for as in
    `intervals.studentised`, and where a few respondents decide the standard error its degrees of freedom are fewer. It
    is a tenth greater at n = 30, as simulated samples of skewed answers ask for, and hardly at n = 400.

    Parameters
    ----------
    ratio : A/B of all parts
    left_out : the same ratio without each part in turn
    singly : the same ratio without each respondent in turn, where parts are clusters
    sizes : respondents of each part, where parts are clusters

    Notes
    -----
    None comes where the ratio, or one without a part, is zero or undefined: everything agrees, or all disagreement
    rests on a single part.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11; `intervals.long_tailed` for the spread.
    """
    singly = left_out if singly is None else singly
    if len(left_out) < 2 or not (ratio > 0 and _positive(left_out) and _positive(singly)):
        return None
    middle, moves = math.log(ratio), log_moves(singly)
    se = _standard_error(np.log(left_out)) if sizes is None else _around(np.log(left_out), middle)
    if se == 0 or not moves.any():
        return None
    level = float(publication().confidence)
    freedom = len(left_out) - 1.0 if sizes is None else cluster_freedom(sizes)
    se *= 1 + _SMALL / len(singly)
    low, high = studentised(middle, long_tailed(se, freedom, moves), level)
    return Interval(1 - math.exp(high), 1 - math.exp(low), level)


def log_moves(singly: Floats) -> Floats:
    """What each respondent moves the logarithm of a ratio by, from the ratio without each of them."""
    logs = np.log(singly)
    return np.asarray(logs.mean() - logs)


def _positive(ratios: Floats) -> bool:
    return bool(np.isfinite(ratios).all() and (ratios > 0).all())


def fisher_interval(ratio: float, left_out: Floats) -> Interval | None:
    """The interval of 1 - ratio on Fisher's scale of correlations, artanh, which keeps it between -1 and 1.

    Parameters, source and None as in `log_interval`, but that single ratios may be zero.
    """
    parts, value = len(left_out), 1 - ratio
    if parts < 2 or not (abs(value) < 1 and np.isfinite(left_out).all()):
        return None
    se = _standard_error(left_out)
    if se == 0:
        return None
    level = float(publication().confidence)
    half = t_quantile(parts - 1, level) * se / (1 - value**2)
    middle = math.atanh(value)
    return Interval(math.tanh(middle - half), math.tanh(middle + half), level)


def _around(values: Floats, middle: float) -> float:
    """The jackknife's standard error over clusters, around the estimate itself; 0 where only rounding differs."""
    parts = len(values)
    found = math.sqrt((parts - 1) / parts * float(((values - middle) ** 2).sum()))
    return found if found > 1e-12 else 0.0


def _standard_error(values: Floats) -> float:
    """The jackknife's standard error; 0 where only rounding differs."""
    parts = len(values)
    found = math.sqrt((parts - 1) / parts * float(((values - values.mean()) ** 2).sum()))
    return found if found > 1e-12 else 0.0


def said(found: Interval | None) -> str:
    """An interval as words for the middle of a sentence."""
    if found is None:
        return _("no interval, as the data do not show how much it varies")
    return _("{level} confidence interval {low} to {high}").format(
        level=percent(found.level, 0), low=end(found.low), high=end(found.high)
    )


def end(value: float, digits: int = 2) -> str:
    """An end of an interval for people; below -1 it is words."""
    return _("less than −1") if value < LOWEST else number(value, digits)

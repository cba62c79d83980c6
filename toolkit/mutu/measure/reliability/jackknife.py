"""Intervals for coefficients of the form 1 - A/B, made by leaving out one respondent, unit or cluster at a time.

Cronbach's alpha, the kappas and Krippendorff's alpha are one minus a ratio. How much the ratio varies is taken from the
data by the jackknife instead of from a normal distribution, on a scale where it is nearly symmetric; Student's t with
one degree of freedom less than there are parts allows for small numbers.
"""

from __future__ import annotations

import math

import numpy as np

from mutu.locale import _, number, percent
from mutu.measure.frames import Floats
from mutu.measure.intervals import t_quantile
from mutu.measure.result import Interval
from mutu.regulations import publication


def log_interval(ratio: float, left_out: Floats) -> Interval | None:
    """The interval of 1 - ratio, or None where the data do not show how much it varies.

    Parameters
    ----------
    ratio : A/B of all parts
    left_out : the same ratio without each part in turn

    Notes
    -----
    None comes where the ratio, or one without a part, is zero or undefined: everything agrees, or all disagreement
    rests on a single part.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11.
    """
    parts = len(left_out)
    if parts < 2 or not (ratio > 0 and np.isfinite(left_out).all() and (left_out > 0).all()):
        return None
    se = _standard_error(np.log(left_out))
    if se == 0:
        return None
    level = float(publication().confidence)
    half = t_quantile(parts - 1, level) * se
    return Interval(1 - ratio * math.exp(half), 1 - ratio * math.exp(-half), level)


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
        level=percent(found.level, 0), low=number(found.low), high=number(found.high)
    )

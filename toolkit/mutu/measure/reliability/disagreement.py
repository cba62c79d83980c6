"""Disagreement seen between ratings over the one that chance gives, with all ratings and without each unit.

With δ the distance of two ratings, d_u = Σ δ over the pairs of the m_u ratings of unit u, a_u = d_u ÷ (m_u - 1), and
E = Σ δ over all pairs of ratings, taking out unit u leaves E - 2 Σ_{i in u} r_i + d_u, where r_i = Σ_k δ(i, k) over all
ratings. That makes the jackknife as cheap as the coefficient itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, InputError
from mutu.measure.frames import Floats

Level = Literal["nominal", "ordinal", "interval", "ratio"]
_BLOCK = 1 << 22  # distances held at once


@dataclass(frozen=True)
class Disagreement:
    """The two disagreements.

    Attributes
    ----------
    observed, expected : D_o and D_e
    left_out : D_o/D_e without each unit in turn, NaN where it is undefined
    """

    observed: float
    expected: float
    left_out: Floats

    @property
    def ratio(self) -> float:
        """D_o/D_e of all units."""
        return self.observed / self.expected


def between(ratings: Floats, metric: str) -> Disagreement:
    """Disagreement of two raters, chance taken from each rater's own ratings (Cohen).

    Parameters
    ----------
    ratings : units × 2, without gaps
    metric : "nominal", "linear" or "interval"
    """
    _need_units(ratings)
    n = len(ratings)
    first, second = ratings.T
    apart = _delta(first, second, metric)
    to_second, to_first = _sums(first, second, metric), _sums(second, first, metric)
    total = float(to_second.sum())
    _need_variation(total)
    left = total - to_second - to_first + apart
    return Disagreement(float(apart.mean()), total / n**2, _divide((n - 1) * (apart.sum() - apart), left))


def distance(ratings: Floats, level: Level, *, pairs_with_itself: bool) -> Disagreement:
    """Disagreement of any number of raters, chance taken from all ratings together (Fleiss, Krippendorff).

    Parameters
    ----------
    ratings : units × raters, at least two ratings a unit
    level : of measurement
    pairs_with_itself : whether chance may pair a rating with itself (Fleiss) or not (Krippendorff)
    """
    _need_units(ratings)
    if level == "ordinal":
        return _ordinal(ratings)
    within, left, total = _pairs(ratings, level)
    _need_variation(total)
    counts = (~np.isnan(ratings)).sum(axis=1)
    n, rest = int(counts.sum()), counts.sum() - counts
    less = 0 if pairs_with_itself else 1
    seen = within / (counts - 1)
    return Disagreement(
        observed=float(seen.sum()) / n,
        expected=total / (n * (n - less)),
        left_out=_divide((rest - less) * (seen.sum() - seen), left),
    )


def _ordinal(ratings: Floats) -> Disagreement:
    """Ordinal distance is that of mean ranks, and these change with every unit that is left out."""
    whole = distance(_ranks(ratings), "interval", pairs_with_itself=False)
    given = np.sort(np.where(np.isnan(ratings), np.inf, ratings), axis=1)
    _alike, first, which = np.unique(given, axis=0, return_index=True, return_inverse=True)
    ratios = np.array([_ratio(_ranks(np.delete(ratings, unit, axis=0))) for unit in first])
    return Disagreement(whole.observed, whole.expected, ratios[which.reshape(-1)])


def _ratio(ratings: Floats) -> float:
    """D_o/D_e of interval data; NaN where nothing varies."""
    within, _left, total = _pairs(ratings, "interval")
    counts = (~np.isnan(ratings)).sum(axis=1)
    return float((counts.sum() - 1) * (within / (counts - 1)).sum() / total) if total > 0 else float("nan")


def _ranks(ratings: Floats) -> Floats:
    """Each rating as the mean of the ranks that its value takes among all ratings."""
    given = ~np.isnan(ratings)
    _values, place, counts = np.unique(ratings[given], return_inverse=True, return_counts=True)
    ranks = np.full(ratings.shape, np.nan)
    ranks[given] = (np.cumsum(counts) - counts / 2)[place]
    return ranks


def _pairs(ratings: Floats, metric: str) -> tuple[Floats, Floats, float]:
    """Distances within each unit, between all ratings but each unit's, and between all ratings."""
    given = ~np.isnan(ratings)
    within = np.zeros(len(ratings))
    for one in range(ratings.shape[1]):
        for other in range(one):
            within += 2 * np.nan_to_num(_delta(ratings[:, one], ratings[:, other], metric))
    sums = np.zeros(ratings.shape)
    sums[given] = _sums(ratings[given], ratings[given], metric)
    total = float(sums.sum())
    return within, total - 2 * sums.sum(axis=1) + within, total


def _sums(a: Floats, b: Floats, metric: str) -> Floats:
    """For each rating of a, the sum of its distances to all ratings of b."""
    if metric == "interval":
        middle = float(np.median(b))  # squares of what is left lose no digits
        near, away = a - middle, b - middle
        squares: Floats = np.maximum(len(b) * near**2 - 2 * near * away.sum() + (away**2).sum(), 0.0)
        return squares
    values, place = np.unique(a, return_inverse=True)
    others, counts = np.unique(b, return_counts=True)
    block = max(1, _BLOCK // len(others))
    found = [
        _delta(values[start : start + block, None], others, metric) @ counts for start in range(0, len(values), block)
    ]
    sums: Floats = np.concatenate(found)[place]
    return sums


def _delta(a: Floats, b: Floats, metric: str) -> Floats:
    """The distance of ratings; NaN where one is missing."""
    if metric == "nominal":
        differ: Floats = np.where(np.isnan(a + b), np.nan, a != b)
        return differ
    apart: Floats = np.abs(a - b)
    if metric == "linear":
        return apart
    if metric == "ratio":
        together = a + b
        apart = np.divide(apart, together, out=np.where(np.isnan(together), np.nan, 0.0), where=together > 0)
    return apart**2


def _divide(above: Floats, below: Floats) -> Floats:
    """Divide; NaN where nothing varies, 0 where rounding leaves next to nothing."""
    defined: NDArray[np.bool_] = below > 1e-9 * np.abs(below).max()
    ratio: Floats = np.divide(above, below, out=np.full(len(above), np.nan), where=defined)
    ratio[np.abs(ratio) < 1e-12] = 0.0
    return ratio


def _need_units(ratings: Floats) -> None:
    if ratings.shape[1] < 2:
        raise InputError(N_("Agreement needs at least two raters, here is {found}."), found=ratings.shape[1])
    if len(ratings) < 2:
        raise InputError(
            N_("At least two units need ratings of two raters, here are {found}. Collect more ratings."),
            found=len(ratings),
        )


def _need_variation(total: float) -> None:
    if total <= 0:
        raise InputError(
            N_("All ratings are the same, so agreement cannot be told from chance. Rate units that differ.")
        )

"""The arithmetic of the index: exact means from whole sums, and how much they vary from sample to sample.

With x_iq the answer of respondent i to question q, S_q the sum and n_q the number of answers, an element's
NRR is the mean of the means M_q = S_q / n_q of its m questions, and the index a weighted sum of the NRRs.
Means of different n are ratios, so the variance is Taylor-linearised: respondent i moves the NRR by
d_i = Σ_q (x_iq - M_q) / (n_q m), an unanswered question by nothing, and var = n/(n-1) Σ d_i² (1 - n/N).
Source: Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling, ch. 5.5–5.6.

Respondents of one cluster (a counter, a day, a village) are alike: then the sum D_g of a cluster takes the place of
d_i, each divided by 1 - n_g/n, which is the jackknife that leaves out one cluster at a time, with the degrees of
freedom of `intervals.cluster_freedom`. How skewed the answers are is read from the respondents in either case, as few
clusters cannot show it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from mutu.measure.intervals import Spread, cluster_freedom, studentised, unanimous
from mutu.measure.result import Interval
from mutu.measure.skm.answers import MISSING, Answers, converted
from mutu.regulations import publication

_CHUNK = 1 << 15  # rows linearised at once, so that millions of respondents fit into memory
NO_SPREAD = 1e-9  # points of the index below which a standard error is no spread
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Element:
    """One element that was asked: exact mean and what it rests on."""

    kode: str
    n: int
    nrr: Fraction
    counts: tuple[int, ...]
    questions: int
    answered: int


@dataclass(frozen=True)
class Estimate:
    """What a set of answers says.

    Attributes
    ----------
    n : respondents with an answer
    elements : the elements asked
    cross : Σ_i d_i d_i', elements × elements
    cubes : Σ_i d_i d_i' d_i'', elements × elements × elements
    clusters : of a clustered survey the sizes, shape (clusters,), and the jackknife's cross-products of the D_g
    """

    n: int
    elements: tuple[Element, ...]
    cross: Floats
    cubes: Floats
    clusters: tuple[Floats, Floats] | None

    @property
    def units(self) -> int:
        """What was drawn independently: respondents, or clusters of them."""
        return self.n if self.clusters is None else len(self.clusters[0])

    def spread(self, shares: Mapping[str, Fraction | int], n: int, population: int | None = None) -> Spread | None:
        """How a weighted sum of the NRRs varies, from n respondents; None below two of them, or of their clusters."""
        if min(n, self.units) < 2:
            return None
        vector = np.array([float(shares.get(element.kode, 0)) for element in self.elements])
        second = float(vector @ self.cross @ vector)
        third = float(np.einsum("a,b,c,abc", vector, vector, vector, self.cubes))
        skewness = 0.0 if second <= NO_SPREAD**2 else third / second**1.5
        if self.clusters is not None:
            sizes, cross = self.clusters
            return Spread(_root(float(vector @ cross @ vector)), skewness, cluster_freedom(sizes))
        finite = 1.0 if population is None else 1 - n / population
        return Spread(_root(second * n / (n - 1) * finite), skewness, n - 1)


def _root(square: float) -> float:
    """The square root, where rounding may have left -1e-19 of what does not vary."""
    return math.sqrt(max(0.0, square))


def estimate(answers: Answers) -> Estimate:
    """Means and cross-products of the elements that have an answer."""
    answered = answers.values != MISSING
    times = answers.times[:, None]
    counts = (times * answered).sum(axis=0)
    sums = (times * np.where(answered, answers.values, 0).astype(np.int64)).sum(axis=0)
    asked = {
        kode: tuple(q for q in columns if counts[q])
        for kode, columns in answers.questions.items()
        if any(counts[q] for q in columns)
    }
    elements = tuple(_element(answers, kode, columns, sums, counts) for kode, columns in asked.items())
    n = int(answers.times[answered.any(axis=1)].sum())
    cross, cubes, clustered = _products(answers, tuple(asked.values()), sums, counts)
    return Estimate(n, elements, cross, cubes, None if clustered is None else _jackknifed(answers, clustered))


def interval(
    centre: Fraction, spread: Spread | None, units: int, bounds: tuple[Fraction, Fraction], *, counted: bool = False
) -> Interval | None:
    """The interval of `intervals.studentised`, cut to the bounds of the number; None without a spread.

    Parameters
    ----------
    units : respondents or clusters, for the interval where all agree
    counted : everybody of the population answered, so that nothing is left to chance
    """
    if spread is None:
        return None
    level = float(publication().confidence)
    middle, low, high = float(centre), float(bounds[0]), float(bounds[1])
    if counted:
        return Interval(middle, middle, level)
    if spread.se <= NO_SPREAD:
        return unanimous(middle, units, (min(low, middle), max(high, middle)), level)
    below, above = studentised(middle, spread, level)
    return Interval(min(max(below, low), middle), max(min(above, high), middle), level)


def _element(
    answers: Answers, kode: str, columns: tuple[int, ...], sums: NDArray[np.int64], counts: NDArray[np.int64]
) -> Element:
    low, high = answers.scale
    means = [Fraction(int(sums[q]), int(counts[q])) for q in columns]
    mean = sum(means, Fraction(0)) / len(means)
    values = answers.values[:, columns]
    points = (
        tuple(int(answers.times[values[:, 0] == point].sum()) for point in range(low, high + 1))
        if len(columns) == 1
        else ()
    )
    return Element(
        kode=kode,
        n=int(answers.times[(values != MISSING).any(axis=1)].sum()),
        nrr=converted(mean, answers.scale),
        counts=points,
        questions=len(columns),
        answered=int(sum(counts[q] for q in columns)),
    )


def _products(
    answers: Answers, elements: tuple[tuple[int, ...], ...], sums: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[Floats, Floats, Floats | None]:
    """Σ d d', Σ d d' d'' and, of a clustered survey, the D_g."""
    k = len(elements)
    cross, cubes = np.zeros((k, k)), np.zeros((k, k * k))
    clustered = None if answers.cluster is None else np.zeros((int(answers.cluster.max()) + 1, k))
    for rows, moved in _moved(answers, elements, sums, counts):
        weighted = moved * answers.times[rows, None]
        cross += moved.T @ weighted
        cubes += weighted.T @ (moved[:, :, None] * moved[:, None, :]).reshape(len(moved), k * k)
        if clustered is not None and answers.cluster is not None:
            np.add.at(clustered, answers.cluster[rows], weighted)
    return cross, cubes.reshape(k, k, k), clustered


def _moved(
    answers: Answers, elements: tuple[tuple[int, ...], ...], sums: NDArray[np.int64], counts: NDArray[np.int64]
) -> Iterator[tuple[slice, Floats]]:
    """By how much each respondent moves each NRR, some rows at a time."""
    step = 3 / (answers.scale[1] - answers.scale[0])
    for start in range(0, len(answers.values), _CHUNK):
        rows = slice(start, start + _CHUNK)
        moved = np.empty((len(answers.values[rows]), len(elements)))
        for place, columns in enumerate(elements):
            asked = answers.values[rows][:, columns]
            n, m = counts[list(columns)], len(columns)
            means = sums[list(columns)] / n
            moved[:, place] = (np.where(asked != MISSING, asked - means, 0.0) / (n * m)).sum(axis=1) * step
        yield rows, moved


def _jackknifed(answers: Answers, clustered: Floats) -> tuple[Floats, Floats]:
    """Sizes of the clusters, and the cross-products of what leaving each out would change."""
    someone = (answers.values != MISSING).any(axis=1)
    assert answers.cluster is not None  # noqa: S101  what `estimate` asked before
    sizes = np.zeros(len(clustered))
    np.add.at(sizes, answers.cluster[someone], answers.times[someone])
    held = sizes > 0
    sizes, clustered = sizes[held], clustered[held]
    if len(sizes) < 2:  # nothing is left without it; `spread` has no answer then
        return sizes, np.zeros((clustered.shape[1], clustered.shape[1]))
    without = clustered / (1 - sizes / sizes.sum())[:, None]
    return sizes, without.T @ without * (len(sizes) - 1) / len(sizes)

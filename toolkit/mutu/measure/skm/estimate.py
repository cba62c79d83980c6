"""The arithmetic of the index: exact means from whole sums, and how much they vary from sample to sample.

With x_iq the answer of respondent i to question q, S_q the sum and n_q the number of answers, an element's
NRR is the mean of the means M_q = S_q / n_q of its m questions, and the index a weighted sum of the NRRs.
Means of different n are ratios, so the variance is Taylor-linearised: respondent i moves the NRR by
d_i = Σ_q (x_iq - M_q) / (n_q m), an unanswered question by nothing, and var = n/(n-1) Σ d_i² (1 - n/N).
Source: Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling, ch. 5.5–5.6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from mutu.measure.intervals import t_quantile
from mutu.measure.result import Interval
from mutu.measure.skm.answers import MISSING, Answers, converted
from mutu.regulations import publication

_CHUNK = 1 << 18  # rows linearised at once, so that millions of respondents fit into memory


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
    """What a set of answers says: the elements asked, and the cross-products Σ_i d_i d_i' of their NRRs."""

    n: int
    elements: tuple[Element, ...]
    cross: NDArray[np.float64]

    def se(self, shares: Mapping[str, Fraction | int], n: int, population: int | None) -> float | None:
        """Standard error of a weighted sum of the NRRs, from n respondents; None below two."""
        if n < 2:
            return None
        vector = np.array([float(shares.get(element.kode, 0)) for element in self.elements])
        spread = max(0.0, float(vector @ self.cross @ vector))  # rounding may leave -1e-19 where nothing varies
        finite = 1.0 if population is None else 1 - n / population
        return math.sqrt(spread * n / (n - 1) * finite)


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
    return Estimate(n, elements, _cross(answers, tuple(asked.values()), sums, counts))


def interval(centre: Fraction, se: float | None, n: int, bounds: tuple[Fraction, Fraction]) -> Interval | None:
    """The t interval with n - 1 degrees of freedom, cut to the bounds of the number; None without a standard error."""
    if se is None:
        return None
    level = float(publication().confidence)
    half = t_quantile(n - 1, level) * se
    middle, low, high = float(centre), float(bounds[0]), float(bounds[1])
    return Interval(min(max(middle - half, low), middle), max(min(middle + half, high), middle), level)


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


def _cross(
    answers: Answers, elements: tuple[tuple[int, ...], ...], sums: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    total = np.zeros((len(elements), len(elements)))
    step = 3 / (answers.scale[1] - answers.scale[0])
    for start in range(0, len(answers.values), _CHUNK):
        values = answers.values[start : start + _CHUNK]
        moved = np.empty((len(values), len(elements)))
        for place, columns in enumerate(elements):
            asked = values[:, columns]
            n, m = counts[list(columns)], len(columns)
            means = sums[list(columns)] / n
            moved[:, place] = (np.where(asked != MISSING, asked - means, 0.0) / (n * m)).sum(axis=1) * step
        total += moved.T @ (moved * answers.times[start : start + _CHUNK, None])
    return total

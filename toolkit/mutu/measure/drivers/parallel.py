"""Brant's test of whether the elements move all levels of satisfaction alike, as proportional odds assume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.measure.frames import Floats

_STEPS = 40


@dataclass(frozen=True, eq=False)
class Brant:
    """Brant's test of proportional odds.

    Attributes
    ----------
    chi2 : the statistic of all elements together
    freedom : its degrees of freedom, elements × (answers - 2)
    p : its significance
    elements : statistic and significance of each element, with answers - 2 degrees of freedom
    slopes : slopes of the binary regressions, cuts × elements: higher than each answer but the highest

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import drivers
    >>> speed = [1, 2, 2, 3, 3, 3, 4, 4, 2, 1, 3, 4, 2, 3, 4, 1] * 2
    >>> overall = [1, 2, 2, 3, 2, 3, 3, 3, 1, 2, 3, 3, 3, 2, 3, 2] + [2, 1, 3, 2, 3, 2, 3, 2, 2, 1, 2, 3, 2, 3, 2, 1]
    >>> found = drivers.proportional_odds(pl.DataFrame({"all": overall, "U3": speed}), "all").brant
    >>> found.freedom, round(found.p, 2)
    (1, 0.57)
    """

    chi2: float
    freedom: int
    p: float
    elements: tuple[tuple[float, float], ...]
    slopes: Floats

    def as_json(self) -> dict[str, Any]:
        """The test as plain numbers."""
        return {"chi2": self.chi2, "freedom": self.freedom, "p": self.p}


def brant(x: Floats, y: np.ndarray[Any, np.dtype[np.intp]]) -> Brant | None:
    """Brant's test, or None where it cannot be made.

    That is with only two answers, where a binary regression has no finite estimate, or where too few answers make the
    estimated covariance impossible (a statistic below zero).

    Each cut of the overall answer, «higher than this», gives a binary logistic regression. With proportional odds
    their slopes agree; a Wald test compares them, with the covariance between the regressions.

    Parameters
    ----------
    x : respondents × elements
    y : the answer of each respondent, 0 to answers - 1

    References
    ----------
    Brant (1990), Biometrics 46, 1171-1178. Long & Freese (2014), Regression Models for Categorical Dependent Variables
    Using Stata, 3rd ed., ch. 7, for its use.
    """
    cuts, elements = int(y.max()), x.shape[1]
    if cuts < 2:
        return None
    design = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / x.std(axis=0)])
    fits = [_logit(design, y > cut) for cut in range(cuts)]
    if any(fit is None for fit in fits):
        return None
    slopes = np.array([fit[1:] for fit in fits if fit is not None])
    covariance = _covariance(design, [fit for fit in fits if fit is not None])
    against_first = np.column_stack([-np.ones(cuts - 1), np.eye(cuts - 1)])
    contrast = np.kron(against_first, np.eye(elements)).astype(np.float64)
    each = [_wald(slopes, covariance, contrast[place::elements]) for place in range(elements)]
    chi2, p = _wald(slopes, covariance, contrast)
    if not (chi2 >= 0 and all(one >= 0 for one, _p in each)):  # the matrix of few answers need not be a covariance
        return None
    return Brant(chi2, elements * (cuts - 1), p, tuple(each), slopes / x.std(axis=0))


def _logit(design: Floats, higher: np.ndarray[Any, np.dtype[np.bool_]]) -> Floats | None:
    """Logistic regression by Newton's method; None where it does not settle."""
    found = np.zeros(design.shape[1])
    for _step in range(_STEPS):
        p = _chance(design @ found)
        bend = (design * (p * (1 - p))[:, None]).T @ design
        if np.linalg.cond(bend) > 1e10:
            return None
        step = np.linalg.solve(bend, design.T @ (higher - p))
        found = found + step
        if np.abs(step).max() < 1e-9:
            return found
    return None


def _chance(score: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(score, -500, 500)))
    return found


def _covariance(design: Floats, fits: list[Floats]) -> Floats:
    """Covariance of the slopes of all cuts; shape (cuts × elements, cuts × elements)."""
    chances = [_chance(design @ fit) for fit in fits]
    inverse = [np.linalg.inv((design * (p * (1 - p))[:, None]).T @ design) for p in chances]
    size = design.shape[1] - 1
    found = np.empty((len(fits) * size, len(fits) * size))
    for i, lower in enumerate(chances):
        for j, higher in enumerate(chances[i:], i):
            between = (design * (higher - lower * higher)[:, None]).T @ design
            block = (inverse[i] @ between @ inverse[j])[1:, 1:]
            found[i * size : (i + 1) * size, j * size : (j + 1) * size] = block
            found[j * size : (j + 1) * size, i * size : (i + 1) * size] = block.T
    return found


def _wald(slopes: Floats, covariance: Floats, contrast: Floats) -> tuple[float, float]:
    from scipy.special import chdtrc

    apart = contrast @ slopes.ravel()
    chi2 = float(apart @ np.linalg.solve(contrast @ covariance @ contrast.T, apart))
    return chi2, float(chdtrc(len(contrast), chi2))

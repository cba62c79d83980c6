"""One common factor of some items by maximum likelihood, for any number of correlation matrices at once.

statsmodels' Factor(method="ml") finds the same, one matrix at a time: the jackknife and the bootstrap need thousands,
and its import takes seconds. A test compares the two.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mutu.measure.frames import Floats

FLOOR = 0.005  # the least own variance, as in R's factanal
_TRIES = 200
_CLOSE = 1e-9


def one_factor(correlations: Floats) -> tuple[Floats, Floats]:
    """Loadings and own variances of one factor.

    Newton's method on the logarithms of the own variances, whose gradient and second derivatives follow from the
    eigenvectors of the matrix divided by them; steps that do not lower the discrepancy are halved.

    Parameters
    ----------
    correlations : correlation matrices, shape (…, items, items), with at least three items

    Returns
    -------
    loadings, own : shape (…, items); own variances are at least `FLOOR`, the sum of the loadings is not negative

    References
    ----------
    Jöreskog (1967), Psychometrika 32, 443-482. Clarke (1970), British Journal of Mathematical and Statistical
    Psychology 23, 43-52, for the second derivatives.
    """
    items = correlations.shape[-1]
    matrices = correlations.reshape(-1, items, items)
    at = np.full((len(matrices), items), np.log(0.5))
    step, lowest = np.zeros_like(at), np.full(len(matrices), np.inf)
    active = np.arange(len(matrices))
    for _try in range(_TRIES):
        tried = _kept(at[active] - step[active])
        discrepancy, slope, bend = _derivatives(matrices[active], tried)
        lower = discrepancy <= lowest[active] + 1e-12
        better, worse = active[lower], active[~lower]
        at[better], lowest[better] = tried[lower], discrepancy[lower]
        held = _held(at[better], slope[lower])
        free = np.where(held, 0.0, slope[lower])
        step[better] = _step(free, bend[lower], held)
        step[worse] /= 2
        going = better[np.abs(free).max(axis=1, initial=0.0) > _CLOSE]
        active = np.concatenate([going, worse[np.abs(step[worse]).max(axis=1, initial=0.0) > _CLOSE]])
        if not len(active):
            break
    loadings, own = _solution(matrices, np.exp(at))
    return loadings.reshape(*correlations.shape[:-1]), own.reshape(*correlations.shape[:-1])


def _held(logs: Floats, slope: Floats) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which own variances stand at a limit that they would leave."""
    low, high = logs <= np.log(FLOOR) + 1e-12, logs >= -1e-12
    return np.asarray((low & (slope > 0)) | (high & (slope < 0)))


def _kept(logs: Floats) -> Floats:
    kept: Floats = np.clip(logs, np.log(FLOOR), 0.0)
    return kept


def _scaled(matrices: Floats, logs: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues, ascending, and eigenvectors of the matrices divided by the own variances."""
    inverse = np.exp(-logs / 2)
    values, vectors = np.linalg.eigh(matrices * inverse[:, :, None] * inverse[:, None, :])
    return np.maximum(values, 1e-12), vectors


def _derivatives(matrices: Floats, logs: Floats) -> tuple[Floats, Floats, Floats]:
    """The discrepancy Σ(θ - ln θ - 1) over all eigenvalues but the greatest, its gradient and a matrix for the step."""
    values, vectors = _scaled(matrices, logs)
    rest, first = values[:, :-1], values[:, -1:]
    own, shared = vectors[:, :, :-1], vectors[:, :, -1]
    discrepancy = (rest - np.log(rest) - 1).sum(axis=1)
    slope = ((1 - rest)[:, None, :] * own**2).sum(axis=2)
    plain = _product(own, np.ones_like(rest))
    away = (1 - rest) * (first + rest) / np.maximum(first - rest, 1e-9)
    bend = plain * _product(own, rest) + _product(own, away) * shared[:, :, None] * shared[:, None, :]
    bad = np.linalg.eigvalsh(bend)[:, 0] < 1e-6
    bend[bad] = plain[bad] ** 2  # always a descent
    return discrepancy, slope, bend


def _product(own: Floats, weights: Floats) -> Floats:
    found: Floats = np.einsum("bim,bm,bjm->bij", own, weights, own)
    return found


def _step(slope: Floats, bend: Floats, held: np.ndarray[Any, np.dtype[np.bool_]]) -> Floats:
    """Newton's step; at most 1, and own variances held at a limit do not move."""
    free = np.where(held[:, :, None] | held[:, None, :], 0.0, bend)
    size = slope.shape[1]
    free[:, range(size), range(size)] += np.where(held, 1.0, 1e-9)
    newton = np.linalg.solve(free, slope[:, :, None])[:, :, 0]
    found: Floats = np.asarray(newton / np.maximum(np.abs(newton).max(axis=1, keepdims=True), 1.0), dtype=np.float64)
    return found


def _solution(matrices: Floats, own: Floats) -> tuple[Floats, Floats]:
    values, vectors = _scaled(matrices, np.log(own))
    loadings = vectors[:, :, -1] * np.sqrt(np.maximum(values[:, -1:] - 1, 0)) * np.sqrt(own)
    return loadings * np.where(loadings.sum(axis=1, keepdims=True) < 0, -1, 1), own

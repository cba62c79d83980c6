"""Whether some elements foretell the overall answer so well that their odds ratio has no upper limit."""

from __future__ import annotations

import numpy as np

from mutu.measure.frames import Floats


def separating(x: Floats, y: np.ndarray[tuple[int], np.dtype[np.intp]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which elements move along a direction in which the likelihood of proportional odds never falls.

    Such a direction lets every respondent's score stay between the thresholds of the answer given, and at least one
    move away from a threshold. It is found by linear programming: thresholds θ and slopes β between -1 and 1 that keep
    θ_(y-1) ≤ x'β ≤ θ_y for everybody, with the greatest sum of distances.

    Parameters
    ----------
    x : respondents × elements
    y : the answer of each respondent, 0 to answers - 1, each of them given by somebody

    Returns
    -------
    shape (elements,); nowhere True where the estimates are finite

    References
    ----------
    Albert & Anderson (1984), Biometrika 71, 1-10, for two and for unordered answers; the same condition on cumulative
    ones.
    """
    from scipy.optimize import linprog

    rows = np.unique(np.column_stack([x, y]), axis=0)
    slopes, given = rows[:, :-1], rows[:, -1].astype(int)
    cuts, elements = int(y.max()), x.shape[1]
    threshold = np.eye(cuts)
    below, above = given < cuts, given > 0
    apart = np.vstack(
        [
            np.column_stack([-slopes[below], threshold[given[below]]]),
            np.column_stack([slopes[above], -threshold[given[above] - 1]]),
        ]
    )
    found = linprog(-apart.sum(axis=0), A_ub=-apart, b_ub=np.zeros(len(apart)), bounds=(-1, 1), method="highs")
    if found.status != 0 or -found.fun < 1e-7:
        return np.zeros(elements, dtype=np.bool_)
    return np.asarray(np.abs(found.x[:elements]) > 1e-7)


def responsible(
    x: Floats, y: np.ndarray[tuple[int], np.dtype[np.intp]], moving: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which of the moving elements foretell answers by themselves, or, if none does, some that do so together.

    Parameters
    ----------
    x, y : as in `separating`
    moving : what `separating` found, shape (elements,); where one element separates, others may move along with it

    Returns
    -------
    shape (elements,), True only where `moving` is
    """
    alone = np.array([bool(one) and bool(separating(x[:, [place]], y)[0]) for place, one in enumerate(moving)])
    if alone.any():
        return alone
    left = moving.copy()
    for place in np.flatnonzero(moving):
        fewer = left.copy()
        fewer[place] = False
        if fewer.any() and separating(x[:, fewer], y).any():
            left = fewer
    return left

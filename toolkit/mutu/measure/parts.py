"""Answers without one part at a time, which is what a jackknife is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.measure.frames import Floats

MOST = 1000  # respondents are left out one by one up to here, in so many groups beyond
_DEPENDENT = 1e-9  # smallest share of the whole variance: below, a column follows from the others


def numbered(n: int, labels: list[Any] | None = None) -> NDArray[np.intp]:
    """The part of each respondent, numbered from 0: the respondent, the one of `MOST` groups, or the cluster named."""
    if labels is None:
        return np.arange(n) % MOST
    return labelled(labels)


def labelled(labels: Sequence[Any]) -> NDArray[np.intp]:
    """Labels as numbers from 0, in the order in which they come."""
    known = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    return np.array([known[label] for label in labels], dtype=np.intp)


def covariances_without(values: Floats, parts: NDArray[np.intp]) -> tuple[Floats, NDArray[np.bool_]]:
    """The covariance matrix of the columns without each part in turn.

    Parameters
    ----------
    values : respondents × columns, without gaps
    parts : the part of each respondent, numbered from 0

    Returns
    -------
    covariances : shape (parts that can be left out, columns, columns)
    fits : shape (parts,), False where a column would no longer vary, or follow from the others
    """
    centred = values - values.mean(axis=0)
    count = np.bincount(parts)
    groups = np.split(centred[np.argsort(parts, kind="stable")], np.cumsum(count)[:-1])
    sums = np.array([group.sum(axis=0) for group in groups])
    squares = np.array([group.T @ group for group in groups])
    left = (len(values) - count)[:, None, None]
    rest = centred.T @ centred - squares - sums[:, :, None] * sums[:, None, :] / np.maximum(left, 1)
    fits = (left[:, 0, 0] > 1) & independent(rest)
    return rest[fits] / (left[fits] - 1), fits


def independent(covariances: Floats) -> NDArray[np.bool_]:
    """Whether no column follows from the others; any number of matrices at once."""
    sd = np.sqrt(np.maximum(np.einsum("...ii->...i", covariances), 0.0))
    varies = np.asarray((sd > 0).all(axis=-1))
    scale = np.where(sd > 0, sd, 1.0)
    smallest = np.linalg.eigvalsh(covariances / (scale[..., :, None] * scale[..., None, :]))[..., 0]
    return np.asarray(varies & (smallest > _DEPENDENT))

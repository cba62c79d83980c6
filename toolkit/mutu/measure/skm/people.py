"""Every respondent's own index: what two surveys are compared by where only the order of people matters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mutu.measure.skm.answers import MISSING, Answers

_CHUNK = 1 << 18
_DIGITS = 9  # thirds and ninths that are equal must be equal as floats, too


@dataclass(frozen=True)
class People:
    """The respondents' own indices, as often as they occur.

    Attributes
    ----------
    values : mean of a respondent's answered elements (several questions: of their means) on the survey's own scale,
        ascending within a cluster
    times : how many respondents of the cluster have it
    cluster : number of the cluster; of respondents drawn one by one 0
    clustered : whether respondents were drawn in clusters
    """

    values: NDArray[np.float64]
    times: NDArray[np.int64]
    cluster: NDArray[np.int64]
    clustered: bool


def people(answers: Answers) -> People:
    """The own indices of those who answered something."""
    rows = len(answers.values)
    values = np.concatenate([_own(answers, slice(start, start + _CHUNK)) for start in range(0, rows, _CHUNK)])
    cluster = np.zeros(rows, dtype=np.int64) if answers.cluster is None else answers.cluster
    someone = ~np.isnan(values)
    distinct, place = np.unique(values[someone], return_inverse=True)
    keys = cluster[someone] * len(distinct) + place
    found, inverse = np.unique(keys, return_inverse=True)
    times = np.bincount(inverse, weights=answers.times[someone]).astype(np.int64)
    return People(distinct[found % len(distinct)], times, found // len(distinct), answers.cluster is not None)


def _own(answers: Answers, rows: slice) -> NDArray[np.float64]:
    """Mean over the answered elements of each row; NaN where there is none."""
    values = answers.values[rows]
    total, elements = np.zeros(len(values)), np.zeros(len(values))
    for columns in answers.questions.values():
        asked = values[:, columns]
        answered = (asked != MISSING).sum(axis=1)
        total += np.where(asked != MISSING, asked, 0).sum(axis=1) / np.maximum(answered, 1)
        elements += answered > 0
    mean: NDArray[np.float64] = np.where(elements > 0, total / np.maximum(elements, 1), np.nan)
    return mean.round(_DIGITS)

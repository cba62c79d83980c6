"""Drawing synthetic answers: a latent opinion with one common factor, cut into four answers, moved until they fit.

Every respondent has an opinion of each element: √ρ × what they think of the service + √(1 - ρ) × what they think of
this element (a Gaussian copula with one factor), plus what their groups share. Thresholds make answers of the opinions,
so that each element keeps the shape of real surveys. What is drawn at random is drawn once; the calibration then moves
ρ, the groups and the level of all opinions until correlation, gaps and index are those wished for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.responses.grid import data

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
_ROUNDS, _CLOSE, _CLOSE_POINTS = 60, 1e-3, 0.02
_FAR = 12.0  # beyond this opinion all answers are the lowest, or the highest
_POINTS = 25.0


@dataclass(frozen=True)
class Wish:
    """What the answers should be like: correlation of the items, gap of each group in points, index, alikeness."""

    index: float
    correlation: float
    gaps: tuple[tuple[NDArray[np.bool_], float], ...] = ()
    icc: float = 0.0


@dataclass
class Draw:
    """What chance decides, drawn once.

    Attributes
    ----------
    common : opinion of the service, one a respondent
    own : opinion of each element, respondents × elements
    places : number of each respondent's cluster; None without clusters
    cluster : what each respondent's cluster shares; zeros without clusters
    asked : where there is an answer
    thresholds : between the four answers
    offsets : how much better each element is than the average
    """

    common: Floats
    own: Floats
    places: Places | None
    cluster: Floats
    asked: NDArray[np.bool_]
    offsets: Floats
    thresholds: Floats

    def latent(self, rho: float, alike: float) -> Floats:
        """The opinions, respondents × elements, before groups and level are added."""
        share = min(1.0, alike * (rho + (1 - rho) / self.own.shape[1]) / rho) if rho > 0 else 0.0
        common = np.sqrt(share) * self.cluster + np.sqrt(1 - share) * self.common
        opinions = np.sqrt(rho) * common[:, None] + np.sqrt(1 - rho) * self.own + self.offsets
        return np.asarray(opinions, dtype=np.float64)

    def answers(self, opinions: Floats) -> Floats:
        """Answers 1–4; NaN where nobody answered."""
        found = 1 + np.searchsorted(self.thresholds, opinions.ravel()).reshape(opinions.shape).astype(np.float64)
        found[~self.asked] = np.nan
        return found


def drawn(seed: int, n: int, unsur: Sequence[str], missing: float, places: Places | None) -> Draw:
    """What chance decides for n respondents, of whom `places` says the cluster."""
    streams = [np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(4)]
    cluster = np.zeros(n)
    if places is not None:
        cluster = _standard(streams[2].standard_normal(int(places.max()) + 1))[places]
    offsets = np.array([data("synthetic")["offsets"][kode] for kode in unsur])
    return Draw(
        _standard(streams[0].standard_normal(n)),
        streams[1].standard_normal((n, len(unsur))),
        places,
        cluster,
        _asked(streams[3], (n, len(unsur)), missing),
        offsets - offsets.mean(),
        _thresholds(),
    )


def profile(seed: int, n: int, shares: Mapping[str, Mapping[str, float]]) -> dict[str, list[str]]:
    """The respondents' groups: column -> one label a respondent, drawn by the shares."""
    chance = np.random.default_rng([seed, 1])
    found = {}
    for column, weights in shares.items():
        share = np.array(list(weights.values()), dtype=float)
        found[column] = list(chance.choice(np.array(list(weights), dtype=object), n, p=share / share.sum()))
    return found


def calibrated(draw: Draw, wish: Wish) -> Floats:
    """The answers, respondents × elements, whose correlation, gaps and index are closest to the wish."""
    rho, alike, pulls = min(0.95, wish.correlation * 1.2), wish.icc, np.zeros(len(wish.gaps))
    groups = np.reshape([members for members, _points in wish.gaps], (len(wish.gaps), len(draw.common)))
    closeness = (_CLOSE, _CLOSE, *[_CLOSE_POINTS] * len(wish.gaps))
    for _round in range(_ROUNDS):
        opinions = draw.latent(rho, alike) + (pulls @ groups)[:, None]
        opinions += _level(draw, opinions, wish.index, 1e-4)
        lacking = _lacking(draw.answers(opinions), draw.places, wish)
        if all(abs(apart) < close for apart, close in zip(lacking, closeness, strict=True)):
            break
        rho, alike = float(np.clip(rho + lacking[0], 0, 0.98)), float(np.clip(alike + lacking[1], 0, 1))
        pulls = np.clip(pulls + lacking[2:] / _slope(draw, opinions), -_FAR / 2, _FAR / 2)
    opinions = draw.latent(rho, alike) + (pulls @ groups)[:, None]
    return draw.answers(opinions + _level(draw, opinions, wish.index, 0.0))


def _lacking(answers: Floats, places: Places | None, wish: Wish) -> Floats:
    """What is lacking in correlation, in alikeness, and in each gap; nothing where it cannot be told."""
    tied = wish.correlation - correlation(answers)
    alike = 0.0 if places is None else wish.icc - alikeness(answers, places)
    gaps = [points - gap(answers, members) for members, points in wish.gaps]
    return np.nan_to_num(np.array([tied, alike, *gaps], dtype=np.float64))


def index(answers: Floats) -> float:
    """The index of answers 1–4: the mean of the elements' means, times 25."""
    counted = ~np.isnan(answers)
    asked = counted.any(axis=0)
    sums, times = np.nansum(answers[:, asked], axis=0), counted[:, asked].sum(axis=0)
    return float(np.mean(sums / times) * _POINTS)


def gap(answers: Floats, members: NDArray[np.bool_]) -> float:
    """How many points the index of some respondents lies above that of the others."""
    return index(answers[members]) - index(answers[~members])


def correlation(answers: Floats) -> float:
    """Mean correlation between the elements, over the respondents who answered both; NaN where one does not vary."""
    import pandas as pd

    found = pd.DataFrame(answers).corr().to_numpy()
    apart = found[~np.eye(len(found), dtype=bool)]
    return float(apart.mean()) if apart.size and not np.isnan(apart).any() else float("nan")


def alikeness(answers: Floats, places: Places) -> float:
    """Intraclass correlation of the respondents' means within clusters, by analysis of variance."""
    means = np.nanmean(answers, axis=1)
    sizes = np.bincount(places)
    centres = np.bincount(places, means) / sizes
    k, n = len(sizes), len(means)
    between = float((sizes * (centres - means.mean()) ** 2).sum() / (k - 1))
    within = float(((means - centres[places]) ** 2).sum() / (n - k))
    size = (n - (sizes**2).sum() / n) / (k - 1)
    return (between - within) / (between + (size - 1) * within) if between + within > 0 else float("nan")


def _thresholds() -> Floats:
    shares = np.cumsum([float(share) for share in data("synthetic")["shares"]])[:-1]
    return np.array([NormalDist().inv_cdf(share) for share in shares])


def _standard(values: Floats) -> Floats:
    """Values with mean 0 and, where they differ, deviation 1, so that chance does not move what is wished for."""
    apart = values - values.mean()
    return np.asarray(apart / (apart.std() or 1.0), dtype=np.float64)


def _asked(chance: Any, shape: tuple[int, int], missing: float) -> NDArray[np.bool_]:
    """Where there is an answer: everyone gave at least one, and every element has one."""
    asked = chance.random(shape) >= missing
    asked[np.flatnonzero(~asked.any(axis=1)), 0] = True
    asked[0, ~asked.any(axis=0)] = True
    return np.asarray(asked, dtype=np.bool_)


def _level(draw: Draw, opinions: Floats, wished: float, close: float) -> float:
    """What to add to all opinions for the index wished for; it rises in steps, one answer at a time."""
    low, high = -_FAR, _FAR
    while high - low > max(close, 4 * np.spacing(max(abs(low), abs(high)))):
        middle = (low + high) / 2
        if index(draw.answers(opinions + middle)) <= wished:
            low = middle
        else:
            high = middle
    off = [abs(index(draw.answers(opinions + end)) - wished) for end in (low, high)]
    return low if off[0] <= off[1] else high


def _slope(draw: Draw, opinions: Floats) -> float:
    """How many points the index moves when all opinions move by one."""
    step = 0.2
    moved = index(draw.answers(opinions + step)) - index(draw.answers(opinions - step))
    return max(moved / (2 * step), 1.0)

"""How often honest people give the same answers: what the items' own distribution leads one to expect.

Satisfied people answer alike, so equal answers are no sign by themselves. The answers are taken as cuts through one
common trait and the items' own variation, both normal, with the cuts and loadings of the very survey. From this model
follows how many respondents are to be expected with a pattern, a run of one answer, or a match with somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, InputError
from mutu.measure.frames import Floats, Matrix
from mutu.measure.parts import independent
from mutu.measure.reliability.factor import one_factor

LEAST = 30  # complete respondents from whom the model is taken
TWICE = 2.0  # a sign needs more than chance explains even if the model expects half of what is normal
UNLIKELY = 0.01  # probability of any sign of one check among honest people, by the model
_NODES = 41
_BLOCK = 500  # patterns at once
_WIDEST = 5.0
_HIGHEST = 0.97  # loading: beyond, nothing is left to the items


@dataclass(frozen=True, eq=False, repr=False)
class Expected:
    """The items' distribution.

    Attributes
    ----------
    values : answers that can be given, ascending
    shares : how often each is given, over all items
    chances : probability of each answer, given the trait; shape (nodes, items, answers)
    weights : probability of each node, shape (nodes,)
    """

    values: Floats
    shares: Floats
    chances: Floats
    weights: Floats

    def pattern(self, patterns: NDArray[np.intp]) -> Floats:
        """The probability of patterns, given as places in `values`; shape (patterns, items)."""
        items = np.arange(patterns.shape[1])
        found: Floats = np.array(
            [float(self.weights @ self.chances[:, items, each].prod(axis=1)) for each in patterns], dtype=np.float64
        )
        return found

    def run(self, answer: int, length: int) -> float:
        """The probability that an answer stands in at least `length` questions one after the other."""
        return float(self.weights @ (1 - _without_run(self.chances[:, :, answer], length)))

    def agreement(self, patterns: NDArray[np.intp], least: NDArray[np.intp]) -> Floats:
        """The probability that somebody agrees with each pattern in at least `least` items; -1 stands for a gap."""
        found = [
            self._agreement(patterns[start : start + _BLOCK], least[start : start + _BLOCK])
            for start in range(0, len(patterns), _BLOCK)
        ]
        return np.concatenate(found) if found else np.empty(0)

    def _agreement(self, patterns: NDArray[np.intp], least: NDArray[np.intp]) -> Floats:
        people, items = patterns.shape
        exactly = np.zeros((items + 1, people, len(self.weights)))
        exactly[0] = 1.0
        for item, given in enumerate(patterns.T):
            same = np.where(given[:, None] >= 0, self.chances[:, item, given].T, 0.0)
            exactly[1:] = exactly[1:] * (1 - same) + exactly[:-1] * same
            exactly[0] *= 1 - same
        counted = np.arange(items + 1)[:, None] >= least
        found: Floats = np.asarray(np.where(counted, exactly @ self.weights, 0.0).sum(axis=0), dtype=np.float64)
        return found


def expected(found: Matrix, answers: Floats | None = None) -> Expected:
    """The model of the answers of a survey.

    Parameters
    ----------
    found : answers, respondents × items, NaN where there is none
    answers : answers that can be given, ascending; those found by default

    Raises
    ------
    InputError : fewer than three items that vary, or fewer than 30 respondents who answered all of them

    References
    ----------
    Jöreskog (1994), Psychometrika 59, 381-389, for cuts through normal traits; loadings here are those of the numbers,
    divided by the correlation of each item with the trait behind it.
    """
    complete = found.complete
    if len(complete) < LEAST:
        raise InputError(
            N_("Only {found} respondents answered every item; to tell what is usual, {least} are needed."),
            found=len(complete),
            least=LEAST,
        )
    values = np.unique(complete) if answers is None else answers
    nodes = np.linspace(-_WIDEST, _WIDEST, _NODES)
    weights = np.exp(-(nodes**2) / 2)
    loadings = _loadings(complete, values)
    shares = (complete[:, :, None] == values).mean(axis=0)
    chances = np.stack(
        [_chances(share, loading, nodes) for share, loading in zip(shares, loadings, strict=True)], axis=1
    )
    return Expected(values, shares.mean(axis=0), chances, weights / weights.sum())


def _loadings(complete: Floats, values: Floats) -> Floats:
    """Correlation of the trait behind each item with what all share; 0 for an item that does not vary."""
    varies = np.asarray(np.ptp(complete, axis=0) > 0)
    used = complete[:, varies]
    if used.shape[1] < 3:
        raise InputError(N_("At least 3 items must vary between respondents; here vary {found}."), found=used.shape[1])
    correlations: Floats = np.atleast_2d(np.corrcoef(used, rowvar=False))
    if not independent(correlations):  # copied items: they share all but a trace
        correlations = correlations * (1 - 1e-6) + 1e-6 * np.eye(len(correlations))
    seen, _own = one_factor(correlations)
    behind = np.array([_behind(item, values) for item in used.T])
    found = np.zeros(complete.shape[1])
    found[varies] = np.clip(seen / behind, -_HIGHEST, _HIGHEST)
    return found


def _behind(item: Floats, values: Floats) -> float:
    """Correlation of an item with the normal trait that it cuts."""
    share = (item[:, None] == values).mean(axis=0)
    density = np.exp(-(_cuts(share) ** 2) / 2) / np.sqrt(2 * np.pi)
    return float(values @ -np.diff(density) / item.std())


def _cuts(share: Floats) -> Floats:
    """Cuts of a normal trait between answers of these shares, with both ends."""
    from scipy.special import ndtri

    found: Floats = ndtri(np.clip(np.concatenate([[0.0], np.cumsum(share)]), 0, 1))
    found[-1] = np.inf
    return found


def _chances(share: Floats, loading: float, nodes: Floats) -> Floats:
    """The probability of each answer, given the trait; shape (nodes, answers)."""
    from scipy.special import ndtr

    below = ndtr((_cuts(share)[None, :] - loading * nodes[:, None]) / np.sqrt(1 - loading**2))
    found: Floats = np.maximum(np.diff(below, axis=1), 0.0)
    return found


def _without_run(chance: Floats, length: int) -> Floats:
    """The probability, at each node, of no run of at least `length`; `chance` of the answer is nodes × items."""
    state = np.zeros((chance.shape[0], length))
    state[:, 0] = 1.0
    for item in chance.T:
        state[:, 1:], state[:, 0] = state[:, :-1] * item[:, None], state.sum(axis=1) * (1 - item)
    found: Floats = state.sum(axis=1)
    return found


def unlikely(seen: int, n: int, chance: float, tests: int) -> bool:
    """Whether `seen` of `n` is more than chance explains, even if it were twice as likely, in one of so many tests."""
    from scipy.special import bdtrc

    likely = min(TWICE * chance, 1.0)
    return seen > n * likely and float(bdtrc(seen - 1, n, likely)) < UNLIKELY / tests

"""How often a chart of a stable process gives at least one false signal, simulated for the chart at hand."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mutu.measure.frames import Floats
from mutu.measure.trend.limits import FURTHEST, RANGE, is_dispersed
from mutu.measure.trend.rules import SETS, any_found

_SERIES, _NUMBERS, _SEED = 5000, 2_000_000, 1


class Stable(NamedTuple):
    """A chart as its stable twin is drawn.

    Attributes
    ----------
    kind : "p", "u", "xmr" or "index"
    rules : name of the set of rules
    basis : for each period whether it makes the limits
    sizes : cases or respondents of each period; of an XmR chart nothing
    center : the centre line, from which shares and rates are drawn
    widening : whether limits are widened; None where the series itself decides
    """

    kind: str
    rules: str
    basis: tuple[bool, ...]
    sizes: tuple[float, ...]
    center: float
    widening: bool | None


@lru_cache(maxsize=128)
def share(chart: Stable) -> float:
    """The share of stable series with at least one signal, 0 to 1; the same for the same chart.

    Series are drawn from a fixed seed: counts of a binomial or Poisson distribution with the centre line and the sizes
    of the chart, indices and values of a normal one. Each gets limits of its own, as the chart does. Periods count as
    neighbours one by one, without gaps. The standard error is below 1 percentage point up to 400 periods.
    """
    periods = len(chart.basis)
    drawn = max(_SERIES if periods * _SERIES < _NUMBERS else _NUMBERS // periods, 200)
    values, basis = _series(chart, (drawn, periods)), np.array(chart.basis)
    rules = SETS[chart.rules].rules
    if not chart.sizes:
        mean_range = _mean_range(values, basis)
        distances = (values - values[:, basis].mean(axis=1, keepdims=True)) / (mean_range / RANGE)
        steps = (np.abs(np.diff(values, axis=1)) > FURTHEST * mean_range).any(axis=1)
        return float((any_found(distances, rules) | steps).mean())
    return float(any_found(_standardised(chart, values, basis), rules).mean())


def _series(chart: Stable, shape: tuple[int, int]) -> Floats:
    rng = np.random.default_rng(_SEED)
    size = np.array(chart.sizes)
    if chart.kind == "p":
        whole = np.maximum(np.rint(size), 1)
        return np.asarray(rng.binomial(whole.astype(np.int64), chart.center, shape) / whole, dtype=np.float64)
    if chart.kind == "u":
        return np.asarray(rng.poisson(size * chart.center, shape) / size, dtype=np.float64)
    return rng.normal(size=shape) / (np.sqrt(size) if chart.sizes else 1.0)


def _standardised(chart: Stable, values: Floats, basis: NDArray[np.bool_]) -> Floats:
    """Distances from the centre line of each series, in its standard deviations; 0 where nothing varies."""
    size = np.array(chart.sizes)
    center = (values[:, basis] @ size[basis] / size[basis].sum())[:, None]
    variance = {"p": center * (1 - center), "u": center}.get(chart.kind, np.ones_like(center)) / size
    sigma = np.sqrt(np.maximum(variance, 0))
    distances = np.divide(values - center, sigma, out=np.zeros_like(values), where=sigma > 0)
    dispersion = _mean_range(distances, basis) / RANGE
    widened = is_dispersed(dispersion, int(basis.sum())) if chart.widening is None else chart.widening
    found: Floats = distances / np.where(widened & (dispersion > 0), dispersion, 1.0)
    return found


def _mean_range(values: Floats, basis: NDArray[np.bool_]) -> Floats:
    """The mean distance of neighbours that make the limits, of each series."""
    found: Floats = np.abs(np.diff(values, axis=1))[:, basis[1:] & basis[:-1]].mean(axis=1, keepdims=True)
    return found

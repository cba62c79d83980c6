"""Two periods compared by the order of answers alone: neither the distance of two answers nor a mean is needed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.locale import _, number, percent
from mutu.measure.intervals import cluster_freedom, t_quantile
from mutu.measure.result import Interval, Result, limits
from mutu.measure.skm.people import People
from mutu.regulations import publication

Floats = NDArray[np.float64]
_NO_SPREAD = 1e-12


@dataclass(frozen=True)
class Shift(Result):
    """How often a respondent of this period is more satisfied than one of the period before.

    Attributes
    ----------
    value : P(before < now) + P(before = now) ÷ 2 of two respondents drawn at random; 0.5 where nothing changed
    interval : its interval, on the logit scale and therefore within 0 and 1; None where the answers do not vary
    p : two-sided probability of so large a shift without a change; None where the answers do not vary
    statistic, freedom : Brunner and Munzel's t and its degrees of freedom
    n : respondents now and before
    method : "brunner-munzel", or "brunner-munzel-clustered"
    """

    value: float
    interval: Interval | None
    p: float | None
    statistic: float | None
    freedom: float | None
    n: tuple[int, int]
    method: str

    def __float__(self) -> float:
        return self.value

    @property
    def clear(self) -> bool:
        """Whether the shift can be told from chance."""
        return self.p is not None and self.p < 1 - float(publication().confidence)

    def sentence(self) -> str:
        """The shift in pairs of people, and whether it is more than chance."""
        start = _(
            "Of 100 pairs of one respondent from each period, the one of this period is the more satisfied in "
            "{pairs} (ties count half)"
        ).format(pairs=number(100 * self.value, 1))
        if self.interval is None or self.p is None:
            return _("{start}; the answers vary too little to say more.").format(start=start)
        verdict = _("more than chance explains") if self.clear else _("which chance may explain")
        return _("{start}, {level} confidence interval {low} to {high}: {verdict}.").format(
            start=start,
            level=percent(self.interval.level, 0),
            low=number(100 * self.interval.low, 1),
            high=number(100 * self.interval.high, 1),
            verdict=verdict,
        )

    def rows(self) -> list[dict[str, str]]:
        """One row."""
        return [
            {
                _("More satisfied now, of 100 pairs"): number(100 * self.value, 1),
                _("95% interval"): limits(self.interval, lambda limit: number(100 * limit, 1)),
                "p": number(self.p, 4),
                _("n now"): number(self.n[0], 0),
                _("n before"): number(self.n[1], 0),
            }
        ]

    def as_json(self) -> dict[str, Any]:
        """The shift as plain numbers."""
        return {
            "value": self.value,
            "interval": self.interval.as_json(4) if self.interval else None,
            "p": self.p,
            "statistic": self.statistic,
            "freedom": self.freedom,
            "n": list(self.n),
            "method": self.method,
        }


def shift(now: People, before: People) -> Shift:
    """Brunner and Munzel's test of two independent groups of respondents, clustered or not.

    It asks for no distance between answers, allows ties, unequal spreads and bounded answers. With clusters the
    placements of a cluster's respondents are summed before their variance is taken, each sum divided by
    1 - n_g/n, and the degrees of freedom are those of the clusters.

    Parameters
    ----------
    now, before : the respondents' own indices, on the same scale

    References
    ----------
    Brunner & Munzel (2000), The nonparametric Behrens-Fisher problem, Biometrical Journal 42, 17-25.
    Obuchowski (1997), Nonparametric analysis of clustered ROC curve data, Biometrics 53, 567-578, for sums of
    placements in clusters.
    """
    value = float(now.times @ _placed(now.values, before) / now.times.sum())
    n = (int(now.times.sum()), int(before.times.sum()))
    method = "brunner-munzel-clustered" if now.clustered or before.clustered else "brunner-munzel"
    spreads = [_variance(now, _placed(now.values, before)), _variance(before, 1 - _placed(before.values, now))]
    if any(found is None for found in spreads):
        return Shift(value, None, None, None, None, n, method)
    (a, free_a), (b, free_b) = (found for found in spreads if found is not None)
    if a + b <= _NO_SPREAD:
        return Shift(value, None, None, None, None, n, method)
    freedom = (a + b) ** 2 / (a**2 / free_a + b**2 / free_b)
    return _tested(value, math.sqrt(a + b), freedom, n, method)


def _tested(value: float, se: float, freedom: float, n: tuple[int, int], method: str) -> Shift:
    from scipy.special import stdtr

    level = float(publication().confidence)
    statistic = (value - 0.5) / se
    p = 2 * float(stdtr(freedom, -abs(statistic)))
    half = t_quantile(freedom, level) * se
    if not 0 < value < 1:
        return Shift(value, None, p, statistic, freedom, n, method)
    middle, wide = math.log(value / (1 - value)), half / (value * (1 - value))
    low, high = (1 / (1 + math.exp(-limit)) for limit in (middle - wide, middle + wide))
    return Shift(value, Interval(low, high, level), p, statistic, freedom, n, method)


def _placed(values: Floats, among: People) -> Floats:
    """The share of people who lie below each value, those who share it counted half."""
    distinct, place = np.unique(among.values, return_inverse=True)
    times = np.bincount(place, weights=among.times)
    total = np.concatenate([[0.0], np.cumsum(times)])
    below, upto = np.searchsorted(distinct, values, "left"), np.searchsorted(distinct, values, "right")
    return np.asarray((total[below] + total[upto]) / (2 * total[-1]))


def _variance(own: People, placements: Floats) -> tuple[float, float] | None:
    """Variance of the mean placement and its degrees of freedom; None where a single respondent or cluster is there."""
    n = own.times.sum()
    moved = (placements - own.times @ placements / n) / n
    if not own.clustered:
        return None if n < 2 else (float(own.times @ moved**2) * n / (n - 1), float(n - 1))
    distinct, cluster = np.unique(own.cluster, return_inverse=True)
    sizes = np.zeros(len(distinct))
    np.add.at(sizes, cluster, own.times)
    if len(sizes) < 2:
        return None
    without = np.bincount(cluster, weights=own.times * moved) / (1 - sizes / n)
    return float(without @ without) * (len(sizes) - 1) / len(sizes), cluster_freedom(sizes)

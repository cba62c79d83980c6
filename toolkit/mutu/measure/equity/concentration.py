"""Whether good values gather among those who are better off: the concentration index, and Erreygers' correction."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, AnswerError, InputError, SettingError, Term
from mutu.locale import _, integer, number, percent
from mutu.measure import frames
from mutu.measure.equity import clusters
from mutu.measure.equity.people import check_weights
from mutu.measure.equity.ranked import Concentration, Ranked, both
from mutu.measure.result import Interval, Result, limits
from mutu.measure.settings import bounds_of
from mutu.regulations import publication

Floats = NDArray[np.float64]
FEW_HOLDERS = 10  # people with a value above zero below which a result says that each of them decides much


@dataclass(frozen=True)
class ConcentrationIndex(Result):
    """How a value is spread along a ranking of people.

    Attributes
    ----------
    n : people with both numbers
    mean : their (weighted) mean value
    plain : the concentration index
    erreygers : the index with Erreygers' correction; None where the bounds of the value were not given
    curve : points of the concentration curve, shares of people and of the value, from (0, 0) to (1, 1); steps of the
        ranking with too few people to be shown are joined
    left_out : people without one of the numbers or a cluster, or with weight zero
    clusters : number of clusters; None without
    holders : people with a value above zero
    """

    n: int
    mean: float
    plain: Concentration
    erreygers: Concentration | None
    curve: tuple[tuple[float, float], ...] = field(repr=False)
    left_out: int
    clusters: int | None = None
    holders: int | None = None

    def __float__(self) -> float:
        return self.plain.value

    @property
    def interval(self) -> Interval | None:
        """Interval of the concentration index."""
        return self.plain.interval

    @property
    def method(self) -> str:
        """How the errors were made."""
        return "linearisation with the ranks, t" if self.clusters is None else "jackknife over clusters, t"

    def sentence(self) -> str:
        """The index to go by, with its interval and what it allows to say."""
        chosen = self.plain if self.erreygers is None else self.erreygers
        name = _("concentration index") if self.erreygers is None else _("concentration index after Erreygers")
        if chosen.interval is None:
            text = _("The {name} is {value} (n = {n})").format(
                name=name, value=number(chosen.value, 3), n=integer(self.n)
            )
        else:
            text = _("The {name} is {value} ({level} confidence interval {interval}, n = {n})").format(
                name=name,
                value=number(chosen.value, 3),
                level=percent(chosen.interval.level, 0),
                interval=limits(chosen.interval, _three),
                n=integer(self.n),
            )
        return " ".join([f"{text}: {_verdict(chosen)}", *self.remarks()])

    def remarks(self) -> list[str]:
        """What makes the interval less sure."""
        said = []
        if self.holders is not None and self.holders < min(FEW_HOLDERS, self.n):
            said.append(
                _("Few people have a value above zero ({count}), so that each of them decides much.").format(
                    count=integer(self.holders)
                )
            )
            if self.erreygers is None:
                said.append(_("Give the lowest and the highest possible value («bounds»; 0 and 1 for yes and no)."))
        few = clusters.remark(self.clusters)
        return said if few is None else [*said, few]

    def rows(self) -> list[dict[str, str]]:
        """One row an index."""
        found = [(_("Concentration index"), self.plain)]
        if self.erreygers is not None:
            found.append((_("Concentration index after Erreygers"), self.erreygers))
        return [
            {
                _("Measure"): name,
                _("Value"): _three(one.value),
                _("Standard error"): _three(one.se),
                _("95% interval"): limits(one.interval, _three),
            }
            for name, one in found
        ]

    def as_json(self) -> dict[str, Any]:
        """The indices as plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "left_out": self.left_out,
            "clusters": self.clusters,
            "holders": self.holders,
            "mean": self.mean,
            "concentration_index": self.plain.as_json(),
            "erreygers": self.erreygers.as_json() if self.erreygers else None,
            "curve": [list(point) for point in self.curve],
            "remarks": self.remarks(),
        }


def concentration_index(
    health: Any,
    rank: Any,
    weights: Any | None = None,
    *,
    bounds: tuple[float, float] | None = None,
    cluster: Any | None = None,
) -> ConcentrationIndex:
    """The concentration index of a value along a ranking, with standard error and Erreygers' correction.

    C = 2 Σ w h (R - ½) ÷ (μ Σ w), R the share of people ranked below plus half of those ranked equal: equal ranks share
    one place, so the order of the rows does not matter. The error is linearised with the ranks, which are estimated
    too: a = h/μ (2R - 1 - C) + 2 - 2Q, Q the height of the concentration curve (Kakwani et al.), with weights; the
    interval is t, with fewer than n - 1 degrees of freedom where a few people decide it (`intervals.long_tailed`), and
    never more than the people who hold the value: n μ² ÷ mean of h², less one. Where no value is above 1 (yes and no,
    shares) it is never narrower than Erreygers' interval. Where some have nothing and fewer than 5 have something
    there is none: such intervals missed the true value in 41 of 100 samples with an event of 2 in 100.
    Where people came in clusters give `cluster`: then it is the jackknife over clusters (see `equity.clusters`) with
    their degrees of freedom, corrected for skewness. For answers of a scale or an index give `bounds`: the plain index
    changes when the scale is moved or turned round, the corrected one does not (it changes its sign when turned).

    Parameters
    ----------
    health : the value, zero or above, shape (people,): an index, an answer, a share
    rank : what people are ranked by, poorest or worst off first, same shape: income, wealth, education in steps
    weights : sampling weights, zero or above, same shape; equal by default
    bounds : lowest and highest possible value, (25, 100) for an index of satisfaction; asks for Erreygers' index
    cluster : the cluster each person was drawn in (village, office, day), same shape, texts or numbers.
        All are arrays, series of any library, or frames of one column; people without one of them are left out

    Raises
    ------
    InputError : fewer than three people, different lengths, a value or a rank that is the same for all, weights that
        sum to zero, a single cluster, or one that holds all that differs
    AnswerError : a value or weight below zero, outside the bounds, infinite, or a text; names the row
    SettingError : bounds that do not rise from zero or above

    References
    ----------
    Kakwani, Wagstaff & van Doorslaer (1997), Journal of Econometrics 77, 87-103, equation 14. Erreygers (2009),
    Journal of Health Economics 28, 504-515. O'Donnell et al. (2008), Analyzing Health Equity Using Household Survey
    Data, World Bank, chapter 8.

    Examples
    --------
    >>> found = concentration_index([60, 70, 80, 90], rank=[1, 2, 3, 4], bounds=(25, 100))
    >>> round(float(found), 4), round(found.erreygers.value, 4)
    (0.0833, 0.3333)
    """
    people = _collect(health, rank, weights, bounds, cluster)
    width = 1.0 if bounds is None else float(bounds[1]) - float(bounds[0])
    plain, corrected = both(people, width)
    return ConcentrationIndex(
        n=len(people.values),
        mean=people.mean,
        plain=plain,
        erreygers=None if bounds is None else corrected,
        curve=_curve(people),
        left_out=people.left_out,
        clusters=None if people.cluster is None else int(people.cluster.max()) + 1,
        holders=int((people.values > 0).sum()),
    )


def concentration_curve(health: Any, rank: Any, weights: Any | None = None) -> tuple[tuple[float, float], ...]:
    """The points of the concentration curve: share of people, worst off first, and their share of the value.

    The same points as `concentration_index(...).curve`, one for each step of the ranking, from (0, 0) to (1, 1). A
    curve below the diagonal says that the better off have more than their share. Steps of fewer people than a group
    that may be shown are joined with the steps above, the last ones with those below, so that no point gives away what
    a few people answered.

    Parameters, Raises
    ------------------
    As in `concentration_index`.

    References
    ----------
    O'Donnell et al. (2008), Analyzing Health Equity Using Household Survey Data, World Bank, chapter 7.

    Examples
    --------
    >>> points = concentration_curve([60, 70] * 5 + [80, 90] * 5, rank=[1] * 10 + [2] * 10)
    >>> [(round(people, 3), round(value, 3)) for people, value in points]
    [(0.0, 0.0), (0.5, 0.433), (1.0, 1.0)]
    """
    return _curve(_collect(health, rank, weights, None, None))


def _collect(
    health: Any, rank: Any, weights: Any | None, bounds: tuple[float, float] | None, cluster: Any | None
) -> Ranked:
    values, order = frames.vector(health, Term(N_("value")), least=3), frames.vector(rank, Term(N_("rank")), least=3)
    masses = np.ones(len(values)) if weights is None else frames.vector(weights, Term(N_("weight")), least=3)
    if not len(values) == len(order) == len(masses):
        raise InputError(
            N_("There are {values} values, {ranks} ranks and {weights} weights. Give one of each a person."),
            values=len(values),
            ranks=len(order),
            weights=len(masses),
        )
    _check_range(values, bounds)
    check_weights(masses)
    drawn = clusters.codes(cluster, len(values))
    used = ~(np.isnan(values) | np.isnan(order) | np.isnan(masses)) & (masses != 0)
    if drawn is not None:
        used &= drawn >= 0
    _check_used(values[used], order[used])
    return Ranked(
        values=values[used],
        order=order[used],
        shares=masses[used] / masses[used].sum(),
        cluster=None if drawn is None else clusters.compact(drawn[used])[0],
        left_out=int((~used).sum()),
    )


def _check_range(values: Floats, bounds: tuple[float, float] | None) -> None:
    low, high = (0.0, math.inf) if bounds is None else bounds_of(bounds)
    if low < 0:
        raise SettingError(N_("The bounds {low} and {high} must rise from zero or above."), low=low, high=high)
    outside = np.flatnonzero((values < low) | (values > high))
    if len(outside):
        raise AnswerError(
            N_("The value {value} in row {row} lies outside {low} to {high}. Correct it, or give the scale's bounds."),
            value=float(values[outside[0]]),
            row=int(outside[0]) + 1,
            low=low,
            high=high,
        )


def _check_used(values: Floats, order: Floats) -> None:
    if len(values) < 3:
        raise InputError(N_("Only {n} people have value, rank and weight; at least 3 are needed."), n=len(values))
    if np.ptp(order) == 0:
        raise InputError(N_("All people have the same rank, so there is nothing to rank by. Take another ranking."))
    if np.ptp(values) == 0:
        raise InputError(N_("All people have the same value, so nothing is concentrated and no error can be told."))


def _curve(people: Ranked) -> tuple[tuple[float, float], ...]:
    """The points at the ends of the steps of the ranking, steps of too few people joined with the next ones."""
    least = publication().least_group(None)
    _steps, place, count = np.unique(people.order, return_inverse=True, return_counts=True)
    masses = np.cumsum(np.bincount(place, weights=people.shares))
    parts = people.shares * people.values
    values = np.cumsum(np.bincount(place, weights=parts)) / parts.sum()
    ends: list[int] = []
    waiting = 0
    for step, size in enumerate(count.tolist()):
        waiting += size
        if waiting >= least:
            ends.append(step)
            waiting = 0
    if waiting or not ends:
        ends = [*ends[:-1], len(count) - 1]
    return ((0.0, 0.0), *((float(masses[step]), float(values[step])) for step in ends))


def _verdict(found: Concentration) -> str:
    if not found.clear:
        return _("it cannot be told from chance whether high values gather among the better or the worse off.")
    if found.value > 0:
        return _("high values gather among the better off.")
    return _("high values gather among the worse off.")


def _three(value: float) -> str:
    return number(value, 3)

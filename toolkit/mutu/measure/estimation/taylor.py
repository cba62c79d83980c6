"""Taylor linearisation: what each cluster (or person) contributes to an estimate, and how far that lets it vary.

With u_hi the contribution of unit i of stratum h, n_h units of N_h:
var = Σ_h (1 - n_h/N_h) n_h/(n_h - 1) Σ_i (u_hi - ū_h)².
A ratio R = Y ÷ X, and a mean is one, has u = (y - R x) ÷ X; a total has u = y. With post-stratified or raked weights u
is what the margins leave unexplained of it.
Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, ch. 4.3 and 5.5-5.7; Deville & Särndal
(1992), Calibration estimators in survey sampling, J. Am. Stat. Assoc. 87, 376-382, for the residuals.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mutu.measure.estimation.cells import Cells, Codes, Sums
from mutu.measure.estimation.design import freedom
from mutu.measure.frames import Floats
from mutu.measure.intervals import t_quantile, unanimous, unskewed
from mutu.measure.result import Interval

Flags = NDArray[np.bool_]
_NOTHING = 1e-12  # a standard error so small, next to the estimate, is rounding


class Linear(NamedTuple):
    """An estimate and how it varies.

    Attributes
    ----------
    value : the estimate
    n : people with a number
    units, strata : clusters (or people) with a number, and the strata they are in
    se : standard error
    wide : standard error of the jackknife over clusters, which does not shrink where few or uneven clusters fit the
        estimate to themselves; `se` without clusters
    bend, shift : the coefficients of t² and 1 in the Edgeworth expansion of the studentised estimate
    freedom : units - strata
    effective : degrees of freedom that clusters of unequal size leave
    census : whether everybody was asked
    """

    value: float
    n: int
    units: int
    strata: int
    se: float
    wide: float
    bend: float
    shift: float
    freedom: int
    effective: float
    census: bool


class _Spread(NamedTuple):
    """Sums by stratum: of u², u³ and u times the share of the denominator, less the stratum's means; and plain u²."""

    squares: Floats
    cubes: Floats
    crossed: Floats
    raw: Floats
    jackknife: Floats | None = None


def linear(cells: Cells, sums: Sums, places: Codes, kind: str, lonely: str) -> Linear | None:
    """An estimate for the cells of a group; None where it has no value there.

    Parameters
    ----------
    kind : "mean" (also of a ratio) or "total"
    """
    inside = np.zeros(len(sums.people), dtype=np.bool_)
    inside[places] = True
    if sums.base is None:  # the other cells contribute nothing
        cells, sums, inside = cells.only(places), sums.only(places), inside[places]
    top, bottom = (float(each) for each in sums.first[inside].sum(axis=0)[:2])
    people = np.where(inside, sums.people, 0.0)
    if not people.any() or (kind == "mean" and bottom == 0):
        return None
    slope, divisor = (top / bottom, bottom) if kind == "mean" else (-sums.centre, 1.0)
    value = sums.centre + slope if kind == "mean" else top + sums.centre * bottom
    each = _coefficients(cells, sums, inside, (1 / divisor, -slope / divisor))
    held = inside / divisor if kind == "mean" else np.zeros(len(inside))
    shares = sums.first[:, 1] * held
    units = people > 0
    if cells.cluster is not None:
        spread, shares, units = _of_clusters(cells, (sums.first * each).sum(axis=1), shares, people)
    else:
        spread = _of_people(cells, sums, each, held)
    return _linear(cells, spread, value, (people, shares, units), lonely)


def error(cells: Cells, sums: Sums, places: Codes, parts: tuple[float, float], lonely: str) -> float:
    """Standard error of a total of a group: so much of each row's first part, and so much of its denominator."""
    inside = np.zeros(len(sums.people), dtype=np.bool_)
    inside[places] = True
    each = _coefficients(cells, sums, inside, parts)
    nothing = np.zeros(len(inside))
    if cells.cluster is not None:
        spread, _shares, _met = _of_clusters(cells, (sums.first * each).sum(axis=1), nothing, sums.people)
    else:
        spread = _of_people(cells, sums, each, nothing)
    everybody = np.ones(len(cells.stratum), dtype=np.bool_)
    return _linear(cells, spread, 0.0, (sums.people, nothing, everybody), lonely).se


def _coefficients(cells: Cells, sums: Sums, inside: Flags, parts: tuple[float, float]) -> Floats:
    """What each part of a row's vector contributes, cells × parts, of so much of the first and of the denominator."""
    each = np.zeros(sums.first.shape)
    each[:, 0] = inside * parts[0]
    each[:, 1] = inside * parts[1]
    if sums.base is not None:
        each[:, 2] = -_explained(cells.margins, (sums.base * each).sum(axis=1), sums.base[:, 2])
    return each


def _explained(margins: tuple[Codes, ...], contributed: Floats, weights: Floats) -> Floats:
    """What the margins explain of the contributions: a weighted regression on their groups, fitted for each cell."""
    groups = np.column_stack([codes[:, None] == np.arange(codes.max() + 1) for codes in margins]).astype(np.float64)
    fitted = np.linalg.lstsq(groups.T @ (groups * weights[:, None]), groups.T @ contributed, rcond=None)[0]
    return np.asarray(groups @ fitted, dtype=np.float64)


def _of_people(cells: Cells, sums: Sums, each: Floats, held: Floats) -> _Spread:
    assert sums.second is not None  # noqa: S101  as there is no cluster
    assert sums.third is not None  # noqa: S101
    wanted = (
        (sums.first * each).sum(axis=1),
        np.einsum("ij,ik,ijk->i", each, each, sums.second),
        np.einsum("ij,ik,il,ijkl->i", each, each, each, sums.third),
        sums.first[:, 1] * held,
        np.einsum("ij,ij->i", each, sums.second[:, :, 1]) * held,
    )
    one, two, three, share, crossed = (_added(cells.stratum, part, len(cells.strata)) for part in wanted)
    n = cells.sizes
    return _Spread(
        squares=np.maximum(two - one**2 / n, 0.0),
        cubes=three - 3 * one * two / n + 2 * one**3 / n**2,
        crossed=crossed - one * share / n,
        raw=two,
    )


def _of_clusters(cells: Cells, contributed: Floats, shares: Floats, people: Floats) -> tuple[_Spread, Floats, Flags]:
    """The spread over clusters, and their shares of the denominator and whether anybody in them has a number."""
    assert cells.cluster is not None  # noqa: S101  what the caller asked
    home, strata, n = cells.stratum, len(cells.strata), cells.sizes
    each, held, met = (_added(cells.cluster, part, len(home)) for part in (contributed, shares, people))
    sums, parts = (_added(home, part, strata) for part in (each, held))
    away, apart = each - (sums / n)[home], held - (parts / n)[home]
    others = np.maximum(n - 1, 1)[home]
    rest = 1 - n[home] * apart / others  # the denominator without the cluster, the others standing for it
    gone = -n[home] * away / others / np.where(rest > _NOTHING, rest, np.nan)
    gone -= (_added(home, gone, strata) / n)[home]
    wanted = (away**2, away**3, away * apart, each**2, gone**2)
    squares, cubes, crossed, raw, jackknife = (_added(home, part, strata) for part in wanted)
    return _Spread(squares, cubes, crossed, raw, jackknife * ((n - 1) / n)), held, met > 0


def _added(places: Codes, values: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(places, values, minlength=count), dtype=np.float64)


def _linear(cells: Cells, spread: _Spread, value: float, counted: tuple[Floats, Floats, Flags], lonely: str) -> Linear:
    people, shares, met = counted
    n, left = cells.sizes, 1 - cells.share
    alone = n < 2
    scale = np.where(alone, 0.0, left * n / np.maximum(n - 1, 1))
    extra = _of_lonely(spread.raw * left, scale * spread.squares, alone & (left > 0), lonely)
    variance = float((scale * spread.squares).sum()) + extra
    wide = variance
    if spread.jackknife is not None and np.isfinite(spread.jackknife[~alone]).all():
        wide = float((left * spread.jackknife)[~alone].sum()) + extra
    bend, shift = _bent(spread, left)
    units = int(people.sum() if cells.cluster is None else met.sum())
    strata = len(set(cells.stratum[met].tolist()))
    degrees = float(units - strata)
    if cells.cluster is not None and shares.any():  # a total has no denominator to share
        degrees = freedom(shares, cells.stratum, len(cells.strata))
    return Linear(
        value=value,
        n=int(people.sum()),
        units=units,
        strata=strata,
        se=math.sqrt(variance),
        wide=math.sqrt(wide),
        bend=bend,
        shift=shift,
        freedom=units - strata,
        effective=degrees,
        census=bool((left <= 0).all()),
    )


def _of_lonely(raw: Floats, variances: Floats, alone: Flags, lonely: str) -> float:
    """What strata of a single unit add to the variance."""
    if not alone.any() or lonely == "certain":
        return 0.0
    if lonely == "centre":
        return float(raw[alone].sum())
    return float(variances[~alone].sum() * alone.sum() / (~alone).sum())


def _bent(spread: _Spread, left: Floats) -> tuple[float, float]:
    """How skewed the studentised estimate is: its distribution is Φ(t + bend · t² + shift) to the first order.

    Hall's terms for the third moment, of samples drawn without replacement too, and one for a denominator that goes
    along with the contribution, as where large clusters differ from small ones.
    """
    variance = float((left * spread.squares).sum())
    if variance <= 0:
        return 0.0, 0.0
    studentised = float((left**2 * spread.cubes).sum()) / variance**1.5
    plain = float((left * (2 * left - 1) * spread.cubes).sum()) / variance**1.5
    along = float((left * spread.crossed).sum()) / math.sqrt(variance)
    bend = (3 * studentised - plain) / 6 - along
    return bend, studentised / 2 - along - bend


def interval(found: Linear, level: float, bounds: tuple[float, float] | None) -> Interval | None:
    """The interval of an estimate: t, with the jackknife's error where there are clusters, corrected for skewness.

    None where nothing can be told: no degrees of freedom, or no spread and no bounds.
    """
    low, high = (-math.inf, math.inf) if bounds is None else (min(bounds[0], found.value), max(bounds[1], found.value))
    if found.census:
        return Interval(found.value, found.value, level)
    if found.se <= _NOTHING * max(1.0, abs(found.value)):
        return None if bounds is None or found.units < 2 else unanimous(found.value, found.units, (low, high), level)
    if found.freedom < 1 or found.effective <= 0:
        return None
    t, moved = t_quantile(found.effective, level), found.bend / 2 - found.shift
    ends = [found.value - found.wide * unskewed(side * t + moved, 3 * found.bend) for side in (1, -1)]
    below, above = min(ends[0], found.value), max(ends[1], found.value)  # a steep correction can go past the estimate
    return Interval(float(max(below, low)), float(min(above, high)), level)


def textbook(found: Linear, level: float) -> Interval | None:
    """The interval of textbooks and other programs: t with units - strata degrees of freedom."""
    if found.freedom < 1:
        return None
    half = t_quantile(found.freedom, level) * found.se
    return Interval(found.value - half, found.value + half, level)

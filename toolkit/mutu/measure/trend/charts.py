"""Control charts of monthly shares, rates and indices: which months stand out from the usual ups and downs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, AnswerError, InputError, SettingError, Term
from mutu.measure.frames import Floats
from mutu.measure.trend.chart import ControlChart, Kind, Point, Signal
from mutu.measure.trend.limits import FURTHEST, RANGE, is_dispersed
from mutu.measure.trend.periods import Series, series
from mutu.measure.trend.rules import find, rule_set

LEAST = 6  # periods that make limits
_COUNTS = 5  # expected cases below which the normal limits are rough
_TOO_FEW = N_("A control chart needs at least {least} periods with numbers, there are {found}. Wait for more months.")


def p_chart(
    counts: Any,
    sizes: Any,
    periods: Any | None = None,
    *,
    baseline: Any | None = None,
    dispersion: bool | None = None,
    rules: str = "western electric",
) -> ControlChart:
    """A chart of shares: cases done in time, satisfied respondents, forms filled in completely.

    The limits of a month are p̄ ± 3 √(p̄(1 - p̄)/n), wider for months with few cases. Real shares vary more than coin
    tosses, and with thousands of cases a month these limits are so narrow that nearly every month lies outside; then
    they are widened by how much more (Laney's p′): σ_z, the mean moving range of the standardised shares by 1.128.

    Parameters
    ----------
    counts : cases with the feature in each period, shape (periods,)
    sizes : all cases in each period, at least the counts and above zero
    periods : months as dates, «2026-03» or «Maret 2026», in any order; or other labels in the order of time; numbered
        by default. Months without a row, or with a gap in it, are named and take no part
    baseline : the periods that make the limits, by which all others are judged: the first so many (a number), all up to
        one (its label or date), or a list of periods, which leaves out those with a known cause; all by default
    dispersion : True widens (p′), False does not; by default when σ_z is larger than chance explains
    rules : "western electric", "nelson" or "shewhart" (points beyond the limits only), see `trend.rules`

    Raises
    ------
    InputError : fewer than six periods for the limits, different lengths, a period twice or unknown, nothing varies
    AnswerError : a count or size is a text, infinite, below zero, or a count above its size
    SettingError : no such rules

    References
    ----------
    Montgomery (2005), Introduction to Statistical Quality Control, 5th ed., chapter 6. Laney (2002), Quality
    Engineering 14, 531-537. For the rules see `trend.rules.find`.

    Examples
    --------
    >>> found = p_chart([12, 15, 8, 10, 4, 7, 16, 9, 31], [50] * 9, baseline=8)
    >>> round(found.center, 4), [signal.period.label for signal in found.signals]
    (0.2025, ['9'])
    """
    found = series([(Term(N_("count")), counts), (Term(N_("number of cases")), sizes)], periods, LEAST, _TOO_FEW)
    count, size = found.columns
    _check(size > 0, found, N_("The size in {period} must be above zero. Correct it."))
    _check((count >= 0) & (count <= size), found, N_("The count in {period} must lie between 0 and its size."))
    used = _basis(found, baseline)
    center = float(count[used].sum() / size[used].sum())
    rough = bool((size * min(center, 1 - center) < _COUNTS).any())
    sigma = np.sqrt(center * (1 - center) / size)
    return _with_sizes(_Draft(Kind.SHARE, found, count / size, size, center, sigma, used, rough), dispersion, rules)


def u_chart(
    counts: Any,
    sizes: Any,
    periods: Any | None = None,
    *,
    baseline: Any | None = None,
    dispersion: bool | None = None,
    rules: str = "western electric",
) -> ControlChart:
    """A chart of rates: complaints by services rendered, errors by files, where one case may have several.

    The limits of a month are ū ± 3 √(ū/n), widened (Laney's u′) as in `p_chart`. Give sizes in the unit the rate is to
    be read in: thousands of services for complaints a thousand services.

    Parameters
    ----------
    counts : events in each period, shape (periods,), zero or above
    sizes : how much each period offered for them, above zero
    periods, baseline, dispersion, rules : as in `p_chart`

    Raises
    ------
    InputError, AnswerError, SettingError : as in `p_chart`, but that counts may be larger than sizes

    References
    ----------
    As in `p_chart`.

    Examples
    --------
    >>> found = u_chart([10, 12, 8, 14, 10, 16, 11, 7, 10, 15], [5] * 10)
    >>> round(found.center, 2), found.signals
    (2.26, ())
    """
    found = series([(Term(N_("count")), counts), (Term(N_("number of cases")), sizes)], periods, LEAST, _TOO_FEW)
    count, size = found.columns
    _check(size > 0, found, N_("The size in {period} must be above zero. Correct it."))
    _check(count >= 0, found, N_("The count in {period} is below zero. Correct it."))
    used = _basis(found, baseline)
    center = float(count[used].sum() / size[used].sum())
    rough, sigma = bool((size * center < _COUNTS).any()), np.sqrt(center / size)
    return _with_sizes(_Draft(Kind.RATE, found, count / size, size, center, sigma, used, rough), dispersion, rules)


def xmr_chart(
    values: Any,
    periods: Any | None = None,
    *,
    baseline: Any | None = None,
    rules: str = "western electric",
) -> ControlChart:
    """A chart of single values (individuals, XmR): a monthly index or number of which nothing more is known.

    The limits are x̄ ± 3 m̄R/1.128, m̄R the mean distance between neighbouring periods; neighbours are months that follow
    each other, so that a distance never reaches across a gap. A step from one month to the next above 3.267 m̄R is a
    signal too. Where the standard error of each month is known, `index_chart` uses it.

    Parameters
    ----------
    values : one number a period, shape (periods,)
    periods, baseline, rules : as in `p_chart`

    Raises
    ------
    InputError, AnswerError, SettingError : as in `p_chart`

    References
    ----------
    NIST/SEMATECH, e-Handbook of Statistical Methods, section 6.3.2.2. Montgomery (2005), Introduction to Statistical
    Quality Control, 5th ed., section 5-5.

    Examples
    --------
    >>> found = xmr_chart([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    >>> round(found.center, 2), round(found.points[0].low, 2), round(found.points[0].high, 2)
    (50.81, 45.82, 55.8)
    """
    found = series([(Term(N_("value")), values)], periods, LEAST, _TOO_FEW)
    (value,) = found.columns
    used = _basis(found, baseline)
    center, mean_range = float(value[used].mean()), _mean_range(value, found, used)
    if mean_range == 0:
        raise InputError(N_("The values never change, so there are no limits. Check the column."))
    sigma = np.full(len(value), mean_range / RANGE)
    draft = _Draft(Kind.VALUE, found, value, None, center, sigma, used, False)
    steps = [
        Signal("step", found.periods[last - 1], found.periods[last], 1 if change > 0 else -1, change)
        for last, change in enumerate(np.diff(value).tolist(), 1)
        if found.steps[last] - found.steps[last - 1] == 1 and abs(change) > FURTHEST * mean_range
    ]
    return _drawn(draft, rules, steps=steps, mean_range=mean_range)


def index_chart(
    values: Any,
    errors: Any,
    sizes: Any,
    periods: Any | None = None,
    *,
    baseline: Any | None = None,
    dispersion: bool | None = None,
    rules: str = "western electric",
) -> ControlChart:
    """A chart of means whose standard errors are known: the monthly index of a survey with its respondents.

    An XmR chart takes a month of 20 respondents as seriously as one of 400. Here the limits of a month are
    x̿ ± 3 s/√n: x̿ the mean of all respondents and s their standard deviation, pooled over the months (for a scale with a
    ceiling the own error of a month would be small just when its mean is high). They are widened as in `p_chart` where
    months differ by more than their respondents explain.

    Parameters
    ----------
    values : index or mean of each period, shape (periods,)
    errors : its standard error, above zero, as `skm.score` gives it
    sizes : its respondents, at least two
    periods, baseline, dispersion, rules : as in `p_chart`

    Raises
    ------
    InputError, AnswerError, SettingError : as in `p_chart`

    References
    ----------
    Montgomery (2005), Introduction to Statistical Quality Control, 5th ed., section 5-3 (x̄ and s charts with variable
    sample size). Laney (2002), Quality Engineering 14, 531-537.

    Examples
    --------
    >>> index, error, respondents = [80, 82, 79, 81, 80, 82, 71], [2, 1, 2, 1, 2, 1, 2], [50, 200] * 3 + [50]
    >>> found = index_chart(index, error, respondents, baseline=6)
    >>> [signal.period.label for signal in found.signals]
    ['7']
    """
    found = series(
        [(Term(N_("value")), values), (Term(N_("standard error")), errors), (Term(N_("number of cases")), sizes)],
        periods,
        LEAST,
        _TOO_FEW,
    )
    value, error, size = found.columns
    _check(size >= 2, found, N_("The size in {period} must be two or more. Correct it, or leave the period out."))
    _check(error >= 0, found, N_("The standard error in {period} is below zero. Correct it."))
    used = _basis(found, baseline)
    center = float(value[used] @ size[used] / size[used].sum())
    if not (error[used] > 0).any():
        raise InputError(
            N_("All standard errors are zero, so there are no limits. Give the standard errors, or use an XmR chart.")
        )
    pooled = float((size[used] - 1) @ (size * error**2)[used] / (size[used] - 1).sum())
    sigma = np.sqrt(pooled / size)
    return _with_sizes(_Draft(Kind.INDEX, found, value, size, center, sigma, used, False), dispersion, rules)


class _Draft(NamedTuple):
    """What a chart is drawn from.

    `sigma` is the standard deviation of each period, `used` who makes the limits, `wished` whether they are widened.
    """

    kind: Kind
    found: Series
    value: Floats
    size: Floats | None
    center: float
    sigma: Floats
    used: NDArray[np.bool_]
    rough: bool
    wished: bool | None = None


def _with_sizes(draft: _Draft, wished: bool | None, rules: str) -> ControlChart:
    """A chart whose standard deviations follow from sizes, widened where periods differ by more."""
    if not (draft.sigma > 0).all():
        raise InputError(N_("The values never change, so there are no limits. Check the column."))
    dispersion = _mean_range((draft.value - draft.center) / draft.sigma, draft.found, draft.used) / RANGE
    widened = is_dispersed(dispersion, int(draft.used.sum())) if wished is None else wished
    draft = draft._replace(wished=wished)
    if not widened:
        return _drawn(draft, rules, dispersion=dispersion)
    if dispersion == 0:
        raise InputError(N_("The values never change, so there are no limits. Check the column."))
    return _drawn(draft._replace(sigma=draft.sigma * dispersion), rules, dispersion=dispersion, widened=True)


def _drawn(
    draft: _Draft,
    rules: str,
    *,
    steps: Sequence[Signal] = (),
    dispersion: float | None = None,
    widened: bool = False,
    mean_range: float | None = None,
) -> ControlChart:
    found, chosen = draft.found, rule_set(rules)
    distances = (draft.value - draft.center) / draft.sigma
    signals = [
        Signal(one.rule.code, found.periods[one.first], found.periods[one.last], one.side, float(draft.value[one.last]))
        for one in find(distances, chosen.rules)
    ]
    return ControlChart(
        kind=draft.kind,
        points=_points(draft, distances),
        center=draft.center,
        dispersion=dispersion,
        widened=widened,
        mean_range=mean_range,
        rules=chosen,
        signals=tuple(sorted([*signals, *steps], key=lambda one: found.periods.index(one.period))),
        missing=found.missing,
        widening=draft.wished,
        rough=draft.rough,
    )


def _check(good: NDArray[np.bool_], found: Series, message: str) -> None:
    if not good.all():
        raise AnswerError(message, period=found.periods[int(np.flatnonzero(~good)[0])].label)


def _basis(found: Series, baseline: Any | None) -> NDArray[np.bool_]:
    """Which periods make the limits."""
    used = np.ones(len(found.periods), dtype=np.bool_)
    if isinstance(baseline, int) and not isinstance(baseline, bool):
        if not 1 <= baseline <= len(used):
            raise SettingError(
                N_("The baseline must be between 1 and {most} periods, not {found}."), most=len(used), found=baseline
            )
        used[baseline:] = False
    elif isinstance(baseline, list | tuple | set):
        used[:] = False
        used[[found.place(period) for period in baseline]] = True
    elif baseline is not None:
        used[found.place(baseline) + 1 :] = False
    if used.sum() < LEAST:
        raise InputError(
            N_("The limits need at least {least} periods, the baseline has {found}. Take a longer one."),
            least=LEAST,
            found=int(used.sum()),
        )
    return used


def _mean_range(values: Floats, found: Series, used: NDArray[np.bool_]) -> float:
    """The mean distance between periods that follow each other and make the limits."""
    beside = (np.diff(found.steps) == 1) & used[1:] & used[:-1]
    if not beside.any():
        raise InputError(N_("No two months follow each other, so the usual ups and downs cannot be told."))
    return float(np.abs(np.diff(values))[beside].mean())


def _points(draft: _Draft, distances: Floats) -> tuple[Point, ...]:
    least, most = {Kind.SHARE: (0.0, 1.0), Kind.RATE: (0.0, math.inf)}.get(draft.kind, (-math.inf, math.inf))
    return tuple(
        Point(
            period=period,
            value=float(draft.value[place]),
            size=None if draft.size is None else float(draft.size[place]),
            low=max(least, draft.center - 3 * float(draft.sigma[place])),
            high=min(most, draft.center + 3 * float(draft.sigma[place])),
            distance=float(distances[place]),
            basis=bool(draft.used[place]),
        )
        for place, period in enumerate(draft.found.periods)
    )

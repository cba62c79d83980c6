"""When a level changed, and how sure that is: change points by cumulated sums and permutations."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from mutu.errors import N_, InputError, Term
from mutu.locale import _, integer, number, percent
from mutu.measure.frames import Floats
from mutu.measure.intervals import t_quantile, welch_half
from mutu.measure.result import Interval, Result, limits
from mutu.measure.settings import between, whole
from mutu.measure.trend.periods import Period, Series, named, series
from mutu.regulations import publication

LEAST = 6  # periods of which one part can differ from the other by more than chance
_SPLIT = 5  # periods of a stretch below which it is not divided further
_SUREST = 0.999  # confidence from which only «more than» is said
_AT_ONCE = 4_000_000  # numbers of one table of permutations


@dataclass(frozen=True)
class Stretch:
    """Periods with one level: first and last, how many, their mean with its interval (None from a single period)."""

    first: Period
    last: Period
    n: int
    mean: float
    interval: Interval | None


@dataclass(frozen=True)
class Change:
    """A change of level.

    Attributes
    ----------
    period : the first period of the new level
    confidence : share of random orders whose cumulated sum strays less far
    before, after : the stretches on both sides
    difference : mean after minus mean before
    interval : interval of `difference` (Welch) as if the period had been known beforehand; None where a stretch has a
        single period or nothing varies
    """

    period: Period
    confidence: float
    before: Stretch
    after: Stretch
    difference: float
    interval: Interval | None


@dataclass(frozen=True)
class ChangePoints(Result):
    """The changes of level in a series.

    Attributes
    ----------
    n : periods
    changes : the changes, in the order of time; none where chance explains the series
    stretches : the stretches between them
    likeliest, confidence : where the whole series would be divided first, and how sure that is
    level : confidence that a change needs
    sums : cumulated sum of the distances from the mean after each period, starting with 0
    permutations, seed : how many random orders were drawn, and from which seed
    missing : periods without numbers
    """

    n: int
    changes: tuple[Change, ...]
    stretches: tuple[Stretch, ...]
    likeliest: Period
    confidence: float
    level: float
    sums: tuple[float, ...]
    permutations: int
    seed: int
    missing: tuple[Period, ...]

    def __float__(self) -> float:
        """How many changes there are."""
        return float(len(self.changes))

    @property
    def method(self) -> str:
        """How the changes were found."""
        return f"cusum, {self.permutations} permutations, seed {self.seed}"

    def sentence(self) -> str:
        """When the level changed, from what to what, and how sure that is."""
        if not self.changes:
            text = _(
                "In {n} periods the level did not change by more than chance explains (likeliest from {period}, "
                "confidence {confidence}, {level} is asked for)."
            ).format(
                n=integer(self.n),
                period=self.likeliest.text,
                confidence=_sure(self.confidence),
                level=percent(self.level, 0),
            )
            return " ".join([text, *self.remarks()])
        return " ".join([*(self._said(change) for change in self.changes), *self.remarks()])

    def _said(self, change: Change) -> str:
        text = _("From the period {period} on the mean is {after} instead of {before} (confidence {confidence}").format(
            period=change.period.text,
            before=number(change.before.mean),
            after=number(change.after.mean),
            confidence=_sure(change.confidence),
        )
        if change.interval is None:
            return f"{text})."
        around = _("{level} interval of the change {interval}").format(
            level=percent(change.interval.level, 0), interval=limits(change.interval)
        )
        return f"{text}; {around})."

    def remarks(self) -> list[str]:
        """What the confidence rests on, and which periods are missing."""
        said = []
        if self.changes:
            said.append(_("The data chose the period, so the interval of the change is somewhat too narrow."))
        if self.missing:
            said.append(_("Without numbers: {periods}.").format(periods=named(self.missing)))
        return said

    def rows(self) -> list[dict[str, str]]:
        """One row a stretch."""
        sure = {change.after.first: _sure(change.confidence) for change in self.changes}
        return [
            {
                _("From"): stretch.first.text,
                _("To"): stretch.last.text,
                _("Periods"): integer(stretch.n),
                _("Mean"): number(stretch.mean),
                _("95% interval"): limits(stretch.interval),
                _("Confidence"): sure.get(stretch.first, number(None)),
            }
            for stretch in self.stretches
        ]

    def as_json(self) -> dict[str, Any]:
        """The changes as plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "level": self.level,
            "likeliest": self.likeliest.label,
            "confidence": self.confidence,
            "changes": [
                {
                    "period": change.period.label,
                    "confidence": change.confidence,
                    "before": change.before.mean,
                    "after": change.after.mean,
                    "difference": change.difference,
                    "interval": change.interval.as_json(6) if change.interval else None,
                }
                for change in self.changes
            ],
            "stretches": [
                {
                    "first": one.first.label,
                    "last": one.last.label,
                    "n": one.n,
                    "mean": one.mean,
                    "interval": one.interval.as_json(6) if one.interval else None,
                }
                for one in self.stretches
            ],
            "missing": [period.label for period in self.missing],
            "remarks": self.remarks(),
        }


def change_points(
    values: Any,
    periods: Any | None = None,
    *,
    confidence: float | None = None,
    permutations: int = 9999,
    seed: int = 1,
) -> ChangePoints:
    """When the level of a series changed, and how sure that is.

    The distances from the mean are added up from the first period on. Where the level changes, the sum turns; the
    period after its farthest point is where the new level begins. How sure: the share of random orders of the same
    numbers whose sum strays less far (its highest minus its lowest value). Each part is divided further as long as it
    is sure enough. Months are taken as independent of each other; where a good month makes the next one good, the
    confidence is too high.

    Parameters
    ----------
    values : one number a period, shape (periods,)
    periods : months as dates, «2026-03» or «Maret 2026», in any order; or other labels in the order of time
    confidence : what a change needs, between 0.5 and 1; the level of the publication rules by default
    permutations : random orders to draw
    seed : where the random numbers start; the same seed gives the same answer

    Raises
    ------
    InputError : fewer than six periods, different lengths, a period twice, or values that never change
    AnswerError : a value is a text or infinite
    SettingError : a confidence outside its bounds, or no permutations

    References
    ----------
    Taylor (2000), Change-point analysis: a powerful new tool for detecting changes.

    Examples
    --------
    >>> found = change_points([80, 81, 79, 80, 82, 80, 88, 87, 89, 88, 87, 88])
    >>> found.changes[0].period.label, found.changes[0].before.mean, round(found.changes[0].after.mean, 2)
    ('7', 80.33333333333333, 87.83)
    """
    level = (
        float(publication().confidence)
        if confidence is None
        else between(Term(N_("the confidence")), confidence, 0.5, 1)
    )
    count = whole(Term(N_("the number of permutations")), permutations, 99)
    found = series(
        [(Term(N_("value")), values)],
        periods,
        LEAST,
        N_("A change needs at least {least} periods with numbers, there are {found}. Wait for more months."),
    )
    (numbers,) = found.columns
    if np.ptp(numbers) == 0:
        raise InputError(N_("The values never change, so there is no change point. Check the column."))
    rng = np.random.default_rng(whole(Term(N_("the seed")), seed, 0))
    first, sure = _divide(numbers, count, rng)
    places = _search(numbers, 0, (first, sure), level=level, count=count, rng=rng)
    edges = [0, *(place for place, _sure in places), len(numbers)]
    stretches = tuple(_stretch(found, numbers, *pair) for pair in pairwise(edges))
    changes = tuple(
        _change(found.periods[place], confident, stretches[at : at + 2], numbers, edges[at : at + 3])
        for at, (place, confident) in enumerate(places)
    )
    return ChangePoints(
        n=len(numbers),
        changes=changes,
        stretches=stretches,
        likeliest=found.periods[first],
        confidence=sure,
        level=level,
        sums=(0.0, *np.cumsum(numbers - numbers.mean()).tolist()),
        permutations=count,
        seed=seed,
        missing=found.missing,
    )


def _search(
    numbers: Floats, start: int, known: tuple[int, float], *, level: float, count: int, rng: np.random.Generator
) -> list[tuple[int, float]]:
    """The changes in a part that starts at `start`, each with its confidence."""
    place, sure = known
    if sure < level:
        return []
    found = [(start + place, sure)]
    for part, begin in ((numbers[:place], start), (numbers[place:], start + place)):
        if len(part) >= _SPLIT and np.ptp(part) > 0:
            found += _search(part, begin, _divide(part, count, rng), level=level, count=count, rng=rng)
    return sorted(found)


def _divide(numbers: Floats, count: int, rng: np.random.Generator) -> tuple[int, float]:
    """Where a part is divided, counted from its start, and how sure the change is."""
    sums = np.cumsum(numbers - numbers.mean())[:-1]
    reach = _reach(sums[None, :])[0]
    step, below = max(1, _AT_ONCE // len(numbers)), 0
    for first in range(0, count, step):
        orders = rng.permuted(np.tile(numbers - numbers.mean(), (min(step, count - first), 1)), axis=1)
        below += int((_reach(np.cumsum(orders, axis=1)[:, :-1]) < reach - 1e-9 * abs(reach)).sum())
    return int(np.argmax(np.abs(sums))) + 1, below / (count + 1)


def _reach(sums: Floats) -> Floats:
    """Highest minus lowest cumulated sum, the zero at the start among them."""
    reach: Floats = np.maximum(sums.max(axis=1), 0) - np.minimum(sums.min(axis=1), 0)
    return reach


def _sure(confidence: float) -> str:
    """A confidence as people read it: never 100 %, which no sample of orders shows."""
    return percent(confidence) if confidence < _SUREST else f"> {percent(_SUREST)}"


def _stretch(found: Series, numbers: Floats, first: int, end: int) -> Stretch:
    part = numbers[first:end]
    mean, interval = float(part.mean()), None
    if len(part) > 1:
        level = float(publication().confidence)
        half = t_quantile(len(part) - 1, level) * float(part.std(ddof=1)) / math.sqrt(len(part))
        interval = Interval(mean - half, mean + half, level)
    return Stretch(found.periods[first], found.periods[end - 1], len(part), mean, interval)


def _change(period: Period, sure: float, around: tuple[Stretch, ...], numbers: Floats, edges: list[int]) -> Change:
    before, after = around
    difference, interval = after.mean - before.mean, None
    if min(before.n, after.n) > 1:
        level = float(publication().confidence)
        errors = [
            (float(part.std(ddof=1)) / math.sqrt(len(part)), len(part))
            for part in (numbers[edges[0] : edges[1]], numbers[edges[1] : edges[2]])
        ]
        half = welch_half(errors[0], errors[1], level)
        interval = None if half is None else Interval(difference - half, difference + half, level)
    return Change(period, sure, before, after, difference, interval)

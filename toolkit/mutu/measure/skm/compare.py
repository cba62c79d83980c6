"""Two periods beside each other: what changed, and whether the change can be told from chance."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mutu.errors import N_, InputError
from mutu.locale import _, number, percent, signed
from mutu.locale.numbers import half_up
from mutu.measure.result import Interval, Result, limits
from mutu.measure.skm.results import IndexResult
from mutu.measure.skm.shift import Shift, shift
from mutu.regulations import skm

_WIDEST = 75.0  # the most an index on 25-100 can change


@dataclass(frozen=True)
class SavedUnsur:
    """One element of a saved result: index with two decimals and its interval, if it has one."""

    indeks: Decimal
    interval: Interval | None


@dataclass(frozen=True)
class SavedResult:
    """A result of an earlier period, as its JSON keeps it.

    Attributes
    ----------
    ikm : the published index, two decimals
    n : respondents
    interval : 95 % interval with two decimals; None below two respondents, or where the file does not have it
    unsur : code of the element -> its index
    weights, scale, regulation : the conventions it was computed by
    """

    ikm: Decimal
    n: int
    interval: Interval | None
    unsur: Mapping[str, SavedUnsur]
    weights: str
    scale: tuple[int, int]
    regulation: str


@dataclass(frozen=True)
class Step:
    """How one number changed; interval None where one of the two has none."""

    difference: Decimal
    interval: Interval | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out «no change»."""
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high


@dataclass(frozen=True)
class Change(Result):
    """What changed from one period to the next.

    Attributes
    ----------
    current, previous : the two results
    difference : published index minus published index, in points, so that it agrees with what stands in print
    interval : 95 % interval of the difference of independent samples, from their own intervals; None where one has
        none, or the two asked different elements
    unsur : code -> change of the element's index, for the elements asked both times
    shift : the test that uses the order of answers alone; None where one of the two is a saved result, or the two
        asked other elements or on other scales
    """

    current: SavedResult
    previous: SavedResult
    index: Step
    unsur: Mapping[str, Step]
    shift: Shift | None = None

    def __float__(self) -> float:
        return float(self.index.difference)

    @property
    def method(self) -> str:
        """How the intervals were made."""
        return "zou-donner"

    @property
    def difference(self) -> Decimal:
        """Change of the published index, in points."""
        return self.index.difference

    @property
    def interval(self) -> Interval | None:
        """95 % interval of the change, in points."""
        return self.index.interval

    @property
    def clear(self) -> bool:
        """Whether the change can be told from chance."""
        return self.index.clear

    def sentence(self) -> str:
        """The change with its interval, and what it allows to say."""
        start = _("The IKM went from {before} to {after} ({difference} points)").format(
            before=number(self.previous.ikm), after=number(self.current.ikm), difference=signed(self.difference)
        )
        ordered = [] if self.shift is None else [self.shift.sentence()]
        return " ".join([f"{start}; {self._verdict()}", *ordered, *self.remarks()])

    @property
    def comparable(self) -> bool:
        """Whether both asked the same elements."""
        return set(self.current.unsur) == set(self.previous.unsur)

    def _verdict(self) -> str:
        if not self.comparable:
            return _("the two did not ask the same elements, so compare the elements that both asked, not the index.")
        if self.interval is None:
            if min(self.current.n, self.previous.n) < 2:
                return _("with a single respondent it cannot be said whether this is more than chance.")
            return _("without the spread of both surveys it cannot be said whether this is more than chance.")
        limits = _("{level} confidence interval {low} to {high}").format(
            level=percent(self.interval.level, 0), low=signed(self.interval.low), high=signed(self.interval.high)
        )
        if not self.clear:
            return _("{interval}: the change cannot be told from chance.").format(interval=limits)
        if self.difference > 0:
            return _("{interval}: the index has risen by more than chance explains.").format(interval=limits)
        return _("{interval}: the index has fallen by more than chance explains.").format(interval=limits)

    def remarks(self) -> list[str]:
        """Sentences on what makes the two numbers hard to compare."""
        said = []
        if self.current.weights != self.previous.weights:
            said.append(
                _("The two were computed with different weights ({before} and {after}).").format(
                    before=_weight_name(self.previous.weights), after=_weight_name(self.current.weights)
                )
            )
        if self.current.scale != self.previous.scale:
            said.append(_("The two were asked on different scales."))
        return said

    def rows(self) -> list[dict[str, str]]:
        """One row an element asked both times, and the index below."""
        steps = {**self.unsur, "IKM": self.index}
        before = {**{kode: part.indeks for kode, part in self.previous.unsur.items()}, "IKM": self.previous.ikm}
        after = {**{kode: part.indeks for kode, part in self.current.unsur.items()}, "IKM": self.current.ikm}
        return [
            {
                _("Code"): kode,
                _("Earlier index"): number(before[kode]),
                _("Index now"): number(after[kode]),
                _("Change in points"): signed(step.difference),
                _("95% interval"): limits(step.interval, signed),
            }
            for kode, step in steps.items()
        ]

    def as_json(self) -> dict[str, Any]:
        """The change as plain numbers, in points of the index."""
        return {
            "previous": float(self.previous.ikm),
            "current": float(self.current.ikm),
            **_step_json(self.index),
            "unsur": [{"kode": kode, **_step_json(step)} for kode, step in self.unsur.items()],
            "shift": self.shift.as_json() if self.shift else None,
        }


def change(current: IndexResult | SavedResult, previous: IndexResult | SavedResult) -> Change:
    """What changed between two periods whose respondents were drawn independently.

    Parameters
    ----------
    current, previous : results of `score`, or of `saved`

    Raises
    ------
    InputError : one of them is no result

    References
    ----------
    Zou & Donner (2008), Construction of confidence limits about effect measures, Statistics in Medicine 27,
    1693-1702: the distance from a difference to its limit is the root of the sum of the squared distances of the two
    estimates to theirs. It needs nothing but the two intervals, so that a saved result, few clusters and skewed answers
    on either side are allowed for as they were there.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import skm
    >>> before = skm.score(pl.DataFrame({"U1": [3, 3, 2, 4] * 5, "U2": [3, 2, 3, 3] * 5}))
    >>> now = skm.score(pl.DataFrame({"U1": [4, 4, 3, 4] * 5, "U2": [4, 3, 4, 4] * 5}))
    >>> step = skm.change(now, before)
    >>> step.difference, step.clear, step.shift.clear
    (Decimal('21.87'), True, True)
    """
    now, before = _as_saved(current), _as_saved(previous)
    all_asked = {*now.unsur, *before.unsur}
    both = [kode for kode in now.unsur if kode in before.unsur]
    return Change(
        current=now,
        previous=before,
        index=_step(now.ikm, now.interval, before.ikm, before.interval if len(both) == len(all_asked) else None),
        unsur={
            kode: _step(a.indeks, a.interval, b.indeks, b.interval)
            for kode in both
            for a, b in [(now.unsur[kode], before.unsur[kode])]
        },
        shift=_shift(current, previous),
    )


def _shift(current: IndexResult | SavedResult, previous: IndexResult | SavedResult) -> Shift | None:
    if not (isinstance(current, IndexResult) and isinstance(previous, IndexResult)):
        return None
    asked = [[unsur.kode for unsur in result.unsur] for result in (current, previous)]
    if current.scale != previous.scale or asked[0] != asked[1]:
        return None
    return shift(current.people, previous.people)


def saved(document: Mapping[str, Any]) -> SavedResult:
    """An earlier result from the JSON that `as_json` (and `mutu skm score FILE --json`) made.

    Parameters
    ----------
    document : the JSON, read into a mapping

    Raises
    ------
    InputError : it is another JSON; names the key that is missing or wrong

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import skm
    >>> document = skm.score(pl.DataFrame({"U1": [4, 3, 4], "U2": [3, 3, 4]})).as_json()
    >>> found = skm.saved(document)
    >>> found.ikm, found.n
    (Decimal('87.50'), 3)
    """
    key = ""
    try:
        key = "ikm"
        ikm = _decimal(document[key])
        key = "n"
        n = _count(document[key])
        key = "interval"
        interval = _interval(document.get(key))
        key = "scale"
        low, high = document.get(key, (1, 4))
        scale = (int(low), int(high))
        key = "unsur"
        unsur = {
            str(part["kode"]): SavedUnsur(_decimal(part["indeks"]), _interval(part.get("interval")))
            for part in document[key]
        }
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError):
        raise InputError(
            N_("This is not a result of «mutu skm score --json»: «{key}» is missing or wrong. Save the result again."),
            key=key,
        ) from None
    return SavedResult(
        ikm, n, interval, unsur, str(document.get("weights", "")), scale, str(document.get("regulation", ""))
    )


def _decimal(value: Any) -> Decimal:
    found = Decimal(str(value))
    if not 0 <= found <= 100:
        raise ValueError
    return half_up(found, 2)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError
    return value


def _interval(value: Any) -> Interval | None:
    if value is None:
        return None
    found = Interval(float(value["low"]), float(value["high"]), float(value["level"]))
    if not -math.inf < found.low <= found.high < math.inf:
        raise ValueError
    return found


def _weight_name(code: str) -> str:
    """A convention by name; the code itself where a file names one we do not know."""
    return next((str(known.name) for known in skm().weights if known.code == code), code)


def _as_saved(result: IndexResult | SavedResult) -> SavedResult:
    if not isinstance(result, IndexResult | SavedResult):
        raise InputError(
            N_("A change needs two results, of skm.score or skm.saved, not {kind}."), kind=type(result).__name__
        )
    if isinstance(result, SavedResult):
        return result
    unsur = {part.kode: SavedUnsur(half_up(part.indeks, 2), _as_printed(part.interval)) for part in result.unsur}
    return SavedResult(
        ikm=result.rounded,
        n=result.n,
        interval=_as_printed(result.interval),
        unsur=unsur,
        weights=result.weights,
        scale=result.scale,
        regulation=str(result.regulation.short),
    )


def _as_printed(found: Interval | None) -> Interval | None:
    """The interval as a saved result keeps it, so that both lead to the same change."""
    return found and Interval(round(found.low, 2), round(found.high, 2), found.level)


def _step(now: Decimal, now_within: Interval | None, before: Decimal, before_within: Interval | None) -> Step:
    difference = now - before
    if now_within is None or before_within is None:
        return Step(difference, None)
    a, b = float(now), float(before)
    below = math.hypot(a - now_within.low, before_within.high - b)
    above = math.hypot(now_within.high - a, b - before_within.low)
    middle = float(difference)
    return Step(difference, Interval(max(middle - below, -_WIDEST), min(middle + above, _WIDEST), now_within.level))


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "difference": float(step.difference),
        "interval": step.interval.as_json(2) if step.interval else None,
        "clear": step.clear,
    }

"""SERVQUAL and SERVPERF: how far the service that is perceived falls short of what was expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from mutu.errors import N_, InputError, SettingError, Term
from mutu.locale import _, integer, number, signed
from mutu.measure.frames import Floats, matrix
from mutu.measure.paired import Estimate, Pairs, combination, pairs
from mutu.measure.result import Interval, Result, interval_text, limits

__all__ = ["GapResult", "ServqualResult", "gaps"]


@dataclass(frozen=True)
class GapResult:
    """One item, one dimension, or the whole.

    Attributes
    ----------
    name : the item or dimension; empty for the whole
    n : respondents it rests on
    perception : mean perception
    expectation : mean expectation; None for SERVPERF
    value : the gap, perception minus expectation; for SERVPERF the perception
    interval : 95 % interval of `value`; None from a single respondent
    items : the items of a dimension, or of the whole; empty for an item
    weight : share of a dimension in the weighted score; None where no weights were given
    """

    name: str
    n: int
    perception: float
    expectation: float | None
    value: float
    interval: Interval | None
    items: tuple[str, ...] = ()
    weight: float | None = None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero; for SERVPERF always false, as zero is no comparison."""
        return (
            self.expectation is not None
            and self.interval is not None
            and not self.interval.low <= 0 <= self.interval.high
        )

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, four decimals."""
        return {
            "name": self.name,
            "n": self.n,
            "perception": round(self.perception, 4),
            "expectation": None if self.expectation is None else round(self.expectation, 4),
            "value": round(self.value, 4),
            "interval": self.interval.as_json(4) if self.interval else None,
            "weight": self.weight,
        }


@dataclass(frozen=True)
class ServqualResult(Result):
    """Gaps (SERVQUAL), or perceptions alone (SERVPERF), by item, by dimension, and as a score.

    Attributes
    ----------
    model : "servqual" or "servperf"
    n : respondents with at least one complete pair (SERVPERF: one answer)
    items, dimensions : in the order given; no dimensions where none were named
    unweighted : every dimension counts the same (without dimensions: every item)
    weighted : dimensions count by their weight; None without weights
    method : "hall-t-paired" (SERVPERF "hall-t"): t interval of the respondents' own gaps, corrected for skewness and
        linearised where answers are missing; where everybody agrees, the bound of Clopper & Pearson for none in n
    """

    model: str
    n: int
    items: tuple[GapResult, ...]
    dimensions: tuple[GapResult, ...]
    unweighted: GapResult
    weighted: GapResult | None
    method: str

    def __float__(self) -> float:
        return self.score.value

    @property
    def score(self) -> GapResult:
        """The weighted score where weights were given, else the unweighted."""
        return self.weighted or self.unweighted

    def part(self, name: str) -> GapResult:
        """A dimension, or else an item, by its name.

        Raises
        ------
        InputError : there is none of that name
        """
        parts = {part.name: part for part in (*self.items, *self.dimensions)}
        if name not in parts:
            raise InputError(
                N_("There is no item or dimension «{name}»; there are {known}."), name=name, known=", ".join(parts)
            )
        return parts[name]

    def sentence(self) -> str:
        """The score with its interval, what it allows to say, and the weakest dimension."""
        said = [self._verdict()]
        parts = self.dimensions or self.items
        if len(parts) > 1:
            weakest = min(parts, key=lambda part: part.value)
            said.append(
                _("Lowest is {name}: {value}; {interval}.").format(
                    name=weakest.name, value=self._shown(weakest.value), interval=self._interval(weakest)
                )
            )
        if self.weighted is not None:
            said.append(
                _("Dimensions are weighted; unweighted the score is {value}.").format(
                    value=self._shown(self.unweighted.value)
                )
            )
        return " ".join(said)

    def _verdict(self) -> str:
        fields = {
            "value": self._shown(self.score.value),
            "interval": self._interval(self.score),
            "n": integer(self.n),
        }
        if self.model == "servperf":
            return _("The service is rated {value} on average (SERVPERF, n = {n}; {interval}).").format(**fields)
        if not self.score.clear:
            return _(
                "What people received cannot be told apart from what they expected "
                "(SERVQUAL {value}, n = {n}; {interval})."
            ).format(**fields)
        if self.score.value < 0:
            return _("The service falls short of what people expected (SERVQUAL {value}, n = {n}; {interval}).").format(
                **fields
            )
        return _("The service is better than people expected (SERVQUAL {value}, n = {n}; {interval}).").format(**fields)

    def _shown(self, value: float) -> str:
        return number(value) if self.model == "servperf" else signed(value)

    def _interval(self, part: GapResult) -> str:
        return interval_text(part.interval)

    def rows(self) -> list[dict[str, str]]:
        """One row an item, then one a dimension, then the scores."""
        home = {item: part.name for part in self.dimensions for item in part.items}
        rows = [self._row(item, home.get(item.name, ""), item.name) for item in self.items]
        rows += [self._row(part, part.name, _("all items")) for part in self.dimensions]
        rows.append(self._row(self.unweighted, _("unweighted score"), ""))
        if self.weighted is not None:
            rows.append(self._row(self.weighted, _("weighted score"), ""))
        return rows

    def _row(self, part: GapResult, dimension: str, item: str) -> dict[str, str]:
        row = {_("Dimension"): dimension, _("Question item"): item, "n": integer(part.n)}
        row[_("Perception")] = number(part.perception)
        if self.model == "servqual":
            row[_("Expectation")] = number(part.expectation)
            row[_("Gap (perception − expectation)")] = signed(part.value)
        row[_("95% interval")] = limits(part.interval, self._shown)
        return row

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, four decimals."""
        return {
            "model": self.model,
            "n": self.n,
            "method": self.method,
            "unweighted": self.unweighted.as_json(),
            "weighted": self.weighted.as_json() if self.weighted else None,
            "dimensions": [part.as_json() for part in self.dimensions],
            "items": [part.as_json() for part in self.items],
        }


def gaps(
    perception: Any,
    expectation: Any = None,
    *,
    dimensions: Mapping[str, Sequence[str]] | None = None,
    weights: Mapping[str, float] | None = None,
) -> ServqualResult:
    """Gaps between perception and expectation; of perception alone, SERVPERF.

    A gap is perception minus expectation, so a negative one is a shortfall. A dimension is the mean of the gaps of its
    items, the unweighted score the mean of the dimensions, the weighted score their sum by weight. Intervals are
    paired, of the respondents' own gaps: t with Hall's correction for skewness, because the t interval alone is too
    short where most people give the highest answer.

    Parameters
    ----------
    perception : frame or array, respondents × items, any numeric scale
    expectation : the same respondents and items on the same scale; None for SERVPERF
    dimensions : name of a dimension -> its items; every item in exactly one
    weights : name of a dimension -> its importance, for instance the mean of 100 points that people shared out;
        divided by their sum

    Raises
    ------
    InputError : frames that do not belong together, an item in no dimension or in two, all answers the same
    AnswerError : a cell is no number, or infinite
    SettingError : weights without dimensions, of unknown dimensions, negative, or summing to zero

    References
    ----------
    Parasuraman, Zeithaml & Berry (1988), SERVQUAL, Journal of Retailing 64, 12-40. Zeithaml, Parasuraman & Berry
    (1990), Delivering Quality Service, appendix A (weighted score). Cronin & Taylor (1992), Journal of Marketing 56(3),
    55-68 (SERVPERF). Hall (1992), Journal of the Royal Statistical Society B 54, 221-228. Clopper & Pearson (1934),
    Biometrika 26, 404-413.

    Examples
    --------
    >>> import polars as pl
    >>> felt = pl.DataFrame({"clean": [4, 3, 4, 5], "on time": [3, 2, 4, 3]})
    >>> hoped = pl.DataFrame({"clean": [5, 4, 4, 5], "on time": [5, 5, 4, 5]})
    >>> result = gaps(felt, hoped)
    >>> [(item.name, item.value) for item in result.items], float(result)
    ([('clean', -0.5), ('on time', -1.75)], -1.125)
    """
    if expectation is None:
        alone = matrix(perception)
        both = Pairs(alone.names, alone.values, np.zeros_like(alone.values))
        answers, spread = alone.values, _range(alone.values)
    else:
        both = pairs(perception, expectation, (Term(N_("perception")), Term(N_("expectation"))))
        answers, spread = both.gaps, _range(np.concatenate([both.first, both.second]))
    if spread[0] == spread[1]:
        raise InputError(N_("All answers are the same, so there is nothing to compare. Check that the data are right."))
    possible = spread if expectation is None else (spread[0] - spread[1], spread[1] - spread[0])
    groups = _groups(both.names, dimensions)
    return _result(_Parts(both, answers, possible, expectation is not None), groups, _weights(groups, weights))


@dataclass(frozen=True)
class _Parts:
    """What the estimates of all parts are made from."""

    pairs: Pairs
    answers: Floats
    possible: tuple[float, float]
    paired: bool

    def part(self, name: str, shares: Floats, items: tuple[str, ...] = (), weight: float | None = None) -> GapResult:
        found: Estimate = combination(self.answers, shares, self.possible)
        used = shares != 0
        felt = float(shares[used] @ np.nanmean(self.pairs.first[:, used], axis=0))
        hoped = float(shares[used] @ np.nanmean(self.pairs.second[:, used], axis=0)) if self.paired else None
        return GapResult(name, found.n, felt, hoped, found.value, found.interval, items, weight)


def _result(
    parts: _Parts, groups: Mapping[str, tuple[str, ...]], weights: Mapping[str, float] | None
) -> ServqualResult:
    names = parts.pairs.names
    one = np.eye(len(names))
    inside = {key: np.array([name in items for name in names]) / len(items) for key, items in groups.items()}
    equal = np.mean(list(inside.values()) or one, axis=0)
    weighted = None
    if weights is not None:
        shares = np.sum([weights[key] * share for key, share in inside.items()], axis=0)
        weighted = parts.part("", shares, names)
    return ServqualResult(
        model="servqual" if parts.paired else "servperf",
        n=int((~np.isnan(parts.answers)).any(axis=1).sum()),
        items=tuple(parts.part(name, one[place]) for place, name in enumerate(names)),
        dimensions=tuple(
            parts.part(key, share, groups[key], None if weights is None else weights[key])
            for key, share in inside.items()
        ),
        unweighted=parts.part("", equal, names),
        weighted=weighted,
        method="hall-t-paired" if parts.paired else "hall-t",
    )


def _range(values: Floats) -> tuple[float, float]:
    return float(np.nanmin(values)), float(np.nanmax(values))


def _groups(names: tuple[str, ...], dimensions: Mapping[str, Sequence[str]] | None) -> dict[str, tuple[str, ...]]:
    if dimensions is None:
        return {}
    groups = {str(key): tuple(items) for key, items in dimensions.items()}
    named = [item for items in groups.values() for item in items]
    for name in names:
        if named.count(name) != 1:
            raise InputError(
                N_("The item «{item}» stands in {count} dimensions. Put every item into exactly one."),
                item=name,
                count=named.count(name),
            )
    for key, items in groups.items():
        unknown = [item for item in items if item not in names]
        if unknown or not items:
            raise InputError(
                N_("The dimension «{dimension}» has no items, or unknown ones ({unknown}); the items are {known}."),
                dimension=key,
                unknown=", ".join(unknown),
                known=", ".join(names),
            )
    return groups


def _weights(groups: Mapping[str, tuple[str, ...]], weights: Mapping[str, float] | None) -> dict[str, float] | None:
    if weights is None:
        return None
    if not groups or set(weights) != set(groups):
        raise SettingError(
            N_("Give one weight to each dimension ({known}); weights were given to {given}."),
            known=", ".join(groups) or "–",
            given=", ".join(map(str, weights)) or "–",
        )
    valid = all(isinstance(weight, Real) and 0 <= weight < float("inf") for weight in weights.values())
    total = sum(weights.values()) if valid else 0
    if total <= 0:
        raise SettingError(N_("Weights must be zero or more and not sum to zero. Give the points of each dimension."))
    return {key: weights[key] / total for key in groups}

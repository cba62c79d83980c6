"""Post-stratification and raking: finding the weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, TypeAlias

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, AnswerError, InputError, SettingError
from mutu.measure import frames
from mutu.measure.estimation.columns import computed, number, opened
from mutu.measure.estimation.weights import Margin, Weights
from mutu.measure.frames import Floats, label
from mutu.measure.settings import is_number, whole

Population: TypeAlias = Mapping[Any, float]
Columns: TypeAlias = str | tuple[str, ...]
_SHARES = 0.005  # how far shares, or two margins, may be from adding up: printed percentages are rounded
_NEAR = 1e-10  # largest difference between shares of margins that agree
_WIDEST = 1e12
_COUNT, _BASE = "__people__", "__base__"


def poststratify(frame: Any, columns: Columns, population: Population, *, weight: str | None = None) -> Weights:
    """Weights with which the sample has the population's numbers in every group of one or several columns.

    The sums are made where the data lie. Hand the result to `mean`, `total` or `ratio` as `weight`, and their errors
    know of it; or attach it to the frame.

    Parameters
    ----------
    frame : respondents in rows; any frame narwhals knows, never changed
    columns : the column, or a tuple of columns taken together
    population : group -> people in the population; with several columns the groups are tuples. Numbers that add up to
        1 or 100 are shares, and the weights then add up to the number of respondents
    weight : column of the weights that the design gave; equal by default

    Raises
    ------
    InputError : nobody in the sample belongs to a group of the population, or the other way round; an empty cell
    AnswerError : a weight is missing, negative, infinite or a text
    SettingError : a number of the population is below zero or none

    References
    ----------
    Holt & Smith (1979), Post stratification, Journal of the Royal Statistical Society A 142, 33-46.

    Examples
    --------
    >>> import polars as pl
    >>> sample = pl.DataFrame({"sex": ["L", "L", "L", "P"], "U1": [3, 3, 3, 4]})
    >>> found = poststratify(sample, "sex", {"L": 500, "P": 500})
    >>> found.attach(sample)["weight"].round(1).to_list(), round(found.effect, 3)
    ([166.7, 166.7, 166.7, 500.0], 1.333)
    """
    return rake(frame, {columns: population}, weight=weight)


def rake(
    frame: Any,
    margins: Mapping[Columns, Population],
    *,
    weight: str | None = None,
    trim: float | None = None,
    rounds: int = 1000,
) -> Weights:
    """Weights with which the sample agrees with the population in several margins at once.

    Iterative proportional fitting: every group of a margin gets a factor, margin after margin, until all agree. With
    `trim` no weight is larger than so many times the mean weight: weight = min(base × factors, cap), and the factors
    are such that the margins agree all the same, where that is possible.

    Parameters
    ----------
    frame : respondents in rows; any frame narwhals knows, never changed
    margins : column, or tuple of columns taken together -> its groups and their numbers, as in `poststratify`
    weight : column of the weights that the design gave; equal by default
    trim : largest weight, as a multiple of the mean weight; above 1
    rounds : how often all margins are adjusted at most

    Returns
    -------
    Weights : .attach(frame), .rows() the margins before and after, .converged, .effect

    Raises
    ------
    InputError : as in `poststratify`; or two margins add up to different populations
    AnswerError : a weight is missing, negative, infinite or a text
    SettingError : no margins, numbers below zero, or a trim of 1 or less

    References
    ----------
    Deming & Stephan (1940), Annals of Mathematical Statistics 11, 427-444. Deville, Särndal & Sautory (1993),
    Generalized raking procedures in survey sampling, Journal of the American Statistical Association 88, 1013-1020, for
    bounded weights. Kish (1992), Journal of Official Statistics 8, 183-200, for the design effect.

    Examples
    --------
    >>> import polars as pl
    >>> sample = pl.DataFrame({"sex": ["L", "L", "L", "P", "P"], "age": ["<40", "40+", "<40", "<40", "40+"]})
    >>> found = rake(sample, {"sex": {"L": 49, "P": 51}, "age": {"<40": 40, "40+": 60}})
    >>> found.converged, [round(each, 3) for each in found.margins[1].after]
    (True, [0.4, 0.6])
    """
    most = whole("rounds", rounds)
    if trim is not None and not (is_number(trim) and trim > 1):
        raise SettingError(N_("trim is a multiple of the mean weight and must be above 1, not {found}."), found=trim)
    wished = {(name,) if isinstance(name, str) else tuple(name): dict(each) for name, each in margins.items()}
    if not wished:
        raise SettingError(N_("There is no margin to weight by. Give at least one column with its population."))
    table = _counted(frame, list(dict.fromkeys(name for names in wished for name in names)), weight)
    fits = [_fit(table, names, population) for names, population in wished.items()]
    total = _total([fit.total for fit in fits], list(wished), table.n)
    cap = None if trim is None else trim * total / table.n
    done = 0
    miss = 1.0
    while done < most and miss > _NEAR:
        for fit in fits:
            fit.adjust(table, fits, total, cap)
        miss = max(fit.miss(table.weights(fits, cap)) for fit in fits)
        done += 1
    return _report(table, fits, weight, cap, (done, miss))


@dataclass
class _Table:
    """The distinct kinds of respondents: their labels, their base weight and how many there are of each."""

    labels: dict[str, list[Any]]
    base: Floats
    count: Floats

    @property
    def n(self) -> int:
        return int(self.count.sum())

    def weights(self, fits: list[_Fit], cap: float | None) -> Floats:
        """The weight of a respondent of each kind, times their number."""
        return self.count * self.each(fits, cap)

    def each(self, fits: list[_Fit], cap: float | None) -> Floats:
        """The weight of a respondent of each kind."""
        found = self.base * np.prod([fit.factor[fit.codes] for fit in fits], axis=0)
        return np.asarray(found if cap is None else np.minimum(found, cap), dtype=np.float64)


@dataclass
class _Fit:
    """One margin while it is fitted."""

    columns: tuple[str, ...]
    labels: tuple[tuple[Any, ...], ...]
    codes: NDArray[np.int64]
    target: Floats
    total: float
    factor: Floats

    def shares(self, weights: Floats) -> Floats:
        """The share of each group."""
        found = np.bincount(self.codes, weights, minlength=len(self.labels))
        return np.asarray(found / found.sum(), dtype=np.float64)

    def miss(self, weights: Floats) -> float:
        """The largest difference to the population."""
        return float(np.abs(self.shares(weights) - self.target).max())

    def adjust(self, table: _Table, fits: list[_Fit], total: float, cap: float | None) -> None:
        """Multiply the factors so that this margin agrees."""
        each = table.each(fits, None)
        if cap is None:
            sums = np.bincount(self.codes, table.count * each, minlength=len(self.labels))
            self.factor *= self.target * total / sums
        else:
            for place, wanted in enumerate(self.target * total):
                inside = (self.codes == place) & (each > 0)
                self.factor[place] *= _filling(each[inside], table.count[inside], wanted, cap)
        np.clip(self.factor, 1 / _WIDEST, _WIDEST, out=self.factor)  # they run away where no weights can agree


def _filling(each: Floats, count: Floats, wanted: float, cap: float) -> float:
    """The factor with which the weights add up to what is wanted, though none is above the cap."""
    order = np.argsort(-each)
    each, count = each[order], count[order]
    above = np.concatenate([[0.0], np.cumsum(count)])[:-1] * cap  # with the largest ones at the cap
    left = np.cumsum((each * count)[::-1])[::-1]
    factors = np.asarray((wanted - above) / left)
    fits = factors * each <= cap * (1 + 1e-12)
    if not fits.any():  # even with all of them at the cap they add up to less
        return float(cap / each[-1])
    return float(factors[np.argmax(fits)])


def _counted(data: Any, columns: list[str], weight: str | None) -> _Table:
    frame = opened(data, columns, [] if weight is None else [weight])
    chosen = frame.select(
        *[nw.col(name) for name in columns],
        *([] if weight is None else [number(weight).alias(_BASE)]),
    )
    keys = [*columns, *([] if weight is None else [_BASE])]
    found = computed(chosen.group_by(keys).agg(nw.len().alias(_COUNT)))
    count = np.asarray(found[_COUNT].to_numpy(), dtype=np.float64)
    if count.sum() < 1:
        raise InputError(N_("At least {least} rows are needed, there are {found}."), least=1, found=0)
    labels = {name: found[name].to_list() for name in columns}
    for name, cells in labels.items():
        empty = sum(int(times) for cell, times in zip(cells, count, strict=True) if frames.is_empty(cell))
        if empty:
            raise InputError(
                N_("The column {column} is empty for {count} people. Give each of them a group, or leave them out."),
                column=name,
                count=empty,
            )
    base = np.ones(len(count)) if weight is None else np.array([_weight(w, weight) for w in found[_BASE].to_list()])
    if not (base * count).sum() > 0:
        raise InputError(N_("The weights of the column {column} sum to zero."), column=weight)
    return _Table(labels, base, count)


def _weight(cell: Any, column: str) -> float:
    if frames.is_empty(cell) or not 0 <= cell < float("inf"):
        raise AnswerError(
            N_("The column {column} holds the weight «{value}»; weights are numbers, zero or above. Correct it."),
            column=column,
            value="" if frames.is_empty(cell) else str(cell),
        )
    return float(cell)


def _fit(table: _Table, columns: tuple[str, ...], population: dict[Any, float]) -> _Fit:
    known = {each if isinstance(each, tuple) else (each,): number for each, number in population.items()}
    for each, number_ in known.items():
        if not (isinstance(number_, Real) and not isinstance(number_, bool) and 0 < number_ < float("inf")):
            raise SettingError(
                N_("The population of {group} is {number}; give a number above zero, or leave the group out."),
                group=", ".join(map(label, each)),
                number=number_,
            )
    present = list(zip(*(table.labels[name] for name in columns), strict=True))
    _check_groups(table, columns, present, set(known))
    places = {each: place for place, each in enumerate(known)}
    numbers = np.array([float(number_) for number_ in known.values()])
    return _Fit(
        columns=columns,
        labels=tuple(known),
        codes=np.array([places[each] for each in present], dtype=np.int64),
        target=numbers / numbers.sum(),
        total=float(numbers.sum()),
        factor=np.ones(len(numbers)),
    )


def _check_groups(table: _Table, columns: tuple[str, ...], present: list[Any], known: set[Any]) -> None:
    weighted = {each for each, base in zip(present, table.base, strict=True) if base > 0}
    nobody = [", ".join(map(label, each)) for each in known if each not in weighted]
    if nobody:
        raise InputError(
            N_(
                "Nobody in the sample belongs to {groups} of {column}, and no weight can stand for them. Merge the "
                "group with a neighbouring one, in the sample and in the population."
            ),
            groups="; ".join(sorted(nobody)),
            column=" × ".join(columns),
        )
    stray = sorted({", ".join(map(label, each)) for each in present if each not in known})
    if stray:
        raise InputError(
            N_("The population of {column} does not say how many belong to {groups}. Give their number, too."),
            column=" × ".join(columns),
            groups="; ".join(stray),
        )


def _total(totals: list[float], columns: list[tuple[str, ...]], n: int) -> float:
    """What the weights add up to; margins that differ by more than rounding are about different populations."""
    shares = [abs(found - whole_) <= _SHARES * whole_ for found in totals for whole_ in (1.0, 100.0)]
    if sum(shares) == len(totals):
        return float(n)
    for names, found in zip(columns[1:], totals[1:], strict=True):
        if abs(found - totals[0]) > _SHARES * totals[0]:
            raise InputError(
                N_(
                    "The population adds up to {first} by {one} and to {second} by {other}. Give the same people in "
                    "both."
                ),
                first=f"{totals[0]:g}",
                one=" × ".join(columns[0]),
                second=f"{found:g}",
                other=" × ".join(names),
            )
    return totals[0]


def _report(table: _Table, fits: list[_Fit], base: str | None, cap: float | None, how: tuple[int, float]) -> Weights:
    before, each = table.count * table.base, table.each(fits, cap)
    after = table.count * each
    return Weights(
        n=table.n,
        margins=tuple(
            Margin(
                columns=fit.columns,
                labels=fit.labels,
                target=tuple(fit.target.tolist()),
                before=tuple(fit.shares(before).tolist()),
                after=tuple(fit.shares(after).tolist()),
                factor=tuple(fit.factor.tolist()),
            )
            for fit in fits
        ),
        base=base,
        total=float(after.sum()),
        cap=cap,
        capped=0 if cap is None else int(table.count[each >= cap * (1 - 1e-9)].sum()),
        effect=float(table.n * (after * each).sum() / after.sum() ** 2),
        largest=float(each.max() * table.n / after.sum()),
        rounds=how[0],
        converged=how[1] <= _NEAR,
        miss=how[1],
    )

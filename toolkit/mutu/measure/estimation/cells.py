"""A sample as sums: by stratum, cluster and group, made where the data lie.

Everything that Taylor linearisation needs follows from these sums, so that millions of rows never come into memory.
With y the value, x the denominator (1 for a mean, 0 where there is no answer), c about y ÷ x, and weight w, a row is
the vector v = w (y - c x, x, 1). Where people were drawn in clusters the sums of v by cluster are enough; where one by
one, also the sums of products of two and three of its parts. c is taken off before multiplying, so that no digits are
lost.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, permutations
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, AnswerError, InputError
from mutu.measure import frames
from mutu.measure.estimation.columns import Frame, computed, filled, number, opened
from mutu.measure.estimation.design import Design, check_lonely, fractions
from mutu.measure.estimation.weights import Weights
from mutu.measure.frames import Floats

Codes = NDArray[np.int64]


class Pair(NamedTuple):
    """What is estimated: the mean or total of a column, or the ratio of two."""

    top: str
    bottom: str | None = None

    @property
    def name(self) -> str:
        """What the result is called."""
        return self.top if self.bottom is None else f"{self.top} ÷ {self.bottom}"


@dataclass(frozen=True)
class Sums:
    """Sums of one pair, one row a cell.

    Attributes
    ----------
    centre : c
    people : people with a number
    first, second, third : sums of the parts of v, of their products, and of products of three; the last two None where
        people were drawn in clusters
    base : as `first`, with the weights before post-stratification; None without
    mixed : whether the denominator of a ratio has values above and below zero
    """

    centre: float
    people: Floats
    first: Floats
    second: Floats | None
    third: Floats | None
    base: Floats | None
    mixed: bool = False

    def only(self, places: Codes) -> Sums:
        """The sums of some cells."""
        parts = (self.first, self.second, self.third, self.base)
        first, second, third, base = (None if part is None else part[places] for part in parts)
        assert first is not None  # noqa: S101  it always is there
        return Sums(self.centre, self.people[places], first, second, third, base, self.mixed)


@dataclass(frozen=True)
class Cells:
    """A sample as sums.

    Attributes
    ----------
    sums : one a pair
    rows : people of each cell
    strata : labels of the strata; None for the only one
    sizes, share : clusters (or people) of each stratum in the sample, and the share of the population they are
    told : what the finite correction was told by: "sizes", "shares" or None
    cluster : number of each cell's cluster; None where people were drawn one by one
    stratum : number of each cluster's stratum, or of each cell's where there are no clusters
    groups : label of each cell's group
    margins : number of each cell's group in every margin of the weights
    """

    sums: tuple[Sums, ...]
    rows: Floats
    strata: tuple[Any, ...]
    sizes: Floats
    share: Floats
    told: str | None
    cluster: Codes | None
    stratum: Codes
    groups: tuple[Any, ...]
    margins: tuple[Codes, ...]

    def only(self, places: Codes) -> Cells:
        """Some cells, in the sample as it was drawn."""
        home = self.stratum[places] if self.cluster is None else self.stratum
        cluster = None if self.cluster is None else self.cluster[places]
        return replace(self, rows=self.rows[places], cluster=cluster, stratum=home, groups=())


def collect(
    data: Any, design: Design, pairs: Sequence[Pair], by: str | None, bounds: tuple[float, float] | None = None
) -> Cells:
    """The sums of a sample, whose values are checked to lie inside the bounds.

    Raises
    ------
    InputError : no frame, no such column, no number at all, an empty stratum or cluster, weights that sum to zero, a
        stratum of a single cluster, or a finite correction that does not fit
    AnswerError : a text, a value that is infinite or outside the bounds, or a weight that is missing or negative
    """
    values = [name for pair in pairs for name in pair if name is not None]
    names = [*design.names, *([] if by is None else [by])]
    frame = opened(data, names, [*values, *design.numbers])
    found = _scouted(frame, design, pairs)
    _check(found, data, design, _values(pairs))
    if bounds is not None:
        _check_bounds(found, _values(pairs), bounds)
    centres = [_centre(found[f"top {place}"], found[f"bottom {place}"]) for place in range(len(pairs))]
    keys = {"strata": design.strata, "cluster": design.cluster, "by": by}
    margins = design.weight.columns if isinstance(design.weight, Weights) else []
    used = {key: name for key, name in keys.items() if name is not None} | {f"margin {n}": n for n in margins}
    parts = 3 if margins else 2
    rows = _rows(frame, design, pairs, centres, used)
    degrees = 1 if design.cluster else 3
    for degree in range(2, degrees + 1):
        rows = rows.with_columns(*_products(len(pairs), parts, degree))
    summed = [*_summed(len(pairs), parts, degrees, bool(margins)), nw.len().alias("rows")]
    if isinstance(design.fpc, str):
        summed += [nw.col("fpc").min().alias("least"), nw.col("fpc").max().alias("most")]
    grouped = rows.group_by(list(used)).agg(*summed) if used else rows.select(*summed)
    cells = _cells(computed(grouped), design, centres, parts, used)
    together = zip(pairs, cells.sums, strict=True)
    return replace(cells, sums=tuple(replace(sums, mixed=_mixed(pair, found)) for pair, sums in together))


def _mixed(pair: Pair, found: dict[str, float]) -> bool:
    return pair.bottom is not None and found[f"low {pair.bottom}"] < 0 < found[f"high {pair.bottom}"]


def _weights(design: Design) -> tuple[nw.Expr | None, nw.Expr | None]:
    """The weight of each row, and the one before post-stratification; None where all are 1."""
    if isinstance(design.weight, Weights):
        base = None if design.weight.base is None else number(design.weight.base)
        return design.weight.expression(), base
    return (None, None) if design.weight is None else (number(design.weight), None)


def _scouted(frame: Frame, design: Design, pairs: Sequence[Pair]) -> dict[str, float]:
    """A first look at all numbers: what is wrong with them, and about which value each pair lies."""
    weight, _base = _weights(design)
    wanted = [nw.len().alias("rows")]
    frame = frame.with_columns((nw.lit(1.0) if weight is None else weight).alias("__weight"))
    each = nw.col("__weight")
    wanted += [each.is_null().sum().alias("none"), each.min().alias("least"), each.max().alias("most")]
    wanted.append(filled(each).sum().alias("weight"))
    for place, pair in enumerate(pairs):
        top, bottom = _parts(pair)
        wanted += [(each * top).sum().alias(f"top {place}"), (each * bottom).sum().alias(f"bottom {place}")]
    for name in _values(pairs):
        wanted += [number(name).min().alias(f"low {name}"), number(name).max().alias(f"high {name}")]
    found = computed(frame.select(*wanted)).to_dict(as_series=False)
    return {key: _float(cells[0]) for key, cells in found.items()}


def _values(pairs: Iterable[Pair]) -> list[str]:
    return list(dict.fromkeys(name for pair in pairs for name in pair if name is not None))


def _float(cell: Any) -> float:
    return float("nan") if frames.is_empty(cell) else float(cell)


def _centre(top: float, bottom: float) -> float:
    return top / bottom if bottom else 0.0


def _parts(pair: Pair) -> tuple[nw.Expr, nw.Expr]:
    """Value and denominator of each row, both zero where one is missing."""
    top = number(pair.top)
    if pair.bottom is None:
        return filled(top), nw.when(~top.is_null()).then(nw.lit(1.0)).otherwise(0.0)
    bottom = number(pair.bottom)
    both = ~(top.is_null() | bottom.is_null())
    return nw.when(both).then(top).otherwise(0.0), nw.when(both).then(bottom).otherwise(0.0)


def _present(pair: Pair) -> nw.Expr:
    found = ~number(pair.top).is_null()
    return found if pair.bottom is None else found & ~number(pair.bottom).is_null()


def _check(found: dict[str, float], data: Any, design: Design, values: Sequence[str]) -> None:
    if found["rows"] < 2:
        raise InputError(N_("At least {least} rows are needed, there are {found}."), least=2, found=int(found["rows"]))
    for name in values:
        if np.isnan(found[f"low {name}"]):
            raise InputError(
                N_("The column {column} holds no number at all. Leave it out, or fill it in."), column=name
            )
        if not np.isfinite([found[f"low {name}"], found[f"high {name}"]]).all():
            if isinstance(frames.scan(data, [name]), nw.DataFrame):
                frames.matrix(data, [name])  # says in which row
            raise AnswerError(
                N_("The column {column} holds an infinite value. Correct it or leave it empty."), column=name
            )
    if design.weight is None:
        return
    name = design.weight if isinstance(design.weight, str) else " × ".join(design.weight.columns)
    if found["none"] or found["least"] < 0 or not np.isfinite(found["most"]):
        raise AnswerError(
            N_("Weights are numbers, zero or above, for everybody; those by {column} are not. Correct them."),
            column=name,
        )
    if not found["weight"] > 0:
        raise InputError(N_("The weights of the column {column} sum to zero."), column=name)


def _check_bounds(found: dict[str, float], values: Sequence[str], bounds: tuple[float, float]) -> None:
    low, high = bounds
    for name in values:
        for value in (found[f"low {name}"], found[f"high {name}"]):
            if not low <= value <= high:
                raise AnswerError(
                    N_("The column {column} holds {value}, outside the bounds {low} to {high}. Correct one of them."),
                    column=name,
                    value=f"{value:g}",
                    low=f"{low:g}",
                    high=f"{high:g}",
                )


def _rows(frame: Frame, design: Design, pairs: Sequence[Pair], centres: Sequence[float], used: dict[str, str]) -> Frame:
    """Each row's keys and the parts of its vector: "0 1" is the second part of the first pair."""
    weight, base = _weights(design)
    wanted = [nw.col(name).alias(key) for key, name in used.items()]
    if isinstance(design.fpc, str):
        wanted.append(number(design.fpc).alias("fpc"))
    for place, (pair, centre) in enumerate(zip(pairs, centres, strict=True)):
        top, bottom = _parts(pair)
        vector = [top - centre * bottom, bottom, nw.lit(1.0)]
        for part, value in enumerate(vector if isinstance(design.weight, Weights) else vector[:2]):
            wanted.append((value if weight is None else value * weight).alias(f"{place} {part}"))
            if isinstance(design.weight, Weights):
                wanted.append((value if base is None else value * base).alias(f"base {place} {part}"))
        wanted.append(nw.when(_present(pair)).then(nw.lit(1.0)).otherwise(0.0).alias(f"people {place}"))
    return frame.select(*wanted)


def _names(place: int, parts: int, degree: int) -> list[str]:
    return [f"{place} {''.join(map(str, each))}" for each in combinations_with_replacement(range(parts), degree)]


def _products(pairs: int, parts: int, degree: int) -> list[nw.Expr]:
    """The products of one degree, from those of one less."""
    return [
        (nw.col(name[:-1]) * nw.col(f"{place} {name[-1]}")).alias(name)
        for place in range(pairs)
        for name in _names(place, parts, degree)
    ]


def _summed(pairs: int, parts: int, degrees: int, base: bool) -> list[nw.Expr]:
    wanted = [
        name for place in range(pairs) for degree in range(1, degrees + 1) for name in _names(place, parts, degree)
    ]
    wanted += [f"people {place}" for place in range(pairs)]
    if base:
        wanted += [f"base {place} {part}" for place in range(pairs) for part in range(parts)]
    return [nw.col(name).sum() for name in wanted]


def _cells(
    found: nw.DataFrame[Any], design: Design, centres: Sequence[float], parts: int, used: dict[str, str]
) -> Cells:
    rows = _column(found, "rows")
    labels = {key: found[key].to_list() for key in used}
    for key in ("strata", "cluster"):
        _check_filled(used.get(key, ""), labels.get(key, []), rows)
    strata, stratum = _coded(labels.get("strata", [None] * len(rows)))
    cluster = None
    home = stratum
    if "cluster" in labels:
        known, cluster = _coded(zip(stratum.tolist(), labels["cluster"], strict=True))
        home = np.array([place for place, _label in known], dtype=np.int64)
    sizes = np.bincount(home, weights=rows if cluster is None else None, minlength=len(strata)).astype(np.float64)
    given = _given(found, stratum, strata) if isinstance(design.fpc, str) else None
    share, told = fractions(design.fpc, strata, sizes, given)
    check_lonely(design.lonely, design.cluster, strata, sizes, share)
    return Cells(
        sums=tuple(_sums(found, place, centre, parts) for place, centre in enumerate(centres)),
        rows=rows,
        strata=strata,
        sizes=sizes,
        share=share,
        told=told,
        cluster=cluster,
        stratum=home,
        groups=tuple(labels.get("by", [None] * len(rows))),
        margins=_margins(design, labels),
    )


def _column(found: nw.DataFrame[Any], name: str) -> Floats:
    return np.asarray(found[name].to_numpy(), dtype=np.float64)


def _coded(labels: Iterable[Hashable]) -> tuple[tuple[Any, ...], Codes]:
    known: dict[Any, int] = {}
    codes = np.array([known.setdefault(each, len(known)) for each in labels], dtype=np.int64)
    return tuple(known), codes


def _check_filled(name: str, labels: Sequence[Any], rows: Floats) -> None:
    empty = sum(int(count) for each, count in zip(labels, rows, strict=False) if frames.is_empty(each))
    if empty:
        raise InputError(
            N_("The column {column} is empty for {count} people. Give each of them a group, or leave them out."),
            column=name,
            count=empty,
        )


def _given(found: nw.DataFrame[Any], stratum: Codes, strata: Sequence[Any]) -> Floats:
    """The finite correction of each stratum, from a column that says the same for everybody in it."""
    low, high = np.full(len(strata), np.inf), np.full(len(strata), -np.inf)
    np.minimum.at(low, stratum, _column(found, "least"))
    np.maximum.at(high, stratum, _column(found, "most"))
    for name, one, other in zip(strata, low, high, strict=True):
        if one != other:
            raise InputError(
                N_(
                    "The finite correction of stratum {stratum} is {one} for some and {other} for others. Give one "
                    "number for each stratum."
                ),
                stratum="1" if name is None else str(name),
                one=f"{one:g}",
                other=f"{other:g}",
            )
    return low


def _margins(design: Design, labels: dict[str, list[Any]]) -> tuple[Codes, ...]:
    if not isinstance(design.weight, Weights):
        return ()
    return tuple(
        _coded(zip(*(labels[f"margin {name}"] for name in margin.columns), strict=True))[1]
        for margin in design.weight.margins
    )


def _sums(found: nw.DataFrame[Any], place: int, centre: float, parts: int) -> Sums:
    names = set(found.columns)
    tensors = [_tensor(found, place, parts, degree) for degree in (1, 2, 3) if _names(place, parts, degree)[0] in names]
    whole = len(tensors) == 3
    base = [f"base {place} {part}" for part in range(parts)]
    return Sums(
        centre=centre,
        people=_column(found, f"people {place}"),
        first=tensors[0],
        second=tensors[1] if whole else None,
        third=tensors[2] if whole else None,
        base=np.column_stack([_column(found, name) for name in base]) if base[0] in names else None,
    )


def _tensor(found: nw.DataFrame[Any], place: int, parts: int, degree: int) -> Floats:
    """The sums of one degree, cells × parts × parts …, the same for every order of the parts."""
    table = np.empty((len(found), *[parts] * degree))
    for each in combinations_with_replacement(range(parts), degree):
        values = _column(found, f"{place} {''.join(map(str, each))}")
        for order in set(permutations(each)):
            place_of: tuple[Any, ...] = (slice(None), *order)
            table[place_of] = values
    return table

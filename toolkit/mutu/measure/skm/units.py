"""The index of every unit of a large frame, computed where the frame lies: millions of respondents, one row a unit.

Two passes: sums and counts of each question by unit, then what each respondent moves the unit's index by (see
`estimate`), squared and cubed. The frame stays where it is; what comes into memory is a row a unit.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from functools import reduce
from operator import add, or_
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from mutu import regulations
from mutu.errors import N_, AnswerError, InputError, ScaleError
from mutu.measure.skm.answers import check_scale, frame_of, questions_of
from mutu.measure.skm.roll_up import Units, UnitsResult
from mutu.regulations import Skm

Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]
_N, _SQUARES, _CUBES, _MOVED = "__n", "__squares", "__cubes", "__moved"
_NEAR = 1e-6  # hundredths of the index within which a float might be rounded to the other side


def units(
    frame: Any,
    unit: str,
    *,
    scale: tuple[int, int] = (1, 4),
    min_group: int | None = None,
    regulation: Skm | None = None,
) -> UnitsResult:
    """Index, interval and grade of every unit, and of the agency they form.

    The same numbers as `score` gives for each unit alone, with exact weights (one divided by the elements that the
    unit asked), without reading the frame into memory: use it for a regency, a ministry, the country.

    Parameters
    ----------
    frame : respondents in rows; columns as `score` takes them, and the unit. Any frame narwhals knows
    unit : the column that names the unit
    scale, min_group, regulation : as for `score`

    Returns
    -------
    UnitsResult : one entry a unit in the order of their names, and .agency

    Raises
    ------
    InputError : no such column, a column that is no element, no answers, or a respondent without a unit
    ScaleError, AnswerError : an answer outside the scale, or no whole number; names the column and the unit

    Examples
    --------
    >>> import polars as pl
    >>> found = units(
    ...     pl.DataFrame({"unit": ["a", "a", "b", "b", "b"], "U1": [4, 3, 4, 4, 3], "U2": [3, 3, 4, 3, 3]}), "unit"
    ... )
    >>> found.names, found.n.tolist(), found.agency.mean_of_units.n
    (('a', 'b'), [2, 3], 5)
    """
    rule = regulation or regulations.skm()
    least = regulations.publication().least_group(min_group)
    check_scale(scale)
    whole = frame_of(frame)
    names = whole.collect_schema().names()
    unit = str(unit)  # pandas numbers a column that has no name
    if unit not in names:
        raise InputError(
            N_("There is no column «{column}» with the units; the columns are {present}."),
            column=unit,
            present=", ".join(names),
        )
    columns = [name for name in names if name != unit]
    questions = {kode: [columns[q] for q in places] for kode, places in questions_of(columns, rule.kodes).items()}
    answers = _numbers(whole, unit, columns)
    _check_answers(answers, unit, columns, scale)
    found = _computed(answers, unit, questions, scale, rule)
    _check_found(found, unit, columns)
    return UnitsResult(_as_units(found, unit, questions, scale, rule), rule, scale, least)


def _numbers(frame: Frame, unit: str, columns: list[str]) -> Frame:
    """The columns wanted, with NaN as missing."""
    schema = frame.collect_schema()
    for name in columns:
        if not schema[name].is_numeric():
            raise AnswerError(
                N_("The column {column} holds text; read the file with mutu.responses.read first."), column=name
            )
    cleaned = [nw.col(name).fill_nan(None) if schema[name].is_float() else nw.col(name) for name in columns]
    return frame.select(nw.col(unit), *cleaned)


def _computed(
    frame: Frame, unit: str, questions: dict[str, list[str]], scale: tuple[int, int], rule: Skm
) -> nw.DataFrame[Any]:
    """A row a unit: sums, counts, n, and the squares and cubes of what moves the index."""
    columns = [column for asked in questions.values() for column in asked]
    sums = (
        frame.with_columns(reduce(or_, (~nw.col(c).is_null() for c in columns)).cast(nw.Int64).alias(_N))
        .group_by(unit)
        .agg(
            *(nw.col(c).sum().alias(f"s_{c}") for c in columns),
            *(nw.col(c).count().alias(f"n_{c}") for c in columns),
            nw.col(_N).sum(),
        )
    )
    held = _collected(sums)
    moves = _beside(held.select(unit, *_moves(questions, scale, rule)), frame)
    moved = reduce(add, (((nw.col(c) - nw.col(f"m_{c}")) * nw.col(f"w_{c}")).fill_null(0.0) for c in columns))
    spread = (
        frame.lazy()
        .join(moves, on=unit, how="inner")
        .select(unit, moved.alias(_MOVED))
        .select(unit, nw.col(_MOVED), (nw.col(_MOVED) * nw.col(_MOVED)).alias(_SQUARES))
        .select(unit, nw.col(_SQUARES), (nw.col(_MOVED) * nw.col(_SQUARES)).alias(_CUBES))
        .group_by(unit)
        .agg(nw.col(_SQUARES).sum(), nw.col(_CUBES).sum())
    )
    return held.join(_collected(spread), on=unit, how="left")


def _beside(moves: nw.DataFrame[Any], frame: Frame) -> nw.LazyFrame[Any]:
    """A small frame as a lazy one that can be joined to the large one."""
    if frame.implementation.is_duckdb():
        moves_of_units = moves.to_arrow()  # noqa: F841  duckdb finds it by its name
        try:
            beside: nw.LazyFrame[Any] = nw.from_native(
                nw.to_native(frame).query("survey", "SELECT * FROM moves_of_units")
            )
        except sys.modules["duckdb"].Error:
            raise InputError(
                N_("This duckdb connection may not read Python's frames; allow it with python_enable_replacements.")
            ) from None
        return beside
    if frame.implementation.is_dask():
        return moves.lazy(backend="dask")
    return moves.lazy()


def _check_answers(frame: Frame, unit: str, columns: list[str], scale: tuple[int, int]) -> None:
    """Refuse a wrong answer; files answer both questions from what they note of each column, without being read."""
    floats = [column for column in columns if frame.collect_schema()[column].is_float()]
    if frame.implementation.is_duckdb() and not floats:
        ends = _collected(
            frame.select(*(nw.col(c).min().alias(f"l_{c}") for c in columns), *(nw.col(c).max() for c in columns))
        )
        if all(value is None or scale[0] <= value <= scale[1] for value in ends.row(0)):
            return
    for column in _suspects(frame, columns, scale):
        rows = _collected(frame.filter(_wrong(column, scale, column in floats)).select(unit, column).head(1))
        if len(rows):
            _refuse(column, rows[unit].to_list()[0], rows[column].to_list()[0], scale)


def _suspects(frame: Frame, columns: list[str], scale: tuple[int, int]) -> list[str]:
    """The columns, if any answer in them is wrong."""
    schema = frame.collect_schema()
    wrong = reduce(or_, (_wrong(column, scale, schema[column].is_float()) for column in columns))
    return columns if len(_collected(frame.filter(wrong).select(columns).head(1))) else []


def _wrong(column: str, scale: tuple[int, int], fraction: bool) -> nw.Expr:
    """Whether an answer lies outside the scale or, where the type allows it, is no whole number; never for none."""
    answer = nw.col(column)
    outside = (answer < scale[0]) | (answer > scale[1])
    return outside | ((answer - answer.round(0)).abs() > 0) if fraction else outside


def _moves(questions: dict[str, list[str]], scale: tuple[int, int], rule: Skm) -> list[nw.Expr]:
    """Mean of each question, and by how much one answer moves the index of the unit."""
    points = rule.multiplier * 3 / (scale[1] - scale[0])
    answered = {kode: reduce(add, (_asked(c) for c in columns)) for kode, columns in questions.items()}
    elements = reduce(add, ((count > 0).cast(nw.Float64) for count in answered.values()))
    means, weights = [], []
    for kode, columns in questions.items():
        for column in columns:
            n = nw.col(f"n_{column}").cast(nw.Float64)
            means.append((nw.col(f"s_{column}").cast(nw.Float64) / n).alias(f"m_{column}"))
            weights.append((points / (elements * answered[kode] * n)).alias(f"w_{column}"))
    return [*means, *weights]


def _asked(column: str) -> nw.Expr:
    return (nw.col(f"n_{column}") > 0).cast(nw.Float64)


def _collected(frame: Frame) -> nw.DataFrame[Any]:
    if isinstance(frame, nw.DataFrame):
        return frame
    return frame.collect(engine="streaming") if frame.implementation.is_polars() else frame.collect()


def _check_found(found: nw.DataFrame[Any], unit: str, columns: list[str]) -> None:
    if not found[_N].sum():
        raise InputError(N_("There is not a single answer in the columns {columns}."), columns=", ".join(columns))
    if found[unit].is_null().any():
        raise InputError(
            N_("Some respondents have no unit in the column «{column}». Fill it in, or leave them out."), column=unit
        )


def _refuse(column: str, unit: Any, value: Any, scale: tuple[int, int]) -> None:
    details = {"column": column, "unit": str(unit), "value": f"{value:g}"}
    if scale[0] <= value <= scale[1]:
        raise AnswerError(
            N_("The column {column} holds {value} in unit «{unit}», which is not a whole number. Correct it."),
            **details,
        )
    raise ScaleError(
        N_(
            "The column {column} holds {value} in unit «{unit}», outside {low} to {high}. Correct it, or name the "
            "scale that the survey used."
        ),
        low=scale[0],
        high=scale[1],
        **details,
    )


def _as_units(
    found: nw.DataFrame[Any], unit: str, questions: dict[str, list[str]], scale: tuple[int, int], rule: Skm
) -> Units:
    found = _by_name(found.filter(nw.col(_N) > 0), unit)
    columns = [column for asked in questions.values() for column in asked]
    sums = np.column_stack([_whole(found[f"s_{c}"]) for c in columns])
    counts = np.column_stack([_whole(found[f"n_{c}"]) for c in columns])
    places = iter(range(len(columns)))
    asked = {kode: [next(places) for _ in names] for kode, names in questions.items()}
    ikm = _indices(sums, counts, list(asked.values()), scale, rule)
    n = _whole(found[_N])
    return Units(
        names=tuple(str(name) for name in found[unit].to_list()),
        n=n,
        ikm=ikm,
        rounded=_rounded(ikm, lambda row: _exact(sums[row], counts[row], list(asked.values()), scale, rule)),
        squares=found[_SQUARES].to_numpy().astype(np.float64),
        cubes=found[_CUBES].to_numpy().astype(np.float64),
        freedom=np.maximum(n - 1, 1).astype(np.float64),
    )


def _by_name(found: nw.DataFrame[Any], unit: str) -> nw.DataFrame[Any]:
    """The units in the order of their names, numbers by size; categories of a frame may have an order of their own."""
    names = found[unit].to_list()
    numbers = all(isinstance(name, int | float) for name in names)
    rows = sorted(range(len(names)), key=lambda row: names[row] if numbers else str(names[row]))
    return found[rows]


def _whole(series: nw.Series[Any]) -> NDArray[np.int64]:
    return np.asarray(series.fill_null(0).cast(nw.Int64).to_numpy(), dtype=np.int64)


def _indices(
    sums: NDArray[np.int64], counts: NDArray[np.int64], asked: list[list[int]], scale: tuple[int, int], rule: Skm
) -> NDArray[np.float64]:
    """The index of each unit as a float."""
    means = sums / np.maximum(counts, 1)
    total, elements = np.zeros(len(sums)), np.zeros(len(sums))
    for places in asked:
        answered = (counts[:, places] > 0).sum(axis=1)
        total += means[:, places].sum(axis=1) / np.maximum(answered, 1)
        elements += answered > 0
    mean = total / elements
    return np.asarray(rule.multiplier * (1 + 3 * (mean - scale[0]) / (scale[1] - scale[0])))


def _exact(
    sums: NDArray[np.int64], counts: NDArray[np.int64], asked: list[list[int]], scale: tuple[int, int], rule: Skm
) -> Fraction:
    """The index of one unit, exactly."""
    means = []
    for places in asked:
        each = [Fraction(int(sums[q]), int(counts[q])) for q in places if counts[q]]
        if each:
            means.append(sum(each, Fraction(0)) / len(each))
    mean = sum(means, Fraction(0)) / len(means)
    return rule.multiplier * (1 + 3 * (mean - scale[0]) / (scale[1] - scale[0]))


def _rounded(ikm: NDArray[np.float64], exact: Any) -> NDArray[np.float64]:
    """Two decimals, half up, as the exact fraction would be rounded."""
    from mutu.locale.numbers import half_up

    hundredths = np.floor(ikm * 100 + 0.5)
    for row in np.flatnonzero(np.abs(ikm * 100 + 0.5 - np.rint(ikm * 100 + 0.5)) < _NEAR):
        hundredths[row] = float(half_up(exact(row), 2) * 100)
    return hundredths / 100

"""Columns of a frame as expressions of numbers, so that sums are made where the data lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import narwhals as nw
import numpy as np

from mutu.errors import N_, AnswerError
from mutu.measure import frames

Frame: TypeAlias = nw.DataFrame[Any] | nw.LazyFrame[Any]


def opened(data: Any, names: Sequence[str], numbers: Sequence[str]) -> Frame:
    """The frame, not computed, with the columns checked to be there and those of `numbers` to hold numbers.

    Columns of yes and no count as numbers, so that their mean is a share.

    Raises
    ------
    InputError : no frame, no such column, or a name twice
    AnswerError : a column holds something else than numbers; names the row where the frame is in memory
    """
    frame = frames.scan(data, list(dict.fromkeys([*names, *numbers])))
    schema = frame.collect_schema()
    for name in dict.fromkeys(numbers):
        if schema[name].is_numeric() or schema[name] == nw.Boolean:
            continue
        if isinstance(frame, nw.LazyFrame):
            raise AnswerError(
                N_("The column {column} is of the type {kind}; numbers are needed here. Convert it."),
                column=name,
                kind=schema[name],
            )
        found = _shares(frame[name].to_list())
        if found is None:
            found = frames.matrix(data, [name], least_rows=1).values[:, 0]
        frame = frame.with_columns(nw.new_series(name, found, nw.Float64, backend=frame.implementation))
    if isinstance(frame, nw.DataFrame) and frame.implementation.is_polars():
        return frame.lazy()  # its streaming engine needs no table of products
    return frame


def _shares(cells: list[Any]) -> frames.Floats | None:
    """Cells of true, false and nothing as 1, 0 and NaN; None where there is anything else, or nothing at all."""
    empty = [frames.is_empty(cell) for cell in cells]
    if all(empty) or not all(isinstance(cell, bool) for cell, none in zip(cells, empty, strict=True) if not none):
        return None
    return np.array([np.nan if none else float(cell) for cell, none in zip(cells, empty, strict=True)])


def are_flags(data: Any, names: Sequence[str]) -> bool:
    """Whether all these columns are of true and false."""
    schema = frames.scan(data, names).collect_schema()
    return all(schema[name] == nw.Boolean for name in names)


def number(name: str) -> nw.Expr:
    """A column as floats, null where there is no number."""
    raw = nw.col(name).cast(nw.Float64)
    return nw.when(~(raw.is_null() | raw.is_nan())).then(raw)


def filled(value: nw.Expr) -> nw.Expr:
    """The numbers, zero where there is none."""
    return nw.when(~value.is_null()).then(value).otherwise(0.0)


def computed(frame: Frame) -> nw.DataFrame[Any]:
    """The frame in memory; polars computes it in pieces."""
    if not isinstance(frame, nw.LazyFrame):
        return frame
    return frame.collect(engine="streaming") if frame.implementation.is_polars() else frame.collect()


def in_order(value: Any) -> tuple[bool, float, str]:
    """Sort key of labels: numbers by size, before texts."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return not is_number, float(value) if is_number else 0.0, str(value)

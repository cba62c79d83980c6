"""Frames and arrays of any kind as checked numbers: what every measure but the index of a survey reads its data with.

A frame is whatever narwhals knows (pandas, polars eager and lazy, pyarrow, duckdb, dask …); it is never changed, and of
a lazy one only the columns asked for are computed. Whatever is wrong is said with the column and the row, counted from
1, before any arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any

import narwhals as nw
import numpy as np
from narwhals.exceptions import DuplicateError
from numpy.typing import NDArray

from mutu.errors import N_, AnswerError, InputError

Floats = NDArray[np.float64]
_LARGEST = 1e100  # so that squares, and sums of them, stay finite


@dataclass(frozen=True)
class Matrix:
    """Checked numbers of a frame.

    Attributes
    ----------
    names : names of the columns; of an array "1", "2" …
    values : rows × columns, NaN where there is no number; never infinite
    """

    names: tuple[str, ...]
    values: Floats

    @property
    def complete(self) -> Floats:
        """The rows without a gap."""
        return self.values[~np.isnan(self.values).any(axis=1)]


def matrix(data: Any, columns: Sequence[str] | None = None, *, least_rows: int = 2, least_columns: int = 1) -> Matrix:
    """The numbers of a frame or of a two-dimensional array.

    Parameters
    ----------
    data : frame, or array of shape (rows, columns)
    columns : the columns to take; all by default
    least_rows, least_columns : how many of each the measure needs

    Raises
    ------
    InputError : no frame, no such column, a name twice, too few rows or columns, or a column without a number
    AnswerError : a cell is no number, or infinite; names column and row
    """
    found = _array(data) if isinstance(data, np.ndarray | list | tuple) else _frame(data, columns)
    _check_size(found, least_rows, least_columns)
    _check_cells(found)
    return found


def vector(data: Any, name: str, *, least: int = 1) -> Floats:
    """The numbers of a one-dimensional array, a series or a frame of one column, checked as in `matrix`.

    `name` is what messages call it.
    """
    if _is_numeric(data, 1):
        found = Matrix((name,), data.astype(np.float64).reshape(-1, 1))
    else:
        found = Matrix((name,), _numbers(cells(data), name).reshape(-1, 1))
    _check_size(found, least, 1)
    _check_cells(found)
    return found.values[:, 0]


def flags(data: Any, name: str) -> NDArray[np.bool_]:
    """The answers yes or no (True, False, 1, 0) of a one-dimensional array, a series or a frame of one column.

    Raises
    ------
    AnswerError : a cell is empty or something else; names the row
    """
    found = cells(data)
    for row, cell in enumerate(found, 1):
        if is_empty(cell) or not (isinstance(cell, Real | np.bool_) and cell in (0, 1)):
            raise AnswerError(
                N_("The column {column} holds «{value}» in row {row}, but must say yes or no (1 or 0). Correct it."),
                column=name,
                value=str(cell)[:60],
                row=row,
            )
    return np.array(found, dtype=np.bool_)


def cells(data: Any) -> list[Any]:
    """The cells of a one-dimensional array, a series, an index or a frame of one column.

    Raises
    ------
    InputError : a frame of several columns, or an array of two dimensions with several columns
    """
    if isinstance(series := nw.from_native(data, series_only=True, pass_through=True), nw.Series):
        return [_plain(cell) for cell in series.to_list()]
    if _is_line(data):
        _one_column(getattr(data, "nlevels", 1))
        return [_plain(cell) for cell in data]
    if not isinstance(data, np.ndarray | list | tuple):
        frame = _native(data)
        names = frame.collect_schema().names()
        _one_column(len(names))
        return [_plain(cell) for cell in _select(frame, names)[names[0]].to_list()]
    array = np.asarray(data, dtype=None if isinstance(data, np.ndarray) else object)
    _one_column(int(np.prod(array.shape[1:])))
    if array.dtype.kind == "M":  # nanoseconds would become whole numbers, microseconds become points in time
        array = array.astype("datetime64[us]")
    return [_plain(cell) for cell in array.astype(object).ravel()]


def _is_line(data: Any) -> bool:
    """An index, a range of dates or periods, or a categorical of pandas: one column that is no series."""
    return (
        not isinstance(data, np.ndarray | list | tuple) and getattr(data, "ndim", None) == 1 and hasattr(data, "take")
    )


def _one_column(found: int) -> None:
    if found != 1:
        raise InputError(N_("One column is needed here, there are {found}. Select the one that is meant."), found=found)


def labels(data: Any, name: str) -> list[Any]:
    """One column's cells as they are, None where there is nothing.

    Raises
    ------
    InputError : no frame, or no such column
    """
    return next(iter(table(data, [name]).values()))


def table(data: Any, columns: Sequence[str] | None = None) -> dict[str, list[Any]]:
    """Columns of a frame, or of a two-dimensional array, as they are: name -> cells, None where there is nothing.

    Raises
    ------
    InputError : no frame, no such column, or an array of another form
    """
    if isinstance(data, np.ndarray | list | tuple):
        found = _cells(data)
        return {str(place): [_cell(cell) for cell in line] for place, line in enumerate(found.T, 1)}
    frame = _native(data)
    names = chosen(columns) if columns is not None else frame.collect_schema().names()
    eager = _select(frame, names)
    return {name: [_cell(cell) for cell in eager[name].to_list()] for name in names}


def label(cell: Any) -> str:
    """A group's label as text, without spaces around it; 1.0 is "1", as a column of numbers with a gap holds it."""
    found = _plain(cell)
    return str(int(found)) if isinstance(found, float) and found.is_integer() else str(found).strip()


def texts(found: Sequence[Any]) -> list[str | None]:
    """The cells as labels of groups; None where there is nothing, or only spaces."""
    return [None if is_empty(cell) else label(cell) or None for cell in found]


def _cell(cell: Any) -> Any:
    return None if is_empty(cell) else _plain(cell)


def _plain(cell: Any) -> Any:
    """A cell of a decimal column, as sums and literals of databases are, as a number like all others.

    A time stamp of NumPy becomes a point in time.
    """
    if isinstance(cell, np.datetime64):
        return cell.astype("datetime64[us]").item()
    if not isinstance(cell, Decimal) or not cell.is_finite():
        return cell
    return int(cell) if cell == cell.to_integral_value() else float(cell)


def is_empty(cell: Any) -> bool:
    """None, NaN, NaT and the missing marks of the frames, none of which equals itself."""
    if cell is None:
        return True
    try:
        return bool(cell != cell)
    except TypeError:  # pandas.NA refuses to be true or false
        return True


def scan(data: Any, columns: Sequence[str]) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    """A frame as narwhals sees it, not computed and not changed, with the columns checked to be there.

    For measures that sum where the data lie; all others take `matrix`, `vector` or `table`.

    Raises
    ------
    InputError : no frame, no such column, or a name twice
    """
    frame = _native(data)
    present = frame.collect_schema().names()
    for name in chosen(columns):
        if name not in present:
            raise InputError(
                N_("There is no column «{column}»; the columns are {present}."),
                column=name,
                present=", ".join(present),
            )
    return frame


def _native(data: Any) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    try:
        frame: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(data)
    except TypeError:
        raise InputError(
            N_("The data must be a data frame (pandas, polars, pyarrow, duckdb …) or an array, not {kind}."),
            kind=type(data).__name__,
        ) from None
    except DuplicateError as error:
        raise InputError(
            N_("A column name appears twice; give every column a name of its own ({detail})."),
            detail=" ".join(str(error).split()),
        ) from None
    return with_names(frame)


def chosen(columns: Any) -> list[str]:
    """Names of columns as texts: one name, a number as pandas gives to columns without a name, or several of them."""
    given = [columns] if isinstance(columns, str | int | np.integer) else columns
    return [str(name) for name in given]


def with_names(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    """The frame with numbers of columns, as pandas gives them, as texts; the data stay what they are.

    Raises
    ------
    InputError : names of several levels, or a name twice
    """
    present: list[Any] = frame.collect_schema().names()
    if all(isinstance(name, str) for name in present):
        return frame
    if any(isinstance(name, tuple) for name in present):
        raise InputError(
            N_("The columns have names of several levels, such as {name}. Give each column one name."),
            name=" / ".join(map(str, next(name for name in present if isinstance(name, tuple)))),
        )
    texts_of = chosen(present)
    if len(set(texts_of)) < len(texts_of):
        raise InputError(
            N_("A column name appears twice; give every column a name of its own ({detail})."),
            detail=next(name for name in texts_of if texts_of.count(name) > 1),
        )
    return frame.rename(dict(zip(present, texts_of, strict=True)))


def _select(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], names: Sequence[str]) -> nw.DataFrame[Any]:
    taken = scan(frame, names).select(list(names))
    return taken.collect() if isinstance(taken, nw.LazyFrame) else taken


def _frame(data: Any, columns: Sequence[str] | None) -> Matrix:
    frame = _native(data)
    names = tuple(chosen(columns) if columns is not None else frame.collect_schema().names())
    eager = _select(frame, names)
    values = np.empty((len(eager), len(names)))
    for place, name in enumerate(names):
        values[:, place] = _floats(eager[name], name)
    return Matrix(names, values)


def _floats(series: nw.Series[Any], name: str) -> Floats:
    if series.dtype.is_numeric() or series.dtype == nw.Boolean:  # true counts as 1, so that a mean is a share
        return np.asarray(series.cast(nw.Float64).to_numpy(), dtype=np.float64)
    return _numbers(series.to_list(), name)


def _cells(data: Any) -> NDArray[np.object_]:
    cells = np.asarray(data, dtype=object)
    if cells.ndim != 2:
        raise InputError(
            N_("An array of data needs two dimensions, rows and columns; this one has {found}."), found=cells.ndim
        )
    return cells


def _is_numeric(data: Any, dimensions: int) -> bool:
    """An array of numbers, which needs no look at each cell."""
    return isinstance(data, np.ndarray) and data.dtype.kind in "iuf" and data.ndim == dimensions


def _array(data: Any) -> Matrix:
    if _is_numeric(data, 2):
        return Matrix(tuple(str(place) for place in range(1, data.shape[1] + 1)), data.astype(np.float64))
    cells = _cells(data)
    names = tuple(str(place) for place in range(1, cells.shape[1] + 1))
    values = np.empty(cells.shape, dtype=np.float64)
    for place, name in enumerate(names):
        values[:, place] = _numbers(cells[:, place].tolist(), name)
    return Matrix(names, values)


def _numbers(cells: Sequence[Any], name: str) -> Floats:
    wrong = [row for row, cell in enumerate(cells) if not (is_empty(cell) or _is_number(cell))]
    if not wrong:
        return np.array([np.nan if is_empty(cell) else float(cell) for cell in cells], dtype=np.float64)
    # one word among numbers makes a whole column of texts: it is the word that is wrong
    row = next((row for row in wrong if not _reads_as_number(cells[row])), None)
    if row is None:
        raise AnswerError(
            N_("The column {column} holds numbers as texts, «{value}» in row {row}. Convert it to numbers."),
            column=name,
            value=str(cells[wrong[0]])[:60],
            row=wrong[0] + 1,
        )
    raise AnswerError(
        N_("The column {column} holds «{value}» in row {row}, which is not a number. Correct it or leave it empty."),
        column=name,
        value=str(cells[row])[:60],
        row=row + 1,
    )


def _is_number(cell: Any) -> bool:
    return isinstance(cell, Real | Decimal) and not isinstance(cell, bool | np.bool_)


def _reads_as_number(cell: Any) -> bool:
    try:
        float(cell.strip().replace(",", ".", 1))
    except (AttributeError, ValueError):
        return False
    return True


def _check_size(found: Matrix, least_rows: int, least_columns: int) -> None:
    rows, columns = found.values.shape
    if columns < least_columns:
        raise InputError(
            N_("At least {least} columns are needed, there are {found}."), least=least_columns, found=columns
        )
    if rows < least_rows:
        raise InputError(N_("At least {least} rows are needed, there are {found}."), least=least_rows, found=rows)


def _check_cells(found: Matrix) -> None:
    for wrong, message in (
        (
            np.isinf(found.values),
            N_("The column {column} holds an infinite value in row {row}. Correct it or leave it empty."),
        ),
        (
            np.abs(found.values) > _LARGEST,
            N_("The column {column} holds a number in row {row} that is too large to compute with. Correct it."),
        ),
    ):
        if wrong.any():
            row, place = np.argwhere(wrong)[0]
            raise AnswerError(message, column=found.names[place], row=int(row) + 1)
    for place, name in enumerate(found.names):
        if np.isnan(found.values[:, place]).all():
            raise InputError(
                N_("The column {column} holds no number at all. Leave it out, or fill it in."), column=name
            )

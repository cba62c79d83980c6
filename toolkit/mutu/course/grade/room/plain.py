"""Plain data, written as JSON and read back as objects of exactly the types it was made of.

What an examination compares came through here: an object that lies about being equal, a subclass of a number or a
table with methods of its own does not pass. Anything else is a handle, if the caller keeps handles, or `NotPlainError`.

    null, true, 1, 0.5, "text"      as they are
    ["list", ...]                   an array with the name of its kind first
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

Handles = Callable[[Any], Any]

_DEEPEST = 60
_AS_THEY_ARE = (type(None), bool, int, float, str)
_SEQUENCES: dict[type, str] = {
    list: "list",
    tuple: "tuple",
    set: "set",
    frozenset: "frozenset",
    deque: "deque",
}
_MAPPINGS: dict[type, str] = {dict: "dict", OrderedDict: "ordered", Counter: "counter"}
_TIMES: dict[type, str] = {dt.datetime: "datetime", dt.date: "date", dt.time: "time"}
_MAKES: dict[str, Callable[[Any], Any]] = {
    **{name: kind for kind, name in _SEQUENCES.items()},
    **{name: kind for kind, name in _MAPPINGS.items() if name != "counter"},
    "counter": lambda pairs: Counter(dict(pairs)),
    **{name: kind.fromisoformat for kind, name in _TIMES.items()},  # type: ignore[attr-defined]
}
# numbers, texts, times of numpy; nothing that holds objects
_NUMPY = re.compile(r"[<>|=]?[biufcSUmM]\d*(\[\w+\])?")
_PANDAS = re.compile(r"object|str|string|category|boolean|(Int|UInt|Float)\d+|datetime64\[.+\]|timedelta64\[.+\]")


class NotPlainError(Exception):
    """Something that is no plain data; the text names its type."""


def write(value: Any, handle: Handles | None = None, depth: int = 0) -> Any:
    """A value as JSON.

    Parameters
    ----------
    value : anything
    handle : what to write for objects that are not plain

    Raises
    ------
    NotPlainError : it is not plain and there are no handles, or it is nested too deeply
    """
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if depth > _DEEPEST:
        raise NotPlainError("nested too deeply")

    def inside(part: Any) -> Any:
        return write(part, handle, depth + 1)

    if kind in _SEQUENCES:
        return [_SEQUENCES[kind], *map(inside, value)]
    if kind in _MAPPINGS:
        return [_MAPPINGS[kind], *([inside(key), inside(part)] for key, part in value.items())]
    written = _special(value, kind, inside)
    if written is not None:
        return written
    if handle is None:
        raise NotPlainError(f"{kind.__module__}.{kind.__qualname__}")
    return ["handle", handle(value)]


def read(written: Any, handle: Handles | None = None) -> Any:
    """The value of what `write` gave.

    Raises
    ------
    NotPlainError : it is not of that form
    """
    try:
        return _read(written, handle)
    except NotPlainError:
        raise
    except Exception as error:
        raise NotPlainError(f"not of the form that was agreed: {type(error).__name__}") from error


def _special(value: Any, kind: type, inside: Callable[[Any], Any]) -> list[Any] | None:
    if kind in _TIMES:
        return [_TIMES[kind], value.isoformat()]
    if kind is dt.timedelta:
        return ["timedelta", value.days, value.seconds, value.microseconds]
    if kind in (bytes, bytearray):
        return [kind.__name__, base64.b64encode(value).decode()]
    if kind is complex:
        return ["complex", value.real, value.imag]
    if kind is Decimal:
        return ["decimal", str(value)]
    if kind is Fraction:
        return ["fraction", value.numerator, value.denominator]
    if kind in (range, slice):
        return [kind.__name__, *map(inside, (value.start, value.stop, value.step))]
    if kind.__module__ == "numpy":
        return _numpy(value, kind, inside)
    if kind.__module__.partition(".")[0] == "pandas":
        return _pandas(value, kind, inside)
    return None


def _numpy(value: Any, kind: type, inside: Callable[[Any], Any]) -> list[Any] | None:
    import numpy as np

    if kind is np.ndarray:
        if value.dtype.kind == "O":
            return ["objects", list(value.shape), *map(inside, value.ravel().tolist())]
        if _NUMPY.fullmatch(value.dtype.str):
            return ["array", value.dtype.str, list(value.shape), base64.b64encode(value.tobytes()).decode()]
    if isinstance(value, np.generic) and getattr(np, kind.__name__, None) is kind and _NUMPY.fullmatch(value.dtype.str):
        return ["number", value.dtype.str, base64.b64encode(value.tobytes()).decode()]
    return None


def _pandas(value: Any, kind: type, inside: Callable[[Any], Any]) -> list[Any] | None:
    import pandas as pd

    if value is pd.NA or value is pd.NaT:
        return ["missing", "NA" if value is pd.NA else "NaT"]
    if kind is pd.Timestamp or kind is pd.Timedelta:
        return [kind.__name__, value.isoformat(), value.unit]
    if kind is pd.DataFrame:
        columns = [_column(value.iloc[:, place], inside) for place in range(value.shape[1])]
        return ["frame", inside(value.columns), inside(value.index), *columns]
    if kind is pd.Series:
        return ["series", inside(value.name), inside(value.index), _column(value, inside)]
    if kind is pd.RangeIndex:
        return ["rangeindex", value.start, value.stop, value.step, inside(value.name)]
    if kind is pd.MultiIndex:
        return ["multiindex", inside(list(value.names)), *(inside(tuple(each)) for each in value)]
    if kind in (pd.Index, pd.DatetimeIndex, pd.TimedeltaIndex, pd.CategoricalIndex):
        return ["index", inside(value.name), _column(value.to_series(), inside)]
    return None


def _column(series: Any, inside: Callable[[Any], Any]) -> list[Any]:
    """The values of a series: as numpy keeps them, else one by one with the name of their type."""
    dtype = str(series.dtype)
    values = series.array
    plain = values.to_numpy() if type(values).__name__ == "NumpyExtensionArray" else None
    if plain is not None and plain.dtype.kind != "O":
        return ["values", inside(plain)]
    if not _PANDAS.fullmatch(dtype):
        raise NotPlainError(dtype)
    categories = [inside(list(series.cat.categories)), bool(series.cat.ordered)] if dtype == "category" else []
    return ["typed", dtype, inside(list(series)), *categories]


def _read(written: Any, handle: Handles | None) -> Any:
    if type(written) in _AS_THEY_ARE:
        return written
    if not isinstance(written, list) or not written or not isinstance(written[0], str):
        raise NotPlainError("not of the form that was agreed")
    name, *parts = written

    def inside(part: Any) -> Any:
        return _read(part, handle)

    if name == "handle":
        if handle is None:
            raise NotPlainError("a handle")
        return handle(parts[0])
    if name in _MAPPINGS.values():
        return _MAKES[name]([(inside(key), inside(value)) for key, value in parts])
    if name in _SEQUENCES.values():
        return _MAKES[name](map(inside, parts))
    if name in _TIMES.values():
        return _MAKES[name](parts[0])
    return _READS[name](parts, inside)


def _read_array(parts: list[Any], _inside: Callable[[Any], Any]) -> Any:
    import numpy as np

    dtype, shape, data = parts
    _agreed(_NUMPY, dtype)
    return np.frombuffer(base64.b64decode(data), dtype=dtype).reshape(shape).copy()


def _read_objects(parts: list[Any], inside: Callable[[Any], Any]) -> Any:
    import numpy as np

    shape, *values = parts
    array = np.empty(len(values), dtype=object)
    array[:] = [inside(each) for each in values]
    return array.reshape(shape)


def _read_number(parts: list[Any], _inside: Callable[[Any], Any]) -> Any:
    import numpy as np

    dtype, data = parts
    _agreed(_NUMPY, dtype)
    return np.frombuffer(base64.b64decode(data), dtype=dtype)[0]


def _read_frame(parts: list[Any], inside: Callable[[Any], Any]) -> Any:
    import pandas as pd

    labels, index, *columns = parts
    rows = inside(index)
    frame = pd.DataFrame(
        {place: _read_column(column, rows, inside) for place, column in enumerate(columns)}, index=rows
    )
    frame.columns = inside(labels)
    return frame


def _read_series(parts: list[Any], inside: Callable[[Any], Any]) -> Any:
    name, index, column = parts
    series = _read_column(column, inside(index), inside)
    series.name = inside(name)
    return series


def _read_index(parts: list[Any], inside: Callable[[Any], Any]) -> Any:
    import pandas as pd

    name, column = parts
    return pd.Index(_read_column(column, None, inside), name=inside(name))


def _read_column(column: list[Any], index: Any, inside: Callable[[Any], Any]) -> Any:
    import pandas as pd

    how, *parts = column
    if how == "values":
        return pd.Series(inside(parts[0]), index=index)
    dtype, values, *categories = parts
    _agreed(_PANDAS, dtype)
    if categories:
        known, ordered = categories
        return pd.Series(pd.Categorical(inside(values), categories=inside(known), ordered=bool(ordered)), index=index)
    return pd.Series(inside(values), index=index, dtype=dtype)


def _read_multiindex(parts: list[Any], inside: Callable[[Any], Any]) -> Any:
    import pandas as pd

    names, *rows = parts
    return pd.MultiIndex.from_tuples([inside(row) for row in rows], names=inside(names))


def _read_rangeindex(parts: list[Any], inside: Callable[[Any], Any]) -> Any:
    import pandas as pd

    start, stop, step, name = parts
    return pd.RangeIndex(int(start), int(stop), int(step), name=inside(name))


def _read_moment(name: str) -> Callable[[list[Any], Callable[[Any], Any]], Any]:
    def read_moment(parts: list[Any], _inside: Callable[[Any], Any]) -> Any:
        import pandas as pd

        text, unit = parts
        return getattr(pd, name)(text).as_unit(unit)

    return read_moment


def _read_missing(parts: list[Any], _inside: Callable[[Any], Any]) -> Any:
    import pandas as pd

    return {"NA": pd.NA, "NaT": pd.NaT}[parts[0]]


def _agreed(form: re.Pattern[str], dtype: Any) -> None:
    if not isinstance(dtype, str) or not form.fullmatch(dtype):
        raise NotPlainError("not of the form that was agreed")


_READS: dict[str, Callable[[list[Any], Callable[[Any], Any]], Any]] = {
    "timedelta": lambda parts, _inside: dt.timedelta(*map(int, parts)),
    "bytes": lambda parts, _inside: base64.b64decode(parts[0]),
    "bytearray": lambda parts, _inside: bytearray(base64.b64decode(parts[0])),
    "complex": lambda parts, _inside: complex(float(parts[0]), float(parts[1])),
    "decimal": lambda parts, _inside: Decimal(str(parts[0])),
    "fraction": lambda parts, _inside: Fraction(int(parts[0]), int(parts[1])),
    "range": lambda parts, inside: range(*map(inside, parts)),
    "slice": lambda parts, inside: slice(*map(inside, parts)),
    "array": _read_array,
    "objects": _read_objects,
    "number": _read_number,
    "frame": _read_frame,
    "series": _read_series,
    "index": _read_index,
    "multiindex": _read_multiindex,
    "rangeindex": _read_rangeindex,
    "missing": _read_missing,
    "Timestamp": _read_moment("Timestamp"),
    "Timedelta": _read_moment("Timedelta"),
}

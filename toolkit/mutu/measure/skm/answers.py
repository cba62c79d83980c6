"""Answers of any dataframe as whole numbers, checked: the only place where the index touches frames."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any, TypeAlias

import narwhals as nw
import numpy as np
from narwhals.exceptions import DuplicateError
from numpy.typing import NDArray

from mutu.errors import N_, AnswerError, InputError, ScaleError, SettingError
from mutu.locale import _
from mutu.measure.frames import chosen, is_empty, texts, with_names
from mutu.measure.parts import labelled
from mutu.measure.settings import scale_of

MISSING = np.iinfo(np.int16).min
WIDEST = 1000  # a scale beyond this is a mistake, and must fit the type of the answers
_TIMES = "__respondents__"
Groups: TypeAlias = Mapping[str, Sequence[Any]] | Sequence[str] | str | Any


@dataclass(frozen=True)
class Answers:
    """Checked answers.

    Attributes
    ----------
    questions : code of the element -> its columns in `values`
    values : rows × questions, whole numbers on `scale`, MISSING where there is no answer
    times : how many respondents answered exactly so; 1 unless the frame was grouped where it lay
    labels : grouping column -> one label a row
    cluster : number of the cluster of each row, from 0; None where respondents were drawn one by one
    """

    questions: dict[str, tuple[int, ...]]
    values: NDArray[np.int16]
    times: NDArray[np.int64]
    labels: dict[str, list[str]]
    scale: tuple[int, int]
    cluster: NDArray[np.int64] | None = None

    def part(self, rows: NDArray[np.bool_]) -> Answers:
        """The answers of some rows, without their labels."""
        cluster = None if self.cluster is None else self.cluster[rows]
        return Answers(self.questions, self.values[rows], self.times[rows], {}, self.scale, cluster)


def distinct(answers: Answers) -> Answers:
    """The same answers with rows that are alike counted once, without labels: what a sum over respondents needs."""
    low, high = answers.scale
    steps, columns = high - low + 2, answers.values.shape[1]
    groups = 1 if answers.cluster is None else int(answers.cluster.max()) + 1
    if steps**columns * groups >= 2**62:  # they would not fit into one number
        return answers
    key = np.zeros(len(answers.values), dtype=np.int64) if answers.cluster is None else answers.cluster.copy()
    for column in answers.values.T:
        key = key * steps + np.where(column == MISSING, 0, column.astype(np.int64) - low + 1)
    _keys, first, place = np.unique(key, return_index=True, return_inverse=True)
    times = np.bincount(place, weights=answers.times).astype(np.int64)
    cluster = None if answers.cluster is None else answers.cluster[first]
    return Answers(answers.questions, answers.values[first], times, {}, answers.scale, cluster)


def converted(answer: Fraction, scale: tuple[int, int]) -> Fraction:
    """An answer, or a mean of answers, moved linearly from its scale to 1-4.

    Parameters
    ----------
    answer : a number on the scale; of a Fraction the result is exact
    scale : lowest and highest answer, whole numbers

    Raises
    ------
    SettingError : the scale is none

    Examples
    --------
    >>> converted(Fraction(3), (1, 5))
    Fraction(5, 2)
    """
    check_scale(scale)
    low, high = scale
    return 1 + 3 * (answer - low) / (high - low)


def collect(
    native: Any, kodes: tuple[str, ...], scale: tuple[int, int], by: Groups | None, cluster: Any = None
) -> Answers:
    """The answers of a frame; it is read, never changed."""
    check_scale(scale)
    frame = frame_of(native)
    inside = list(dict.fromkeys(chosen(by))) if isinstance(by, str | list | tuple) else []
    cluster = str(cluster) if isinstance(cluster, int) else cluster
    beside = [cluster] if isinstance(cluster, str) else []
    names = [name for name in frame.collect_schema().names() if name not in (*inside, *beside)]
    questions = questions_of(names, kodes)
    eager, times = _eager(frame, list(dict.fromkeys([*names, *inside, *beside])))
    columns = [_whole_numbers(eager, name, scale) for name in names]
    labels = {name: _labels(eager[name].to_list()) for name in inside}
    if by is not None and not inside:
        labels = _labels_beside(by, frame)
    clusters = None if cluster is None else _clusters(eager, frame, cluster)
    return Answers(questions, np.column_stack(columns), times, labels, scale, clusters)


def _clusters(
    eager: nw.DataFrame[Any], frame: nw.DataFrame[Any] | nw.LazyFrame[Any], cluster: Any
) -> NDArray[np.int64]:
    """The cluster of each row as a number; a row without one belongs to none that is known, which is an error."""
    cells = eager[cluster].to_list() if isinstance(cluster, str) else _beside(cluster, frame)
    index = nw.maybe_get_index(eager)
    for row, cell in enumerate(cells, 1) if index is None else zip(index, cells, strict=True):
        if is_empty(cell):
            raise InputError(
                N_("Row {row} names no cluster. Fill it in, or score without clusters; every respondent needs one."),
                row=row,
            )
    return labelled(cells)


def _beside(cluster: Any, frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> list[Any]:
    return next(iter(_columns_beside({_("cluster"): cluster}, frame).values()))


def check_scale(scale: tuple[int, int]) -> None:
    """Refuse a scale that is none."""
    scale_of(scale)
    low, high = scale
    if not (isinstance(low, int) and isinstance(high, int) and -WIDEST <= low < high <= WIDEST):
        raise SettingError(
            N_("The scale {low} to {high} is not valid: give the lowest and the highest answer as whole numbers."),
            low=low,
            high=high,
        )


def frame_of(native: Any) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    """A frame of any kind, eager or lazy."""
    try:
        frame: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(native)
    except TypeError:
        raise InputError(
            N_("The answers must be a data frame (pandas, polars, pyarrow, duckdb …), not {kind}."),
            kind=type(native).__name__,
        ) from None
    except DuplicateError as error:
        raise InputError(
            N_("A column name appears twice in the answers; call several questions U1.1, U1.2 … ({detail})"),
            detail=" ".join(str(error).split()),
        ) from None
    return with_names(frame)


def questions_of(names: list[str], kodes: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Which columns ask about which element; a column that asks about none is an error, not left out silently."""
    found: dict[str, tuple[int, ...]] = {}
    for position, name in enumerate(names):
        match = re.fullmatch(r"(\w+?)(?:\.[0-9]+)?", name)
        if match is None or match[1] not in kodes:
            raise InputError(
                N_(
                    "The column «{column}» is not an element. Columns are called {first} to {last}, several questions "
                    "of one element {first}.1, {first}.2; take other columns out of the frame."
                ),
                column=name,
                first=kodes[0],
                last=kodes[-1],
            )
        found[match[1]] = (*found.get(match[1], ()), position)
    if not found:
        raise InputError(
            N_("The frame has no column with answers; call them {first} to {last}."), first=kodes[0], last=kodes[-1]
        )
    return {kode: found[kode] for kode in kodes if kode in found}


def _eager(
    frame: nw.DataFrame[Any] | nw.LazyFrame[Any], names: list[str]
) -> tuple[nw.DataFrame[Any], NDArray[np.int64]]:
    """The frame in memory; a lazy one is first reduced, where it lies, to its distinct rows and their number."""
    _require(names, frame.collect_schema().names())
    if isinstance(frame, nw.DataFrame):
        return frame, np.ones(len(frame), dtype=np.int64)
    counted = frame.select(names).group_by(names).agg(nw.len().alias(_TIMES)).collect()
    return counted, counted[_TIMES].to_numpy().astype(np.int64)


def _require(names: list[str], present: list[str]) -> None:
    for name in names:
        if name not in present:
            raise InputError(
                N_("There is no column «{column}» to group by; the columns are {present}."),
                column=name,
                present=", ".join(present),
            )


def _whole_numbers(frame: nw.DataFrame[Any], name: str, scale: tuple[int, int]) -> NDArray[np.int16]:
    series = frame[name]
    if series.dtype.is_numeric():
        values = series.cast(nw.Float64).to_numpy()
    else:
        values = np.array([_number(value, name) for value in series.to_list()], dtype=np.float64)
    answered = ~np.isnan(values)
    _check(values, answered & ((values < scale[0]) | (values > scale[1])), frame, name, scale)
    _check(values, answered & (values != np.floor(values)), frame, name, None)
    return np.where(answered, values, MISSING).astype(np.int16)


def _number(value: Any, column: str) -> float:
    if is_empty(value):
        return float("nan")
    if isinstance(value, Real | Decimal) and not isinstance(value, bool):
        return float(value)
    raise AnswerError(
        N_("The column {column} holds «{value}», which is not a number; read the file with mutu.responses.read first."),
        column=column,
        value=str(value)[:60],
    )


def _check(
    values: NDArray[np.float64],
    wrong: NDArray[np.bool_],
    frame: nw.DataFrame[Any],
    name: str,
    scale: tuple[int, int] | None,
) -> None:
    if not wrong.any():
        return
    place = int(np.argmax(wrong))
    index = nw.maybe_get_index(frame)
    details = {
        "column": name,
        "row": place + 1 if index is None else index[place],
        "value": f"{values[place]:g}",
        "count": int(wrong.sum()),
    }
    if scale is None:
        raise AnswerError(
            N_(
                "The column {column} holds {value} in row {row}, which is not a whole number ({count} in total). "
                "Correct it."
            ),
            **details,
        )
    raise ScaleError(
        N_(
            "The column {column} holds {value} in row {row}, outside {low} to {high} ({count} in total). "
            "Correct it, or name the scale that the survey used."
        ),
        low=scale[0],
        high=scale[1],
        **details,
    )


def _labels_beside(by: Groups, answers: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> dict[str, list[str]]:
    """Labels given apart from the answers, row for row."""
    return {name: _labels(values) for name, values in _columns_beside(by, answers).items()}


def _columns_beside(by: Groups, answers: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> dict[str, list[Any]]:
    columns = _label_columns(by)
    if columns is None or isinstance(answers, nw.LazyFrame):
        raise InputError(
            N_("A lazy frame has no order of rows: put the groups into the frame of answers and name their columns.")
        )
    for name, values in columns.items():
        if len(values) != len(answers):
            raise InputError(
                N_("The group «{column}» has {found} rows, the answers have {expected}. Give one label a respondent."),
                column=name,
                found=len(values),
                expected=len(answers),
            )
    return columns


def _label_columns(by: Groups) -> dict[str, list[Any]] | None:
    """Name -> labels; None for a lazy frame."""
    if isinstance(by, Mapping):
        return {str(name): list(values) for name, values in by.items()}
    try:
        frame = with_names(nw.from_native(by))
    except (TypeError, DuplicateError):
        raise InputError(
            N_("Groups are given as a data frame, as labels by name, or as names of columns, not as {kind}."),
            kind=type(by).__name__,
        ) from None
    return None if isinstance(frame, nw.LazyFrame) else {name: frame[name].to_list() for name in frame.columns}


def _labels(values: list[Any]) -> list[str]:
    unknown = _("unknown")
    return [unknown if text is None else text for text in texts(values)]

"""Two ratings of the same items by the same people, and means of them with their interval.

SERVQUAL, importance-performance analysis and the satisfaction index all ask twice about each item. What a respondent
answered only once leaves both means of that item, so that performance minus importance is the gap that is printed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from mutu.errors import N_, AnswerError, InputError
from mutu.measure.frames import Floats, Matrix, matrix
from mutu.measure.intervals import Spread, studentised, unanimous
from mutu.measure.result import Interval
from mutu.measure.settings import scale_of
from mutu.regulations import publication

_ROUNDING = 1e-12


class Estimate(NamedTuple):
    """A mean, or a sum of means, with its interval.

    Attributes
    ----------
    value : the estimate
    n : respondents it rests on
    interval : interval at the level of the publication rules; None from a single respondent
    agreed : whether all respondents came to the same value
    """

    value: float
    n: int
    interval: Interval | None
    agreed: bool = False


@dataclass(frozen=True)
class Pairs:
    """Two ratings of the same items.

    Attributes
    ----------
    names : the items
    first, second : respondents × items, NaN in both where either is missing
    """

    names: tuple[str, ...]
    first: Floats
    second: Floats

    @property
    def gaps(self) -> Floats:
        """First minus second."""
        return self.first - self.second

    @property
    def n(self) -> int:
        """Respondents with at least one pair."""
        return int((~np.isnan(self.first)).any(axis=1).sum())

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest answer found."""
        both = np.concatenate([self.first, self.second])
        return float(np.nanmin(both)), float(np.nanmax(both))


def pairs(first: Any, second: Any, roles: tuple[str, str], *, least_columns: int = 1) -> Pairs:
    """Two frames of the same columns and rows as pairs of answers.

    Rows belong together by position: both frames come from one source, in one order.

    Parameters
    ----------
    first, second : frames, or arrays, respondents × items; columns of frames are matched by name
    roles : what messages call the two
    least_columns : how many items the measure needs

    Raises
    ------
    InputError : other columns or another number of rows in the second, or an item nobody answered twice
    AnswerError : a cell is no number, or infinite
    """
    one, two = matrix(first, least_columns=least_columns), matrix(second, least_columns=least_columns)
    _check_same(one, two, roles)
    values = two.values[:, [two.names.index(name) for name in one.names]]
    either = np.isnan(one.values) | np.isnan(values)
    for place, name in enumerate(one.names):
        if either[:, place].all():
            raise InputError(
                N_("Nobody answered «{column}» in both {first} and {second}. Leave it out, or fill it in."),
                column=name,
                first=roles[0],
                second=roles[1],
            )
    return Pairs(one.names, np.where(either, np.nan, one.values), np.where(either, np.nan, values))


def check_bounds(values: Floats, names: tuple[str, ...], role: object, scale: tuple[float, float]) -> None:
    """Refuse an answer outside its scale.

    Raises
    ------
    AnswerError : names where the answer stands
    SettingError : the scale is none
    """
    low, high = scale_of(scale)
    outside = np.argwhere((values < low) | (values > high))
    if len(outside):
        row, place = outside[0]
        raise AnswerError(
            N_(
                "The column {column} of {role} holds {value} in row {row}, outside {low} to {high}. "
                "Correct it, or name the scale that was used."
            ),
            column=names[place],
            role=role,
            value=f"{values[row, place]:g}",
            row=int(row) + 1,
            low=f"{low:g}",
            high=f"{high:g}",
        )


def combination(values: Floats, shares: Floats, possible: tuple[float, float]) -> Estimate:
    """A weighted sum of the means of columns, with its interval.

    With complete answers this is the interval of the mean of the respondents' own weighted sums (for gaps: the paired
    interval). With missing answers every mean has an n of its own and the sum is linearised: respondent i moves it by
    Σ_q c_q (x_iq - M_q) ÷ n_q.

    Parameters
    ----------
    values : respondents × columns, NaN where there is no answer
    shares : coefficient of each column, shape (columns,)
    possible : lowest and highest value the sum can take

    Returns
    -------
    Estimate; see `estimate` for the interval
    """
    used = values[:, shares != 0]
    answered = ~np.isnan(used)
    counts = answered.sum(axis=0)
    means = np.nansum(used, axis=0) / counts
    moved = (np.where(answered, used - means, 0.0) * (shares[shares != 0] / counts)).sum(axis=1)
    return estimate(float(shares[shares != 0] @ means), moved, int(answered.any(axis=1).sum()), possible)


def estimate(value: float, moved: Floats, n: int, possible: tuple[float, float]) -> Estimate:
    """An estimate with the interval that follows from how each respondent moves it.

    The t interval with n - 1 degrees of freedom, corrected for skewness (`intervals.studentised`) and cut to the
    possible values; where all respondents came to the same value, `intervals.unanimous`.

    Parameters
    ----------
    value : the estimate
    moved : what each respondent contributes to value minus its expectation, shape (respondents,)
    n : respondents it rests on
    possible : lowest and highest value
    """
    level = float(publication().confidence)
    low, high = min(possible[0], value), max(possible[1], value)
    if n < 2:
        return Estimate(value, n, None)
    se = math.sqrt(float(moved @ moved) * n / (n - 1))
    if se <= _ROUNDING * max(1.0, high - low):
        return Estimate(value, n, unanimous(value, n, (low, high), level), True)
    skewness = float((moved**3).sum()) / float(moved @ moved) ** 1.5
    below, above = studentised(value, Spread(se, skewness, n - 1), level)
    return Estimate(value, n, Interval(max(below, low), min(above, high), level))


def _check_same(one: Matrix, two: Matrix, roles: tuple[str, str]) -> None:
    if set(one.names) != set(two.names):
        raise InputError(
            N_(
                "The columns of {first} and {second} differ; only in {first}: {only_first}; only in {second}: "
                "{only_second}. Give the same item the same name in both."
            ),
            first=roles[0],
            second=roles[1],
            only_first=", ".join(name for name in one.names if name not in two.names) or "–",
            only_second=", ".join(name for name in two.names if name not in one.names) or "–",
        )
    if len(one.values) != len(two.values):
        raise InputError(
            N_(
                "There are {found} rows of {first} and {other} of {second}. Both need one row for each respondent, in "
                "the same order."
            ),
            first=roles[0],
            second=roles[1],
            found=len(one.values),
            other=len(two.values),
        )

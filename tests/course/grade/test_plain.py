"""Plain data crosses unchanged, and nothing else does."""

import datetime as dt
import json
from collections import Counter, OrderedDict, deque
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutu.course.grade.room import plain

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
    | st.complex_numbers(allow_nan=False, allow_infinity=False) | st.fractions() | st.datetimes() | st.timedeltas()
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda part: st.lists(part) | st.lists(part).map(tuple) | st.dictionaries(st.text(), part), max_leaves=20
)


def crossed(value):
    return plain.read(json.loads(json.dumps(plain.write(value))))


@given(VALUES)
def test_values_come_back_equal_and_of_the_same_type(value):
    assert crossed(value) == value
    assert type(crossed(value)) is type(value)


@pytest.mark.parametrize(
    "value",
    [
        {1, 2}, frozenset({"a"}), deque([1]), OrderedDict(a=1), Counter("aab"), Decimal("1.10"), Fraction(1, 3),
        range(1, 9, 2), slice(None, 3), dt.date(2026, 1, 2), dt.time(3, 4), bytearray(b"x"), np.float64(0.1),
        np.int8(3), np.bool_(True), np.str_("é"), np.datetime64("2026-01-02"), pd.Timestamp("2026-01-02 03:04"),
        pd.Timedelta("1h"), float("inf"), -0.0,
    ],
    ids=repr,
)  # fmt: skip
def test_every_kind_comes_back(value):
    back = crossed(value)
    assert type(back) is type(value)
    assert repr(back) == repr(value)


@pytest.mark.parametrize("kind", [float, np.float64])
def test_not_a_number_stays_one(kind):
    assert np.isnan(crossed(kind("nan")))


@pytest.mark.parametrize(
    "array", [np.arange(6).reshape(2, 3), np.array(["a", "b"]), np.array([None, 1, "x"], dtype=object)]
)
def test_arrays_come_back(array):
    back = crossed(array)
    assert back.dtype == array.dtype
    assert back.tolist() == array.tolist()
    back[0] = back[-1]  # and may be written to


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [0.5, float("nan")]}),
        pd.DataFrame({"t": pd.to_datetime(["2026-01-01", None]), "k": pd.Categorical(["b", "a"], ordered=True)}),
        pd.DataFrame({("x", 1): [1], ("x", 2): [2]}),
        pd.DataFrame({"n": pd.array([1, None], dtype="Int64")}, index=pd.Index(["p", "q"], name="nama")),
        pd.DataFrame(),
    ],
)
def test_frames_come_back(frame):
    pd.testing.assert_frame_equal(crossed(frame), frame)


def test_two_columns_of_one_name_come_back():
    frame = pd.DataFrame([[1, "x"]], columns=["a", "a"])
    pd.testing.assert_frame_equal(crossed(frame), frame)


class Liar(int):
    """A number that is equal to everything."""

    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


class Table(pd.DataFrame):
    """A table of a class of its own."""


@pytest.mark.parametrize(
    "value", [Liar(1), [Liar(1)], {"a": Liar(1)}, Table({"a": [1]}), object(), len, np.array([Liar(1)], dtype=object)]
)
def test_what_only_looks_like_plain_data_does_not_cross(value):
    with pytest.raises(plain.NotPlainError):
        plain.write(value)


def test_nesting_without_end_is_refused():
    value = []
    value.append(value)
    with pytest.raises(plain.NotPlainError):
        plain.write(value)


@pytest.mark.parametrize(
    "written",
    [
        ["array", "O", [1], ""], ["array", "|O8", [1], "AAAAAAAAAAA="], ["array", "<f8", [9], ""], ["number", "O", ""],
        ["frame"], ["series", 1], ["nonsense"], [], [1], {"a": 1}, ["handle", {"number": 1}], ["typed"],
        ["fraction", 1, 0], ["datetime", "x"], ["set", ["list"]], ["counter", 1], ["Timestamp", "now()", "x"],
        ["missing", "x"], ["index", None, ["typed", "object(0)", ["list"]]],
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_not_of_the_agreed_form_is_refused(written):
    with pytest.raises(plain.NotPlainError):
        plain.read(written)


@given(st.recursive(st.none() | st.integers() | st.text() | st.sampled_from(sorted(plain._READS)), st.lists))
def test_whatever_a_candidate_writes_is_read_or_refused(written):
    try:
        plain.read(written)
    except plain.NotPlainError:
        return

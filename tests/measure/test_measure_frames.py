"""What pandas gives besides frames and series is read as the column it is, and numbers of columns as their names."""

import numpy as np
import pandas as pd
import pytest

from mutu.errors import InputError, SettingError
from mutu.locale import use
from mutu.measure import equity, estimation, quality, reliability, skm, trend

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]
COUNTS, SIZES = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6], [50] * 12
ONE_COLUMN = {
    "date range": pd.date_range("2025-01-31", periods=12, freq="ME"),
    "date range with a zone": pd.date_range("2025-01-01", periods=12, freq="MS", tz="Asia/Jakarta"),
    "periods": pd.period_range("2025-01", periods=12, freq="M"),
    "index": pd.Index(MONTHS),
    "categorical": pd.Categorical(MONTHS),
    "numpy months": np.array(MONTHS, dtype="datetime64[M]"),
    "time stamps of numpy": [np.datetime64(month, "D") for month in MONTHS],
}


@pytest.mark.parametrize("kind", ONE_COLUMN)
def test_months_are_the_same_in_every_kind_of_column(kind):
    given = trend.p_chart(COUNTS, SIZES, ONE_COLUMN[kind])
    assert given == trend.p_chart(COUNTS, SIZES, MONTHS)
    assert given.points[0].period.label == "2025-01"


def test_a_range_of_dates_is_read_as_times():
    sent = pd.date_range("2026-03-02 01:00", periods=60, freq="37min")
    assert quality.bursts(sent) == quality.bursts(pd.Series(sent))


@pytest.mark.parametrize(
    "kind", [pd.Categorical, pd.Index, lambda labels: pd.Categorical(labels, ["a", "b", "unused"])]
)
def test_groups_are_the_same_in_every_kind_of_column(kind):
    values, groups = list(range(40, 60)) + list(range(50, 70)), ["a"] * 20 + ["b"] * 20
    assert equity.gaps(values, kind(groups)) == equity.gaps(values, groups)
    assert equity.decompose(pd.Index(values), kind(groups)) == equity.decompose(values, groups)


def test_an_index_of_two_levels_is_not_one_column():
    with use("en"), pytest.raises(InputError, match="there are 2"):
        equity.gaps([1, 2] * 10, pd.MultiIndex.from_arrays([["a", "b"] * 10, ["x", "y"] * 10]))


NUMBERS = np.array([[3, 4, 2], [2, 2, 1], [4, 4, 3], [1, 2, 2], [3, 3, 4], [4, 3, 3]], dtype=float)


def test_columns_without_names_are_called_by_their_numbers():
    bare = pd.DataFrame(NUMBERS)
    named = bare.set_axis(["0", "1", "2"], axis=1)
    assert reliability.cronbach_alpha(bare) == reliability.cronbach_alpha(named)
    assert estimation.mean(bare, 0) == estimation.mean(named, "0") == estimation.mean(bare, "0")
    assert estimation.mean(bare, [0, 1]) == estimation.mean(named, ["0", "1"])
    assert estimation.ratio(bare, 0, 1) == estimation.ratio(named, "0", "1")
    assert estimation.mean(bare, 0, cluster=2) == estimation.mean(named, "0", cluster="2")
    assert list(bare.columns) == [0, 1, 2]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (lambda: reliability.cronbach_alpha(pd.DataFrame(NUMBERS, columns=[1, "1", 2])), "appears twice.*1"),
        (lambda: reliability.cronbach_alpha(levels()), "several levels, such as a / x"),
        (lambda: estimation.mean(levels(), "x"), "several levels"),
        (lambda: skm.score(levels()), "several levels"),
        (lambda: skm.score(pd.DataFrame(NUMBERS)), "«0» is not an element"),
        (lambda: skm.agency([1, 2]), "by name.*not of list"),
        (lambda: skm.agency({"Loket A": 80}), "by name"),
        (lambda: skm.change(1, 2), "skm.score or skm.saved, not int"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(wrong, named):
    with use("en"), pytest.raises(InputError, match=named):
        wrong()


def levels():
    return pd.DataFrame(NUMBERS, columns=pd.MultiIndex.from_product([["a"], ["x", "y", "z"]]))


@pytest.mark.parametrize(
    ("setting", "named"),
    [({"scale": "1-4"}, "1-4"), ({"population": "1000"}, "'1000' is not a whole"), ({"population": 1000.5}, "1000.5")],
)
def test_a_survey_with_a_setting_that_is_no_number_is_refused(setting, named):
    answers = pd.DataFrame({"U1": [3, 4, 2], "U2": [3, 3, 4]})
    with use("en"), pytest.raises(SettingError, match=named):
        skm.score(answers, **setting)
    assert skm.score(answers, population=1000.0) == skm.score(answers, population=1000)


def test_a_column_that_was_joined_without_a_name_may_say_the_unit_the_group_or_the_cluster():
    answers = pd.DataFrame({"U1": [3, 4, 2, 4] * 3, "U2": [3, 3, 4, 1] * 3})
    joined = pd.concat([answers, pd.Series(["x", "y", "z"] * 4)], axis=1)
    named = joined.rename(columns={0: "0"})
    assert skm.units(joined, 0).rows() == skm.units(named, "0").rows()
    assert skm.score(joined, by=[0]).as_json() == skm.score(named, by=["0"]).as_json()
    assert skm.score(joined, cluster=0).as_json() == skm.score(named, cluster="0").as_json()


def test_groups_beside_the_answers_may_stand_in_a_column_without_a_name():
    answers = pd.DataFrame({"U1": [3, 4, 2, 4], "U2": [3, 3, 4, 1]})
    assert [group.column for group in skm.score(answers, by=pd.DataFrame([["L"], ["P"]] * 2)).groups] == ["0", "0"]

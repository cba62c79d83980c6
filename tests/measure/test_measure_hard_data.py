"""Data as files and databases hold them: small integers in masses, decimals, numbers as labels, names in braces."""

from __future__ import annotations

import json
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from mutu.errors import InputError
from mutu.locale import use
from mutu.measure import (
    capacity,
    drivers,
    equity,
    estimation,
    ipa,
    learning,
    participation,
    reliability,
    sampling,
    skm,
    timeliness,
    trend,
)

MANY = 300_000  # sums of 1 to 4 beyond the largest Int16 in any part of it
TWO_FIVES = pd.Series([1] * 5 + [2] * 5 + [None])  # pandas holds them as 1.0 and 2.0


def small_integers():
    rng = np.random.default_rng(11)
    return {name: rng.integers(1, 5, MANY).astype(np.int8) for name in ("U1", "U2")} | {
        "unit": ["a", "b"] * (MANY // 2)
    }


@pytest.mark.parametrize(
    "make",
    [
        lambda columns: pl.DataFrame(columns),
        lambda columns: pl.DataFrame(columns).with_columns(pl.col("U1", "U2").cast(pl.UInt8)).lazy(),
        lambda columns: pd.DataFrame(columns),
        lambda columns: pd.DataFrame(columns).astype({"U1": "Int8", "U2": "int8[pyarrow]"}),
        lambda columns: pa.table(columns),
        lambda columns: duckdb.from_arrow(pa.table(columns)),
    ],
    ids=["polars", "polars lazy", "pandas", "pandas nullable", "pyarrow", "duckdb"],
)
def test_sums_of_small_integers_do_not_overflow(make):
    columns = small_integers()
    frame = make(columns)
    wide = {name: columns[name].astype(np.int64) for name in ("U1", "U2")}
    index = 25 * (wide["U1"].mean() + wide["U2"].mean()) / 2
    assert float(skm.score(frame, by="unit")) == pytest.approx(index, abs=1e-9)
    assert skm.units(frame, "unit").agency.weighted.value == pytest.approx(index, abs=1e-9)
    assert float(estimation.total(frame, "U1")) == pytest.approx(wide["U1"].sum(), abs=1e-3)


def test_decimals_and_sums_of_a_database_are_numbers():
    table = duckdb.sql(
        "SELECT i % 10 AS month, sum(i) AS n, i % 10 + 70.5 AS v FROM range(200) t(i) GROUP BY ALL ORDER BY 1"
    )
    assert [str(kind) for kind in table.types[1:]] == ["HUGEINT", "DECIMAL(21,1)"]
    assert trend.mann_kendall(table.select("v")).slope == 1.0
    assert sampling.proportional(table.select("n"), 100).n == 100
    assert timeliness.kaplan_meier(table.select("v"), duckdb.sql("SELECT 1.0 * (i % 2) FROM range(10) t(i)")).open == 5
    same = pl.DataFrame({"U1": [3, 4, 4], "U2": [2, None, 3]})
    exact = same.cast(pl.Decimal(10, 2))
    for decimals in (exact, exact.to_pandas().astype(object)):
        assert skm.score(decimals).ikm == skm.score(same).ikm


def test_numbers_as_labels_are_the_same_with_and_without_a_gap():
    values = [70, 71, 72, 73, 74, 80, 81, 82, 83, 84, 60]
    assert equity.gaps(values, TWO_FIVES, reference=1).reference.label == "1"
    assert [step.label for step in equity.slope_index(values, TWO_FIVES, order=[1, 2]).steps] == ["1", "2"]
    assert equity.decompose(values, TWO_FIVES).parts[0].label == "1"
    found = participation.representativeness(TWO_FIVES, {1: 60, 2: 40})
    assert [group.label for group in found.groups] == ["1", "2"]
    scores = pd.DataFrame({"group": TWO_FIVES, "waiting": [3.0, 4] * 5 + [None]})
    assert participation.score_card(scores, ["waiting"], group="group", providers=[2]).providers == ("2",)
    forms = learning.crossed_gain([4, 5, 3, 6, 5, 4], [8, 7, 7, 7, 8, 6], pd.Series([1.0] * 3 + [2.0] * 3), maximum=10)
    assert forms.forms == ("1", "2")


def test_spaces_around_a_label_make_no_group_of_their_own():
    values, groups = list(range(70, 90)), ["desa", " desa "] * 5 + ["kota"] * 9 + [" "]
    found = equity.gaps(values, groups)
    assert ([found.reference.n, found.gaps[0].group.n], found.left_out) == ([9, 10], 1)
    means = estimation.mean(pl.DataFrame({"v": values, "g": groups}), "v", by="g")
    assert [(one.group, one.n) for one in means.estimates] == [("desa", 10), ("kota", 9)]


@pytest.mark.parametrize(
    "units", [["b", "a", "b", "a"], pd.Categorical(["b", "a", "b", "a"], ["b", "a"]), [9, "a", 9, "a"]]
)
def test_units_come_by_name_whatever_the_order_of_a_column_is(units):
    found = skm.units(pd.DataFrame({"unit": units, "U1": [1, 2, 3, 4]}), "unit")
    assert found.names == tuple(sorted(str(one) for one in set(units)))
    assert found.n.tolist() == [2, 2]


def test_units_that_are_numbers_come_by_size():
    assert skm.units(pl.DataFrame({"unit": [10, 9, 10, 9], "U1": [1, 2, 3, 4]}), "unit").names == ("9", "10")


@pytest.mark.parametrize("mean", [3.1, 3.7, 4.1])
@pytest.mark.parametrize("count", [3, 6, 7])
def test_attributes_that_are_all_alike_stand_on_the_cross_hair_and_count_as_high(mean, count):
    """The mean of equal means may lie a rounding error above them."""
    answers = np.full((10, count), np.floor(mean))
    answers[: round(10 * (mean % 1))] += 1
    matters = np.tile(np.arange(count) % 5 + 1.0, (10, 1))
    points = ipa.quadrants(answers, matters).points
    assert {point.quadrant for point in points} == {"keep", "overkill"}
    assert all("performance" in point.crosses for point in points)


def test_semesters_are_not_taken_for_months():
    labels = [f"{year}-{half}" for year in (2022, 2023, 2024, 2025) for half in (1, 2)]
    found = trend.mann_kendall([70, 71, 72, 73, 74, 75, 76, 77], labels)
    assert (found.missing, found.slope) == ((), 1.0)


def test_a_row_without_a_number_is_time_that_passed():
    values = [1, 2, None, 4, 5, 6, 7, 8.5]
    numbered = trend.mann_kendall(values)
    months = trend.mann_kendall(values, [f"2025-{month:02d}" for month in range(1, 9)])
    assert numbered.slope == months.slope == 1.0
    assert numbered.interval == months.interval
    assert (
        trend.xmr_chart(values).mean_range
        == trend.xmr_chart(values, [date(2025, m, 1) for m in range(1, 9)]).mean_range
    )


def test_people_who_answered_nothing_do_not_make_places_surer():
    """Seven people: whether one need is above another is told with their freedom, not with that of all rows."""
    rng = np.random.default_rng(6)
    seen = 0
    for _trial in range(60):
        importance, current = rng.integers(2, 6, (7, 3)).astype(float), rng.integers(1, 5, (7, 3)).astype(float)
        empty = np.full((200, 3), np.nan)
        alone = capacity.training_needs(importance, current)
        among = capacity.training_needs(np.vstack([importance, empty]), np.vstack([current, empty]))
        assert [need.places for need in alone.needs] == [need.places for need in among.needs]
        seen += any(need.places != (1, 3) for need in alone.needs)
    assert seen


def test_a_date_that_is_none_is_refused_and_whole_numbers_of_any_kind_count_days():
    with pytest.raises(InputError, match="not a date"):
        timeliness.due_date(pd.NaT, 10)
    assert timeliness.due_date(date(2025, 3, 24), np.int64(10)) == timeliness.due_date(date(2025, 3, 24), 10)


@pytest.mark.parametrize("language", ["id", "en"])
def test_names_in_braces_quotes_and_markup_stand_in_sentences_as_they_are(language):
    names = ["{n}", '{0} «a» "b"', "<b>%s</b>", "é{"]
    rng = np.random.default_rng(3)
    first, second = (pl.DataFrame(rng.integers(1, 6, (40, 4)), schema=names) for _ in range(2))
    groups = [names[row % 4] for row in range(40)]
    frame = first.with_columns(pl.Series("{g}", groups))
    results = [
        ipa.quadrants(first, second),
        capacity.training_needs(first, second, unit=groups),
        equity.gaps(first["{n}"], groups, reference="é{"),
        estimation.mean(frame, names[:2], by="{g}"),
        participation.score_card(frame, names, group="{g}", providers=["é{"]),
        trend.xmr_chart(first["{n}"], [f"{{m{row}}}" for row in range(40)]),
        learning.crossed_gain(first["{n}"], second["{n}"], ["{a}", "{b}"] * 20, maximum=5),
    ]
    with use(language):
        for found in results:
            assert found.sentence()
            assert "<b>" not in found._repr_html_()
            json.dumps(found.as_json(), allow_nan=False)
        assert "é{" in results[2].sentence()
        with pytest.raises(InputError, match=r"«\{x\}»"):
            equity.gaps(first["{n}"], groups, reference="{x}")


def test_alpha_without_an_item_is_none_where_the_rest_have_one_total():
    answers = pl.DataFrame({"a": [1, 2, 3, 4, 2], "b": [1, 2, 3, 4, 3], "c": [4, 3, 2, 1, 2]})
    found = {item.name: item.alpha_dropped for item in reliability.cronbach_alpha(answers).items}
    assert found["a"] is None
    assert found["c"] == reliability.cronbach_alpha(answers.select("a", "b")).alpha


def test_elements_that_explain_nothing_have_no_shares():
    answers = pl.DataFrame({"all": [1, 1, 2, 2] * 2, "U1": [1, 2, 1, 2] * 2, "U2": [1, 2, 2, 1] * 2})
    with pytest.raises(InputError, match="no shares"):
        drivers.relative_importance(answers, "all")


def test_odds_need_a_degree_of_freedom_and_no_interval_runs_to_the_end_of_floats():
    with pytest.raises(InputError, match="5 are needed"):
        drivers.proportional_odds(pl.DataFrame({"all": [1, 2, 3, 4], "U1": [1, 2, 1, 2]}), "all")
    few = pl.DataFrame({"all": [2, 1, 1, 1, 2, 2], "U1": [2, 1, 1, 1, 2, 2], "U2": [2, 1, 2, 2, 2, 1]})
    found = drivers.proportional_odds(few, "all")
    assert all(driver.odds is None for driver in found.drivers if driver.interval is None)
    assert "nan" not in found.sentence()
    json.dumps(found.as_json(), allow_nan=False)


def test_brants_test_of_too_few_answers_is_not_told_below_zero():
    few = pl.DataFrame({"all": [1, 3, 1, 1, 2, 2, 2], "U1": [3, 2, 2, 1, 3, 3, 3]})
    found = drivers.proportional_odds(few, "all")
    assert found.brant is None
    assert "tidak dapat diperiksa" in found.sentence()

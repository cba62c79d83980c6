"""The index is exact, follows the regulation, and can reproduce what offices published."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutu.errors import AnswerError, InputError, ScaleError, SettingError
from mutu.measure import skm
from mutu.regulations import skm as regulation

KODES = [f"U{number}" for number in range(1, 10)]


@st.composite
def surveys(draw, low=1, high=4, least=1, missing=True):
    """Columns of a survey: some elements, some respondents, at least one answer."""
    kodes = draw(st.lists(st.sampled_from(KODES), min_size=1, max_size=9, unique=True))
    n = draw(st.integers(least, 12))
    answer = st.integers(low, high)
    cell = st.none() | answer if missing else answer
    columns = {kode: draw(st.lists(cell, min_size=n, max_size=n)) for kode in kodes}
    columns[kodes[0]][0] = draw(answer)
    return columns


def brute(columns, low=1, high=4):
    """The index straight from its definition, cell by cell."""
    means = []
    for values in columns.values():
        answers = [Fraction(value) for value in values if value is not None]
        if answers:
            means.append(sum(1 + 3 * (a - low) / (high - low) for a in answers) / len(answers))
    return 25 * sum(means) / len(means)


# --- published cases ---------------------------------------------------------------------------------------------


def test_twenty_nine_respondents_give_91_48_with_exact_weights(case, make):
    content, columns = case("twenty-nine-respondents")
    assert {kode: sum(values) for kode, values in columns.items()} == content["totals"]
    result = skm.score(make(columns))
    assert result.ikm == Fraction(955, 29 * 9) * 25
    assert (result.rounded, result.mutu, result.n) == (Decimal("91.48"), "A", 29)


@pytest.mark.parametrize(
    ("weights", "expected"), [("exact", "91.48"), ("0.1111", "91.47"), ("0.111", "91.38"), ("0.11", "90.56")]
)
def test_a_printed_weight_reproduces_the_printed_index(case, weights, expected):
    _, columns = case("twenty-nine-respondents")
    result = skm.score(pd.DataFrame(columns), weights=weights)
    assert result.rounded == Decimal(expected)
    assert result.weights == result.as_json()["weights"] == weights


def test_the_printed_weight_costs_exactly_one_percent(case):
    _, columns = case("twenty-nine-respondents")
    frame = pd.DataFrame(columns)
    assert skm.score(frame, weights="0.11").ikm == skm.score(frame).ikm * Fraction(99, 100)


def test_eight_elements_asked_in_many_questions_give_87_09(case, make):
    content, columns = case("eight-elements-many-questions")
    result = skm.score(make(columns))
    assert result.rounded == Decimal("87.09")
    assert abs(float(result) - content["index_printed"]) < 0.0005
    assert {unsur.kode: pytest.approx(float(unsur.nrr), abs=0.0006) for unsur in result.unsur} == content["nrr_printed"]
    assert [unsur.questions for unsur in result.unsur] == [1, 1, 4, 1, 4, 3, 1, 7]
    assert {unsur.weight for unsur in result.unsur} == {Fraction(1, 8)}


def test_a_total_of_369_from_40_people_is_25_63_not_25_62():
    columns = {kode: [1] * 40 for kode in KODES}
    columns["U1"] = [2] * 9 + [1] * 31
    result = skm.score(pl.DataFrame(columns))
    assert result.ikm == Fraction(369, 360) * 25  # 25.625 exactly: a float or half-even would give 25.62
    assert result.rounded == Decimal("25.63")
    assert result.as_json()["ikm"] == 25.63


# --- what counts -------------------------------------------------------------------------------------------------


def test_with_a_missing_answer_the_mean_of_element_means_counts_not_the_mean_of_all_cells():
    columns = {"U1": [4, 4, 4], "U2": [2, None, None]}
    result = skm.score(pl.DataFrame(columns))
    assert result.ikm == 75  # the mean over all four cells would be 87.5
    assert [(unsur.n, unsur.missing) for unsur in result.unsur] == [(3, 0), (1, 2)]
    assert result.missing_share == Fraction(2, 6)


def test_an_unanswered_element_does_not_count_as_zero():
    assert skm.score(pl.DataFrame({"U1": [4, None], "U2": [4, 4]})).ikm == 100


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"U1": [4, 3], "U2": [3, 3]}),
        pd.DataFrame({"U1": [4, 3], "U2": [3, 3], "U4": [None, None]}),
        pd.DataFrame({"U1": [4, 3], "U2": [3, 3], "U4": [np.nan, np.nan]}),
        pd.DataFrame({"U1": [4, 3], "U2": [3, 3], "U4": pd.array([None, None], dtype="string")}),
        pl.DataFrame({"U1": [4, 3], "U2": [3, 3], "U4": [None, None]}),
        pl.LazyFrame({"U1": [4, 3], "U2": [3, 3], "U4": [None, None]}),
    ],
)
def test_an_element_not_asked_leaves_the_denominator(frame):
    result = skm.score(frame)
    assert [unsur.kode for unsur in result.unsur] == ["U1", "U2"]
    assert {unsur.weight for unsur in result.unsur} == {Fraction(1, 2)}
    assert result.ikm == Fraction(325, 4)
    assert result.missing_share == 0


def test_n_counts_respondents_with_at_least_one_answer():
    result = skm.score(pl.DataFrame({"U1": [4, None, None], "U2": [None, 3, None]}))
    assert result.n == 2


def test_an_element_of_several_questions_is_the_mean_of_its_questions_means():
    result = skm.score(pl.DataFrame({"U1.1": [4, 4], "U1.2": [2, None], "U2": [4, 4]}))
    first = result.element("U1")
    assert (first.nrr, first.questions, first.n, first.missing, first.counts) == (3, 2, 2, 1, ())
    assert result.ikm == Fraction(175, 2)


def test_elements_come_in_the_order_of_the_body_whatever_the_files_order():
    result = skm.score(pl.DataFrame({"U9": [4], "U1": [3], "U8": [2]}))
    assert [unsur.kode for unsur in result.unsur] == ["U1", "U8", "U9"]


def test_counts_are_given_for_every_point_of_the_scale():
    assert skm.score(pl.DataFrame({"U1": [4, 4, 2, None]})).unsur[0].counts == (0, 1, 0, 2)
    assert skm.score(pl.DataFrame({"U1": [5, 4, 1]}), scale=(1, 5)).unsur[0].counts == (1, 0, 0, 1, 1)


def test_the_lowest_index_has_a_grade_with_every_weight():
    frame = pl.DataFrame({kode: [1, 1] for kode in KODES})
    for convention in regulation().weights:
        result = skm.score(frame, weights=convention.code)
        assert result.mutu == "D"
        assert result.interval.low == float(result.ikm)


@pytest.mark.parametrize(("scale", "answers"), [((1, 5), [1, 3, 5]), ((0, 10), [0, 5, 10]), ((1, 6), [1, 6])])
def test_another_scale_is_converted_linearly_and_exactly(scale, answers):
    result = skm.score(pl.DataFrame({"U1": answers}), scale=scale)
    assert result.ikm == Fraction(125, 2)
    assert result.as_json()["scale"] == list(scale)
    assert str(scale[1]) in result.sentence()


# --- properties --------------------------------------------------------------------------------------------------


@given(surveys())
def test_the_index_equals_its_definition_cell_by_cell(columns):
    assert skm.score(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))).ikm == brute(columns)


@given(surveys())
def test_the_index_lies_between_25_and_100_inside_its_interval(columns):
    result = skm.score(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64)))
    assert 25 <= result.ikm <= 100
    if result.n < 2:
        assert result.interval is None
    else:
        assert 25 <= result.interval.low <= float(result) <= result.interval.high <= 100


@given(surveys(least=2), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_matter(columns, random):
    rows = list(range(len(next(iter(columns.values())))))
    names = list(columns)
    random.shuffle(rows)
    random.shuffle(names)
    schema = dict.fromkeys(columns, pl.Int64)
    plain = skm.score(pl.DataFrame(columns, schema=schema))
    mixed = skm.score(
        pl.DataFrame({name: [columns[name][row] for row in rows] for name in names}, schema_overrides=schema)
    )
    assert (mixed.ikm, mixed.n, mixed.missing_share) == (plain.ikm, plain.n, plain.missing_share)
    assert mixed.interval == pytest.approx(plain.interval)


@given(surveys(high=3), st.data())
def test_a_better_answer_never_lowers_the_index(columns, data):
    places = [(kode, row) for kode, values in columns.items() for row, value in enumerate(values) if value is not None]
    kode, row = data.draw(st.sampled_from(places))
    schema = dict.fromkeys(columns, pl.Int64)
    before = skm.score(pl.DataFrame(columns, schema=schema)).ikm
    columns[kode][row] += 1
    assert skm.score(pl.DataFrame(columns, schema=schema)).ikm > before


@given(surveys(low=0, high=10))
def test_converting_the_scale_first_or_last_gives_the_same_index(columns):
    result = skm.score(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64)), scale=(0, 10))
    assert result.ikm == brute(columns, 0, 10)


@given(surveys())
def test_the_table_adds_up_to_the_index_above_it(columns):
    result = skm.score(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64)))
    assert sum(unsur.nrr_tertimbang for unsur in result.unsur) * 25 == result.ikm
    assert sum(part["nrr_tertimbang"] for part in result.as_json()["unsur"]) * 25 == pytest.approx(
        result.as_json()["ikm"], abs=0.0052
    )


# --- frames ------------------------------------------------------------------------------------------------------


def test_every_kind_of_frame_gives_the_same_result(make):
    columns = {"U1": [4, 3, None, 4, 4, 4], "U2": [3, 3, 2, None, 3, 3], "U3.1": [1, 2, 3, 4, 1, 1], "U3.2": [4] * 6}
    expected = skm.score(pl.DataFrame(columns))
    result = skm.score(make(columns))
    exact = [(part.kode, part.n, part.counts, part.nrr, part.missing) for part in expected.unsur]
    assert [(part.kode, part.n, part.counts, part.nrr, part.missing) for part in result.unsur] == exact
    for part, other in zip(result.unsur, expected.unsur, strict=True):
        assert part.interval == pytest.approx(other.interval)
    assert (result.ikm, result.n, result.missing_share) == (expected.ikm, expected.n, expected.missing_share)
    assert result.interval == pytest.approx(expected.interval)
    assert result.difference("U1", "U3") == pytest.approx(expected.difference("U1", "U3"))


def test_nan_and_null_are_both_missing():
    expected = skm.score(pl.DataFrame({"U1": [4.0, 3.0, None], "U2": [3, 3, 4]}))
    assert skm.score(pl.DataFrame({"U1": [4.0, 3.0, float("nan")], "U2": [3, 3, 4]})).ikm == expected.ikm
    assert skm.score(pl.LazyFrame({"U1": [4.0, None, float("nan")], "U2": [3, 3, 4]})).unsur[0].n == 1
    objects = pd.DataFrame({"U1": pd.Series([4, 3, pd.NA], dtype=object), "U2": [3, 3, 4]})
    assert skm.score(objects).ikm == expected.ikm


@given(surveys())
@settings(max_examples=30)
def test_the_frame_is_never_changed(columns):
    frame = pd.DataFrame(columns).astype("Int64")
    frame.index = [row + 7 for row in range(len(frame))]
    before = frame.copy(deep=True)
    skm.score(frame, by={"group": ["a"] * len(frame)})
    pd.testing.assert_frame_equal(frame, before)


def test_millions_of_respondents_are_scored_where_they_lie():
    rows = 1_200_000
    frame = pl.LazyFrame({"i": range(rows)}).select(
        **{f"U{q}": (1 + (pl.col("i") * (2 * q + 1)) % 4).cast(pl.Int8) for q in range(1, 10)}
    )
    lazy, eager = skm.score(frame), skm.score(frame.collect())
    assert lazy.n == eager.n == rows
    assert lazy.ikm == eager.ikm == Fraction(125, 2)
    assert lazy.se == pytest.approx(eager.se, rel=1e-9)


# --- wrong input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "frame", "options", "words"),
    [
        (ScaleError, pd.DataFrame({"U1": [4, 5]}, index=[7, 9]), {}, ["U1", "5", "row 9", "1 to 4", "scale"]),
        (ScaleError, pl.DataFrame({"U1": [4, 0]}), {}, ["row 2", "0"]),
        (ScaleError, pl.LazyFrame({"U1": [4, -999]}), {}, ["U1", "-999"]),
        (AnswerError, pl.DataFrame({"U1": [4, 3], "U2": [3.5, 2]}), {}, ["U2", "3.5", "row 1"]),
        (AnswerError, pl.DataFrame({"U1": ["4", "3"]}), {}, ["U1", "«4»", "mutu.responses"]),
        (AnswerError, pl.DataFrame({"U1": [True, False]}), {}, ["U1", "True"]),
        (ScaleError, pl.DataFrame({"U1": [float("inf"), 3]}), {}, ["U1", "inf"]),
        (InputError, pl.DataFrame({"U1": [4], "umur": [30]}), {}, ["umur", "U1 to U9"]),
        (InputError, pl.DataFrame({"U10": [4]}), {}, ["U10"]),
        (InputError, pl.DataFrame({"u1": [4]}), {}, ["u1"]),
        (InputError, pl.DataFrame(), {}, ["no column with answers"]),
        (InputError, pl.DataFrame({"U1": [None, None]}), {}, ["not a single answer", "U1"]),
        (InputError, pl.DataFrame({"U1": []}), {}, ["not a single answer"]),
        (InputError, pd.DataFrame([[4, 3]], columns=["U1", "U1"]), {}, ["twice", "U1.1"]),
        (InputError, [[4, 3]], {}, ["data frame", "list"]),
        (SettingError, pl.DataFrame({"U1": [4]}), {"weights": "0.12"}, ["0.12", "0.11"]),
        (SettingError, pl.DataFrame({"U1": [4]}), {"weights": "0.11"}, ["0.11", "9", "1", "exact"]),
        (SettingError, pl.DataFrame({"U1": [4, 4]}), {"population": 1}, ["1", "2 respondents"]),
        (SettingError, pl.DataFrame({"U1": [4]}), {"scale": (4, 1)}, ["(4, 1)"]),
        (SettingError, pl.DataFrame({"U1": [4]}), {"scale": (1, 4.5)}, ["4.5", "whole"]),
    ],
)
def test_wrong_input_is_answered_with_a_sentence_that_names_the_place(kind, frame, options, words):
    with pytest.raises(kind) as caught:
        skm.score(frame, **options)
    for word in words:
        assert word in str(caught.value)


def test_an_element_that_was_not_asked_cannot_be_compared():
    result = skm.score(pl.DataFrame({"U1": [4, 3], "U2": [3, 3]}))
    with pytest.raises(InputError, match=r"«U5».*U1, U2"):
        result.difference("U1", "U5")

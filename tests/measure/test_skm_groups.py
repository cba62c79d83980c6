"""Groups are scored apart; small ones are not shown."""

from fractions import Fraction

import pandas as pd
import polars as pl
import pytest

from mutu.errors import InputError
from mutu.locale import use
from mutu.measure import skm
from mutu.regulations import publication

ANSWERS = {"U1": [4] * 5 + [3] * 6 + [1] * 4, "U2": [4, 3, 4, 3, 4] + [3] * 6 + [1] * 4}
SEX = ["L"] * 5 + ["P"] * 6 + [None] * 4


def test_a_group_has_the_index_of_its_own_answers():
    alone = skm.score(pl.DataFrame({kode: values[:5] for kode, values in ANSWERS.items()}))
    group = skm.score(pl.DataFrame(ANSWERS), by={"jenis_kelamin": ["L"] * 5 + ["P"] * 10}).groups[0]
    assert (group.column, group.value, group.n, group.ikm, group.mutu) == ("jenis_kelamin", "L", 5, alone.ikm, "A")
    assert group.interval == pytest.approx(alone.interval)


def test_a_group_below_the_smallest_allowed_holds_no_number_but_n():
    assert publication().min_group == 5
    group = skm.score(pl.DataFrame(ANSWERS), by={"jenis_kelamin": SEX}).groups[-1]
    assert (group.value, group.n, group.suppressed) == ("tidak diketahui", 4, True)
    assert (group.ikm, group.mutu, group.interval) == (None, None, None)
    assert group.as_json()["ikm"] is None


def test_people_without_an_answer_do_not_lift_a_group_over_the_minimum():
    answers = {"U1": [4, 4, 4, 4, None] * 2 + [3] * 5}
    groups = skm.score(pl.DataFrame(answers), by={"g": ["a"] * 5 + ["b"] * 5 + ["c"] * 5}).groups
    assert [(group.n, group.suppressed) for group in groups] == [(4, True), (4, True), (5, False)]


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ([3, 20, 7], [False, True, False]),  # one small group: with the next smallest, nobody can subtract it
        ([3, 20], [False, False]),
        ([1, 2, 9, 30], [False, False, False, True]),  # two small groups of three people together
        ([4, 4, 9, 30], [False, False, True, True]),
        ([5, 9], [True, True]),
        ([1, 2], [False, False]),
    ],
)
def test_a_small_group_cannot_be_found_by_subtracting_the_others(sizes, shown):
    labels = [f"g{number}" for number, size in enumerate(sizes) for _one in range(size)]
    answers = pl.DataFrame({"U1": [1 + place % 4 for place in range(len(labels))]})
    groups = skm.score(answers, by={"g": labels}).groups
    assert [not group.suppressed for group in groups] == shown
    assert [group.n for group in groups] == sizes
    assert all((group.ikm is None) == (group.mutu is None) == group.suppressed for group in groups)


def test_a_label_nobody_answered_under_withholds_no_other_group():
    answers = {"U1": [None, *[3] * 6, *[4] * 5]}
    groups = skm.score(pl.DataFrame(answers), by={"g": ["a", *["b"] * 6, *["c"] * 5]}).groups
    assert [(group.n, group.suppressed) for group in groups] == [(0, True), (6, False), (5, False)]


@pytest.mark.parametrize("labels", [pl.DataFrame({"g": SEX}), pd.DataFrame({"g": SEX}, index=range(100, 115))])
def test_labels_may_stand_in_a_frame_beside_the_answers(labels):
    groups = skm.score(pd.DataFrame(ANSWERS), by=labels).groups
    assert [(group.value, group.n) for group in groups] == [("L", 5), ("P", 6), ("tidak diketahui", 4)]


def test_labels_may_stand_in_the_frame_itself_also_a_lazy_one(make):
    sex = [1] * 5 + [2] * 6 + [None] * 4
    inside = skm.score(make({**ANSWERS, "kelompok": sex}), by=["kelompok"])
    beside = skm.score(pl.DataFrame(ANSWERS), by={"kelompok": sex})
    assert inside.groups == beside.groups
    assert inside.ikm == beside.ikm


def test_each_column_groups_all_respondents():
    result = skm.score(pl.DataFrame(ANSWERS), by={"a": SEX, "b": list(range(15))})
    assert sum(group.n for group in result.groups if group.column == "a") == result.n
    assert sum(group.n for group in result.groups if group.column == "b") == result.n


def test_groups_come_in_the_order_people_count():
    ages = ["10-19", "9-10", "Tidak tahu", "100+"] + [None] * 11
    values = [group.value for group in skm.score(pl.DataFrame(ANSWERS), by={"usia": ages}).groups]
    assert values == ["9-10", "10-19", "100+", "Tidak tahu", "tidak diketahui"]
    ages = ["18–25", "≥ 66", "≤ 17", "56–65", "< 5"] * 3
    values = [group.value for group in skm.score(pl.DataFrame(ANSWERS), by={"usia": ages}).groups]
    assert values == ["< 5", "≤ 17", "18–25", "56–65", "≥ 66"]


def test_who_did_not_say_is_named_in_the_language_in_use():
    with use("en"):
        assert skm.score(pl.DataFrame(ANSWERS), by={"g": SEX}).groups[-1].value == "unknown"


def test_an_element_not_answered_in_a_group_leaves_its_denominator_only():
    columns = {f"U{q}": [4] * 10 for q in range(1, 10)}
    columns["U4"] = [4] * 5 + [None] * 5
    result = skm.score(pl.DataFrame(columns), by={"g": ["a"] * 5 + ["b"] * 5}, weights="0.11")
    assert [group.elements for group in result.groups] == [9, 8]
    assert [group.ikm for group in result.groups] == [99, 99]


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ({"g": ["a"]}, ["«g»", "1 rows", "15"]),
        (["nama"], ["«nama»", "U1, U2"]),
        ("nama", ["«nama»"]),
        (pl.LazyFrame({"g": SEX}), ["order of rows"]),
        (pd.Series(SEX), ["names of columns", "Series"]),
        (7, ["data frame", "int"]),
    ],
)
def test_labels_that_do_not_fit_are_answered_with_a_sentence(by, words):
    with pytest.raises(InputError) as caught:
        skm.score(pl.DataFrame(ANSWERS), by=by)
    for word in words:
        assert word in str(caught.value)


def test_a_group_of_a_survey_with_missing_elements_keeps_exact_fractions():
    group = skm.score(pl.DataFrame({"U1": [4, 3, 3, 3, 3, 3, 3]}), by={"g": ["a"] * 7}).groups[0]
    assert group.ikm == Fraction(22, 7) * 25


def test_labels_beside_a_lazy_frame_are_refused_as_its_rows_have_no_order():
    with pytest.raises(InputError, match="no order of rows"):
        skm.score(pl.LazyFrame(ANSWERS), by={"g": SEX})


def test_a_notebook_shows_the_groups_below_the_elements():
    frame = pl.DataFrame({"U1": [4, 3, 4, 4, 3, 2, 4, 3, 4, 4, 3, 2]})
    result = skm.score(frame, by={"tempat <b>": ["a"] * 6 + ["b"] * 6})
    shown = result._repr_html_()
    assert shown.count("<table>") == 2
    assert "tempat &lt;b&gt;" in shown
    assert [row["n"] for row in result.group_rows()] == ["6", "6"]
    assert skm.score(frame)._repr_html_().count("<table>") == 1

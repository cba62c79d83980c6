"""The four quadrants, their cross-hairs, and which places are unsure."""

import numpy as np
import polars as pl
import pytest
from published import agrees
from result_kit import shows_itself

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure import ipa
from mutu.report.figures.register import spec

# four attributes, one in each quadrant of Martilla & James (1977), p. 78
FELT = {
    "cepat": [1, 2, 1, 2, 1, 2],
    "ramah": [4, 3, 4, 4, 3, 4],
    "parkir": [2, 1, 1, 2, 2, 1],
    "seragam": [4, 4, 3, 4, 4, 3],
}
MATTERS = {
    "cepat": [4, 4, 4, 3, 4, 4],
    "ramah": [4, 3, 4, 4, 4, 4],
    "parkir": [1, 2, 1, 1, 2, 1],
    "seragam": [2, 1, 2, 1, 1, 2],
}


def frame(columns, times=1):
    return pl.DataFrame({name: values * times for name, values in columns.items()})


def test_the_four_quadrants_are_those_of_martilla_and_james_1977():
    found = ipa.quadrants(frame(FELT, 5), frame(MATTERS, 5))
    assert {point.name: point.quadrant for point in found.points} == {
        "cepat": "concentrate",
        "ramah": "keep",
        "parkir": "low",
        "seragam": "overkill",
    }
    assert found.uncertain == ()
    with use("en"):
        names = [point.quadrant_name for point in found.points]
    assert names == ["Concentrate here", "Keep up the good work", "Low priority", "Possible overkill"]


def test_the_mean_gap_is_that_of_zarei_2020():
    felt, matters = frame({"a": [3.22, 4.22], "b": [3.22, 4.22]}), frame({"a": [3.87, 4.87], "b": [3.87, 4.87]})
    source = "Zarei et al. (2020), Shiraz E-Med J 21(9) e97938, abstract: importance 4.37, performance 3.72"
    agrees("ipa.quadrants, mean gap", source, "-0.65", float(ipa.quadrants(felt, matters)))


def test_places_agree_with_a_second_way_of_counting():
    chance = np.random.default_rng(5)
    felt, matters = chance.integers(1, 6, (60, 7)).astype(float), chance.integers(1, 6, (60, 7)).astype(float)
    found = ipa.quadrants(felt, matters)
    assert found.cross == pytest.approx((felt.sum() / 420, matters.sum() / 420))
    names = [["low", "concentrate"], ["overkill", "keep"]]
    for place, point in enumerate(found.points):
        right = int(felt[:, place].sum() * len(felt) * 7 >= felt.sum() * len(felt))
        up = int(matters[:, place].sum() * 7 >= matters.sum())
        assert point.quadrant == names[right][up]
        crossing = [
            axis
            for axis, limits, line in (
                ("performance", point.performance_interval, found.cross[0]),
                ("importance", point.importance_interval, found.cross[1]),
            )
            if (limits.low - line) * (limits.high - line) <= 0
        ]
        assert list(point.crosses) == crossing


def test_cross_hairs_stand_at_the_mean_the_median_or_where_they_are_put():
    felt = frame({"a": [1, 1], "b": [2, 2], "c": [2, 4]})
    matters = frame({"a": [4, 4], "b": [2, 2], "c": [2, 4]})
    assert ipa.quadrants(felt, matters).cross == (2, 3)
    assert ipa.quadrants(felt, matters, cross="median").cross == (2, 3)
    lifted = frame({"a": [1, 1], "b": [2, 2], "c": [4, 5]})
    assert ipa.quadrants(lifted, matters).cross == (2.5, 3)
    assert ipa.quadrants(lifted, matters, cross="median").cross == (2, 3)
    given = ipa.quadrants(felt, matters, cross=(2.5, 3.5))
    assert (given.cross, given.rule) == ((2.5, 3.5), "given")


def test_a_point_on_a_cross_hair_counts_as_high_and_is_unsure():
    found = ipa.quadrants(frame({"a": [2, 4], "b": [2, 4]}), frame({"a": [3, 3], "b": [1, 2]}), cross=(3, 2))
    assert [point.quadrant for point in found.points] == ["keep", "overkill"]
    assert "performance" in found.points[0].crosses


def test_a_point_whose_interval_crosses_is_said_to_be_unsure():
    felt = {**FELT, "cepat": [1, 4, 1, 4, 1, 4]}
    found = ipa.quadrants(frame(felt, 5), frame(MATTERS, 5), cross=(2.6, 2.6))
    assert [(point.name, point.crosses) for point in found.uncertain] == [("cepat", ("performance",))]
    assert "kuadrannya belum pasti: cepat" in found.sentence()
    assert found.points[0].quadrant == "concentrate"
    assert found.first == ()
    assert "Tidak ada atribut yang pasti penting tetapi lemah" in found.sentence()
    assert spec(found).title == "Tidak ada yang pasti penting sekaligus lemah"
    assert ipa.quadrants(frame(FELT, 5), frame(MATTERS, 5)).first[0].name == "cepat"
    assert found.rows()[0]["Kepastian"] == "belum pasti"


def test_the_side_of_the_iso_rating_line_is_told_only_when_the_gap_is_clear():
    found = ipa.quadrants(frame(FELT), frame(MATTERS))
    assert {point.name: point.side for point in found.points} == {
        "cepat": "short",
        "ramah": "on",
        "parkir": "on",
        "seragam": "beyond",
    }
    for point in found.points:
        assert point.performance - point.importance == pytest.approx(point.gap)


def test_an_attribute_that_all_rate_alike_has_an_interval_all_the_same():
    found = ipa.quadrants(frame({"a": [4, 4, 4], "b": [1, 2, 3]}), frame({"a": [3, 4, 4], "b": [2, 2, 1]}))
    low, high, _level = found.points[0].performance_interval
    assert (low < 3, high) == (True, 4)


def test_a_single_pair_leaves_the_place_unsure():
    found = ipa.quadrants(frame({"a": [4, None], "b": [1, 2]}), frame({"a": [4, 3], "b": [1, 2]}))
    assert found.points[0].performance_interval is None
    assert found.points[0].uncertain
    assert found.points[0].side == "on"


def test_frames_of_every_kind_give_the_same_answer(make):
    felt, matters = {k: [*v, None] for k, v in FELT.items()}, {k: [*v, 3] for k, v in MATTERS.items()}
    assert ipa.quadrants(make(felt), make(matters)) == ipa.quadrants(frame(felt), frame(matters))


def test_a_result_shows_itself():
    found = ipa.quadrants(frame(FELT), frame(MATTERS), cross="median")
    shows_itself(found)
    assert [point.name for point in found.inside("concentrate")] == ["cepat"]
    assert "Penting tetapi masih lemah («Prioritas utama»): cepat" in found.sentence()
    strong = {**FELT, "cepat": [4, 4, 4, 4, 3, 4]}
    assert "Tidak ada atribut" in ipa.quadrants(frame(strong), frame(MATTERS)).sentence()


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda: ipa.quadrants(frame({"a": [1, 2]}), frame({"a": [1, 2]})), InputError, ["At least 2 columns"]),
        (lambda: ipa.quadrants(frame(FELT).head(1), frame(MATTERS).head(1)), InputError, ["At least 2 rows"]),
        (lambda: ipa.quadrants(np.ones((3, 2)), np.ones((3, 2))), InputError, ["same"]),
        (lambda: ipa.quadrants(frame(FELT), frame(FELT), cross="mode"), SettingError, ["«mode»", "median"]),
        (lambda: ipa.quadrants(frame(FELT), frame(FELT), cross=(1,)), SettingError, ["two numbers"]),
        (lambda: ipa.quadrants(frame(FELT), frame(FELT), cross=(1, float("nan"))), SettingError, ["two numbers"]),
        (lambda: ipa.quadrants(frame(FELT), frame(FELT), cross=(1, "x")), SettingError, ["two numbers"]),
        (lambda: ipa.quadrants([["a", 1], [2, 3]], [[1, 1], [2, 3]]), AnswerError, ["«a»", "row 1"]),
        (lambda: ipa.quadrants(frame(FELT), frame(MATTERS)).inside("best"), SettingError, ["«best»", "overkill"]),
    ],
)
def test_bad_input_is_answered_with_a_sentence(call, kind, words):
    with pytest.raises(kind) as caught:
        call()
    for word in words:
        assert word in str(caught.value)

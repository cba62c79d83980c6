"""Gaps, dimensions and scores, and the interval that SERVQUAL, the grid and the index share."""

import math

import numpy as np
import pandas as pd
import polars as pl
import pytest
from published import agrees
from result_kit import shows_itself
from scipy import stats
from scipy.optimize import brentq

from mutu.errors import AnswerError, InputError, MutuError, SettingError
from mutu.locale import use
from mutu.measure import servqual
from mutu.measure.paired import combination

FELT = {"bersih": [4, 3, 4, 5, 4], "tepat": [3, 2, 4, 3, 2], "ramah": [4, 4, 5, 4, 3]}
HOPED = {"bersih": [5, 4, 4, 5, 5], "tepat": [5, 5, 4, 5, 4], "ramah": [5, 4, 4, 5, 4]}
DIMENSIONS = {"fasilitas": ["bersih"], "petugas": ["tepat", "ramah"]}


def symmetric(gap, t, n):
    """Gaps of an even number of people with the mean `gap` and the t statistic `t`, without skewness."""
    half = abs(gap / t) * math.sqrt(n) * math.sqrt((n - 1) / n)
    return np.repeat([gap - half, gap + half], n // 2)


@pytest.mark.parametrize(
    ("dimension", "expected", "gap", "t", "low", "high"),
    [
        ("Tangible", 4.44, -0.25, -9.14, "-0.30", "-0.19"),
        ("Reliable", 4.49, -0.13, -4.93, "-0.18", "-0.08"),
        ("Responsiveness", 4.48, -0.13, -4.87, "-0.18", "-0.07"),
    ],
)
def test_paired_intervals_are_those_of_pmc6131925_table_2(dimension, expected, gap, t, low, high):
    hoped = np.full((386, 1), expected)
    felt = hoped + symmetric(gap, t, 386)[:, None]
    found = servqual.gaps(felt, hoped).items[0]
    source = f"PMC6131925, table 2, {dimension}, N = 386"
    agrees("servqual.gaps, gap", source, f"{gap}", found.value)
    # the printed limits come from the unrounded gap, ours from the printed one: a unit of the last digit
    agrees("servqual.gaps, lower limit", source, low, found.interval.low, within=0.01)
    agrees("servqual.gaps, upper limit", source, high, found.interval.high, within=0.01)


def test_the_unweighted_score_is_that_of_the_12manage_example():
    gaps = {"tangibles": -0.65, "reliability": -1.10, "responsiveness": -0.83, "assurance": -0.70, "empathy": -1.01}
    hoped = pl.DataFrame({name: [6.0, 6.5] for name in gaps})
    felt = pl.DataFrame({name: [6.0 + gap, 6.5 + gap] for name, gap in gaps.items()})
    found = servqual.gaps(felt, hoped, dimensions={name: [name] for name in gaps})
    source = "12manage.com, Weighted and Unweighted Average SERVQUAL Scores, five dimensions"
    agrees("servqual.gaps, unweighted score", source, "-0.86", found.unweighted.value)
    assert found.weighted is None


def test_a_dimension_is_the_mean_of_its_items_and_the_scores_those_of_the_dimensions():
    found = servqual.gaps(
        pl.DataFrame(FELT), pl.DataFrame(HOPED), dimensions=DIMENSIONS, weights={"fasilitas": 30, "petugas": 70}
    )
    assert [part.value for part in found.items] == pytest.approx([-0.6, -1.8, -0.4])
    assert [part.value for part in found.dimensions] == pytest.approx([-0.6, -1.1])
    assert found.unweighted.value == pytest.approx(-0.85)
    assert float(found) == found.weighted.value == pytest.approx(0.3 * -0.6 + 0.7 * -1.1)
    assert [part.weight for part in found.dimensions] == [0.3, 0.7]
    for part in (*found.items, *found.dimensions, found.unweighted, found.weighted):
        assert part.perception - part.expectation == pytest.approx(part.value)


def test_without_dimensions_every_item_counts_the_same():
    found = servqual.gaps(pl.DataFrame(FELT), pl.DataFrame(HOPED))
    assert found.dimensions == ()
    assert float(found) == pytest.approx(-2.8 / 3)


def test_perception_alone_is_servperf():
    found = servqual.gaps(pl.DataFrame(FELT), dimensions=DIMENSIONS)
    assert (found.model, found.method) == ("servperf", "hall-t")
    assert [part.value for part in found.items] == pytest.approx([4, 2.8, 4])
    assert [part.expectation for part in found.items] == [None] * 3
    assert not found.score.clear
    assert "Harapan" not in found.rows()[0]


def test_an_answer_given_only_once_leaves_both_means_of_its_item():
    felt = pl.DataFrame({"a": [4, 3, None, 5], "b": [2, 2, 3, 3]})
    hoped = pl.DataFrame({"a": [5, None, 4, 5], "b": [4, 4, 4, 3]})
    a, b = servqual.gaps(felt, hoped).items
    assert (a.n, a.perception, a.expectation, a.value) == (2, 4.5, 5.0, -0.5)
    assert b.n == 4


def test_without_skewness_the_interval_is_scipys_paired_t_interval():
    felt, hoped = np.array([[3.0], [4], [4], [5], [2], [5]]), np.array([[5.0], [5], [5], [5], [5], [4]])
    gaps = (felt - hoped)[:, 0]
    assert stats.skew(gaps) == pytest.approx(0, abs=1e-9)
    scipys = stats.ttest_rel(felt[:, 0], hoped[:, 0]).confidence_interval(0.95)
    assert servqual.gaps(felt, hoped).items[0].interval[:2] == pytest.approx((scipys.low, scipys.high))


@pytest.mark.parametrize("seed", range(4))
def test_the_interval_solves_halls_transform_for_the_quantiles_of_t(seed):
    answers = np.random.default_rng(seed).choice([1.0, 2, 3, 4], size=25, p=[0.04, 0.06, 0.3, 0.6])
    n, skewness = len(answers), stats.skew(answers)

    def transformed(mean):
        t = (answers.mean() - mean) / stats.sem(answers)
        root = math.sqrt(n)
        return t + skewness * t**2 / (3 * root) + skewness**2 * t**3 / (27 * n) + skewness / (6 * root)

    quantile = stats.t.ppf(0.975, n - 1)
    low = brentq(lambda mean: transformed(mean) - quantile, answers.mean() - 3, answers.mean())
    high = brentq(lambda mean: transformed(mean) + quantile, answers.mean(), answers.mean() + 3)
    found = combination(answers[:, None], np.ones(1), (-10, 10)).interval
    assert found[:2] == pytest.approx((low, high))


@pytest.mark.parametrize("seed", range(3))
def test_with_missing_answers_the_spread_agrees_with_the_jackknife(seed):
    chance = np.random.default_rng(seed)
    answers = chance.choice([1.0, 2, 3, 4], size=(80, 4)) + chance.choice([0.0, 1], size=(80, 1))
    answers[chance.random(answers.shape) < 0.15] = np.nan
    shares = np.array([0.4, 0.3, 0.2, 0.1])
    without = [shares @ np.nanmean(np.delete(answers, row, axis=0), axis=0) for row in range(80)]
    se = math.sqrt(79 / 80 * ((without - np.mean(without)) ** 2).sum())
    found = combination(answers, shares, (1, 5))
    assert found.value == pytest.approx(shares @ np.nanmean(answers, axis=0))
    assert found.interval.high - found.interval.low == pytest.approx(2 * stats.t.ppf(0.975, 79) * se, rel=0.03)


@pytest.mark.parametrize("n", [30, 100])
def test_it_covers_the_mean_of_mild_answers_where_the_t_interval_does_not(n):
    chance, share = np.random.default_rng(3), [0.01, 0.02, 0.07, 0.90]
    truth = float(np.array([1, 2, 3, 4]) @ share)
    hits = textbook = 0
    for _ in range(2000):
        answers = chance.choice([1.0, 2, 3, 4], size=(n, 1), p=share)
        found = combination(answers, np.ones(1), (1, 4)).interval
        hits += found.low <= truth <= found.high
        half = stats.t.ppf(0.975, n - 1) * stats.sem(answers[:, 0])
        textbook += abs(answers.mean() - truth) <= half
    assert textbook / 2000 < 0.93 < hits / 2000


def test_full_agreement_does_not_claim_to_know_everything():
    found = combination(np.full((10, 1), 4.0), np.ones(1), (1, 4))
    share = 1 - 0.025 ** (1 / 10)  # Clopper & Pearson, upper limit for none in ten
    assert found.agreed
    assert found.interval.low == pytest.approx(4 - 3 * share)
    assert found.interval.high == 4
    assert share == pytest.approx(stats.binomtest(0, 10).proportion_ci(0.95, "exact").high)


def test_frames_of_every_kind_give_the_same_answer(make):
    felt, hoped = {k: [*v, None] for k, v in FELT.items()}, {k: [*v, 4] for k, v in HOPED.items()}
    weights = {"fasilitas": 1, "petugas": 2}
    found = servqual.gaps(make(felt), make(hoped), dimensions=DIMENSIONS, weights=weights)
    assert found == servqual.gaps(pl.DataFrame(felt), pl.DataFrame(hoped), dimensions=DIMENSIONS, weights=weights)
    assert found.n == 5


def test_the_columns_of_the_second_frame_may_stand_in_another_order():
    turned = pl.DataFrame(dict(reversed(HOPED.items())))
    assert servqual.gaps(pl.DataFrame(FELT), turned) == servqual.gaps(pl.DataFrame(FELT), pl.DataFrame(HOPED))


@pytest.mark.parametrize("hoped", [None, HOPED])
def test_a_result_shows_itself(hoped):
    found = servqual.gaps(
        pl.DataFrame(FELT),
        None if hoped is None else pl.DataFrame(hoped),
        dimensions=DIMENSIONS,
        weights={"fasilitas": 40, "petugas": 60},
    )
    shows_itself(found)
    assert len(found.rows()) == 3 + 2 + 2
    assert found.part("petugas") is found.dimensions[1]


@pytest.mark.parametrize(
    ("shift", "indonesian", "english"),
    [
        (-1, "Pelayanan belum memenuhi harapan", "falls short"),
        (1, "Pelayanan melebihi harapan", "better than people expected"),
        (0, "tidak dapat dibedakan", "cannot be told apart"),
    ],
)
def test_the_sentence_says_short_beyond_or_neither(shift, indonesian, english):
    hoped = np.array([[3.0, 3], [4, 3], [3, 4], [4, 4], [3, 3], [4, 4]])
    noise = np.array([[0.2, -0.2], [-0.2, 0.2], [0.1, -0.2], [-0.1, 0.2], [0.2, 0.1], [-0.2, -0.1]])
    found = servqual.gaps(hoped + shift + noise, hoped)
    assert indonesian in found.sentence()
    with use("en"):
        assert english in found.sentence()


A = pl.DataFrame({"a": [1, 2, 3], "b": [3, 2, 2]})


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda: servqual.gaps(pl.DataFrame({"a": []}), None), MutuError, ["At least 2 rows"]),
        (lambda: servqual.gaps(A.head(1), A.head(1)), InputError, ["At least 2 rows", "1"]),
        (lambda: servqual.gaps(A, A.rename({"b": "c"})), InputError, ["perception: b", "expectation: c", "same name"]),
        (lambda: servqual.gaps(A, A.head(2)), InputError, ["3 rows", "2 of expectation"]),
        (lambda: servqual.gaps(pl.DataFrame({"a": ["x", "y", "z"]}), A), AnswerError, ["«x»", "row 1"]),
        (lambda: servqual.gaps(pl.DataFrame({"a": [1.0, math.inf]})), AnswerError, ["infinite", "row 2"]),
        (
            lambda: servqual.gaps(
                pl.DataFrame({"a": [None, None, 1], "b": [1, 1, 2]}), pl.DataFrame({"a": [1, 2, None], "b": [1, 1, 1]})
            ),
            InputError,
            ["«a»", "both"],
        ),
        (lambda: servqual.gaps(pl.DataFrame({"a": [4, 4], "b": [4, 4]})), InputError, ["same"]),
        (lambda: servqual.gaps(7), InputError, ["int"]),
        (lambda: servqual.gaps(pd.DataFrame([[1, 2], [2, 3]], columns=["a", "a"])), InputError, ["twice"]),
        (lambda: servqual.gaps(A, dimensions={"x": ["a"]}), InputError, ["«b»", "0 dimensions"]),
        (lambda: servqual.gaps(A, dimensions={"x": ["a", "b"], "y": ["b"]}), InputError, ["«b»", "2 dimensions"]),
        (lambda: servqual.gaps(A, dimensions={"x": ["a", "b", "c"]}), InputError, ["unknown", "c"]),
        (lambda: servqual.gaps(A, dimensions={"x": ["a", "b"], "y": []}), InputError, ["«y»"]),
        (lambda: servqual.gaps(A, weights={"x": 1}), SettingError, ["each dimension"]),
        (lambda: servqual.gaps(A, dimensions={"x": ["a", "b"]}, weights={"y": 1}), SettingError, ["x", "y"]),
        (lambda: servqual.gaps(A, dimensions={"x": ["a", "b"]}, weights={"x": 0}), SettingError, ["zero"]),
        (lambda: servqual.gaps(A, dimensions={"x": ["a", "b"]}, weights={"x": "3"}), SettingError, ["zero"]),
        (lambda: servqual.gaps(A, dimensions={"x": ["a", "b"]}, weights={"x": math.nan}), SettingError, ["zero"]),
        (lambda: servqual.gaps(A).part("c"), InputError, ["«c»", "a, b"]),
    ],
)
def test_bad_input_is_answered_with_a_sentence(call, kind, words):
    with pytest.raises(kind) as caught:
        call()
    for word in words:
        assert word in str(caught.value)

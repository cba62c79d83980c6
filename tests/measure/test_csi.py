"""The satisfaction index: printed weights and scores, an interval computed three ways."""

import math

import numpy as np
import polars as pl
import pytest
from published import agrees
from result_kit import shows_itself
from scipy import stats

from mutu.errors import AnswerError, InputError, SettingError
from mutu.measure.csi import customer_satisfaction_index

# Thesis of Universitas Sumatera Utara (text-id.123dok.com/document/6zk6l18yx), table 5.14, n = 79: MIS, WF, MSS, WS of
# the first 16 attributes; the sum of all MIS is printed as 98.0157
PRINTED = [
    ("3.865", "3.9433", "3.977", "15.6823"),
    ("3.9201", "3.9995", "4.2449", "16.9774"),
    ("4.0118", "4.093", "4.0327", "16.5057"),
    ("3.9516", "4.0316", "4.1732", "16.8244"),
    ("3.9472", "4.0271", "3.9929", "16.0798"),
    ("4.0694", "4.1518", "4.0989", "17.0178"),
    ("3.939", "4.0187", "3.5631", "14.3191"),
    ("3.7432", "3.819", "4.0312", "15.3953"),
    ("4.0653", "4.1476", "3.9784", "16.5006"),
    ("3.9965", "4.0774", "4.2115", "17.1723"),
    ("3.8252", "3.9026", "4.0713", "15.8888"),
    ("3.7433", "3.819", "3.6506", "13.9419"),
    ("4.0227", "4.1041", "3.9111", "16.0513"),
    ("3.9514", "4.0313", "4.2632", "17.1866"),
    ("3.8801", "3.9586", "3.9528", "15.6478"),
    ("4.0803", "4.1629", "4.1932", "17.456"),
]
FELT = {"cepat": [3, 4, 3, 4, 2], "ramah": [5, 4, 5, 4, 4]}
MATTERS = {"cepat": [5, 5, 4, 4, 5], "ramah": [4, 3, 4, 4, 2]}


def survey(seed, n, missing=0.0):
    chance = np.random.default_rng(seed)
    mood = chance.normal(0, 0.6, (n, 1))
    felt = np.clip(np.round(chance.normal(3.6, 0.8, (n, 5)) + mood), 1, 5)
    matters = np.clip(np.round(chance.normal(4.1, 0.7, (n, 5)) - 0.5 * mood), 1, 5)
    felt[chance.random(felt.shape) < missing] = np.nan
    return felt, matters


def by_hand(felt, matters):
    either = np.isnan(felt) | np.isnan(matters)
    means = [(sum(m[~e]) / sum(~e), sum(f[~e]) / sum(~e)) for f, m, e in zip(felt.T, matters.T, either.T, strict=True)]
    return 100 * sum(m * f for m, f in means) / sum(m for m, _ in means) / 5


def test_weights_and_scores_are_those_of_a_printed_table():
    rest = (98.0157 - sum(float(row[0]) for row in PRINTED)) / 9  # the attributes that are not used here, in one mean
    matters = np.array([[float(row[0]) for row in PRINTED] + [rest] * 9] * 2)
    felt = np.array([[float(row[2]) for row in PRINTED] + [4.0] * 9] * 2)
    found = customer_satisfaction_index(felt, matters, (1, 5))
    source = "Universitas Sumatera Utara (123dok 6zk6l18yx), table 5.14, attribute"
    for place, (row, part) in enumerate(zip(PRINTED, found.attributes, strict=False), 1):
        agrees("csi, weight factor (%)", f"{source} {place}", row[1], 100 * part.weight, within=1e-4)
        # their scores are products of rounded weights and means: two units of the last digit
        agrees("csi, weighted score", f"{source} {place}", row[3], 100 * part.score, within=5e-4)


@pytest.mark.parametrize("missing", [0.0, 0.15])
def test_the_index_equals_one_computed_by_hand(missing):
    felt, matters = survey(1, 40, missing)
    assert float(customer_satisfaction_index(felt, matters, (1, 5))) == pytest.approx(by_hand(felt, matters))


@pytest.mark.parametrize("missing", [0.0, 0.15])
def test_its_interval_is_as_wide_as_the_jackknife_says(missing):
    felt, matters = survey(2, 120, missing)
    without = [by_hand(np.delete(felt, row, axis=0), np.delete(matters, row, axis=0)) for row in range(120)]
    se = math.sqrt(119 / 120 * sum((value - np.mean(without)) ** 2 for value in without))
    low, high, _ = customer_satisfaction_index(felt, matters, (1, 5)).interval
    assert high - low == pytest.approx(2 * stats.t.ppf(0.975, 119) * se, rel=0.03)


def test_its_interval_agrees_with_the_bootstrap():
    felt, matters = survey(3, 150)
    chance = np.random.default_rng(0)
    drawn = [by_hand(felt[rows], matters[rows]) for rows in chance.integers(0, 150, (2000, 150))]
    found = customer_satisfaction_index(felt, matters, (1, 5)).interval
    assert found[:2] == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.35)


def test_it_covers_the_index_of_the_population_about_95_times_in_100():
    felt, matters = survey(4, 20_000)
    truth, chance = by_hand(felt, matters), np.random.default_rng(1)
    hits = 0
    for _ in range(400):
        rows = chance.integers(0, 20_000, 30)
        low, high, _level = customer_satisfaction_index(felt[rows], matters[rows], (1, 5)).interval
        hits += low <= truth <= high
    assert 0.92 <= hits / 400 <= 0.985


def test_the_scale_bounds_index_and_interval():
    best = customer_satisfaction_index([[5, 5], [5, 5], [5, 5]], [[5, 4], [4, 5], [3, 3]], (1, 5))
    assert (best.index, best.interval.high) == (100, 100)
    assert best.interval.low < 90  # three people who agree do not prove that all do
    worst = customer_satisfaction_index([[1, 1], [1, 1]], [[5, 4], [4, 5]], (1, 5))
    assert (worst.index, worst.lowest) == (20, 20)


def test_equal_importance_makes_it_the_plain_mean():
    felt = np.array([[3.0, 5], [4, 4]])
    assert float(customer_satisfaction_index(felt, np.full((2, 2), 4.0), (1, 5))) == pytest.approx(80)


def test_frames_of_every_kind_give_the_same_answer(make):
    felt, matters = {k: [*v, None] for k, v in FELT.items()}, {k: [*v, 3] for k, v in MATTERS.items()}
    here = customer_satisfaction_index(pl.DataFrame(felt), pl.DataFrame(matters), (1, 5))
    assert customer_satisfaction_index(make(felt), make(matters), (1, 5)) == here


def test_a_result_shows_itself():
    found = customer_satisfaction_index(pl.DataFrame(FELT), pl.DataFrame(MATTERS), (1, 5))
    shows_itself(found)
    assert "Indeks kepuasan (CSI)" in found.sentence()
    assert "di bawah 20,00%" in found.sentence()
    assert found.rows()[-1]["Faktor bobot (WF)"] == "100,00%"
    assert sum(part.score for part in found.attributes) * 20 == pytest.approx(found.index)


@pytest.mark.parametrize(
    ("felt", "matters", "scale", "kind", "words"),
    [
        ([[1, 6], [2, 3]], [[1, 1], [2, 3]], (1, 5), AnswerError, ["column 2", "6", "row 1", "1 to 5"]),
        ([[1, 2], [2, 3]], [[1, 1], [0, 3]], (1, 5), AnswerError, ["column 1", "importance", "row 2"]),
        ([[1, 2], [2, 3]], [[0, 0], [0, 0]], (0, 5), InputError, ["importance"]),
        ([[1, 2], [2, 3]], [[1, 1], [2, 3]], (5, 1), SettingError, ["(5, 1)"]),
        ([[1, 2], [2, 3]], [[1, 1], [2, 3]], 5, SettingError, ["not valid"]),
        ([[1, 2], [2, 3]], [[1, 1], [2, 3]], (-2, 2), SettingError, ["not valid"]),
        ([[1, 2], [2, 3]], [[1, 1], [2, 3]], (1, math.inf), SettingError, ["not valid"]),
        ([[1, None], [2, None]], [[1, 1], [2, 3]], (1, 5), InputError, ["column 2", "no number"]),
        ([[1, 2]], [[1, 2]], (1, 5), InputError, ["At least 2 rows"]),
        ([[1, 2], [2, 3]], [[1], [2]], (1, 5), InputError, ["performance: 2"]),
    ],
)
def test_bad_input_is_answered_with_a_sentence(felt, matters, scale, kind, words):
    with pytest.raises(kind) as caught:
        customer_satisfaction_index(felt, matters, scale)
    for word in words:
        assert word in str(caught.value)

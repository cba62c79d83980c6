"""The interval agrees with references computed another way."""

import math
import random
import statistics

import polars as pl
import pytest
from scipy import stats

from mutu.measure import skm

KODES = [f"U{number}" for number in range(1, 10)]


def draw(seed, n, missing=0.0):
    """A survey with answers that hang together, as those of people do."""
    chance = random.Random(seed)
    rows = []
    for _ in range(n):
        mood = chance.gauss(3.2, 0.6)
        rows.append(
            [None if chance.random() < missing else min(4, max(1, round(chance.gauss(mood, 0.6)))) for _ in KODES]
        )
    return {kode: [row[place] for row in rows] for place, kode in enumerate(KODES)}


def t_interval(values):
    """The textbook interval of a mean."""
    n, middle = len(values), statistics.fmean(values)
    half = stats.t.ppf(0.975, n - 1) * statistics.stdev(values) / math.sqrt(n)
    return middle - half, middle + half


def test_with_complete_answers_it_is_the_t_interval_of_the_respondents_means():
    columns = draw(1, 41)
    means = [25 * statistics.fmean(row) for row in zip(*columns.values(), strict=True)]
    assert skm.score(pl.DataFrame(columns)).interval[:2] == pytest.approx(t_interval(means))


def test_an_elements_interval_is_the_t_interval_of_those_who_answered_it():
    columns = draw(2, 41, missing=0.2)
    for unsur in skm.score(pl.DataFrame(columns)).unsur:
        answers = [value for value in columns[unsur.kode] if value is not None]
        assert unsur.nrr_interval[:2] == pytest.approx(t_interval(answers))
        assert unsur.interval[:2] == pytest.approx([25 * limit for limit in t_interval(answers)])
        assert unsur.n == len(answers)


def test_with_missing_answers_it_equals_the_one_worked_by_hand():
    # Means 3.5 and 2.5 from two answers each, index 75. Respondent 1 moves it by 12.5 (0.5 + 0.5) / 2 = 6.25,
    # 2 and 3 by -3.125 each; 3/2 (6.25² + 2 · 3.125²) = 87.890625 = 9.375²; t with 2 degrees of freedom is 4.302653.
    result = skm.score(pl.DataFrame({"U1": [4, 3, None], "U2": [3, None, 2]}))
    assert result.ikm == 75
    assert result.se == pytest.approx(9.375)
    assert result.interval.low == pytest.approx(75 - 4.302652730 * 9.375)
    assert result.interval.high == 100  # cut: 115.3 is not an index


@pytest.mark.parametrize("seed", range(5))
def test_with_missing_answers_it_agrees_with_the_jackknife(seed):
    columns = draw(seed, 80, missing=0.15)
    n = len(columns["U1"])
    without = [
        float(skm.score(pl.DataFrame({k: v[:row] + v[row + 1 :] for k, v in columns.items()})).ikm) for row in range(n)
    ]
    jackknife = math.sqrt((n - 1) / n * sum((value - statistics.fmean(without)) ** 2 for value in without))
    assert skm.score(pl.DataFrame(columns)).se == pytest.approx(jackknife, rel=0.03)


def test_several_questions_of_an_element_agree_with_the_jackknife():
    columns = draw(7, 80, missing=0.15)
    renamed = dict(zip(["U1.1", "U1.2", "U1.3", "U2", "U3.1", "U3.2", "U4", "U5", "U6"], columns.values(), strict=True))
    n = len(renamed["U2"])
    without = [
        float(skm.score(pl.DataFrame({k: v[:row] + v[row + 1 :] for k, v in renamed.items()})).element("U1").indeks)
        for row in range(n)
    ]
    jackknife = math.sqrt((n - 1) / n * sum((value - statistics.fmean(without)) ** 2 for value in without))
    assert skm.score(pl.DataFrame(renamed)).element("U1").se == pytest.approx(jackknife, rel=0.05)


def test_it_covers_the_true_index_about_95_times_in_100():
    people = draw(11, 4000)
    truth = float(skm.score(pl.DataFrame(people)).ikm)
    frame = pl.DataFrame(people)
    hits = 0
    for seed in range(300):
        found = skm.score(frame.sample(40, seed=seed, with_replacement=True)).interval
        hits += found.low <= truth <= found.high
    assert 0.91 <= hits / 300 <= 0.985


def test_a_known_population_narrows_it_and_a_complete_count_has_no_width():
    frame = pl.DataFrame(draw(3, 50))
    plain, narrowed = skm.score(frame), skm.score(frame, population=200)
    assert narrowed.se == pytest.approx(plain.se * math.sqrt(1 - 50 / 200))
    assert narrowed.method != plain.method
    assert skm.score(frame, population=50).interval[:2] == (float(plain), float(plain))


def test_one_respondent_has_no_interval_and_the_sentence_says_so():
    result = skm.score(pl.DataFrame({"U1": [4], "U2": [3]}))
    assert (result.interval, result.se, result.unsur[0].interval) == (None, None, None)
    assert result.as_json()["interval"] is None
    assert "dua" in result.sentence()


def test_an_element_with_one_answer_has_no_interval_though_the_index_has_one():
    result = skm.score(pl.DataFrame({"U1": [4, 3, 2], "U2": [3, None, None]}))
    assert result.element("U2").interval is None
    assert result.difference("U1", "U2") is None
    assert result.interval is not None


def test_two_people_who_differ_but_come_to_one_value_are_not_said_to_agree():
    result = skm.score(pl.DataFrame({"U1": [4, 3], "U2": [3, 4]}))
    assert result.se == 0
    assert "Nilai dari semua responden sama" in result.agreed


def test_complete_agreement_is_said_to_say_little():
    result = skm.score(pl.DataFrame({"U1": [3, 3, 3], "U2": [2, 2, 2]}))
    assert result.interval[:2] == (62.5, 62.5)
    assert "lebar selangnya nol" in result.sentence()


def test_two_elements_are_compared_within_respondents():
    columns = draw(5, 60)
    result = skm.score(pl.DataFrame(columns))
    apart = [25 * (a - b) for a, b in zip(columns["U1"], columns["U2"], strict=True)]
    assert result.difference("U1", "U2")[:2] == pytest.approx(t_interval(apart))
    low, high, _ = result.difference("U2", "U1")
    assert result.difference("U1", "U2")[:2] == pytest.approx((-high, -low))
    assert result.difference("U1", "U1")[:2] == (0, 0)


def test_a_printed_weight_scales_the_interval_too():
    frame = pl.DataFrame(draw(6, 60))
    assert skm.score(frame, weights="0.11").se == pytest.approx(skm.score(frame).se * 0.99)


def test_a_converted_scale_has_the_interval_of_the_converted_answers():
    answers = [1, 3, 5, 3, 5]
    result = skm.score(pl.DataFrame({"U1": answers}), scale=(1, 5))
    low, high = t_interval([25 * (1 + 3 * (answer - 1) / 4) for answer in answers])
    assert result.interval[:2] == pytest.approx((max(low, 25), min(high, 100)))
    assert result.ikm == 70

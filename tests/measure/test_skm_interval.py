"""The interval agrees with references computed another way."""

import math
import random
import statistics

import numpy as np
import polars as pl
import pytest
from hall import hall_limit
from scipy import stats

from mutu.errors import InputError
from mutu.measure import skm
from mutu.measure.intervals import Spread, cluster_freedom, probability_below, studentised, unskewed

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


def hall_interval(values):
    """The mean's interval by Hall (1992, p. 222): the values whose transformed t is a quantile, found by search."""
    n, middle = len(values), statistics.fmean(values)
    apart = [value - middle for value in values]
    se = math.sqrt(sum(a**2 for a in apart) / (n - 1) / n)
    skewness = sum(a**3 for a in apart) / n / (sum(a**2 for a in apart) / n) ** 1.5
    return tuple(hall_limit(middle, se, skewness / math.sqrt(n), n - 1, sign) for sign in (1, -1))


def test_with_complete_answers_it_is_halls_interval_of_the_respondents_means():
    columns = draw(1, 41)
    means = [25 * statistics.fmean(row) for row in zip(*columns.values(), strict=True)]
    assert skm.score(pl.DataFrame(columns)).interval[:2] == pytest.approx(hall_interval(means))


def test_without_skewness_it_is_the_t_interval():
    answers = [1, 2, 3, 4] * 5
    half = stats.t.ppf(0.975, 19) * 25 * statistics.stdev(answers) / math.sqrt(20)
    assert skm.score(pl.DataFrame({"U1": answers})).interval[:2] == pytest.approx((62.5 - half, 62.5 + half))


def test_an_elements_interval_is_that_of_those_who_answered_it():
    columns = draw(2, 41, missing=0.2)
    for unsur in skm.score(pl.DataFrame(columns)).unsur:
        answers = [value for value in columns[unsur.kode] if value is not None]
        assert unsur.nrr_interval[:2] == pytest.approx([min(limit, 4) for limit in hall_interval(answers)])
        assert unsur.interval[:2] == pytest.approx([min(25 * limit, 100) for limit in hall_interval(answers)])
        assert unsur.n == len(answers)


def test_with_missing_answers_it_equals_the_one_worked_by_hand():
    # Means 3.5 and 2.5 from two answers each, index 75. Respondent 1 moves it by 12.5 (0.5 + 0.5) / 2 = 6.25,
    # 2 and 3 by -3.125 each; 3/2 (6.25² + 2 · 3.125²) = 87.890625 = 9.375²; the third moment over the second to the
    # power 1.5 is (6.25³ - 2 · 3.125³) / 58.59375^1.5 = 0.4082, more than the 0.4 allowed.
    result = skm.score(pl.DataFrame({"U1": [4, 3, None], "U2": [3, None, 2]}))
    assert result.ikm == 75
    assert result.se == pytest.approx(9.375)
    assert result.interval.low == pytest.approx(hall_limit(75, 9.375, 0.4, 2, 1))
    assert result.interval.high == 100  # cut: more is not an index


@pytest.mark.parametrize("skewness", [-0.4, -0.2, 0.0, 0.3, 0.4])
@pytest.mark.parametrize("freedom", [2, 4, 8, 9, 40])
def test_the_interval_leaves_its_tails_outside_and_few_people_do_not_stretch_it(freedom, skewness):
    spread = Spread(0.5, skewness, freedom)
    below, above = studentised(3.0, spread, 0.95)
    assert probability_below(below, 3.0, spread) == pytest.approx(0.025)
    assert probability_below(above, 3.0, spread) == pytest.approx(0.975)
    half = stats.t.ppf(0.975, freedom) * 0.5
    if freedom < 9:
        assert max(3 - below, above - 3) <= 2 * half * (1 + 1e-12)
    limits = [probability_below(limit, 3.0, spread) for limit in np.linspace(-9, 15, 400)]
    assert limits == sorted(limits)


@pytest.mark.parametrize("shares", [(0.05, 0.15, 0.5, 0.3), (0.02, 0.08, 0.3, 0.6), (0.01, 0.04, 0.15, 0.8)])
@pytest.mark.parametrize("n", [5, 8])
def test_of_few_people_the_shorter_interval_covers_as_often(n, shares):
    """4,000 seeded samples of answers 1-4: at most one point in a hundred less than Hall's interval in full."""
    rng = np.random.default_rng(6)
    held = np.zeros(2)
    for answers in rng.choice([1.0, 2.0, 3.0, 4.0], (4000, n), p=shares):
        if np.ptp(answers):
            apart = answers - answers.mean()
            se, skewness = answers.std(ddof=1) / n**0.5, (apart**3).sum() / (apart**2).sum() ** 1.5
            t, truth = stats.t.ppf(0.975, n - 1), np.dot(shares, [1, 2, 3, 4])
            full = [answers.mean() - se * unskewed(end, skewness) for end in (t, -t)]
            short = studentised(answers.mean(), Spread(se, skewness, n - 1), 0.95)
            held += [low <= truth <= high for low, high in (full, short)]
    assert held[1] >= held[0] - 40


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


def clustered(seed, sizes, missing=0.0):
    """A survey whose clusters differ, as counters and days do."""
    chance = random.Random(seed)
    labels, rows = [], []
    for cluster, size in enumerate(sizes):
        place = chance.gauss(0, 0.3)
        for _ in range(size):
            mood = chance.gauss(3.1 + place, 0.6)
            labels.append(f"loket {cluster}")
            rows.append(
                [None if chance.random() < missing else min(4, max(1, round(chance.gauss(mood, 0.6)))) for _ in KODES]
            )
    return {kode: [row[place] for row in rows] for place, kode in enumerate(KODES)}, labels


def test_clusters_give_the_standard_error_of_leaving_each_out():
    columns, labels = clustered(4, [12, 5, 9, 20, 3, 7])
    whole = skm.score(pl.DataFrame(columns), cluster=labels)
    frame = pl.DataFrame({**columns, "loket": labels})
    without = [float(skm.score(frame.filter(pl.col("loket") != name).drop("loket")).ikm) for name in set(labels)]
    jackknife = math.sqrt(5 / 6 * sum((value - float(whole.ikm)) ** 2 for value in without))
    assert whole.se == pytest.approx(jackknife)
    assert (whole.clusters, whole.method) == (6, "cluster-jackknife-hall-t")
    assert "6 klaster" in whole.sentence()


def test_each_respondent_a_cluster_is_no_cluster():
    columns, labels = clustered(5, [1] * 30, missing=0.1)
    assert skm.score(pl.DataFrame(columns), cluster=labels).interval[:2] == pytest.approx(
        skm.score(pl.DataFrame(columns)).interval[:2], rel=0.01
    )


@pytest.mark.parametrize("sizes", [[4, 4, 4], [30, 2, 5, 9], [1, 1, 1, 17, 60]])
def test_the_freedom_of_uneven_clusters_is_satterthwaites_of_the_whole_matrix(sizes):
    n, count = sum(sizes), len(sizes)
    own = np.repeat(np.arange(count), sizes)
    sums = np.array([(own == g) - sizes[g] / n for g in range(count)]) / (1 - np.array(sizes) / n)[:, None]
    spectrum = np.linalg.eigvalsh(sums @ sums.T)
    assert cluster_freedom(np.array(sizes, dtype=float)) == pytest.approx(spectrum.sum() ** 2 / (spectrum**2).sum())


def test_clusters_may_be_a_column_of_any_frame(make):
    columns, labels = clustered(6, [6, 8, 4], missing=0.1)
    expected = skm.score(pl.DataFrame(columns), cluster=labels)
    numbered = [int(label.split()[1]) for label in labels]
    found = skm.score(make({**columns, "loket": numbered}), cluster="loket")
    assert found.interval == pytest.approx(expected.interval)
    assert found.clusters == 3


def test_a_group_within_one_cluster_has_no_interval():
    columns, labels = clustered(7, [8, 9, 10])
    whole = skm.score(pl.DataFrame(columns), cluster=labels, by={"loket": labels})
    assert [group.interval for group in whole.groups] == [None, None, None]
    assert whole.interval is not None


def test_one_cluster_and_a_row_without_one_are_refused():
    columns, labels = clustered(8, [8, 9])
    with pytest.raises(InputError, match="belong to one cluster"):
        skm.score(pl.DataFrame(columns), cluster=["loket"] * 17)
    with pytest.raises(InputError, match="Row 3"):
        skm.score(pl.DataFrame(columns), cluster=[*labels[:2], None, *labels[3:]])


def test_the_grades_probabilities_are_the_share_of_resampled_indices_in_each_band():
    columns = draw(21, 400)
    result = skm.score(pl.DataFrame(columns))
    answers = np.array([columns[kode] for kode in KODES]).T
    chance = np.random.default_rng(1)
    indices = 25 * answers[chance.integers(0, 400, (20000, 400))].mean(axis=(1, 2))
    graded = np.searchsorted([64.995, 76.605, 88.305], indices, side="right")
    shares = np.bincount(graded, minlength=4) / len(indices)
    assert [found.probability for found in result.grades] == pytest.approx(shares, abs=0.02)
    assert sum(found.probability for found in result.grades) == pytest.approx(1)
    assert [found.mutu for found in result.grades] == ["D", "C", "B", "A"]


def test_an_index_just_above_a_band_is_said_to_be_a_coin_toss():
    columns = {kode: [3] * 40 + [4] * 6 + [2] * 4 for kode in KODES}
    columns["U1"] = [4] * 8 + [3] * 38 + [2] * 4  # 76.11: 0.5 below B
    result = skm.score(pl.DataFrame(columns))
    assert (str(result.rounded), result.mutu) == ("76.11", "C")
    own = next(found.probability for found in result.grades if found.mutu == "C")
    assert 0.5 < own < 0.9
    assert "Peluang indeks yang sebenarnya bermutu C adalah 63% (B 37%)" in result.sentence()


def test_a_grade_that_is_sure_is_not_questioned_and_a_complete_count_has_none_to_question():
    assert "Peluang" not in skm.score(pl.DataFrame({"U1": [4, 4, 4, 3] * 40})).sentence()
    counted = skm.score(pl.DataFrame(draw(3, 50)), population=50)
    assert max(found.probability for found in counted.grades) == 1


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


def test_where_all_agree_the_interval_is_that_of_the_people_who_could_differ():
    result = skm.score(pl.DataFrame({"U1": [3] * 20, "U2": [2] * 20}))
    none_in_twenty = stats.binomtest(0, 20).proportion_ci(0.95, method="exact").high
    assert result.interval[:2] == pytest.approx((62.5 - none_in_twenty * 37.5, 62.5 + none_in_twenty * 37.5))
    assert "Nilai dari semua responden sama" in result.sentence()
    assert result.grades == ()


def test_two_elements_are_compared_within_respondents():
    columns = draw(5, 60)
    result = skm.score(pl.DataFrame(columns))
    apart = [25 * (a - b) for a, b in zip(columns["U1"], columns["U2"], strict=True)]
    assert result.difference("U1", "U2")[:2] == pytest.approx(hall_interval(apart))
    low, high, _ = result.difference("U2", "U1")
    assert result.difference("U1", "U2")[:2] == pytest.approx((-high, -low))
    assert result.difference("U1", "U1")[:2] == (0, 0)


def test_a_printed_weight_scales_the_interval_too():
    frame = pl.DataFrame(draw(6, 60))
    assert skm.score(frame, weights="0.11").se == pytest.approx(skm.score(frame).se * 0.99)


def test_a_converted_scale_has_the_interval_of_the_converted_answers():
    answers = [1, 3, 5, 3, 5]
    result = skm.score(pl.DataFrame({"U1": answers}), scale=(1, 5))
    low, high = hall_interval([25 * (1 + 3 * (answer - 1) / 4) for answer in answers])
    assert result.interval[:2] == pytest.approx((max(low, 25), min(high, 100)))
    assert result.ikm == 70

"""Gain before and after, crossed forms, and the quality of a test's items."""

import itertools
import math

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from published import agrees
from result_kit import shows_itself
from scipy import stats
from scipy.optimize import brentq

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure.learning import crossed_gain, item_analysis, kr20, normalised_gain

# Bock & Lieberman (1970), Psychometrika 35, 179-197: how often each pattern of five answers occurred, 00000 to 11111
LSAT6 = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61]
LSAT6 += [28, 298]
LSAT7 = [12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28, 7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136]
LSAT7 += [32, 308]
# real-statistics.com, Kuder and Richardson Formula 20, example 1: 12 students, 11 questions
STUDENTS = """11111111111 11111111010 10111111100 11101101100 11111000100 01101111000 11110010000 11111000000
01011000010 10010100000 11100000000 10010000000"""
# Item Analysis Worksheet (studylib.net/doc/25270846): ten students, ten questions, five in each half
WORKSHEET = """1111111111 1111111101 1101111100 0111110101 1110111001 1110110100 0110110101 0111001010 1110100001
0100010010"""


def patterns(counts):
    every = list(itertools.product([0, 1], repeat=5))
    return np.array([row for row, times in zip(every, counts, strict=True) for _ in range(times)])


def answers(text):
    return np.array([[int(cell) for cell in row] for row in text.split()])


def pair(mean):
    """Two scores with this mean."""
    return [mean - 1, mean + 1]


@pytest.mark.parametrize(
    ("source", "before", "after", "printed"),
    [
        ("Hake's <g> at Cuesta College, Physics 8A, spring 2007 (waiferx.blogspot.com): 41 to 49 %", 41, 49, "0.14"),
        ("D. Bruff on Crouch & Mazur (2001), derekbruff.org: 70 to 80 %", 70, 80, "0.33"),
        ("D. Bruff on Crouch & Mazur (2001), derekbruff.org: 90 to 95 %", 90, 95, "0.5"),
        ("Hake's <g> explained (waiferx.blogspot.com): 40 to 70 %", 40, 70, "0.5"),
    ],
)
def test_the_class_average_gain_is_the_printed_one(source, before, after, printed):
    agrees("learning.normalised_gain", source, printed, float(normalised_gain(pair(before), pair(after), 100)))


@pytest.mark.parametrize(
    ("after", "region"), [(82, "high"), (81.9, "medium"), (58, "medium"), (57.9, "low"), (30, "low")]
)
def test_the_regions_are_those_of_hake_1998(after, region):
    assert normalised_gain([40, 40, 40], [after, after - 1, after + 1], 100).band == region


def class_of(seed, n, maximum=20):
    chance = np.random.default_rng(seed)
    able = chance.normal(0, 1, n)
    before = np.clip(np.round(9 + 4 * able + chance.normal(0, 2, n)), 0, maximum)
    return before, np.clip(np.round(14 + 3 * able + chance.normal(0, 2, n)), 0, maximum)


@pytest.mark.parametrize("seed", range(4))
def test_the_interval_holds_every_gain_a_paired_t_test_does_not_reject(seed):
    before, after = class_of(seed, 15)
    found = normalised_gain(before, after, 20)

    def excess(gain):
        return abs(stats.ttest_1samp((after - before) - gain * (20 - before), 0).statistic) - stats.t.ppf(0.975, 14)

    low, high = brentq(excess, found.gain - 2, found.gain), brentq(excess, found.gain, found.gain + 2)
    assert found.interval[:2] == pytest.approx((low, min(high, 1.0)))


def test_it_covers_the_gain_of_the_population_in_a_small_class():
    before, after = class_of(9, 200_000)
    truth, chance = (after - before).sum() / (20 - before).sum(), np.random.default_rng(2)
    hits = 0
    for _ in range(1000):
        rows = chance.integers(0, 200_000, 12)
        low, high, _level = normalised_gain(before[rows], after[rows], 20).interval
        hits += low <= truth <= high
    assert 0.93 <= hits / 1000 <= 0.975


def test_individual_gains_and_losses_by_hand():
    found = normalised_gain([4, 8, 10, 5, 0], [7, 6, 10, 5, 0], maximum=10)
    assert (found.n, found.losses, found.at_maximum) == (5, 1, 1)
    assert found.individual.value == pytest.approx((3 / 6 - 2 / 2 + 0 + 0) / 4)  # not who began at the maximum
    assert found.change.value == pytest.approx((3 / 6 - 2 / 8 + 0) / 3)  # Marx & Cummings: a loss by what was there
    assert (found.individual.n, found.change.n) == (4, 3)
    assert found.gain == pytest.approx((28 - 27) / (50 - 27))


def test_who_has_only_one_score_is_left_out_and_counted():
    found = normalised_gain([4, None, 6, 5], [7, 8, None, 9], maximum=10)
    assert (found.n, found.left_out, found.pre, found.post) == (2, 2, 4.5, 8)


def test_a_class_that_moved_alike_or_began_at_the_top_has_no_interval():
    assert normalised_gain([4, 4, 4], [7, 7, 7], 10).interval is None
    assert normalised_gain([10, 10, 2], [10, 9, 8], 10).interval is None  # the room for gain may be none
    assert "tidak dapat diberikan" in normalised_gain([10, 10, 2], [10, 9, 8], 10).sentence()


def test_the_sentence_says_when_the_region_is_not_sure_and_when_the_class_lost():
    with use("en"):
        assert "reaches from low to medium" in normalised_gain([4, 5, 6, 3, 7], [6, 6, 8, 7, 7], 10).sentence()
        assert "scored lower afterwards than" in normalised_gain([4, 5, 6, 5], [3, 3, 5, 4], 10).sentence()
        alike = normalised_gain([5] * 6, [4] * 6, 10)
        assert alike.interval is None
        assert "scored lower afterwards than before (g = −0.20, n = 6); no interval" in alike.sentence()
        assert "low," not in alike.sentence()


@pytest.mark.parametrize(
    "series", [list, np.array, pd.Series, pl.Series, lambda v: pa.chunked_array([v]), lambda v: pl.DataFrame({"s": v})]
)
def test_scores_of_every_kind_give_the_same_answer(series):
    before, after, form = [4.0, 5, 3, 6, 5, 4], [8.0, 7, 7, 7, 8, 6], ["A", "A", "A", "B", "B", "B"]
    assert normalised_gain(series(before), series(after), 10) == normalised_gain(before, after, 10)
    assert crossed_gain(series(before), series(after), series(form), 10) == crossed_gain(before, after, form, 10)


def test_crossed_forms_agree_with_least_squares():
    before, after = class_of(5, 30)
    first = np.array(["A"] * 18 + ["B"] * 12)
    found = crossed_gain(before, after, first, 20)
    design = np.column_stack([np.ones(30), np.where(first == "A", 1, -1)])
    (gained, difference), *_rest = np.linalg.lstsq(design, after - before, rcond=None)
    (room, _half), *_rest = np.linalg.lstsq(design, 20 - before, rcond=None)
    assert found.gain == pytest.approx(gained / room)
    assert found.difference == pytest.approx(difference)
    assert found.post - found.pre == pytest.approx(gained)
    welch = stats.ttest_ind((after - before)[:18], (after - before)[18:], equal_var=False).confidence_interval(0.95)
    assert found.difference_interval[:2] == pytest.approx((welch.low / 2, welch.high / 2))


def test_an_easier_form_is_found_and_does_not_move_the_gain():
    before, after = class_of(6, 40, maximum=14)
    first = ["A", "B"] * 20
    plain = crossed_gain(before, after, first, 40)
    as_before = before + [0 if form == "A" else 6 for form in first]
    as_after = after + [6 if form == "A" else 0 for form in first]
    found = crossed_gain(as_before, as_after, first, 40)
    assert found.difference == pytest.approx(plain.difference + 6)
    assert found.post - found.pre == pytest.approx(plain.post - plain.pre)
    assert not found.parallel
    assert "Bentuk soal B menghasilkan" in found.sentence()


def test_crossed_forms_cover_the_gain_of_the_population():
    before, after = class_of(8, 100_000)
    easier = 1.5
    chance, hits = np.random.default_rng(4), 0
    truth = (after - before).mean() / (25 - before - easier / 2).mean()  # both forms count the same
    for _ in range(600):
        rows = chance.integers(0, 100_000, 20)
        first = np.array(["A"] * 10 + ["B"] * 10)
        low, high, _level = crossed_gain(
            before[rows] + easier * (first == "B"), after[rows] + easier * (first == "A"), first, 25
        ).interval
        hits += low <= truth <= high
    assert 0.925 <= hits / 600 <= 0.98


def test_item_statistics_are_those_of_mirt_itemstats_for_lsat_6():
    found = item_analysis(patterns(LSAT6))
    source = "R mirt 1.45.6, LSAT6 example, itemstats; data Bock & Lieberman (1970)"
    agrees("learning.item_analysis, KR-20", source, "0.295", found.kr20)
    difficulty, corrected = ["0.924", "0.709", "0.553", "0.763", "0.870"], ["0.113", "0.153", "0.173", "0.144", "0.122"]
    for item, right, r in zip(found.items, difficulty, corrected, strict=True):
        agrees("learning.item_analysis, difficulty", f"{source}, item {item.name}", right, item.difficulty)
        agrees("learning.item_analysis, point-biserial", f"{source}, item {item.name}", r, item.point_biserial)


def test_item_statistics_are_those_of_mirt_itemstats_for_lsat_7():
    found = item_analysis(patterns(LSAT7))
    source = "R mirt 1.45.6, LSAT7 example, itemstats; data Bock & Lieberman (1970)"
    agrees("learning.kr20", source, "0.453", kr20(patterns(LSAT7)))
    for item, r in zip(found.items, ["0.246", "0.247", "0.313", "0.223", "0.175"], strict=True):
        agrees("learning.item_analysis, point-biserial", f"{source}, item {item.name}", r, item.point_biserial)


def test_kr20_is_that_of_real_statistics_example_1():
    source = "real-statistics.com, Kuder and Richardson Formula 20, example 1"
    agrees("learning.kr20", source, "0.738", kr20(answers(STUDENTS)))


def test_difficulty_and_discrimination_are_those_of_a_printed_worksheet():
    found = item_analysis(answers(WORKSHEET), share=0.5)
    assert found.group == 5
    difficulty = ["0.60", "1.00", "0.80", "0.50", "0.80", "0.80", "0.50", "0.60", "0.30", "0.60"]
    discrimination = ["0.4", "0", "0", "0.6", "0.4", "0.4", "0.6", "0.4", "-0.2", "0.4"]
    for item, right, apart in zip(found.items, difficulty, discrimination, strict=True):
        source = f"Item Analysis Worksheet (studylib 25270846), question {item.name}"
        agrees("learning.item_analysis, difficulty", source, right, item.difficulty)
        agrees("learning.item_analysis, discrimination", source, apart, item.discrimination)


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(81, 263, "0.2553", "0.3662"), (15, 148, "0.0624", "0.1605"), (1, 29, "0.0061", "0.1718")],
)
def test_the_interval_of_difficulty_is_that_of_newcombe_1998(right, n, low, high):
    table = np.column_stack([np.arange(n) < right, np.arange(n) % 2]).astype(int)
    found = item_analysis(table).items[0].interval
    source = f"Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3, {right} of {n}"
    agrees("learning.item_analysis, Wilson lower", source, low, found.low)
    agrees("learning.item_analysis, Wilson upper", source, high, found.high)


def test_kr20_equals_cronbachs_alpha_and_feldts_interval_that_of_scipys_f():
    table = answers(STUDENTS)
    variances, total = table.var(axis=0, ddof=1), table.sum(axis=1).var(ddof=1)
    found = item_analysis(table)
    assert found.kr20 == pytest.approx(11 / 10 * (1 - variances.sum() / total))
    f = stats.f(11, 110)
    limits = [1 - (1 - found.kr20) * f.ppf(point) for point in (0.975, 0.025)]
    assert found.interval[:2] == pytest.approx(limits)


def test_kr20s_interval_covers_the_reliability_of_the_population():
    chance = np.random.default_rng(7)
    hard = np.linspace(-1.5, 1.5, 15)
    people = (chance.normal(0, 1, (50_000, 1)) - hard + chance.logistic(0, 1, (50_000, 15)) > 0).astype(float)
    truth, hits = kr20(people), 0
    for _ in range(400):
        low, high, _level = item_analysis(people[chance.integers(0, 50_000, 30)]).interval
        hits += low <= truth <= high
    assert 0.92 <= hits / 400 <= 0.985


def test_ties_at_the_border_of_the_groups_do_not_depend_on_the_order_of_the_rows():
    table = answers(WORKSHEET)
    found = item_analysis(table)
    assert found.group == 3  # 27 % of ten
    for seed in range(5):
        again = item_analysis(np.random.default_rng(seed).permutation(table))
        assert [item.discrimination for item in again.items] == pytest.approx(
            [item.discrimination for item in found.items]
        )
    # totals 10 9 7 7 7 6 6 5 5 3: the third place above is shared by three, the two below the last are both in
    shares = np.array([1, 1, 1 / 3, 1 / 3, 1 / 3, 0, 0, -1, -1, -1])
    assert [item.discrimination for item in found.items] == pytest.approx(list(shares @ table / 3))


def test_an_item_all_answered_alike_has_no_point_biserial():
    found = item_analysis([[1, 1, 0], [1, 0, 0], [1, 1, 1], [1, 0, 0]])
    assert (found.items[0].difficulty, found.items[0].point_biserial) == (1, None)
    assert found.rows()[0]["Korelasi point-biserial terkoreksi"] == "–"


def test_frames_of_every_kind_give_the_same_answer(make):
    columns = {f"b{place}": [*map(int, column), None] for place, column in enumerate(answers(STUDENTS).T, 1)}
    columns["b1"][-1] = 1
    found = item_analysis(make(columns))
    assert found == item_analysis(pl.DataFrame(columns))
    assert (found.n, found.left_out) == (12, 1)


def test_results_show_themselves():
    shows_itself(normalised_gain([4, 5, 6, 3, 7], [7, 8, 8, 7, 6], 10))
    shows_itself(crossed_gain([4, 5, 3, 6, 5, 4], [8, 7, 7, 7, 8, 6], ["A"] * 3 + ["B"] * 3, 10))
    shows_itself(crossed_gain([4, 4, 4, 4], [8, 8, 8, 8], ["A", "A", "B", "B"], 10))
    found = item_analysis(answers(WORKSHEET))
    shows_itself(found)
    assert "jadi periksalah: 9" in found.sentence()


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda: normalised_gain([], [], 10), InputError, ["At least 1 rows"]),
        (lambda: normalised_gain([5], [6], 10), InputError, ["two trainees", "1 have"]),
        (lambda: normalised_gain([5, 6], [6], 10), InputError, ["2 scores before", "1 after"]),
        (lambda: normalised_gain([5, "x"], [6, 7], 10), AnswerError, ["«x»", "row 2"]),
        (lambda: normalised_gain([5, 11], [6, 7], 10), AnswerError, ["pre-test", "row 2", "11", "0 to 10"]),
        (lambda: normalised_gain([5, 6], [6, -1], 10), AnswerError, ["post-test", "-1"]),
        (lambda: normalised_gain([5, math.inf], [6, 7], 10), AnswerError, ["infinite"]),
        (lambda: normalised_gain([None, None], [6, 7], 10), InputError, ["no number"]),
        (lambda: normalised_gain([10, 10], [10, 9], 10), InputError, ["harder test"]),
        (lambda: normalised_gain([5, 6], [6, 7], 0), SettingError, ["above zero"]),
        (lambda: normalised_gain([5, 6], [6, 7], "10"), SettingError, ["«10»"]),
        (lambda: crossed_gain([5, 6], [6, 7], ["A", "A"], 10), InputError, ["exactly two", "1 (A)"]),
        (lambda: crossed_gain([5, 6], [6, 7], ["A", "B", "B"], 10), InputError, ["2 scores", "3 forms"]),
        (lambda: crossed_gain([5, 6, 7], [6, 7, 8], ["A", "B", None], 10), InputError, ["row 3"]),
        (lambda: crossed_gain([5, 6, 7], [6, 7, 8], ["A", "B", "B"], 10), InputError, ["two trainees"]),
        (lambda: crossed_gain([9] * 4, [9] * 4, ["A", "B"] * 2, 9), InputError, ["harder test"]),
        (lambda: item_analysis([[1, 2], [0, 1]]), AnswerError, ["item 2", "row 1", "2"]),
        (lambda: item_analysis([[1], [0]]), InputError, ["At least 2 columns"]),
        (lambda: item_analysis([[1, 0], [0, 1]]), InputError, ["same total"]),
        (lambda: item_analysis([[1, None], [0, 1]]), InputError, ["every item", "1 have"]),
        (lambda: item_analysis([[1, 0], [1, 1]], share=0.6), SettingError, ["0.6"]),
        (lambda: item_analysis([[1, 0], [1, 1]], share=0), SettingError, ["0.5"]),
        (lambda: item_analysis([[1, "ya"], [1, 1]]), AnswerError, ["«ya»"]),
    ],
)
def test_bad_input_is_answered_with_a_sentence(call, kind, words):
    with pytest.raises(kind) as caught:
        call()
    for word in words:
        assert word in str(caught.value)


def test_right_and_wrong_may_be_true_and_false():
    numbers = [[1, 1, 1], [1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]
    columns = {f"s{place}": list(column) for place, column in enumerate(zip(*numbers, strict=True))}
    truths = {name: [bool(cell) for cell in column] for name, column in columns.items()}
    for kind in (pl.DataFrame, pd.DataFrame):
        assert kr20(kind(truths)) == pytest.approx(kr20(kind(columns)))

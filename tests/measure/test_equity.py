"""Concentration index and gaps between groups agree with printed numbers, or with a second way to reach them."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from published import agrees
from result_kit import ONE_COLUMN, shows_itself

from mutu.errors import AnswerError, InputError, MutuError, SettingError
from mutu.locale import use
from mutu.measure.equity import concentration_index, gaps

# --- the concentration index -------------------------------------------------------------------------------------

PEOPLE = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(1, 6)), min_size=3, max_size=40).filter(
    lambda people: len({h for h, _, _ in people}) > 1 and len({r for _, r, _ in people}) > 1
)


def columns(people):
    return tuple(map(list, zip(*people, strict=True)))


@given(PEOPLE)
def test_the_index_is_twice_the_area_between_the_curve_and_the_diagonal(people):
    """The second way: the trapezoids under the concentration curve, with five people at every step."""
    found = concentration_index(*columns(people * 5))
    area = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in zip(found.curve, found.curve[1:], strict=False))
    assert float(found) == pytest.approx(1 - 2 * area, abs=1e-9)
    assert found.curve[-1] == pytest.approx((1, 1))


@given(PEOPLE)
def test_the_index_is_a_comparison_of_every_person_with_every_other(people):
    """The second way: mean of (h_i - h_j) sign(r_i - r_j) over all pairs, by twice the mean."""
    health, rank, weights = (np.array(column, dtype=float) for column in columns(people))
    pairs = np.outer(weights, weights) * (health[:, None] - health) * np.sign(rank[:, None] - rank)
    mean = weights @ health / weights.sum()
    expected = pairs.sum() / weights.sum() ** 2 / (2 * mean)
    found = concentration_index(health, rank, weights, bounds=(1, 4))
    assert float(found) == pytest.approx(expected, abs=1e-9)
    assert found.erreygers.value == pytest.approx(4 * mean / 3 * expected, abs=1e-9)


@given(PEOPLE)
def test_whole_weights_are_as_many_people_and_the_order_of_rows_does_not_matter(people):
    health, rank, weights = columns(people)
    repeated = [person[:2] for person in people for _ in range(person[2])]
    found = concentration_index(health, rank, weights)
    assert float(found) == pytest.approx(float(concentration_index(*columns(repeated))), abs=1e-9)
    turned = concentration_index(*columns(people[::-1]))
    assert float(turned) == pytest.approx(float(found), abs=1e-9)
    assert turned.plain.se == pytest.approx(found.plain.se, abs=1e-9)


@given(PEOPLE)
def test_erreygers_index_only_changes_its_sign_when_the_scale_is_turned_round(people):
    health, rank, weights = columns(people)
    found = concentration_index(health, rank, weights, bounds=(1, 4)).erreygers
    turned = concentration_index([5 - value for value in health], rank, weights, bounds=(1, 4)).erreygers
    moved = concentration_index([25 * value for value in health], rank, weights, bounds=(25, 100)).erreygers
    assert turned.value == pytest.approx(-found.value, abs=1e-9)
    assert turned.se == pytest.approx(found.se, abs=1e-9)
    assert (moved.value, moved.se) == pytest.approx((found.value, found.se), abs=1e-9)


def test_the_error_is_the_formula_of_kakwani_wagstaff_and_van_doorslaer():
    """The second way: equation 14 of the paper as printed, on unequal ranks and equal weights."""
    rng = np.random.default_rng(3)
    health, n = rng.gamma(2, 10, 50), 50
    found = concentration_index(health, np.arange(n))
    places = (np.arange(1, n + 1) - 0.5) / n
    heights = np.cumsum(health) / health.sum()
    index = 2 / (n * health.mean()) * (health @ places) - 1
    a = health / health.mean() * (2 * places - 1 - index) + 2 - heights - np.concatenate([[0], heights[:-1]])
    variance = (np.mean(a**2) - (1 + index) ** 2) / n
    assert float(found) == pytest.approx(index)
    assert found.plain.se == pytest.approx(math.sqrt(variance * n / (n - 1)))


def test_the_errors_are_near_the_jackknife_with_weights_and_equal_ranks():
    rng = np.random.default_rng(8)
    n = 150
    rank, weights = rng.integers(1, 6, n), rng.uniform(0.5, 2, n)
    health = np.clip(np.round(2.8 + 0.2 * (rank - 3) + rng.normal(0, 0.8, n)), 1, 4)
    found = concentration_index(health, rank, weights, bounds=(1, 4))
    without = [
        concentration_index(*(np.delete(cells, one) for cells in (health, rank, weights)), bounds=(1, 4))
        for one in range(n)
    ]
    for ours, left in (
        (found.plain, [float(one) for one in without]),
        (found.erreygers, [one.erreygers.value for one in without]),
    ):
        jackknife = math.sqrt((n - 1) / n * np.sum((np.array(left) - np.mean(left)) ** 2))
        assert ours.se == pytest.approx(jackknife, rel=0.02)


@pytest.mark.parametrize(("n", "least", "most"), [(30, 0.93, 0.98), (100, 0.93, 0.97)])
def test_intervals_of_skewed_answers_in_few_ranks_hold_what_they_promise(n, least, most):
    """Coverage over 1 000 seeded surveys with 80 % threes and fours; Monte-Carlo error 0.7 points."""
    rng = np.random.default_rng(1)

    def survey(people):
        rank = rng.integers(1, 6, people)
        latent = rng.normal(size=people) + 0.15 * (rank - 3)
        return np.select([latent < -1.6, latent < -0.85, latent < 0.6], [1, 2, 3], 4), rank

    true = concentration_index(*survey(300_000), bounds=(1, 4))
    held = np.zeros(2)
    for _ in range(1000):
        found = concentration_index(*survey(n), bounds=(1, 4))
        held += [
            found.interval.low <= float(true) <= found.interval.high,
            found.erreygers.interval.low <= true.erreygers.value <= found.erreygers.interval.high,
        ]
    assert (held / 1000 >= least).all()
    assert (held / 1000 <= most).all()


@pytest.mark.parametrize(("share", "n"), [(0.02, 100), (0.05, 100), (0.1, 100), (0.3, 30), (0.02, 400)])
def test_rare_events_gather_nowhere_by_chance_alone(share, n):
    """1 000 seeded samples each: at most 5 % (+ Monte-Carlo error) see a concentration of events that have none."""
    rng = np.random.default_rng(5)
    wrong = told = 0
    for _ in range(1000):
        happened = (rng.random(n) < share).astype(float)
        if happened.any():
            found = concentration_index(happened, rng.normal(size=n))
            told += 1
            wrong += found.plain.clear
            assert found.interval is None or -1 <= found.interval.low <= found.plain.value <= found.interval.high <= 1
    assert wrong / told <= 0.065


def test_intervals_of_rare_events_hold_where_the_better_off_have_most_of_them():
    """Events e^(rank) as likely: coverage over 600 seeded samples of 100."""
    rng = np.random.default_rng(6)

    def sample(people):
        rank = rng.normal(size=people)
        return (rng.random(people) < 0.1 * np.exp(rank - 0.5)).astype(float), rank

    true = float(concentration_index(*sample(400_000)))
    found = [concentration_index(*sample(100)).interval for _ in range(600)]
    assert np.mean([one.low <= true <= one.high for one in found if one is not None]) >= 0.94


def test_of_an_event_of_one_in_fifty_nothing_is_told():
    found = concentration_index([0] * 49 + [1], list(range(50)))
    assert found.interval is None
    assert (found.holders, found.plain.clear) == (1, False)
    with use("en"):
        assert "cannot be told" in found.sentence()
        assert "above zero (1)" in found.sentence()
        assert "«bounds»" in found.sentence()
    shows_itself(found)
    bounded = concentration_index([0] * 49 + [1], list(range(50)), bounds=(0, 1))
    assert not bounded.erreygers.clear
    assert len(bounded.remarks()) == 1


def test_the_sentence_says_among_whom_and_when_it_cannot_be_told():
    rising = concentration_index(list(range(60, 80)), list(range(20)))
    falling = concentration_index(list(range(80, 60, -1)), list(range(20)))
    unclear = concentration_index([60, 70, 60, 70, 65], [1, 2, 3, 4, 5])
    with use("en"):
        assert "among the better off" in rising.sentence()
        assert "among the worse off" in falling.sentence()
        assert "cannot be told" in unclear.sentence()
    assert float(falling) < 0 < float(rising)


@pytest.mark.parametrize("kind", ONE_COLUMN)
def test_columns_of_every_kind_give_the_same_answer(kind):
    make = ONE_COLUMN[kind]
    health, rank, weights = [60.0, 75.0, 80.0, 90.0, 70.0], [1, 2, 2, 3, 1], [1.0, 2.0, 1.0, 1.0, 0.5]
    labels = ["a", "b"] * 5
    values = [60.0, 70.0, 61.0, 72.0, 63.0, 75.0, 64.0, 71.0, 66.0, 74.0]
    assert concentration_index(make(health), make(rank), make(weights)) == concentration_index(health, rank, weights)
    assert gaps(make(values), make(labels)) == gaps(values, labels)


def test_people_without_a_number_or_a_weight_are_left_out_and_counted():
    found = concentration_index([60, None, 80, 90, 50], [1, 2, None, 3, 2], [1, 1, 1, 1, 1])
    assert (found.n, found.left_out) == (3, 2)
    weighted = concentration_index([60, 70, 80, 90], [1, 2, 3, 4], [1, 1, 1, 0])
    assert (weighted.n, weighted.left_out) == (3, 1)


@pytest.mark.parametrize(
    ("arguments", "error", "named"),
    [
        (([], []), InputError, "3 rows"),
        (([60], [1]), InputError, "3 rows"),
        (([60, 70, 80], [1, 2]), InputError, "3 rows"),
        (([60, 70, 80, 90], [1, 2, 3]), InputError, "4 values, 3 ranks"),
        (([60, 60, 60], [1, 2, 3]), InputError, "same value"),
        (([60, 70, 80], [2, 2, 2]), InputError, "same rank"),
        (([60, 70, 80], [1, 2, 3], [0, 0, 0]), InputError, "Only 0 people"),
        (([60, 70, 80], [1, 2, 3], [1, 1, -1]), AnswerError, "row 3"),
        (([60, -70, 80], [1, 2, 3]), AnswerError, "row 2"),
        (([60, "baik", 80], [1, 2, 3]), AnswerError, "baik"),
        (([60, math.inf, 80], [1, 2, 3]), AnswerError, "infinite"),
        (([None, None, None], [1, 2, 3]), InputError, "no number"),
        (([60, 70, 80], [1, None, None]), InputError, "Only 1 people"),
    ],
)
def test_values_of_nonsense_are_refused_with_a_sentence(arguments, error, named):
    with use("en"), pytest.raises(error, match=named):
        concentration_index(*arguments)


@pytest.mark.parametrize(
    ("bounds", "error"), [((100, 25), SettingError), ((-1, 4), SettingError), ((1, 4), AnswerError)]
)
def test_bounds_that_do_not_fit_are_refused(bounds, error):
    with pytest.raises(error):
        concentration_index([60, 70, 80], [1, 2, 3], bounds=bounds)


# --- gaps --------------------------------------------------------------------------------------------------------

SLEEP = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0, 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_two_groups_as_r_prints_welchs_interval_of_the_sleep_data():
    source = "R, t.test(extra ~ group, data = sleep), Welch"
    found = gaps(SLEEP, ["1"] * 10 + ["2"] * 10, reference="2").gaps[0]
    agrees("equity.gaps, sleep, mean of group 1", source, "0.75", found.group.mean)
    agrees("equity.gaps, sleep, low", source, "-3.3654832", found.interval.low)
    agrees("equity.gaps, sleep, high", source, "0.2054832", found.interval.high)


def test_the_interval_of_a_ratio_is_near_a_bootstrap_of_it():
    rng = np.random.default_rng(2)
    a, b = rng.gamma(8, 9, 80), rng.gamma(8, 10, 60)
    found = gaps([*a, *b], ["a"] * 80 + ["b"] * 60, reference="b").gaps[0]
    drawn = rng.choice(a, (4000, 80)).mean(axis=1) / rng.choice(b, (4000, 60)).mean(axis=1)
    assert found.ratio == pytest.approx(a.mean() / b.mean())
    assert found.ratio_interval[:2] == pytest.approx(np.quantile(drawn, [0.025, 0.975]), rel=0.02)


def test_all_intervals_hold_together_when_no_group_differs():
    """1 000 seeded surveys of six equal groups: at most 5 % (+ Monte-Carlo error) call any gap clear."""
    rng = np.random.default_rng(6)
    labels = np.repeat(list("abcdef"), 20)
    wrong = sum(
        any(gap.clear for gap in gaps(rng.normal(75, 10, 120), labels, reference="a").gaps) for _ in range(1000)
    )
    assert wrong <= 65


def test_small_groups_are_withheld_and_no_number_of_them_appears():
    values = [70.0, 72, 74, 76, 78, 80, 81, 83, 85, 86, 11.0, 13.0]
    labels = ["desa"] * 5 + ["kota"] * 5 + ["pulau"] * 2
    found = gaps(values, labels)
    assert found.withheld == ("pulau",)
    assert found.n == 10
    shown = f"{found.as_json()} {found.rows()} {found.sentence()}"
    assert "12" not in shown.replace("confidence", "")
    with use("en"):
        assert "Not shown, as fewer than 5 people: pulau." in found.sentence()
    with pytest.raises(SettingError):
        gaps(values, labels, least=2)
    assert gaps(values[:10] * 2, labels[:10] * 2, least=10).least == 10


@given(st.lists(st.tuples(st.integers(25, 100), st.sampled_from("abc")), min_size=15, max_size=60))
def test_the_reference_is_the_highest_and_gaps_are_differences_of_means(people):
    values, labels = columns(people)
    assume(sum(labels.count(label) >= 5 for label in "abc") >= 2)
    found = gaps(values, labels)
    means = {label: np.mean([v for v, g in people if g == label]) for label in set(labels) if labels.count(label) >= 5}
    assert found.reference.mean == pytest.approx(max(means.values()))
    assert float(found) == pytest.approx(max(means.values()) - min(means.values()))
    for gap in found.gaps:
        assert gap.difference == pytest.approx(means[gap.group.label] - found.reference.mean)
        assert gap.difference <= 0


def test_no_more_than_one_survey_in_twenty_sees_a_gap_from_the_highest_group_when_none_differs():
    """The data choose the reference: 1 500 seeded surveys of 3, 6 and 10 equal groups; Monte-Carlo error 0.6 points."""
    rng = np.random.default_rng(21)
    for count in (3, 6, 10):
        labels = np.repeat([f"g{place}" for place in range(count)], 40)
        wrong = sum(any(gap.clear for gap in gaps(rng.normal(75, 10, count * 40), labels).gaps) for _ in range(1500))
        assert wrong / 1500 <= 0.06


def test_a_reference_chosen_by_the_data_is_paid_for_with_all_pairs():
    rng = np.random.default_rng(4)
    values, labels = rng.normal(75, 10, 80), np.repeat(list("abcd"), 20)
    chosen = gaps(values, labels)
    named = gaps(values, labels, reference=chosen.reference.label)
    assert chosen.method.endswith("over all pairs of groups")
    assert named.method.endswith("over the groups")
    for wide, narrow in zip(chosen.gaps, named.gaps, strict=True):
        assert wide.interval.low < narrow.interval.low
        assert wide.interval.level == narrow.interval.level == 0.95


def test_groups_in_which_nobody_differs_cannot_be_tested_without_bounds():
    found = gaps([70] * 25 + [90] * 25, ["a"] * 25 + ["b"] * 25)
    assert found.gaps[0].interval is None
    assert not found.gaps[0].clear
    with use("en"):
        assert "cannot be tested" in found.sentence()
        assert "no group differs" not in found.sentence()
    shows_itself(found)


def test_a_group_of_equal_fractions_is_no_group_that_varies():
    assert gaps([0.1] * 10 + [0.3] * 10, ["a"] * 10 + ["b"] * 10).gaps[0].interval is None


def test_with_bounds_groups_in_which_nobody_differs_have_the_interval_of_what_could_be_unseen():
    """The second way: none of 25 leaves a share of 1 - 0.025^(1/25) unseen; Zou and Donner join the two sides."""
    unseen = 1 - 0.025 ** (1 / 25)
    for cluster in (None, list(range(50))):
        found = gaps([70] * 25 + [90] * 25, ["a"] * 25 + ["b"] * 25, bounds=(25, 100), cluster=cluster).gaps[0]
        assert found.clear
        assert found.interval.low == pytest.approx(-20 - math.hypot(unseen * 45, unseen * 10))
        assert found.interval.high == pytest.approx(-20 + math.hypot(unseen * 30, unseen * 65))
    assert not gaps([70] * 5 + [71] * 5, ["a"] * 5 + ["b"] * 5, bounds=(25, 100)).gaps[0].clear
    with pytest.raises(AnswerError), use("en"):
        gaps([70] * 5 + [90] * 5, ["a"] * 5 + ["b"] * 5, bounds=(0, 80))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: gaps([], []),
        lambda: gaps([70] * 10, ["a"] * 9),
        lambda: gaps([70] * 10, ["a"] * 10),
        lambda: gaps([70] * 10, ["a"] * 8 + ["b"] * 2),
        lambda: gaps(SLEEP, ["1"] * 10 + ["2"] * 10, reference="3"),
        lambda: gaps(["baik"] * 10, ["a"] * 5 + ["b"] * 5),
        lambda: gaps([70] * 9 + [math.inf], ["a"] * 5 + ["b"] * 5),
        lambda: gaps([70] * 10, [None] * 10),
    ],
)
def test_groups_of_nonsense_are_refused(wrong):
    with pytest.raises(MutuError):
        wrong()


RESULTS = [
    concentration_index([60, 70, 80, 95, 85], [1, 2, 3, 4, 5]),
    concentration_index([60, 70, 80, 95, 85], [1, 2, 3, 4, 5], bounds=(25, 100)),
    gaps(SLEEP, ["1"] * 10 + ["2"] * 10),
    gaps([*SLEEP, 3.0], ["1"] * 10 + ["2"] * 10 + ["3"]),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)

"""Slope, relative index, decomposition and clustered intervals agree with printed numbers, or with a second way."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from published import agrees
from result_kit import ONE_COLUMN, shows_itself

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure.equity import (
    concentration_curve,
    concentration_index,
    decompose,
    gaps,
    slope_index,
    slope_of_means,
)

# --- printed numbers ---------------------------------------------------------------------------------------------

UKHSA = "UK Health Security Agency, R PHEindicatormethods, tests/testthat/testdata_SII.xlsx"
AREA_1 = {
    "means": [
        75.9334590103081, 78.3442382727843, 83.8360631041654, 83.6375399664931, 80.4655031529559,
        81.1156759857022, 81.6930835718562, 84.1900062060987, 80.5955641081472, 86.2894349578624,
    ],
    "sizes": [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534],
    "errors": [
        1.638472426358545, 1.578192884542907, 1.5134355059640296, 1.7754906175801293, 1.7013390591982,
        1.56412107376755, 1.3681148366878566, 1.4001418005941, 2.4328463975781616, 1.5665181695934678,
    ],
}  # fmt: skip
WHO = "WHO, R healthequal 1.0.1, tests/testthat"
QUINTILES = [20, 30, 40, 50, 60], [78, 91, 162, 103, 105]
# set.seed(123); round(rnorm(25, 1000, 300)); rbinom(25, 1000, .065)
SUBGROUPS = [
    61, 74, 58, 59, 72, 75, 74, 68, 75, 67, 73, 63, 66, 62, 60, 66, 71, 73, 71, 61, 74, 84, 55, 69, 60
]  # fmt: skip
SIZES = [
    832, 931, 1468, 1021, 1039, 1515, 1138, 620, 794, 866, 1367, 1108, 1120, 1033, 833, 1536, 1149, 410, 1210, 858,
    680, 935, 692, 781, 812,
]  # fmt: skip


def test_slope_of_life_expectancy_as_the_uk_health_security_agency_prints_it():
    found = slope_of_means(**AREA_1)
    agrees("equity.slope_of_means, slope (SII), area 1", UKHSA, "6.934616473669", float(found))
    agrees("equity.slope_of_means, ratio (RII), area 1", UKHSA, "1.088818080445", found.ratio.value)


def test_intervals_from_errors_are_the_ones_the_uk_health_security_agency_simulates():
    """Its limits come from 100 000 simulations, and its own test allows 0.05."""
    found = slope_of_means(**AREA_1)
    agrees("equity.slope_of_means, slope (SII), low", UKHSA, "3.1276", found.interval.low, within=0.05)
    agrees("equity.slope_of_means, slope (SII), high", UKHSA, "10.7587", found.interval.high, within=0.05)
    agrees("equity.slope_of_means, ratio (RII), low", UKHSA, "1.0384", found.ratio.interval.low, within=0.001)
    agrees("equity.slope_of_means, ratio (RII), high", UKHSA, "1.1413", found.ratio.interval.high, within=0.001)


def test_concentration_index_of_groups_as_whos_package_prints_it():
    """WHO's test prints single precision."""
    means, sizes = QUINTILES
    found = concentration_index(means, [1, 2, 3, 4, 5], sizes)
    agrees("equity.concentration_index, weighted groups", f"{WHO}/test-rci.R", ".17776859", float(found), within=5e-8)
    absolute = float(found) * found.mean
    agrees("equity.concentration_index × mean", f"{WHO}/test-aci.R", "7.3284202", absolute, within=2e-7)


def test_variance_and_theil_between_groups_as_whos_package_prints_them():
    """Five people stand for each subgroup, so nothing lies inside it; WHO prints Theil's index × 1 000 from a rounded
    mean, and its own test allows 1e-4 of it."""
    values, labels = np.repeat(SUBGROUPS, 5), np.repeat(np.arange(25), 5)
    found = decompose(values, labels, np.repeat(SIZES, 5) / 5)
    agrees("equity.decompose, variance between", f"{WHO}/test-bgv.R", "46.198326", found.variance_between)
    agrees(
        "equity.decompose, Theil between × 1 000",
        f"{WHO}/test-ti.R",
        "5.0359201",
        1000 * found.theil_between,
        within=1e-4,
    )
    assert found.variance_within == pytest.approx(0, abs=1e-9)
    assert found.theil_within == pytest.approx(0, abs=1e-12)


# --- the second way ----------------------------------------------------------------------------------------------

ORDERED = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 5)), min_size=25, max_size=60)


def columns(people):
    return tuple(map(list, zip(*people, strict=True)))


def enough(values, groups):
    return len(set(values)) > 1 and sum(groups.count(group) >= 5 for group in set(groups)) > 1


def big(people):
    """The people of groups that are shown."""
    groups = [group for _, group, _ in people]
    return [person for person in people if groups.count(person[1]) >= 5]


@given(ORDERED)
def test_the_slope_is_that_of_a_regression_of_people_on_the_middles_of_their_groups(people):
    """The second way: numpy's least squares, people by people, with weights."""
    values, groups, weights = (np.array(column, dtype=float) for column in columns(people))
    assume(enough(values.tolist(), groups.tolist()))
    used = np.array([np.sum(groups == group) >= 5 for group in groups])
    assume(len(set(values[used])) > 1)
    values, groups, weights = values[used], groups[used], weights[used]
    share = weights / weights.sum()
    places = np.array([share[groups < group].sum() + share[groups == group].sum() / 2 for group in groups])
    root = np.sqrt(weights)
    start, slope = np.linalg.lstsq(np.column_stack([root, root * places]), root * values, rcond=None)[0]
    found = slope_index(values, groups, weights=weights)
    assert float(found) == pytest.approx(slope, abs=1e-9)
    assert found.relative.value == pytest.approx(slope / (share @ values), abs=1e-9)
    if found.ratio is not None:
        assert found.ratio.value == pytest.approx((start + slope) / start)


@given(ORDERED)
def test_people_and_the_table_of_their_groups_have_the_same_slope(people):
    values, groups, _ = columns(big(people)) if big(people) else ([], [], [])
    assume(enough(values, groups))
    names = sorted(set(groups))
    members = [[v for v, g in zip(values, groups, strict=True) if g == name] for name in names]
    means = [float(np.mean(one)) for one in members]
    assume(np.ptp(means) > 0)
    from_people = slope_index(values, groups)
    from_table = slope_of_means(means, [len(one) for one in members])
    assert float(from_people) == pytest.approx(float(from_table))
    assert from_table.basis == "means"
    for ours, theirs in ((from_people.by_means, from_table.interval), (from_people.by_means, from_table.by_means)):
        assert (ours is None) == (theirs is None)
        if ours is not None:
            assert ours[:2] == pytest.approx(theirs[:2])


def test_the_interval_from_the_means_is_that_of_weighted_least_squares_in_statsmodels():
    import statsmodels.api as sm

    means, sizes = np.array([60.0, 63, 71, 70, 80]), np.array([40, 60, 80, 50, 20])
    share = sizes / sizes.sum()
    places = np.cumsum(share) - share / 2
    fitted = sm.WLS(means, sm.add_constant(places), weights=sizes).fit()
    assert slope_of_means(means, sizes).interval[:2] == pytest.approx(fitted.conf_int()[1])


def test_the_interval_of_people_leaves_out_each_of_them_in_turn():
    """The second way: the measure itself on the other people."""
    rng = np.random.default_rng(4)
    groups = np.repeat([1, 2, 3], 12)
    values = rng.integers(1, 5, 36) + groups
    found = slope_index(values, groups)
    others = [slope_index(np.delete(values, one), np.delete(groups, one)) for one in range(36)]
    se = math.sqrt(35 / 36 * sum((float(other) - float(found)) ** 2 for other in others))
    assert found.interval.high - found.interval.low == pytest.approx(2 * 2.0301079282503 * se)  # t, 35 degrees
    logs = np.log([other.ratio.value / found.ratio.value for other in others])
    wide = math.log(found.ratio.interval.high / found.ratio.value)
    assert wide == pytest.approx(2.0301079282503 * math.sqrt(35 / 36 * float(logs @ logs)))


@given(ORDERED)
def test_between_and_within_add_up_to_the_whole(people):
    """The second way: variance and Theil's index of everyone at once."""
    kept = big(people)
    values, groups, weights = columns(kept) if kept else ([], [], [])
    assume(enough(values, groups))
    found = decompose(values, groups, weights)
    x, w = np.array(values, dtype=float), np.array(weights, dtype=float) / sum(weights)
    mean = w @ x
    assert found.variance == pytest.approx(w @ (x - mean) ** 2)
    assert found.theil == pytest.approx(w @ (x / mean * np.log(x / mean)), abs=1e-12)
    assert sum(part.people for part in found.parts) == pytest.approx(1)
    assert sum(part.value for part in found.parts) == pytest.approx(1)


def test_the_interval_of_the_share_goes_with_the_f_test_of_one_way_analysis():
    """It starts at zero where, and only where, R's test does not reject at 2.5 % (PlantGrowth: p = 0.01591)."""
    control = [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14]
    one = [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69]
    two = [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26]
    found = decompose([*control, *one, *two], ["ctrl"] * 10 + ["trt1"] * 10 + ["trt2"] * 10)
    ratio = found.share / 2 / ((1 - found.share) / 27)
    agrees("equity.decompose, F of PlantGrowth", "R, anova(lm(weight ~ group, PlantGrowth))", "4.8461", ratio)
    assert found.interval.low > 0
    assert found.interval.low < found.share < found.interval.high
    assert decompose([*control, *one], ["ctrl"] * 10 + ["trt1"] * 10).interval.low == 0


# --- coverage ----------------------------------------------------------------------------------------------------


def skewed(rng, people):
    groups = rng.integers(0, 4, people)
    latent = rng.normal(size=people) + 0.15 * (groups - 1.5)
    return np.select([latent < -1.6, latent < -0.85, latent < 0.6], [1, 2, 3], 4), groups


def test_a_slope_through_groups_in_which_nobody_differs_has_no_interval():
    found = slope_index([70] * 25 + [71] * 25 + [90] * 10, [1] * 25 + [2] * 25 + [3] * 10)
    assert (found.interval, found.relative.interval, found.ratio.interval) == (None, None, None)
    assert not found.slope.clear(0)
    with use("en"):
        assert "no interval, as inside the groups nobody differs" in found.sentence()
    shows_itself(found)


@pytest.mark.parametrize("errors", [None, [0, 0, 0]])
def test_means_without_error_have_no_interval_of_no_width(errors):
    found = slope_of_means([60.1, 70.1, 80.1], [10, 10, 10], errors=errors)
    assert (found.interval, found.relative.interval, found.ratio.interval, found.by_means) == (None, None, None, None)
    with use("en"):
        assert "no interval, as no error is known" in found.sentence()
        assert "The interval rests" not in found.sentence()
    shows_itself(found)


def test_groups_closer_together_than_by_chance_get_no_empty_interval():
    found = decompose([60, 70, 80, 90, 100] * 4, list("abcd") * 5)
    assert found.share < found.by_chance
    found = decompose([60, 70, 80, 90, 100] * 4, ["a"] * 5 + ["b"] * 5 + ["c"] * 5 + ["d"] * 5)
    assert found.interval is None
    with use("en"):
        assert "closer together than chance alone" in found.sentence()
    shows_itself(found)


def test_groups_in_which_nobody_differs_are_not_a_hundred_per_cent_of_the_population():
    found = decompose([70] * 10 + [90] * 10, ["a"] * 10 + ["b"] * 10)
    assert found.interval is None
    with use("en"):
        assert "cannot be told" in found.sentence()
    shows_itself(found)
    nearly = decompose([60, 60.1] * 4 + [80, 80.1] * 4, ["a"] * 8 + ["b"] * 8)
    with use("en"):
        assert "it is more than 99.9% (95% confidence interval)" in nearly.sentence()
    shows_itself(nearly)


@pytest.mark.parametrize(("n", "most"), [(40, 0.98), (100, 0.97)])
def test_intervals_of_skewed_answers_hold_what_they_promise(n, most):
    """Coverage over 800 seeded surveys with 80 % threes and fours; Monte-Carlo error 0.8 points."""
    rng = np.random.default_rng(5)
    values, groups = skewed(rng, 400_000)
    whole = slope_of_means([values[groups == g].mean() for g in range(4)], [int((groups == g).sum()) for g in range(4)])
    share = decompose(values[:100_000], groups[:100_000], np.ones(100_000)).share
    held, drawn = np.zeros(4), 0
    while drawn < 800:
        values, groups = skewed(rng, n)
        if np.bincount(groups, minlength=4).min() < 5:
            continue
        drawn += 1
        found = slope_index(values, groups)
        held += [
            one.interval.low <= true.value <= one.interval.high
            for one, true in ((found.slope, whole.slope), (found.relative, whole.relative), (found.ratio, whole.ratio))
        ] + [(lambda one: one is not None and one.low <= share <= one.high)(decompose(values, groups).interval)]
    assert (held / 800 >= 0.93).all()
    assert (held / 800 <= most).all()


def villages(rng, count, size, *, by_village=False):
    """People of villages of very unequal size who answer alike (intra-class correlation 0.1)."""
    sizes = np.maximum(3, np.round(size * rng.lognormal(-0.32, 0.8, count))).astype(int)
    village = np.repeat(np.arange(count), sizes)
    people = len(village)
    rank = rng.normal(size=count)[village] if by_village else rng.normal(size=people)
    step = np.digitize(rank, [-0.84, -0.25, 0.25, 0.84])
    mood = rng.normal(size=count)[village] * math.sqrt(0.1)
    latent = mood + math.sqrt(0.9) * rng.normal(size=people) + 0.15 * (step - 2)
    return np.select([latent < -1.6, latent < -0.85, latent < 0.6], [1, 2, 3], 4), step, village


@pytest.mark.parametrize("by_village", [False, True])
@pytest.mark.parametrize(("count", "size"), [(6, 25), (12, 20), (30, 12)])
def test_intervals_of_clustered_people_hold_also_with_few_clusters(count, size, by_village):
    """Coverage over 500 seeded surveys; Monte-Carlo error 1 point. Ignoring the villages covers far less."""
    rng = np.random.default_rng(6)
    values, step, _ = villages(rng, 12_000, 20, by_village=by_village)
    true = concentration_index(values, step)
    poor, rich = values[step < 2].mean(), values[step > 2].mean()
    held, drawn, naive = np.zeros(2), 0, 0
    while drawn < 500:
        values, step, village = villages(rng, count, size, by_village=by_village)
        side = np.where(step < 2, "poor", np.where(step > 2, "rich", "middle"))
        if len(set(village[step < 2])) < 2 or len(set(village[step > 2])) < 2:
            continue
        drawn += 1
        index = concentration_index(values, step, cluster=village).interval
        shown = {gap.group.label: gap for gap in gaps(values, side, "rich", cluster=village).gaps}
        gap = shown["poor"].interval if "poor" in shown else None
        held += [
            index.low <= float(true) <= index.high,
            gap is None or gap.low <= poor - rich <= gap.high,
        ]
        plain = concentration_index(values, step).interval
        naive += plain.low <= float(true) <= plain.high
    assert (held / 500 >= 0.92).all()
    if by_village:
        assert naive / 500 < 0.87


# --- clusters ----------------------------------------------------------------------------------------------------


def test_clusters_of_one_person_each_are_the_jackknife_over_people():
    rng = np.random.default_rng(8)
    rank, health = rng.integers(1, 6, 60), rng.integers(25, 100, 60)
    found = concentration_index(health, rank, bounds=(25, 100), cluster=np.arange(60))
    without = [concentration_index(np.delete(health, one), np.delete(rank, one), bounds=(25, 100)) for one in range(60)]
    for ours, value, left in (
        (found.plain, float(found), [float(one) for one in without]),
        (found.erreygers, found.erreygers.value, [one.erreygers.value for one in without]),
    ):
        assert ours.se == pytest.approx(math.sqrt(59 / 60 * np.sum((np.array(left) - value) ** 2)))
    assert found.plain.se == pytest.approx(concentration_index(health, rank).plain.se, rel=0.03)
    assert found.clusters == 60


def test_many_clusters_are_left_out_in_several_tables_with_the_same_result(monkeypatch):
    rng = np.random.default_rng(8)
    rank, health, village = rng.normal(size=200), rng.integers(25, 100, 200), rng.integers(0, 20, 200)
    whole = concentration_index(health, rank, cluster=village)
    monkeypatch.setattr("mutu.measure.equity.clusters._AT_ONCE", 450)
    assert concentration_index(health, rank, cluster=village).plain.se == pytest.approx(whole.plain.se)


def test_a_gap_with_clusters_leaves_out_each_village_in_turn():
    rng = np.random.default_rng(9)
    village = np.repeat(np.arange(8), 12)
    sex, values = np.tile(["l", "p"], 48), rng.integers(50, 100, 96) + 2 * village
    found = gaps(values, sex, "l", cluster=village).gaps[0]
    without = [gaps(values[village != one], sex[village != one], "l").gaps[0] for one in range(8)]
    half = 2.3646242515928 * math.sqrt(7 / 8 * sum((gap.difference - found.difference) ** 2 for gap in without))  # t, 7
    assert found.interval[:2] == pytest.approx((found.difference - half, found.difference + half))
    logs = np.log([gap.ratio / found.ratio for gap in without])
    wide = 2.3646242515928 * math.sqrt(7 / 8 * float(logs @ logs))
    assert found.ratio_interval.high == pytest.approx(found.ratio * math.exp(wide))


def test_few_clusters_and_a_group_of_one_cluster_are_said():
    values = [70, 72, 74, 76, 78, 80, 81, 83, 85, 86, 60, 64, 65, 62, 61]
    labels = ["desa"] * 5 + ["kota"] * 5 + ["pulau"] * 5
    village = ["a", "b", "a", "b", "c", "d", "e", "d", "e", "d", "f", "f", "f", "f", "f"]
    found = gaps(values, labels, "kota", cluster=village)
    by_label = {gap.group.label: gap for gap in found.gaps}
    assert by_label["pulau"].alone
    assert by_label["pulau"].interval is None
    assert by_label["desa"].interval is not None
    assert found.clusters == 6
    with use("en"):
        assert "single cluster: pulau" in found.sentence()
        assert "only 6 clusters" in found.sentence()
        assert "only 3 clusters" in concentration_index([60, 70, 80, 90], [1, 2, 3, 4], cluster=list("aabc")).sentence()
        assert "clusters" not in concentration_index([60, 70, 80, 90], [1, 2, 3, 4]).sentence()


def test_people_without_a_cluster_are_left_out_and_counted():
    found = concentration_index([60, 70, 80, 90, 50], [1, 2, 3, 4, 5], cluster=["a", "b", None, "a", "b"])
    assert (found.n, found.left_out, found.clusters) == (4, 1, 2)


# --- what is shown -----------------------------------------------------------------------------------------------


def test_no_point_of_the_curve_stands_for_fewer_people_than_may_be_shown():
    health = [60, 61, 62, 70, 71, 72, 73, 74, 90, 91]
    curve = concentration_curve(health, [1, 1, 1, 2, 2, 2, 2, 2, 3, 3])
    assert curve == ((0.0, 0.0), pytest.approx((1, 1)))
    by_fives = concentration_curve(list(range(60, 80)), list(range(20)))
    assert [round(people * 20) for people, _ in by_fives] == [0, 5, 10, 15, 20]


def test_small_groups_take_no_part_and_no_number_of_them_appears():
    values = [70.0, 72, 74, 76, 78, 80, 81, 83, 85, 86, 11.0, 13.0]
    labels = ["sd"] * 5 + ["sma"] * 5 + ["s2"] * 2
    slope = slope_index(values, labels, ["sd", "sma", "s2"])
    assert slope.withheld == ("s2",)
    assert float(slope) == pytest.approx(float(slope_index(values[:10], labels[:10], ["sd", "sma"])))
    table = slope_of_means([74, 83, 12], [5, 5, 2], ["sd", "sma", "s2"])
    assert float(table) == pytest.approx(float(slope))
    parts = decompose(values, labels)
    assert parts.withheld == ("s2",)
    assert parts.n == slope.n == table.n == 10
    for found in (slope, table, parts):
        with use("en"):
            assert "Not shown, as fewer than 5 people: s2." in found.sentence()
        shown = {key: value for key, value in found.as_json().items() if key not in ("withheld", "remarks")}
        assert "s2" not in f"{shown} {found.rows()}"
    with pytest.raises(SettingError):
        slope_index(values, labels, ["sd", "sma", "s2"], least=2)


def test_the_sentence_says_who_has_more_and_when_it_cannot_be_told():
    groups = ["sd"] * 10 + ["sma"] * 10
    order = ["sd", "sma"]
    with use("en"):
        assert "the better off have" in slope_index(list(range(60, 80)), groups, order).sentence()
        assert "the worse off have" in slope_index(list(range(60, 80)), groups, order[::-1]).sentence()
        assert "cannot be told" in slope_index([60, 70] * 10, groups[::-1], order).sentence()


@pytest.mark.parametrize("kind", ONE_COLUMN)
def test_columns_of_every_kind_give_the_same_answer(kind):
    make = ONE_COLUMN[kind]
    values = [60.0, 70.0, 61.0, 72.0, 63.0, 75.0, 64.0, 71.0, 66.0, 74.0, 80.0, 81.0]
    level, labels, village, weights = [1, 2] * 6, ["a", "b"] * 6, [1, 1, 2, 2, 3, 3] * 2, [1.0, 2.0, 0.5] * 4
    assert slope_index(make(values), make(level), cluster=make(village)) == slope_index(values, level, cluster=village)
    assert slope_index(make(values), make(level), weights=make(weights)) == slope_index(values, level, None, weights)
    assert decompose(make(values), make(labels), make(weights)) == decompose(values, labels, weights)
    assert gaps(make(values), make(labels), cluster=make(village)) == gaps(values, labels, cluster=village)
    assert concentration_index(make(values), make(level), cluster=make(village)) == concentration_index(
        values, level, cluster=village
    )


TEN = [60, 62, 64, 66, 68, 70, 72, 74, 76, 78]


@pytest.mark.parametrize(
    ("wrong", "error", "named"),
    [
        (lambda: slope_index([], []), InputError, "3 rows"),
        (lambda: slope_index(TEN, ["a"] * 9), InputError, "10 values, 9 groups"),
        (lambda: slope_index(TEN, ["a"] * 5 + ["b"] * 5), SettingError, "worse off"),
        (lambda: slope_index(TEN, ["a"] * 5 + ["b"] * 5, ["a"]), SettingError, "lacks or repeats: b"),
        (lambda: slope_index(TEN, ["a"] * 5 + ["b"] * 5, ["a", "b", "a"]), SettingError, "lacks or repeats: a"),
        (lambda: slope_index(TEN, [1] * 8 + [2] * 2), InputError, "At least two groups"),
        (lambda: slope_index([70] * 10, [1, 2] * 5), InputError, "same value"),
        (lambda: slope_index(["baik"] * 10, [1, 2] * 5), AnswerError, "baik"),
        (lambda: slope_index([*TEN[:9], math.inf], [1, 2] * 5), AnswerError, "infinite"),
        (lambda: slope_index([None] * 10, [1, 2] * 5), InputError, "no number"),
        (lambda: slope_index(TEN, [1, 2] * 5, weights=[0] * 10), InputError, "At least two groups"),
        (lambda: slope_index(TEN, [1, 2] * 5, weights=[1] * 9 + [-1]), AnswerError, "row 10"),
        (lambda: slope_index(TEN, [1, 2] * 5, cluster=["a"] * 10), InputError, "one cluster"),
        (lambda: slope_index(TEN, [1, 2] * 5, cluster=["a"] * 9), InputError, "10 values and 9 clusters"),
        (lambda: slope_index(TEN, [1, 2] * 5, cluster=["a", "b"] * 5), InputError, "holds all that differs"),
        (lambda: slope_of_means([60, 70], [40]), InputError, "for each group"),
        (lambda: slope_of_means([60, 70], [40, 3]), InputError, "At least two groups"),
        (lambda: slope_of_means([60, 60], [40, 30]), InputError, "same mean"),
        (lambda: slope_of_means([60, None], [40, 30]), AnswerError, "Correct the table"),
        (lambda: slope_of_means([60, 70], [40, -30]), AnswerError, "Correct the table"),
        (lambda: slope_of_means([60, 70], [40, 30], errors=[1, math.nan]), AnswerError, "Correct the table"),
        (lambda: decompose([], []), InputError, "2 rows"),
        (lambda: decompose([70] * 10, ["a", "b"] * 5), InputError, "same value"),
        (lambda: decompose(TEN, ["a"] * 10), InputError, "At least two groups"),
        (lambda: decompose([-1, *TEN[1:]], ["a", "b"] * 5), AnswerError, "row 1"),
        (lambda: decompose(TEN, ["a", "b"] * 5, [0] * 10), InputError, "weight|group|number"),
        (lambda: decompose(TEN, ["a", "b"] * 5, [1] * 9), InputError, "10 values and 9 weights"),
        (lambda: gaps(TEN, ["a", "b"] * 5, cluster=["x"] * 10), InputError, "one cluster"),
        (lambda: concentration_index(TEN, TEN, cluster=["x"] * 10), InputError, "one cluster"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(wrong, error, named):
    with use("en"), pytest.raises(error, match=named):
        wrong()


VILLAGES = ["a", "b", "c", "a", "b", "c", "a", "b", "c", "a"]
RESULTS = [
    slope_index(TEN, [1, 2] * 5),
    slope_index(TEN, [1] * 5 + [2] * 5, cluster=VILLAGES),
    slope_of_means([60, 70, 75], [40, 50, 60]),
    slope_of_means([60, 70], [40, 50]),
    slope_of_means([60, 70, 70], [40, 50, 2], errors=[2, 3, 9]),
    decompose(TEN, ["a"] * 5 + ["b"] * 5),
    decompose([*TEN, 3], ["a"] * 5 + ["b"] * 5 + ["c"], [1] * 11),
    gaps(TEN, ["a"] * 5 + ["b"] * 5, cluster=VILLAGES),
    concentration_index(TEN, TEN, bounds=(25, 100), cluster=VILLAGES),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)

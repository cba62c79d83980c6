"""Control charts, change points and trends agree with printed numbers, or with a second way to reach them."""

import itertools
import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from published import agrees
from result_kit import ONE_COLUMN, shows_itself

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure.trend import (
    alarms,
    change_points,
    index_chart,
    mann_kendall,
    p_chart,
    same_month,
    seasonal_mann_kendall,
    u_chart,
    xmr_chart,
)
from mutu.measure.trend.rules import SETS, find

# --- control charts ----------------------------------------------------------------------------------------------

QCC = "R qcc 3.0, vignette"
QI = "R qicharts2 0.8.1"
JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
LATER = [9, 6, 12, 5, 6, 4, 6, 3, 7, 6, 2, 4, 3, 6, 5, 4, 8, 5, 6, 7, 5, 6, 3, 5]
COMPUTERS = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]
CLOTH = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23], [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5]
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
PAINT = [
    34.05, 34.40, 33.59, 35.96, 34.70, 33.51, 33.79, 34.04, 34.52, 33.75, 33.27, 33.71, 34.03, 34.58, 34.02, 33.97,
    34.05, 34.04, 33.73, 34.05,
]  # fmt: skip
PAINT_LATER = [34.39, 33.75, 33.40, 33.27, 34.65, 34.80, 34.55, 35.40, 34.75, 34.50, 34.70, 34.29, 34.61, 34.49, 35.03]
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def test_shares_of_montgomerys_orange_juice_as_qcc_prints_them():
    found = p_chart(JUICE, [50] * 30, dispersion=False)
    agrees("trend.p_chart, orange juice, centre", QCC, "0.2313333", float(found))
    agrees("trend.p_chart, orange juice, low", QCC, "0.05242755", found.points[0].low)
    agrees("trend.p_chart, orange juice, high", QCC, "0.4102391", found.points[0].high)
    outside = [int(point.period.label) for point in found.points if point.outside]
    assert outside == [15, 23]  # Montgomery's two samples with a known cause


def test_orange_juice_with_known_causes_left_out_as_qcc_prints_it():
    basis = [sample for sample in range(1, 31) if sample not in (15, 23)]
    found = p_chart(JUICE + LATER, [50] * 54, baseline=basis, dispersion=False)
    agrees("trend.p_chart, orange juice revised, centre", QCC, "0.215", float(found))
    agrees("trend.p_chart, orange juice revised, low", QCC, "0.04070284", found.points[0].low)
    agrees("trend.p_chart, orange juice revised, high", QCC, "0.3892972", found.points[-1].high)
    assert any(s.rule == "run of eight" and s.side == -1 and int(s.period.label) > 30 for s in found.signals)


def test_rates_of_montgomerys_computers_as_qcc_prints_them():
    found = u_chart(COMPUTERS, [5] * 20, dispersion=False)
    agrees("trend.u_chart, computers, centre", QCC, "1.93", float(found))
    agrees("trend.u_chart, computers, low", QCC, "0.06613305", found.points[0].low)
    agrees("trend.u_chart, computers, high", QCC, "3.793867", found.points[0].high)
    assert found.stable


def test_limits_of_dyed_cloth_vary_with_the_rolls_as_in_qicharts2():
    found = u_chart(*CLOTH, dispersion=False)
    for place, low, high in ((0, "0.2914739301", "2.555037698"), (1, "0.1578852000", "2.688626428")):
        agrees(f"trend.u_chart, dyed cloth, roll {place + 1}, low", QI, low, found.points[place].low)
        agrees(f"trend.u_chart, dyed cloth, roll {place + 1}, high", QI, high, found.points[place].high)


def test_laneys_limits_are_those_of_qicharts2():
    cloth, boards = u_chart(*CLOTH, dispersion=True), u_chart(BOARDS, [100] * 26)
    agrees("trend.u_chart, u′, dyed cloth, roll 1, high", QI, "2.191504326", cloth.points[0].high)
    agrees("trend.u_chart, u′, dyed cloth, roll 3, low", QI, "0.7494572960", cloth.points[2].low)
    agrees("trend.u_chart, u′, circuit boards, high", QI, "0.3899509002", boards.points[0].high)
    agrees("trend.u_chart, u′, circuit boards, low", QI, "0.006972176759", boards.points[0].low)
    assert boards.widened  # by itself: the boards differ more than chance explains
    assert not u_chart(*CLOTH).widened  # the cloth differs less, and limits are never narrowed by themselves


def test_flow_rates_as_nist_prints_them():
    source = "NIST/SEMATECH e-Handbook, 6.3.2.2"
    found = xmr_chart(FLOW)
    agrees("trend.xmr_chart, flow rate, centre", source, "50.81", float(found))
    agrees("trend.xmr_chart, flow rate, mean range", source, "1.8778", found.mean_range)
    agrees("trend.xmr_chart, flow rate, high", source, "55.8041", found.points[0].high)
    agrees("trend.xmr_chart, flow rate, low", source, "45.8159", found.points[0].low)


def test_viscosity_of_montgomerys_paint_as_qcc_prints_it():
    found = xmr_chart(PAINT)
    agrees("trend.xmr_chart, viscosity, centre", QCC, "34.088", float(found))
    agrees("trend.xmr_chart, viscosity, standard deviation", QCC, "0.5076521", found.mean_range / 1.128)
    agrees("trend.xmr_chart, viscosity, low", QCC, "32.56504", found.points[0].low)
    agrees("trend.xmr_chart, viscosity, high", QCC, "35.61096", found.points[0].high)
    assert [signal.period.label for signal in found.signals if signal.rule == "beyond"] == ["4"]
    assert [signal.period.label for signal in found.signals if signal.rule == "step"] == ["4"]


def test_paint_without_the_batch_of_the_failed_controller_as_qcc_prints_it():
    found = xmr_chart(PAINT[:3] + PAINT[4:] + PAINT_LATER, baseline=19)
    agrees("trend.xmr_chart, viscosity revised, centre", QCC, "33.98947", float(found))
    agrees("trend.xmr_chart, viscosity revised, low", QCC, "32.75425", found.points[0].low)
    agrees("trend.xmr_chart, viscosity revised, high", QCC, "35.2247", found.points[0].high)
    assert not found.stable


def test_an_index_chart_of_shares_is_a_p_chart():
    """The second way: answers of 0 and 1 have the mean, the error and the limits of a share, but for pooling n - 1."""
    rng = np.random.default_rng(1)
    sizes = rng.integers(2000, 6000, 24)
    counts = rng.binomial(sizes, 0.8)
    shares = counts / sizes
    errors = np.sqrt(shares * (1 - shares) / (sizes - 1))
    ours, theirs = index_chart(shares, errors, sizes, dispersion=False), p_chart(counts, sizes, dispersion=False)
    assert float(ours) == pytest.approx(float(theirs))
    for one, other in zip(ours.points, theirs.points, strict=True):
        assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=2e-4)


def test_limits_are_widened_only_where_months_differ_by_more_than_chance():
    """Of 400 seeded series each: about one in twenty without reason, nearly all with twice the spread."""
    rng = np.random.default_rng(2)
    sizes = rng.integers(200, 900, 24)
    chance = sum(p_chart(rng.binomial(sizes, 0.7), sizes).widened for _ in range(400))
    mixed = sum(
        p_chart(rng.binomial(sizes, np.clip(rng.normal(0.7, 0.04, 24), 0, 1)), sizes).widened for _ in range(400)
    )
    assert chance <= 40
    assert mixed >= 340


def test_a_stable_process_lies_within_laneys_limits_where_plain_ones_cry_wolf():
    rng = np.random.default_rng(3)
    sizes = rng.integers(5000, 20000, 24)
    counts = rng.binomial(sizes, np.clip(rng.normal(0.9, 0.01, 24), 0, 1))
    plain, wide = p_chart(counts, sizes, dispersion=False), p_chart(counts, sizes)
    assert sum(point.outside for point in plain.points) > 5
    assert sum(point.outside for point in wide.points) == 0


# --- run rules ---------------------------------------------------------------------------------------------------


def rules(distances, code="nelson"):
    return [
        (found.rule.code, found.first, found.last, found.side) for found in find(np.array(distances), SETS[code].rules)
    ]


@pytest.mark.parametrize(
    ("distances", "code", "expected"),
    [
        ([0.5, -0.5, 3.1, -0.5], "shewhart", [("beyond", 2, 2, 1)]),
        ([0.5, -3.1, -3.2, 0.5], "shewhart", [("beyond", 1, 1, -1), ("beyond", 2, 2, -1)]),
        ([0.5, 2.1, 0.5, 2.2, 0.1], "western electric", [("two of three", 1, 3, 1)]),
        ([0.5, 2.1, -0.5, -2.2, 0.1], "western electric", []),
        ([0.5, 2.1, 2.2, 0.1, 0.2, -0.1], "western electric", [("two of three", 0, 2, 1)]),
        ([-1.1, -1.2, 0.5, -1.3, -1.4, 0.2], "western electric", [("four of five", 0, 4, -1)]),
        ([0.2] * 7 + [-0.1], "western electric", []),
        ([0.2] * 9 + [-0.1], "western electric", [("run of eight", 0, 7, 1)]),
        ([0.2] * 8 + [-0.1], "nelson", []),
        ([-0.2] * 9 + [0.1], "nelson", [("run of nine", 0, 8, -1)]),
        ([-0.9, -0.6, -0.3, 0.1, 0.3, 0.2], "nelson", []),
        ([-0.9, -0.6, -0.3, 0.1, 0.3, 0.5, 0.2], "nelson", [("trend of six", 0, 5, 1)]),
        ([0.9, 0.6, 0.3, -0.1, -0.3, -0.5, -0.2], "nelson", [("trend of six", 0, 5, -1)]),
        ([0.9, 0.9, 0.6, 0.3, -0.1, -0.3, -0.2], "nelson", []),
    ],
)
def test_each_rule_is_found_where_it_is_complete_and_not_before(distances, code, expected):
    assert rules(distances, code) == expected


@given(st.lists(st.floats(-3.5, 3.5).map(lambda value: round(value, 1)), min_size=1, max_size=40))
def test_the_rules_are_what_counting_by_hand_finds(distances):
    """The second way: every window by itself."""
    complete = {
        (rule.code, last, side)
        for rule in SETS["nelson"].rules
        for side in (1, -1)
        for last in range(rule.window - 1, len(distances))
        if by_hand(rule, [side * z for z in distances[last - rule.window + 1 : last + 1]])
    }
    fresh = {one for one in complete if one[0] == "beyond" or (one[0], one[1] - 1, one[2]) not in complete}
    assert {(code, last, side) for code, _, last, side in rules(distances)} == fresh


def by_hand(rule, window):
    if rule.beyond is None:
        return all(later > earlier for earlier, later in itertools.pairwise(window))
    return window[-1] > rule.beyond and sum(z > rule.beyond for z in window) >= rule.need


def test_false_signals_are_as_far_apart_as_champ_and_woodall_and_the_sets_say():
    """3 000 seeded series; the standard error of a run length is about 1.7 points."""
    rng = np.random.default_rng(4)
    series = rng.normal(size=(3000, 900))
    firsts = {
        code: np.array([min((found.last for found in find(line, chosen.rules)), default=899) + 1 for line in series])
        for code, chosen in SETS.items()
        if code != "shewhart"
    }
    electric = float(firsts["western electric"].mean())
    source = "Champ & Woodall (1987), Technometrics 29, as in the NIST/SEMATECH e-Handbook, 6.3.2"
    agrees("trend.rules, western electric, mean run to a false signal (simulated)", source, "91.75", electric, within=5)
    for code, found in firsts.items():
        assert found.mean() == pytest.approx(SETS[code].between, abs=5)
    assert SETS["shewhart"].between == pytest.approx(1 / (2 * 0.0013498980316301), abs=0.5)


def stable_chart(kind, rng, periods, **settings):
    """A chart of a process that never changes, with sizes that differ."""
    sizes = [60, 90, 150, 200] * (periods // 4)
    if kind == "p":
        return p_chart(rng.binomial(sizes, 0.3), sizes, **settings)
    if kind == "u":
        return u_chart(rng.poisson(np.array(sizes) * 0.1), sizes, **settings)
    if kind == "index":
        return index_chart(rng.normal(80, 20 / np.sqrt(sizes)), 20 / np.sqrt(sizes), sizes, **settings)
    return xmr_chart(rng.normal(80, 3, periods), **settings)


@pytest.mark.parametrize(
    ("kind", "periods", "settings"),
    [
        ("xmr", 12, {}),
        ("xmr", 36, {}),
        ("xmr", 24, {"rules": "shewhart"}),
        ("xmr", 24, {"rules": "nelson", "baseline": 12}),
        ("p", 24, {}),
        ("p", 36, {"dispersion": True}),
        ("u", 24, {"rules": "nelson"}),
        ("u", 36, {"dispersion": False}),
        ("index", 24, {}),
        ("index", 60, {"rules": "shewhart"}),
    ],
)
def test_false_alarms_are_as_frequent_as_the_charts_themselves_give(kind, periods, settings):
    """400 charts of other random numbers; the standard error of their share is at most 2.5 percentage points."""
    rng = np.random.default_rng(77)
    charts = [stable_chart(kind, rng, periods, **settings) for _ in range(400)]
    alarms = sum(bool(chart.signals) for chart in charts) / len(charts)
    assert charts[0].false_alarms == pytest.approx(alarms, abs=0.07)
    with use("en"):
        assert f"with {periods} periods and these rules" in charts[0].sentence()


def test_false_alarms_with_limits_long_known_are_those_of_independent_points():
    """400 periods settle the centre line, and the standard deviation is given."""
    chart = index_chart([80.0, 81.0] * 200, [2.0] * 400, [100] * 400, dispersion=False, rules="shewhart")
    assert chart.false_alarms == pytest.approx(1 - (1 - 2 * 0.0013498980316301) ** 400, abs=0.03)


def test_the_same_chart_says_the_same_of_false_alarms():
    first, again = (stable_chart("p", np.random.default_rng(5), 24) for _ in range(2))
    alarms.share.cache_clear()
    assert first.false_alarms == again.false_alarms == first.as_json()["false_alarms"]
    assert alarms.share.cache_info().misses == 1


def test_each_signal_names_its_month_and_its_rule_in_both_languages():
    months = [f"2025-{month:02d}" for month in range(1, 13)] + [f"2026-{month:02d}" for month in range(1, 7)]
    index = [80, 81, 79, 80, 82, 78, 80, 81, 79, 80, 81, 80, 70, 84, 85, 84, 86, 85]
    found = xmr_chart(index, months, baseline="2025-12")
    with use("id"):
        said = found.sentence()
        assert "Januari 2026: 70,00 berada di bawah batas kendali" in said
        assert "Januari 2026: perubahan −10,00 dari Desember 2025 lebih besar daripada biasanya" in said
        assert "tanda palsu" in said
    with use("en"):
        said = found.sentence()
        assert "January 2026: 70.00 lies below the control limit" in said
        assert "at least one false signal" in said
        assert "further signals" in said
    assert len(found.said()) > 7
    assert {"beyond", "step", "two of three"} <= {signal.rule for signal in found.signals}
    rising = xmr_chart([80, 81, 80, 81, 80, 80.5, 80, 80.2, 80.4, 80.6, 80.8, 81.0, 80], rules="nelson")
    with use("id"):
        assert any("enam periode berturut-turut naik" in words for words in rising.said())


# --- periods -----------------------------------------------------------------------------------------------------


def test_months_are_read_sorted_and_their_gaps_are_named():
    months = ["2025-03", "Januari 2025", date(2025, 2, 14), "May 2025", "2025-06-30", "Jul 2025", "2025-09-01"]
    found = xmr_chart([3.0, 1.0, 2.0, 5.0, None, 7.0, 9.0], months)
    assert [point.period.label for point in found.points] == [f"2025-0{month}" for month in (1, 2, 3, 5, 7, 9)]
    assert [point.value for point in found.points] == [1, 2, 3, 5, 7, 9]
    assert found.mean_range == 1  # January to March; no distance reaches across a gap
    with use("id"):
        assert "Tanpa angka: April 2025, Juni 2025, Agustus 2025." in found.sentence()


def test_other_labels_keep_their_order():
    found = xmr_chart([1.0, 2, 3, 2, 1, 2], ["TW I", "TW II", "TW III", "TW IV", "TW V", "TW VI"])
    assert [point.period.label for point in found.points] == ["TW I", "TW II", "TW III", "TW IV", "TW V", "TW VI"]


@pytest.mark.parametrize("kind", ONE_COLUMN)
def test_columns_of_every_kind_give_the_same_answer(kind):
    make = ONE_COLUMN[kind]
    months = [f"2025-{month:02d}" for month in range(1, 13)] + [f"2026-{month:02d}" for month in range(1, 13)]
    index = [80.0 + place % 5 + place / 10 for place in range(24)]
    error, size, count = [1.0] * 24, [100 + place for place in range(24)], [60 + place % 7 for place in range(24)]
    for measure in (
        lambda one: xmr_chart(one(index), one(months)),
        lambda one: p_chart(one(count), one(size), one(months)),
        lambda one: u_chart(one(count), one(size), one(months)),
        lambda one: index_chart(one(index), one(error), one(size), one(months)),
        lambda one: change_points(one(index), one(months), permutations=99),
        lambda one: mann_kendall(one(index), one(months)),
        lambda one: seasonal_mann_kendall(one(index), one(months)),
        lambda one: same_month(one(index), one(months), one(error), one(size)),
    ):
        assert measure(make) == measure(lambda cells: cells)


def test_points_in_time_of_pandas_are_months():
    months = pd.Series(pd.date_range("2025-01-01", periods=6, freq="MS"))
    assert [point.period.label for point in xmr_chart(FLOW[:6], months).points][-1] == "2025-06"


# --- change points -----------------------------------------------------------------------------------------------

DEFICIT = [
    10.7, 13.0, 11.4, 11.5, 12.5, 14.1, 14.8, 14.1, 12.6, 16.0, 11.7, 10.6, 10.0, 11.4, 7.9, 9.5, 8.0, 11.8, 10.5,
    11.2, 9.2, 10.1, 10.4, 10.5,
]  # fmt: skip
DEFICIT_MONTHS = [f"{year}-{month:02d}" for year in (1987, 1988) for month in range(1, 13)]


def test_the_trade_deficit_changes_in_december_1987_as_changepointtaylor_prints_it():
    source = "R ChangePointTaylor, README, US_Trade_Deficit, confidence 0.95"
    found = change_points(DEFICIT, DEFICIT_MONTHS)
    assert [change.period.label for change in found.changes] == ["1987-12"]
    agrees("trend.change_points, trade deficit, before", source, "12.94545", found.changes[0].before.mean)
    agrees("trend.change_points, trade deficit, after", source, "10.08462", found.changes[0].after.mean)
    agrees("trend.change_points, trade deficit, confidence", source, "1", found.changes[0].confidence)


def test_with_ninety_per_cent_it_also_changes_in_june_1987_as_taylor_prints_it():
    """Taylor's table says June 1987 with 92.6 %, ChangePointTaylor 91.3 to 93.8 %, each from 1 000 random orders."""
    found = change_points(DEFICIT, DEFICIT_MONTHS, confidence=0.9)
    assert [change.period.label for change in found.changes] == ["1987-06", "1987-12"]
    source = "Taylor, Change-Point Analysis (slides), trade deficit"
    agrees("trend.change_points, trade deficit, June, %", source, "92.6", 100 * found.changes[0].confidence, within=2)
    source = "R ChangePointTaylor, README, US_Trade_Deficit"
    agrees("trend.change_points, trade deficit, before June", source, "11.82", found.changes[0].before.mean)


def test_the_confidence_is_that_of_all_orders():
    """The second way: every order of six numbers."""
    numbers = [3.0, 1.0, 2.0, 7.0, 6.0, 8.0]

    def reach(order):
        sums = np.cumsum(np.array(order) - np.mean(order))
        return max(0, sums.max()) - min(0, sums.min())

    orders = [reach(order) for order in itertools.permutations(numbers)]
    exact = sum(one < reach(numbers) - 1e-9 for one in orders) / len(orders)
    found = change_points(numbers, permutations=20_000)
    assert found.confidence == pytest.approx(exact, abs=0.01)
    assert found.likeliest.label == "4"


def test_a_series_without_change_has_one_in_at_most_five_of_a_hundred():
    rng = np.random.default_rng(5)
    wrong = sum(bool(change_points(rng.normal(80, 3, 24), permutations=399).changes) for _ in range(300))
    assert wrong <= 27  # 15 expected, Monte-Carlo error 4
    found = sum(
        bool(change_points(rng.normal(80, 3, 24) + 6 * (np.arange(24) > 11), permutations=399).changes)
        for _ in range(100)
    )
    assert found >= 75


def test_the_same_seed_gives_the_same_answer_and_another_nearly_so():
    one, two, other = change_points(FLOW), change_points(FLOW), change_points(FLOW, seed=2)
    assert one == two
    assert one.confidence != other.confidence
    assert one.confidence == pytest.approx(other.confidence, abs=0.02)


def test_the_interval_of_a_change_is_welchs_as_r_prints_it():
    """R, t.test of the two parts of the trade deficit."""
    found = change_points(DEFICIT, DEFICIT_MONTHS).changes[0]
    source = "R, t.test(x[12:24], x[1:11]), Welch"
    agrees("trend.change_points, interval of the change, low", source, "-4.1079114", found.interval.low)
    agrees("trend.change_points, interval of the change, high", source, "-1.6137669", found.interval.high)


# --- trends ------------------------------------------------------------------------------------------------------

BY_HAND = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]
NUMBERS = st.lists(st.integers(60, 90), min_size=5, max_size=14).filter(lambda values: len(set(values)) > 1)


def test_a_trend_with_ties_as_worked_by_hand_at_holy_cross_and_by_r():
    found = mann_kendall(BY_HAND)
    source = "College of the Holy Cross, A Mann-Kendall example (by hand)"
    agrees("trend.mann_kendall, 14 values, S", source, "54", found.score)
    agrees("trend.mann_kendall, 14 values, Z", source, "2.9058", found.z)
    r = "R, cor.test(method = 'kendall', exact = FALSE, continuity = TRUE)"
    agrees("trend.mann_kendall, 14 values, p", r, "0.003663", found.p)
    agrees("trend.mann_kendall, 14 values, tau", r, "0.5966942", found.tau)


def test_a_trend_without_ties_is_counted_exactly_as_r_counts_it():
    """R, cor.test(1:8, c(1, 3, 2, 5, 4, 8, 6, 7), method = "kendall")."""
    found = mann_kendall([1, 3, 2, 5, 4, 8, 6, 7])
    agrees("trend.mann_kendall, 8 values, exact p", "R, cor.test, kendall", "0.01414", found.p)
    agrees("trend.mann_kendall, 8 values, tau", "R, cor.test, kendall", "0.7142857", found.tau)
    assert found.z is None


@given(NUMBERS)
def test_score_and_slope_are_those_of_scipy(values):
    """The second library: scipy's Kendall and Theil-Sen; its slopes count places, as months without a gap do."""
    from scipy import stats

    found = mann_kendall(values)
    theirs = stats.kendalltau(np.arange(len(values)), values, method="exact" if found.z is None else "asymptotic")
    slope = stats.theilslopes(values)
    assert found.tau == pytest.approx(theirs.statistic, abs=1e-9)
    assert found.slope == pytest.approx(slope.slope, abs=1e-9)
    if found.interval is None:
        assert slope.low_slope == pytest.approx(slope.high_slope, abs=1e-9)
    else:
        assert found.interval[:2] == pytest.approx((slope.low_slope, slope.high_slope), abs=1e-9)
    if found.z is None:
        assert found.p == pytest.approx(theirs.pvalue, abs=1e-9)


@given(
    st.lists(st.tuples(st.integers(0, 35), st.integers(60, 70)), min_size=8, max_size=36, unique_by=lambda one: one[0])
)
def test_a_seasonal_trend_adds_up_the_same_months(rows):
    """The second way: pairs of years counted one by one, and the variance of each month from all its orders."""
    months = [f"{2023 + place // 12}-{place % 12 + 1:02d}" for place, _ in rows]
    by_month = {month: [v for place, v in sorted(rows) if place % 12 == month] for month in range(12)}
    assume(any(len(set(values)) > 1 for values in by_month.values()))

    def score(values):
        return sum(np.sign(b - a) for a, b in itertools.combinations(values, 2))

    found = seasonal_mann_kendall([v for _, v in rows], months)
    assert found.score == sum(score(values) for values in by_month.values())
    variance = sum(np.var([score(order) for order in itertools.permutations(values)]) for values in by_month.values())
    assert found.variance == pytest.approx(variance)
    years = {(place % 12, place // 12): v for place, v in rows}
    slopes = [
        (years[month, late] - years[month, early]) / (late - early)
        for month in range(12)
        for early, late in ((0, 1), (0, 2), (1, 2))
        if (month, early) in years and (month, late) in years
    ]
    assert found.slope == pytest.approx(np.median(slopes))


def test_seasons_do_not_look_like_a_trend_nor_hide_one():
    months = [f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13)]
    season = [5 * math.sin(month / 12 * 6.28) for month in range(12)] * 3
    rng = np.random.default_rng(7)
    noise = rng.normal(0, 0.5, 36)
    rise = np.repeat([0, 0.8, 1.6], 12)
    assert seasonal_mann_kendall(season + noise + rise, months).clear
    assert not mann_kendall(season + noise + rise, months).clear
    assert not seasonal_mann_kendall(season + rng.normal(0, 0.5, 36), months).clear


@pytest.mark.parametrize(
    "found",
    [
        mann_kendall([1, 2, 3, 4, 5, 6, 7]),
        mann_kendall([0.1 * one for one in range(12)]),
        mann_kendall([3] * 7 + [4] + [3] * 5),
    ],
)
def test_a_slope_that_is_the_same_between_nearly_all_periods_has_no_interval_of_no_width(found):
    assert found.interval is None
    with use("en"):
        assert "no interval, as nearly all changes" in found.sentence()
    shows_itself(found)


def test_the_same_month_of_the_year_before_is_found_across_gaps():
    months = ["2025-01", "2025-02", "2025-04", "2026-01", "2026-02", "2026-03", "2026-04"]
    found = same_month([80, 82, 84, 83, 86, 87, 88], months)
    assert [(pair.period.label, pair.before, pair.value) for pair in found.pairs] == [
        ("2026-01", 80, 83),
        ("2026-02", 82, 86),
        ("2026-04", 84, 88),
    ]
    assert found.difference == pytest.approx(11 / 3)
    half = 4.3026527297495 * math.sqrt(1 / 3 / 3)  # t with 2 degrees of freedom; variance of 3, 4, 4
    assert found.interval[:2] == pytest.approx((11 / 3 - half, 11 / 3 + half))
    assert "2026-03" in [period.label for period in found.alone]


def test_months_with_errors_have_intervals_that_hold_together():
    months = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)]
    rng = np.random.default_rng(8)
    wrong = 0
    for _ in range(400):
        sizes = rng.integers(40, 200, 24)
        samples = [rng.normal(80, 10, size) for size in sizes]
        errors = [one.std(ddof=1) / math.sqrt(len(one)) for one in samples]
        found = same_month([one.mean() for one in samples], months, errors, sizes)
        wrong += any(pair.clear for pair in found.pairs)
    assert wrong <= 32  # 20 expected, Monte-Carlo error 4.4


def test_what_is_nearly_certain_is_not_called_certain():
    rising = list(range(60, 84))
    with use("en"):
        assert "p < 0.001" in mann_kendall(rising).sentence()
        assert "p = 0.017" in mann_kendall(rising[:5]).sentence()
        assert "confidence > 99.9%" in change_points([80, 81] * 9 + [90, 91] * 9).sentence()


# --- what is refused and shown -----------------------------------------------------------------------------------

EIGHT = [80, 81, 79, 80, 82, 80, 81, 79]
HALF = [f"2025-{month:02d}" for month in range(1, 9)]


@pytest.mark.parametrize(
    ("wrong", "error", "named"),
    [
        (lambda: xmr_chart([]), InputError, "1 rows|number"),
        (lambda: xmr_chart([80.0]), InputError, "at least 6"),
        (lambda: xmr_chart([80] * 8), InputError, "never change"),
        (lambda: xmr_chart([None] * 8), InputError, "no number"),
        (lambda: xmr_chart(["baik"] * 8), AnswerError, "baik"),
        (lambda: xmr_chart([*EIGHT[:7], math.inf]), AnswerError, "infinite"),
        (lambda: xmr_chart(EIGHT, HALF[:7]), InputError, "7 periods"),
        (lambda: xmr_chart(EIGHT, [*HALF[:7], "2025-01"]), InputError, "twice: 2025-01"),
        (lambda: xmr_chart(EIGHT, [*HALF[:7], "TW I"]), InputError, "TW I"),
        (lambda: xmr_chart(EIGHT, [*HALF[:7], None]), InputError, "period is missing"),
        (lambda: xmr_chart(EIGHT, HALF, baseline=5), InputError, "at least 6 periods"),
        (lambda: xmr_chart(EIGHT, HALF, baseline=9), SettingError, "between 1 and 8"),
        (lambda: xmr_chart(EIGHT, HALF, baseline="2024-12"), InputError, "no period «2024-12»"),
        (lambda: xmr_chart(EIGHT, HALF, rules="own"), SettingError, "western electric"),
        (lambda: xmr_chart(EIGHT, [f"20{year}-01" for year in range(10, 18)]), InputError, "follow each other"),
        (lambda: p_chart(EIGHT, [100] * 7), InputError, "7, 8 numbers"),
        (lambda: p_chart(EIGHT, [0] + [100] * 7, HALF), AnswerError, "2025-01"),
        (lambda: p_chart(EIGHT, [80] * 8, HALF), AnswerError, "2025-02"),
        (lambda: p_chart([0] * 8, [80] * 8), InputError, "never change"),
        (lambda: u_chart([-1, *EIGHT[1:]], [5] * 8, HALF), AnswerError, "2025-01"),
        (lambda: u_chart([5] * 8, [5] * 8, dispersion=True), InputError, "never change"),
        (lambda: index_chart(EIGHT, [1] * 8, [1] + [50] * 7, HALF), AnswerError, "2025-01"),
        (lambda: index_chart(EIGHT, [-1] + [1] * 7, [50] * 8, HALF), AnswerError, "2025-01"),
        (lambda: index_chart(EIGHT, [0] * 8, [50] * 8), InputError, "standard errors are zero"),
        (lambda: index_chart([80] * 8, [1] * 8, [50] * 8, dispersion=True), InputError, "never change"),
        (lambda: change_points([80, 81, 79, 80, 82]), InputError, "at least 6"),
        (lambda: change_points([80] * 8), InputError, "never change"),
        (lambda: change_points(EIGHT, confidence=1.5), SettingError, "confidence"),
        (lambda: change_points(EIGHT, permutations=0), SettingError, "permutations"),
        (lambda: mann_kendall([1, 2, 3, 4]), InputError, "at least 5"),
        (lambda: mann_kendall([80] * 8), InputError, "never change"),
        (lambda: seasonal_mann_kendall(EIGHT, list("abcdefgh")), InputError, "Seasons need months"),
        (lambda: seasonal_mann_kendall(EIGHT, HALF), InputError, "two years"),
        (lambda: same_month(EIGHT, list("abcdefgh")), InputError, "Seasons need months"),
        (lambda: same_month(EIGHT, HALF), InputError, "year earlier"),
        (lambda: same_month([80, 81], ["2025-01", "2026-01"], [1, 1]), SettingError, "together"),
        (lambda: same_month([80, 81], ["2025-01", "2026-01"], [1, -1], [50, 50]), AnswerError, "2026-01"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(wrong, error, named):
    with use("en"), pytest.raises(error, match=named):
        wrong()


def test_a_change_is_told_in_periods_whatever_they_are():
    found = change_points([80, 81, 79, 80, 82, 80, 88, 87, 89, 88, 87, 88])
    with use("id"):
        assert "Mulai periode 7 rata-ratanya 87,83, sebelumnya 80,33" in found.sentence()
        assert "Periodenya dipilih oleh data" in found.sentence()


TWO_YEARS = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)]
RESULTS = [
    p_chart(JUICE, [50] * 30),
    p_chart([1, 0, 2, 1, 0, 1], [9] * 6),
    u_chart(BOARDS, [100] * 26, rules="nelson"),
    xmr_chart(PAINT + PAINT_LATER, baseline=20, rules="nelson"),
    xmr_chart(FLOW, rules="shewhart"),
    index_chart(EIGHT, [1] * 8, [50] * 8, HALF),
    change_points(DEFICIT, DEFICIT_MONTHS, confidence=0.9),
    change_points(EIGHT, permutations=99),
    mann_kendall(BY_HAND),
    mann_kendall(EIGHT[::-1], HALF),
    seasonal_mann_kendall([*EIGHT, *EIGHT, *EIGHT[:7], 90], TWO_YEARS),
    same_month([*EIGHT, *EIGHT, *EIGHT], TWO_YEARS),
    same_month([80, 81, 90], ["2025-01", "2026-01", "2026-02"], [1, 1, 1], [50, 50, 50]),
    same_month([80, 81, 90, 99], ["2025-01", "2026-01", "2025-03", "2026-03"], [1, 1, 1, 1], [50, 50, 50, 60]),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)

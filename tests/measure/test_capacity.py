"""Training needs, staffing need and resources agree with printed numbers, or with a second way to reach them."""

import numpy as np
import polars as pl
import pytest
from frame_kit import FRAMES
from hypothesis import given
from hypothesis import strategies as st
from published import agrees
from result_kit import shows_itself

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure.capacity import effective_time, resources, training_needs, wisn, workload
from mutu.measure.equity import concentration_index

# --- training needs ----------------------------------------------------------------------------------------------

RNG = np.random.default_rng(2)
NAMES = ["pelayanan", "arsip", "data", "bahasa"]


def answers(people, means, rng=RNG):
    return np.clip(np.round(rng.normal(means, 0.8, (people, len(means)))), 1, 5)


MATTERS, THERE = answers(40, [4.6, 3.0, 4.2, 2.6]), answers(40, [2.4, 2.8, 2.6, 2.4])
UNITS = ["A"] * 16 + ["B"] * 15 + ["C"] * 6 + ["D"] * 3


def frame(values):
    return pl.DataFrame(values, schema=NAMES)


def test_scores_are_borichs_mean_weighted_discrepancies():
    """The second way, as Borich (1980) has it: each person's discrepancy times the mean importance, then the mean."""
    found = training_needs(frame(MATTERS), frame(THERE), unit=UNITS)
    weighted = (MATTERS - THERE) * MATTERS.mean(axis=0)
    expected = dict(zip(NAMES, weighted.mean(axis=0), strict=True))
    assert {need.name: need.score for need in found.needs} == pytest.approx(expected)
    assert [need.score for need in found.needs] == sorted((need.score for need in found.needs), reverse=True)


def test_required_levels_take_the_place_of_importance_in_the_gap():
    required = dict(zip(NAMES, [4, 3, 5, 2], strict=True))
    found = training_needs(frame(MATTERS), frame(THERE), required=required)
    expected = MATTERS.mean(axis=0) * (np.array([4, 3, 5, 2]) - THERE.mean(axis=0))
    assert {need.name: need.score for need in found.needs} == pytest.approx(dict(zip(NAMES, expected, strict=True)))
    assert found.model == "required"


def test_the_interval_is_near_a_bootstrap_of_people():
    rng = np.random.default_rng(5)
    matters, there = answers(200, [4.2, 3.0, 3.6, 4.0], rng), answers(200, [2.4, 2.8, 2.6, 3.9], rng)
    found = {need.name: need for need in training_needs(frame(matters), frame(there)).needs}
    draws = rng.integers(0, 200, (4000, 200))
    scores = matters[draws].mean(axis=1) * (matters - there)[draws].mean(axis=1)
    for place, name in enumerate(NAMES):
        expected = np.quantile(scores[:, place], [0.025, 0.975])
        assert found[name].interval[:2] == pytest.approx(expected, abs=0.15)


def test_intervals_of_skewed_answers_hold_what_they_promise():
    """Coverage over 1 000 seeded surveys of 30 with most answers at the top; Monte-Carlo error 0.7 points."""
    rng = np.random.default_rng(9)
    chances = [0.05, 0.1, 0.25, 0.6]

    def survey(people):
        matters = rng.choice([2, 3, 4, 5], (people, 2), p=chances)
        return matters, np.clip(matters - rng.choice([0, 1, 2, 3], (people, 2), p=chances[::-1]), 1, 5)

    matters, there = survey(200_000)
    true = matters[:, 0].mean() * (matters - there)[:, 0].mean()
    held = 0
    for _ in range(1000):
        needs = {need.name: need for need in training_needs(*survey(30)).needs}
        held += needs["1"].interval.low <= true <= needs["1"].interval.high
    assert 0.93 <= held / 1000 <= 0.98


def test_needs_that_are_alike_get_the_whole_range_of_places():
    """500 seeded surveys of four equal competences: in at most 5 % (+ Monte-Carlo error) is any place ruled out."""
    rng = np.random.default_rng(3)
    wrong = 0
    for _ in range(500):
        found = training_needs(answers(30, [4, 4, 4, 4], rng), answers(30, [3, 3, 3, 3], rng))
        wrong += any(need.places != (1, 4) for need in found.needs)
    assert wrong <= 40


def test_a_clear_order_gets_places_of_its_own():
    matters = np.tile([5.0, 4.0, 3.0], (30, 1)) - np.tile([[0.0], [1.0]], (15, 3))
    there = np.full((30, 3), 2.0) - np.tile([[0.0], [1.0]], (15, 3))
    found = training_needs(matters, there)
    assert [need.places for need in found.needs] == [(1, 1), (2, 2), (3, 3)]
    with use("en"):
        assert "cannot be told apart" not in found.sentence()


def test_noise_has_no_greatest_need():
    """400 seeded surveys without any need: a greatest one is named in at most 5 % (+ Monte-Carlo error)."""
    rng = np.random.default_rng(8)
    named, said = 0, set()
    with use("en"):
        for _ in range(400):
            found = training_needs(rng.integers(1, 6, (12, 4)), rng.integers(1, 6, (12, 4)))
            named += found.greatest is not None
            said.add(found.sentence().split("«")[0])
            assert "95% confidence interval" in found.sentence()
    assert named <= 32
    assert {
        "Of 4 competences together no training need can be told from chance; the highest is ",
        "No competence falls short of what is wanted on average; the highest is ",
    } <= said


def test_hours_for_minutes_are_named_with_the_minutes_they_are():
    with use("en"), pytest.raises(SettingError, match="give hours × 60: 75000"):
        workload(pl.DataFrame(TASKS), effective=1250)


def test_units_too_small_cannot_be_worked_out():
    found = training_needs(frame(MATTERS), frame(THERE), unit=UNITS)
    shown = {unit.unit: unit.scores for unit in found.units}
    assert shown["D"] == (None,) * 4
    assert shown["C"] == (None,) * 4  # alone, D would follow from the whole
    order = [NAMES.index(need.name) for need in found.needs]
    expected = MATTERS[:16].mean(axis=0) * (MATTERS - THERE)[:16].mean(axis=0)
    assert shown["A"] == pytest.approx(expected[order])
    with use("en"):
        assert "would give them away, are not shown" in found.sentence()
        assert found.unit_rows()[3]["Unit"] == "D"


def test_a_missing_answer_leaves_both_means_of_its_competence():
    matters = MATTERS.copy()
    matters[0, 0] = np.nan
    need = next(need for need in training_needs(matters, THERE).needs if need.name == "1")
    assert need.n == 39
    assert need.importance == pytest.approx(MATTERS[1:, 0].mean())
    assert need.gap == pytest.approx((MATTERS - THERE)[1:, 0].mean())


@pytest.mark.parametrize("kind", FRAMES)
def test_frames_of_every_kind_give_the_same_answer(kind):
    make = FRAMES[kind]
    columns = [{name: values[:, place] for place, name in enumerate(NAMES)} for values in (MATTERS, THERE)]
    expected = training_needs(frame(MATTERS), frame(THERE), unit=UNITS)
    assert training_needs(make(columns[0]), make(columns[1]), unit=make({"unit": UNITS})) == expected
    assert workload(make(TASKS)) == workload(pl.DataFrame(TASKS))
    named = {"unit": "u", "need": "n", "available": "a"}
    assert resources(make(OFFICES), **named) == resources(pl.DataFrame(OFFICES), **named)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: training_needs(np.empty((0, 2)), np.empty((0, 2))), InputError),
        (lambda: training_needs(MATTERS[:1], THERE[:1]), InputError),
        (lambda: training_needs(MATTERS[:4], THERE[:4]), InputError),
        (lambda: training_needs(MATTERS, THERE[:30]), InputError),
        (lambda: training_needs(MATTERS, THERE[:, :3]), InputError),
        (lambda: training_needs(MATTERS + 1, THERE), AnswerError),
        (lambda: training_needs(np.full((9, 2), np.nan), np.full((9, 2), 3.0)), InputError),
        (lambda: training_needs([["baik"] * 2] * 9, [[1, 2]] * 9), AnswerError),
        (lambda: training_needs(np.full((9, 2), np.inf), np.full((9, 2), 3.0)), AnswerError),
        (lambda: training_needs(MATTERS, THERE, required={"1": 3}), SettingError),
        (lambda: training_needs(MATTERS, THERE, required={"1": 3, "2": 3, "3": 9, "4": 3}), SettingError),
        (lambda: training_needs(MATTERS, THERE, required={"1": 3, "2": 3, "3": "4", "4": 3}), SettingError),
        (lambda: training_needs(MATTERS, THERE, unit=["A"] * 3), InputError),
        (lambda: training_needs(MATTERS, THERE, least=1), SettingError),
    ],
)
def test_needs_of_nonsense_are_refused(wrong, error):
    with pytest.raises(error):
        wrong()


# --- workload ----------------------------------------------------------------------------------------------------

TASKS = {
    "job": ["loket", "loket", "arsip", "loket"],
    "volume": [5000, 240, 12_000, 1],
    "minutes": [25.0, 90.0, 7.5, 600.0],
}


def test_the_need_is_time_by_effective_time():
    found = workload(pl.DataFrame(TASKS), available={"loket": 1.5, "arsip": 2})
    counter, archive = found.jobs
    assert counter.minutes == 5000 * 25 + 240 * 90 + 600
    assert counter.need == pytest.approx(147_200 / 75_000)
    assert (counter.whole, archive.whole) == (2, 1)
    assert counter.load == pytest.approx(147_200 / (1.5 * 75_000))
    assert counter.difference == pytest.approx(1.5 - 147_200 / 75_000)
    assert float(found) == pytest.approx(counter.need + archive.need)


def test_minutes_and_conventions_are_one_thing():
    """1,250 hours are 75,000 minutes; half of a person is rounded up."""
    assert effective_time().convention("permenpan-1-2020").minutes == 1250 * 60
    table = pl.DataFrame(TASKS)
    assert [job.need for job in workload(table).jobs] == [job.need for job in workload(table, effective=75_000).jobs]
    assert workload(table, effective="72000").jobs[1].need == 1.25
    half = workload(pl.DataFrame({"job": ["a"], "volume": [3000], "minutes": [50.0]}), effective=100_000)
    assert half.jobs[0].whole == 2


def test_jobs_that_lack_people_are_named():
    table = pl.DataFrame(TASKS)
    with use("en"):
        assert "People are missing in: loket (−0.96)." in workload(table, available={"loket": 1}).sentence()
        assert "No job lacks half a person" in workload(table, available={"loket": 2}).sentence()
    assert workload(table, available={"loket": 0}).jobs[0].load is None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: workload(pl.DataFrame({"job": [], "volume": [], "minutes": []})), InputError),
        (lambda: workload(pl.DataFrame({"job": ["a"], "volume": [1]})), InputError),
        (lambda: workload(pl.DataFrame(TASKS | {"job": [None, "a", "b", "c"]})), InputError),
        (lambda: workload(pl.DataFrame(TASKS | {"volume": [None, 1, 2, 3]})), InputError),
        (lambda: workload(pl.DataFrame(TASKS | {"volume": [-1, 1, 2, 3]})), AnswerError),
        (lambda: workload(pl.DataFrame(TASKS | {"minutes": [float("inf"), 1, 2, 3]})), AnswerError),
        (lambda: workload(pl.DataFrame(TASKS | {"minutes": ["lama"] * 4})), AnswerError),
        (lambda: workload(pl.DataFrame(TASKS), available={"supir": 1}), InputError),
        (lambda: workload(pl.DataFrame(TASKS), available={"loket": -1}), SettingError),
        (lambda: workload(pl.DataFrame(TASKS), effective="1945"), SettingError),
        (lambda: workload(pl.DataFrame(TASKS), effective=0), SettingError),
        (lambda: workload(pl.DataFrame(TASKS), effective=1250), SettingError),
    ],
)
def test_a_workload_of_nonsense_is_refused(wrong, error):
    with pytest.raises(error):
        wrong()


def test_wisn_is_the_hours_of_everybody_over_the_hours_that_are_left():
    """The second way: need × working time × (1 - support) are the hours of the service, plus those of some."""
    activities = {"visits": (12_000, 0.25), "births": (180, 8), "outreach": (90, 6)}
    support, some = {"records": 0.12, "meetings": 0.05}, {"supervision": 400, "training": 120}
    found = wisn(activities, 1512, support=support, individual=some, available=3)
    service = 12_000 * 0.25 + 180 * 8 + 90 * 6
    assert (found.need - 520 / 1512) * 1512 * (1 - 0.17) == pytest.approx(service)
    assert found.activities[0].standard == 1512 / 0.25
    assert found.activities[1].people == pytest.approx(180 / found.activities[1].standard)
    assert found.ratio == pytest.approx(3 / found.need)
    assert found.difference == pytest.approx(3 - found.need)


def test_wisn_without_allowances_is_the_workload_in_hours():
    table = pl.DataFrame({"job": ["a", "a"], "volume": [800, 90], "minutes": [30.0, 240.0]})
    found = wisn({"x": (800, 0.5), "y": (90, 4)}, 1250)
    assert float(found) == pytest.approx(float(workload(table)))
    assert found.ratio is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: wisn({}, 1500),
        lambda: wisn({"x": (10, 1)}, 0),
        lambda: wisn({"x": (10, 0)}, 1500),
        lambda: wisn({"x": 10}, 1500),
        lambda: wisn({"x": (-10, 1)}, 1500),
        lambda: wisn({"x": (10, 1)}, 1500, support={"a": 0.6, "b": 0.5}),
        lambda: wisn({"x": (10, 1)}, 1500, available=float("nan")),
    ],
)
def test_a_wisn_of_nonsense_is_refused(wrong):
    with pytest.raises(SettingError):
        wrong()


# --- resources ---------------------------------------------------------------------------------------------------

OFFICES = {"u": ["A", "B", "C", "D"], "n": [10.0, 20.0, 5.0, 8.0], "a": [8.0, 21.0, 2.0, 4.0]}
COWELL = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]


def offices(need, there):
    return pl.DataFrame({"u": [str(place) for place in range(len(need))], "n": need, "a": there})


def test_gini_is_the_one_r_prints_for_ten_classes():
    found = resources(offices([1] * 10, COWELL), unit="u", need="n", available="a", per=1)
    source = "R package acid 1.1, example of gini(), output as printed on its help page"
    agrees("capacity.resources, Gini", source, "0.4620911", found.fairness.gini)


UNITS_OF_NEED = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), min_size=3, max_size=12).filter(
    lambda units: sum(there for _, there in units) > 0
)


@given(UNITS_OF_NEED)
def test_gini_compares_every_bit_of_need_with_every_other(units):
    """The second way: the mean difference of all pairs, weighted by need, over twice the mean."""
    need, there = (np.array(column, dtype=float) for column in zip(*units, strict=True))
    found = resources(offices(need, there), unit="u", need="n", available="a")
    ratio, weight = there / need, need / need.sum()
    pairs = weight @ np.abs(ratio[:, None] - ratio) @ weight
    assert found.fairness.gini == pytest.approx(pairs / (2 * float(found)), abs=1e-9)


@given(UNITS_OF_NEED.filter(lambda units: len({there / need for need, there in units}) > 1))
def test_gini_is_the_concentration_of_the_ratio_along_itself(units):
    """The second way: the product's own concentration index, weighted by need."""
    need, there = (np.array(column, dtype=float) for column in zip(*units, strict=True))
    found = resources(offices(need, there), unit="u", need="n", available="a")
    index = concentration_index(there / need, there / need, need)
    assert found.fairness.gini == pytest.approx(float(index), abs=1e-9)


@given(UNITS_OF_NEED)
def test_theil_falls_apart_into_between_and_within(units):
    """The second way: the decomposition by two groups of units gives the same as all units at once."""
    need, there = (np.array(column, dtype=float) for column in zip(*units, strict=True))
    half = len(need) // 2
    parts = [slice(0, half), slice(half, None)]
    if min(there[part].sum() for part in parts) == 0:
        return
    shares = [(need[part].sum() / need.sum(), there[part].sum() / there.sum()) for part in parts]
    between = sum(given * np.log(given / wanted) for wanted, given in shares)

    def theil(part):
        ratio, weight = there[part] / need[part], need[part] / need[part].sum()
        to_mean = ratio / (weight @ ratio)
        return float(sum(w * r * np.log(r) for w, r in zip(weight, to_mean, strict=True) if r > 0))

    within = sum(given * theil(part) for part, (_, given) in zip(parts, shares, strict=True))
    found = resources(offices(need, there), unit="u", need="n", available="a")
    assert found.fairness.theil == pytest.approx(between + within, abs=1e-9)


def test_moving_what_has_to_move_makes_all_alike():
    found = resources(pl.DataFrame(OFFICES), unit="u", need="n", available="a")
    target = np.array(OFFICES["n"]) * float(found)
    moved = np.maximum(np.array(OFFICES["a"]) - target, 0).sum()
    assert found.fairness.to_move == pytest.approx(moved / 35)
    assert [unit.name for unit in found.units] == ["C", "D", "A", "B"]
    assert found.shortage == pytest.approx(2 + 3 + 4)
    assert found.fairness.extremes == pytest.approx((21 / 20) / (2 / 5))
    with use("en"):
        assert "none is sampled, so no interval is needed" in found.sentence()


def test_equal_resources_are_even_and_a_unit_without_any_has_no_extremes():
    even = resources(offices([10, 20, 30], [1, 2, 3]), unit="u", need="n", available="a", per=100)
    assert (even.fairness.gini, even.fairness.theil, even.fairness.to_move) == pytest.approx((0, 0, 0), abs=1e-12)
    assert float(even) == pytest.approx(10)
    assert even.shortage is None
    assert even.fairness.extremes == pytest.approx(1)
    bare = resources(offices([10, 20, 0], [0, 2, 3]), unit="u", need="n", available="a")
    assert bare.fairness.extremes is None
    assert bare.left_out == 1


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ({"u": [], "n": [], "a": []}, InputError),
        ({"u": ["A"], "n": [1.0], "a": [1.0]}, InputError),
        (OFFICES | {"u": ["A", "A", "B", "C"]}, InputError),
        (OFFICES | {"u": ["A", None, "B", "C"]}, InputError),
        (OFFICES | {"n": [0.0] * 4}, InputError),
        (OFFICES | {"a": [0.0] * 4}, InputError),
        (OFFICES | {"a": [None] * 4}, InputError),
        (OFFICES | {"a": [-1.0, 1, 1, 1]}, AnswerError),
        (OFFICES | {"a": [float("inf"), 1, 1, 1]}, AnswerError),
        (OFFICES | {"a": ["banyak"] * 4}, AnswerError),
    ],
)
def test_resources_of_nonsense_are_refused(table, error):
    with pytest.raises(error):
        resources(pl.DataFrame(table), unit="u", need="n", available="a")


def test_per_must_be_above_zero():
    with pytest.raises(SettingError):
        resources(pl.DataFrame(OFFICES), unit="u", need="n", available="a", per=0)


RESULTS = [
    training_needs(frame(MATTERS), frame(THERE), unit=UNITS),
    training_needs(frame(THERE), frame(MATTERS)),
    workload(pl.DataFrame(TASKS), available={"loket": 1}),
    workload(pl.DataFrame(TASKS), effective=60_000),
    wisn({"x": (800, 0.5)}, 1250, available=1),
    wisn({"x": (800, 0.5)}, 1250),
    resources(pl.DataFrame(OFFICES), unit="u", need="n", available="a"),
    resources(pl.DataFrame(OFFICES), unit="u", need="n", available="a", per=1000),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)

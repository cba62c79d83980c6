"""Sample sizes, allocations, margins and draws agree with printed numbers, or with a second way to reach them."""

import itertools
import math
from collections import Counter

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import agrees
from result_kit import shows_itself

from mutu import regulations
from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure import sampling, skm
from mutu.measure.sampling import (
    cochran,
    design_effect,
    draw,
    expected_margin,
    krejcie_morgan,
    neyman,
    proportional,
    slovin,
)

ALL_USED = "all answers collected are used"

# --- sizes -------------------------------------------------------------------------------------------------------


def test_krejcie_and_morgan_1970_table_1_follows_from_the_formula_in_all_90_rows():
    table = regulations.sample_table()
    assert len(table.rows) == 90
    for population, sample in table.rows:
        agrees(
            f"sampling.krejcie_morgan, N = {population}",
            "Krejcie & Morgan (1970), table 1, p. 608",
            str(sample),
            krejcie_morgan(population),
        )


def test_what_copies_misprint_is_not_what_the_formula_gives():
    assert all(krejcie_morgan(population) != sample for population, sample in regulations.sample_table().misprints)


@given(st.integers(1, 10**7))
def test_a_sample_is_never_larger_than_its_population_nor_than_384(population):
    assert 1 <= krejcie_morgan(population) <= min(population, 384)
    assert krejcie_morgan(population) <= krejcie_morgan(population + 1)


@given(st.integers(1, 10**6), st.sampled_from([0.01, 0.03, 0.1, 0.2]), st.sampled_from([0.9, 0.99]))
def test_with_another_margin_and_confidence_it_is_cochran_1977_formulas_4_1_and_4_2(population, margin, confidence):
    second_way = cochran(margin, confidence, population=population).unrounded
    assert abs(krejcie_morgan(population, margin, confidence) - second_way) <= 0.5 + 1e-9 or second_way < 1


@pytest.mark.parametrize("given_", [{"margin": 0}, {"margin": 1}, {"confidence": 1.2}, {"margin": math.nan}])
def test_a_margin_or_confidence_that_is_none_is_refused(given_):
    with pytest.raises(SettingError):
        krejcie_morgan(100, **given_)


@pytest.mark.parametrize("population", [0, -5])
def test_nobody_cannot_be_sampled(population):
    with pytest.raises(SettingError, match=str(population)):
        krejcie_morgan(population)


@pytest.mark.parametrize(
    ("population", "margin", "printed"),
    [(35000, 0.05, "395"), (1500, 0.02, "938"), (1200, 0.05, "300"), (800, 0.07, "163"), (5000, 0.1, "98")],
)
def test_slovin_as_five_worked_examples_of_a_school_print_it(population, margin, printed):
    source = "Lesson 9 on sampling, scribd.com 837123427, examples 1-5"
    agrees(f"sampling.slovin, N = {population}, e = {margin}", source, printed, float(slovin(population, margin)))


def test_slovin_says_that_it_is_discouraged_and_what_to_take():
    with use("en"):
        said = slovin(1000).sentence()
    assert "discouraged" in said
    assert "Krejcie" in said
    with use("id"):
        assert "tidak dianjurkan" in slovin(1000).sentence()
    with use("en"):
        assert "discouraged" not in cochran().sentence()


def test_cochran_as_the_worked_example_of_1000_households_prints_it():
    source = "The breakfast example, p = 0.5, e = 5 %, 1 000 households (scribd.com 503667341)"
    agrees("sampling.cochran, large population", source, "385", float(cochran(0.05, 0.95, 0.5)))
    agrees("sampling.cochran, N = 1000", source, "278", float(cochran(0.05, 0.95, 0.5, 1000)))


@given(st.floats(0.01, 0.3), st.floats(0.5, 0.999), st.floats(0.01, 0.99), st.one_of(st.none(), st.integers(1, 10**6)))
def test_cochrans_sample_keeps_the_margin_and_one_fewer_would_not(margin, confidence, share, population):
    """The second way: the margin that n people give, with the finite correction (N - n) / (N - 1)."""
    found = cochran(margin, confidence, share, population)
    z = math.sqrt(2) * _erfinv(confidence)

    def given_by(n):
        finite = 1.0 if population is None else (population - n) / max(population - 1, 1)
        return z * math.sqrt(share * (1 - share) / n * finite)

    assert given_by(found.n) <= margin * (1 + 1e-6)
    assert found.n == 1 or given_by(found.n - 1) > margin * (1 - 1e-6)


def _erfinv(value):
    from scipy.special import erfinv

    return float(erfinv(value))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: cochran(0),
        lambda: cochran(1.5),
        lambda: cochran(math.nan),
        lambda: cochran(0.05, 1),
        lambda: cochran(0.05, 0.95, 0),
        lambda: cochran(population=0),
        lambda: cochran(population=10.5),
        lambda: cochran("0,05"),
        lambda: slovin(0),
        lambda: slovin(100, -0.1),
        lambda: slovin(True),
    ],
)
def test_a_sample_size_of_nonsense_is_refused(wrong):
    with pytest.raises(SettingError):
        wrong()


# --- allocation --------------------------------------------------------------------------------------------------


def test_proportional_allocation_as_printed_for_three_groups():
    found = proportional([500, 300, 200], 60).sample
    for place, printed in enumerate(("30", "18", "12")):
        agrees(f"sampling.proportional, group {place + 1}", "lexprep.net/sampling, example", printed, found[place])


def test_a_small_stratum_still_gets_one_and_the_rest_is_shared():
    assert proportional([1000, 1000, 1], 20).sample == (10, 9, 1)
    assert proportional([5, 5, 5], 15).sample == (5, 5, 5)


SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=6)


@given(SIZES, st.data())
def test_whole_parts_add_up_reach_everybody_and_stay_near_the_exact_share(sizes, data):
    n = data.draw(st.integers(len(sizes), sum(sizes)))
    found = proportional(sizes, n).sample
    assert sum(found) == n
    assert all(1 <= part <= size for part, size in zip(found, sizes, strict=True))
    exact = [n * size / sum(sizes) for size in sizes]
    if min(exact) >= 1:
        assert all(abs(part - share) < 1 for part, share in zip(found, exact, strict=True))
    ordered = sorted(zip(sizes, found, strict=True))
    assert all(a[1] <= b[1] + 1 for a, b in itertools.pairwise(ordered))


@given(
    st.lists(st.tuples(st.integers(1, 9), st.floats(0, 50)), min_size=1, max_size=4).filter(
        lambda strata: any(spread > 1e-6 for _, spread in strata)
    ),
    st.data(),
)
def test_neyman_is_the_best_of_all_whole_allocations(strata, data):
    """The second way: every allocation there is, and the variance of each."""
    sizes, spreads = [size for size, _ in strata], [spread for _, spread in strata]
    n = data.draw(st.integers(len(sizes), sum(sizes)))

    def variance(parts):
        return sum(
            size**2 * spread**2 * (1 / part - 1 / size)
            for size, spread, part in zip(sizes, spreads, parts, strict=True)
        )

    found = neyman(sizes, spreads, n).sample
    assert sum(found) == n
    every = (parts for parts in itertools.product(*(range(1, size + 1) for size in sizes)) if sum(parts) == n)
    assert variance(found) <= min(map(variance, every)) * (1 + 1e-9) + 1e-9


def test_with_equal_spread_neyman_shares_in_proportion():
    assert neyman([500, 300, 200], [7, 7, 7], 60).sample == proportional([500, 300, 200], 60).sample


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (lambda: proportional([], 5), "no stratum"),
        (lambda: proportional([10, 0], 5), "at least 1"),
        (lambda: proportional([10, 10], 1), "between 2 and 20"),
        (lambda: proportional([10, 10], 21), "between 2 and 20"),
        (lambda: neyman([10, 10], [1], 5), "2 strata but 1"),
        (lambda: neyman([10, 10], [0, 0], 5), "All standard deviations"),
        (lambda: neyman([10, 10], [1, -1], 5), "zero or above"),
        (lambda: neyman([10, 10], [1, math.inf], 5), "infinite value in row 2"),
        (lambda: neyman([10, 10], [1, "2"], 5), "«2» in row 2"),
    ],
)
def test_an_allocation_of_nonsense_is_refused(wrong, named):
    with use("en"), pytest.raises((SettingError, AnswerError), match=named):
        wrong()


# --- margins -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "icc"), [(1, 0.3), (12, 0.03), (5, -0.2), (20, 1.0), (30, 0.05)])
def test_the_design_effect_is_the_variance_of_a_mean_of_people_who_answer_alike(size, icc):
    """The second way: the covariance matrix of one cluster, summed."""
    alike = np.full((size, size), icc) + (1 - icc) * np.eye(size)
    assert float(design_effect(size, icc)) == pytest.approx(alike.sum() / size)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: design_effect(0.5, 0.1),
        lambda: design_effect(10, 1.2),
        lambda: design_effect(10, -0.2),
        lambda: design_effect(10, math.nan),
        lambda: design_effect(2, -1),
        lambda: expected_margin(1, 12),
        lambda: expected_margin(100, -1),
        lambda: expected_margin(100, 12, 50),
        lambda: expected_margin(100, 12, deff=0),
        lambda: expected_margin(100, math.inf),
    ],
)
def test_a_margin_of_nonsense_is_refused(wrong):
    with pytest.raises(SettingError):
        wrong()


@pytest.mark.parametrize("population", [None, 60, 1000])
def test_the_margin_expected_is_the_half_width_that_the_index_then_has(population):
    """The second way: the interval of the index of a survey whose answers are not skewed, made by linearisation."""
    rng = np.random.default_rng(4)
    drawn = rng.integers(2, 5, (20, 9))
    answers = np.concatenate([drawn, 6 - drawn])
    found = skm.score(pl.DataFrame({f"U{q + 1}": answers[:, q] for q in range(9)}), population=population)
    sd = (answers.mean(axis=1) * 25).std(ddof=1)
    half = (found.interval.high - found.interval.low) / 2
    assert float(expected_margin(40, sd, population)) == pytest.approx(half, rel=1e-9)


def test_a_design_effect_widens_the_margin_by_its_root_and_asking_everybody_leaves_none():
    assert float(expected_margin(50, 10, deff=4)) == pytest.approx(2 * float(expected_margin(50, 10)))
    assert float(expected_margin(50, 10, population=50)) == 0


# --- draws -------------------------------------------------------------------------------------------------------


def test_a_seed_draws_the_same_on_every_machine():
    """Written down once: Python promises to keep the stream of random(), and the sample rests on nothing else."""
    assert draw(100, 4, seed=7).positions == (8, 15, 32, 65)
    assert draw(100, 4, seed=7, every=25).positions == (9, 34, 59, 84)


def test_every_set_of_two_of_five_is_drawn_equally_often():
    counts = Counter(draw(5, 2, seed=seed).positions for seed in range(5000))
    assert len(counts) == 10
    assert sum((count - 500) ** 2 / 500 for count in counts.values()) < 27.9  # chi-square, 9 degrees, 0.1 %


def test_every_start_of_a_queue_is_drawn_equally_often_and_the_step_is_kept():
    counts = Counter(draw(53, 5, seed=seed, every=10).positions for seed in range(5000))
    assert len(counts) == 10
    assert sum((count - 500) ** 2 / 500 for count in counts.values()) < 27.9
    assert all(b - a == 10 for drawn in counts for a, b in itertools.pairwise(drawn))


@given(st.integers(1, 200), st.data())
def test_a_draw_has_nobody_twice_and_leaves_the_list_as_it_is(population, data):
    n = data.draw(st.integers(1, population))
    people = [f"orang {i}" for i in range(1, population + 1)]
    before = list(people)
    found = draw(people, n, seed=data.draw(st.integers(0, 10**9)))
    assert people == before
    assert list(found.positions) == sorted(set(found.positions))
    assert found.items == tuple(people[position - 1] for position in found.positions)
    assert found.n == n


@pytest.mark.parametrize("series", [pd.Series, pl.Series, lambda cells: pa.chunked_array([cells]), np.array])
def test_a_series_of_any_library_is_a_list(series):
    assert draw(series([11, 12, 13, 14, 15]), 2, seed=1).items == draw([11, 12, 13, 14, 15], 2, seed=1).items


def test_names_in_the_list_stand_neither_in_json_nor_in_the_table():
    found = draw(["Siti", "Budi", "Wayan"], 2, seed=3)
    shown = f"{found.as_json()} {found.rows()} {found.sentence()} {found!r} {found._repr_html_()}"
    assert not any(name in shown for name in ("Siti", "Budi", "Wayan"))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: draw(10, 11, seed=1), SettingError),
        (lambda: draw(10, 0, seed=1), SettingError),
        (lambda: draw([], 1, seed=1), SettingError),
        (lambda: draw(10, 3, seed=-1), SettingError),
        (lambda: draw(10, 3, seed=1, every=4), SettingError),
        (lambda: draw(10, 3, seed=1, every=0), SettingError),
        (lambda: draw("antrean", 3, seed=1), InputError),
        (lambda: draw({"a": 1}, 1, seed=1), InputError),
    ],
)
def test_a_draw_of_nonsense_is_refused(wrong, error):
    with pytest.raises(error):
        wrong()


# --- results -----------------------------------------------------------------------------------------------------

RESULTS = [
    slovin(1000),
    cochran(population=1000),
    proportional([10, 20], 6),
    neyman([10, 20], [1, 2], 6),
    expected_margin(100, 12),
    draw(100, 5, seed=1),
    draw(100, 5, seed=1, every=10),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{type(result).__name__} {result.method}")
def test_every_plan_says_that_all_answers_are_used(result):
    with use("en"):
        assert ALL_USED in result.sentence()
    with use("id"):
        assert "semua jawaban yang terkumpul dipakai" in result.sentence()


@pytest.mark.parametrize("result", [*RESULTS, design_effect(10, 0.05)], ids=lambda result: type(result).__name__)
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)


def test_the_room_offers_what_it_names():
    assert all(hasattr(sampling, name) for name in sampling.__all__)

"""The bootstrap agrees with scipy's, with linearised errors of strata and clusters, and draws what it says."""

import math
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from result_kit import shows_itself
from scipy import stats

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure.estimation import bootstrap, mean, ratio

CASES = Path(__file__).parent / "cases"


def index(means):
    return 25 * means.mean(axis=1)


def quotient(means):
    return means[:, 0] / means[:, 1]


def answers(n, seed=0, missing=0.05):
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=(n, 1)) + rng.normal(size=(n, 9))
    found = np.select([latent < -2.2, latent < -1.2, latent < 0.8], [1.0, 2.0, 3.0], 4.0)
    found[rng.random(found.shape) < missing] = np.nan
    return found


@pytest.mark.parametrize(("method", "theirs"), [("bca", "BCa"), ("percentile", "percentile")])
@pytest.mark.parametrize("n", [40, 300])
def test_the_index_has_the_interval_of_scipy(method, theirs, n):
    """Both draw 8 000 samples, so that their ends differ by chance: at most 6 % of the interval's width. Ours is wider
    by the quantile of t."""
    found = answers(n)

    def statistic(*elements, axis=-1):
        return 25 * np.mean([np.nanmean(each, axis=axis) for each in elements], axis=0)

    other = stats.bootstrap(
        tuple(found.T), statistic, paired=True, vectorized=True, n_resamples=8000, batch=500, method=theirs, rng=3
    )
    ours = bootstrap(found, index, method=method, replicates=8000, seed=1)
    low, high = other.confidence_interval
    wider = stats.t.ppf(0.975, n - 1) / stats.norm.ppf(0.975) * math.sqrt(n / (n - 1))
    middle, half = (low + high) / 2, (high - low) / 2 * wider
    assert float(ours) == pytest.approx(statistic(*found.T))
    assert ours.interval[:2] == pytest.approx((middle - half, middle + half), abs=0.12 * half)
    assert ours.se == pytest.approx(other.standard_error, rel=0.04)


@pytest.mark.parametrize("columns", [("api00",), ("api.stu", "enroll")])
@pytest.mark.parametrize(
    ("name", "design"),
    [
        ("clus1", {"cluster": "dnum", "weight": "pw"}),
        ("strat", {"strata": "stype", "weight": "pw"}),
        ("clus1", {"cluster": "dnum", "strata": "comp.imp"}),
    ],
)
def test_strata_and_clusters_vary_as_the_linearised_error_says(columns, name, design):
    sample = pl.read_csv(CASES / f"api-{name}.csv")
    statistic = quotient if len(columns) == 2 else lambda means: means[:, 0]
    found = bootstrap(sample, statistic, columns, replicates=4000, seed=2, **design)
    other = ratio(sample, *columns, **design) if len(columns) == 2 else mean(sample, *columns, **design)
    assert float(found) == pytest.approx(float(other))
    assert found.se == pytest.approx(other.se, rel=0.12 if "cluster" in design else 0.05)
    assert (found.units, found.strata) == (other.estimates[0].units, other.estimates[0].strata)


def counts_drawn(n, replicates, strata=None):
    """How often each unit was drawn in each sample, seen through a statistic of indicator columns."""
    seen = []
    frame = pl.DataFrame(np.eye(n), schema=[f"u{place}" for place in range(n)])
    if strata is not None:
        frame = frame.with_columns(h=pl.Series(strata))

    def watch(means):
        seen.append(means * n)
        return means[:, 0] + means @ np.arange(n)

    bootstrap(frame, watch, strata=None if strata is None else "h", replicates=replicates, method="percentile", seed=4)
    return seen[1]


@pytest.mark.parametrize("n", [20, 150])
def test_samples_are_multinomial_and_do_not_go_together(n):
    """For 20 people every sample has counts of its own, for 150 four share them: neither shows."""
    times = counts_drawn(n, 4000)
    assert times.sum(axis=1) == pytest.approx(n)
    assert np.rint(times) == pytest.approx(times, abs=1e-9)
    for often in range(4):
        share = stats.binom.pmf(often, n, 1 / n)
        assert (np.rint(times) == often).mean() == pytest.approx(share, abs=0.004)
    together = np.corrcoef(times.T)
    assert together[~np.eye(n, dtype=bool)].mean() == pytest.approx(-1 / (n - 1), abs=0.002)
    value = np.random.default_rng(1).normal(size=n)
    drawn = times @ value
    drawn = drawn - drawn.mean()
    step = (1 << 15) // n
    for lag in (1, step):
        assert abs((drawn[lag:] * drawn[:-lag]).mean() / drawn.var()) < 0.06


def test_clusters_are_rescaled_as_rao_and_wu_say():
    times = counts_drawn(12, 4000, [0] * 4 + [1] * 8)
    first, second = times[:, :4] * 3 / 4, times[:, 4:] * 7 / 8
    assert first.sum(axis=1) == pytest.approx(3)
    assert second.sum(axis=1) == pytest.approx(7)
    assert np.rint(first) == pytest.approx(first, abs=1e-9)
    assert times.mean(axis=0) == pytest.approx(1, abs=0.06)


@pytest.mark.parametrize("n", [30, 100])
def test_intervals_of_skewed_answers_hold_what_they_promise(n):
    """Coverage over 500 seeded surveys (Monte-Carlo error 1 point, two of them allowed) of a mean, mostly threes."""
    rng = np.random.default_rng(n)
    points, shares = np.array([1.0, 2, 3, 4]), [0.06, 0.14, 0.5, 0.3]
    held = []
    for seed in range(500):
        sample = rng.choice(points, (n, 1), p=shares)
        low, high, _ = bootstrap(sample, lambda means: means[:, 0], replicates=999, seed=seed).interval
        held.append(low <= points @ shares <= high)
    assert np.mean(held) >= 0.93 - 0.02


def test_the_same_seed_gives_the_same_and_frames_of_every_kind_too():
    columns = {f"U{place}": [None if np.isnan(x) else x for x in column] for place, column in enumerate(answers(60).T)}
    columns |= {"c": [place // 6 for place in range(60)], "w": [1.0 + place % 3 for place in range(60)]}
    expected = bootstrap(pl.DataFrame(columns), index, cluster="c", weight="w", seed=7)
    for make in (pd.DataFrame, pl.LazyFrame, pa.table, lambda t: duckdb.connect().from_arrow(pa.table(t))):
        assert bootstrap(make(columns), index, cluster="c", weight="w", seed=7) == expected
    assert bootstrap(pl.DataFrame(columns), index, cluster="c", weight="w", seed=8) != expected
    names = [name for name in columns if name.startswith("U")]
    assert bootstrap(pl.DataFrame(columns), index, names, cluster="c", weight="w", seed=7) == expected


def test_few_clusters_are_said():
    sample = pl.DataFrame({"x": np.random.default_rng(1).normal(size=60), "c": [place // 6 for place in range(60)]})
    found = bootstrap(sample, lambda means: means[:, 0], cluster="c", seed=1)
    with use("en"):
        assert "10 clusters only" in found.sentence()
        assert "clusters" not in bootstrap(sample[["x"]], lambda means: means[:, 0], seed=1).sentence()


PLAIN = pl.DataFrame({"x": [3.0, 4, 2, 3, 4, 1], "c": [1, 1, 2, 2, 3, None], "w": [1, 1, 1, 1, 1, -1]})


def first(means):
    return means[:, 0]


@pytest.mark.parametrize(
    ("wrong", "error", "named"),
    [
        (lambda: bootstrap(PLAIN, first, ["x"], replicates=50), SettingError, "at least 200"),
        (lambda: bootstrap(PLAIN, first, ["x"], method="normal"), SettingError, "bca"),
        (lambda: bootstrap(PLAIN, lambda means: means.mean(), ["x"]), SettingError, "one number for each sample"),
        (lambda: bootstrap(PLAIN, lambda means: means[:, 0] * np.nan, ["x"]), SettingError, "NaN"),
        (lambda: bootstrap(PLAIN, first, ["x"], cluster="c"), InputError, "empty for 1"),
        (lambda: bootstrap(PLAIN, first, ["x"], weight="w"), AnswerError, "zero or above"),
        (lambda: bootstrap(PLAIN, first, ["y"]), InputError, "no column «y»"),
        (lambda: bootstrap(PLAIN[:5], first, ["x"], strata="c"), InputError, "at least two"),
        (lambda: bootstrap(PLAIN[:2], first, ["x"], cluster="c"), InputError, "at least two"),
        (lambda: bootstrap(PLAIN[:1], first, ["x"]), InputError, "2 rows"),
        (lambda: bootstrap(PLAIN[:0], first, ["x"]), InputError, "2 rows"),
        (lambda: bootstrap(pl.DataFrame({"x": ["a", "b"]}), first), AnswerError, "«a»"),
        (lambda: bootstrap(pl.DataFrame({"x": [1.0, math.inf]}), first), AnswerError, "infinite"),
        (lambda: bootstrap(pl.DataFrame({"x": [1.0, 2], "w": [0, 0]}), first, weight="w"), InputError, "sum to zero"),
        (lambda: bootstrap(pl.DataFrame({"x": [1.0, 2, None, None, None]}), first), InputError, "So few answered"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(wrong, error, named):
    with use("en"), pytest.raises(error, match=named):
        wrong()


RESULTS = [
    bootstrap(answers(50), index, seed=1),
    bootstrap(pl.DataFrame({"x": [3.0, 4, 2, 3, 4, 1], "c": [1, 1, 2, 2, 3, 3]}), first, ["x"], cluster="c", seed=1),
    bootstrap(pl.DataFrame({"x": [4.0] * 6}), first, seed=1),
]


@pytest.mark.parametrize("result", RESULTS, ids=["index", "clusters", "all alike"])
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)

"""McDonald's omega against R's documented examples, statsmodels and plain repetition."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from frame_kit import COLUMNS
from frame_kit import ROWS as ATTITUDE
from hall import log_limits
from published import agrees
from result_kit import shows_itself

from mutu.errors import AnswerError, InputError
from mutu.locale import use
from mutu.measure import reliability
from mutu.measure.reliability.factor import one_factor

# R's data set ability.cov: covariances of six tests, 112 people
ABILITY = ("general", "picture", "blocks", "maze", "reading", "vocab")
COVARIANCES = [
    [24.641, 5.991, 33.520, 6.023, 20.755, 29.701], [5.991, 6.700, 18.137, 1.782, 4.936, 7.204],
    [33.520, 18.137, 149.831, 19.424, 31.430, 50.753], [6.023, 1.782, 19.424, 12.711, 4.757, 9.075],
    [20.755, 4.936, 31.430, 4.757, 52.604, 66.762], [29.701, 7.204, 50.753, 9.075, 66.762, 135.292],
]  # fmt: skip
# R psych's data set Thurstone: correlations of nine tests, 213 people, the triangle below the ones
THURSTONE = """
.828 .776 .779 .439 .493 .460 .432 .464 .425 .674 .447 .489 .443 .590 .541 .447 .432 .401 .381 .402 .288 .541 .537 .534
.350 .367 .320 .555 .380 .358 .359 .424 .446 .325 .598 .452
"""
ROWS = np.array(ATTITUDE, dtype=float)


def drawn(covariance, n):
    """Answers that have exactly these covariances."""
    normal = np.random.default_rng(0).standard_normal((n, len(covariance)))
    normal -= normal.mean(axis=0)
    white = normal @ np.linalg.inv(np.linalg.cholesky(np.cov(normal, rowvar=False))).T
    return white @ np.linalg.cholesky(np.array(covariance)).T


def test_r_factanal_of_ability_cov():
    found = reliability.mcdonald_omega(drawn(COVARIANCES, 112))
    source = "R 4.2.2 stats, factanal(factors = 1, covmat = ability.cov), the help page's example"
    for item, loading, own in zip(
        found.loadings,
        ("0.682", "0.384", "0.502", "0.300", "0.877", "0.849"),
        ("0.535", "0.853", "0.748", "0.910", "0.232", "0.280"),
        strict=True,
    ):
        name = ABILITY[int(item.name) - 1]
        agrees(f"reliability.mcdonald_omega, loading of {name}", source, loading, item.loading)
        agrees(f"reliability.mcdonald_omega, own variance of {name}", source, own, item.own)


def test_r_psych_fa_of_thurstone():
    correlations = np.eye(9)
    correlations[np.tril_indices(9, -1)] = [float(cell) for cell in THURSTONE.split()]
    correlations += np.tril(correlations, -1).T
    found = reliability.mcdonald_omega(drawn(correlations, 213))
    source = 'R psych 2.2.9, fa(Thurstone, 1, fm = "ml")'
    agrees(
        "reliability.mcdonald_omega, 9 tests", f"{source}, omega from loadings and uniquenesses", "0.88336", found.omega
    )
    printed = (
        "0.882754",
        "0.895668",
        "0.847953",
        "0.589885",
        "0.570129",
        "0.565171",
        "0.542873",
        "0.632352",
        "0.486946",
    )
    for item, loading in zip(found.loadings, printed, strict=True):
        agrees(f"reliability.mcdonald_omega, loading of test {item.name}", source, loading, item.loading, within=2e-5)


def test_r_factanal_of_attitude_in_the_unit_of_the_answers():
    found = reliability.mcdonald_omega(pl.DataFrame(COLUMNS))
    source = "R 4.2.2 stats, factanal(attitude, 1), omega from loadings, uniquenesses and standard deviations"
    agrees("reliability.mcdonald_omega, attitude", source, "0.85633", found.omega)
    assert (found.n, found.heywood) == (30, ())
    assert found.alpha.alpha == pytest.approx(reliability.cronbach_alpha(ROWS).alpha)


def test_statsmodels_factor_finds_the_same_loadings():
    from statsmodels.multivariate.factor import Factor

    correlations = np.corrcoef(ROWS, rowvar=False)
    fitted = Factor(corr=correlations, n_factor=1, method="ml").fit(opt={"gtol": 1e-8})
    loadings, own = one_factor(correlations)
    assert own == pytest.approx(fitted.uniqueness, abs=1e-4)
    assert loadings == pytest.approx(np.abs(fitted.loadings[:, 0]), abs=1e-4)


def test_equal_loadings_make_omega_alpha():
    covariance = np.full((5, 5), 0.5) + 0.5 * np.eye(5)
    found = reliability.mcdonald_omega(drawn(covariance, 60))
    assert found.omega == pytest.approx(5 * 0.5 / (5 * 0.5 + 0.5), abs=1e-9)
    assert found.omega == pytest.approx(found.alpha.alpha, abs=1e-9)


def test_many_matrices_at_once_are_each_by_itself():
    rng = np.random.default_rng(1)
    shared = rng.standard_normal((40, 60, 1))
    matrices = np.array([np.corrcoef(each, rowvar=False) for each in shared + rng.standard_normal((40, 60, 6))])
    together = one_factor(matrices)
    for place, matrix in enumerate(matrices):
        alone = one_factor(matrix)
        assert together[0][place] == pytest.approx(alone[0], abs=1e-7)
        assert together[1][place] == pytest.approx(alone[1], abs=1e-7)


def test_the_interval_leaves_out_one_respondent_at_a_time():
    singly = [1 - reliability.mcdonald_omega(np.delete(ROWS, row, axis=0)).omega for row in range(30)]
    found = reliability.mcdonald_omega(ROWS)
    assert found.interval[:2] == pytest.approx(log_limits(1 - found.omega, singly), abs=1e-6)


def test_clusters_are_left_out_whole():
    frame = pd.DataFrame(COLUMNS).assign(office=["a", "b", "c", "d", "e"] * 6)
    parts = [frame[frame.office != office].drop(columns="office") for office in "abcde"]
    without = [1 - reliability.mcdonald_omega(part).omega for part in parts]
    singly = [1 - reliability.mcdonald_omega(np.delete(ROWS, row, axis=0)).omega for row in range(30)]
    found = reliability.mcdonald_omega(frame, cluster="office")
    assert (found.method, found.alpha.clusters) == ("ml, cluster-jackknife-log-hall-t", 5)
    assert found.interval[:2] == pytest.approx(log_limits(1 - found.omega, singly, without, [6] * 5), abs=1e-6)


@pytest.mark.parametrize("cuts", [(-2.5, -1.8, -0.3), (-2.0, -1.0, 0.6)])
def test_the_interval_covers_omega_of_few_skewed_answers(cuts):
    rng = np.random.default_rng(21)

    def answers(n):
        latent = np.sqrt(0.4) * rng.standard_normal((n, 1)) + np.sqrt(0.6) * rng.standard_normal((n, 9))
        return 1.0 + sum(latent > cut for cut in cuts)

    true = reliability.mcdonald_omega(answers(200_000)).omega
    found = [reliability.mcdonald_omega(answers(40)).interval for _sample in range(300)]
    given = [interval for interval in found if interval is not None]
    assert len(given) >= 285
    assert np.mean([interval.low <= true <= interval.high for interval in given]) >= 0.92


def test_thousands_of_respondents_are_left_out_in_groups():
    rng = np.random.default_rng(2)
    many = rng.standard_normal((5_000, 1)) + rng.standard_normal((5_000, 4))
    found = reliability.mcdonald_omega(many)
    assert found.omega == pytest.approx(0.8, abs=0.02)
    width = found.interval.high - found.interval.low
    one_by_one = reliability.mcdonald_omega(many[:1_000]).interval
    assert width == pytest.approx((one_by_one.high - one_by_one.low) / np.sqrt(5), rel=0.25)


def test_every_kind_of_frame_gives_the_same(make):
    found = reliability.mcdonald_omega(make(COLUMNS))
    assert found.omega == pytest.approx(reliability.mcdonald_omega(ROWS).omega, abs=1e-9)
    assert found.interval == pytest.approx(reliability.mcdonald_omega(ROWS).interval, abs=1e-7)


def test_a_heywood_case_becomes_a_sentence():
    found = reliability.mcdonald_omega([[4, 4, 3], [3, 3, 3], [3, 2, 3], [2, 2, 1], [4, 4, 4], [3, 4, 2], [1, 2, 2]])
    assert (found.heywood, found.interval) == (("1",), None)
    with use("en"):
        assert "1 seems to hold no variance of its own (Heywood case)" in found.sentence()
    shows_itself(found)


def test_what_is_to_be_looked_at_is_said():
    turned = pd.DataFrame(COLUMNS).assign(advance=lambda frame: 100.0 - frame["advance"])
    turned.loc[0, "rating"] = None
    with use("en"):
        sentence = reliability.mcdonald_omega(turned).sentence()
    assert "Against the others run: advance" in sentence
    assert "1 respondents with a missing answer" in sentence
    shows_itself(reliability.mcdonald_omega(turned))


@pytest.mark.parametrize(
    ("columns", "error", "said"),
    [
        ({}, InputError, "At least 2 columns"),
        ({"a": [1, 2, 3, 4], "b": [1, 2, 4, 3]}, InputError, "Omega needs at least 3 items, there are 2"),
        ({"a": [1, 2, 3, 4], "b": [1, 2, 4, 3], "c": [1, 2, 3, 4]}, InputError, "follow exactly from the others"),
        ({"a": [1, 2, 3], "b": [1, 2, 2], "c": [1, 3, 2], "d": [2, 3, 3]}, InputError, "follow exactly"),
        ({"a": [3, 3, 3, 3], "b": [1, 2, 3, 4], "c": [2, 1, 4, 3]}, InputError, "item a with 3"),
        ({"a": [1], "b": [2], "c": [2]}, InputError, "At least 2 rows"),
        ({"a": [1, 2, 3], "b": ["baik", "buruk", "baik"], "c": [1, 2, 2]}, AnswerError, "«baik» in row 1"),
        ({"a": [1.0, 2.0, float("inf")], "b": [1, 2, 3], "c": [1, 2, 2]}, AnswerError, "infinite value in row 3"),
        ({"a": [1, 2, 3], "b": [None] * 3, "c": [1, 2, 2]}, InputError, "column b holds no number"),
    ],
)
def test_what_is_wrong_is_said(columns, error, said):
    with pytest.raises(error, match=said):
        reliability.mcdonald_omega(pl.DataFrame(columns))

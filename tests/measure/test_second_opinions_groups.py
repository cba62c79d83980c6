"""Groups, periods, tests and samples as R, scipy, pingouin and statsmodels compute them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from published import agrees
from scipy import stats

from mutu.measure import equity, estimation, learning, reliability, sampling, skm

# R's ToothGrowth: length of odontoblasts at doses of 0.5, 1 and 2 mg a day
TOOTH = {
    "0.5": "4.2 11.5 7.3 5.8 6.4 10 11.2 11.2 5.2 7 15.2 21.5 17.6 9.7 14.5 10 8.2 9.4 16.5 9.7",
    "1": "16.5 16.5 15.2 17.3 22.5 17.3 13.6 14.5 18.8 15.5 19.7 23.3 23.6 26.4 20 25.2 25.8 21.2 14.5 27.3",
    "2": "23.6 18.5 33.9 25.5 26.4 32.5 26.7 21.5 23.3 29.5 25.5 26.4 22.4 24.5 24.8 30.9 26.4 27.3 29.4 23",
}


def tooth_growth():
    values = [float(length) for lengths in TOOTH.values() for length in lengths.split()]
    return values, [dose for dose, lengths in TOOTH.items() for _ in lengths.split()]


def test_gaps_of_three_groups_as_r_prints_welchs_intervals_with_bonferronis_level():
    source = "R 4.2.2, t.test(…, conf.level = 1 - 0.05/2), data ToothGrowth"
    found = equity.gaps(*tooth_growth(), reference="2")
    printed = {"0.5": ("-18.5635604784", "-12.4264395216"), "1": ("-9.39917757664", "-3.33082242336")}
    for gap in found.gaps:
        low, high = printed[gap.group.label]
        agrees(f"equity.gaps, dose {gap.group.label} against 2, low", source, low, gap.interval.low)
        agrees(f"equity.gaps, dose {gap.group.label} against 2, high", source, high, gap.interval.high)


@pytest.mark.parametrize("seed", range(4))
def test_gaps_as_scipy_computes_welchs_intervals(seed):
    rng = np.random.default_rng(seed)
    parts = {name: rng.gamma(2 + place, 9, 5 + 11 * place) for place, name in enumerate("abcd")}
    values, groups = np.concatenate(list(parts.values())), [name for name, part in parts.items() for _ in part]
    found = equity.gaps(values, groups, reference="a")
    assert len(found.gaps) == 3
    for gap in found.gaps:
        theirs = stats.ttest_ind(parts[gap.group.label], parts["a"], equal_var=False)
        assert list(gap.interval[:2]) == pytest.approx(list(theirs.confidence_interval(1 - 0.05 / 3)), rel=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_test_of_two_periods_is_scipys_brunner_and_munzel(seed):
    rng = np.random.default_rng(seed)
    sizes = [(12, 30), (40, 40), (200, 15)][seed % 3]
    before, now = (
        pd.DataFrame(np.clip(rng.normal(mean, 0.8, (n, 3)).round(), 1, 4), columns=["U1", "U2", "U3"])
        for mean, n in zip((2.8, 3.1), sizes, strict=True)
    )
    shift = skm.change(skm.score(now), skm.score(before)).shift
    theirs = stats.brunnermunzel(before.mean(axis=1).round(9), now.mean(axis=1).round(9))
    assert shift.statistic == pytest.approx(theirs.statistic, rel=1e-9)
    assert shift.p == pytest.approx(theirs.pvalue, rel=1e-7)
    greater = stats.mannwhitneyu(now.mean(axis=1).round(9), before.mean(axis=1).round(9)).statistic
    assert shift.value == pytest.approx(greater / (sizes[0] * sizes[1]), rel=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_items_as_scipy_and_pingouin_judge_them(seed):
    import pingouin

    rng = np.random.default_rng(seed)
    ability = rng.normal(size=(50, 1))
    answers = (ability + rng.normal(size=(50, 8)) > np.linspace(-1, 1, 8)).astype(int)
    found = learning.item_analysis(answers)
    for place, item in enumerate(found.items):
        rest = answers.sum(axis=1) - answers[:, place]
        assert item.point_biserial == pytest.approx(stats.pointbiserialr(answers[:, place], rest).statistic, abs=1e-12)
    alpha, (low, high) = pingouin.cronbach_alpha(pd.DataFrame(answers))
    assert found.kr20 == pytest.approx(alpha, abs=1e-12)
    assert list(found.interval[:2]) == pytest.approx([low, high], abs=5e-4), "pingouin rounds to three decimals"


@pytest.mark.parametrize("margin", [0.02, 0.05, 0.1])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_cochrans_sample_is_that_of_statsmodels(margin, share, confidence):
    from statsmodels.stats.proportion import samplesize_confint_proportion

    theirs = samplesize_confint_proportion(share, margin, alpha=1 - confidence)
    found = sampling.cochran(margin, confidence, share)
    assert found.unrounded == pytest.approx(theirs, rel=1e-12)
    assert found.n == int(np.ceil(theirs - 1e-9))


def test_neymans_formula_is_met_where_it_gives_whole_numbers():
    """N N_h S_h ÷ Σ N S, as in Neyman (1934) and Cochran (1977), section 5.5."""
    sizes, deviations = np.array([100_000, 500_000, 40_000]), np.array([20, 12, 50])
    shares = sizes * deviations / (sizes * deviations).sum()
    assert shares.tolist() == [0.2, 0.6, 0.2]
    assert sampling.neyman(sizes, deviations, 100).sample == (20, 60, 20)


@pytest.mark.parametrize("seed", range(3))
def test_a_weighted_mean_is_that_of_statsmodels_and_its_error_the_sandwichs(seed):
    """Weighted least squares on a constant with HC1 errors: the linearised error of a ratio with n - 1."""
    from statsmodels.api import WLS

    rng = np.random.default_rng(seed)
    values, weights = rng.gamma(2, 10, 40), rng.uniform(0.5, 4, 40)
    fitted = WLS(values, np.ones(40), weights).fit(cov_type="HC1")
    found = estimation.mean(pd.DataFrame({"v": values, "w": weights}), "v", weight="w")
    assert float(found) == pytest.approx(float(fitted.params[0]), rel=1e-12)
    assert found.se == pytest.approx(float(fitted.bse[0]), rel=1e-12)


def test_spearman_brown_gives_the_reliability_of_a_test_taken_twice():
    """Two parallel halves: the alpha of both is their correlation stepped up, as pingouin computes it."""
    import pingouin

    rng = np.random.default_rng(2)
    true = rng.normal(size=400)
    halves = true[:, None] + rng.normal(size=(400, 2))
    halves = (halves - halves.mean(axis=0)) / halves.std(axis=0)
    alone = float(np.corrcoef(halves.T)[0, 1])
    theirs, _interval = pingouin.cronbach_alpha(pd.DataFrame(halves))
    assert reliability.spearman_brown(alone, 2) == pytest.approx(theirs, abs=1e-12)

"""Reliability and agreement as pingouin, krippendorff, statsmodels and R psych compute them on the same answers."""

import numpy as np
import pandas as pd
import pytest
from published import agrees

from mutu.measure import reliability

# Shrout & Fleiss (1979), table 2: 6 targets of 4 judges
TABLE_2 = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


@pytest.fixture(scope="module")
def answers():
    """40 respondents or units, 5 items or raters, 1-5."""
    rng = np.random.default_rng(3)
    return np.clip(np.round(3 + 0.6 * rng.normal(size=(40, 1)) + 0.7 * rng.normal(size=(40, 5))), 1, 5)


@pytest.fixture(scope="module")
def with_gaps(answers):
    rng = np.random.default_rng(4)
    return np.where(rng.random(answers.shape) < 0.2, np.nan, answers)


def test_pingouin_cronbach_alpha_and_its_feldt_interval(answers):
    import pingouin

    alpha, interval = pingouin.cronbach_alpha(pd.DataFrame(answers))
    found = reliability.cronbach_alpha(answers)
    assert found.alpha == pytest.approx(alpha, abs=1e-12)
    assert [found.feldt.low, found.feldt.high] == pytest.approx(interval, abs=6e-4)  # rounded there


@pytest.mark.parametrize("form", ["1,1", "A,1", "C,1", "1,k", "A,k", "C,k"])
def test_pingouin_intraclass_corr(answers, form):
    import pingouin

    long = pd.DataFrame(answers).reset_index().melt("index")
    table = pingouin.intraclass_corr(long, targets="index", raters="variable", ratings="value").set_index("Type")
    row, found = table.loc[f"ICC({form})"], reliability.icc(answers, form=form)
    assert found.value == pytest.approx(row["ICC"], abs=1e-10)
    assert [found.interval.low, found.interval.high] == pytest.approx(row["CI95"], abs=6e-3)  # rounded there


@pytest.mark.parametrize(
    ("form", "printed", "low", "high"),
    [
        ("1,1", "0.16574177", "-0.132932325", "0.72256006"),
        ("A,1", "0.28976378", "0.018786513", "0.76108437"),
        ("C,1", "0.71484071", "0.342464765", "0.94585826"),
        ("1,k", "0.44279713", "-0.884442155", "0.91241542"),
        ("A,k", "0.62005055", "0.071136815", "0.92723204"),
        ("C,k", "0.90931554", "0.675674714", "0.98589168"),
    ],
)
def test_r_psych_icc_of_shrout_and_fleiss(form, printed, low, high):
    found = reliability.icc(TABLE_2, form=form)
    source = "R psych 2.2.9, ICC(sf, lmer = FALSE), the help page's example"
    agrees(f"reliability.icc, {form}", source, printed, found.value)
    agrees(f"reliability.icc, {form}, low", source, low, found.interval.low)
    agrees(f"reliability.icc, {form}, high", source, high, found.interval.high)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_krippendorff_package_with_gaps(with_gaps, level):
    import krippendorff

    alpha = krippendorff.alpha(reliability_data=with_gaps.T, level_of_measurement=level)
    assert reliability.krippendorff_alpha(with_gaps, level=level).value == pytest.approx(alpha, abs=1e-12)


def test_statsmodels_fleiss_kappa(answers):
    from statsmodels.stats import inter_rater

    table, _categories = inter_rater.aggregate_raters(answers.astype(int))
    assert reliability.fleiss_kappa(answers).value == pytest.approx(inter_rater.fleiss_kappa(table), abs=1e-12)


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_statsmodels_cohens_kappa(answers, weights):
    from statsmodels.stats import inter_rater

    places = [answers[:, rater].astype(int) - 1 for rater in (0, 1)]
    table = np.zeros((5, 5))
    np.add.at(table, tuple(places), 1)
    other = inter_rater.cohens_kappa(table, wt=weights)
    assert reliability.cohen_kappa(answers[:, :2], weights=weights).value == pytest.approx(other.kappa, abs=1e-12)

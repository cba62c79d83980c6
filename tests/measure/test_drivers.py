"""Proportional odds, Brant's test and shares of R² against R's printed examples, pingouin and second ways."""

import itertools
import json

import numpy as np
import pandas as pd
import polars as pl
import pytest
from published import agrees
from result_kit import shows_itself

from mutu.errors import AnswerError, InputError
from mutu.locale import use
from mutu.measure import drivers
from mutu.measure.drivers.importance import contributions
from mutu.measure.drivers.separation import responsible, separating
from mutu.report.figures.register import spec

# R MASS, data set housing: satisfaction (3) within influence (3), type (4), contact (2); 1681 residents
HOUSING = """
21 21 28 34 22 36 10 11 36 61 23 17 43 35 40 26 18 54 13 9 10 8 8 12 6 7 9 18 6 7 15 13 13 7 5 11 14 19 37 17 23 40 3 5
23 78 46 43 48 45 86 15 25 62 20 23 20 10 22 24 7 10 21 57 23 13 31 21 13 5 6 13
"""
DUMMIES = ("InflMedium", "InflHigh", "TypeApartment", "TypeAtrium", "TypeTerrace", "ContHigh")
# R MASS, data set survey: smoking (1-4), male, height of the 208 students who told all three
SURVEY = """
1,0,173 3,1,177.8 1,1,160 1,1,165 1,0,172.72 1,1,182.88 1,0,157 1,1,175 1,1,167 1,0,156.2 1,0,155 1,0,155 1,0,156
1,0,157 1,1,182.88 1,1,190.5 1,1,177 1,1,190.5 1,1,180.34 1,1,180.34 1,1,184 1,1,172.72 1,1,175.26 1,1,167 1,1,180
4,0,166.4 1,1,180 2,1,190 1,0,168 1,1,182.5 1,1,185 2,1,171 1,0,169 1,0,154.94 1,1,172 1,0,176.5 1,0,180.34 1,1,180.34
3,1,180 1,1,170 2,0,168 1,0,165 1,1,200 1,1,190 1,1,170.18 1,1,179 3,1,182 1,1,171 1,0,157.48 1,1,177.8 2,1,175.26
1,1,187 1,0,167.64 1,0,178 1,0,170 1,0,164 1,1,183 1,0,172 1,1,180 1,0,170 4,1,176 1,0,171 1,0,167.64 1,0,165 4,0,170
1,0,165 4,0,165.1 1,0,165.1 1,1,185.42 1,1,176.5 1,1,167.64 1,0,167 1,0,162.56 1,0,170 1,1,179 1,1,183 1,0,165 1,0,168
4,1,179 3,1,190 1,0,166.5 1,1,165 1,0,175.26 1,1,187 1,1,170 1,0,159 1,0,175 4,0,163 1,0,170 2,0,172 1,1,180 3,1,180.34
1,0,175 1,1,190.5 1,0,170.18 1,1,185 1,0,162.56 1,0,158 1,0,159 4,1,193.04 1,0,171 4,1,184 2,1,177 1,0,172 1,1,180
1,1,175.26 1,1,180.34 1,0,172.72 3,1,178.5 1,0,157 1,0,152 1,1,187.96 1,1,178 2,0,160.02 1,1,175.26 3,1,189 1,1,182.88
1,1,170 1,0,167 1,0,175 1,0,165 1,0,172.72 1,1,180 1,0,172 1,1,185 3,1,187.96 1,1,185.42 1,0,165 1,0,164 1,1,195
1,0,165 3,0,152.4 1,1,172.72 1,1,180.34 1,1,173 1,0,167.64 1,1,187.96 3,1,187 1,0,167 1,1,168 1,1,191.8 2,0,169.2
1,1,177 1,0,168 1,0,170 3,0,160.02 1,1,189 1,1,180.34 1,0,168 2,1,182.88 1,0,165 1,0,157.48 1,0,170 3,1,172.72 1,0,164
1,0,162.56 2,1,172 2,0,165.1 1,0,162.5 1,1,170 1,1,175 1,1,168 1,0,163 1,1,165 1,1,173 1,1,196 1,1,179.1 1,1,180 2,1,176
1,0,160.02 1,0,157.48 1,0,165 1,0,170.18 1,1,154.94 2,0,170 1,0,164 2,0,167 1,1,174 1,0,160 3,1,179.1 2,0,168 1,0,153.5
1,1,160 1,1,165 1,0,171.5 1,0,160 1,0,163 1,1,165 1,0,168.9 1,1,170 1,1,185 1,0,173 1,1,188 4,1,171 1,0,167.64
1,0,162.56 1,0,150 4,0,170.18 1,1,185 3,0,167 2,1,185 1,0,169 1,1,180.34 1,0,165.1 1,0,160 1,0,170 1,1,183 1,0,168.5
"""
# R's data set swiss: fertility, agriculture, examination, education, catholic, infant mortality of 47 provinces
SWISS = """
80.2 17 15 12 9.96 22.2|83.1 45.1 6 9 84.84 22.2|92.5 39.7 5 5 93.4 20.2|85.8 36.5 12 7 33.77 20.3
76.9 43.5 17 15 5.16 20.6|76.1 35.3 9 7 90.57 26.6|83.8 70.2 16 7 92.85 23.6|92.4 67.8 14 8 97.16 24.9
82.4 53.3 12 7 97.67 21|82.9 45.2 16 13 91.38 24.4|87.1 64.5 14 6 98.61 24.5|64.1 62 21 12 8.52 16.5
66.9 67.5 14 7 2.27 19.1|68.9 60.7 19 12 4.43 22.7|61.7 69.3 22 5 2.82 18.7|68.3 72.6 18 2 24.2 21.2
71.7 34 17 8 3.3 20|55.7 19.4 26 28 12.11 20.2|54.3 15.2 31 20 2.15 10.8|65.1 73 19 9 2.84 20
65.5 59.8 22 10 5.23 18|65 55.1 14 3 4.52 22.4|56.6 50.9 22 12 15.14 16.7|57.4 54.1 20 6 4.2 15.3
72.5 71.2 12 1 2.4 21|74.2 58.1 14 8 5.23 23.8|72 63.5 6 3 2.56 18|60.5 60.8 16 10 7.72 16.3
58.3 26.8 25 19 18.46 20.9|65.4 49.5 15 8 6.1 22.5|75.5 85.9 3 2 99.71 15.1|69.3 84.9 7 6 99.68 19.8
77.3 89.7 5 2 100 18.3|70.5 78.2 12 6 98.96 19.4|79.4 64.9 7 3 98.22 20.2|65 75.9 9 9 99.06 17.8
92.2 84.6 3 3 99.46 16.3|79.3 63.1 13 13 96.83 18.1|70.4 38.4 26 12 5.62 20.3|65.7 7.7 29 11 13.79 20.5
72.7 16.7 22 13 11.22 18.9|64.4 17.6 35 32 16.92 23|77.6 37.6 15 7 4.97 20|67.6 18.7 25 7 8.65 19.5
35 1.2 37 53 42.34 18|44.7 46.6 16 29 50.43 18.2|42.8 27.7 22 29 58.33 19.3
"""
PROVINCES = ("Fertility", "Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality")


def housing():
    rows = []
    order = itertools.product((0, 1), range(4), range(3), (1, 2, 3))
    for count, (contact, kind, influence, satisfied) in zip(map(int, HOUSING.split()), order, strict=True):
        dummies = (influence == 1, influence == 2, kind == 1, kind == 2, kind == 3, contact == 1)
        rows += [(satisfied, *map(int, dummies))] * count
    return pd.DataFrame(rows, columns=["Sat", *DUMMIES])


def swiss():
    rows = [[float(cell) for cell in row.split()] for row in SWISS.replace("\n", "|").split("|") if row]
    return pd.DataFrame(rows, columns=PROVINCES)


def respondents(n, slopes, seed, cuts=(-4.0, -2.0, 1.0)):
    """Answers to elements on 1-4 that go together, and an overall answer that follows proportional odds."""
    rng = np.random.default_rng(seed)
    latent = np.sqrt(0.45) * rng.standard_normal((n, 1)) + np.sqrt(0.55) * rng.standard_normal((n, len(slopes)))
    elements = 1.0 + sum(latent > cut for cut in (-2.0, -1.0, 0.6))
    overall = 1.0 + np.digitize((elements - 3) @ np.array(slopes) + rng.logistic(size=n), cuts)
    return np.column_stack([overall, elements])


# 60 respondents, overall answer and three elements, for the frames
COLUMNS = {
    name: list(map(int, column))
    for name, column in zip(("overall", "U3", "U5", "U7"), respondents(60, (0.8, 0.4, 0.2), 1).T, strict=True)
}


def test_mass_polr_housing():
    found = drivers.proportional_odds(housing(), "Sat")
    source = "R MASS 7.3-58.2, polr(Sat ~ Infl + Type + Cont), housing; Venables & Ripley (2002), sec. 7.3"
    slopes = ("0.5664", "1.2888", "-0.5724", "-0.3662", "-1.0910", "0.3603")
    errors = ("0.10465", "0.12716", "0.11924", "0.15517", "0.15149", "0.09554")
    for each, slope, error in zip(found.drivers, slopes, errors, strict=True):
        agrees(f"drivers.proportional_odds, slope of {each.name}", source, slope, each.slope)
        agrees(f"drivers.proportional_odds, error of {each.name}", source, error, each.se, within=2e-5)
    for threshold, printed in zip(found.thresholds, ("-0.4961", "0.6907"), strict=True):
        agrees("drivers.proportional_odds, threshold", source, printed, threshold)
    agrees("drivers.proportional_odds, residual deviance", source, "3479.149", -2 * found.log_likelihood)
    assert (found.n, found.separated) == (1681, ())


def test_brant_package_survey():
    rows = [[float(cell) for cell in row.split(",")] for row in SURVEY.split()]
    found = drivers.proportional_odds(pd.DataFrame(rows, columns=["Smoke", "SexMale", "Height"]), "Smoke")
    source = "R brant, brant(polr(Smoke ~ Sex + Height, MASS::survey)), the help page's example and its output"
    agrees("drivers.proportional_odds, Brant's test of all", source, "3.28", found.brant.chi2)
    agrees("drivers.proportional_odds, Brant's test of all, p", source, "0.51", found.brant.p)
    for each, (chi2, p), statistic, probability in zip(
        found.drivers, found.brant.elements, ("1.58", "0.02"), ("0.45", "0.99"), strict=True
    ):
        agrees(f"drivers.proportional_odds, Brant's test of {each.name}", source, statistic, chi2)
        agrees(f"drivers.proportional_odds, Brant's test of {each.name}, p", source, probability, p)
    assert found.brant.freedom == 4
    exact = "R ordinal 2022.11-16, clm(Smoke ~ Sex + Height, data = MASS::survey)"  # polr stops 1e-4 earlier
    for each, slope, error in zip(found.drivers, ("0.094877", "0.027843"), ("0.480995", "0.024166"), strict=True):
        agrees(f"drivers.proportional_odds, slope of {each.name}", exact, slope, each.slope)
        agrees(f"drivers.proportional_odds, error of {each.name}", exact, error, each.se, within=1e-5)


def test_relaimpo_swiss():
    found = drivers.relative_importance(swiss(), "Fertility")
    source = 'R relaimpo 2.2-7, calc.relimp(lm(Fertility ~ ., swiss), "lmg"), as quoted in the tests of siamang'
    agrees("drivers.relative_importance, R²", source, "0.706735001593", found.r2)
    parts = ("0.0570912207681", "0.1711730289002", "0.2601346786244", "0.1055701503735", "0.1127659229265")
    shares = ("0.0807816517357", "0.2422025632160", "0.3680795178364", "0.1493772773891", "0.1595589898228")
    for each, part, share in zip(found.shares, parts, shares, strict=True):
        agrees(f"drivers.relative_importance, part of {each.name}", source, part, each.r2)
        agrees(f"drivers.relative_importance, share of {each.name}", source, share, each.share)


def test_pingouin_relimp():
    import pingouin

    frame = pd.DataFrame(respondents(150, (1.0, 0.6, 0.3, 0.2, 0.0), 3), columns=list("yabcde"))
    table = pingouin.linear_regression(frame[list("abcde")], frame["y"], relimp=True)
    found = drivers.relative_importance(frame, "y")
    assert [each.r2 for each in found.shares] == pytest.approx(table["relimp"][1:], abs=1e-12)
    assert [100 * each.share for each in found.shares] == pytest.approx(table["relimp_perc"][1:], abs=1e-9)


def test_shares_by_every_order_of_entry():
    values = respondents(80, (1.0, 0.6, 0.3, 0.0), 4)
    y, x = values[:, 0], values[:, 1:]

    def r2(chosen):
        design = np.column_stack([np.ones(len(y)), x[:, list(chosen)]])
        return 1 - ((y - design @ np.linalg.lstsq(design, y, rcond=None)[0]) ** 2).sum() / ((y - y.mean()) ** 2).sum()

    parts, orders = np.zeros(4), list(itertools.permutations(range(4)))
    for order in orders:
        for place, element in enumerate(order):
            parts[element] += (r2(order[: place + 1]) - r2(order[:place])) / len(orders)
    found = drivers.relative_importance(values, "1")
    assert [each.r2 for each in found.shares] == pytest.approx(parts, abs=1e-12)
    assert sum(parts) == pytest.approx(r2(range(4)), abs=1e-12)


def test_the_interval_of_a_share_leaves_out_one_respondent_at_a_time():
    from scipy import stats

    values = respondents(40, (1.0, 0.6, 0.3), 5)
    found = drivers.relative_importance(values, "1")
    without = [drivers.relative_importance(np.delete(values, row, axis=0), "1") for row in range(40)]
    for place, each in enumerate(found.shares):
        shares = np.array([other.shares[place].share for other in without])
        logits = np.log(shares / (1 - shares))
        half = stats.t.ppf(0.975, 39) * np.sqrt(39 / 40 * ((logits - logits.mean()) ** 2).sum())
        middle = np.log(each.share / (1 - each.share))
        ends = 1 / (1 + np.exp(-np.array([middle - half, middle + half])))
        assert [each.interval.low, each.interval.high] == pytest.approx(ends, abs=1e-9)


def test_clusters_are_left_out_whole():
    frame = pd.DataFrame(respondents(200, (1.0, 0.6, 0.3), 6), columns=list("yabc"))
    by_office = drivers.relative_importance(frame.assign(office=["p", "q", "r", "s", "t"] * 40), "y", cluster="office")
    assert (by_office.clusters, by_office.method) == (5, "lmg, cluster-jackknife-logit-t")
    assert [each.name for each in by_office.shares] == ["a", "b", "c"]
    plain = drivers.relative_importance(frame, "y")
    assert [each.share for each in by_office.shares] == [each.share for each in plain.shares]
    assert by_office.shares[0].interval != plain.shares[0].interval
    for office, said in ((["p"] * 200, "one cluster only"), ([None, *"pq" * 99, "p"], "empty for some")):
        with pytest.raises(InputError, match=said):
            drivers.relative_importance(frame.assign(office=office), "y", cluster="office")


@pytest.mark.parametrize("n", [50, 100])
def test_the_intervals_of_shares_cover_them(n):
    slopes = (1.2, 0.8, 0.4, 0.2, 0.0)
    large = respondents(200_000, slopes, 7)
    true = contributions(np.cov(large[:, [1, 2, 3, 4, 5, 0]], rowvar=False)[None])[0]
    true /= true.sum()
    found = [drivers.relative_importance(respondents(n, slopes, seed), "1") for seed in range(100, 260)]
    held = [
        [each.interval.low <= share <= each.interval.high for each, share in zip(result.shares, true, strict=True)]
        for result in found
    ]
    assert np.mean(held) >= 0.925
    assert np.min(np.mean(held, axis=0)) >= 0.89


def test_the_intervals_of_odds_cover_them_and_brants_test_keeps_its_level():
    slopes = (1.0, 0.5, 0.0)
    found = [drivers.proportional_odds(respondents(200, slopes, seed), "1") for seed in range(70)]
    held = [
        [
            each.interval.low <= np.exp(slope) <= each.interval.high
            for each, slope in zip(result.drivers, slopes, strict=True)
        ]
        for result in found
    ]
    assert np.mean(held) >= 0.925
    tested = [result.brant.p < 0.05 for result in found if result.brant is not None]
    assert len(tested) >= 60
    assert np.mean(tested) <= 0.13


def test_an_element_that_moves_only_the_lowest_level_is_found_by_brants_test():
    rng = np.random.default_rng(8)
    x = rng.integers(1, 5, (1500, 2)).astype(float)
    low = rng.random(1500) < 1 / (1 + np.exp(1.5 * (x[:, 0] - 2)))
    high = rng.random(1500) < 1 / (1 + np.exp(-0.8 * (x[:, 1] - 2.5)))
    overall = np.where(low, 1, np.where(high, 3, 2))
    found = drivers.proportional_odds(np.column_stack([overall, x]), "1")
    assert found.brant.p < 0.001
    assert found.brant.slopes[0, 0] > 1
    assert found.brant.slopes[1, 0] < found.brant.slopes[0, 0] - 0.3
    with use("en"):
        assert "do not move all levels of 1 alike (Brant's test" in found.sentence()
        assert "Unlike between levels: 2" in found.sentence()


def test_separation_becomes_a_sentence():
    values = respondents(120, (0.8, 0.4), 9)
    values[:, 1] = np.where(values[:, 0] > 2, 2.0, 1.0)  # whoever gave 3 or 4 gave this element 2, nobody else did
    found = drivers.proportional_odds(values, "1")
    assert found.separated == ("2",)
    assert (found.drivers[0].odds, found.drivers[0].interval, found.brant) == (None, None, None)
    assert found.drivers[1].interval is not None
    assert found.ranked[0].name == "2"
    assert 0.3 < float(found) < 1
    with use("en"):
        assert "2 foretells some answers to 1 without fail" in found.sentence()
    shows_itself(found)


def test_only_the_element_that_separates_is_named():
    values = respondents(60, (0.8, 0.6, 0.4, 0.2, 0.0), 3)
    values[:, 0] = values[:, 1]  # the overall answer is that to the first element
    found = drivers.proportional_odds(values, "1")
    assert found.separated == ("2",)
    assert all(each.odds is None for each in found.drivers)
    with use("en"):
        sentence = found.sentence()
        assert "2 foretells some answers to 1 without fail" in sentence
        assert "Of 3, 4, 5, 6 nothing can be told" in sentence
        assert "cannot be told from chance" not in sentence
        assert spec(found).title == "2: answers to 1 foretold without fail"


def test_elements_that_separate_only_together_are_named_together():
    x = np.array([[a, b] for a in range(1, 5) for b in range(1, 5)], dtype=float)
    y = (x.sum(axis=1) > 5).astype(int)
    moving = separating(x, y)
    assert responsible(x, y, moving).tolist() == [True, True]


def test_shares_of_noise_name_no_element():
    """200 seeded surveys without any effect: an element is called the greatest in at most 5 % (+ Monte-Carlo error)."""
    rng = np.random.default_rng(17)
    named, means = 0, []
    for _ in range(200):
        found = drivers.relative_importance(rng.integers(1, 5, (60, 6)).astype(float), "1")
        named += found.above_chance
        means.append(found.r2)
        assert found.leader is None or found.above_chance
    assert named <= 20
    assert np.mean(means) == pytest.approx(found.chance, abs=0.02)


def test_the_f_test_is_that_of_ordinary_least_squares():
    import statsmodels.api as sm

    values = respondents(80, (0.4, 0.1, 0.0), 5)
    found = drivers.relative_importance(values, "1")
    second = sm.OLS(values[:, 0], sm.add_constant(values[:, 1:])).fit()
    assert (found.r2, found.p) == pytest.approx((second.rsquared, second.f_pvalue))


def test_a_greatest_share_is_named_only_where_intervals_part():
    clear = drivers.relative_importance(respondents(400, (3.0, 0.2, 0.2), 5), "1")
    close = drivers.relative_importance(respondents(100, (0.8, 0.8, 0.8), 5), "1")
    noise = drivers.relative_importance(np.random.default_rng(0).integers(1, 5, (60, 6)).astype(float), "1")
    assert (clear.leader.name, close.leader, noise.leader, noise.above_chance) == ("2", None, None, False)
    with use("en"):
        assert "The greatest shares of that have 2 " in clear.sentence()
        assert "cannot be told, as intervals overlap" in close.sentence()
        assert "cannot be told from chance, so no element is named" in noise.sentence()
        assert spec(clear).title.startswith("2 goes most together with 1")
        assert spec(close).title.endswith("no element stands out")
        assert spec(noise).title == "The elements explain no more of 1 than chance would"


def test_separation_is_found_where_it_is_and_not_where_it_is_not():
    x = np.array([[1, 2], [2, 1], [3, 2], [4, 1], [5, 2], [6, 1]], dtype=float)
    assert separating(x, np.array([0, 0, 1, 1, 2, 2])).tolist()[0]
    assert not separating(np.array([[1.0], [2], [3], [2], [1], [3]]), np.array([0, 1, 0, 2, 1, 2])).any()
    assert not separating(respondents(80, (0.8, 0.4), 2)[:, 1:], np.arange(80) % 4).any()
    assert separating(x[:, :1], np.array([0, 0, 0, 1, 1, 1])).tolist() == [True]
    assert not separating(x[:, 1:], np.array([0, 0, 1, 1, 2, 2])).any()


def test_few_respondents_and_close_elements_are_said():
    few = drivers.proportional_odds(respondents(60, (1.0, 0.6, 0.3, 0.2, 0.0), 10), "1")
    with use("en"):
        assert "and 75 are advised" in few.sentence()
        assert "and 75 are advised" in drivers.relative_importance(respondents(60, (1.0,) * 5, 10), "1").sentence()
    values = respondents(400, (1.0, 0.6), 11)
    close = np.column_stack([values, values[:, 1] + np.random.default_rng(0).normal(0, 0.2, 400)])
    with use("en"):
        sentence = drivers.relative_importance(close, "1").sentence()
    assert "4 (VIF" in sentence
    assert "can hardly be told apart" in sentence
    assert "advised" not in sentence


def test_the_effective_respondents_are_harrells():
    overall = [1.0] * 10 + [2.0] * 30 + [3.0] * 60
    rng = np.random.default_rng(12)
    found = drivers.relative_importance(np.column_stack([overall, rng.integers(1, 5, (100, 2))]), "1")
    assert found.answers.effective == pytest.approx(100 - (10**3 + 30**3 + 60**3) / 100**2)


def test_every_kind_of_frame_gives_the_same(make):
    array = np.array(list(COLUMNS.values()), dtype=float).T
    odds, shares = drivers.proportional_odds(array, "1"), drivers.relative_importance(array, "1")
    found = drivers.proportional_odds(make(COLUMNS), "overall")
    assert [each.odds for each in found.drivers] == pytest.approx([each.odds for each in odds.drivers], abs=1e-9)
    parts = [each.share for each in drivers.relative_importance(make(COLUMNS), "overall").shares]
    assert parts == pytest.approx([each.share for each in shares.shares], abs=1e-12)


def test_columns_choose_the_elements_and_gaps_leave_out_respondents():
    gaps = pd.DataFrame(COLUMNS).astype(float)
    gaps.loc[0, "U3"] = None
    found = drivers.relative_importance(gaps, "overall", ["U3", "U7"])
    assert [each.name for each in found.shares] == ["U3", "U7"]
    assert (found.n, found.answers.left_out) == (59, 1)
    with use("en"):
        assert "1 respondents with a missing answer are left out." in found.sentence()
    assert drivers.proportional_odds(gaps, "overall", ["U5"]).drivers[0].name == "U5"


def test_the_results_show_themselves():
    for found in (
        drivers.proportional_odds(pl.DataFrame(COLUMNS), "overall"),
        drivers.proportional_odds(respondents(40, (0.0, 0.0), 13), "1"),
        drivers.relative_importance(pl.DataFrame(COLUMNS), "overall"),
    ):
        shows_itself(found)
        assert json.dumps(found.as_json())


@pytest.mark.parametrize("measure", [drivers.proportional_odds, drivers.relative_importance])
@pytest.mark.parametrize(
    ("columns", "error", "said"),
    [
        ({}, InputError, "no column «y»"),
        ({"y": [1, 2, 3]}, InputError, "At least 2 columns"),
        ({"y": [1], "a": [1], "b": [2]}, InputError, "At least 2 rows"),
        ({"y": [1, 2, 3], "a": [1, 2, 3], "b": [2, 1, 3]}, InputError, "Only 3 respondents answered everything"),
        ({"y": [3] * 8, "a": [1, 2, 3, 4] * 2, "b": [1, 1, 2, 2] * 2}, InputError, "answered y with 3"),
        ({"y": [1, 2, 3, 4] * 2, "a": [2] * 8, "b": [1, 1, 2, 2] * 2}, InputError, "answered a with 2"),
        ({"y": [1, 2, 3, 3] * 2, "a": [1, 2, 3, 4] * 2, "b": [1, 2, 3, 4] * 2}, InputError, "follows exactly"),
        ({"y": [1, 2, 3, 3] * 2, "a": [None] * 8, "b": [1, 2, 3, 4] * 2}, InputError, "a holds no number"),
        ({"y": ["baik"] * 8, "a": [1, 2, 3, 4] * 2, "b": [1, 1, 2, 2] * 2}, AnswerError, "«baik» in row 1"),
        ({"y": [1, 2, 3, 3] * 2, "a": [1.0, float("inf")] * 4, "b": [1, 2, 3, 4] * 2}, AnswerError, "infinite"),
    ],
)
def test_what_is_wrong_is_said(measure, columns, error, said):
    with pytest.raises(error, match=said):
        measure(pl.DataFrame(columns), "y")


def test_settings_that_do_not_fit_are_refused():
    frame = pd.DataFrame(COLUMNS)
    with pytest.raises(InputError, match="named twice"):
        drivers.proportional_odds(frame, "overall", ["U3", "U3"])
    with pytest.raises(InputError, match="named twice"):
        drivers.proportional_odds(frame, "overall", ["U3", "overall"])
    with pytest.raises(InputError, match="no column «U9»"):
        drivers.relative_importance(frame, "overall", ["U3", "U9"])
    with pytest.raises(InputError, match="2 to 15 elements, here are 1"):
        drivers.relative_importance(frame, "overall", ["U3"])
    with pytest.raises(InputError, match="foretell overall without fail"):
        drivers.relative_importance(frame.assign(overall=frame["U3"] + frame["U5"] + frame["U7"]), "overall")
    many = pd.DataFrame({"y": range(30), "a": [1, 2, 3] * 10})
    with pytest.raises(InputError, match="30 different answers"):
        drivers.proportional_odds(many, "y")

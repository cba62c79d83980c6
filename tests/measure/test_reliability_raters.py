"""Kappas, Krippendorff's alpha and the intraclass correlations against the original papers and second ways."""

import itertools

import numpy as np
import pandas as pd
import polars as pl
import pytest
from published import agrees
from result_kit import shows_itself

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure import reliability

# Krippendorff (2011), part C: 12 units of 4 observers
PART_C = [
    [1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, None, 3, None],
]  # fmt: skip
# Shrout & Fleiss (1979), table 2: 6 targets of 4 judges
TABLE_2 = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
# Fleiss (1971), table 1: 30 patients, 6 psychiatrists each, as R's irr keeps it (the order within a row is not known)
DIAGNOSES = """
444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445
333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555
"""
NAMED = {"1": "depression", "2": "personality", "3": "schizophrenia", "4": "neurosis", "5": "other"}
# R's irr, data set anxiety: raters 2 and 3 of 20 subjects
ANXIETY = list(zip(map(int, "36462424332333221334"), map(int, "21443216111233113322"), strict=True))
LEVELS = ("nominal", "ordinal", "interval", "ratio")
COUNTS = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]  # Cohen (1968), table 1: 200 cases, proportions x 200


def rated(counts):
    """One row a case from a table of two raters."""
    return [(i, j) for (i, j), count in np.ndenumerate(np.array(counts)) for _case in range(count)]


def columns(rows):
    return {f"r{place}": list(column) for place, column in enumerate(zip(*rows, strict=True), 1)}


@pytest.mark.parametrize(("level", "printed"), list(zip(LEVELS, ("0.743", "0.815", "0.849", "0.797"), strict=True)))
def test_krippendorff_2011_part_c(level, printed):
    found = reliability.krippendorff_alpha(PART_C, level=level)
    source = "Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, part C; R irr, kripp.alpha"
    agrees(f"reliability.krippendorff_alpha, {level}", source, printed, found.value)
    assert (found.n, found.left_out, found.raters, found.kind) == (11, 1, 4, level)


def test_fleiss_1971_psychiatric_diagnoses():
    rows = [[NAMED[rating] for rating in row] for row in DIAGNOSES.split()]
    found = reliability.fleiss_kappa(pl.DataFrame(columns(rows)))
    agrees(
        "reliability.fleiss_kappa, 30 patients",
        "Fleiss (1971), Psychological Bulletin 76, table 1",
        "0.430",
        found.value,
    )
    agrees("reliability.fleiss_kappa, 30 patients", "R irr, kappam.fleiss(diagnoses)", "0.4302445", found.value)
    assert (found.n, found.raters) == (30, 6)


def test_cohen_1968_table_1():
    found = reliability.cohen_kappa(rated(COUNTS))
    agrees(
        "reliability.cohen_kappa, 200 cases", "Cohen (1968), Psychological Bulletin 70, table 1", "0.492", found.value
    )
    assert (found.observed, found.expected) == (pytest.approx(0.30), pytest.approx(0.59))


@pytest.mark.parametrize(("weights", "printed"), [(None, "0.4842"), ("linear", "0.4701")])
def test_sas_freq_agree_simple_and_weighted_kappa(weights, printed):
    found = reliability.cohen_kappa(rated([[0, 4, 1], [0, 8, 0], [0, 1, 5]]), weights=weights)
    source = "SAS PROC FREQ, AGREE, as printed in the tests of statsmodels' inter_rater"
    agrees(f"reliability.cohen_kappa, weights {weights}, n = 19", source, printed, found.value)


@pytest.mark.parametrize(
    ("weights", "printed"), [(None, "-0.006289308"), ("linear", "0.1459075"), ("quadratic", "0.2520325")]
)
def test_irr_kappa2_of_anxiety(weights, printed):
    places = [(min(a, 5), min(b, 5)) for a, b in ANXIETY]  # irr counts places of a list in which nobody gave 5
    found = reliability.cohen_kappa(places, weights=weights)
    agrees(f"reliability.cohen_kappa, weights {weights}", "R irr, kappa2(anxiety[, 2:3])", printed, found.value)


@pytest.mark.parametrize(
    ("form", "printed", "low", "high"),
    [
        ("1,1", "0.17", "-0.13", "0.72"),
        ("A,1", "0.29", "0.02", "0.76"),
        ("C,1", "0.71", "0.34", "0.95"),
        ("1,k", "0.44", "-0.88", "0.91"),
        ("A,k", "0.62", "0.07", "0.93"),
        ("C,k", "0.91", "0.68", "0.99"),
    ],
)
def test_shrout_and_fleiss_1979_six_forms(form, printed, low, high):
    found = reliability.icc(TABLE_2, form=form)
    source = "Shrout & Fleiss (1979), Psychological Bulletin 86, table 4, p. 424"
    agrees(f"reliability.icc, {form}", source, printed, found.value)
    psych = "R psych, ICC(sf), limits as repeated in pingouin's tests"
    agrees(f"reliability.icc, {form}, low", psych, low, found.interval.low)
    agrees(f"reliability.icc, {form}, high", psych, high, found.interval.high)


def test_shrout_and_fleiss_1979_mean_squares():
    found = reliability.icc(TABLE_2).mean_squares
    source = "Shrout & Fleiss (1979), table 3, p. 423"
    for name, printed in (("units", "11.24"), ("within", "6.26"), ("raters", "32.49"), ("error", "1.02")):
        agrees(f"reliability.icc, mean square of {name}", source, printed, found[name])


def test_krippendorff_by_its_definition_over_all_pairs():
    rng = np.random.default_rng(4)
    ratings = rng.integers(1, 6, (15, 4)).astype(float)
    ratings[:, 1:3] = np.clip(ratings[:, :1] + rng.integers(-1, 2, (15, 2)), 1, 5)
    ratings[rng.random(ratings.shape) < 0.15] = np.nan
    for level in LEVELS:
        value = 1 - _ratio_by_pairs(ratings, level)
        found = reliability.krippendorff_alpha(ratings, level=level)
        assert found.value == pytest.approx(value, abs=1e-12)
        counted = ratings[(~np.isnan(ratings)).sum(axis=1) >= 2]
        without = [_ratio_by_pairs(np.delete(counted, unit, axis=0), level) for unit in range(len(counted))]
        assert found.interval == pytest.approx(_fisher(value, without), abs=1e-10)


def _ratio_by_pairs(ratings, level):
    """D_o/D_e from every pair of ratings, as the paper defines them."""
    units = [[cell for cell in unit if cell == cell] for unit in ratings]
    units = [unit for unit in units if len(unit) >= 2]
    every = [cell for unit in units for cell in unit]

    def apart(a, b):
        if level == "nominal":
            return float(a != b)
        if level == "ordinal":
            low, high = min(a, b), max(a, b)
            return (sum(low <= cell <= high for cell in every) - (every.count(a) + every.count(b)) / 2) ** 2
        return (a - b) ** 2 if level == "interval" else ((a - b) / (a + b)) ** 2

    n = len(every)
    seen = sum(apart(a, b) / (len(unit) - 1) for unit in units for a, b in itertools.permutations(unit, 2)) / n
    chance = sum(apart(a, b) for a, b in itertools.permutations(every, 2)) / (n * (n - 1))
    return seen / chance


def _fisher(value, without):
    from scipy import stats

    n = len(without)
    se = np.sqrt((n - 1) / n * ((np.array(without) - np.mean(without)) ** 2).sum())
    half = stats.t.ppf(0.975, n - 1) * se / (1 - value**2)
    return np.tanh(np.arctanh(value) - half), np.tanh(np.arctanh(value) + half), 0.95


def test_cohen_leaves_out_one_unit_at_a_time():
    for weights in (None, "linear", "quadratic"):
        found = reliability.cohen_kappa(ANXIETY, weights=weights)
        without = [
            1 - reliability.cohen_kappa(ANXIETY[:unit] + ANXIETY[unit + 1 :], weights=weights).value
            for unit in range(len(ANXIETY))
        ]
        assert found.interval == pytest.approx(_fisher(found.value, without), abs=1e-10)


def test_fleiss_leaves_out_one_unit_at_a_time():
    rows = DIAGNOSES.split()
    table = [list(row) for row in rows]
    found = reliability.fleiss_kappa(table)
    without = [1 - reliability.fleiss_kappa(table[:unit] + table[unit + 1 :]).value for unit in range(len(table))]
    assert found.interval == pytest.approx(_fisher(found.value, without), abs=1e-10)


def test_kappa_from_its_table_of_proportions():
    share = np.array(COUNTS) / 200
    chance = share.sum(axis=1) @ share.sum(axis=0)
    second = (np.trace(share) - chance) / (1 - chance)
    assert reliability.cohen_kappa(rated(COUNTS)).value == pytest.approx(second, abs=1e-12)


def test_krippendorff_nears_fleiss_with_many_units():
    many = [list(row) for row in DIAGNOSES.split()] * 40
    fleiss, alpha = reliability.fleiss_kappa(many), reliability.krippendorff_alpha(many)
    assert alpha.value == pytest.approx(fleiss.value, abs=1e-4)
    assert alpha.value > fleiss.value


def test_intervals_of_agreement_hold_for_few_units():
    rng = np.random.default_rng(5)

    def ratings(*shape):
        shared, own = rng.standard_normal((*shape, 1)), rng.standard_normal((*shape, 3))
        latent = np.sqrt(0.7) * shared + np.sqrt(0.3) * own
        return 1.0 + sum(latent > cut for cut in (-2.05, -0.84, 0.5))

    true = reliability.krippendorff_alpha(ratings(20_000), level="interval").value
    found = [reliability.krippendorff_alpha(sample, level="interval").interval for sample in ratings(500, 20)]
    assert np.mean([interval.low <= true <= interval.high for interval in found]) >= 0.92


def test_every_kind_of_frame_gives_the_same(make):
    whole = columns([row for row in PART_C if None not in row])
    for measure in (
        lambda frame: reliability.krippendorff_alpha(frame, level="ordinal"),
        reliability.krippendorff_alpha,
        reliability.fleiss_kappa,
        reliability.icc,
        lambda frame: reliability.cohen_kappa(frame, ["r1", "r3"], weights="linear"),
        lambda frame: reliability.cohen_kappa(frame, ["r1", "r3"]),
    ):
        found, second = measure(make(whole)), measure(pd.DataFrame(whole))
        assert found.value == pytest.approx(second.value, abs=1e-12)
        assert found.interval == pytest.approx(second.interval, abs=1e-12)


def test_gaps_count_in_every_kind_of_frame():
    gaps = pl.DataFrame(columns(PART_C))
    for kind in (gaps, gaps.lazy(), gaps.to_arrow(), gaps.to_pandas()):
        assert reliability.krippendorff_alpha(kind).value == pytest.approx(0.743421, abs=1e-6)


def test_the_results_show_themselves():
    shows_itself(reliability.krippendorff_alpha(PART_C, level="ordinal"))
    shows_itself(reliability.fleiss_kappa([list(row) for row in DIAGNOSES.split()]))
    shows_itself(reliability.cohen_kappa(ANXIETY, weights="linear"))
    shows_itself(reliability.icc([*TABLE_2, [5, None, 4, 4]]))


def test_the_sentence_says_what_was_left_out():
    with use("en"):
        sentence = reliability.krippendorff_alpha(PART_C).sentence()
        assert sentence.startswith("Krippendorff's alpha of 4 raters over 11 units is 0.74 (95% confidence interval 0.")
        assert sentence.endswith("1 units with too few ratings are left out.")
        assert (
            reliability.icc([*TABLE_2, [5, None, 4, 4]])
            .sentence()
            .endswith("1 units with too few ratings are left out.")
        )
    with use("id"):
        assert (
            reliability.cohen_kappa(ANXIETY)
            .sentence()
            .startswith("Kappa Cohen dari 2 penilai atas 20 unit adalah −0,01")
        )


def test_hardly_any_other_rating_is_named():
    rare = [[1, 1]] * 27 + [[1, 2], [2, 2], [2, 1]]
    found = reliability.cohen_kappa(rare)
    assert found.other == 4
    with use("en"):
        assert "Only 4 ratings differ from the most common one" in found.sentence()
        assert "differ from the most common" not in reliability.cohen_kappa(ANXIETY).sentence()


def test_full_agreement_has_no_interval():
    same = [[1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]]
    for found in (reliability.krippendorff_alpha(same), reliability.fleiss_kappa(same)):
        assert (found.value, found.interval) == (1.0, None)
        shows_itself(found)
    icc = reliability.icc(same)
    assert [icc.forms[form].interval for form in icc.forms] == [None] * 6
    assert {form.value for form in icc.forms.values()} == {1.0}
    shows_itself(icc)


def test_raters_a_constant_apart_are_consistent_but_do_not_agree():
    found = reliability.icc([[1, 3], [2, 4], [5, 7], [4, 6]])
    assert found.forms["C,1"].value == 1.0
    assert 0 < found.forms["A,1"].value < 0.7
    assert found.forms["A,1"].interval.low < found.forms["A,1"].value < found.forms["A,1"].interval.high


@pytest.mark.parametrize(
    ("measure", "ratings", "error", "said"),
    [
        (
            reliability.cohen_kappa,
            {"a": [1, 2], "b": [1, 2], "c": [1, 2]},
            InputError,
            "compares two raters, here are 3",
        ),
        (reliability.cohen_kappa, {"a": [1, 1, 1], "b": [1, 1, 1]}, InputError, "All ratings are the same"),
        (reliability.cohen_kappa, {"a": [1, None], "b": [None, 2]}, InputError, "At least two units"),
        (reliability.fleiss_kappa, {"a": [1, 2, 1], "b": [1, None, 2]}, InputError, "Row 2 has a gap"),
        (reliability.fleiss_kappa, {"a": [1, 2, 1]}, InputError, "at least two raters"),
        (reliability.fleiss_kappa, {"a": [1], "b": [1]}, InputError, "At least 2 rows"),
        (reliability.krippendorff_alpha, {}, InputError, "At least 2 rows"),
        (reliability.krippendorff_alpha, {"a": ["x", "y"], "b": [None, None]}, InputError, "b gave no rating"),
        (reliability.krippendorff_alpha, {"a": ["x", "x"], "b": ["x", "x"]}, InputError, "All ratings are the same"),
        (reliability.icc, {"a": [3, 3, 3], "b": [3, 3, 3]}, InputError, "All ratings are the same"),
        (reliability.icc, {"a": [1, 2, 3]}, InputError, "At least 2 columns"),
        (reliability.icc, {"a": [1, 2, None], "b": [None, 2, 3]}, InputError, "Only 1 of 3 units"),
        (reliability.icc, {"a": [1, 2], "b": [2, 1]}, InputError, "means hardly differ"),
        (reliability.icc, {"a": ["1", "2"], "b": [1, 2]}, AnswerError, "«1» in row 1"),
        (reliability.icc, {"a": [1.0, float("inf")], "b": [1, 2]}, AnswerError, "infinite value in row 2"),
    ],
)
def test_what_is_wrong_is_said(measure, ratings, error, said):
    with pytest.raises(error, match=said):
        measure(pl.DataFrame(ratings, strict=False))


def test_words_and_negative_numbers_have_no_ratio():
    with pytest.raises(AnswerError, match="Row 2 holds a negative"):
        reliability.krippendorff_alpha([[1, 1], [2, -2]], level="ratio")
    with pytest.raises(AnswerError, match="«baik» in row 1"):
        reliability.krippendorff_alpha([["baik", 1], [2, 2]], level="ordinal")


def test_unknown_settings_are_refused():
    with pytest.raises(SettingError, match="not cubic"):
        reliability.cohen_kappa(ANXIETY, weights="cubic")
    with pytest.raises(SettingError, match="not metric"):
        reliability.krippendorff_alpha(ANXIETY, level="metric")
    with pytest.raises(SettingError, match="not 2,1"):
        reliability.icc(TABLE_2, form="2,1")

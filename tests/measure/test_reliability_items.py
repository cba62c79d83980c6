"""Cronbach's alpha, the validity table, the r-table and Spearman-Brown against printed numbers and second ways."""

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest
from frame_kit import COLUMNS, NAMES, ROWS
from hall import log_limits
from published import agrees
from result_kit import shows_itself

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure import reliability

PSYCH = "R psych::alpha(attitude), printed to three digits"

# «Tabel r, dua sisi», 5 %, df 1 to 97, as universities in Indonesia hand it out
R_TABLE = """
0.9969 0.9500 0.8783 0.8114 0.7545 0.7067 0.6664 0.6319 0.6021 0.5760 0.5529 0.5324 0.5140 0.4973 0.4821 0.4683
0.4555 0.4438 0.4329 0.4227 0.4132 0.4044 0.3961 0.3882 0.3809 0.3739 0.3673 0.3610 0.3550 0.3494 0.3440 0.3388
0.3338 0.3291 0.3246 0.3202 0.3160 0.3120 0.3081 0.3044 0.3008 0.2973 0.2940 0.2907 0.2876 0.2845 0.2816 0.2787
0.2759 0.2732 0.2706 0.2681 0.2656 0.2632 0.2609 0.2586 0.2564 0.2542 0.2521 0.2500 0.2480 0.2461 0.2441 0.2423
0.2404 0.2387 0.2369 0.2352 0.2335 0.2319 0.2303 0.2287 0.2272 0.2257 0.2242 0.2227 0.2213 0.2199 0.2185 0.2172
0.2159 0.2146 0.2133 0.2120 0.2108 0.2096 0.2084 0.2072 0.2061 0.2050 0.2039 0.2028 0.2017 0.2006 0.1996 0.1986
0.1975
"""


def test_alpha_of_the_attitude_data_as_printed_by_r_psych():
    found = reliability.cronbach_alpha(pl.DataFrame(COLUMNS))
    agrees("reliability.cronbach_alpha, attitude, raw", PSYCH, "0.843", found.alpha)
    agrees("reliability.cronbach_alpha, attitude, standardized", PSYCH, "0.839", found.standardized)
    printed = ("0.810", "0.797", "0.828", "0.803", "0.795", "0.864", "0.840")
    for item, value in zip(found.items, printed, strict=True):
        agrees(f"reliability.cronbach_alpha, without {item.name}", PSYCH, value, item.alpha_dropped)
    assert (found.n, found.left_out, found.clusters) == (30, 0, None)


def test_feldt_interval_as_documented_by_r_statpsych():
    source = "R statpsych 2.0.0, ci.cronbach(.05, .85, 7, 89)"
    found = reliability.feldt_interval(0.85, 89, 7)
    agrees("reliability.feldt_interval, low", source, "0.7971", found.low)
    agrees("reliability.feldt_interval, high", source, "0.8932", found.high)


def test_the_mean_of_raters_by_spearman_brown_as_in_shrout_and_fleiss_1979():
    source = "Shrout & Fleiss (1979), Psychological Bulletin 86, table 4, p. 424"
    agrees("reliability.spearman_brown, ICC(3,1) to ICC(3,4)", source, "0.91", reliability.spearman_brown(0.7148, 4))
    agrees("reliability.spearman_brown, ICC(1,1) to ICC(1,4)", source, "0.44", reliability.spearman_brown(0.1657, 4))


def test_every_row_of_the_r_table_in_use_follows_from_the_formula():
    printed = R_TABLE.split()
    assert len(printed) == 97
    assert [f"{reliability.r_table(df + 2):.4f}" for df in range(1, 98)] == printed
    source = "table of r, two-sided 5 %, as used in Indonesian theses, df 28"
    agrees("reliability.r_table, n = 30", source, "0.3610", reliability.r_table(30))


@pytest.mark.parametrize("n", [10, 20, 30, 50, 80, 300, 500, 1000])
def test_sugiyono_2011_prints_the_same_r_by_number_of_respondents(n):
    printed = {10: "0.632", 20: "0.444", 30: "0.361", 50: "0.279", 80: "0.220", 300: "0.113", 500: "0.088"}
    printed[1000] = "0.062"
    source = "Sugiyono (2011), table of r product moment, 5 %"
    agrees(f"reliability.r_table, n = {n}", source, printed[n], reliability.r_table(n))


def test_alpha_is_the_mean_covariance_over_the_mean_variance():
    values = np.array(ROWS, dtype=float)
    covariance = np.cov(values, rowvar=False)
    k = len(covariance)
    between = (covariance.sum() - np.trace(covariance)) / (k * (k - 1))
    second = k * between / (np.trace(covariance) / k + (k - 1) * between)
    found = reliability.cronbach_alpha(values)
    assert found.alpha == pytest.approx(second, abs=1e-12)
    assert found.alpha == pytest.approx(reliability.icc(values).forms["C,k"].value, abs=1e-12)  # Shrout & Fleiss 1979


def test_corrected_correlations_follow_from_the_uncorrected_ones_as_in_nunnally():
    values = np.array(ROWS, dtype=float)
    total = values.sum(axis=1).std(ddof=1)
    for item in reliability.cronbach_alpha(values).items:
        above = item.item_total * total - item.sd
        second = above / np.sqrt(item.sd**2 + total**2 - 2 * item.sd * total * item.item_total)
        assert item.corrected == pytest.approx(second, abs=1e-12)


def test_the_interval_is_the_jackknife_of_the_logarithm_written_out():
    values = np.array(ROWS, dtype=float)[:12]
    found = reliability.cronbach_alpha(values)
    singly = [1 - reliability.cronbach_alpha(np.delete(values, row, axis=0)).alpha for row in range(12)]
    assert found.interval[:2] == pytest.approx(log_limits(1 - found.alpha, singly), abs=1e-9)


def test_clusters_are_left_out_whole():
    frame = pd.DataFrame(COLUMNS).assign(office=[*"aaaaaaaaaabbbbccccccdddddeeeee"])
    parts = [frame[frame.office != office].drop(columns="office") for office in "abcde"]
    without = [1 - reliability.cronbach_alpha(part).alpha for part in parts]
    singly = [1 - reliability.cronbach_alpha(frame.drop(index=row, columns="office")).alpha for row in range(30)]
    found = reliability.cronbach_alpha(frame, cluster="office")
    assert (found.clusters, found.method, len(found.items)) == (5, "cluster-jackknife-log-hall-t", 7)
    expected = log_limits(1 - found.alpha, singly, without, [10, 4, 6, 5, 5])
    assert found.interval[:2] == pytest.approx(expected, abs=1e-9)


def test_few_respondents_who_decide_the_interval_are_said():
    rng = np.random.default_rng(4)
    answers = np.where(rng.random((30, 1)) < 0.07, rng.integers(1, 3, (30, 9)), rng.integers(3, 5, (30, 9)))
    found = reliability.cronbach_alpha(answers)
    assert found.few
    assert "Segelintir responden" in found.sentence()
    assert not reliability.cronbach_alpha(np.array(ROWS)).few


def test_the_interval_covers_alpha_of_few_skewed_answers_where_feldt_does_not():
    rng = np.random.default_rng(20)

    def answers(*shape):
        shared, own = rng.standard_normal((*shape, 1)), rng.standard_normal((*shape, 9))
        latent = np.sqrt(0.4) * shared + np.sqrt(0.6) * own
        return 1.0 + sum(latent > cut for cut in (-2.5, -1.8, -0.3))  # 62 % fours

    true = reliability.cronbach_alpha(answers(200_000)).alpha
    found = [reliability.cronbach_alpha(sample) for sample in answers(600, 60)]
    ours = np.mean([result.interval.low <= true <= result.interval.high for result in found])
    feldt = np.mean([result.feldt.low <= true <= result.feldt.high for result in found])
    assert ours >= 0.92
    assert feldt < ours


def test_every_kind_of_frame_gives_the_same(make):
    found = reliability.cronbach_alpha(make(COLUMNS))
    second = reliability.cronbach_alpha(np.array(ROWS))
    assert found.alpha == pytest.approx(second.alpha, abs=1e-12)
    assert found.interval == pytest.approx(second.interval, abs=1e-12)
    assert reliability.validity(make(COLUMNS)).valid == NAMES


def test_respondents_with_a_gap_are_left_out_and_named():
    gaps = {**COLUMNS, "rating": [None, *COLUMNS["rating"][1:]]}
    found = reliability.cronbach_alpha(pl.DataFrame(gaps))
    assert (found.n, found.left_out) == (29, 1)
    assert found.alpha == reliability.cronbach_alpha(np.array(ROWS[1:])).alpha
    with use("en"):
        assert "1 respondents with a missing answer are left out." in found.sentence()


def test_columns_choose_the_items():
    found = reliability.cronbach_alpha(pl.DataFrame(COLUMNS), ["rating", "raises"])
    assert [item.name for item in found.items] == ["rating", "raises"]
    assert [item.alpha_dropped for item in found.items] == [None, None]


def test_an_item_the_other_way_round_is_named():
    turned = pd.DataFrame(COLUMNS).assign(raises=lambda frame: 100 - frame["raises"])
    with use("en"):
        sentence = reliability.cronbach_alpha(turned).sentence()
    assert "Against the others run: raises; check" in sentence
    assert "Without the item raises alpha would be 0.80." in sentence


def test_without_disagreement_there_is_no_interval():
    found = reliability.cronbach_alpha([[1, 1, 1], [2, 2, 2], [4, 4, 4], [3, 3, 3]])
    assert (round(found.alpha, 12), found.interval) == (1.0, None)
    single = reliability.cronbach_alpha([[1, 1], [2, 2], [4, 3], [3, 3]])
    assert single.interval is None
    shows_itself(single)


def test_the_results_show_themselves():
    shows_itself(reliability.cronbach_alpha(pl.DataFrame(COLUMNS)))
    shows_itself(reliability.validity(pl.DataFrame(COLUMNS)))


def test_the_table_of_theses_says_it_in_their_words():
    found = reliability.validity(pl.DataFrame(COLUMNS), corrected=True)
    with use("id"):
        rows = found.rows()
    assert list(rows[0]) == ["No.", "Butir", "r hitung", "r terkoreksi", "r tabel / batas alfa", "Keterangan"]
    assert [row["Keterangan"] for row in rows] == [*["Valid"] * 5, "Tidak valid", "Valid", "Reliabel"]
    assert list(rows[5].values()) == ["6", "critical", "0,421", "0,265", "0,361", "Tidak valid"]
    assert list(rows[7].values()) == ["", "Alfa Cronbach", "0,843", "", "0,600", "Reliabel"]


def test_the_verdict_depends_on_what_r_is_and_is_said_to_be_open():
    frame = pl.DataFrame(COLUMNS)
    assert "critical" in reliability.validity(frame).valid
    assert "critical" not in reliability.validity(frame, corrected=True).valid
    found = reliability.validity(frame, least_alpha=0.8)
    assert found.reliable
    assert found.unsure
    with use("en"):
        assert "another sample may lead to the other verdict" in found.sentence()
    assert not reliability.validity(frame, least_alpha=0.9).reliable
    assert json.dumps(found.as_json())


@pytest.mark.parametrize("n", [3, 9])
def test_few_respondents_get_no_verdict(n):
    few = {name: values[:n] for name, values in COLUMNS.items()}
    found = reliability.validity(pl.DataFrame(few))
    assert found.reliable is None
    assert not found.unsure
    assert found.as_json()["reliable"] is None
    with use("id"):
        assert f"{n} responden terlalu sedikit" in found.sentence()
        assert "reliabel pada" not in found.sentence()
        assert found.rows()[-1]["Keterangan"] == "Belum dapat dinilai"


def test_many_respondents_without_an_interval_get_no_verdict_either():
    alike = [1, 2, 3, 4] * 5
    found = reliability.validity(pl.DataFrame({"a": alike, "b": alike, "c": alike}))
    assert (found.interval, found.reliable) == (None, None)
    with use("en"):
        assert "Whether the scale is reliable cannot be told" in found.sentence()
        assert "too few" not in found.sentence()


def test_an_interval_far_below_zero_is_words_for_people_and_a_number_in_json():
    answers = {"a": [1, 2, 4, 3], "b": [2, 1, 3, 4], "c": [4, 3, 1, 1]}
    found = reliability.cronbach_alpha(pl.DataFrame(answers))
    assert found.interval.low < -1
    assert found.as_json()["interval"]["low"] < -1
    with use("id"):
        assert "kurang dari −1 sampai" in found.sentence()
        assert found.rows()[-1]["Selang 95%"].startswith("kurang dari −1")


@pytest.mark.parametrize(
    ("columns", "error", "said"),
    [
        ({}, InputError, "At least 2 columns"),
        ({"a": [1, 2, 3]}, InputError, "At least 2 columns"),
        ({"a": [1], "b": [2]}, InputError, "At least 2 rows"),
        ({"a": [1, 2, None, None], "b": [None, 2, 3, 4]}, InputError, "Only 1 of 4 respondents"),
        ({"a": [3, 3, 3, 3], "b": [1, 2, 3, 4]}, InputError, "item a with 3"),
        ({"a": [1, 2, 3, 4], "b": [4, 3, 2, 1]}, InputError, "the same for everybody"),
        ({"a": [1, 2, 3], "b": ["baik", "buruk", "baik"]}, AnswerError, "«baik» in row 1"),
        ({"a": [1.0, 2.0, float("inf")], "b": [1, 2, 3]}, AnswerError, "infinite value in row 3"),
        ({"a": [1, 2, 3], "b": [None, None, None]}, InputError, "column b holds no number"),
    ],
)
def test_what_is_wrong_is_said(columns, error, said):
    with pytest.raises(error, match=said):
        reliability.cronbach_alpha(pl.DataFrame(columns))


def test_two_columns_of_one_name_are_refused():
    twice = pd.DataFrame([[1, 2], [2, 3], [3, 5]], columns=["a", "a"])
    with pytest.raises(InputError, match="twice"):
        reliability.cronbach_alpha(twice)


def test_clusters_must_be_several_and_known():
    frame = pd.DataFrame(COLUMNS)
    with pytest.raises(InputError, match="one cluster only"):
        reliability.cronbach_alpha(frame.assign(office="a"), cluster="office")
    with pytest.raises(InputError, match="empty for some"):
        reliability.cronbach_alpha(frame.assign(office=[None, *"ab" * 14, "a"]), cluster="office")


@pytest.mark.parametrize(("value", "times"), [(1.1, 2), (0.5, 0), (-0.5, 4)])
def test_an_impossible_reliability_is_refused(value, times):
    with pytest.raises(SettingError, match="cannot be carried"):
        reliability.spearman_brown(value, times)


def test_settings_outside_their_limits_are_refused():
    with pytest.raises(SettingError, match="at least 3"):
        reliability.r_table(2)
    with pytest.raises(SettingError, match="between 0 and 1"):
        reliability.r_table(30, 1.0)
    with pytest.raises(SettingError, match="between 0 and 1"):
        reliability.validity(pl.DataFrame(COLUMNS), least_alpha=60)


def test_importing_it_and_telling_alpha_of_a_polars_frame_brings_no_heavy_library():
    code = (
        "import sys, mutu.measure.reliability as r; before = 'scipy.special' in sys.modules; import polars;"
        "r.cronbach_alpha(polars.DataFrame({'a': [1, 2, 3, 4], 'b': [2, 2, 3, 3]}));"
        "print(before, [name for name in ('pandas', 'scipy.stats') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False []"

"""Synthetic surveys: the same again for the same seed, calibrated, alike where asked, and never without their label."""

from __future__ import annotations

import json
from decimal import Decimal

import numpy as np
import openpyxl
import pandas as pd
import pyreadstat
import pytest
from survey_kit import mutu

from mutu.errors import SettingError
from mutu.locale import use
from mutu.measure import skm
from mutu.responses import read, synthetic

INDICES = (62, 64.99, 70.5, 76.6, 76.61, 82.47, 88.3, 88.31, 91.48, 97)


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def test_the_same_seed_gives_the_same_survey_and_another_seed_another():
    one, two, other = (synthetic(200, 80, seed=seed, clusters=8) for seed in (4, 4, 5))
    pd.testing.assert_frame_equal(one.frame, two.frame)
    assert not one.answers.equals(other.answers)
    assert not one.profile.equals(other.profile)


@pytest.mark.parametrize("index", INDICES)
def test_a_published_index_is_met_to_the_second_decimal(index):
    made = synthetic(400, index, seed=11)
    scored = skm.score(made.answers)
    assert made.rounded == scored.rounded == Decimal(str(index))
    assert made.ikm == scored.ikm


@pytest.mark.parametrize("n", [10, 30, 100])
def test_with_few_respondents_the_nearest_index_is_reached_and_said(n):
    made = synthetic(n, 82.47, seed=2, missing=0)
    possible = [25 * total / (9 * n) for total in range(9 * n, 36 * n + 1)]
    assert float(made.ikm) == pytest.approx(min(possible, key=lambda index: abs(index - 82.47)))
    assert f"index {made.rounded}" in made.sentence()
    assert ("as near as this" in made.sentence()) is (made.rounded != Decimal("82.47"))


def test_four_of_five_answers_are_threes_and_fours_where_real_surveys_have_them():
    answers = synthetic(2000, 76.61).answers
    high = (answers >= 3).sum().sum() / answers.notna().sum().sum()
    assert 0.78 < high < 0.84
    assert answers["U4"].mean() > answers["U9"].mean()


@pytest.mark.parametrize("wished", [0.0, 0.2, 0.45, 0.7])
def test_elements_correlate_as_asked(wished):
    made = synthetic(800, 80, correlation=wished, seed=3)
    found = made.answers.astype(float).corr().to_numpy()
    assert np.mean(found[~np.eye(9, dtype=bool)]) == pytest.approx(wished, abs=0.01)
    assert made.correlation == pytest.approx(np.mean(found[~np.eye(9, dtype=bool)]))


def test_groups_lie_apart_as_asked_also_several_at_once_and_with_clusters():
    made = synthetic(
        1500,
        81.2,
        seed=6,
        groups={"disabilitas": {"Tidak": 0.9, "Ya": 0.1}},
        gaps={"disabilitas": {"Ya": -7.5}, "layanan": {"Layanan B": 3}},
        clusters=30,
        icc=0.08,
    )
    for column, value, points in (("disabilitas", "Ya", -7.5), ("layanan", "Layanan B", 3)):
        inside = made.frame[column] == value
        apart = float(skm.score(made.answers[inside]).ikm) - float(skm.score(made.answers[~inside]).ikm)
        assert apart == pytest.approx(points, abs=0.1)
    assert made.rounded == Decimal("81.2")
    assert [gap.reached for gap in made.gaps] == pytest.approx([-7.5, 3], abs=0.1)
    assert "disabilitas «Ya» lies" in made.sentence()


def test_a_gap_that_cannot_be_had_is_told_as_it_is():
    made = synthetic(300, 99, gaps={"jenis_kelamin": {"Perempuan": -60}})
    assert made.gaps[0].reached > -10
    assert "wished for: −60.00" in made.sentence() or "wished for: -60.00" in made.sentence()


def test_people_of_a_cluster_answer_alike():
    made = synthetic(2000, 80, clusters=50, icc=0.2, seed=8)
    means = made.answers.astype(float).mean(axis=1)
    groups = means.groupby(made.frame["klaster"])
    within = ((means - groups.transform("mean")) ** 2).sum() / (2000 - 50)
    between = (groups.size() * (groups.mean() - means.mean()) ** 2).sum() / 49
    assert (between - within) / (between + 39 * within) == pytest.approx(0.2, abs=0.01)
    assert made.icc == pytest.approx(0.2, abs=0.01)


def test_answers_are_missing_as_asked_and_nobody_is_silent():
    made = synthetic(500, 80, missing=0.3)
    assert made.answers.isna().mean().mean() == pytest.approx(0.3, abs=0.03)
    assert made.answers.notna().any(axis=1).all()
    assert not synthetic(50, 80, missing=0).answers.isna().any(axis=None)


def test_elements_that_are_not_asked_are_not_there():
    made = synthetic(300, 85.25, unsur=["U9", "U1", "U2"])
    assert list(made.answers) == ["U1", "U2", "U9"]
    assert made.rounded == Decimal("85.25")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "sav", "zsav"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_label_is_in_every_file_and_comes_back_with_it(ending, language, tmp_path):
    with use(language):
        made = synthetic(60, 80, seed=9)
        path = tmp_path / f"latihan.{ending}"
        made.write(path)
        survey = read(path)
    assert survey.synthetic
    assert ("sintetis" if language == "id" else "synthetic") in survey.hints[0]
    assert survey.answers.astype(float).to_numpy() == pytest.approx(made.answers.astype(float).to_numpy(), nan_ok=True)
    assert all(mapped.sure for mapped in survey.mapping)
    code, out, err = mutu("skm", "score", str(path), "--json", "--lang", language)
    assert code == 0
    assert "sint" in json.loads(out)["hints"][0].lower() or "synth" in json.loads(out)["hints"][0].lower()
    assert err.startswith(json.loads(out)["hints"][0])


def test_the_label_survives_what_pandas_writes_and_what_is_taken_out_of_the_frame(tmp_path):
    made = synthetic(40, 80)
    label = made.frame["sintetis"].unique().tolist()
    assert len(label) == 1
    made.frame.to_csv(tmp_path / "a.csv", index=False)
    made.frame.to_parquet(tmp_path / "a.parquet")
    made.frame.head(5).to_excel(tmp_path / "a.xlsx", index=False)
    assert read(tmp_path / "a.csv").synthetic
    assert read(tmp_path / "a.xlsx").synthetic
    assert pd.read_parquet(tmp_path / "a.parquet")["sintetis"].unique().tolist() == label
    assert made.answers.attrs["sintetis"] == made.profile.attrs["sintetis"] == label[0]
    assert made.profile["sintetis"].unique().tolist() == label


def test_titles_of_files_say_it_too(tmp_path):
    made = synthetic(40, 80)
    made.write(tmp_path / "a.sav")
    made.write(tmp_path / "a.xlsx")
    assert pyreadstat.read_sav(tmp_path / "a.sav")[1].file_label.startswith("Synthetic data")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["synthetic data"]


def test_the_survey_for_reports_says_that_nobody_was_asked():
    survey = synthetic(80, 80, seed=3).survey()
    assert survey.synthetic
    assert survey.hints[0].startswith("These answers are synthetic")
    assert "not answers of people" in survey.hints[1]
    assert skm.score(survey.answers).n == 80


def test_the_result_says_what_it_is_in_words_table_and_json():
    made = synthetic(100, 80, seed=5)
    assert made.sentence().startswith("Synthetic data made by a computer (seed 5), not answers of people: 100")
    assert [row["Synthetic data"] for row in made.rows()] == ["Index (IKM)", "Mean correlation between elements"]
    assert json.loads(json.dumps(made.as_json()))["synthetic"] is True
    assert float(made) == float(made.ikm)


def test_a_real_survey_is_not_taken_for_a_synthetic_one(tmp_path):
    path = tmp_path / "survei.csv"
    synthetic(30, 80).frame.drop(columns="sintetis").assign(layanan="rumput sintetis").to_csv(path, index=False)
    assert not read(path).synthetic


def _book(path, *, above="", sheet="Jawaban", title=None):
    book = openpyxl.Workbook()
    book.active.title, book.properties.title = sheet, title
    if above:
        book.active.append([above])
        book.active.append([])
    for row in ([f"U{number}" for number in range(1, 10)], *[[4, 3, 3, 4, 3, 4, 3, 2, 3]] * 12):
        book.active.append(row)
    book.save(path)
    return read(path)


@pytest.mark.parametrize(
    "place",
    [
        {"above": "DATA SINTETIS: dibuat program, bukan survei nyata."},
        {"above": "Survei 2026 (synthetic data)"},
        {"sheet": "Data sintetis"},
        {"title": "Latihan – DATA SINTETIS"},
    ],
)
def test_a_file_that_calls_its_data_synthetic_is_taken_at_its_word(tmp_path, place):
    survey = _book(tmp_path / "a.xlsx", **place)
    assert survey.synthetic
    assert "synthetic" in survey.hints[0]


@pytest.mark.parametrize(
    "place", [{}, {"above": "Ini bukan data sintetis"}, {"above": "Lapangan rumput sintetis"}, {"title": "Survei 2026"}]
)
def test_a_file_that_does_not_say_so_is_one_of_people(tmp_path, place):
    assert not _book(tmp_path / "a.xlsx", **place).synthetic


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"n": 9}, "at least 10"),
        ({"n": 30.5}, "whole number"),
        ({"index": 24.9}, "between 25 and 100"),
        ({"index": float("nan")}, "between 25 and 100"),
        ({"seed": -1}, "the seed"),
        ({"correlation": 1}, "the correlation"),
        ({"missing": 0.8}, "missing"),
        ({"unsur": ["U10"]}, "U10"),
        ({"unsur": []}, "U1, U2"),
        ({"clusters": 1}, "at least 2"),
        ({"clusters": 40}, "two respondents each"),
        ({"clusters": 5, "icc": 2}, "intraclass"),
        ({"gaps": {"agama": {"x": 3}}}, "agama"),
        ({"gaps": {"layanan": {"Layanan Z": 3}}}, "Layanan Z"),
        ({"gaps": {"layanan": {"Layanan A": 300}}}, "the gap"),
        ({"groups": {"layanan": {"a": -1, "b": 2}}}, "shares of layanan"),
        ({"groups": {"layanan": {}}}, "shares of layanan"),
        ({"groups": {"layanan": {"a": 0.5, "b": 0.6}}}, "sum to 1.1, not to 1"),
        ({"groups": {"layanan": {"a": 40, "b": 60}}}, "sum to 100, not to 1"),
        ({"unsur": ["U1", "U2", "U1"]}, "U1 stands more than once"),
    ],
)
def test_what_cannot_be_made_gets_a_sentence(given, said):
    with pytest.raises(SettingError, match=said):
        synthetic(**({"n": 50, "index": 80} | given))


def test_a_file_of_another_kind_gets_a_sentence(tmp_path):
    with pytest.raises(SettingError, match=r"\.csv, \.xlsx or \.sav"):
        synthetic(20, 80).write(tmp_path / "latihan.txt")

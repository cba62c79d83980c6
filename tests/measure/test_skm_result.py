"""A result shows itself: sentence, table, HTML and JSON, in both languages."""

import json
import pickle

import pandas as pd
import polars as pl
import pytest

from mutu.locale import use
from mutu.measure import skm

DESIGN = ["regulation", "weights", "n", "ikm", "mutu", "kinerja", "interval", "method", "unsur", "groups"]
DESIGN_UNSUR = ["kode", "nama", "n", "nrr", "nrr_tertimbang", "indeks", "interval"]
DESIGN_GROUP = ["column", "value", "n", "ikm", "mutu", "interval", "suppressed"]


@pytest.fixture
def result(case):
    _, columns = case("twenty-nine-respondents")
    return skm.score(pd.DataFrame(columns), by={"layanan": ["KTP"] * 25 + ["KK"] * 4})


def test_the_json_has_the_keys_others_rely_on_and_survives_json(result):
    document = json.loads(json.dumps(result.as_json(), allow_nan=False))
    assert [key for key in DESIGN if key not in document] == []
    assert [key for key in DESIGN_UNSUR if key not in document["unsur"][0]] == []
    assert list(document["groups"][0]) == DESIGN_GROUP
    assert set(document["interval"]) == {"level", "low", "high"}
    assert document["regulation"] == "Permenpan RB 14/2017"
    assert (document["ikm"], document["mutu"], document["kinerja"]) == (91.48, "A", "Sangat baik")


def test_the_sentence_follows_the_language(result):
    assert result.sentence().startswith("IKM 91,48, mutu pelayanan A (sangat baik), n = 29; selang kepercayaan 95%")
    with use("en"):
        assert result.sentence().startswith("IKM 91.48, grade A (very good), n = 29; 95% confidence interval")


def test_the_weight_the_scale_and_missing_answers_are_named(case):
    _, columns = case("twenty-nine-respondents")
    assert "bobot cetak 0,11" in skm.score(pd.DataFrame(columns), weights="0.11").sentence()
    assert "1 sampai 5" in skm.score(pl.DataFrame({"U1": [5, 1]}), scale=(1, 5)).sentence()
    assert (
        "25,0% jawaban kosong atau tidak dihitung"
        in skm.score(pl.DataFrame({"U1": [4, 3], "U3": [None, 1]})).sentence()
    )


def test_the_table_ends_in_the_index(result):
    rows = result.rows()
    assert len(rows) == 10
    assert (rows[0]["Unsur"], rows[0]["NRR"]) == ("Persyaratan", "3,621")
    assert (rows[-1]["Unsur"], rows[-1]["Indeks"], rows[-1]["Mutu"]) == ("IKM", "91,48", "A")
    with use("en"):
        assert result.rows()[0]["Element"] == "Requirements"


def test_the_html_is_a_table_with_the_sentence_above(result):
    shown = result._repr_html_()
    assert "91,48" in shown
    assert [len(table) for table in result.tables()] == [10, len(result.groups)]
    assert shown.count("<tr>") == 10 + 1 + len(result.groups) + 1


def test_a_result_survives_a_process_boundary(result):
    again = pickle.loads(pickle.dumps(result))  # noqa: S301
    assert again == result
    assert again.difference("U1", "U2") == result.difference("U1", "U2")


def test_a_result_cannot_be_changed(result):
    with pytest.raises(AttributeError):
        result.ikm = 100
    assert float(result) == pytest.approx(91.475, abs=0.001)

"""Decisions about rows with signs: kept with who, when and why, read again, and never made by the program."""

import json
from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pytest
from result_kit import shows_itself

from mutu.errors import InputError, SettingError
from mutu.locale import use
from mutu.measure import quality, skm

NAMES = [f"U{each}" for each in range(1, 10)]


@pytest.fixture(scope="module")
def columns():
    rng = np.random.default_rng(1)
    given = rng.choice([1, 2, 3, 4], (96, 9), p=[0.05, 0.15, 0.5, 0.3])
    given[90:] = 4
    return {name: column.tolist() for name, column in zip(NAMES, given.T, strict=True)}


@pytest.fixture(scope="module")
def found(columns):
    return quality.signs(pl.DataFrame(columns))


def decided(found, rows=("91", "92"), keep=False, reason="petugas loket mengaku", by="kasi data"):
    return quality.decide(found, rows, keep=keep, by=by, reason=reason, on=date(2026, 4, 1))


def test_nothing_is_left_out_before_somebody_decides(columns, found):
    assert found.named == ("91", "92", "93", "94", "95", "96")
    log = decided(found, rows=["93"], keep=True, reason="ditelepon, benar pengguna layanan")
    assert log.left_out == ()
    result = quality.score(pl.DataFrame(columns), log)
    assert result.counted.ikm == result.everybody.ikm == skm.score(pl.DataFrame(columns)).ikm
    with use("en"):
        assert result.sentence().startswith("Nobody was left out by decision; the IKM is")


def test_a_log_shows_itself(found):
    log = quality.decide(
        decided(found), ["91"], keep=True, by="kepala unit", reason="ternyata benar", on=date(2026, 4, 2)
    )
    shows_itself(log)
    assert (float(log), log.n) == (1, 2)
    with use("en"):
        assert log.sentence() == "Decided about 2 rows: 1 left out, 1 kept; by kasi data, kepala unit."
        assert log.rows()[2]["Decision"] == "kept"
        assert quality.Decisions(log.items, None, log.fingerprint).sentence().startswith("Nothing has been decided")


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("umur", [17 + place % 50 for place in range(96)]),
        ("detik", [200] * 95 + [5]),
        ("skor", [3.5] + [3] * 95),
        ("nomor", list(range(1, 97))),
        ("tahun", [2026] * 96),
    ],
)
def test_a_column_that_is_no_question_is_not_taken_for_one(columns, name, cells):
    frame = pl.DataFrame({name: cells, **columns})
    with use("en"), pytest.raises(InputError, match=f"The column {name} holds .* does not look like a question"):
        quality.signs(frame)
    assert quality.signs(frame, NAMES) == quality.signs(pl.DataFrame(columns))


def test_a_scale_from_0_to_10_is_one_of_answers():
    rng = np.random.default_rng(3)
    assert quality.signs(pl.DataFrame(rng.integers(0, 11, (60, 5)), schema=NAMES[:5])).items == tuple(NAMES[:5])


def test_a_log_says_who_when_and_why_and_is_read_again(found):
    log = decided(found)
    entry = log.entries[0]
    assert (entry.row, entry.keep, entry.by, entry.on, entry.reason, entry.signs) == (
        "91",
        False,
        "kasi data",
        "2026-04-01",
        "petugas loket mengaku",
        ("straight",),
    )
    again = quality.Decisions.from_json(json.loads(json.dumps(log.as_json())))
    assert again == log
    assert log.undecided(found) == ("93", "94", "95", "96")


def test_the_last_decision_holds_and_the_earlier_ones_stay(found):
    log = decided(found)
    changed = decided(log, rows=["91"], keep=True, reason="ternyata pengguna layanan")
    assert log.left_out == ("91", "92")
    assert changed.left_out == ("92",)
    assert [entry.keep for entry in changed.entries if entry.row == "91"] == [False, True]
    assert changed.entries[-1].signs == ("straight",)


def test_every_kind_of_frame_is_scored_alike(make, columns, found):
    result = quality.score(make(columns), decided(found, rows=found.named))
    kept = {name: column[:90] for name, column in columns.items()}
    assert result.counted.ikm == skm.score(pl.DataFrame(kept)).ikm
    assert result.everybody.ikm == skm.score(pl.DataFrame(columns)).ikm
    assert result.counted.interval == skm.score(pl.DataFrame(kept)).interval


def test_groups_weights_and_clusters_are_handed_on(columns, found):
    frame = pd.DataFrame(columns).assign(
        layanan=["KTP", "KK", "akta"] * 32, loket=[f"loket {each % 8}" for each in range(96)]
    )
    result = quality.score(frame, decided(found), by=["layanan"], weights="0.11", cluster="loket")
    assert sum(group.n for group in result.counted.groups) == 94
    assert result.counted.convention.code == "0.11"
    assert result.everybody.interval != skm.score(pl.DataFrame(columns), weights="0.11").interval


def test_a_log_fits_no_other_answers(columns, found):
    log = decided(found)
    other = pd.DataFrame(columns).iloc[::-1]
    with pytest.raises(InputError, match="made for other answers"):
        quality.score(other, log)
    changed = pd.DataFrame(columns)
    changed.loc[0, "U1"] = 1 if columns["U1"][0] != 1 else 2
    with pytest.raises(InputError, match="made for other answers"):
        quality.score(changed, log)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"by": " "}, "who decides"), ({"reason": ""}, "a reason"), ({"rows": []}, "needs rows")],
)
def test_a_decision_without_who_why_or_rows_is_refused(found, change, said):
    with pytest.raises(SettingError, match=said):
        decided(found, **change)


def test_rows_that_are_not_there_are_refused(columns, found):
    with pytest.raises(InputError, match="There is no row 97"):
        decided(found, rows=["97"])
    log = decided(decided(found), rows=["97"])
    with pytest.raises(InputError, match="decides on rows 97"):
        quality.score(pl.DataFrame(columns), log)


def test_leaving_out_everybody_is_refused(columns, found):
    log = decided(found, rows=range(1, 97))
    with pytest.raises(InputError, match="leaves out every respondent"):
        quality.score(pl.DataFrame(columns), log)


@pytest.mark.parametrize(
    ("cells", "said"), [([None, *"abc" * 32][:96], "Row 1 has nothing"), (list("ab" * 48), "a, b stand")]
)
def test_a_key_names_every_row_once(columns, cells, said):
    with pytest.raises(InputError, match=said):
        quality.signs(pd.DataFrame(columns).assign(id=cells), key="id")


@pytest.mark.parametrize("content", [{}, {"version": 1, "items": [], "key": None}, {"version": 1, "items": None}])
def test_another_json_is_no_log(content):
    with pytest.raises(InputError, match="no log of decisions"):
        quality.Decisions.from_json(content)


def test_a_log_of_a_newer_mutu_is_named(found):
    with pytest.raises(InputError, match="newer mutu"):
        quality.Decisions.from_json({**decided(found).as_json(), "version": 2})

"""The index of many units at once: the same numbers as each unit scored alone, on every kind of frame."""

import math
import random

import dask.dataframe
import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats

from mutu.errors import AnswerError, InputError, ScaleError
from mutu.locale import use
from mutu.measure import skm

KODES = ["U1", "U2", "U3.1", "U3.2", "U4"]


def national(seed=1, sizes=(40, 7, 90, 12, 25), missing=0.1):
    """Units that differ in size and in what they asked."""
    chance = random.Random(seed)
    rows = {"unit": [], **{kode: [] for kode in KODES}}
    for unit, size in enumerate(sizes):
        for _ in range(size):
            mood = chance.gauss(3 + unit / 10, 0.7)
            rows["unit"].append(unit)
            for kode in KODES:
                asked = not (kode == "U4" and unit == 1) and not (kode == "U3.2" and unit == 2)
                answer = min(4, max(1, round(chance.gauss(mood, 0.6))))
                rows[kode].append(answer if asked and chance.random() >= missing else None)
    return rows


def alone(rows, unit, **options):
    frame = pl.DataFrame(rows).filter(pl.col("unit") == unit).drop("unit")
    return skm.score(frame, **options)


def assert_same(found, rows, **options):
    low, high = found.interval
    for place, name in enumerate(found.names):
        single = alone(rows, int(name), **options)
        assert found.n[place] == single.n
        assert found.ikm[place] == float(single.rounded)
        assert found.units.ikm[place] == pytest.approx(float(single.ikm))
        assert found.mutu[place] == single.mutu
        assert (low[place], high[place]) == pytest.approx(single.interval[:2])


def test_each_unit_has_the_numbers_it_has_alone_on_every_frame(make):
    rows = national()
    assert_same(skm.units(make(rows), "unit"), rows)


def test_a_dask_frame_of_several_parts_gives_them_too():
    rows = national()
    frame = dask.dataframe.from_pandas(pd.DataFrame(rows), npartitions=3)
    assert_same(skm.units(frame, "unit"), rows)


def test_another_scale_is_converted_as_in_the_index():
    rows = national(missing=0)
    assert_same(skm.units(pl.DataFrame(rows).lazy(), "unit", scale=(1, 6)), rows, scale=(1, 6))


def test_a_tie_is_rounded_up_as_the_exact_fraction_is():
    # 369 points from 40 people and one element each way: 25 * 369 / (40 * 9) = 25.625, published as 25.63
    answers = {f"U{q}": [1] * 40 for q in range(1, 10)}
    answers["U1"] = [2] * 9 + [1] * 31
    found = skm.units(pl.DataFrame({"unit": ["kota"] * 40, **answers}), "unit")
    assert found.ikm.tolist() == [25.63]


def test_alike_answers_and_single_respondents_are_as_in_the_index():
    rows = {"unit": [0] * 6 + [1] * 5, **{kode: [3] * 6 + [4, 3, 4, 4, 4] for kode in KODES}}
    assert_same(skm.units(pl.DataFrame(rows), "unit"), rows)
    one = skm.units(pl.DataFrame({"unit": [1, 2, 2], "U1": [4, 3, 4]}), "unit", min_group=None)
    assert np.isnan(one.interval[0]).all()
    assert one.agency.single == 1


def test_small_units_are_withheld_and_cannot_be_found_by_subtraction():
    rows = national(sizes=(40, 3, 90, 12, 25))
    found = skm.units(pl.DataFrame(rows), "unit")
    assert found.mutu[1] is None
    assert np.isnan(found.ikm[1])
    assert found.shown.tolist() == [True, False, True, False, True]  # the next smallest with it
    assert [row["n"] for row in found.rows()] == ["40", "< 5", "90", "–", "25"]
    assert [part["suppressed"] for part in found.as_json()["units"]] == [False, True, False, True, False]
    assert found.agency.mean_of_units.units == 5


def test_the_agency_is_the_mean_of_units_and_the_respondent_weighted_mean():
    rows = national()
    found = skm.units(pl.DataFrame(rows), "unit").agency
    singles = [alone(rows, unit) for unit in range(5)]
    each, n = [float(single.ikm) for single in singles], [single.n for single in singles]
    assert found.mean_of_units.value == pytest.approx(np.mean(each))
    assert found.weighted.value == pytest.approx(np.average(each, weights=n))
    se = math.sqrt(sum(single.se**2 for single in singles)) / 5
    freedom = (5 * se) ** 4 / sum(single.se**4 / (single.n - 1) for single in singles)
    wide = 2 * stats.t.ppf(0.975, freedom) * se
    within = found.mean_of_units.interval
    assert within.high - within.low == pytest.approx(wide, rel=0.05)  # skewness widens it a little
    again = skm.agency({str(unit): single for unit, single in enumerate(singles)})
    assert again.mean_of_units.interval == pytest.approx(found.mean_of_units.interval)
    assert again.weighted.interval == pytest.approx(found.weighted.interval)


def test_the_agencys_interval_holds_about_95_times_in_100():
    chance = np.random.default_rng(5)
    shares = np.array([[0.05, 0.15, 0.5, 0.3], [0.02, 0.08, 0.3, 0.6], [0.01, 0.04, 0.15, 0.8]])
    sizes = [12, 30, 80]
    truth = 25 * np.mean(shares @ np.arange(1, 5))
    hits = 0
    for _ in range(400):
        units = np.repeat([0, 1, 2], sizes)
        answers = np.concatenate(
            [chance.choice([1, 2, 3, 4], size, p=p) for size, p in zip(sizes, shares, strict=True)]
        )
        found = skm.units(pl.DataFrame({"unit": units, "U1": answers}), "unit").agency.mean_of_units.interval
        hits += found.low <= truth <= found.high
    assert 0.92 <= hits / 400 <= 0.985


def test_the_sentence_counts_grades_and_names_both_ways():
    found = skm.units(pl.DataFrame(national()), "unit")
    with use("en"):
        assert "Mean of the units: IKM" in found.sentence()
        assert "Weighted by respondents: IKM" in found.sentence()
    assert "Rata-rata unit: IKM" in found.sentence()
    assert "Tertimbang menurut responden: IKM" in found.agency.sentence()
    assert len(found.agency.rows()) == 2
    assert set(found.agency.as_json()) == {"units", "n", "mean_of_units", "weighted", "single", "method"}


@pytest.mark.parametrize(
    ("damage", "error", "says"),
    [
        (lambda r: r["U2"].__setitem__(3, 5), ScaleError, "U2 holds 5 in unit «0»"),
        (lambda r: r["U2"].__setitem__(3, 0), ScaleError, "U2 holds 0 in unit «0»"),
        (lambda r: r["U1"].__setitem__(3, 2.5), AnswerError, "U1 holds 2.5 in unit «0»"),
        (lambda r: r["U1"].__setitem__(3, math.inf), ScaleError, "U1 holds inf"),
        (lambda r: r["unit"].__setitem__(3, None), InputError, "have no unit"),
        (lambda r: r.update(dict.fromkeys(KODES, [None] * 174)), (InputError, AnswerError), "U"),
        (lambda r: r.update(U5=["baik"] * 174), AnswerError, "U5 holds text"),
        (lambda r: r.update(lain=[1] * 174), InputError, "«lain» is not an element"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lazy", [False, True])
def test_wrong_input_is_said_with_column_and_unit(damage, error, says, lazy):
    rows = national()
    damage(rows)
    frame = pl.DataFrame(rows, strict=False)
    with pytest.raises(error, match=says):
        skm.units(frame.lazy() if lazy else frame, "unit")


def test_a_frame_without_the_unit_and_an_agency_without_units_are_refused():
    with pytest.raises(InputError, match="«kantor»"):
        skm.units(pl.DataFrame(national()), "kantor")
    with pytest.raises(InputError, match="at least one unit"):
        skm.agency({})

"""Post-stratified and raked weights and response rates agree with R, with svy, and with a second way."""

import math
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st
from published import agrees
from result_kit import shows_itself
from scipy.optimize import minimize

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure.estimation import mean, nonresponse, poststratify, rake, total

CASES = Path(__file__).parent / "cases"
TYPES = {"E": 4421, "H": 755, "M": 1018}
WIDE = {"No": 1072, "Yes": 5122}


@pytest.fixture(scope="module")
def schools():
    return pl.read_csv(CASES / "api-clus1.csv")


# --- weights -----------------------------------------------------------------------------------------------------


def test_weights_as_in_r_survey_example_poststratify(schools):
    source = "R survey 4.1-1, example(postStratify): weights(dclus1p)"
    weights = poststratify(schools, "stype", TYPES, weight="pw").attach(schools)["weight"].unique().sort()
    for name, published, ours in zip("EMH", ("30.70138889", "40.72000000", "53.92857143"), weights, strict=True):
        agrees(f"estimation.poststratify, weight of {name}", source, published, ours)


def test_weights_as_r_survey_rakes_them(schools):
    source = "R survey 4.1-1, example(rake): weights(calibrate(dclus1, calfun = raking)), epsilon 1e-12"
    published = ("29.87067549", "36.79102486", "39.83923625", "49.06907216", "50.32940112", "67.12552924")
    found = rake(schools, {"stype": TYPES, "sch.wide": WIDE}, weight="pw")
    for place, (theirs, ours) in enumerate(
        zip(published, found.attach(schools)["weight"].unique().sort(), strict=True)
    ):
        agrees(
            f"estimation.rake, weight {place + 1} of 6", source, theirs, ours, within=2e-8
        )  # both stop before the end
    assert found.converged
    assert found.total == pytest.approx(6194)


def people(seed, n=300):
    rng = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "sex": rng.choice(["L", "P"], n, p=[0.35, 0.65]),
            "age": rng.choice(["<30", "30-50", ">50"], n, p=[0.5, 0.4, 0.1]),
            "region": rng.integers(1, 5, n),
            "w": rng.uniform(0.5, 3, n).round(1),
            "x": rng.integers(1, 5, n).astype(float),
        }
    )


MARGINS = {
    "sex": {"L": 5000, "P": 5000},
    "age": {"<30": 3000, "30-50": 4000, ">50": 3000},
    "region": {1: 1000, 2: 4000, 3: 2000, 4: 3000},
}


@pytest.mark.parametrize("seed", range(3))
def test_raking_agrees_with_svy(seed):
    sample = people(seed)
    controls = {name: {str(key): value for key, value in each.items()} for name, each in MARGINS.items()}
    texts = sample.with_columns(pl.col("region").cast(pl.String))
    other = svy.Sample(texts, svy.Design(wgt="w")).weighting.rake(controls=controls, tol=1e-12, max_iter=1000)
    found = rake(sample, MARGINS, weight="w").attach(sample, "ours")["ours"]
    assert found.to_numpy() == pytest.approx(other.data["rk_wgt"].to_numpy(), rel=1e-6)


def test_capped_weights_are_the_nearest_ones_that_agree_with_the_margins():
    """The second way: minimise the raking distance Σ w log(w ÷ d) - w under margins and cap, with a general solver."""
    sample = people(5, 60).with_columns(w=pl.lit(1.0))
    margins = {"sex": {"L": 30, "P": 30}, "age": {"<30": 20, "30-50": 22, ">50": 18}}
    found = rake(sample, margins, trim=3.2)
    assert found.converged
    assert found.largest == pytest.approx(3.2)
    assert found.capped > 0
    ours = found.attach(sample, "ours")["ours"].to_numpy()
    inside = [(sample[name] == key).to_numpy() for name, each in margins.items() for key in each]
    wanted = [value for each in margins.values() for value in each.values()]
    limits = [
        {"type": "eq", "fun": lambda w, rows=rows, value=value: w[rows].sum() - value}
        for rows, value in zip(inside[:-1], wanted[:-1], strict=True)
    ]
    best = minimize(
        lambda w: (w * np.log(w) - w).sum(),
        np.ones(60),
        jac=np.log,
        bounds=[(1e-6, 3.2)] * 60,
        constraints=limits,
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert ours == pytest.approx(best.x, abs=1e-4)


@given(st.integers(0, 10_000), st.sampled_from([None, 4.0]))
@settings(max_examples=25, deadline=None)
def test_weights_agree_with_every_margin_or_say_that_they_do_not(seed, trim):
    sample = people(seed, 150)
    found = rake(sample, MARGINS, weight="w", trim=trim)
    weighted = found.attach(sample, "ours")
    for margin, known in zip(found.margins, MARGINS.values(), strict=True):
        sums = dict(weighted.group_by(margin.columns[0]).agg(pl.col("ours").sum()).iter_rows())
        shares = [sums[key] / sum(sums.values()) for key in known]
        assert shares == pytest.approx(margin.after, abs=1e-9)
        if found.converged:
            assert shares == pytest.approx([value / 10_000 for value in known.values()], abs=1e-9)
    weights = weighted["ours"].to_numpy()
    assert found.effect == pytest.approx(len(weights) * (weights**2).sum() / weights.sum() ** 2)
    if trim is not None:
        assert weights.max() <= trim * 10_000 / 150 * (1 + 1e-9)


def test_margins_of_several_columns_and_shares():
    sample = people(1)
    joint = {
        ("L", "<30"): 20,
        ("L", "30-50"): 20,
        ("L", ">50"): 10,
        ("P", "<30"): 20,
        ("P", "30-50"): 20,
        ("P", ">50"): 10,
    }
    found = poststratify(sample, ("sex", "age"), joint)
    assert found.total == pytest.approx(300)
    assert found.margins[0].after == pytest.approx([0.2, 0.2, 0.1, 0.2, 0.2, 0.1])
    both = rake(sample, {("sex", "age"): joint, "region": {1: 0.1, 2: 0.4, 3: 0.2, 4: 0.3}})
    assert both.converged
    assert sum(both.attach(sample)["weight"]) == pytest.approx(300)


def test_margins_that_cannot_agree_are_said():
    sample = pl.DataFrame({"a": ["x", "x", "y", "y"], "b": ["u", "u", "v", "v"]})
    found = rake(sample, {"a": {"x": 50, "y": 50}, "b": {"u": 90, "v": 10}}, rounds=50)
    assert not found.converged
    assert found.rounds == 50
    with use("en"):
        assert "do not agree yet" in found.sentence()
    forever = rake(sample, {"a": {"x": 50, "y": 50}, "b": {"u": 90, "v": 10}})
    assert forever.miss == pytest.approx(found.miss, abs=0.3)
    assert math.isfinite(forever.effect)
    tight = rake(people(2), MARGINS, trim=1.2, rounds=100)
    assert not tight.converged
    assert tight.capped > 0


KINDS = {
    "pandas": lambda frame: frame.to_pandas(),
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "pyarrow": lambda frame: frame.to_arrow(),
    "duckdb": lambda frame: duckdb.connect().from_arrow(frame.to_arrow()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_frames_of_every_kind_get_the_same_weights_in_their_own_kind(kind):
    sample = people(4, 80)
    frame = KINDS[kind](sample)
    found = rake(frame, MARGINS, weight="w", trim=6)
    expected = rake(sample, MARGINS, weight="w", trim=6).attach(sample)["weight"].to_list()
    attached = found.attach(frame)
    assert type(attached) is type(frame)
    if kind == "polars lazy":
        attached = attached.collect()
    weights = attached.fetchnumpy()["weight"] if kind == "duckdb" else np.asarray(attached["weight"])
    assert weights == pytest.approx(expected, rel=1e-9)
    assert float(mean(frame, "x", weight=found)) == pytest.approx(float(mean(attached, "x", weight="weight")))


def test_the_base_weights_matter_and_the_frame_stays_as_it_is():
    sample = people(4, 80).to_pandas()
    before = sample.copy()
    found = poststratify(sample, "sex", {"L": 1, "P": 1}, weight="w")
    assert found.attach(sample)["weight"].iloc[0] / found.attach(sample)["weight"].iloc[1] != 1
    pd.testing.assert_frame_equal(sample, before)
    with pytest.raises(InputError):
        found.attach(sample, "w")


@pytest.mark.parametrize(
    ("sample", "margins", "options", "error", "named"),
    [
        ({"a": ["x", "y"]}, {"a": {"x": 5, "y": 5, "z": 2}}, {}, InputError, "Nobody in the sample belongs to z of a"),
        ({"a": ["x", "y", "z"]}, {"a": {"x": 5, "y": 5}}, {}, InputError, "how many belong to z"),
        ({"a": ["x", "y"]}, {"a": {"x": 5, "y": -5}}, {}, SettingError, "population of y"),
        ({"a": ["x", "y"]}, {"a": {"x": 5, "y": 0}}, {}, SettingError, "population of y"),
        ({"a": ["x", None]}, {"a": {"x": 5}}, {}, InputError, "empty for 1"),
        ({"a": []}, {"a": {"x": 5}}, {}, InputError, "1 rows"),
        ({"a": ["x", "y"]}, {}, {}, SettingError, "no margin"),
        ({"a": ["x", "y"]}, {"b": {"x": 5}}, {}, InputError, "no column «b»"),
        ({"a": ["x", "y"], "b": [1, 2]}, {"a": {"x": 5, "y": 5}, "b": {1: 9, 2: 9}}, {}, InputError, "adds up to 10"),
        ({"a": ["x", "y"], "w": [1, None]}, {"a": {"x": 5, "y": 5}}, {"weight": "w"}, AnswerError, "weight"),
        ({"a": ["x", "y"], "w": [1, -1]}, {"a": {"x": 5, "y": 5}}, {"weight": "w"}, AnswerError, "-1"),
        ({"a": ["x", "y"], "w": [0, 0]}, {"a": {"x": 5, "y": 5}}, {"weight": "w"}, InputError, "sum to zero"),
        ({"a": ["x", "y"], "w": ["a", "b"]}, {"a": {"x": 5, "y": 5}}, {"weight": "w"}, AnswerError, "«a»"),
        ({"a": ["x", "y"]}, {"a": {"x": 5, "y": 5}}, {"trim": 1}, SettingError, "trim"),
        ({"a": ["x", "y"]}, {"a": {"x": 5, "y": 5}}, {"rounds": 0}, SettingError, "rounds"),
    ],
)
def test_margins_of_nonsense_are_refused_with_a_sentence(sample, margins, options, error, named):
    with use("en"), pytest.raises(error, match=named):
        rake(pl.DataFrame(sample, strict=False), margins, **options)


def test_weights_do_not_fit_another_sample_silently():
    found = poststratify(people(1), "sex", {"L": 1, "P": 1})
    other = pl.DataFrame({"sex": ["L", "X", "P"], "x": [1.0, 2, 3]})
    with pytest.raises(AnswerError):
        total(other, "x", weight=found)


# --- response ----------------------------------------------------------------------------------------------------


def test_groups_differ_as_in_r_example_chisq_test():
    source = "R, example(chisq.test): Agresti (2007), p. 39"
    table = pl.DataFrame({"party": ["D", "I", "R"], "men": [762, 327, 468], "all": [762 + 484, 327 + 239, 468 + 477]})
    found = nonresponse(table, "party", invited="all", answered="men")
    agrees("estimation.nonresponse, chi-square", source, "30.070149", found.chi_square)
    agrees("estimation.nonresponse, p", source, "0.0000002953589", found.p)
    assert found.freedom == 2


TABLE = {"g": ["a", "b", "c"], "invited": [200, 100, 100], "reached": [180, 90, 60], "answered": [120, 70, 30]}


def test_rates_intervals_and_weights_of_a_group():
    found = nonresponse(pl.DataFrame(TABLE), "g", invited="invited", reached="reached", answered="answered")
    first = found.groups[0]
    assert (first.rate, first.cooperation) == (0.6, 120 / 180)
    assert float(found) == 220 / 400
    for group in found.groups:
        assert group.adjustment * group.answered == pytest.approx(group.invited * 220 / 400)
    assert sum(g.adjustment * g.answered for g in found.groups) == pytest.approx(found.answered)
    centre = (0.6 + 1.959964**2 / 400) / (1 + 1.959964**2 / 200)
    assert sum(first.interval[:2]) / 2 == pytest.approx(centre, abs=1e-6)
    with use("en"):
        assert "from 30.0% (c) to 70.0% (b)" in found.sentence()


def test_one_row_a_person_gives_the_same_as_counts():
    rows = [(g, 1, int(i < r), int(i < a)) for g, n, r, a in zip(*TABLE.values(), strict=True) for i in range(n)]
    people_ = pl.DataFrame(rows, schema=list(TABLE), orient="row")
    options = {"invited": "invited", "reached": "reached", "answered": "answered"}
    assert nonresponse(people_, "g", **options) == nonresponse(pl.DataFrame(TABLE), "g", **options)


@pytest.mark.parametrize(
    "make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame, pa.table, lambda t: duckdb.connect().from_arrow(pa.table(t))]
)
def test_tables_of_every_kind_give_the_same_response(make):
    options = {"invited": "invited", "answered": "answered"}
    assert nonresponse(make(TABLE), "g", **options) == nonresponse(pl.DataFrame(TABLE), "g", **options)


def test_silent_and_small_groups_are_said():
    table = pl.DataFrame({"g": ["a", "b"], "invited": [20, 4], "answered": [9, 0]})
    found = nonresponse(table, "g", invited="invited", answered="answered")
    assert found.groups[1].adjustment is None
    assert found.p is None
    with use("en"):
        assert "Nobody answered in b" in found.sentence()
        assert "too small to tell" in found.sentence()
    alike = nonresponse(pl.DataFrame({"g": ["a", "b"], "n": [100, 100], "k": [50, 52]}), "g", invited="n", answered="k")
    with use("en"):
        assert "answer alike" in alike.sentence()


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ({"g": ["a"], "invited": [0], "answered": [0]}, InputError),
        ({"g": ["a"], "invited": [5], "answered": [6]}, InputError),
        ({"g": ["a"], "invited": [5], "answered": [-1]}, AnswerError),
        ({"g": ["a", "b"], "invited": [5, 5], "answered": [1.5, 2]}, AnswerError),
        ({"g": ["a", "b"], "invited": [5, None], "answered": [1, 2]}, AnswerError),
        ({"g": ["a", None], "invited": [5, 5], "answered": [1, 2]}, InputError),
        ({"g": ["a", "b"], "invited": ["lima", "5"], "answered": [1, 2]}, AnswerError),
        ({"g": ["a", "b"], "invited": [math.inf, 5], "answered": [1, 2]}, AnswerError),
        ({"g": [], "invited": [], "answered": []}, InputError),
    ],
)
def test_counts_of_nonsense_are_refused(table, error):
    with pytest.raises(error):
        nonresponse(pl.DataFrame(table, strict=False), "g", invited="invited", answered="answered")


RESULTS = [
    rake(people(1), MARGINS, weight="w", trim=5),
    poststratify(people(1), "sex", {"L": 50, "P": 50}),
    rake(people(2), MARGINS, trim=1.2, rounds=20),
    nonresponse(pl.DataFrame(TABLE), "g", invited="invited", reached="reached", answered="answered"),
    nonresponse(pl.DataFrame({"g": ["a"], "n": [9], "k": [4]}), "g", invited="n", answered="k"),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{type(result).__name__} {result.method}")
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)

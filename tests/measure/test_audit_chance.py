"""No honest survey is accused, and how often a wrong number would be explained by chance is said as it is."""

from __future__ import annotations

import math
import random
from collections import Counter
from statistics import mean

import polars as pl
import pytest
from audit_kit import frame, survey, written

from mutu.locale import use
from mutu.measure import skm
from mutu.measure.audit import explain

DRAWS = 300


@pytest.mark.parametrize("seed", range(200))
def test_an_honest_survey_agrees(seed):
    rows = survey(seed, n=5 + 2 * seed, missing=0.04 * (seed % 3), elements=9 - seed % 2)
    result = skm.score(pl.DataFrame(frame(rows)))
    found = explain(pl.DataFrame(frame(rows)), written(float(result.rounded), 2 - seed % 5 // 4), grade=result.mutu)

    assert (found.status, found.explanations, found.chance) == ("agrees", (), None)


def wrong(seed, digits):
    """A survey, and a wrong index within three points of its own."""
    rng = random.Random(10_000 + seed)
    rows = survey(seed, n=rng.randrange(20, 300), missing=rng.choice([0, 0.05]))
    right = skm.score(pl.DataFrame(frame(rows)))
    return pl.DataFrame(frame(rows)), written(min(100.0, float(right) + rng.uniform(-3, 3)), digits)


@pytest.mark.parametrize("digits", [2, 1])
def test_the_chance_said_is_how_often_random_wrong_numbers_are_explained(digits):
    count = Counter()
    single, any_ = [], []
    for seed in range(DRAWS):
        found = explain(*wrong(seed, digits))
        count[found.status, max((len(trial.causes) for trial in found.explanations), default=0)] += 1
        single.append(float(found.trials.chance(found.published, 1, loosely=False)))
        any_.append(float(found.trials.chance(found.published, 2, loosely=False)))
    explained = (count["explained", 1] + count["explained", 2]) / DRAWS

    assert abs(count["explained", 1] / DRAWS - mean(single)) < 4 * math.sqrt(mean(single) / DRAWS) + 0.01
    assert abs(explained - mean(any_)) < 4 * math.sqrt(mean(any_) / DRAWS) + 0.01
    if digits == 2:
        assert count["unexplained", 0] > 0.85 * DRAWS  # «none explains it» is the usual answer to an invented number


def test_an_explanation_that_many_numbers_would_have_says_so():
    told = Counter()
    for seed in range(DRAWS):
        found = explain(*wrong(seed, 1))
        if found.status == "explained":
            with use("en"):
                warns = "may be a coincidence" in found.sentence()
            assert warns == (found.chance >= 0.05), found.sentence()
            told[warns] += 1
    assert told[True] > 20


def test_a_number_that_nothing_explains_says_how_large_the_rest_is():
    found = next(audit for seed in range(50) if (audit := explain(*wrong(seed, 2))).status == "unexplained")
    said = found.as_json()

    assert said["explanations"] == []
    assert said["difference"] == pytest.approx(float(found.published.value) - float(found.ikm), abs=1e-4)
    with use("en"):
        assert "None of the" in found.sentence()
        assert "points away" in found.sentence()
        assert "same period" in found.sentence()


def test_ties_are_all_listed(case):
    _content, columns = case("twenty-nine-respondents")
    found = explain(pl.DataFrame(columns), "91,4")

    assert len(found.explanations) == 4
    assert {cause.stage for trial in found.explanations for cause in trial.causes} == {"weight", "round", "end"}
    with use("en"):
        assert "4 ways of computing give it" in found.sentence()
        assert "and 1 more" in found.sentence()
        assert "Use the weight" not in found.sentence()  # which of them it was is not known
    assert len(found.as_json()["explanations"]) == 4


def test_an_index_quoted_with_fewer_decimals_than_it_was_published_agrees():
    frame_ = pl.DataFrame({"U1": [4] * 70 + [3] * 931})  # 76.7483 is published as 76.75, and that is quoted as 76.8
    assert [explain(frame_, said).status for said in ("76,75", "76,7", "76,8")] == ["agrees"] * 3

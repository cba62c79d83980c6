"""Whatever is wrong with the data or a setting, a measure says so in a sentence: no warning, no NaN, no other error."""

import inspect
import math
import re
from importlib import import_module

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.stats  # noqa: F401 - what it warns of while it is imported is not what is tested
import statsmodels.api  # noqa: F401
from measures_bad import TEXT, WRONG_NUMBERS, refused, spoiled
from measures_kit import MEASURES
from result_kit import shows_itself

from mutu.measure.result import Result

WITH_DATA = [name for name, entry in MEASURES.items() if entry(str).data]
KINDS = {"pandas": pd.DataFrame, "polars": lambda columns: pl.DataFrame(columns, strict=False)}
# a respondent with one answer, or none, has no spread
WITH_GAPS = {"quality.variability"}
REFUSED = {"empty", "all missing", "weights of zero"}
OF_ONE_CELL = {"text", "infinite", "minus infinite"}
# settings that many measures share, each with what it cannot be
NO_PAIR = ("1-5", 5, (5, 1), (1, "5"), (1, math.nan), (1,))
NO_SIZE = ("lima", -1, 2.5, math.nan, (5,))
PAIRS = {"scale": NO_PAIR, "bounds": NO_PAIR[:-1], "least": NO_SIZE, "min_group": NO_SIZE, "seed": NO_SIZE}
# people are drawn by their place in the list, whatever stands there
TAKEN = {("sampling.draw", "all missing")}


def holds(name, result):
    """What came of bad data all the same is a whole result."""
    if isinstance(result, Result):
        shows_itself(result)
    elif name not in WITH_GAPS:
        _finite(result)


def _finite(found):
    if isinstance(found, np.ndarray):
        found = found.tolist()
    if isinstance(found, float):
        assert math.isfinite(found)
    elif isinstance(found, list | tuple):
        for each in found:
            _finite(each)


def answers(name, call):
    """The sentences of a refusal, each whole and one in each language; None where the call gives a whole result."""
    result, said = refused(call)
    if said is None:
        holds(name, result)
        return None
    assert said["id"] != said["en"]
    for sentence in said.values():
        assert "{" not in sentence
        assert sentence.endswith((".", ")", "?", "!"))
        assert len(sentence.split()) > 4
    return said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", WITH_DATA)
def test_bad_data_are_named_or_the_result_is_whole(name, kind):
    measure = MEASURES[name](str)
    for what, frames in spoiled(measure):
        made = [KINDS[kind](frame) for frame in frames]
        said = answers(name, lambda made=made: measure.call(*made, **measure.settings))
        way, _, column = what.partition(": ")
        assert said or way not in REFUSED or (name, way) in TAKEN, what
        for sentence in (said or {}).values() if way in OF_ONE_CELL else ():
            assert re.search(rf"\b3\b|{TEXT}|\b{re.escape(column)}\b", sentence), (what, sentence)


@pytest.mark.parametrize("name", WITH_DATA)
def test_columns_of_one_name_are_refused(name):
    measure = MEASURES[name](str)
    for place, columns in enumerate(measure.data):
        frames = [pd.DataFrame(frame) for frame in measure.data]
        frames[place] = pd.concat([frames[place], frames[place].iloc[:, :1]], axis=1)
        assert answers(name, lambda frames=frames: measure.call(*frames, **measure.settings)), list(columns)


def _parameters(name):
    house, function = name.split()[0].split(".")
    package = "mutu.responses" if house == "responses" else f"mutu.measure.{house}"
    return inspect.signature(getattr(import_module(package), function)).parameters


WITH_PAIRS = [(name, setting) for name in MEASURES for setting in PAIRS if setting in _parameters(name)]


@pytest.mark.parametrize(("name", "setting"), WITH_PAIRS)
def test_a_scale_a_smallest_size_or_a_seed_that_is_none_is_named(name, setting):
    measure = MEASURES[name](str)
    frames = [pd.DataFrame(frame) for frame in measure.data]
    for wrong in PAIRS[setting]:
        changed = dict(measure.settings) | {setting: wrong}
        assert answers(name, lambda changed=changed: measure.call(*frames, **changed)), wrong


@pytest.mark.parametrize("name", [name for name, entry in MEASURES.items() if entry(str).scalars])
def test_a_setting_that_is_no_number_it_can_be_is_named(name):
    measure = MEASURES[name](str)
    frames = [pd.DataFrame(frame) for frame in measure.data]
    for setting in measure.scalars:
        for wrong in WRONG_NUMBERS:
            changed = dict(measure.settings) | {setting: wrong}
            said = answers(name, lambda changed=changed: measure.call(*frames, **changed))
            if isinstance(wrong, str | list) or (isinstance(wrong, float) and math.isnan(wrong)):
                assert said, (setting, wrong)

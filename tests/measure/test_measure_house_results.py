"""What every public measure has to do: show itself, stay as it is, leave its data alone, take every frame."""

import dataclasses
import json
from datetime import date
from functools import cached_property
from importlib import import_module
from inspect import isclass

import dask.dataframe as dd
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from measures_kit import HOUSES, MEASURES
from pydantic import BaseModel
from result_kit import shows_itself

from mutu.locale import use
from mutu.measure.result import Result

HOSTILE = '<script>alert("{}")</script>{{nama}} %s'
WITH_DATA = [name for name, entry in MEASURES.items() if entry(str).data]


def _dask(columns):
    """A dask frame turns cells that are no numbers into texts, so that days are given in its own type."""
    frame = pd.DataFrame(columns)
    for name, cells in columns.items():
        if cells and isinstance(cells[0], date):
            frame[name] = pd.to_datetime(frame[name])
    return dd.from_pandas(frame, npartitions=2)


KINDS = {
    "pandas nullable": lambda columns: pd.DataFrame(columns).convert_dtypes(),
    "pandas pyarrow": lambda columns: pd.DataFrame(columns).convert_dtypes(dtype_backend="pyarrow"),
    "polars": pl.DataFrame,
    "polars lazy": pl.LazyFrame,
    "pyarrow": pa.table,
    "duckdb": lambda columns: duckdb.connect().from_arrow(pa.table(columns)),
    "dask": _dask,
}


@pytest.fixture(scope="module")
def good():
    """Every measure's result of its good call, computed when it is asked for."""
    kept = {}

    def result(name):
        if name not in kept:
            kept[name] = MEASURES[name](str)()
        return kept[name]

    return result


def hostile(text):
    return HOSTILE.format(text)


def plain(found):
    """What a result says, as plain numbers and texts, with numbers to nine digits."""
    if isinstance(found, Result):
        return plain(found.as_json())
    if isinstance(found, float):
        return float(f"{found:.9g}")
    if isinstance(found, dict):
        return {str(key): plain(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [plain(value) for value in found]
    return plain(found.tolist()) if isinstance(found, np.ndarray) else found


def parts(found, seen=None):
    """An object and all that it is made of."""
    seen = {} if seen is None else seen
    if id(found) not in seen and _is_ours(found):
        seen[id(found)] = found
        for inside in _inside(found):
            parts(inside, seen)
    return seen


def _is_ours(found):
    return isinstance(found, dict | list | tuple) or type(found).__module__.startswith("mutu.")


def _inside(found):
    if isinstance(found, dict):
        return [*found, *found.values()]
    if isinstance(found, list | tuple):
        return [*found, *_properties(found)]
    fields = dataclasses.fields(found) if dataclasses.is_dataclass(found) else ()
    return [*(getattr(found, each.name) for each in fields), *vars(found).values(), *_properties(found)]


def _properties(found):
    kinds = (property, cached_property)
    names = [] if isinstance(found, BaseModel) else dir(type(found))
    return [getattr(found, name) for name in names if isinstance(getattr(type(found), name), kinds)]


def public():
    houses = [*(f"mutu.measure.{house}" for house in HOUSES), "mutu.responses"]
    return [(house.rpartition(".")[2], name) for house in houses for name in import_module(house).__all__]


def test_every_public_function_has_an_entry_and_every_entry_is_public():
    functions = {
        f"{house}.{name}"
        for house, name in public()
        if callable(found := getattr(_module(house), name)) and not isclass(found)
    }
    elsewhere = {"responses.read", "responses.read_as", "responses.write_sav"}
    assert {name.split()[0] for name in MEASURES} == functions - elsewhere


def test_every_public_class_is_part_of_what_some_measure_takes_or_gives(good):
    met = [found for name in MEASURES for found in (good(name), dict(MEASURES[name](str).settings))]
    made = {type(part) for found in met for part in parts(found).values()}
    elsewhere = {"ColumnMapping", "Rejected", "Survey"}
    classes = {found for house, name in public() if isclass(found := getattr(_module(house), name))}
    assert {found.__name__ for found in classes - made} - elsewhere == set()


def _module(house):
    return import_module("mutu.responses" if house == "responses" else f"mutu.measure.{house}")


@pytest.mark.parametrize("name", MEASURES)
def test_a_result_shows_itself_in_both_languages(name, good):
    if isinstance(good(name), Result):
        shows_itself(good(name))


@pytest.mark.parametrize("name", MEASURES)
def test_what_is_shown_is_escaped_whatever_labels_and_columns_are_called(name):
    found = MEASURES[name](hostile)()
    if not isinstance(found, Result):
        return
    for language in ("id", "en"):
        with use(language):
            page = found._repr_html_()
            assert page.startswith("<p>")
            assert "<script" not in page
    json.dumps(found.as_json(), allow_nan=False)


@pytest.mark.parametrize("name", MEASURES)
def test_nothing_can_change_a_result(name, good):
    for part in parts(good(name)).values():
        if dataclasses.is_dataclass(part):
            field = dataclasses.fields(part)[0].name
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(part, field, "another")


@pytest.mark.parametrize("name", WITH_DATA)
def test_the_data_stay_as_they_were(name):
    measure = MEASURES[name](str)
    given = []

    def make(columns):
        frame = pd.DataFrame(columns)
        given.append((frame, frame.copy(deep=True)))
        return frame

    measure(make)
    assert len(given) == len(measure.data)
    for frame, before in given:
        pd.testing.assert_frame_equal(frame, before)


@pytest.mark.filterwarnings("ignore:Dask support is moving out:FutureWarning")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", WITH_DATA)
def test_every_kind_of_frame_gives_the_same_answer(name, kind, good):
    assert plain(MEASURES[name](str)(KINDS[kind])) == plain(good(name))

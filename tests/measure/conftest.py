"""Frames of every kind, and the published cases as frames."""

import json
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

CASES = Path(__file__).parent / "cases"


def _duckdb(columns):
    table = pa.table({name: pa.array(values, type=pa.int64()) for name, values in columns.items()})
    return duckdb.connect().from_arrow(table)


KINDS = {
    "pandas": pd.DataFrame,
    "pandas nullable": lambda columns: pd.DataFrame(columns).astype("Int64"),
    "pandas pyarrow": lambda columns: pd.DataFrame(columns).astype("int64[pyarrow]"),
    "polars": pl.DataFrame,
    "polars lazy": pl.LazyFrame,
    "pyarrow": pa.table,
    "duckdb": _duckdb,
}


@pytest.fixture(params=sorted(KINDS))
def make(request):
    """Makes a frame from columns, once for each kind of frame."""
    return KINDS[request.param]


@pytest.fixture
def case():
    """The counts of a published case, and its columns with one answer a respondent."""

    def load(name):
        content = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
        key, points = next((k, [int(p) for p in k.split("_")[1:]]) for k in content if k.startswith("counts_"))
        columns = {
            code: [point for point, count in zip(points, counts, strict=True) for _ in range(count)]
            for code, counts in content[key].items()
        }
        return content, columns

    return load

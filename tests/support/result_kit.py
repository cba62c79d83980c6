"""Columns of every kind for a measure, and what its result must do: show itself in both languages, stay as it is."""

from __future__ import annotations

import dataclasses
import json
import math
import re
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from mutu.locale import use

# what a person never reads: a field not filled in, a number that is none
_LEFT_OVER = re.compile(r"\{|\bnan\b|\binf\b|\bNone\b(?! of)")
# every way to hand over one column
ONE_COLUMN = {
    "list": lambda cells: cells,
    "numpy": np.array,
    "pandas series": pd.Series,
    "polars series": pl.Series,
    "pyarrow column": lambda cells: pa.chunked_array([cells]),
    "pandas": lambda cells: pd.DataFrame({"kolom": cells}),
    "polars": lambda cells: pl.DataFrame({"kolom": cells}),
    "polars lazy": lambda cells: pl.LazyFrame({"kolom": cells}),
    "pyarrow": lambda cells: pa.table({"kolom": cells}),
    "duckdb": lambda cells: duckdb.connect().from_arrow(pa.table({"kolom": cells})),
}


def shows_itself(result: Any) -> None:
    """Assert number, sentence, table, page and JSON of a result, and that nothing can change it."""
    assert not math.isnan(float(result))
    assert isinstance(result.method, str)
    assert result.method
    json.loads(json.dumps(result.as_json(), allow_nan=False))
    said = {}
    for language in ("id", "en"):
        with use(language):
            said[language] = result.sentence(), result.rows()
            assert result._repr_html_().startswith("<p>")
        sentence, rows = said[language]
        assert sentence.endswith(".")
        assert rows
        assert all(row.keys() == rows[0].keys() for row in rows)
        for text in (sentence, *(text for row in rows for pair in row.items() for text in pair)):
            assert isinstance(text, str)
            assert not _LEFT_OVER.search(text), text
    assert said["id"][0] != said["en"][0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.method = "another"

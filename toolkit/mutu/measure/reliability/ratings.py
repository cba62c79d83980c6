"""Ratings of any kind, words included, as numbers of categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mutu.errors import N_, InputError
from mutu.measure import frames
from mutu.measure.frames import Floats


def categories(data: Any, columns: Sequence[str] | None) -> Floats:
    """Units × raters, each different rating numbered from 0 in the order of appearance, NaN where there is none.

    Raises
    ------
    InputError : no frame or array, fewer than two units, or a rater without a single rating
    """
    cells = frames.table(data, columns)
    known: dict[Any, float] = {}
    numbered = [[_number(cell, known) for cell in column] for column in cells.values()]
    units = len(numbered[0]) if numbered else 0
    if units < 2:
        raise InputError(N_("At least {least} rows are needed, there are {found}."), least=2, found=units)
    ratings = np.array(numbered, dtype=np.float64).T
    for name, column in zip(cells, ratings.T, strict=True):
        if np.isnan(column).all():
            raise InputError(N_("The rater {column} gave no rating at all. Leave the column out."), column=name)
    return ratings


def _number(cell: Any, known: dict[Any, float]) -> float:
    """The category's number; a text of spaces is no rating."""
    rating = cell.strip() if isinstance(cell, str) else cell
    if rating is None or rating == "":
        return float("nan")
    return known.setdefault(rating, float(len(known)))

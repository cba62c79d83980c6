"""Amounts of a frame: volumes, times, needs and what is there, none of them below zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mutu.errors import N_, AnswerError
from mutu.measure import frames
from mutu.measure.frames import Floats


def amounts(frame: Any, columns: Sequence[str], *, least_rows: int = 1) -> Floats:
    """The numbers of the columns, rows × columns, NaN where there is none.

    Raises
    ------
    InputError : no such column, too few rows, or a column without a number
    AnswerError : a number below zero, infinite, or a text; names column and row
    """
    values = frames.matrix(frame, columns, least_rows=least_rows).values
    below = np.argwhere(values < 0)
    if len(below):
        row, place = below[0]
        raise AnswerError(
            N_("The column {column} holds {value} in row {row}, and must not be below zero. Correct it."),
            column=columns[place],
            value=f"{values[row, place]:g}",
            row=int(row) + 1,
        )
    return values

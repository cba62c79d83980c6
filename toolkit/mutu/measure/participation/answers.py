"""Yes or no of each person, some of whom did not say."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, InputError
from mutu.measure import frames

Bools = NDArray[np.bool_]


def yes_no(data: Any, name: str) -> tuple[Bools, Bools]:
    """What was answered, and who answered; shape (people,) each.

    Parameters
    ----------
    data : an array, a series or a frame of one column: True, False, 1, 0, or empty
    name : what messages call it

    Raises
    ------
    AnswerError : a cell is something else; names the row
    InputError : nobody answered
    """
    found = frames.cells(data)
    answered = np.array([not frames.is_empty(cell) for cell in found], dtype=np.bool_)
    if not answered.any():
        raise InputError(N_("Nobody answered «{column}». Leave it out, or fill it in."), column=name)
    known = [cell if said else False for cell, said in zip(found, answered, strict=True)]
    return frames.flags(known, name), answered

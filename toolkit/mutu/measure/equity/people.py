"""The people of each group: their values and clusters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, AnswerError, InputError, Term
from mutu.measure import frames
from mutu.measure.equity import clusters
from mutu.measure.frames import Floats


@dataclass(frozen=True)
class People:
    """The people of one group: their values, and their clusters where there are any."""

    label: str
    values: Floats
    cluster: clusters.Codes | None


def grouped(values: Any, groups: Any, cluster: Any | None = None) -> tuple[list[People], int]:
    """The people of each group by its label, and how many were left out.

    Raises
    ------
    InputError : different lengths
    AnswerError : a value is a text or infinite
    """
    numbers, labels = frames.vector(values, Term(N_("value")), least=2), frames.texts(frames.cells(groups))
    if len(numbers) != len(labels):
        raise InputError(
            N_("There are {values} values and {groups} groups. Give one of each a person."),
            values=len(numbers),
            groups=len(labels),
        )
    drawn = clusters.codes(cluster, len(numbers))
    found: dict[str, list[int]] = {}
    for row, label in enumerate(labels):
        if label is not None and not math.isnan(numbers[row]) and (drawn is None or drawn[row] >= 0):
            found.setdefault(label, []).append(row)
    people = [
        People(label, numbers[rows], None if drawn is None else drawn[rows]) for label, rows in sorted(found.items())
    ]
    return people, len(numbers) - sum(len(one.values) for one in people)


def check_weights(masses: Floats) -> None:
    """Refuse a weight below zero.

    Raises
    ------
    AnswerError : names its row
    """
    below = np.flatnonzero(masses < 0)
    if len(below):
        raise AnswerError(N_("The weight in row {row} is below zero. Correct it."), row=int(below[0]) + 1)

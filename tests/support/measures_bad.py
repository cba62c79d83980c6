"""Whatever can be wrong with data, and with a setting that is a number; and what an answer to it has to be."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from measures_kit import Columns, Measure

from mutu.errors import MutuError
from mutu.locale import say, use

LANGUAGES = ("id", "en")
TEXT = "banyak"
WRONG_NUMBERS = (0, -1, 2.5, math.nan, math.inf, -math.inf, True, None, "lima", [1])


def spoiled(measure: Measure) -> Iterator[tuple[str, tuple[Columns, ...]]]:
    """The measure's data made bad in one way after the other, each way with its name."""
    yield "empty", tuple({name: [] for name in frame} for frame in measure.data)
    yield "one row", tuple({name: cells[:1] for name, cells in frame.items()} for frame in measure.data)
    yield "all missing", tuple({name: [None] * len(cells) for name, cells in frame.items()} for frame in measure.data)
    for place, frame in enumerate(measure.data):
        for name, cells in frame.items():
            for what, bad in _column(cells, name in measure.weights):
                changed = list(measure.data)
                changed[place] = frame | {name: bad}
                yield f"{what}: {name}", tuple(changed)


def _column(cells: list[Any], weights: bool) -> Iterator[tuple[str, list[Any]]]:
    yield "constant", [cells[0]] * len(cells)
    yield "missing", [None] * len(cells)
    yield "one missing", [None, *cells[1:]]
    if not is_numeric(cells):
        return
    first, rest = cells[:2], cells[3:]
    yield "text", [*first, TEXT, *rest]
    yield "infinite", [*map(float, first), math.inf, *map(float, rest)]
    yield "minus infinite", [*map(float, first), -math.inf, *map(float, rest)]
    yield "negative", [*first, -5, *rest]
    yield "weights of zero" if weights else "zeros", [0] * len(cells)


def is_numeric(cells: list[Any]) -> bool:
    """Whether a column holds numbers, not marks of yes and no."""
    return isinstance(cells[0], int | float) and not isinstance(cells[0], bool)


def refused(call: Callable[[], Any]) -> tuple[Any, dict[str, str] | None]:
    """What a call returns; or what its refusal says in each language. A warning is an error, other errors are raised.

    It is called in each language, as an error has to read in one language wherever it was raised.
    """
    found: dict[str, Any] = {}
    for raised_in in LANGUAGES:
        with use(raised_in), warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                found[raised_in] = call(), None
            except MutuError as error:
                found[raised_in] = None, _said(error)
    (result, said), (_other, again) = found["id"], found["en"]
    assert said == again, "an error says something else where it was raised in another language"
    return result, said


def _said(error: MutuError) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with use(language):
            said[language] = say(error)
    return said

"""Surveys for the tests of the audit, and the arithmetic of apps written down once more, in plain Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

Rows = list[list[int | None]]
CODES = [f"U{place}" for place in range(1, 10)]


def survey(seed: int, n: int = 150, missing: float = 0.0, elements: int = 9, top: int = 4) -> Rows:
    """Answers that hang together, mostly good, some missing."""
    rng = random.Random(seed)
    level = rng.uniform(0.62, 0.8) * top
    rows: Rows = []
    for _respondent in range(n):
        mood = rng.gauss(0, 0.16 * top)
        answers = [min(top, max(1, round(rng.gauss(level + mood, 0.14 * top)))) for _element in range(elements)]
        rows.append([None if rng.random() < missing else answer for answer in answers])
    if all(answer is None for answer in rows[0]):
        rows[0][0] = top
    return rows


def frame(rows: Rows, codes: Sequence[str] = CODES) -> dict[str, list[int | None]]:
    """Columns by code."""
    return {code: [row[place] for row in rows] for place, code in enumerate(codes[: len(rows[0])])}


def written(value: float, digits: int = 2) -> str:
    """A number as an app writes it, half up."""
    return f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP):f}".replace(".", ",")


def rounded(value: float, digits: int) -> float:
    return float(written(value, digits).replace(",", "."))


def nrrs(rows: Rows) -> list[float]:
    """The mean of each element, over those who answered it."""
    columns = [[answer for answer in column if answer is not None] for column in zip(*rows, strict=True)]
    return [sum(column) / len(column) for column in columns]


def krejcie_morgan(population: int) -> int:
    return round(3.841 * population * 0.25 / ((population - 1) * 0.0025 + 3.841 * 0.25))


def best_first(rows: Rows) -> Rows:
    """Sorted by u1, then u2 …, from high to low."""
    return sorted(rows, key=lambda row: [-(answer or 0) for answer in row])


def best_last(rows: Rows) -> Rows:
    """sortByDesc(u1) … sortByDesc(u9) one after another: the last sort counts most."""
    return sorted(rows, key=lambda row: [-(answer or 0) for answer in reversed(row)])

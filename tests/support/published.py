"""Numbers that nobody here computed, beside ours: each comparison is asserted, and docs/validation lists them all.

A test calls `agrees` for every published number. `pytest --write-validation` writes docs/validation/measures.md from
what the tests of that run compared; another test reads that the page is no older than they are.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "validation" / "measures.md"
HEAD = """# Validation of the measures

Every row is asserted by a test, which also writes this page (`pytest tests/measure --write-validation`). Published
values stand as printed in the source; the difference is ours minus theirs, and has to be within half a unit of the last
digit printed, unless the test says why not.

| measure | source | published | ours | difference |
|---|---|---|---|---|
"""
NOISE = 1e-12
"""Relative: processors differ in the last digits of sums, and the page is the same on all of them."""
compared: list[Row] = []


@dataclass(frozen=True, order=True)
class Row:
    """One published number and ours."""

    measure: str
    source: str
    published: str
    ours: str
    difference: str

    def line(self) -> str:
        """The row as it stands in the page."""
        return f"| {self.measure} | {self.source} | {self.published} | {self.ours} | {self.difference} |"

    @classmethod
    def read(cls, line: str) -> Row:
        """Back from a line of the page."""
        return cls(*line.removeprefix("| ").removesuffix(" |").split(" | "))

    @property
    def key(self) -> tuple[str, str, str]:
        """What is compared with what."""
        return self.measure, self.source, self.published

    def is_only_noise_from(self, before: Row | None) -> bool:
        """Whether another processor's last digits make the whole difference."""
        return before is not None and math.isclose(float(self.ours), float(before.ours), rel_tol=NOISE, abs_tol=NOISE)


def agrees(measure: str, source: str, published: str, ours: float, within: float | None = None) -> None:
    """Assert that our number is the published one, to the last digit printed, and note it for the page.

    Parameters
    ----------
    measure : what was computed, for instance "reliability.cronbach_alpha, 5 items"
    source : paper, book or documented example, with table or page
    published : the number as it is printed, "0.84"
    within : tolerance, where rounding in the source's own steps makes half a unit of the last digit too strict
    """
    digits = len(published.partition(".")[2])
    allowed = 0.5 * 10**-digits * (1 + 1e-9) if within is None else within
    difference = ours - float(published)
    row = Row(measure, source, published, f"{ours:.{digits + 3}f}", f"{difference:+.{digits + 3}f}")
    compared.append(row)
    assert abs(difference) <= allowed, row.line()


def compares(test: Callable[..., object]) -> bool:
    """Whether a test calls `agrees`, itself or through a function of its module."""
    text = Path(inspect.getfile(inspect.unwrap(test))).read_text(encoding="utf-8")
    bodies = dict(re.findall(r"^def (\w+)(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL))
    calling = {"agrees", *(name for name, body in bodies.items() if "agrees(" in body)}
    return any(f"{name}(" in bodies.get(test.__name__, "") for name in calling)


def write() -> None:
    """Write the page from the comparisons of this run; a run that compared nothing leaves it as it is."""
    if not compared:
        return
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    lines = PAGE.read_text(encoding="utf-8").splitlines()[HEAD.count("\n") :] if PAGE.exists() else []
    before = {row.key: row for row in map(Row.read, lines)}
    rows = {before[row.key] if row.is_only_noise_from(before.get(row.key)) else row for row in compared}
    PAGE.write_text(HEAD + "\n".join(row.line() for row in sorted(rows)) + "\n", encoding="utf-8")

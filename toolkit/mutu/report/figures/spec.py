"""What a figure shows, as data: made once from a result, then drawn for paper and for the screen.

Both drawings read the same object, so they cannot say different numbers. All texts are in the language in use when the
object is made; numbers are those of the result, unrounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from mutu.locale import _, integer, number, percent, signed

Tips = tuple[tuple[str, str], ...]
"""What is said of a mark when it is pointed at: (header, cell), formatted."""

Shown = Callable[[float], str]

LINES = (("primary", ()), ("second", (6, 2)), ("accent", (1.5, 1.5)), ("quiet", (6, 2, 1.5, 2)))
"""Colour and dashes of the first, second … line of a figure: they differ in both, for printers without colour."""

MOST = 1000
"""Points of a curve that can be told apart; of longer ones a share is drawn."""


@dataclass(frozen=True)
class Axis:
    """An axis from `low` to `high` with its ticks as (value, text)."""

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Line:
    """A line of reference at `value`, with what it says; `interval` is drawn as a band around it."""

    value: float
    label: str
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Zone:
    """A part of an axis with its name, for instance a grade."""

    low: float
    high: float
    label: str


@dataclass(frozen=True)
class Row:
    """One line of a figure of rows.

    Attributes
    ----------
    label : its name, in full
    value : where its mark stands; None draws none
    shown : the value as text
    interval : ends of its interval; None draws none
    bar : a bar from zero instead of a dot
    hollow : whether the mark is drawn empty; the figure's note says what that means
    strong : whether the row is a sum of others, with its name in bold
    group : heading above the first row of each group
    tick : where an upright mark stands for comparison; the figure's note says what it is
    tips : what is said when it is pointed at
    """

    label: str
    value: float | None
    shown: str
    interval: tuple[float, float] | None = None
    bar: bool = False
    hollow: bool = False
    strong: bool = False
    group: str = ""
    tick: float | None = None
    tips: Tips = ()


@dataclass(frozen=True)
class Figure:
    """What every figure has: the finding as its title, one sentence for those who cannot see it, and what it rests on.

    Attributes
    ----------
    title : what the figure shows, as a finding
    alt : the sentence of the result
    note : n, what lines and hollow marks mean
    """

    title: str
    alt: str
    note: str


@dataclass(frozen=True)
class Rows(Figure):
    """Dots or bars one below the other on one axis; of very many, the first and the last are drawn."""

    axis: Axis
    rows: tuple[Row, ...]
    lines: tuple[Line, ...] = ()
    zones: tuple[Zone, ...] = ()

    def shortened(self, most: float = 36) -> Rows:
        """So many lines at most that they fit on a page; the note says how many rows are left out in the middle."""
        rows = list(self.rows)
        while sum(map(_lines, rows)) > most:
            del rows[len(rows) // 2]
        if len(rows) == len(self.rows):
            return self
        left_out = integer(len(self.rows) - len(rows))
        said = _("{count} in the middle are left out, the table has them").format(count=left_out)
        return replace(self, rows=tuple(rows), note=f"{self.note}; {said}")


def _lines(row: Row) -> float:
    """The height of a row on paper, in rows whose name takes one line."""
    return 1 + 0.62 * min(len(row.label) // 43, 2)


@dataclass(frozen=True)
class Series:
    """A line through points, with a band around it.

    Attributes
    ----------
    label : its name; empty where the figure has only one
    points : (x, y) in the order of x
    band : (low, high) at each point; None where a point has none
    step : whether the value holds until the next point
    dashed : drawn thin and broken, for limits and comparisons
    dots : whether each point is marked
    tips : one for each point, or none at all
    named : the place of the point that the name stands at, among the points
    below : whether the name stands below the line there
    """

    label: str
    points: tuple[tuple[float, float], ...]
    band: tuple[tuple[float, float] | None, ...] = ()
    step: bool = False
    dashed: bool = False
    dots: bool = False
    tips: tuple[Tips, ...] = ()
    named: int = -1
    below: bool = False

    @property
    def named_at(self) -> tuple[float, float]:
        """The point that the name stands at."""
        return self.points[self.named]

    @property
    def name_runs(self) -> str:
        """Where the name is written: from the "start" on, at the "end", or "left" or "right" where the line is not."""
        if self.named in (0, -1):
            return "end" if self.named else "start"
        rises = self.points[-1][1] >= self.points[0][1]
        return "right" if rises == self.below else "left"


@dataclass(frozen=True)
class Mark:
    """A point to be seen, with its text; `below` writes the text under it. A long text begins or ends at the point."""

    x: float
    y: float
    label: str
    hollow: bool = False
    below: bool = False
    tips: Tips = ()

    def runs(self, axis: Axis) -> str:
        """Where its text stands on an axis: "center" over the point, or to its "left" or "right" when it is long."""
        if len(self.label) <= 14:
            return "center"
        return "left" if self.x > (axis.low + axis.high) / 2 else "right"


@dataclass(frozen=True)
class Curve(Figure):
    """Lines over two axes; `across` are horizontal lines of reference, `upright` vertical ones.

    square : as high as wide, where both axes measure the same
    key : what the marks are, one line each, below
    """

    x: Axis
    y: Axis
    series: tuple[Series, ...]
    marks: tuple[Mark, ...] = ()
    across: tuple[Line, ...] = ()
    upright: tuple[Line, ...] = ()
    square: bool = False
    key: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spot:
    """A numbered point with an interval in both directions."""

    number: int
    label: str
    x: float
    y: float
    x_interval: tuple[float, float] | None
    y_interval: tuple[float, float] | None
    hollow: bool
    tips: Tips = ()


@dataclass(frozen=True)
class Grid(Figure):
    """Points over two axes that cross-hairs part into four fields.

    Attributes
    ----------
    cross : where the cross-hairs stand
    corners : names of the fields, left above, right above, left below, right below
    diagonal : what the line x = y says; empty draws none
    """

    x: Axis
    y: Axis
    spots: tuple[Spot, ...]
    cross: tuple[float, float]
    corners: tuple[str, str, str, str]
    diagonal: str = ""


@dataclass(frozen=True)
class Cell:
    """A field of a heat map: its place, its text, and its strength from 0 to 1; None leaves it empty."""

    row: int
    column: int
    shown: str
    strength: float | None
    tips: Tips = ()


@dataclass(frozen=True)
class Heat(Figure):
    """A table whose cells are darker the higher they are; every cell has its number."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Node:
    """A member of a network.

    Attributes
    ----------
    x, y, size : from 0 to 1
    side : where its name stands, "below", "above", "left" or "right"
    hollow : whether it stands out as the note says
    """

    label: str
    x: float
    y: float
    size: float
    side: str = "below"
    hollow: bool = False
    tips: Tips = ()


LETTERS = 14
"""In a line of the name of a node."""


@dataclass(frozen=True)
class Link:
    """Between two nodes, by their places; `weight` from 0 to 1."""

    one: int
    other: int
    weight: float


@dataclass(frozen=True)
class Network(Figure):
    """Who is linked with whom; places in the picture mean nothing."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def depth(strength: float | None) -> float:
    """How opaque a cell is; at its darkest the ink of its number still stands out 4.5 to 1."""
    return 0.0 if strength is None else 0.06 + 0.62 * strength


def axis(
    title: str,
    values: Iterable[float | None],
    shown: Shown | None = None,
    *,
    low: float | None = None,
    high: float | None = None,
    signs: bool = False,
) -> Axis:
    """An axis that holds all finite `values`, with ticks at round numbers.

    Parameters
    ----------
    title : what it measures, with its unit
    values : what has to be on it
    shown : how its ticks are written; by default with as many decimals as they need
    low, high : ends to keep, however the values lie
    signs : whether ticks above zero carry a plus
    """
    inside = [value for value in values if value is not None and math.isfinite(value)]
    inside += [end for end in (low, high) if end is not None]
    bottom, top = min(inside), max(inside)
    if bottom == top:
        bottom, top = bottom - 1, top + 1
    step = _step(top - bottom)
    first = low if low is not None else math.floor(bottom / step + 1e-9) * step
    last = high if high is not None else math.ceil(top / step - 1e-9) * step
    start = math.ceil(first / step - 1e-9)
    places = [round(place * step, 10) for place in range(start, math.floor(last / step + 1e-9) + 1)]
    write = shown or decimals(step, signs=signs)
    return Axis(title, first, last, tuple((place, write(place)) for place in places))


def share_axis(title: str) -> Axis:
    """An axis of shares from 0 to 100 %."""
    return Axis(title, 0, 1, tuple((part / 4, percent(part / 4, 0)) for part in range(5)))


def _step(span: float) -> float:
    """A round distance of ticks, for three to seven of them."""
    size = 10 ** math.floor(math.log10(span / 4))
    return float(next(size * factor for factor in (1, 2, 5, 10) if span / (size * factor) <= 5.5))


def decimals(step: float, *, signs: bool = False) -> Shown:
    """Writes numbers with as many decimals as a distance of ticks needs."""
    digits = next((digits for digits in range(6) if abs(step - round(step, digits)) < 1e-9), 6)
    return lambda value: (signed if signs else number)(value, digits)


def ends(interval: Sequence[float] | None) -> tuple[float, float] | None:
    """The two ends of an interval of a result."""
    return None if interval is None else (float(interval[0]), float(interval[1]))


def tips(row: dict[str, str]) -> Tips:
    """A row of a result's table as what is said of its mark; empty cells are left out."""
    return tuple((header, cell) for header, cell in row.items() if cell)


def tiers(places: Sequence[tuple[float, str]], span: float, letters: int) -> list[int]:
    """The row, from 0 upwards, in which each text is written above an axis so that none touches another.

    Parameters
    ----------
    places : middle of each text on the axis, and the text
    span : length of the axis in its unit
    letters : how many letters fit along it
    """
    taken: list[float] = []
    found = dict[int, int]()
    for index in sorted(range(len(places)), key=lambda index: places[index][0]):
        middle, text = places[index]
        half = (len(text) + 2) / letters * span / 2
        row = next((row for row, end in enumerate(taken) if middle - half >= end), len(taken))
        taken[row : row + 1] = [middle + half]
        found[index] = row
    return [found[index] for index in range(len(places))]

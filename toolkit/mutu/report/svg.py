"""Figures as inline SVG for web pages: real text in the page's own font, one label for those who cannot see."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from mutu.locale import _, integer, number
from mutu.look import colour

if TYPE_CHECKING:
    from mutu.report.figures.spec import Row, Rows

_PHONE = 520  # below this width names stand above their row instead of at its left
_ROW = {False: 34, True: 50}


class _Canvas:
    """Collects shapes; every text is escaped here and nowhere else."""

    def __init__(self, width: int, height: int, label: str) -> None:
        self.size, self.label, self.shapes = (width, height), label, list[str]()

    def text(
        self, x: float, y: float, said: str, *, anchor: str = "start", ink: str = "ink", bold: bool = False
    ) -> None:
        weight = ' font-weight="600"' if bold else ""
        self.shapes.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour(ink)}"{weight} '
            f'stroke="{colour("paper")}" stroke-width="3" paint-order="stroke">{escape(said)}</text>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, *, ink: str, wide: float = 1, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.shapes.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour(ink)}" '
            f'stroke-width="{wide}"{dashes}/>'
        )

    def dot(self, x: float, y: float, *, hollow: bool = False) -> None:
        fill = colour("paper" if hollow else "primary")
        self.shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{fill}" stroke="{colour("ink")}"/>')

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        self.shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" fill="{colour("primary")}"/>'
        )

    def __str__(self) -> str:
        width, height = self.size
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(self.label)}" '
            f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'font-family="inherit" font-size="14">{"".join(self.shapes)}</svg>'
        )


class _Axis:
    """From values to places on a canvas of `width`."""

    def __init__(self, low: float, high: float, width: int, *, top: int = 44, room: int = 78) -> None:
        self.top = top
        self.phone = width < _PHONE
        self.low, self.high = low, high
        self.left = 10 if self.phone else 0.44 * width
        self.right = width - room

    def x(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return float(self.left + share * (self.right - self.left))

    def row(self, index: int) -> float:
        """Height of the middle of a row."""
        return self.top + index * _ROW[self.phone] + (24 if self.phone else 0)

    def height(self, rows: int) -> int:
        """Height of a figure with so many rows."""
        return int(self.row(rows - 1)) + 62


def elements_svg(result: Any, *, width: int = 720) -> str:
    """The elements of an IKM as SVG, weakest first: the same figure as `figures.elements`.

    Parameters
    ----------
    result : IndexResult
    width : in pixels; below 520 the names stand above their rows, for phones
    """
    from mutu.report.figures import elements_alt

    parts = sorted(result.unsur, key=lambda unsur: (unsur.nrr, unsur.kode))
    low, high = result.regulation.scale
    axis = _Axis(low, high, width)
    canvas = _Canvas(width, axis.height(len(parts)), elements_alt(result))
    _bands(canvas, axis, result.regulation, axis.row(len(parts) - 1) + 18)
    for index, unsur in enumerate(parts):
        y = axis.row(index)
        _name(canvas, axis, y, unsur.nama)
        if unsur.nrr_interval is not None:
            canvas.line(axis.x(unsur.nrr_interval.low), y, axis.x(unsur.nrr_interval.high), y, ink="ink", wide=2)
        canvas.dot(axis.x(float(unsur.nrr)), y)
        canvas.text(axis.right + 18, y + 5, f"{number(unsur.nrr)}  {unsur.mutu}", bold=True)
    said = _("line: 95% interval; n = {n}").format(n=integer(result.n))
    canvas.text(axis.left, axis.row(len(parts) - 1) + 56, said, ink="quiet")
    return str(canvas)


def _bands(canvas: _Canvas, axis: _Axis, regulation: Any, bottom: float) -> None:
    edges = [float(band.low) / regulation.multiplier for band in regulation.bands] + [axis.high]
    for edge in edges[1:-1]:
        canvas.line(axis.x(edge), 24, axis.x(edge), bottom, ink="edge", dash="4 3")
    for band, low, high in zip(regulation.bands, edges, edges[1:], strict=False):
        canvas.text(axis.x((low + high) / 2), 16, band.mutu, anchor="middle", ink="quiet")
    _ticks(canvas, axis, bottom, _whole(axis))


def _whole(axis: _Axis) -> list[tuple[float, str]]:
    return [(value, integer(value)) for value in ticks(int(axis.low), int(axis.high))]


def _ticks(canvas: _Canvas, axis: _Axis, bottom: float, marks: Iterable[tuple[float, str]]) -> None:
    canvas.line(axis.left, bottom, axis.right, bottom, ink="edge")
    for value, text in marks:
        canvas.text(axis.x(value), bottom + 18, text, anchor="middle", ink="quiet")


def _name(canvas: _Canvas, axis: _Axis, y: float, name: str, *, bold: bool = False) -> None:
    """The whole name: above its row on a phone, at its left in at most two lines elsewhere."""
    if axis.phone:
        canvas.text(axis.left, y - 16, textwrap.shorten(name, 46, placeholder="…"), bold=bold)
        return
    lines = textwrap.wrap(name, 36) or [""]
    for index, line in enumerate(lines[:2]):
        canvas.text(axis.left - 18, y + 5 + (index - (min(len(lines), 2) - 1) / 2) * 16, line, anchor="end", bold=bold)


def rows_svg(spec: Rows, *, width: int = 720) -> str:
    """A figure of rows as SVG, without its title and note, which the page says in words of its own.

    Parameters
    ----------
    spec : what it shows, dots or bars; `register.spec` makes it from a result
    width : in pixels; below 520 the names stand above their rows, for phones
    """
    axis = _Axis(spec.axis.low, spec.axis.high, width, top=16, room=_room(spec))
    canvas = _Canvas(width, axis.height(len(spec.rows)) - (0 if spec.axis.title else 20), spec.alt)
    for index, row in enumerate(spec.rows):
        y = axis.row(index)
        _name(canvas, axis, y, row.label, bold=row.strong)
        _row_mark(canvas, axis, y, row)
    bottom = axis.row(len(spec.rows) - 1) + 18
    _ticks(canvas, axis, bottom, spec.axis.ticks)
    place, anchor = (axis.left, "start") if axis.phone else (axis.right, "end")
    canvas.text(place, bottom + 38, spec.axis.title, anchor=anchor, ink="quiet")
    return str(canvas)


def _room(spec: Rows) -> int:
    """Pixels to the right of the axis for the longest value of a dot, or of a bar that fills it."""
    return 30 + 8 * max((len(row.shown) for row in spec.rows), default=0)


def _row_mark(canvas: _Canvas, axis: _Axis, y: float, row: Row) -> None:
    if row.interval is not None:
        low, high = (axis.x(min(max(end, axis.low), axis.high)) for end in row.interval)
        canvas.line(low, y, high, y, ink="ink", wide=2)
    if row.value is None:
        return
    if row.bar:
        canvas.bar(axis.left, y - 9, axis.x(row.value) - axis.left, 18)
        canvas.text(axis.x(row.value) + 8, y + 5, row.shown, bold=True)
    else:
        canvas.dot(axis.x(row.value), y, hollow=row.hollow)
        canvas.text(axis.right + 18, y + 5, row.shown, bold=True)


def aspects_svg(result: Any, *, width: int = 720) -> str:
    """The aspects of a self-assessment as SVG, weakest first: the same figure as `figures.aspects`.

    Parameters
    ----------
    result : has `.scale` and `.aspects`, each with `.name` and `.index` (None when answers are missing)
    width : in pixels; below 520 the names stand above their rows, for phones
    """
    parts = weakest_first(result)
    values = [_("not complete") if part.index is None else number(part.index) for part in parts]
    axis = _Axis(0, result.scale[1], width, top=16)
    canvas = _Canvas(width, axis.height(len(parts)) - 24, aspects_alt(result))
    for index, (part, value) in enumerate(zip(parts, values, strict=True)):
        y = axis.row(index)
        reach = axis.left if part.index is None else axis.x(float(part.index))
        _name(canvas, axis, y, str(part.name))
        canvas.bar(axis.left, y - 9, reach - axis.left, 18)
        canvas.text(reach + 8, y + 5, value, bold=True)
    _ticks(canvas, axis, axis.row(len(parts) - 1) + 18, _whole(axis))
    return str(canvas)


def weakest_first(result: Any) -> list[Any]:
    """The aspects by their index, those that are not complete at the end."""
    return sorted(result.aspects, key=lambda part: (part.index is None, part.index or 0))


def ticks(low: int, high: int) -> range:
    """Whole numbers to write at an axis, at most eleven."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (high - low) <= 10 * step)
    return range(low, high + 1, step)


def aspects_finding(result: Any) -> str:
    """The title of the aspects figure; there is a weakest aspect only when all are known and one is alone."""
    indices = [part.index for part in result.aspects]
    weakest = weakest_first(result)[0]
    if None in indices or indices.count(weakest.index) > 1:
        return _("Index of each aspect")
    return _("Weakest aspect: {name} ({index})").format(name=weakest.name, index=number(weakest.index))


def aspects_alt(result: Any) -> str:
    """What the aspects figure says, for those who cannot see it."""
    values = "; ".join(
        f"{part.name} {_('not complete') if part.index is None else number(part.index)}"
        for part in weakest_first(result)
    )
    low, high = result.scale
    return _("Index of each aspect on the scale {low} to {high}, weakest first: {values}.").format(
        low=integer(low), high=integer(high), values=values
    )

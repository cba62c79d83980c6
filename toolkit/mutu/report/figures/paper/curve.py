"""Lines over two axes, on paper."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from mutu.look import colour
from mutu.report.figures.paper.canvas import plain, scale, sheet, sheet_with_key, style, words
from mutu.report.figures.spec import LINES, Curve, Line, Series, tiers

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_HEIGHT, _SQUARE = 3.6, 5.2  # inches
_LETTERS = 84  # along the horizontal axis


def draw(spec: Curve, *, title: bool = True) -> Figure:
    """The figure, in the width of the text on A4."""
    with style():
        height = _SQUARE if spec.square else _HEIGHT
        key = [plain(line, 86, 2) for line in spec.key]
        figure, axes = sheet_with_key(height, [key]) if key else sheet(height)
        scale(axes, spec.x, "x")
        scale(axes, spec.y, "y")
        for place, series in enumerate(spec.series):
            _line(axes, series, place)
        for line in spec.across:
            _across(axes, line)
        _upright(axes, spec)
        _marks(axes, spec)
        axes.grid(visible=False)
        if spec.square:
            axes.set_aspect("equal")
        words(figure, spec, title=title)
    return figure


def _line(axes: Any, series: Series, place: int) -> None:
    name, dash = LINES[place % len(LINES)]
    x, y = zip(*series.points, strict=True)
    how = "steps-post" if series.step else "default"
    axes.plot(
        x,
        y,
        color=colour("quiet" if series.dashed else name),
        linewidth=1.1 if series.dashed else 2,
        linestyle=(0, (4, 3)) if series.dashed else (0, dash) if dash else "-",
        drawstyle=how,
        marker="o" if series.dots else "",
        markersize=4.5,
    )
    spans = [(at, *ends) for at, ends in zip(x, series.band, strict=False) if ends is not None]
    if spans:
        at, low, high = zip(*spans, strict=True)
        axes.fill_between(
            at, low, high, step="post" if series.step else None, color=colour(name), alpha=0.16, linewidth=0
        )
    if series.label:
        _name(axes, series)


def _name(axes: Any, series: Series) -> None:
    """The name of a line beside it, or behind its end."""
    place = series.name_runs
    up = "center" if place == "end" else "top" if series.below else "bottom"
    axes.annotate(
        plain(series.label, 30),
        series.named_at,
        xytext=({"left": -5, "start": 0}.get(place, 5), {"center": 0, "top": -6, "bottom": 6}[up]),
        textcoords="offset points",
        ha="right" if place == "left" else "left",
        va=up,
        fontsize=9,
        color=colour("quiet" if series.dashed else "ink"),
    )


def _across(axes: Any, line: Line) -> None:
    axes.axhline(line.value, color=colour("edge"), linewidth=1, linestyle=(0, (4, 3)), zorder=0.5)
    if line.interval is not None:
        axes.axhspan(*line.interval, color=colour("line"), alpha=0.7, linewidth=0, zorder=0)
    if line.label:
        axes.annotate(
            plain(line.label, 30),
            (1.01, line.value),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=9,
            color=colour("quiet"),
        )


def _upright(axes: Any, spec: Curve) -> None:
    levels = tiers([(line.value, line.label) for line in spec.upright], spec.x.high - spec.x.low, _LETTERS)
    for line, level in zip(spec.upright, levels, strict=True):
        axes.axvline(line.value, color=colour("edge"), linewidth=1, linestyle=(0, (4, 3)), zorder=0.5)
        if line.interval is not None:
            low, high = (min(end, spec.x.high) for end in line.interval)
            axes.axvspan(low, high, color=colour("line"), alpha=0.7, linewidth=0, zorder=0)
        axes.annotate(
            line.label,
            (line.value, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 3 + 12 * level),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            color=colour("quiet"),
        )


def _marks(axes: Any, spec: Curve) -> None:
    for mark in spec.marks:
        if not (math.isfinite(mark.x) and math.isfinite(mark.y)):
            continue
        fill = colour("paper") if mark.hollow else colour("accent")
        axes.plot(mark.x, mark.y, "D", markersize=7, color=fill, markeredgecolor=colour("ink"), zorder=3)
        across, aside = {"center": ("center", 0), "left": ("right", -7), "right": ("left", 7)}[mark.runs(spec.x)]
        axes.annotate(
            plain(mark.label, 28),
            (mark.x, mark.y),
            xytext=(aside, -8 if mark.below else 8),
            textcoords="offset points",
            ha=across,
            va="top" if mark.below else "bottom",
            fontsize=9,
            fontweight="bold",
        )

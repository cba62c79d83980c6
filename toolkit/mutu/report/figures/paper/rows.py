"""Dots or bars one below the other, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutu.look import colour
from mutu.report.figures.paper.canvas import WIDTH, plain, scale, sheet, style, words
from mutu.report.figures.spec import Row, Rows, tiers

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PITCH = 0.27  # inches from row to row
_PAGE = 9.2  # inches of a page that a figure can take
_LETTERS = 46  # along the axis, at the size of labels above it


def draw(spec: Rows, *, title: bool = True, size: tuple[float, float] | None = None) -> Figure:
    """The figure.

    Parameters
    ----------
    spec : what it shows
    title : whether the finding stands above it
    size : width and height in inches; by default the width of the text on A4
    """
    places, headings, length = _places(spec)
    tops = _tops(spec)
    with style():
        width, height = size or (WIDTH, min(_PAGE, 1.0 + 0.16 * max(0, len(tops) - 1) + _PITCH * length))
        figure, axes = sheet(height, width)
        for row, place in zip(spec.rows, places, strict=True):
            _mark(axes, row, place, spec)
        _references(axes, spec, tops)
        scale(axes, spec.axis, "x")
        _names(axes, spec, places, headings)
        axes.set_ylim(length - 0.4, -0.6)
        axes.grid(axis="x", visible=False)
        axes.spines["left"].set_visible(False)
        words(figure, spec, title=title)
    return figure


def _places(spec: Rows) -> tuple[list[float], list[tuple[float, str]], float]:
    """The height of each row, that of each heading, and the whole length, in rows of one line."""
    places, headings, at, group = list[float](), list[tuple[float, str]](), 0.0, ""
    for row in spec.rows:
        if row.group != group:
            group = row.group
            at += 0.35 if places else 0
            headings.append((at, group))
            at += 1
        lines = max(1, plain(row.label).count("\n") + 1)
        half = (lines - 1) * 0.31
        places.append(at + half)
        at += 1 + 2 * half
    return places, headings, at


def _mark(axes: Any, row: Row, place: float, spec: Rows) -> None:
    fill = colour("paper") if row.hollow else colour("primary")
    if row.value is not None and row.bar:
        axes.barh(
            place,
            row.value,
            height=0.6,
            color=fill,
            edgecolor=colour("primary"),
            hatch="////" * row.hollow,
            linewidth=1,
        )
    if row.interval is not None:
        low, high = (min(max(end, spec.axis.low), spec.axis.high) for end in row.interval)
        if row.bar:
            axes.plot([low, high], [place, place], color=colour("paper"), linewidth=3.4)
        axes.plot([low, high], [place, place], color=colour("ink"), linewidth=1.6)
    if row.value is not None and not row.bar:
        size = 9 if row.strong else 7.5
        axes.plot(row.value, place, "o", markersize=size, color=fill, markeredgecolor=colour("ink"), clip_on=False)
    if row.tick is not None:
        axes.plot([row.tick, row.tick], [place - 0.38, place + 0.38], color=colour("ink"), linewidth=2.4, zorder=3)
    axes.annotate(row.shown, (1.03, place), xycoords=("axes fraction", "data"), va="center", fontweight="bold")


def _names(axes: Any, spec: Rows, places: list[float], headings: list[tuple[float, str]]) -> None:
    bold = {place for place, row in zip(places, spec.rows, strict=True) if row.strong} | {at for at, _name in headings}
    named = [(place, plain(row.label)) for place, row in zip(places, spec.rows, strict=True)]
    named = sorted([*named, *((at, plain(name)) for at, name in headings if name)])
    axes.set_yticks([place for place, _name in named], [name for _place, name in named])
    axes.tick_params(axis="y", length=0)
    for (place, _name), label in zip(named, axes.get_yticklabels(), strict=True):
        if place in bold:
            label.set_fontweight("bold")


def _tops(spec: Rows) -> list[list[int]]:
    """What stands above the axis, row by row from below: names of zones first, then those of lines."""
    found = [list[int]()] if spec.zones else []
    places = [(line.value, line.label) for line in spec.lines if line.label]
    rows = tiers(places, spec.axis.high - spec.axis.low, _LETTERS)
    return [*found, *([index for index, row in enumerate(rows) if row == level] for level in sorted(set(rows)))]


def _references(axes: Any, spec: Rows, tops: list[list[int]]) -> None:
    """Thin broken lines where a zone begins, its name above; lines of reference with theirs."""
    for zone in spec.zones:
        if zone is not spec.zones[0]:
            axes.axvline(zone.low, color=colour("edge"), linewidth=0.8, linestyle=(0, (4, 3)))
        _above(axes, (zone.low + zone.high) / 2, zone.label, 0)
    for line in spec.lines:
        if line.interval is not None:
            axes.axvspan(*line.interval, color=colour("line"), linewidth=0, alpha=0.7, zorder=0)
        axes.axvline(line.value, color=colour("edge"), linewidth=1, zorder=0.5)
    labelled = [line for line in spec.lines if line.label]
    for level, indices in enumerate(tops[bool(spec.zones) :], bool(spec.zones)):
        for index in indices:
            _above(axes, labelled[index].value, labelled[index].label, level)


def _above(axes: Any, value: float, text: str, level: int) -> None:
    axes.annotate(
        text,
        (value, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 2 + 12 * level),
        textcoords="offset points",
        ha="center",
        color=colour("quiet"),
    )

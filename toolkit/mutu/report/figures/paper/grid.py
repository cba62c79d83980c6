"""Points in four fields, on paper, with their names below by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutu.look import colour
from mutu.report.figures.paper.canvas import plain, scale, sheet_with_key, style, words
from mutu.report.figures.spec import Grid, Spot

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_HEIGHT = 4.3  # inches, of the grid alone


def draw(spec: Grid, *, title: bool = True) -> Figure:
    """The figure, in the width of the text on A4."""
    names = [plain(f"{spot.number}  {spot.label}", 46, 2) for spot in spec.spots]
    half = (len(names) + 1) // 2
    with style():
        figure, axes = sheet_with_key(_HEIGHT, [part for part in (names[:half], names[half:]) if part])
        _fields(axes, spec)
        for spot in spec.spots:
            _spot(axes, spot)
        scale(axes, spec.x, "x")
        scale(axes, spec.y, "y")
        axes.grid(visible=False)
        words(figure, spec, title=title)
    return figure


def _fields(axes: Any, spec: Grid) -> None:
    """Cross-hairs, the names of the fields in their corners, and the diagonal."""
    axes.axvline(spec.cross[0], color=colour("edge"), linewidth=1)
    axes.axhline(spec.cross[1], color=colour("edge"), linewidth=1)
    from matplotlib.patheffects import withStroke

    places = ((0.0, 1.0, "left", "bottom"), (1.0, 1.0, "right", "bottom"), (0.0, 0.01, "left", "bottom"))
    for name, (x, y, across, up) in zip(spec.corners, (*places, (1.0, 0.01, "right", "bottom")), strict=True):
        axes.annotate(
            plain(name, 30),
            (x, y),
            xycoords="axes fraction",
            xytext=(3 if across == "left" else -3, 3),
            textcoords="offset points",
            ha=across,
            va=up,
            fontsize=9,
            fontweight="bold",
            color=colour("quiet"),
            path_effects=[withStroke(linewidth=3, foreground=colour("paper"))],
        )
    if spec.diagonal:
        low, high = max(spec.x.low, spec.y.low), min(spec.x.high, spec.y.high)
        axes.plot([low, high], [low, high], color=colour("quiet"), linewidth=1, linestyle=(0, (4, 3)), zorder=0.5)


def _spot(axes: Any, spot: Spot) -> None:
    line = {"color": colour("ink"), "linewidth": 1.1, "alpha": 0.55}
    if spot.x_interval is not None:
        axes.plot(spot.x_interval, [spot.y, spot.y], **line)
    if spot.y_interval is not None:
        axes.plot([spot.x, spot.x], spot.y_interval, **line)
    fill, ink = ("paper", "ink") if spot.hollow else ("primary", "paper")
    axes.plot(spot.x, spot.y, "o", markersize=14, color=colour(fill), markeredgecolor=colour("ink"), zorder=3)
    axes.annotate(
        str(spot.number),
        (spot.x, spot.y),
        ha="center",
        va="center_baseline",
        fontsize=8.5,
        fontweight="bold",
        color=colour(ink),
        zorder=4,
    )

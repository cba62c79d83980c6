"""A table whose cells are darker the higher they are, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutu.look import colour
from mutu.report.figures.paper.canvas import plain, sheet, style, words
from mutu.report.figures.spec import Cell, Heat, depth

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(spec: Heat, *, title: bool = True) -> Figure:
    """The figure, in the width of the text on A4."""
    names = [plain(name, 12, 3) for name in spec.columns]
    head = 0.16 * max(name.count("\n") + 1 for name in names)
    with style():
        figure, axes = sheet(0.9 + head + 0.34 * len(spec.rows))
        for cell in spec.cells:
            _cell(axes, cell)
        axes.set_xlim(-0.5, len(spec.columns) - 0.5)
        axes.set_ylim(len(spec.rows) - 0.5, -0.5)
        axes.set_xticks(range(len(names)), names, fontsize=9)
        axes.set_yticks(range(len(spec.rows)), [plain(name, 34, 2) for name in spec.rows])
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.grid(visible=False)
        for side in ("left", "bottom", "top", "right"):
            axes.spines[side].set_visible(False)
        words(figure, spec, title=title)
    return figure


def _cell(axes: Any, cell: Cell) -> None:
    from matplotlib.patches import Rectangle

    place = (cell.column - 0.5, cell.row - 0.5)
    patch = Rectangle(place, 1, 1, facecolor=colour("primary"), alpha=depth(cell.strength), linewidth=0)
    axes.add_patch(patch)
    axes.add_patch(Rectangle(place, 1, 1, fill=False, edgecolor=colour("paper"), linewidth=2))
    axes.annotate(cell.shown, (cell.column, cell.row), ha="center", va="center", fontweight="bold")

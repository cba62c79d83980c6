"""The aspects of a self-assessment as bars, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutu.locale import _, integer, number
from mutu.look import colour
from mutu.report.figures.paper.canvas import plain, sheet, style, to_png
from mutu.report.svg import ticks, weakest_first

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def aspects(result: Any) -> Figure:
    """The aspects of a self-assessment as bars from 0 to the highest level, weakest first; one not complete has none.

    Parameters
    ----------
    result : has `.scale` and `.aspects`, each with `.name` and `.index` (None when answers are missing)
    """
    parts, (lowest, highest) = weakest_first(result), result.scale
    with style():
        figure, axes = sheet(0.7 + 0.34 * len(parts))
        values = [0.0 if part.index is None else float(part.index) for part in parts]
        axes.barh(range(len(parts)), values, color=colour("primary"), height=0.6)
        for row, part in enumerate(parts):
            text = _("not complete") if part.index is None else number(part.index)
            axes.annotate(
                text, (values[row], row), xytext=(5, 0), textcoords="offset points", va="center", fontweight="bold"
            )
        axes.set_yticks(range(len(parts)), [plain(str(part.name)) for part in parts])
        axes.set_ylim(len(parts) - 0.4, -0.6)
        axes.set_xlim(0, 1.08 * highest)
        axes.set_xticks(ticks(0, highest))
        axes.grid(axis="y", visible=False)
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
        said = _("index of the aspect, scale {low} to {high}").format(low=integer(lowest), high=integer(highest))
        axes.set_xlabel(said, color=colour("quiet"))
    return figure


def aspects_png(result: Any) -> bytes:
    """The aspects figure as PNG."""
    return to_png(aspects(result))

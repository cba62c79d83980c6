"""The respondents of each category as bars in two columns, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mutu.locale import integer, percent
from mutu.look import colour
from mutu.report.figures.paper.canvas import WIDTH, plain, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def profile(groups: Sequence[tuple[str, Sequence[tuple[str, int]]]], n: int) -> Figure:
    """Bars with the respondents of each category, in two columns; counts stand at the bars.

    Parameters
    ----------
    groups : name of a characteristic, its categories with the number of respondents, in the order to show
    n : respondents, for the shares
    """
    from matplotlib.figure import Figure

    columns = [column for column in _halves(groups) if column]
    lines = max((_lines(column) for column in columns), default=1)
    most = max((count for _name, counts in groups for _category, count in counts), default=1)
    with style():
        figure = Figure(figsize=(WIDTH, 0.2 + 0.18 * lines), layout="constrained")
        for axes, column in zip(figure.subplots(1, max(len(columns), 1), squeeze=False)[0], columns, strict=False):
            _bars(axes, column, n)
            axes.set_ylim(lines - 0.6, -0.6)
            axes.set_xlim(0, most * (1.7 if len(columns) > 1 else 1.25))
    return figure


def _halves(groups: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> tuple[list[Any], list[Any]]:
    """The characteristics in order in two columns of about the same length."""
    cuts = range(1, len(groups) + 1)
    cut = min(cuts, key=lambda cut: max(_lines(groups[:cut]), _lines(groups[cut:])), default=0)
    return list(groups[:cut]), list(groups[cut:])


def _lines(groups: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> float:
    return sum(len(counts) + 1.2 for _name, counts in groups)


def _bars(axes: Any, groups: Sequence[tuple[str, Sequence[tuple[str, int]]]], n: int) -> None:
    """Bars under the name of each characteristic."""
    row, ticks = 0.0, dict[float, str]()
    for name, counts in groups:
        axes.annotate(plain(name), (0, row), va="center", fontweight="bold", fontsize=8.5)
        for category, count in counts:
            row += 1
            axes.barh(row, count, color=colour("second"), height=0.66)
            said = f"{integer(count)} ({percent(count / n)})"
            axes.annotate(said, (count, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8)
            ticks[row] = plain(category, 26)
        row += 1.2
    axes.set_yticks(list(ticks), list(ticks.values()), fontsize=8)
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_bounds(-0.6, row - 0.6)

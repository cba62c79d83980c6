"""Who is linked with whom, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutu.look import colour
from mutu.report.figures.paper.canvas import plain, sheet, style, words
from mutu.report.figures.spec import LETTERS, Network, Node

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_HEIGHT = 4.4  # inches


def draw(spec: Network, *, title: bool = True) -> Figure:
    """The figure, in the width of the text on A4."""
    with style():
        figure, axes = sheet(_HEIGHT)
        for link in spec.links:
            one, other = spec.nodes[link.one], spec.nodes[link.other]
            axes.plot(
                [one.x, other.x], [one.y, other.y], color=colour("edge"), linewidth=0.8 + 3 * link.weight, zorder=1
            )
        for node in spec.nodes:
            _node(axes, node)
        axes.set_xlim(-0.12, 1.12)
        axes.set_ylim(-0.1, 1.08)
        axes.axis("off")
        words(figure, spec, title=title)
    return figure


def _node(axes: Any, node: Node) -> None:
    from matplotlib.patheffects import withStroke

    fill = colour("paper") if node.hollow else colour("primary")
    size = 8 + 14 * node.size
    axes.plot(node.x, node.y, "o", markersize=size, color=fill, markeredgecolor=colour("ink"), markeredgewidth=1.4)
    beside = size / 2 + 3
    place, across, up = {
        "below": ((0, -beside), "center", "top"),
        "above": ((0, beside), "center", "bottom"),
        "left": ((-beside, 0), "right", "center"),
        "right": ((beside, 0), "left", "center"),
    }[node.side]
    axes.annotate(
        plain(node.label, LETTERS),
        (node.x, node.y),
        xytext=place,
        textcoords="offset points",
        ha=across,
        va=up,
        fontsize=9,
        path_effects=[withStroke(linewidth=3, foreground=colour("paper"))],
    )

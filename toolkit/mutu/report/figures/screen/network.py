"""Who is linked with whom, on the screen."""

from __future__ import annotations

from typing import Any

from mutu.look import colour
from mutu.report.figures.screen.offline import Layers
from mutu.report.figures.screen.texts import base, telling, tip, wrapped, written
from mutu.report.figures.spec import LETTERS, Network

_HEIGHT = 360  # pixels


def layers(spec: Network) -> Layers:
    """The layers of the chart."""
    import altair

    x = altair.X("x:Q", scale=altair.Scale(domain=[-0.14, 1.14], nice=False), axis=None)
    y = altair.Y("y:Q", scale=altair.Scale(domain=[-0.12, 1.08], nice=False), axis=None)
    links = [
        {
            "x": spec.nodes[link.one].x,
            "y": spec.nodes[link.one].y,
            "x2": spec.nodes[link.other].x,
            "y2": spec.nodes[link.other].y,
            "width": 1 + 4 * link.weight,
        }
        for link in spec.links
    ]
    nodes = [
        {
            "x": node.x,
            "y": node.y,
            "label": node.label,
            "text": "\n".join(wrapped(node.label, LETTERS, 3)),
            "up": len(wrapped(node.label, LETTERS, 3)) - 1,
            "size": 120 + 700 * node.size,
            "fill": colour("paper" if node.hollow else "primary"),
            **tip(node.tips, node.label),
        }
        for node in spec.nodes
    ]
    charts: list[Any] = []
    if links:
        rule = base(links).mark_rule(color=colour("edge"), aria=False)
        thick = altair.StrokeWidth("width:Q", scale=None, legend=None)
        charts.append(rule.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=thick))
    dot = base(nodes).mark_point(shape="circle", stroke=colour("ink"), strokeWidth=1.6, opacity=1)
    size, fill = altair.Size("size:Q", scale=None, legend=None), altair.Fill("fill:N", scale=None, legend=None)
    charts.append(telling(dot.encode(x=x, y=y, size=size, fill=fill)))
    for side, (align, baseline, x_offset, y_offset) in _SIDES.items():
        part = [row for row, node in zip(nodes, spec.nodes, strict=True) if node.side == side]
        if part:
            look = {"dx": _away(x_offset), "dy": _away(y_offset, _LIFTED[side]), "align": align, "baseline": baseline}
            named = base(part).encode(x=x, y=y, text="text:N")
            charts += written(named, lineHeight=14, **look)
    return Layers(charts, _HEIGHT, _HEIGHT + 10)


_SIDES = {
    "below": ("center", "top", 0, 1),
    "above": ("center", "bottom", 0, -1),
    "left": ("right", "middle", -1, 0),
    "right": ("left", "middle", 1, 0),
}


_LIFTED = {"below": 0.0, "above": 14.0, "left": 7.0, "right": 7.0}  # pixels for each line after the first


def _away(direction: int, lifted: float = 0) -> Any:
    """An offset past the edge of a node, whatever its size, and up where a name has several lines."""
    import altair

    return altair.ExprRef(f"{direction} * (sqrt(datum.size) / 2 + 4) - {lifted} * datum.up")

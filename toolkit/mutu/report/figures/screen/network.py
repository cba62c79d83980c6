"""Who is linked with whom, on the screen."""

from __future__ import annotations

from typing import Any

from mutu.look import colour
from mutu.report.figures.screen.offline import Layers
from mutu.report.figures.screen.texts import base, telling, tip, wrapped, written
from mutu.report.figures.spec import Network

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
            "text": "\n".join(wrapped(node.label, 18, 3)),
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
    below = altair.ExprRef("sqrt(datum.size) / 2 + 4")
    texts = written(base(nodes).encode(x=x, y=y, text="text:N"), baseline="top", dy=below, lineHeight=14)
    return Layers([*charts, *texts], _HEIGHT, 10)

"""Points in four fields, on the screen, with their names below by number."""

from __future__ import annotations

from typing import Any

from mutu.look import colour
from mutu.report.figures.screen.offline import Layers
from mutu.report.figures.screen.texts import (
    across,
    base,
    frame,
    key,
    named,
    raised,
    telling,
    tip,
    under,
    upward,
    wrapped,
    written,
)
from mutu.report.figures.spec import Grid, Spot

_HEIGHT = 340  # pixels


def layers(spec: Grid) -> Layers:
    """The layers of the chart."""
    listed, end = key([f"{spot.number}  {spot.label}" for spot in spec.spots], _HEIGHT + under(spec.x))
    charts = [frame(spec.x, spec.y, above=20), *_fields(spec), *_spots(spec), *listed]
    return Layers(charts, _HEIGHT, end)


def _fields(spec: Grid) -> list[Any]:
    """Cross-hairs, the names of the fields in their corners, and the diagonal."""
    import altair

    x, y = spec.cross
    look: dict[str, Any] = {"color": colour("edge"), "strokeWidth": 1.2, "aria": False}
    found = [
        base([{"x": x}]).mark_rule(**look).encode(x=across("x", spec.x)),
        base([{"y": y}]).mark_rule(**look).encode(y=upward("y", spec.y)),
    ]
    if spec.diagonal:
        low, high = max(spec.x.low, spec.y.low), min(spec.x.high, spec.y.high)
        ends = base([{"x": low, "y": low}, {"x": high, "y": high}])
        line = ends.mark_line(color=colour("quiet"), strokeWidth=1.2, strokeDash=[4, 3], aria=False)
        found.append(line.encode(x=across("x", spec.x), y=upward("y", spec.y)))
    for place, name in enumerate(spec.corners):
        right, low = place % 2 == 1, place > 1
        at = {"x": altair.value("width") if right else altair.value(0), "y": altair.value(_HEIGHT - 6 if low else -6)}
        text = named([{"narrow": "\n".join(wrapped(name, 15)), "wide": name}], **at)
        look = {"align": "right" if right else "left", "dx": -4 if right else 4, "baseline": "bottom"}
        found += written(text, fontWeight="bold", color=colour("quiet"), lineHeight=14, dy=raised(14), **look)
    return found


def _spots(spec: Grid) -> list[Any]:
    import altair

    rows = [_data(spot) for spot in spec.spots]
    x, y = across("x", spec.x), upward("y", spec.y)
    look: dict[str, Any] = {"color": colour("ink"), "opacity": 0.55, "strokeWidth": 1.4, "aria": False}
    sides = [row for row in rows if row["left"] is not None]
    tall = [row for row in rows if row["low"] is not None]
    found = []
    if sides:
        found.append(base(sides).mark_rule(**look).encode(x=across("left", spec.x), x2="right:Q", y=y))
    if tall:
        found.append(base(tall).mark_rule(**look).encode(x=x, y=upward("low", spec.y), y2="high:Q"))
    fill = altair.Fill("fill:N", scale=None, legend=None)
    dot = base(rows).mark_point(shape="circle", size=330, stroke=colour("ink"), strokeWidth=1.2, opacity=1)
    found.append(telling(dot.encode(x=x, y=y, fill=fill)))
    text = base(rows).mark_text(fontSize=12, fontWeight="bold", tooltip=None, aria=False, baseline="middle")
    ink = altair.Color("ink:N", scale=None, legend=None)
    return [*found, telling(text.encode(x=x, y=y, text="number:N", color=ink))]


def _data(spot: Spot) -> dict[str, Any]:
    left, right = spot.x_interval or (None, None)
    low, high = spot.y_interval or (None, None)
    return {
        "number": str(spot.number),
        "label": spot.label,
        "x": spot.x,
        "y": spot.y,
        "left": left,
        "right": right,
        "low": low,
        "high": high,
        "fill": colour("paper" if spot.hollow else "primary"),
        "ink": colour("ink" if spot.hollow else "paper"),
        **tip(spot.tips, spot.label),
    }

"""Lines over two axes, on the screen."""

from __future__ import annotations

import math
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
from mutu.report.figures.spec import LINES, Curve, Series, tiers

_HEIGHT, _SQUARE = 280, 340  # pixels
_LETTERS = 40  # along the axis of a telephone


def layers(spec: Curve) -> Layers:
    """The layers of the chart."""
    levels = tiers([(line.value, line.label) for line in spec.upright], spec.x.high - spec.x.low, _LETTERS)
    charts = [frame(spec.x, spec.y, above=16 * len(set(levels))), *_upright(spec, levels), *_level(spec)]
    for place, series in enumerate(spec.series):
        charts += _line(spec, series, place)
    height = _SQUARE if spec.square else _HEIGHT
    listed, end = key(spec.key, height + under(spec.x))
    return Layers([*charts, *_marks(spec), *listed], height, end)


def _line(spec: Curve, series: Series, place: int) -> list[Any]:
    import altair

    name, dash = LINES[place % len(LINES)]
    hue = colour("quiet" if series.dashed else name)
    points = [{"x": x, "y": y} for x, y in series.points]
    how = {"interpolate": "step-after"} if series.step else {}
    look: dict[str, Any] = {
        "color": hue,
        "strokeWidth": 1.4 if series.dashed else 2.5,
        "aria": False,
        "tooltip": None,
        **how,
    }
    dashes = [4, 3] if series.dashed else [3 * part for part in dash]
    line = base(points).mark_line(**look, strokeDash=dashes, point=False)
    found = [line.encode(x=across("x", spec.x), y=upward("y", spec.y), order=altair.Order("x:Q"))]
    bands = [
        {"x": x, "low": ends[0], "high": ends[1]}
        for (x, _y), ends in zip(series.points, series.band, strict=False)
        if ends is not None
    ]
    if bands:
        area = base(bands).mark_area(color=hue, opacity=0.16, aria=False, tooltip=None, **how)
        found.insert(0, area.encode(x=across("x", spec.x), y=upward("low", spec.y), y2="high:Q"))
    return [*found, *_label(spec, series), *_points(spec, series, hue)]


def _label(spec: Curve, series: Series) -> list[Any]:
    """The name of a line beside it."""
    if not series.label:
        return []
    x, y = series.named_at
    at = base([{"x": x, "y": y, "text": series.label}])
    place = series.name_runs
    look: dict[str, Any] = {
        "align": "left" if place in ("right", "start") else "right",
        "dx": {"right": 8, "start": 2}.get(place, -8),
    }
    at = at.encode(x=across("x", spec.x), y=upward("y", spec.y), text="text:N")
    return written(at, fontSize=12, dy=12 if series.below else -12, **look)


def _points(spec: Curve, series: Series, hue: str) -> list[Any]:
    """The points of a line: drawn where the line has dots, else only there to be pointed at."""
    if not series.tips:
        return []
    rows = [
        {"x": x, "y": y, **tip(tips, "; ".join(f"{name} {cell}" for name, cell in tips))}
        for (x, y), tips in zip(series.points, series.tips, strict=True)
    ]
    seen = [base(rows).mark_point(filled=True, size=36, color=hue, opacity=1, aria=False)] if series.dots else []
    touched = telling(base(rows).mark_point(filled=True, size=260, opacity=0))
    return [chart.encode(x=across("x", spec.x), y=upward("y", spec.y)) for chart in (*seen, touched)]


def _level(spec: Curve) -> list[Any]:
    """Horizontal lines of reference, each with its text above its right end."""
    import altair

    if not spec.across:
        return []
    rows = [{"y": line.value, "text": line.label} for line in spec.across]
    rule = base(rows).mark_rule(color=colour("edge"), strokeDash=[4, 3], aria=False)
    texts = base(rows).encode(x=altair.value("width"), y=upward("y", spec.y), text="text:N")
    return [
        rule.encode(y=upward("y", spec.y)),
        *written(texts, align="right", baseline="bottom", dy=-3, color=colour("quiet")),
    ]


def _upright(spec: Curve, levels: list[int]) -> list[Any]:
    """Vertical lines of reference, each with its text above."""
    import altair

    found = []
    spans = [
        {"low": line.interval[0], "high": min(line.interval[1], spec.x.high)}
        for line in spec.upright
        if line.interval is not None
    ]
    if spans:
        band = base(spans).mark_rect(color=colour("line"), opacity=0.7, aria=False)
        found.append(band.encode(x=across("low", spec.x), x2="high:Q"))
    for line, level in zip(spec.upright, levels, strict=True):
        at = base([{"x": line.value, "text": line.label}])
        rule = at.mark_rule(color=colour("edge"), strokeDash=[4, 3], aria=False)
        text = at.encode(x=across("x", spec.x), y=altair.value(-6 - 15 * level), text="text:N")
        found += [rule.encode(x=across("x", spec.x)), *written(text, baseline="bottom", color=colour("quiet"))]
    return found


def _marks(spec: Curve) -> list[Any]:
    import altair

    shown = [mark for mark in spec.marks if math.isfinite(mark.x) and math.isfinite(mark.y)]
    rows = [
        {
            "x": mark.x,
            "y": mark.y,
            "narrow": "\n".join(wrapped(mark.label, 16)),
            "wide": "\n".join(wrapped(mark.label, 40)),
            "fill": colour("paper" if mark.hollow else "accent"),
            "runs": mark.runs(spec.x),
            "below": mark.below,
            **tip(mark.tips, mark.label),
        }
        for mark in shown
    ]
    if not rows:
        return []
    point = base(rows).mark_point(shape="diamond", size=130, stroke=colour("ink"), strokeWidth=1.2, opacity=1)
    fill = altair.Fill("fill:N", scale=None, legend=None)
    found = [telling(point.encode(x=across("x", spec.x), y=upward("y", spec.y), fill=fill))]
    for runs, align, aside in (("center", "center", 0), ("left", "right", -8), ("right", "left", 8)):
        for below in (True, False):
            part = [row for row in rows if row["runs"] == runs and row["below"] is below]
            if part:
                text = named(part, x=across("x", spec.x), y=upward("y", spec.y))
                away = 17 if below else raised(14, -15)
                found += written(text, fontWeight="bold", align=align, dx=aside, dy=away, lineHeight=14)
    return found

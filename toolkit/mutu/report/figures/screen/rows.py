"""Dots or bars one below the other, on the screen: each name stands above its own line, so a telephone has room."""

from __future__ import annotations

from typing import Any

from mutu.look import colour
from mutu.report.figures.screen.offline import Layers
from mutu.report.figures.screen.texts import across, base, frame, named, raised, telling, tip, under, wrapped, written
from mutu.report.figures.spec import Row, Rows, tiers

_LINE, _MARK, _GAP = 17, 20, 12  # pixels: a line of a name, the mark below it, the space to the next row
_NAMED = ("narrow", "wide", "under")  # what of a row its name needs
_LETTERS = 40  # along the axis of a telephone


def layers(spec: Rows) -> Layers:
    """The layers of the chart."""
    rows, headings, height = _placed(spec)
    charts = [
        frame(spec.axis),
        *_references(spec, height),
        *_marks(spec, rows, height),
        *_texts(rows, headings, height),
        _touched(rows, height),
    ]
    return Layers(charts, height, height + under(spec.axis))


def _placed(spec: Rows) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """The rows as data with their places in pixels from above, the headings, and the height of it all."""
    rows, headings, at, group = list[dict[str, Any]](), list[dict[str, Any]](), 0.0, ""
    for row in spec.rows:
        if row.group != group:
            group = row.group
            names, lines = _names(group, "")
            at += _LINE * lines + 10
            headings.append({**names, "y": at - 8})
        names, lines = _names(row.label, row.shown)
        under = at + _LINE * lines
        mark = under + _MARK / 2 + 2
        rows.append({**_data(row, spec), **names, "top": at, "under": under, "y": mark, "end": mark + _MARK / 2 + 2})
        at = mark + _MARK / 2 + _GAP
    return rows, headings, at


def _names(label: str, shown: str) -> tuple[dict[str, str], int]:
    """A name in lines for narrow and for wide charts, that leave room for the value beside it; how many lines."""
    long = len(shown) > 8
    narrow = [*wrapped(label, 30, 6), " "] if long else wrapped(label, 24, 6)
    wide = wrapped(label, 50 if long else 58, 2)
    return {"narrow": "\n".join(narrow), "wide": "\n".join(wide)}, max(len(narrow), len(wide))


def _data(row: Row, spec: Rows) -> dict[str, Any]:
    low, high = row.interval or (None, None)
    return {
        "label": row.label,
        "value": row.value,
        "low": low if low is None else max(low, spec.axis.low),
        "high": high if high is None else min(high, spec.axis.high),
        "shown": row.shown,
        "weight": "bold" if row.strong else "normal",
        "bar": row.bar,
        "tick": row.tick,
        "fill": colour("paper" if row.hollow else "primary"),
        "size": 130 if row.strong else 100,
        **tip(row.tips, f"{row.label}: {row.shown}"),
    }


def _down(field: str, height: float) -> Any:
    """The channel y in pixels from above."""
    import altair

    return altair.Y(f"{field}:Q", scale=altair.Scale(domain=[0, height], reverse=True, nice=False), axis=None)


def _marks(spec: Rows, rows: list[dict[str, Any]], height: float) -> list[Any]:
    import altair

    x, fill = across("value", spec.axis), altair.Fill("fill:N", scale=None, legend=None)
    found = []
    bars, dots = ([row for row in rows if row["value"] is not None and row["bar"] is kind] for kind in (True, False))
    spans = [row for row in rows if row["low"] is not None]
    if bars:
        bar = base(bars).mark_bar(height=14, stroke=colour("primary"), strokeWidth=1.5, aria=False)
        found.append(bar.encode(x=x, x2=altair.X2Datum(0.0), y=_down("y", height), fill=fill))
    for ink, thick in (("paper", 5), ("ink", 2.5)):
        if spans:
            rule = base(spans).mark_rule(color=colour(ink), strokeWidth=thick, aria=False)
            found.append(rule.encode(x=across("low", spec.axis), x2="high:Q", y=_down("y", height)))
    if dots:
        dot = base(dots).mark_point(shape="circle", stroke=colour("ink"), strokeWidth=1.2, opacity=1, aria=False)
        size = altair.Size("size:Q", scale=None, legend=None)
        found.append(dot.encode(x=x, y=_down("y", height), fill=fill, size=size))
    ticks = [row for row in rows if row["tick"] is not None]
    if ticks:
        mark = base(ticks).mark_tick(orient="vertical", size=24, thickness=3, color=colour("ink"), aria=False)
        found.append(mark.encode(x=across("tick", spec.axis), y=_down("y", height)))
    return found


def _texts(rows: list[dict[str, Any]], headings: list[dict[str, Any]], height: float) -> list[Any]:
    """Names at the left, values at the right, headings of groups above theirs."""
    import altair

    look: dict[str, Any] = {"baseline": "bottom", "fontSize": 13, "lineHeight": _LINE}
    found = []
    for weight in ("bold", "normal"):
        part = [{key: row[key] for key in _NAMED} for row in rows if row["weight"] == weight]
        if part:
            names = named(part, x=altair.value(0), y=_down("under", height))
            found += written(names, align="left", fontWeight=weight, dy=raised(_LINE), **look)
    if headings:
        above = named(headings, x=altair.value(0), y=_down("y", height))
        found += written(above, align="left", fontWeight="bold", color=colour("quiet"), dy=raised(_LINE), **look)
    values = base(rows).encode(x=altair.value("width"), y=_down("under", height), text="shown:N")
    return [*found, *written(values, align="right", fontWeight="bold", **look)]


def _references(spec: Rows, height: float) -> list[Any]:
    """Where zones begin and what they are called; lines of reference with their band and name."""
    import altair

    found = []
    spans = [{"low": line.interval[0], "high": line.interval[1]} for line in spec.lines if line.interval is not None]
    if spans:
        band = base(spans).mark_rect(color=colour("line"), opacity=0.7, aria=False)
        found.append(band.encode(x=across("low", spec.axis), x2="high:Q"))
    edges = [{"value": zone.low, "dash": True} for zone in spec.zones[1:]]
    edges += [{"value": line.value, "dash": False} for line in spec.lines]
    if edges:
        dash = altair.StrokeDash(
            "dash:N", scale=altair.Scale(domain=[True, False], range=[[4, 3], [1, 0]]), legend=None
        )
        rule = base(edges).mark_rule(color=colour("edge"), aria=False)
        found.append(rule.encode(x=across("value", spec.axis), strokeDash=dash))
    for level, texts in enumerate(_above(spec)):
        name = base(texts).encode(x=across("value", spec.axis), y=altair.value(-8 - 15 * level), text="text:N")
        found += written(name, baseline="bottom", color=colour("quiet"))
    return found


def _above(spec: Rows) -> list[list[dict[str, Any]]]:
    """What stands above the rows, level by level: the names of the zones, then those of the lines."""
    zones = [{"value": (zone.low + zone.high) / 2, "text": zone.label} for zone in spec.zones]
    lines = [(line.value, line.label) for line in spec.lines if line.label]
    levels = tiers(lines, spec.axis.high - spec.axis.low, _LETTERS)
    found = [zones] if zones else []
    for level in sorted(set(levels)):
        found.append(
            [{"value": value, "text": text} for (value, text), at in zip(lines, levels, strict=True) if at == level]
        )
    return found


def _touched(rows: list[dict[str, Any]], height: float) -> Any:
    """The whole line of each row says its numbers, wide enough for a finger."""
    import altair

    place = base(rows).mark_rect(opacity=0)
    x = {"x": altair.value(0), "x2": altair.value("width")}
    return telling(place.encode(**x, y=_down("top", height), y2="end:Q"))

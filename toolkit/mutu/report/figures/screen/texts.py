"""What all charts are put together from: data, axes, texts that stand out, places that say their numbers."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mutu.look import colour
from mutu.report.document import printable
from mutu.report.figures.spec import Axis, Tips

NARROW = 430
"""Pixels below which a chart is narrow: its texts stand in shorter lines."""

Rows = Iterable[Mapping[str, Any]]


def wrapped(text: str, width: int, lines: int = 6) -> list[str]:
    """A text in lines of about `width` letters, printable; only words far longer than a line are broken."""
    said = printable(text)
    broken = any(len(word) > width + 8 for word in said.split())
    return textwrap.wrap(said, width, break_long_words=broken, break_on_hyphens=False)[:lines] or [""]


def either(narrow: str, wide: str) -> Any:
    """One of two texts, for a telephone or a desk, by how wide the chart is when it is drawn."""
    import altair

    return altair.ExprRef(f"width < {NARROW} ? {narrow} : {wide}")


def base(rows: Rows) -> Any:
    """A chart over rows of data that stay with it: they are never loaded from anywhere, however many they are."""
    import altair

    return altair.Chart(altair.InlineData(values=[dict(row) for row in rows]))


def scale(axis: Axis) -> Any:
    """The scale of an axis, with the same little margin as on paper."""
    import altair

    margin = 0.012 * (axis.high - axis.low)
    return altair.Scale(domain=[axis.low - margin, axis.high + margin], nice=False, zero=False)


def across(field: str, axis: Axis) -> Any:
    """The channel x on an axis that `frame` draws."""
    import altair

    return altair.X(f"{field}:Q", scale=scale(axis))


def upward(field: str, axis: Axis) -> Any:
    """The channel y on an axis that `frame` draws."""
    import altair

    return altair.Y(f"{field}:Q", scale=scale(axis))


def frame(x: Axis, y: Axis | None = None, *, above: float = 0) -> Any:
    """The axes themselves, once for all layers; the title of y stands above it, where a telephone has room for it."""
    import altair

    place = {"x": x.low, "y": 0 if y is None else y.low}
    shown = altair.X(
        "x:Q", scale=scale(x), axis=altair.Axis(title=_title(x), **_ticks(x), labelOverlap="greedy", labelSeparation=6)
    )
    chart = base([place]).mark_point(opacity=0, aria=False, tooltip=None).encode(x=shown)
    if y is None:
        return chart
    high: dict[str, Any] = {
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleBaseline": "bottom",
        "titleX": 0,
    }
    title = _title(y)
    lifted = 13 * (len(title or [""]) - 1)  # the first of several lines stands at the place of a single one
    side = altair.Axis(title=title, **_ticks(y), **high, titleY=-8 - above - lifted)
    return chart.encode(y=altair.Y("y:Q", scale=scale(y), axis=side))


def under(axis: Axis) -> int:
    """How many pixels the horizontal axis takes below its line, with ticks and title."""
    return 36 + 16 * len(_title(axis) or [])


def _title(axis: Axis) -> list[str] | None:
    return wrapped(axis.title, 28) if axis.title else None


def _ticks(axis: Axis) -> dict[str, Any]:
    places, texts = [place for place, _text in axis.ticks], [text for _place, text in axis.ticks]
    lookup = f"{json.dumps(texts, ensure_ascii=False)}[indexof({json.dumps(places)}, datum.value)]"
    return {"values": places, "labelExpr": lookup}


def written(chart: Any, *, halo: bool = True, **how: Any) -> list[Any]:
    """The field `text` of a chart's data as texts; lines behind them end at a halo."""
    look = {"fontSize": 12, "lineBreak": "\n", "tooltip": None, "aria": False, **how}
    front = chart.mark_text(**look)
    if not halo:
        return [front]
    return [chart.mark_text(**look, stroke=colour("paper"), strokeWidth=4, strokeJoin="round"), front]


def note(text: str, y: Any) -> list[Any]:
    """What a figure rests on, below it."""
    import altair

    if not text:
        return []
    text = text.replace(" = ", "\u00a0=\u00a0")
    lines = {"narrow": "\n".join(wrapped(text, 33, 12)), "wide": "\n".join(wrapped(text, 84))}
    chart = base([lines]).encode(x=altair.value(0), y=altair.value(y), text=_fitting())
    return written(chart, halo=False, align="left", baseline="top", color=colour("quiet"), lineHeight=16)


def _fitting() -> Any:
    import altair

    return altair.TextValue(either("datum.narrow", "datum.wide"))


def named(rows: Rows, **channels: Any) -> Any:
    """A chart of texts with a version for narrow charts and one for wide ones."""
    counted = [
        {**row, "narrow_up": row["narrow"].count("\n"), "wide_up": row["wide"].count("\n")} for row in map(dict, rows)
    ]
    return base(counted).encode(text=_fitting(), **channels)


def raised(line: int, start: int = 0) -> Any:
    """The offset that lets the last line of such a text, and not its first, stand at its place."""
    return either(f"{start} - {line} * datum.narrow_up", f"{start} - {line} * datum.wide_up")


def key(entries: Sequence[str], y: float) -> tuple[list[Any], Any]:
    """What marks are, one entry below the other, and where what comes below it begins."""
    import altair

    if not entries:
        return [], altair.ExprRef(str(y))
    found = {
        kind: [line for entry in entries for line in wrapped(entry, letters, 4)]
        for kind, letters in (("narrow", 32), ("wide", 74))
    }
    texts = {kind: "\n".join(lines) for kind, lines in found.items()}
    chart = named([texts], x=altair.value(0), y=altair.value(y))
    drawn = written(chart, halo=False, align="left", baseline="top", fontSize=13, lineHeight=17)
    narrow, wide = (str(y + 17 * len(lines) + 12) for lines in found.values())
    return drawn, either(narrow, wide)


def titled(text: str) -> Any:
    """The text of a title in lines that fit."""
    narrow, wide = (json.dumps(wrapped(text, letters), ensure_ascii=False) for letters in (30, 66))
    return either(narrow, wide)


def telling(chart: Any) -> Any:
    """A chart whose marks say their field `tips` when pointed at, as a table, and `said` to a screen reader."""
    import altair

    return chart.encode(
        tooltip=altair.TooltipValue(altair.ExprRef("datum.tips")), description=altair.Description("said:N")
    )


def tip(tips: Tips, said: str) -> dict[str, Any]:
    """The fields that `telling` needs."""
    return {"tips": dict(tips) or {"": said}, "said": said}

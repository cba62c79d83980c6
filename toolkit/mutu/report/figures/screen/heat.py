"""A table whose cells are darker the higher they are, on the screen."""

from __future__ import annotations

from typing import Any

from mutu.look import colour
from mutu.report.figures.screen.offline import Layers
from mutu.report.figures.screen.texts import base, telling, tip, wrapped, written
from mutu.report.figures.spec import Cell, Heat, depth

_CELL, _LINE = 34, 15  # pixels


def layers(spec: Heat) -> Layers:
    """The layers of the chart: the name of each row stands above its cells, so a telephone has room."""
    import altair

    names = [wrapped(name, 40, 2) for name in spec.rows]
    tops, at = list[float](), 0.0
    for lines in names:
        tops.append(at + _LINE * len(lines) + 6)
        at = tops[-1] + _CELL + 8
    height = at
    x = altair.X("column:Q", scale=altair.Scale(domain=[0, len(spec.columns)], nice=False), axis=None)

    def down(field: str) -> Any:
        return altair.Y(f"{field}:Q", scale=altair.Scale(domain=[0, height], reverse=True, nice=False), axis=None)

    cells = [_data(cell, tops[cell.row], spec) for cell in spec.cells]
    opacity = altair.FillOpacity("depth:Q", scale=None, legend=None)
    box = base(cells).mark_rect(fill=colour("primary"), stroke=colour("paper"), strokeWidth=3)
    place = {"x": x, "x2": "right:Q", "y": down("top"), "y2": "end:Q"}
    text = base(cells).encode(x=altair.X("middle:Q", axis=None), y=down("centre"), text="shown:N")
    rows = [
        {"y": top - 4 - _LINE * (len(lines) - 1), "text": "\n".join(lines)}
        for top, lines in zip(tops, names, strict=True)
    ]
    named = base(rows).encode(x=altair.value(0), y=down("y"), text="text:N")
    charts = [
        telling(box.encode(**place, fillOpacity=opacity)),
        *written(text, halo=False, fontSize=13, fontWeight="bold", baseline="middle"),
        *written(named, halo=False, align="left", baseline="bottom", fontSize=13, lineHeight=_LINE),
        *_heads(spec),
    ]
    return Layers(charts, height, height + 12)


def _heads(spec: Heat) -> list[Any]:
    """The names of the columns above all cells."""
    import altair

    names = [wrapped(name, max(5, 42 // len(spec.columns)), 3) for name in spec.columns]
    highest = max(map(len, names))
    rows = [
        {"middle": place + 0.5, "text": "\n".join([*[""] * (highest - len(lines)), *lines])}
        for place, lines in enumerate(names)
    ]
    at = base(rows).encode(x=altair.X("middle:Q", axis=None), y=altair.value(-6 - 14 * (highest - 1)), text="text:N")
    return written(at, halo=False, baseline="bottom", color=colour("quiet"), lineHeight=14)


def _data(cell: Cell, top: float, spec: Heat) -> dict[str, Any]:
    return {
        "column": cell.column,
        "right": cell.column + 1,
        "middle": cell.column + 0.5,
        "top": top,
        "end": top + _CELL,
        "centre": top + _CELL / 2,
        "strength": cell.strength,
        "depth": depth(cell.strength),
        "shown": cell.shown,
        **tip(cell.tips, f"{spec.rows[cell.row]}, {spec.columns[cell.column]}: {cell.shown}"),
    }

"""Charts that JupyterLab draws with what it brings along; nothing is fetched.

JupyterLab 4 ships Vega-Lite 5 and draws `application/vnd.vegalite.v5+json`; altair 6 writes Vega-Lite 6, whose text its
own renderers show by fetching a program. What we use of it is the same in both, so the chart says that it is Vega-Lite
5 and JupyterLab draws it; a test opens every chart there. The address at `$schema` is a name, not fetched. Beside it
stands the figure for paper as PNG, for pages that draw no charts: nbconvert's HTML, Voila, a repository's preview.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from mutu.look import colour, tokens
from mutu.report.figures.screen.texts import note, titled
from mutu.report.figures.spec import Figure

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_NARROWEST, _WIDEST = 260, 620  # pixels
_BESIDE = 110  # pixels of a window beside the output of a cell


class Picture(NamedTuple):
    """Which result and view a chart shows, to draw it for paper when a page asks for it."""

    result: Any
    view: str


class Layers(NamedTuple):
    """Layers of a chart, its height in pixels, and where the note begins, in pixels or as an expression."""

    charts: Sequence[Any]
    height: float
    note_at: Any


def finished(layers: Layers, spec: Figure, picture: Picture) -> Any:
    """The chart with title, note, look, and what it needs to be drawn offline."""
    parts = [*layers.charts, *note(spec.note, layers.note_at)]
    chart = _kind()(layer=parts).properties(
        width="container",
        height=layers.height,
        title={
            "text": titled(spec.title),
            "anchor": "start",
            "frame": "bounds",
            "fontSize": 14,
            "color": colour("ink"),
            "offset": 14,
        },
        description=spec.alt,
        autosize={"type": "fit-x", "contains": "padding"},
        background=colour("paper"),
        padding=8,
        usermeta={"embedOptions": _embedding()},
        config=_look(),
    )
    object.__setattr__(chart, "_picture", picture)
    return chart


@cache
def _kind() -> Any:
    """The class of our charts; a function, as importing altair takes a second."""
    import altair

    class OfflineChart(altair.LayerChart):
        """A layered chart that shows itself without the internet."""

        def _repr_mimebundle_(self, *_include: Any, **_exclude: Any) -> Any:
            drawn = {**self.to_dict(), "$schema": SCHEMA}
            said = drawn.get("description", "")
            data = {MIME: drawn, "text/plain": said}
            picture = self.__dict__.get("_picture")
            if picture is None:  # a copy that was changed: the figure for paper would show another one
                return data
            from mutu.report.figures import draw, to_png

            png = to_png(draw(*picture), dpi=110)
            return {**data, "image/png": base64.b64encode(png).decode("ascii")}, {"image/png": {"alt": said}}

    return OfflineChart


def _embedding() -> dict[str, Any]:
    """How JupyterLab draws it: letters that stay sharp, no menu, and as wide as the window lets it be.

    JupyterLab's place for a chart is as wide as the chart, so "container" alone would be nothing; the compiled chart is
    given a width of its own. Pages whose place has a width are taken at their word.
    """
    here = f"min({_WIDEST}, max({_NARROWEST}, windowSize()[0] - {_BESIDE}))"
    wide = f"containerSize()[0] > {_NARROWEST} ? containerSize()[0] : {here}"
    signal = {"name": "width", "init": wide, "on": [{"events": "window:resize", "update": here}]}
    return {"renderer": "svg", "actions": False, "patch": [{"op": "replace", "path": "/signals/0", "value": signal}]}


def _look() -> dict[str, Any]:
    """The tokens as Vega-Lite's configuration."""
    axis = {
        "labelColor": colour("quiet"),
        "titleColor": colour("quiet"),
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domainColor": colour("edge"),
        "tickColor": colour("edge"),
        "ticks": False,
        "grid": False,
        "labelPadding": 6,
    }
    return {
        "font": tokens()["font"]["screen"],
        "axis": axis,
        "view": {"stroke": None},
        "text": {"color": colour("ink")},
    }

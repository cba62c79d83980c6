"""Paper to draw on: the look of mutu, texts that are only texts, PNG and SVG."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mutu.look import colour, figure_style
from mutu.report.document import printable
from mutu.report.typesetting import FAMILIES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from mutu.report.figures.spec import Axis
    from mutu.report.figures.spec import Figure as Spec

WIDTH = 6.3  # inches: the width of the text on A4
_TITLE, _NOTE = 78, 100  # letters in a line of that width


@contextmanager
def style() -> Iterator[None]:
    """The look of mutu; user texts are never formulas, and a letter no font has is no reason for a warning."""
    import matplotlib

    rules: Any = {"text.parse_math": False, "font.family": list(FAMILIES)}
    with matplotlib.rc_context(figure_style() | rules), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def sheet(height: float, width: float = WIDTH) -> tuple[Figure, Any]:
    """A figure without pyplot: no global state, safe in threads, no window."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def sheet_with_key(height: float, columns: Sequence[Sequence[str]], width: float = WIDTH) -> tuple[Figure, Any]:
    """A figure whose lower part lists what its marks are, in columns of lines."""
    from matplotlib.figure import Figure

    texts = ["\n".join(column) for column in columns]
    below = 0.17 * max(text.count("\n") + 1 for text in texts) + 0.1
    figure = Figure(figsize=(width, height + below), layout="constrained")
    axes, key = figure.subplots(2, 1, height_ratios=[height - 0.6, below])
    key.axis("off")
    for place, text in enumerate(texts):
        key.annotate(text, (place / len(texts), 1), xycoords="axes fraction", va="top", fontsize=9, linespacing=1.25)
    return figure, axes


def words(figure: Figure, spec: Spec, *, title: bool = True) -> None:
    """The finding above a figure, and below it what it rests on."""
    if title:
        figure.suptitle(plain(spec.title, _TITLE), x=0.01, ha="left", fontsize=11, fontweight="bold")
    if spec.note:
        figure.supxlabel(
            plain(spec.note.replace(" = ", "\u00a0=\u00a0"), _NOTE, 6),
            x=0.99,
            ha="right",
            fontsize=9,
            color=colour("quiet"),
        )


def scale(axes: Any, axis: Axis, which: str) -> None:
    """Ends, ticks and title of the "x" or "y" axis."""
    margin = 0.012 * (axis.high - axis.low)
    getattr(axes, f"set_{which}lim")(axis.low - margin, axis.high + margin)
    getattr(axes, f"set_{which}ticks")([place for place, _text in axis.ticks], [text for _place, text in axis.ticks])
    if axis.title:
        getattr(axes, f"set_{which}label")(plain(axis.title, 60), color=colour("quiet"), fontsize=9)
    axes.tick_params(axis=which, length=0)


def plain(text: str, width: int = 44, lines: int = 3) -> str:
    """A text for a figure: printable, long lines wrapped."""
    return "\n".join(textwrap.wrap(printable(text), width)[:lines]) or " "


def to_png(figure: Figure, *, dpi: int = 200) -> bytes:
    """A figure as PNG."""
    out = BytesIO()
    with style():
        figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None})
    return out.getvalue()


def to_svg(figure: Figure) -> bytes:
    """A figure as SVG whose letters are drawn, for typst."""
    out = BytesIO()
    with style():
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()

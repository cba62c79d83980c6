"""The only place that draws with matplotlib: figures of results for paper, and as PNG."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mutu.locale import _, integer, number, percent
from mutu.look import colour, figure_style
from mutu.report.document import printable
from mutu.report.svg import aspects_alt, aspects_finding, aspects_svg, elements_svg, ticks, weakest_first
from mutu.report.typesetting import FAMILIES

if TYPE_CHECKING:
    from matplotlib.figure import Figure


__all__ = [
    "aspects",
    "aspects_alt",
    "aspects_finding",
    "aspects_png",
    "aspects_svg",
    "elements",
    "elements_alt",
    "elements_svg",
    "finding",
    "profile",
    "to_png",
    "to_svg",
]

_WIDTH = 6.3  # inches: the width of the text on A4


@contextmanager
def _style() -> Iterator[None]:
    """The look of mutu; user texts are never formulas, and a letter no font has is no reason for a warning."""
    import matplotlib

    rules: Any = {"text.parse_math": False, "font.family": list(FAMILIES)}
    with matplotlib.rc_context(figure_style() | rules), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def _figure(height: float, width: float = _WIDTH) -> tuple[Figure, Any]:
    """A figure without pyplot: no global state, safe in threads, no window."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def to_png(figure: Figure, *, dpi: int = 200) -> bytes:
    """A figure as PNG."""
    out = BytesIO()
    with _style():
        figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None})
    return out.getvalue()


def to_svg(figure: Figure) -> bytes:
    """A figure as SVG whose letters are drawn, for typst."""
    out = BytesIO()
    with _style():
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def elements(
    result: Any, *, title: bool = True, grades: bool = True, size: tuple[float, float] | None = None
) -> Figure:
    """The elements of an IKM, weakest first: a dot with its interval on the 1-4 axis and the limits of the grades.

    Parameters
    ----------
    result : IndexResult
    title : whether the finding stands above the figure
    grades : whether each element's grade stands beside its value
    size : width and height in inches; by default the width of the text on A4
    """
    parts = sorted(result.unsur, key=lambda unsur: (unsur.nrr, unsur.kode))
    with _style():
        width, height = size or (_WIDTH, 1.0 + 0.27 * len(parts))
        figure, axes = _figure(height, width)
        for row, unsur in enumerate(parts):
            _dot(axes, row, unsur, grades=grades)
        _limits(axes, result.regulation)
        _scale(axes, result.regulation.scale, len(parts))
        axes.set_yticks(range(len(parts)), [f"{_plain(unsur.nama)}" for unsur in parts])
        if title:
            figure.suptitle(_plain(finding(result), 78), x=0.01, ha="left", fontsize=11, fontweight="bold")
        said = _("mean answer (NRR), 1 to 4; line: 95% interval; n = {n}").format(n=integer(result.n))
        figure.supxlabel(said, x=0.99, ha="right", fontsize=9, color=colour("quiet"))
    return figure


def finding(result: Any) -> str:
    """The title of the elements figure: what it shows."""
    lowest = min(unsur.nrr for unsur in result.unsur)
    names = [unsur.nama for unsur in result.unsur if unsur.nrr == lowest]
    if len(names) == len(result.unsur):
        return _("All elements score {value}").format(value=number(lowest))
    if len(names) > 1:
        return _("Lowest mean (NRR): {value}, in {count} elements").format(value=number(lowest), count=len(names))
    return _("Lowest mean (NRR): {element}, {value}").format(element=names[0], value=number(lowest))


def elements_alt(result: Any) -> str:
    """What the elements figure says, for those who cannot see it."""
    parts = sorted(result.unsur, key=lambda unsur: (unsur.nrr, unsur.kode))
    values = "; ".join(f"{unsur.nama} {number(unsur.nrr)}" for unsur in parts)
    return _("Mean answer of each element on the scale 1 to 4, weakest first: {values}.").format(values=values)


def _dot(axes: Any, row: int, unsur: Any, *, grades: bool) -> None:
    value = float(unsur.nrr)
    if unsur.nrr_interval is not None:
        axes.plot([unsur.nrr_interval.low, unsur.nrr_interval.high], [row, row], color=colour("ink"), linewidth=1.6)
    axes.plot(value, row, "o", markersize=7.5, color=colour("primary"), markeredgecolor=colour("ink"), clip_on=False)
    text = f"{number(unsur.nrr)}  {unsur.mutu}" if grades else number(unsur.nrr)
    axes.annotate(text, (1.03, row), xycoords=("axes fraction", "data"), va="center", fontweight="bold")


def _limits(axes: Any, regulation: Any) -> None:
    """Thin lines where a grade begins, the letters of the grades above."""
    edges = [float(band.low) / regulation.multiplier for band in regulation.bands] + [float(regulation.scale[1])]
    for edge in edges[1:-1]:
        axes.axvline(edge, color=colour("edge"), linewidth=0.8, linestyle=(0, (4, 3)))
    for band, low, high in zip(regulation.bands, edges, edges[1:], strict=False):
        label = _("grade {letter}").format(letter=band.mutu) if band is regulation.bands[0] else band.mutu
        axes.annotate(
            label, ((low + high) / 2, 1.01), xycoords=("data", "axes fraction"), ha="center", color=colour("quiet")
        )


def _scale(axes: Any, scale: tuple[int, int], rows: int) -> None:
    from matplotlib.ticker import FuncFormatter

    low, high = scale
    axes.set_xlim(low - 0.04, high + 0.04)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_xticks(range(low, high + 1))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: integer(round(value))))
    axes.grid(axis="x", visible=False)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)


def profile(groups: Sequence[tuple[str, Sequence[tuple[str, int]]]], n: int) -> Figure:
    """Bars with the respondents of each category, in two columns; counts stand at the bars.

    Parameters
    ----------
    groups : name of a characteristic, its categories with the number of respondents, in the order to show
    n : respondents, for the shares
    """
    from matplotlib.figure import Figure

    columns = [column for column in _halves(groups) if column]
    lines = max((_lines(column) for column in columns), default=1)
    most = max((count for _name, counts in groups for _category, count in counts), default=1)
    with _style():
        figure = Figure(figsize=(_WIDTH, 0.2 + 0.18 * lines), layout="constrained")
        for axes, column in zip(figure.subplots(1, max(len(columns), 1), squeeze=False)[0], columns, strict=False):
            _bars(axes, column, n)
            axes.set_ylim(lines - 0.6, -0.6)
            axes.set_xlim(0, most * (1.7 if len(columns) > 1 else 1.25))
    return figure


def _halves(groups: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> tuple[list[Any], list[Any]]:
    """The characteristics in order in two columns of about the same length."""
    cuts = range(1, len(groups) + 1)
    cut = min(cuts, key=lambda cut: max(_lines(groups[:cut]), _lines(groups[cut:])), default=0)
    return list(groups[:cut]), list(groups[cut:])


def _lines(groups: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> float:
    return sum(len(counts) + 1.2 for _name, counts in groups)


def _bars(axes: Any, groups: Sequence[tuple[str, Sequence[tuple[str, int]]]], n: int) -> None:
    """Bars under the name of each characteristic."""
    row, ticks = 0.0, dict[float, str]()
    for name, counts in groups:
        axes.annotate(_plain(name), (0, row), va="center", fontweight="bold", fontsize=8.5)
        for category, count in counts:
            row += 1
            axes.barh(row, count, color=colour("second"), height=0.66)
            said = f"{integer(count)} ({percent(count / n)})"
            axes.annotate(said, (count, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8)
            ticks[row] = _plain(category, 26)
        row += 1.2
    axes.set_yticks(list(ticks), list(ticks.values()), fontsize=8)
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_bounds(-0.6, row - 0.6)


def aspects(result: Any) -> Figure:
    """The aspects of a self-assessment as bars from 0 to the highest level, weakest first; one not complete has none.

    Parameters
    ----------
    result : has `.scale` and `.aspects`, each with `.name` and `.index` (None when answers are missing)
    """
    parts, (lowest, highest) = weakest_first(result), result.scale
    with _style():
        figure, axes = _figure(0.7 + 0.34 * len(parts))
        values = [0.0 if part.index is None else float(part.index) for part in parts]
        axes.barh(range(len(parts)), values, color=colour("primary"), height=0.6)
        for row, part in enumerate(parts):
            text = _("not complete") if part.index is None else number(part.index)
            axes.annotate(
                text, (values[row], row), xytext=(5, 0), textcoords="offset points", va="center", fontweight="bold"
            )
        axes.set_yticks(range(len(parts)), [_plain(str(part.name)) for part in parts])
        axes.set_ylim(len(parts) - 0.4, -0.6)
        axes.set_xlim(0, 1.08 * highest)
        axes.set_xticks(ticks(0, highest))
        axes.grid(axis="y", visible=False)
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
        said = _("index of the aspect, scale {low} to {high}").format(low=integer(lowest), high=integer(highest))
        axes.set_xlabel(said, color=colour("quiet"))
    return figure


def aspects_png(result: Any) -> bytes:
    """The aspects figure as PNG."""
    return to_png(aspects(result))


def _plain(text: str, width: int = 44) -> str:
    """A text for a figure: printable, long lines wrapped."""
    import textwrap

    return "\n".join(textwrap.wrap(printable(text), width)[:3]) or " "

"""A result's figure, for paper and for the screen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mutu.report.figures.register import MAIN, spec

if TYPE_CHECKING:
    from altair import LayerChart
    from matplotlib.figure import Figure


def draw(result: Any, view: str = MAIN, *, title: bool = True) -> Figure:
    r"""The figure of a result for paper, as matplotlib's Figure: hand it to `to_png` or `to_svg`.

    Parameters
    ----------
    result : any result of `mutu.measure` that has a figure
    view : another figure of the same result, for instance "groups" of an index
    title : whether the finding stands above it; a report sets its own captions

    Raises
    ------
    InputError : results of this type have no such figure

    Examples
    --------
    >>> from mutu.measure import sampling
    >>> from mutu.report import figures
    >>> figures.to_png(figures.draw(sampling.proportional([500, 300, 200], 60)))[:4]
    b'\x89PNG'
    """
    found = spec(result, view)
    drawn: Figure = _kind("paper", found).draw(found, title=title)
    return drawn


def chart(result: Any, view: str = MAIN) -> LayerChart:
    """The figure of a result for the screen, as an altair chart that JupyterLab draws without the internet.

    It takes the width of its place, so that a telephone can show it; every mark says its numbers when it is pointed at
    or touched. Where nothing draws charts (a static page, a page of Voila), the figure for paper stands in its place.

    Parameters
    ----------
    result : any result of `mutu.measure` that has a figure
    view : another figure of the same result, for instance "groups" of an index

    Raises
    ------
    InputError : results of this type have no such figure

    Examples
    --------
    >>> from mutu.measure import sampling
    >>> from mutu.report import figures
    >>> drawn = figures.chart(sampling.proportional([500, 300, 200], 60))
    >>> drawn.to_dict()["description"][:8]
    '60 respo'
    """
    from mutu.report.figures.screen.offline import Picture, finished

    found = spec(result, view)
    shown: LayerChart = finished(_kind("screen", found).layers(found), found, Picture(result, view))
    return shown


def alt(result: Any, view: str = MAIN) -> str:
    """The sentence that replaces a result's figure for those who cannot see it.

    Raises
    ------
    InputError : results of this type have no such figure
    """
    return spec(result, view).alt


def _kind(place: str, found: Any) -> Any:
    """The module that draws figures of this kind, for paper or for the screen; it loads nothing heavy by itself."""
    return import_module(f"mutu.report.figures.{place}.{type(found).__name__.lower()}")

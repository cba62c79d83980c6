"""The elements of a survey on paper, in the sizes that report and poster need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutu.report.figures.paper import rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from mutu.measure.skm import IndexResult


def elements(
    result: IndexResult, *, title: bool = True, grades: bool = True, size: tuple[float, float] | None = None
) -> Figure:
    """The elements of an IKM, weakest first: a dot with its interval on the 1-4 axis and the limits of the grades.

    Parameters
    ----------
    result : IndexResult
    title : whether the finding stands above the figure
    grades : whether each element's grade stands beside its value
    size : width and height in inches; by default the width of the text on A4
    """
    from mutu.report.figures.of.skm import elements_spec

    return rows.draw(elements_spec(result, grades=grades), title=title, size=size)

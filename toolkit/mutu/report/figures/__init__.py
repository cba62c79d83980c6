"""The only place that draws: each result as a figure for paper (matplotlib) and one for the screen (altair).

draw, chart     a result's figure for paper, and the same for the screen
spec, register  what a figure shows, as data that both share; which result has which
of              what the figure of each result shows, one module a part of `mutu.measure`
paper, screen   how each kind of figure is drawn
"""

from mutu.report.figures.aspects import aspects, aspects_png
from mutu.report.figures.entry import alt, chart, draw
from mutu.report.figures.of.skm import elements_alt, finding
from mutu.report.figures.paper.canvas import to_png, to_svg
from mutu.report.figures.profile import profile
from mutu.report.figures.survey import elements
from mutu.report.svg import aspects_alt, aspects_finding, aspects_svg, elements_svg, rows_svg

__all__ = [
    "alt",
    "aspects",
    "aspects_alt",
    "aspects_finding",
    "aspects_png",
    "aspects_svg",
    "chart",
    "draw",
    "elements",
    "elements_alt",
    "elements_svg",
    "finding",
    "profile",
    "rows_svg",
    "to_png",
    "to_svg",
]

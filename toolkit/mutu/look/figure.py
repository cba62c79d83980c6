"""The style of printed figures; only `mutu.report.figures` draws with it."""

from __future__ import annotations

from typing import Any

from mutu.look.tokens import FONTS, colour, tokens


def figure_style() -> dict[str, Any]:
    """The rcParams of matplotlib; registers the print font first."""
    from matplotlib import font_manager

    for font in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(str(font))
    return {
        "font.family": tokens()["font"]["print"],
        "font.size": 10,
        "text.color": colour("ink"),
        "axes.facecolor": colour("paper"),
        "axes.edgecolor": colour("edge"),
        "axes.labelcolor": colour("ink"),
        "axes.titlelocation": "left",
        "axes.titleweight": "semibold",
        "axes.titlesize": 12,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": colour("line"),
        "grid.linewidth": 0.8,
        "xtick.color": colour("quiet"),
        "ytick.color": colour("ink"),
        "xtick.labelcolor": colour("quiet"),
        "figure.facecolor": colour("paper"),
        "svg.fonttype": "path",
        "svg.hashsalt": "mutu",
        "pdf.fonttype": 42,
    }

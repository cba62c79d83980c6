"""What the figure of a class's marks shows; `mutu.report.figures` draws it."""

from __future__ import annotations

from mutu.course.outcome.insight.marks import Spread, points
from mutu.locale import _, integer
from mutu.report.figures.spec import Axis, Row, Rows


def marks_figure(spread: Spread) -> Rows:
    """Trainees in each step of the marks, the one with the median in bold."""
    steps = spread.steps()
    counts = [count for _low, _high, count in steps]
    middle = next((at for at, (_low, high, _n) in enumerate(steps) if spread.middle < high), len(steps) - 1)
    top = max(counts)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000, top) if top <= 5 * step)
    ticks = tuple((float(at), integer(at)) for at in range(0, top + step, step))
    return Rows(
        title=_("Median {middle} of {maximum} points").format(
            middle=points(spread.middle), maximum=points(spread.maximum)
        ),
        alt=" ".join([spread.sentence(), *(f"{spread.label(low, high)}: {n}." for low, high, n in steps if n)]),
        note=_("bold: where the median lies; n = {n}").format(n=integer(len(spread.shares))),
        axis=Axis(_("trainees"), 0.0, ticks[-1][0], ticks),
        rows=tuple(
            Row(
                label=_("{points} points").format(points=spread.label(low, high)),
                value=float(count),
                shown=integer(count),
                bar=True,
                strong=at == middle,
            )
            for at, (low, high, count) in enumerate(steps)
        ),
    )

"""The figure of a self-assessment: its aspects, weakest first."""

from __future__ import annotations

from mutu.instruments import AssessmentResult
from mutu.locale import _, integer, number, percent
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Axis, Row, Rows
from mutu.report.svg import aspects_alt, aspects_finding, ticks, weakest_first


@shows(AssessmentResult)
def aspects_spec(result: AssessmentResult) -> Rows:
    """The index of each aspect from 0 to the highest level; one that is not complete has no bar."""
    low, high = result.scale
    return Rows(
        title=aspects_finding(result),
        alt=aspects_alt(result),
        note=_("index of the aspect, scale {low} to {high}").format(low=integer(low), high=integer(high)),
        axis=Axis("", 0.0, float(high), tuple((float(place), integer(place)) for place in ticks(0, high))),
        rows=tuple(
            Row(
                label=str(part.name),
                value=None if part.index is None else float(part.index),
                shown=_("not complete") if part.index is None else number(part.index),
                bar=True,
                tips=(
                    (_("Aspect"), str(part.name)),
                    (_("Index"), number(part.index)),
                    (_("Weight"), percent(part.weight / 100)),
                ),
            )
            for part in weakest_first(result)
        ),
    )

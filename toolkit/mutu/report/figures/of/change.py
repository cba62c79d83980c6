"""Figures of what changed over time: levels, a steady rise or fall, the same month of the year before."""

from __future__ import annotations

from itertools import accumulate

from mutu.locale import _, integer, number, signed
from mutu.measure.trend import ChangePoints, MonotonicTrend, SeasonalComparison, Stretch
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Axis, Curve, Line, Mark, Row, Rows, Series, axis, ends, tips


@shows(ChangePoints)
def levels(result: ChangePoints) -> Rows:
    """The level of each stretch with its interval, in the order of time."""
    reach = [value for one in result.stretches for value in (one.mean, *(ends(one.interval) or ()))]
    return Rows(
        title=_levels_finding(result),
        alt=result.sentence(),
        note=_("dot: mean of the periods; line: 95% interval; periods in brackets; {n} periods in all").format(
            n=integer(result.n)
        ),
        axis=axis(_("mean"), reach),
        rows=tuple(
            Row(
                label=f"{_span(one)} ({integer(one.n)})",
                value=one.mean,
                shown=number(one.mean),
                interval=ends(one.interval),
                tips=tips(row),
            )
            for one, row in zip(result.stretches, result.rows(), strict=True)
        ),
    )


def _span(one: Stretch) -> str:
    return one.first.text if one.n == 1 else f"{one.first.text} – {one.last.text}"


def _levels_finding(result: ChangePoints) -> str:
    if not result.changes:
        return _("The level did not change by more than chance explains")
    last = result.changes[-1]
    return _("From {period} another level: {after} instead of {before}").format(
        period=last.period.text, after=number(last.after.mean), before=number(last.before.mean)
    )


@shows(ChangePoints, "sums")
def sums(result: ChangePoints) -> Curve:
    """The cumulated distance from the mean: where it turns, the level changed."""
    points = tuple((float(place), total) for place, total in enumerate(result.sums))
    starts = list(accumulate(one.n for one in result.stretches))[:-1]
    return Curve(
        title=_levels_finding(result),
        alt=result.sentence(),
        note=_("sum of the distances from the mean; it rises while values lie above the mean, and falls while below"),
        x=axis(_("periods"), [], low=0.0, high=float(result.n)),
        y=axis(_("cumulated sum"), [*result.sums, 0.0]),
        series=(
            Series(
                "",
                points,
                dots=True,
                tips=tuple(
                    ((_("Periods"), integer(int(place))), (_("Cumulated sum"), number(total)))
                    for place, total in points
                ),
            ),
        ),
        marks=tuple(
            Mark(
                float(place),
                result.sums[place],
                _("from {period}").format(period=change.period.text),
                below=result.sums[place] < 0,
            )
            for place, change in zip(starts, result.changes, strict=True)
        ),
        across=(Line(0.0, ""),),
    )


@shows(MonotonicTrend)
def trend(result: MonotonicTrend) -> Rows:
    """The change a period (or a year) with its interval, and zero as the line of no trend."""
    name = _("Sen's slope a year") if result.seasonal else _("Sen's slope a period")
    title = _("No trend can be told from chance ({slope})")
    if result.clear:
        title = _("It rises: {slope}") if result.score > 0 else _("It falls: {slope}")
    return Rows(
        title=title.format(slope=signed(result.slope)),
        alt=result.sentence(),
        note=_("line: 95% interval; {n} periods; p = {p}").format(n=integer(result.n), p=number(result.p, 3)),
        axis=axis(_("change of the value"), [result.slope, *(ends(result.interval) or ()), 0.0], signs=True),
        rows=(
            Row(
                label=name,
                value=result.slope,
                shown=signed(result.slope),
                interval=ends(result.interval),
                hollow=not result.clear,
                tips=tips(result.rows()[-1]),
            ),
        ),
        lines=(Line(0.0, _("no trend")),),
    )


@shows(SeasonalComparison)
def year_before(result: SeasonalComparison) -> Rows:
    """The difference of each month from the same month of the year before, and their mean."""
    mean_clear = result.interval is not None and not result.interval.low <= 0 <= result.interval.high
    reach = [value for pair in result.pairs for value in (pair.difference, *(ends(pair.interval) or ()))]
    shown = _axis([*reach, result.difference, *(ends(result.interval) or ()), 0.0])
    return Rows(
        title=_("On average {difference} from the same month a year before").format(
            difference=signed(result.difference)
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; empty dot: cannot be told from no change; {n} months").format(n=integer(result.n)),
        axis=shown,
        rows=(
            Row(
                label=_("mean of the months"),
                value=result.difference,
                shown=signed(result.difference),
                interval=ends(result.interval),
                strong=True,
                hollow=not mean_clear,
            ),
            *(
                Row(
                    label=pair.period.text,
                    value=pair.difference,
                    shown=signed(pair.difference),
                    interval=ends(pair.interval),
                    hollow=not pair.clear,
                    tips=tips(row),
                )
                for pair, row in zip(result.pairs, result.rows(), strict=True)
            ),
        ),
        lines=(Line(0.0, _("as a year before")),),
    )


def _axis(reach: list[float]) -> Axis:
    return axis(_("difference from the year before"), reach, signs=True)

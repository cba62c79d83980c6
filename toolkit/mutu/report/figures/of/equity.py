"""Figures of equity: whether good values gather among the better off, and how far groups are apart."""

from __future__ import annotations

import math

from mutu.locale import _, integer, number, percent, signed
from mutu.measure.equity import ConcentrationIndex, Decomposition, Gap, Gaps, SlopeIndex
from mutu.report.figures.register import shows
from mutu.report.figures.spec import MOST, Curve, Line, Mark, Row, Rows, Series, Tips, axis, ends, share_axis, tips


@shows(ConcentrationIndex)
def concentration(result: ConcentrationIndex) -> Curve:
    """The concentration curve beside the diagonal where everybody has the same."""
    every = math.ceil(len(result.curve) / MOST)
    points = tuple(result.curve[::every]) + ((1.0, 1.0),) * (result.curve[::every][-1] != result.curve[-1])
    chosen = result.erreygers or result.plain
    return Curve(
        title=_concentration_finding(result),
        alt=result.sentence(),
        note=_(
            "concentration index{kind} {value}; n = {n}; below the diagonal: high values among the better off"
        ).format(
            kind=_(" (Erreygers)") if result.erreygers else "", value=number(chosen.value, 3), n=integer(result.n)
        ),
        x=share_axis(_("share of people, from the worst off to the best off")),
        y=share_axis(_("share of the whole value")),
        series=(
            Series(
                _("as it is"),
                points,
                tips=tuple(_shares(*point) for point in points),
                named=2 * len(points) // 3,
                below=_under(points[len(points) // 2]),
            ),
            Series(
                _("equal shares"),
                ((0.0, 0.0), (0.4, 0.4), (1.0, 1.0)),
                dashed=True,
                named=1,
                below=not _under(points[len(points) // 2]),
            ),
        ),
        square=True,
    )


def _concentration_finding(result: ConcentrationIndex) -> str:
    chosen = result.erreygers or result.plain
    if not chosen.clear:
        return _("Whether high values gather among the better off cannot be told from chance")
    if chosen.value > 0:
        return _("High values gather among the better off")
    return _("High values gather among the worse off")


def _under(point: tuple[float, float]) -> bool:
    """Whether the curve runs below the diagonal there."""
    return point[1] <= point[0]


def _shares(people: float, value: float) -> Tips:
    return ((_("People"), percent(people)), (_("Value"), percent(value)))


@shows(Gaps)
def groups(result: Gaps) -> Rows:
    """How far each group is from the reference, with intervals that hold together."""
    reach = [value for gap in result.gaps for value in (gap.difference, *(ends(gap.interval) or ()))]
    table = {row[_("Group")]: tips(row) for row in result.rows()}
    reference = _("{group} (reference, mean {mean})").format(
        group=result.reference.label, mean=number(result.reference.mean)
    )
    return Rows(
        title=_gaps_finding(result),
        alt=result.sentence(),
        note=_gaps_note(result),
        axis=axis(_("difference from {group}").format(group=result.reference.label), [*reach, 0.0], signs=True),
        rows=(
            *(_gap(gap, table[gap.group.label]) for gap in result.gaps),
            Row(label=reference, value=0.0, shown=number(0), strong=True, tips=table[result.reference.label]),
        ),
        lines=(Line(0.0, _("no gap")),),
    )


def _gap(gap: Gap, said: Tips) -> Row:
    return Row(
        label=f"{gap.group.label} ({integer(gap.group.n)})",
        value=gap.difference,
        shown=signed(gap.difference),
        interval=ends(gap.interval),
        hollow=not gap.clear,
        tips=said,
    )


def _gaps_finding(result: Gaps) -> str:
    clear = [gap for gap in result.gaps if gap.clear]
    if all(gap.interval is None for gap in result.gaps):
        return _("Gaps to {group}: chance cannot be told").format(group=result.reference.label)
    if not clear:
        return _("No group differs from {group} by more than chance explains").format(group=result.reference.label)
    widest = max(clear, key=lambda gap: abs(gap.difference))
    return _("{group} differs most from {reference}: {difference}").format(
        group=widest.group.label, reference=result.reference.label, difference=signed(widest.difference)
    )


def _gaps_note(result: Gaps) -> str:
    text = _("line: 95% interval, all together; empty dot: cannot be told apart; n in brackets")
    if not result.withheld:
        return text
    hidden = _("not shown, fewer than {least} people: {groups}").format(
        least=integer(result.least), groups=", ".join(result.withheld)
    )
    return f"{text}; {hidden}"


@shows(SlopeIndex)
def slope(result: SlopeIndex) -> Curve:
    """The mean of each ordered group, and the line from the worst to the best off that the index is the rise of."""
    half = result.slope.value / 2
    line = ((0.0, result.mean - half), (1.0, result.mean + half))
    steps = result.steps
    title = _("From the worst to the best off the value changes by {slope}")
    if not result.slope.clear(0):
        title = _("Whether the better or the worse off have higher values cannot be told: {slope}")
    return Curve(
        title=title.format(slope=signed(result.slope.value)),
        alt=result.sentence(),
        note=_("dots: means of the groups; line: fitted, its rise is the slope index; n = {n}").format(
            n=integer(result.n)
        ),
        x=share_axis(_("share of people, from the worst off to the best off")),
        y=axis(_("mean"), [*(step.mean for step in steps), line[0][1], line[1][1]]),
        series=(Series("", line),),
        marks=tuple(
            Mark(
                step.place,
                step.mean,
                step.label,
                below=step.mean < line[0][1] + step.place * result.slope.value,
                tips=((_("Group"), step.label), (_("Mean"), number(step.mean)), ("n", integer(step.n))),
            )
            for step in steps
        ),
    )


@shows(Decomposition)
def parts(result: Decomposition) -> Rows:
    """How much of the variance lies between the groups, with its interval, and how much inside them."""
    note = _("line: 95% interval in the population; n = {n}, {groups} groups").format(
        n=integer(result.n), groups=integer(len(result.parts))
    )
    return Rows(
        title=_("{share} of the differences lie between the groups, {rest} inside them").format(
            share=percent(result.share), rest=percent(1 - result.share)
        ),
        alt=result.sentence(),
        note=note,
        axis=share_axis(_("share of the variance")),
        rows=(
            Row(
                label=_("between the groups"),
                value=result.share,
                shown=percent(result.share),
                interval=ends(result.interval),
                bar=True,
            ),
            Row(
                label=_("inside the groups"),
                value=1 - result.share,
                shown=percent(1 - result.share),
                bar=True,
                hollow=True,
            ),
        ),
        lines=(Line(result.by_chance, _("by chance {share}").format(share=percent(result.by_chance))),),
    )

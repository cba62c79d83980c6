"""Figures of times: how long cases take, how many are within the limit, how long the open ones have waited."""

from __future__ import annotations

import math

from mutu.locale import _, integer, number, percent
from mutu.measure.timeliness import Age, Backlog, KaplanMeier, WithinLimit
from mutu.report.figures.register import shows
from mutu.report.figures.spec import MOST, Curve, Line, Mark, Row, Rows, Series, Tips, axis, ends, share_axis, tips


@shows(KaplanMeier)
def waiting(result: KaplanMeier) -> Curve:
    """The share of cases still open after each day, with its band and the day by which half of them are done."""
    every = math.ceil(len(result.steps) / MOST)
    kept = [step for place, step in enumerate(result.steps) if place % every == 0 or step is result.steps[-1]]
    table = result.rows()
    said = [tips(table[place]) for place, step in enumerate(result.steps) if step in kept]
    points = [(0.0, 1.0), *((step.time, step.share) for step in kept)]
    bands = [(1.0, 1.0), *(ends(step.interval) for step in kept)]
    start: Tips = ((_("Days"), "0"), (_("Still open"), percent(1.0)))
    if result.longest > points[-1][0]:
        points.append((result.longest, points[-1][1]))
        bands.append(bands[-1])
        said.append(said[-1] if said else start)
    marks = () if result.median is None else (_half(result),)
    return Curve(
        title=_waiting_finding(result),
        alt=result.sentence(),
        note=_("band: 95% interval; {n} cases, {open} of them still open").format(
            n=integer(result.n), open=integer(result.open)
        ),
        x=axis(_("days"), [result.longest], low=0),
        y=share_axis(_("share of cases still open")),
        series=(Series("", tuple(points), tuple(bands), step=True, tips=(start, *said)),),
        marks=marks,
        across=(Line(0.5, _("half")),),
    )


def _half(result: KaplanMeier) -> Mark:
    said = _("{days} days").format(days=_days(result.median or 0.0))
    return Mark(result.median or 0.0, 0.5, said, tips=((_("Half done within"), said),))


def _days(value: float) -> str:
    return number(value, 0 if value == round(value) else 1)


def _waiting_finding(result: KaplanMeier) -> str:
    if result.median is None:
        return _("Fewer than half of the cases are done so far")
    return _("Half of the cases are done within {days} days").format(days=_days(result.median))


@shows(WithinLimit)
def within(result: WithinLimit) -> Rows:
    """The share of cases within the limit with its interval, and the cases it was made from."""
    states = (result.in_time, result.late, result.undecided)
    return Rows(
        title=_("{share} of the cases are done within {limit} days").format(
            share=percent(result.share), limit=_days(result.limit)
        ),
        alt=result.sentence(),
        note=_("dot: share of all cases, line: its 95% interval; bars: the {n} cases so far").format(
            n=integer(result.n)
        ),
        axis=share_axis(_("share of the cases")),
        rows=(
            Row(
                label=_("done within {limit} days, estimated").format(limit=_days(result.limit)),
                value=result.share,
                shown=percent(result.share),
                interval=ends(result.interval),
                strong=True,
            ),
            *(
                Row(
                    label=next(iter(row.values())),
                    value=count / result.n,
                    shown=integer(count),
                    bar=True,
                    hollow=place != 1,
                    tips=tips(row),
                )
                for place, (count, row) in enumerate(zip(states, result.rows(), strict=True))
            ),
        ),
    )


@shows(Backlog)
def backlog(result: Backlog) -> Rows:
    """The open cases by how long they have waited, those beyond the limit filled."""
    title = (
        _("{overdue} of {open} open cases have waited longer than {limit} days")
        if result.open
        else _("None of the {n} cases is open.")
    )
    return Rows(
        title=title.format(
            overdue=integer(result.overdue),
            open=integer(result.open),
            limit=_days(result.limit),
            n=integer(result.n),
        ),
        alt=result.sentence(),
        note=_("full bar: beyond the limit of {limit} days; {n} cases in all").format(
            limit=_days(result.limit), n=integer(result.n)
        ),
        axis=axis(_("open cases"), [age.cases for age in result.ages] + [4.0], low=0),
        rows=tuple(_age(age, row, result.limit) for age, row in zip(result.ages, result.rows(), strict=True)),
    )


def _age(age: Age, row: dict[str, str], limit: float) -> Row:
    return Row(
        label=_("{range} days").format(range=row[_("Waiting (days)")]),
        value=float(age.cases),
        shown=integer(age.cases),
        bar=True,
        hollow=age.above < limit,
        tips=tips(row),
    )

"""Figures of participation: who was reached, whom a forum misses, which level, what people score and report."""

from __future__ import annotations

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number, percent, signed
from mutu.measure.participation import LevelResult, Reach, ReportCard, Representativeness, ScoreCard
from mutu.measure.participation.report_result import aspect_name
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Cell, Heat, Line, Row, Rows, axis, ends, share_axis, tips


@shows(Reach)
def reached(result: Reach) -> Rows:
    """The share of the population that was reached, with its interval where it was estimated."""
    return Rows(
        title=_("{share} of the population reached: {people} of {population} people").format(
            share=percent(result.share),
            people=integer(round(result.people)),
            population=integer(result.population),
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; n = {n}").format(n=integer(result.n))
        if result.interval
        else _("counted, not estimated; n = {n}").format(n=integer(result.n)),
        axis=share_axis(_("share of the population")),
        rows=(
            Row(
                label=_("reached"),
                value=result.share,
                shown=percent(result.share),
                interval=ends(result.interval),
                bar=True,
                tips=tips(result.rows()[0]),
            ),
        ),
    )


@shows(Representativeness)
def mirror(result: Representativeness) -> Rows:
    """Each group's share in the forum by its share in the population, with 1 as the line of the same."""
    shown = [(group, row) for group, row in zip(result.groups, result.rows(), strict=False) if group.ratio is not None]
    reach = [value for group, _row in shown for value in (group.ratio, *(ends(group.interval) or ()))]
    under = ", ".join(result.under)
    note = _("line: 95% interval, all together; empty dot: cannot be told from chance; n = {n}").format(
        n=integer(result.n)
    )
    if result.hidden:
        hidden = _("not shown: {groups}").format(groups=", ".join(group.label for group in result.hidden))
        note = f"{note}; {hidden}"
    return Rows(
        title=_("Too few in the forum: {groups}").format(groups=under) if under else _("No group is under-represented"),
        alt=result.sentence(),
        note=note,
        axis=axis(_("share in the forum by share of the population"), [*reach, 1.0], low=0),
        rows=tuple(
            Row(
                label=group.label,
                value=group.ratio,
                shown=f"× {number(group.ratio)}",
                interval=ends(group.interval),
                hollow=group.verdict == "unclear",
                tips=tips(row),
            )
            for group, row in sorted(shown, key=lambda pair: pair[0].ratio or 0.0)
        ),
        lines=(Line(1.0, _("as in the population")),),
    )


@shows(LevelResult)
def steps(result: LevelResult) -> Rows:
    """How much of the evidence of each level is there; a level counts when it and all below are complete."""
    levels = [(step, sum(item.code in result.present for item in step.evidence)) for step in result.rubric.levels]
    return Rows(
        title=_("Level {level} of {highest}: {name}").format(
            level=integer(result.level), highest=integer(len(levels)), name=result.name
        ),
        alt=result.sentence(),
        note=_("full bar: level reached; empty: not reached, as evidence is missing there or below"),
        axis=share_axis(_("share of the evidence that is there")),
        rows=tuple(
            Row(
                label=f"{step.level}  {step.name}",
                value=there / len(step.evidence),
                shown=_("{part} of {size}").format(part=integer(there), size=integer(len(step.evidence))),
                bar=True,
                hollow=step.level > result.level,
            )
            for step, there in levels
        ),
    )


@shows(ReportCard)
def report_card(result: ReportCard) -> Rows:
    """The share of each service on each aspect, with its interval."""
    shown = [(share, row) for share, row in zip(result.shares, result.rows(), strict=False) if share.share is not None]
    if not shown:
        raise InputError(N_("This card has no shares to draw. Take the view «paid» for what people paid."))
    order = sorted(shown, key=lambda pair: (_place(pair[0].aspect, result), pair[0].share or 0.0))
    known = [share for share, _row in shown if share.aspect == shown[0][0].aspect]
    lowest = min(known, key=lambda share: share.share or 0.0)
    note = _("line: 95% interval; n in brackets")
    if result.withheld:
        said = _("{count} cells of fewer than {least} people not shown")
        note = f"{note}; {said.format(count=integer(result.withheld), least=integer(result.least))}"
    return Rows(
        title=_("{service}: {share} {aspect}, the lowest").format(
            service=lowest.service, share=percent(lowest.share, 0), aspect=aspect_name(lowest.aspect)
        )
        if len(known) > 1
        else f"{percent(lowest.share, 0)} {aspect_name(lowest.aspect)}",
        alt=result.sentence(),
        note=note,
        axis=share_axis(_("share of the people")),
        rows=tuple(
            Row(
                label=f"{share.service} ({integer(share.n)})",
                value=share.share,
                shown=percent(share.share, 0),
                interval=ends(share.interval),
                group=aspect_name(share.aspect),
                tips=tips(row),
            )
            for share, row in order
        ),
    )


def _place(aspect: str, result: ReportCard) -> int:
    return next(place for place, share in enumerate(result.shares) if share.aspect == aspect)


@shows(ReportCard, "paid")
def paid(result: ReportCard) -> Rows:
    """The median that people paid for each service, with its interval."""
    shown = [
        (cost, row)
        for cost, row in zip(result.paid, result.rows()[len(result.shares) :], strict=True)
        if cost.median is not None
    ]
    if not shown:
        raise InputError(N_("This card has no payments to draw. Name the column of what people paid (cost=…)."))
    reach = [value for cost, _row in shown for value in (cost.median, *(ends(cost.interval) or ()))]
    highest = max(shown, key=lambda pair: pair[0].median or 0.0)[0]
    return Rows(
        title=_("Half of those who paid gave {median} or less").format(median=number(highest.median, 0))
        if len(shown) == 1
        else _("Most is paid for {service}: half gave {median} or less").format(
            service=highest.service, median=number(highest.median, 0)
        ),
        alt=result.sentence(),
        note=_("dot: median; line: 95% interval; n in brackets"),
        axis=axis(_("paid (median)"), reach, low=0),
        rows=tuple(
            Row(
                label=f"{cost.service} ({integer(cost.n)})",
                value=cost.median,
                shown=number(cost.median, 0),
                interval=ends(cost.interval),
                tips=tips(row),
            )
            for cost, row in sorted(shown, key=lambda pair: -(pair[0].median or 0.0))
        ),
    )


@shows(ScoreCard)
def matrix(result: ScoreCard) -> Heat:
    """The score of each indicator by each group, darker where it is higher."""
    low, high = result.scale
    order = sorted(result.indicators, key=lambda item: item.users.mean if item.users else high)
    worst = result.plan[0]
    note = _("mean score, {low} to {high}; darker is higher; * providers; n = {n}").format(
        low=integer(low), high=integer(high), n=integer(result.n)
    )
    if any(cell.n is None for item in order for cell in item.cells):
        dash = _("a dash: fewer than {least} people").format(least=integer(result.least))
        note = f"{note}; {dash}"
    return Heat(
        title=_("Lowest score: {indicator}, {score}").format(indicator=worst.indicator, score=number(worst.score)),
        alt=result.sentence(),
        note=note,
        rows=tuple(item.name for item in order),
        columns=tuple(f"{group} *" if group in result.providers else group for group in result.groups),
        cells=tuple(
            Cell(
                row,
                column,
                number(cell.mean),
                None if cell.mean is None else (cell.mean - low) / (high - low),
                tips=(
                    (_("Indicator"), item.name),
                    (_("Group"), cell.group),
                    (_("Mean"), number(cell.mean)),
                    ("n", integer(cell.n)),
                ),
            )
            for row, item in enumerate(order)
            for column, cell in enumerate(item.cells)
        ),
    )


@shows(ScoreCard, "gaps")
def two_sides(result: ScoreCard) -> Rows:
    """How far users and providers are apart on each indicator."""
    shown = [(item, row) for item, row in zip(result.indicators, result.rows(), strict=True) if item.gap is not None]
    if not shown:
        raise InputError(N_("Providers cannot be compared here, as too few of them can be shown. Ask more of them."))
    reach = [value for item, _row in shown for value in (item.gap, *(ends(item.interval) or ()))]
    clear = [item for item, _row in shown if item.clear]
    widest = max(clear, key=lambda item: abs(item.gap or 0.0)) if clear else None
    return Rows(
        title=_("Users and providers do not differ clearly")
        if widest is None
        else _("Users and providers differ most on {indicator}: {gap}").format(
            indicator=widest.name, gap=signed(widest.gap or 0.0)
        ),
        alt=result.sentence(),
        note=_("users minus providers; line: 95% interval, all together; empty dot: cannot be told apart"),
        axis=axis(_("gap"), [*reach, 0.0], signs=True),
        rows=tuple(
            Row(
                label=item.name,
                value=item.gap,
                shown=signed(item.gap or 0.0),
                interval=ends(item.interval),
                hollow=not item.clear,
                tips=tips(row),
            )
            for item, row in sorted(shown, key=lambda pair: pair[0].gap or 0.0)
        ),
        lines=(Line(0.0, _("the same")),),
    )

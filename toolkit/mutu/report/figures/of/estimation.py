"""Figures of estimates of a population: means, totals and ratios, a bootstrap, the weights of groups."""

from __future__ import annotations

from mutu.locale import _, integer, number, percent
from mutu.measure.estimation import BootstrapResult, Estimates, NonResponse, Weights
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Line, Row, Rows, axis, ends, share_axis, tips


@shows(Estimates)
def estimates(result: Estimates) -> Rows:
    """Each estimate with its interval, the groups of a column together."""
    low = min(result.estimates, key=lambda each: each.value)
    high = max(result.estimates, key=lambda each: each.value)
    reach = [value for each in result.estimates for value in (each.value, *(ends(each.interval) or ()))]
    columns = [each.column for each in result.estimates]
    grouped = any(each.group is not None for each in result.estimates)
    title = (
        _("Lowest: {low}, {one}; highest: {high}, {other}").format(
            low=low.name, one=number(low.value), high=high.name, other=number(high.value)
        )
        if len(result.estimates) > 1
        else f"{low.name}: {number(low.value)}"
    )
    kinds = {"mean": _("mean"), "total": _("total"), "ratio": _("ratio")}
    return Rows(
        title=title,
        alt=result.sentence(),
        note=_("line: 95% interval; n = {n}").format(n=integer(result.n)),
        axis=axis(kinds[result.kind], reach),
        rows=tuple(
            Row(
                label=each.column if each.group is None else each.group,
                value=each.value,
                shown=number(each.value),
                interval=ends(each.interval),
                group=each.column if grouped else "",
                tips=tips(row),
            )
            for each, row in sorted(
                zip(result.estimates, result.rows(), strict=True),
                key=lambda pair: (columns.index(pair[0].column), pair[0].value),
            )
        ),
    )


@shows(BootstrapResult)
def bootstrap(result: BootstrapResult) -> Rows:
    """The statistic with its interval."""
    return Rows(
        title=_("The value is {value}").format(value=number(result.value)),
        alt=result.sentence(),
        note=_("line: 95% interval of {replicates} samples drawn again; n = {n}").format(
            replicates=integer(result.replicates), n=integer(result.n)
        ),
        axis=axis(_("value"), [result.value, *(ends(result.interval) or ())]),
        rows=(
            Row(
                label=_("value"),
                value=result.value,
                shown=number(result.value),
                interval=ends(result.interval),
                tips=tips(result.rows()[0]),
            ),
        ),
    )


@shows(Weights)
def weights(result: Weights) -> Rows:
    """What the weights of each group are multiplied by, with 1 as the line of no change."""
    factors = [factor for margin in result.margins for factor in margin.factor]
    return Rows(
        title=_("Weights cost precision: {n} respondents tell as much as {effective}").format(
            n=integer(result.n), effective=integer(round(result.n / result.effect))
        ),
        alt=result.sentence(),
        note=_(
            "left of the line: more in the sample than in the population; right: fewer; design effect {effect}"
        ).format(effect=number(result.effect)),
        axis=axis(_("factor of the group's weights"), [*factors, 1.0], low=0),
        rows=tuple(
            Row(label=name, value=factor, shown=f"× {number(factor)}", group=" × ".join(margin.columns))
            for margin in result.margins
            for name, factor in sorted(zip(margin.names(), margin.factor, strict=True), key=lambda pair: pair[1])
        ),
        lines=(Line(1.0, _("unchanged")),),
    )


@shows(NonResponse)
def response(result: NonResponse) -> Rows:
    """The response rate of each group with its interval, the lowest first, and that of all as a line."""
    order = sorted(zip(result.groups, result.rows(), strict=False), key=lambda pair: pair[0].rate)
    return Rows(
        title=_("{answered} of {invited} people invited answered; fewest in {group}: {rate}").format(
            answered=integer(result.answered),
            invited=integer(result.invited),
            group=order[0][0].label,
            rate=percent(order[0][0].rate),
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; n: people invited, in brackets"),
        axis=share_axis(_("response rate")),
        rows=tuple(
            Row(
                label=f"{group.label} ({integer(group.invited)})",
                value=group.rate,
                shown=percent(group.rate),
                interval=ends(group.interval),
                tips=tips(row),
            )
            for group, row in order
        ),
        lines=(Line(result.rate, _("all {value}").format(value=percent(result.rate)), ends(result.interval)),),
    )

"""Figures of what moves overall satisfaction: shares of the elements, odds ratios."""

from __future__ import annotations

import math

from mutu.locale import _, integer, number, percent
from mutu.measure.drivers import Driver, Importance, Odds
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Axis, Line, Row, Rows, axis, ends, tips

_RATIOS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


@shows(Importance)
def shares(result: Importance) -> Rows:
    """The share of each element in what all explain, with its interval."""
    reach = [value for each in result.shares for value in (each.share, *(ends(each.interval) or ()))]
    return Rows(
        title=_share_title(result),
        alt=result.sentence(),
        note=_("line: 95% interval; together the elements explain {r2} of the differences; n = {n}").format(
            r2=percent(result.r2, 0), n=integer(result.n)
        ),
        axis=axis(_("share of what the elements explain"), reach, lambda value: percent(value, 0), low=0),
        rows=tuple(
            Row(
                label=each.name,
                value=each.share,
                shown=percent(each.share, 0),
                interval=ends(each.interval),
                bar=True,
                tips=tips(row),
            )
            for each, row in zip(result.ranked, result.rows(), strict=True)
        ),
    )


def _share_title(result: Importance) -> str:
    outcome, leader = result.answers.outcome, result.leader
    if not result.above_chance:
        return _("The elements explain no more of {outcome} than chance would").format(outcome=outcome)
    if leader is None:
        return _("{r2} of the differences in {outcome} explained; no element stands out").format(
            r2=percent(result.r2, 0), outcome=outcome
        )
    return _("{element} goes most together with {outcome}: {share} of what is explained").format(
        element=leader.name, outcome=outcome, share=percent(leader.share, 0)
    )


@shows(Odds)
def odds(result: Odds) -> Rows:
    """The odds ratio of each element on a scale of ratios, where 1 is no effect."""
    return Rows(
        title=_odds_title(result),
        alt=result.sentence(),
        note=_(
            "for one point more of the element; scale of ratios; line: 95% interval; empty dot: cannot be told from no "
            "effect; n = {n}"
        ).format(n=integer(result.n)),
        axis=_ratio_axis(result),
        rows=tuple(_driver(each, tips(row)) for each, row in zip(result.ranked, result.rows(), strict=True)),
        lines=(Line(0.0, _("no effect")),),
    )


def _odds_title(result: Odds) -> str:
    clear, outcome = [each for each in result.ranked if each.clear], result.answers.outcome
    if result.separated:
        return _("{elements}: answers to {outcome} foretold without fail").format(
            elements=", ".join(result.separated), outcome=outcome
        )
    if not clear:
        return _("No element moves {outcome} by more than chance explains").format(outcome=outcome)
    return _("{element} moves {outcome} most: odds × {odds}").format(
        element=clear[0].name, outcome=outcome, odds=number(clear[0].odds)
    )


def _ratio_axis(result: Odds) -> Axis:
    """An axis of logarithms with the ratios as its texts."""
    reach = [0.0]
    for each in result.drivers:
        reach += [value for value in (each.slope, *_logarithms(each)) if value is not None]
    low, high = min(reach), max(reach)
    wanted = [ratio for ratio in _RATIOS if low - 0.3 <= math.log(ratio) <= high + 0.3]
    ticks = tuple((math.log(ratio), number(ratio, 0 if ratio >= 1 else 2)) for ratio in wanted)
    return Axis(_("odds ratio"), min(low, ticks[0][0]), max(high, ticks[-1][0], low + 0.5), ticks)


def _logarithms(each: Driver) -> tuple[float, ...]:
    return () if each.interval is None else (math.log(each.interval.low), math.log(each.interval.high))


def _driver(each: Driver, said: tuple[tuple[str, str], ...]) -> Row:
    return Row(
        label=each.name,
        value=each.slope,
        shown=number(each.odds),
        interval=_logarithms(each) or None,  # type: ignore[arg-type]
        hollow=not each.clear,
        tips=said,
    )

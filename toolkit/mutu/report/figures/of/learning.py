"""Figures of what trainees learnt: the gain on Hake's regions, and how the questions of a test do."""

from __future__ import annotations

from mutu.locale import _, integer, number, percent, signed
from mutu.measure.learning import CrossedResult, GainResult, ItemResult, ItemsResult
from mutu.measure.result import Interval
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Line, Row, Rows, Tips, Zone, axis, ends, share_axis, tips

_MEDIUM, _HIGH = 0.3, 0.7  # where Hake's regions begin: a test compares them with `measure.learning.gain.band`


@shows(GainResult)
def gain(result: GainResult) -> Rows:
    """The gain of the class and the two means of the trainees' own, on the regions low, medium and high."""
    ways = [
        (result.gain, result.interval),
        *((way.value, way.interval) for way in (result.individual, result.change) if way),
    ]
    table = result.rows()
    rows = tuple(
        _gain_row(next(iter(row.values())), value, interval, tips(row), strong=place == 0)
        for place, ((value, interval), row) in enumerate(zip(ways, table, strict=True))
    )
    return _gain_rows(result, result.n, rows, [value for value, _interval in ways])


@shows(CrossedResult)
def crossed(result: CrossedResult) -> Rows:
    """The gain of the class, free of the difficulty of the two forms."""
    row = result.rows()[0]
    rows = (_gain_row(next(iter(row.values())), result.gain, result.interval, tips(row), strong=True),)
    return _gain_rows(result, sum(result.n), rows, [result.gain])


@shows(CrossedResult, "forms")
def forms(result: CrossedResult) -> Rows:
    """How many points more one form gives than the other."""
    row = result.rows()[1]
    reach = [result.difference, *(ends(result.difference_interval) or ()), 0.0]
    return Rows(
        title=_("The forms cannot be told apart in difficulty") if result.parallel else _("One form is easier"),
        alt=result.sentence(),
        note=_("line: 95% interval; n = {n}").format(n=integer(sum(result.n))),
        axis=axis(_("points"), reach, signs=True),
        rows=(
            Row(
                label=next(iter(row.values())),
                value=result.difference,
                shown=signed(result.difference),
                interval=ends(result.difference_interval),
                hollow=result.parallel,
                tips=tips(row),
            ),
        ),
        lines=(Line(0.0, _("equally hard")),),
    )


def _gain_row(name: str, value: float, interval: Interval | None, said: Tips, *, strong: bool) -> Row:
    return Row(
        label=name,
        value=value,
        shown=number(value),
        interval=ends(interval),
        strong=strong,
        hollow=not strong,
        tips=said,
    )


def _gain_rows(result: GainResult | CrossedResult, n: int, rows: tuple[Row, ...], values: list[float]) -> Rows:
    scale = axis(_("share of what could be gained"), values, low=min(0.0, *values), high=1.0)
    words = (_("low"), _("medium"), _("high"))
    edges = (scale.low, _MEDIUM, _HIGH, scale.high)
    return Rows(
        title=_("From {pre} to {post} of {maximum}: gain {gain}").format(
            pre=number(result.pre),
            post=number(result.post),
            maximum=f"{result.maximum:g}",
            gain=number(result.gain),
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; regions of Hake; n = {n}").format(n=integer(n)),
        axis=scale,
        rows=rows,
        zones=tuple(Zone(*part) for part in zip(edges[:-1], edges[1:], words, strict=True)),
    )


@shows(ItemsResult)
def items(result: ItemsResult) -> Rows:
    """The share of right answers of each item, the hardest first, with how well it tells trainees apart."""
    table = {row[_("Test item")]: tips(row) for row in result.rows()}
    hardest = min(result.items, key=lambda item: item.difficulty)
    return Rows(
        title=_("Hardest: {name}, {share} right; KR-20 {kr20}").format(
            name=hardest.name, share=percent(hardest.difficulty, 0), kr20=number(result.kr20)
        ),
        alt=result.sentence(),
        note=_(
            "line: 95% interval; r: correlation with the other items; empty dot: r below zero, check the item; n = {n}"
        ).format(n=integer(result.n)),
        axis=share_axis(_("trainees who answered rightly")),
        rows=tuple(_item(item, table[item.name]) for item in sorted(result.items, key=lambda item: item.difficulty)),
    )


def _item(item: ItemResult, said: Tips) -> Row:
    return Row(
        label=item.name,
        value=item.difficulty,
        shown=_("{value} · r {r}").format(value=percent(item.difficulty, 0), r=number(item.point_biserial)),
        interval=ends(item.interval),
        hollow=item.point_biserial is not None and item.point_biserial < 0,
        tips=said,
    )

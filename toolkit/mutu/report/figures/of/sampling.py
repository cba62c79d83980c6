"""Figures of the plan of a survey: how many to ask, how sure the index will be, how the sample is shared out."""

from __future__ import annotations

from collections.abc import Callable

from mutu.locale import _, integer, number, percent
from mutu.measure.sampling import (
    Allocation,
    DesignEffect,
    ExpectedMargin,
    SampleSize,
    cochran,
    design_effect,
    expected_margin,
    slovin,
)
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Curve, Mark, Row, Rows, Series, axis, tips

_STEPS = 40  # points of a curve


@shows(Allocation)
def allocation(result: Allocation) -> Rows:
    """How many to ask in each stratum, in the order they were given."""
    largest = max(range(len(result.sample)), key=lambda place: result.sample[place])
    return Rows(
        title=_("{n} respondents in {strata} strata; most in stratum {place}: {sample}").format(
            n=integer(result.n),
            strata=integer(len(result.sizes)),
            place=integer(largest + 1),
            sample=integer(result.sample[largest]),
        ),
        alt=result.sentence(),
        note=_("beside each bar: people to ask, and of how many"),
        axis=axis(_("people to ask"), result.sample, low=0),
        rows=tuple(
            Row(
                label=_("Stratum {place}").format(place=integer(place)),
                value=float(part),
                shown=_("{part} of {size}").format(part=integer(part), size=integer(size)),
                bar=True,
                tips=tips(row),
            )
            for place, (part, size, row) in enumerate(zip(result.sample, result.sizes, result.rows(), strict=True), 1)
        ),
    )


@shows(ExpectedMargin)
def margin(result: ExpectedMargin) -> Curve:
    """The margin of error that more or fewer respondents would have, with the plan as a point."""

    def at(n: int) -> float:
        return expected_margin(n, result.sd, result.population, result.deff).value

    most = 3 * result.n if result.population is None else min(3 * result.n, result.population)
    counts = _counts(max(2, result.n // 5), most, result.n)
    points = tuple((float(n), at(n)) for n in counts)
    said = _("{n} respondents: ±{margin} points").format(n=integer(result.n), margin=number(result.value))
    return Curve(
        title=said,
        alt=result.sentence(),
        note=_("{confidence} confidence; standard deviation {sd} points; design effect {deff}").format(
            confidence=percent(result.confidence, 0), sd=number(result.sd, 1), deff=number(result.deff)
        ),
        x=axis(_("respondents"), [x for x, _y in points], low=0),
        y=axis(_("margin of error, ± points of the index"), [y for _x, y in points], low=0),
        series=(Series("", points, tips=tuple(_pair(_("Sample"), integer(int(x)), y) for x, y in points)),),
        marks=(Mark(float(result.n), result.value, said, tips=tips(result.rows()[0])),),
    )


def _pair(name: str, text: str, margin: float) -> tuple[tuple[str, str], tuple[str, str]]:
    return ((name, text), (_("Margin of error"), number(margin)))


def _counts(low: int, high: int, chosen: int) -> list[int]:
    """Whole numbers from low to high in about equal steps, the chosen one among them."""
    step = max(1, (high - low) // _STEPS)
    return sorted({*range(low, high + 1, step), chosen, high})


@shows(SampleSize)
def size(result: SampleSize) -> Curve:
    """How many to ask for other margins of error, with the plan as a point."""
    at = _formula(result)
    margins = sorted({round(result.margin * factor / 20, 10) for factor in range(10, 51)} | {result.margin})
    points = tuple((100 * margin, float(at(margin))) for margin in margins if margin < 1)
    said = _("±{margin}: {n} respondents").format(margin=percent(result.margin), n=integer(result.n))
    served = _("population {population}").format(population=integer(result.population))
    level = _("{confidence} confidence").format(confidence=percent(result.confidence, 0))
    return Curve(
        title=_("{n} respondents for a margin of error of {margin}").format(
            n=integer(result.n), margin=percent(result.margin)
        ),
        alt=result.sentence(),
        note=level if result.population is None else f"{level}; {served}",
        x=axis(_("margin of error of a share, %"), [x for x, _y in points]),
        y=axis(_("respondents"), [y for _x, y in points], low=0),
        series=(Series("", points, tips=tuple(_asked(x, y) for x, y in points)),),
        marks=(Mark(100 * result.margin, float(result.n), said, tips=tips(result.rows()[0])),),
    )


def _formula(result: SampleSize) -> Callable[[float], int]:
    """The sample for another margin, by the formula of the result."""
    if result.method == "slovin" and result.population is not None:
        population = result.population
        return lambda margin: slovin(population, margin).n
    return lambda margin: cochran(margin, result.confidence, result.proportion, result.population).n


def _asked(margin: float, n: float) -> tuple[tuple[str, str], tuple[str, str]]:
    return ((_("Margin of error"), percent(margin / 100)), (_("Sample"), integer(int(n))))


@shows(DesignEffect)
def clusters(result: DesignEffect) -> Curve:
    """How the variance grows with the number of people asked at one place."""
    last = max(20.0, 2 * result.cluster_size)
    sizes = sorted({1 + (last - 1) * step / _STEPS for step in range(_STEPS + 1)} | {result.cluster_size})
    points = tuple((size, design_effect(size, result.icc).value) for size in sizes if _possible(size, result.icc))
    said = _("{size} people per cluster: variance × {value}").format(
        size=number(result.cluster_size, 1), value=number(result.value)
    )
    return Curve(
        title=said,
        alt=result.sentence(),
        note=_("intraclass correlation {icc}").format(icc=number(result.icc, 3)),
        x=axis(_("people asked in each cluster"), [x for x, _y in points], low=0),
        y=axis(_("design effect"), [y for _x, y in points], low=0),
        series=(
            Series(
                "",
                points,
                tips=tuple(
                    ((_("People per cluster"), number(x, 1)), (_("Design effect"), number(y, 3))) for x, y in points
                ),
            ),
        ),
        marks=(Mark(result.cluster_size, result.value, said, below=True, tips=tips(result.rows()[0])),),
    )


def _possible(size: float, icc: float) -> bool:
    """Whether clusters of this size can have such a correlation, with some variance left."""
    return 1 + (size - 1) * icc > 0

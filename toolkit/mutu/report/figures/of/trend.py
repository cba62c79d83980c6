"""The figure of a control chart: the periods, their limits, and the patterns that chance hardly ever makes."""

from __future__ import annotations

from mutu.locale import _, integer
from mutu.measure.trend import ControlChart, Kind, Point
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Axis, Curve, Line, Mark, Series, axis, tips

_LABELS = 4  # periods named at the axis
_LISTED = 8  # signals told one by one
_NEAR = 0.09  # of the axis: numbers of marks that are nearer stand above and below in turn


@shows(ControlChart)
def chart(result: ControlChart) -> Curve:
    """The periods in their order with centre line and limits; a period with a signal bears the number of its rule."""
    places = _places(result.points)
    values = tuple((place, point.value) for place, point in zip(places, result.points, strict=True))
    low, high = ([getattr(point, end) for point in result.points] for end in ("low", "high"))
    reach = [*low, *high, *(point.value for point in result.points)]
    return Curve(
        title=_finding(result),
        alt=result.sentence(),
        note=_("broken lines: control limits (three standard deviations); {periods} periods; rules: {rules}").format(
            periods=integer(result.n), rules=result.rules.code
        ),
        x=_time(result.points, places),
        y=axis(_NAMES[result.kind](), reach, result.kind.shown if result.kind is Kind.SHARE else None),
        series=(
            Series("", values, dots=True, tips=tuple(tips(row) for row in result.rows())),
            Series(_("upper limit"), tuple(zip(places, high, strict=True)), dashed=True, named=0),
            Series(_("lower limit"), tuple(zip(places, low, strict=True)), dashed=True, named=0, below=True),
        ),
        across=(Line(result.center, _("centre {value}").format(value=result.kind.shown(result.center))),),
        marks=_marks(result, places),
        key=_key(result),
    )


_NAMES = {
    Kind.SHARE: lambda: _("share"),
    Kind.RATE: lambda: _("rate"),
    Kind.VALUE: lambda: _("value"),
    Kind.INDEX: lambda: _("index"),
}


def _places(points: tuple[Point, ...]) -> tuple[float, ...]:
    """Where each period stands: months keep their distance, so that a missing one leaves a gap."""
    first = points[0].period.month
    months = [point.period.month for point in points]
    if first is None or None in months:
        return tuple(float(place) for place in range(len(points)))
    return tuple(float(month - first) for month in months if month is not None)


def _time(points: tuple[Point, ...], places: tuple[float, ...]) -> Axis:
    """Some of the periods by name, the first and every so many after it."""
    every = -(-len(points) // _LABELS)
    ticks = tuple((place, point.period.text) for place, point in list(zip(places, points, strict=True))[::every])
    return Axis("", places[0], places[-1], ticks)


def _marks(result: ControlChart, places: tuple[float, ...]) -> tuple[Mark, ...]:
    """One mark a period with signals, with the numbers that the key explains."""
    at = {point.period: (place, point) for place, point in zip(places, result.points, strict=True)}
    numbers: dict[float, list[str]] = {}
    for number, signal in enumerate(result.signals[:_LISTED], 1):
        numbers.setdefault(at[signal.period][0], []).append(str(number))
    found = dict(at.values())
    marks, near = list[Mark](), _NEAR * (places[-1] - places[0])
    for place in sorted(numbers):
        point = found[place]
        below = point.value < result.center
        if marks and place - marks[-1].x < near:
            below = not marks[-1].below
        marks.append(Mark(place, point.value, ", ".join(numbers[place]), below=below, tips=_told(result, point)))
    return tuple(marks)


def _told(result: ControlChart, point: Point) -> tuple[tuple[str, str], ...]:
    return tips(result.rows()[result.points.index(point)])


def _key(result: ControlChart) -> tuple[str, ...]:
    said = [f"{number}  {text}" for number, text in enumerate(result.said()[:_LISTED], 1)]
    more = len(result.signals) - _LISTED
    return tuple(said) if more <= 0 else (*said, _("and {count} more in the table").format(count=integer(more)))


def _finding(result: ControlChart) -> str:
    if result.stable:
        return _("No period stands out from the usual ups and downs")
    periods = list(dict.fromkeys(signal.period.text for signal in result.signals))
    named = ", ".join(periods[:3])
    if len(periods) > 3:
        return _("Not usual ups and downs: {periods} and {count} more").format(
            periods=named, count=integer(len(periods) - 3)
        )
    return _("Not usual ups and downs: {periods}").format(periods=named)

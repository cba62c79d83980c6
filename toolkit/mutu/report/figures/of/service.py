"""Figures of service quality: SERVQUAL gaps, the importance-performance grid, the satisfaction index."""

from __future__ import annotations

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number, percent, signed
from mutu.measure.csi import Attribute, CsiResult
from mutu.measure.ipa import IpaResult, Point
from mutu.measure.servqual import GapResult, ServqualResult
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Axis, Grid, Line, Row, Rows, Spot, axis, ends, tips


@shows(ServqualResult)
def gaps(result: ServqualResult) -> Rows:
    """The gap of each item with its interval, under its dimension."""
    home = {item: part for part in result.dimensions for item in part.items}
    groups = {part.name: number_of(part.value, result) for part in result.dimensions}
    rows = [_gap_row(item, result, place) for place, item in enumerate(result.items)]
    named = [
        Row(**{**vars(row), "group": f"{home[row.label].name}: {groups[home[row.label].name]}"}) if home else row
        for row in rows
    ]
    order = sorted(named, key=lambda row: (home[row.label].value if home else 0, row.group, row.value or 0))
    return _gap_rows(result, result.items, tuple(order))


@shows(ServqualResult, "dimensions")
def dimensions(result: ServqualResult) -> Rows:
    """The gap of each dimension with its interval."""
    if not result.dimensions:
        raise InputError(N_("This result has no dimensions. Name them (dimensions=…) to see their gaps."))
    first = len(result.items)
    rows = [_gap_row(part, result, first + place) for place, part in enumerate(result.dimensions)]
    return _gap_rows(result, result.dimensions, tuple(sorted(rows, key=lambda row: row.value or 0)))


def number_of(value: float, result: ServqualResult) -> str:
    """A gap with its sign, a perception without."""
    return number(value) if result.model == "servperf" else signed(value)


def _gap_row(part: GapResult, result: ServqualResult, place: int) -> Row:
    return Row(
        label=part.name,
        value=part.value,
        shown=number_of(part.value, result),
        interval=ends(part.interval),
        hollow=result.model == "servqual" and not part.clear,
        tips=tips(result.rows()[place]),
    )


def _gap_rows(result: ServqualResult, parts: tuple[GapResult, ...], rows: tuple[Row, ...]) -> Rows:
    reach = [value for part in parts for value in (part.value, *(ends(part.interval) or ()))]
    lowest = min(parts, key=lambda part: part.value)
    fields = {"name": lowest.name, "value": number_of(lowest.value, result)}
    if result.model == "servperf":
        return Rows(
            title=_("Rated lowest: {name}, {value}").format(**fields),
            alt=result.sentence(),
            note=_("line: 95% interval; n = {n}").format(n=integer(result.n)),
            axis=axis(_("mean perception"), reach),
            rows=rows,
            lines=(Line(result.score.value, _("score {value}").format(value=number(result.score.value))),),
        )
    return Rows(
        title=_("Lowest gap: {name}, {value}").format(**fields),
        alt=result.sentence(),
        note=_("line: 95% interval; empty dot: cannot be told from zero; n = {n}").format(n=integer(result.n)),
        axis=axis(_("perception minus expectation"), [*reach, 0.0], signs=True),
        rows=rows,
        lines=(Line(0.0, _("as expected")),),
    )


@shows(IpaResult)
def grid(result: IpaResult) -> Grid:
    """The four quadrants with the interval of each point, cross-hairs, and the line where performance is importance."""
    across = [
        value for point in result.points for value in (point.performance, *(ends(point.performance_interval) or ()))
    ]
    up = [value for point in result.points for value in (point.importance, *(ends(point.importance_interval) or ()))]
    return Grid(
        title=_improve_first(result),
        alt=result.sentence(),
        note=_(
            "lines at a point: 95% intervals; empty: may lie in another quadrant; broken line: performance equals "
            "importance; n = {n}"
        ).format(n=integer(result.n)),
        x=axis(_("mean performance"), [*across, result.cross[0]]),
        y=axis(_("mean importance"), [*up, result.cross[1]]),
        spots=tuple(
            _spot(place, point, row)
            for place, (point, row) in enumerate(zip(result.points, result.rows(), strict=True), 1)
        ),
        cross=result.cross,
        corners=(_("Concentrate here"), _("Keep up the good work"), _("Low priority"), _("Possible overkill")),
        diagonal=_("performance equals importance"),
    )


def _improve_first(result: IpaResult) -> str:
    """The attributes that are important and weak with certainty, at most three by name: those furthest behind."""
    first = sorted(result.first, key=lambda point: point.gap)
    if not first:
        return _("Nothing is important and weak with certainty")
    names = ", ".join(point.name for point in first[:3])
    if len(first) > 3:
        return _("Improve first: {names} and {count} more").format(names=names, count=integer(len(first) - 3))
    return _("Improve first: {names}").format(names=names)


def _spot(place: int, point: Point, row: dict[str, str]) -> Spot:
    return Spot(
        number=place,
        label=point.name,
        x=point.performance,
        y=point.importance,
        x_interval=ends(point.performance_interval),
        y_interval=ends(point.importance_interval),
        hollow=point.uncertain,
        tips=tips(row),
    )


@shows(CsiResult)
def satisfaction(result: CsiResult) -> Rows:
    """Satisfaction with each attribute and its weight, and the weighted mean that the index is made of."""
    low, high = result.scale
    unit = high / 100
    around = None if result.interval is None else (result.interval.low * unit, result.interval.high * unit)
    lowest = min(result.attributes, key=lambda part: part.performance)
    whole = all(end == round(end) for end in result.scale)
    ticks = tuple((float(place), integer(place)) for place in range(int(low), int(high) + 1)) if whole else ()
    title = _("mean satisfaction (MSS)")
    return Rows(
        title=_("CSI {index}%; lowest: {name}, {value}").format(
            index=number(result.index), name=lowest.name, value=number(lowest.performance)
        ),
        alt=result.sentence(),
        note=_(
            "beside each dot: satisfaction and weight; grey band: 95% interval of the weighted mean; n = {n}"
        ).format(n=integer(result.n)),
        axis=Axis(title, low, high, ticks) if 0 < len(ticks) <= 11 else axis(title, [], low=low, high=high),
        rows=tuple(
            _attribute(part, row)
            for part, row in sorted(
                zip(result.attributes, result.rows(), strict=False), key=lambda pair: pair[0].performance
            )
        ),
        lines=(
            Line(result.index * unit, _("weighted mean {value}").format(value=number(result.index * unit)), around),
        ),
    )


def _attribute(part: Attribute, row: dict[str, str]) -> Row:
    return Row(
        label=part.name,
        value=part.performance,
        shown=_("{value} · weight {weight}").format(value=number(part.performance), weight=percent(part.weight)),
        tips=tips(row),
    )

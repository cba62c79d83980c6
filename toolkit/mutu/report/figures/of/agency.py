"""Figures of an agency with many units: the index of each, and the two ways to make one number of them."""

from __future__ import annotations

from mutu.locale import _, integer, number
from mutu.measure.skm import AgencyResult, UnitsResult
from mutu.regulations import skm
from mutu.report.figures.of.skm import grade_zones
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Line, Row, Rows, axis, ends, tips


@shows(UnitsResult)
def units(result: UnitsResult) -> Rows:
    """The index of each unit with its interval, the lowest first."""
    low, high = (float(bound) for bound in result.regulation.bounds)
    below, above = result.interval
    found = sorted(
        (place for place in range(len(result.names)) if result.shown[place]), key=lambda place: result.ikm[place]
    )
    table = result.rows()
    hidden = len(result.names) - len(found)
    note = _("line: 95% interval; n in brackets")
    if hidden:
        said = _("{count} units withheld").format(count=integer(hidden))
        note = f"{note}; {said}"
    return Rows(
        title=_("Lowest index: {unit}, {value}").format(
            unit=result.names[found[0]], value=number(float(result.ikm[found[0]]))
        )
        if found
        else _("All groups are too small to be shown"),
        alt=result.sentence(),
        note=note,
        axis=axis(_("index (IKM)"), [], low=low, high=high),
        rows=tuple(
            Row(
                label=f"{result.names[place]} ({integer(int(result.n[place]))})",
                value=float(result.ikm[place]),
                shown=f"{number(float(result.ikm[place]))}  {result.mutu[place]}",
                interval=None if below[place] != below[place] else (float(below[place]), float(above[place])),
                tips=tips(table[place]),
            )
            for place in found
        ),
        lines=(Line(float(result.agency), _("agency {value}").format(value=number(float(result.agency)))),),
        zones=grade_zones(result.regulation, 1, low, high),
    )


@shows(AgencyResult)
def agency(result: AgencyResult) -> Rows:
    """The mean of the units and the mean of the respondents, with their intervals."""
    rule = skm()
    low, high = (float(bound) for bound in rule.bounds)
    both = (result.mean_of_units, result.weighted)
    return Rows(
        title=_("Index of the agency: {units} by units, {people} by respondents").format(
            units=number(result.mean_of_units.value), people=number(result.weighted.value)
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; {units} units, n = {n}").format(
            units=integer(result.mean_of_units.units), n=integer(result.mean_of_units.n)
        ),
        axis=axis(_("index (IKM)"), [], low=low, high=high),
        rows=tuple(
            Row(
                label=next(iter(row.values())),
                value=found.value,
                shown=f"{number(found.value)}  {found.mutu}",
                interval=ends(found.interval),
                tips=tips(row),
            )
            for found, row in zip(both, result.rows(), strict=True)
        ),
        zones=grade_zones(rule, 1, low, high),
    )

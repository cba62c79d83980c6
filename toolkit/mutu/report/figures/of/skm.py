"""Figures of a satisfaction survey: elements, groups, the change from one period to the next."""

from __future__ import annotations

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number, signed
from mutu.measure.skm import Change, GroupResult, IndexResult, UnsurResult
from mutu.regulations import Skm, skm
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Axis, Line, Row, Rows, Zone, axis, ends, tips


@shows(IndexResult)
def elements_spec(result: IndexResult, *, grades: bool = True) -> Rows:
    """The elements of an IKM, weakest first, on the 1-4 axis with the limits of the grades."""
    low, high = result.regulation.scale
    table = {row[_("Code")]: tips(row) for row in result.rows()}
    return Rows(
        title=finding(result),
        alt=elements_alt(result),
        note=_("mean answer (NRR), 1 to 4; line: 95% interval; n = {n}").format(n=integer(result.n)),
        axis=Axis("", low, high, tuple((float(place), integer(place)) for place in range(low, high + 1))),
        rows=tuple(
            Row(
                label=unsur.nama,
                value=float(unsur.nrr),
                shown=f"{number(unsur.nrr)}  {unsur.mutu}" if grades else number(unsur.nrr),
                interval=ends(unsur.nrr_interval),
                tips=table[unsur.kode],
            )
            for unsur in _weakest_first(result)
        ),
        zones=_zones(result.regulation, result.regulation.multiplier, float(high)),
    )


def finding(result: IndexResult) -> str:
    """The title of the elements figure: what it shows."""
    lowest = min(unsur.nrr for unsur in result.unsur)
    names = [unsur.nama for unsur in result.unsur if unsur.nrr == lowest]
    if len(names) == len(result.unsur):
        return _("All elements score {value}").format(value=number(lowest))
    if len(names) > 1:
        return _("Lowest mean (NRR): {value}, in {count} elements").format(value=number(lowest), count=len(names))
    return _("Lowest mean (NRR): {element}, {value}").format(element=names[0], value=number(lowest))


def elements_alt(result: IndexResult) -> str:
    """What the elements figure says, for those who cannot see it."""
    values = "; ".join(f"{unsur.nama} {number(unsur.nrr)}" for unsur in _weakest_first(result))
    return _("Mean answer of each element on the scale 1 to 4, weakest first: {values}.").format(values=values)


def _weakest_first(result: IndexResult) -> list[UnsurResult]:
    return sorted(result.unsur, key=lambda unsur: (unsur.nrr, unsur.kode))


def _zones(rule: Skm, points: int, high: float) -> tuple[Zone, ...]:
    """The grades along an axis in units of `points` of the index."""
    edges = [float(band.low) / points for band in rule.bands] + [high]
    names = [_("grade {letter}").format(letter=rule.bands[0].mutu), *(band.mutu for band in rule.bands[1:])]
    return tuple(Zone(*part) for part in zip(edges[:-1], edges[1:], names, strict=True))


@shows(IndexResult, "groups")
def groups_spec(result: IndexResult) -> Rows:
    """The index of each group with its interval, under what the respondents were grouped by."""
    if not result.groups:
        raise InputError(N_("This result has no groups. Score the survey by a column to see them."))
    low, high = (float(bound) for bound in result.regulation.bounds)
    shown = [group for group in result.groups if group.ikm is not None]
    return Rows(
        title=_groups_finding(shown),
        alt=_groups_alt(result),
        note=_("line: 95% interval; n in brackets; a dash: too few people to be shown"),
        axis=axis(_("index (IKM)"), [], low=low, high=high),
        rows=tuple(_group_row(group) for column in _columns(result) for group in column),
        lines=(Line(float(result.ikm), _("all {value}").format(value=number(result.ikm))),),
        zones=_zones(result.regulation, 1, high),
    )


def _columns(result: IndexResult) -> list[list[GroupResult]]:
    """The groups of each column, the lowest index first and those withheld at the end."""
    found: dict[str, list[GroupResult]] = {}
    for group in result.groups:
        found.setdefault(group.column, []).append(group)
    return [sorted(groups, key=lambda group: (group.ikm is None, group.ikm or 0)) for groups in found.values()]


def _group_row(group: GroupResult) -> Row:
    value = None if group.ikm is None else float(group.ikm)
    said = number(group.ikm) if group.mutu is None else f"{number(group.ikm)}  {group.mutu}"
    return Row(
        label=f"{group.value} ({integer(group.n)})",
        value=value,
        shown=said,
        interval=ends(group.interval),
        group=group.column,
        tips=((_("Group"), group.value), ("n", integer(group.n)), (_("Index"), said)),
    )


def _groups_finding(shown: list[GroupResult]) -> str:
    if not shown:
        return _("All groups are too small to be shown")
    lowest = min(shown, key=lambda group: group.ikm or 0)
    return _("Lowest index: {group} ({column}), {value}").format(
        group=lowest.value, column=lowest.column, value=number(lowest.ikm)
    )


def _groups_alt(result: IndexResult) -> str:
    values = "; ".join(f"{group.value} {number(group.ikm)}" for column in _columns(result) for group in column)
    return _("Index of each group, lowest first: {values}.").format(values=values)


@shows(Change)
def change_spec(result: Change) -> Rows:
    """How much the index and each element rose or fell, with zero as the line of no change."""
    names = {element.kode: str(element.name) for element in skm().unsur}
    table = {row[_("Code")]: tips(row) for row in result.rows()}
    steps = [("IKM", result.index), *sorted(result.unsur.items(), key=lambda item: item[1].difference)]
    reach = [value for _kode, step in steps for value in (float(step.difference), *(ends(step.interval) or ()))]
    return Rows(
        title=_change_finding(result),
        alt=result.sentence(),
        note=_("points of the index; line: 95% interval; empty dot: cannot be told from no change"),
        axis=axis(_("change of the index, points"), [*reach, 0.0], signs=True),
        rows=tuple(
            Row(
                label=_("Index (IKM)") if kode == "IKM" else names.get(kode, kode),
                value=float(step.difference),
                shown=signed(step.difference),
                interval=ends(step.interval),
                hollow=not step.clear,
                strong=kode == "IKM",
                tips=table[kode],
            )
            for kode, step in steps
        ),
        lines=(Line(0.0, _("no change")),),
    )


def _change_finding(result: Change) -> str:
    fields = {
        "before": number(result.previous.ikm),
        "after": number(result.current.ikm),
        "difference": signed(result.difference),
    }
    if not result.clear:
        return _("The change of the IKM ({difference}) cannot be told from chance").format(**fields)
    if result.difference > 0:
        return _("The IKM rose from {before} to {after} ({difference})").format(**fields)
    return _("The IKM fell from {before} to {after} ({difference})").format(**fields)

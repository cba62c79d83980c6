"""Figures of a satisfaction survey: elements, groups, the change from one period to the next."""

from __future__ import annotations

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number, percent, signed
from mutu.measure.skm import Change, GroupResult, IndexResult, Shift, UnsurResult
from mutu.regulations import Skm, skm
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Axis, Line, Row, Rows, Zone, axis, ends, share_axis, tips


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
        zones=grade_zones(result.regulation, result.regulation.multiplier, low, high),
    )


def finding(result: IndexResult) -> str:
    """The title of the elements figure: what it shows."""
    lowest = number(min(unsur.nrr for unsur in result.unsur))
    names = [unsur.nama for unsur in result.unsur if number(unsur.nrr) == lowest]
    if len(result.unsur) == 1:
        return _("Mean (NRR): {element}, {value}").format(element=names[0], value=lowest)
    if len(names) == len(result.unsur):
        return _("All elements score {value}").format(value=lowest)
    if len(names) > 1:
        return _("Lowest mean (NRR): {value}, in {count} elements").format(value=lowest, count=len(names))
    return _("Lowest mean (NRR): {element}, {value}").format(element=names[0], value=lowest)


def elements_alt(result: IndexResult) -> str:
    """What the elements figure says, for those who cannot see it."""
    values = "; ".join(f"{unsur.nama} {number(unsur.nrr)}" for unsur in _weakest_first(result))
    return _("Mean answer of each element on the scale 1 to 4, weakest first: {values}.").format(values=values)


def _weakest_first(result: IndexResult) -> list[UnsurResult]:
    return sorted(result.unsur, key=lambda unsur: (unsur.nrr, unsur.kode))


def grade_zones(rule: Skm, points: int, low: float, high: float) -> tuple[Zone, ...]:
    """The grades along the part of an axis from low to high, in units of `points` of the index."""
    edges = [float(band.low) / points for band in rule.bands] + [float(rule.bounds[1]) / points]
    parts = [
        (max(start, low), min(end, high), band.mutu)
        for start, end, band in zip(edges[:-1], edges[1:], rule.bands, strict=True)
        if start < high and end > low
    ]
    names = [_("grade {letter}").format(letter=parts[0][2]), *(letter for _low, _high, letter in parts[1:])]
    return tuple(Zone(start, end, name) for (start, end, _letter), name in zip(parts, names, strict=True))


@shows(IndexResult, "grades")
def grades_spec(result: IndexResult) -> Rows:
    """How probable it is that the true index lies in each band."""
    if not result.grades:
        raise InputError(
            N_("With so few respondents, or all alike, no probability of a grade can be given. Collect more answers.")
        )
    own = next(chance.probability for chance in result.grades if chance.mutu == result.mutu)
    return Rows(
        title=_("IKM {ikm}: grade {letter} with a probability of {share}").format(
            ikm=number(result.ikm), letter=result.mutu, share=percent(own, 0)
        ),
        alt=result.sentence(),
        note=_("full bar: the grade published; n = {n}").format(n=integer(result.n)),
        axis=share_axis(_("probability that the true index lies there")),
        rows=tuple(
            Row(
                label=_("grade {letter}").format(letter=chance.mutu),
                value=chance.probability,
                shown=percent(chance.probability, 0),
                bar=True,
                hollow=chance.mutu != result.mutu,
            )
            for chance in reversed(result.grades)
        ),
    )


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
        zones=grade_zones(result.regulation, 1, low, high),
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


@shows(Shift)
def shift_spec(result: Shift) -> Rows:
    """Of 100 pairs of one respondent from each period, how often the later one is the more satisfied."""
    around = None if result.interval is None else (100 * result.interval.low, 100 * result.interval.high)
    less = result.clear and result.value < 0.5
    title = _("Who is more satisfied cannot be told from chance: {pairs} of 100 pairs")
    if result.clear and result.value > 0.5:
        title = _("The later respondent is the more satisfied in {pairs} of 100 pairs")
    elif less:
        title = _("The earlier respondent is the more satisfied in {pairs} of 100 pairs")
    return Rows(
        title=title.format(pairs=number(100 * (1 - result.value if less else result.value), 0)),
        alt=result.sentence(),
        note=_("line: 95% interval; n = {now} now and {before} before").format(
            now=integer(result.n[0]), before=integer(result.n[1])
        ),
        axis=axis(_("pairs of 100"), [], low=0, high=100),
        rows=(
            Row(
                label=_("more satisfied now"),
                value=100 * result.value,
                shown=number(100 * result.value, 0),
                interval=around,
                hollow=not result.clear,
                tips=tips(result.rows()[0]),
            ),
        ),
        lines=(Line(50.0, _("no change")),),
    )

"""Figures of what an office needs and has: training, staff, resources, readiness, partners."""

from __future__ import annotations

from typing import Any

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number, percent
from mutu.measure.capacity import ChangeScale, Collaboration, Resources, TrainingNeeds, Wisn, Workload
from mutu.report.figures.register import shows
from mutu.report.figures.spec import (
    LETTERS,
    Axis,
    Cell,
    Heat,
    Line,
    Link,
    Network,
    Node,
    Row,
    Rows,
    axis,
    ends,
    tips,
)


@shows(TrainingNeeds)
def needs(result: TrainingNeeds) -> Rows:
    """The score of each competence, the greatest need first."""
    reach = [value for need in result.needs for value in (need.score, *(ends(need.interval) or ()))]
    return Rows(
        title=_needs_title(result),
        alt=result.sentence(),
        note=_("importance × gap; line: 95% interval; empty dot: may not be among the first; n = {n}").format(
            n=integer(result.n)
        ),
        axis=axis(_("training need"), [*reach, 0.0]),
        rows=tuple(
            Row(
                label=need.name,
                value=need.score,
                shown=number(need.score),
                interval=ends(need.interval),
                hollow=need.places[0] != 1,
                tips=tips(row),
            )
            for need, row in zip(result.needs, result.rows(), strict=True)
        ),
        lines=(Line(0.0, _("no need")),),
    )


def _needs_title(result: TrainingNeeds) -> str:
    if result.greatest:
        name, score = result.greatest.name, number(result.greatest.score)
        return _("Greatest training need: {name} ({score})").format(name=name, score=score)
    if result.needs[0].score > 0:
        return _("No training need can be told from chance")
    return _("No competence falls short on average")


@shows(TrainingNeeds, "units")
def needs_by_unit(result: TrainingNeeds) -> Heat:
    """The score of each competence in each unit, darker where the need is greater."""
    if not result.units:
        raise InputError(N_("This result has no units. Name the unit of each person (unit=…) to see them."))
    known = [score for unit in result.units for score in unit.scores if score is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return Heat(
        title=_("Training need by unit"),
        alt=result.sentence(),
        note=_("importance × gap; darker is a greater need; a dash: fewer than {least} people").format(
            least=integer(result.least)
        ),
        rows=tuple(need.name for need in result.needs),
        columns=tuple(unit.unit for unit in result.units),
        cells=tuple(
            Cell(
                row,
                column,
                number(score),
                None if score is None or high == low else (score - low) / (high - low),
                tips=((_("Unit"), unit.unit), (_("Competence"), need.name), (_("Importance × gap"), number(score))),
            )
            for column, unit in enumerate(result.units)
            for row, (need, score) in enumerate(zip(result.needs, unit.scores, strict=True))
        ),
    )


@shows(Workload)
def workload(result: Workload) -> Rows:
    """People that each job needs, with those there are as an upright mark."""
    known = [job.available for job in result.jobs if job.available is not None]
    short = [job for job in result.jobs if job.difference is not None and job.difference <= -0.5]
    worst = min(short, key=lambda job: job.difference or 0.0) if short else None
    return Rows(
        title=_("{need} people are needed").format(need=number(float(result), 1))
        if worst is None
        else _("Most people are missing in {job}: {count}").format(
            job=worst.name, count=number(-(worst.difference or 0.0), 1)
        ),
        alt=result.sentence(),
        note=_("bar: people needed; upright mark: people there are; {minutes} effective minutes a year").format(
            minutes=number(result.minutes, 0)
        ),
        axis=axis(_("people"), [*known, *(job.need for job in result.jobs)], low=0),
        rows=tuple(
            Row(
                label=job.name,
                value=job.need,
                shown=number(job.need, 1)
                if job.available is None
                else _("{need} · there are {available}").format(
                    need=number(job.need, 1), available=number(job.available, 1)
                ),
                bar=True,
                tick=job.available,
                tips=tips(row),
            )
            for job, row in sorted(zip(result.jobs, result.rows(), strict=True), key=lambda pair: -pair[0].need)
        ),
    )


@shows(Wisn)
def staffing(result: Wisn) -> Rows:
    """People that each activity takes, and that all need together with allowances."""
    people = [activity.people for activity in result.activities]
    there = "" if result.available is None else _(", there are {count}").format(count=number(result.available, 1))
    return Rows(
        title=_("{need} people are needed").format(need=number(result.need, 1)) + there,
        alt=result.sentence(),
        note=_("upright mark: people there are; the sum holds the allowances for other activities"),
        axis=axis(_("people"), [*people, result.need, result.available], low=0),
        rows=(
            Row(
                label=_("needed in all"),
                value=result.need,
                shown=number(result.need, 1),
                bar=True,
                strong=True,
                tick=result.available,
            ),
            *(
                Row(
                    label=activity.name,
                    value=activity.people,
                    shown=number(activity.people, 1),
                    bar=True,
                    tips=tips(row),
                )
                for activity, row in sorted(
                    zip(result.activities, result.rows(), strict=True), key=lambda pair: -pair[0].people
                )
            ),
        ),
    )


@shows(Resources)
def resources(result: Resources) -> Rows:
    """What each unit has by its need, the least first, with the ratio of all as a line."""

    def shown(value: float) -> str:
        return percent(value, 0) if result.per is None else number(value)

    lowest = result.units[0]
    return Rows(
        title=_("Least has {unit}: {ratio}").format(unit=lowest.name, ratio=shown(lowest.ratio)),
        alt=result.sentence(),
        note=_("all {n} units are counted, so there is no interval; Gini index {gini}").format(
            n=integer(result.n), gini=number(result.fairness.gini)
        ),
        axis=axis(
            _("share of the need that is covered")
            if result.per is None
            else _("available for every {per} of need").format(per=number(result.per, 0)),
            [unit.ratio for unit in result.units],
            (lambda value: percent(value, 0)) if result.per is None else None,
            low=0,
        ),
        rows=tuple(
            Row(label=unit.name, value=unit.ratio, shown=shown(unit.ratio), bar=True, tips=tips(row))
            for unit, row in zip(result.units, result.rows(), strict=True)
        ),
        lines=(Line(float(result), _("all {value}").format(value=shown(float(result)))),),
    )


@shows(ChangeScale)
def readiness(result: ChangeScale) -> Rows:
    """The mean of each dimension on the scale, with its interval."""
    return Rows(
        title=_("{scale}: {mean} on {low} to {high}").format(
            scale=str(result.text.name).capitalize(),
            mean=number(float(result)),
            low=integer(result.scale[0]),
            high=integer(result.scale[1]),
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; no line between much and little is established; n = {n}").format(
            n=integer(result.n)
        ),
        axis=_scale(result),
        rows=tuple(
            Row(
                label=result.name(one.code),
                value=one.mean,
                shown=number(one.mean),
                interval=ends(one.interval),
                tips=tips(row),
            )
            for one, row in sorted(zip(result.dimensions, result.rows(), strict=True), key=lambda pair: pair[0].mean)
        ),
    )


def _scale(result: ChangeScale) -> Axis:
    low, high = result.scale
    ticks = tuple((float(place), integer(place)) for place in range(low, high + 1))
    return Axis(_("mean answer"), float(low), float(high), ticks)


@shows(ChangeScale, "units")
def readiness_by_unit(result: ChangeScale) -> Rows:
    """The mean of each unit under each dimension."""
    pairs = [(one, unit) for one in result.dimensions for unit in one.units]
    if not pairs:
        raise InputError(N_("This result has no units. Name the unit of each person (unit=…) to see them."))
    known = [(one, unit) for one, unit in pairs if unit.mean is not None]
    lowest = min(known, key=lambda pair: pair[1].mean or 0.0, default=None)
    return Rows(
        title=_("All groups are too small to be shown")
        if lowest is None
        else _("Lowest mean: {unit}, {dimension}, {value}").format(
            unit=lowest[1].unit, dimension=result.name(lowest[0].code), value=number(lowest[1].mean)
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; a dash: fewer than {least} people").format(least=integer(result.least)),
        axis=_scale(result),
        rows=tuple(
            Row(
                label=f"{unit.unit} ({integer(unit.n)})",
                value=unit.mean,
                shown=number(unit.mean),
                interval=ends(unit.interval),
                group=result.name(one.code),
                tips=tips(row),
            )
            for (one, unit), row in zip(pairs, result.unit_rows(), strict=True)
        ),
    )


@shows(Collaboration)
def partners(result: Collaboration) -> Network:
    """Who works with whom: larger where more paths run through an organisation."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    members = {one.name: (one, row) for one, row in zip(result.all.organisations, result.rows(), strict=True)}
    names = sorted(members)
    graph.add_nodes_from(names)
    graph.add_edges_from(result.all.ties)
    places = _spread(graph, names)
    sides = _sides([(*places[name], name) for name in names])
    most = max(one.betweenness for one, _row in members.values()) or 1.0
    return Network(
        title=_partners_finding(result),
        alt=result.sentence(),
        note=_("larger: more paths run through it; empty: without it others lose contact; {pairs} pairs").format(
            pairs=integer(result.all.pairs)
        ),
        nodes=tuple(
            Node(
                name,
                *places[name],
                side=sides[name],
                size=members[name][0].betweenness / most,
                hollow=members[name][0].cut_point,
                tips=tips(members[name][1]),
            )
            for name in names
        ),
        links=tuple(Link(names.index(one), names.index(other), 0.2) for one, other in result.all.ties),
    )


def _sides(places: list[tuple[float, float, str]]) -> dict[str, str]:
    """Where each name stands so that it meets no other name and no node, as far as there is such a side."""
    taken = [(x - 0.025, y - 0.04, x + 0.025, y + 0.04) for x, y, _name in places]
    found = {}
    for x, y, name in places:
        boxes = {side: _box(x, y, name, side) for side in ("below", "above", "right", "left")}
        hits = {side: sum(_meet(box, other) for other in taken) for side, box in boxes.items()}
        found[name] = min(hits, key=lambda side: hits[side])
        taken.append(boxes[found[name]])
    return found


_Box = tuple[float, float, float, float]


def _box(x: float, y: float, name: str, side: str) -> _Box:
    """About the place that a name takes beside its node, in the unit of the picture."""
    lines = -(-len(name) // LETTERS)
    wide, high = 0.019 * min(len(name), LETTERS), 0.05 * lines
    if side in ("left", "right"):
        start = x + 0.03 if side == "right" else x - 0.03 - wide
        return (start, y - high / 2, start + wide, y + high / 2)
    low = y + 0.045 if side == "above" else y - 0.045 - high
    return (x - wide / 2, low, x + wide / 2, low + high)


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _spread(graph: Any, names: list[str]) -> dict[str, tuple[float, float]]:
    """Places from 0 to 1 in both directions, the same ones each time; those without a partner stand in a row below."""
    import networkx as nx

    linked = [name for name in names if graph.degree(name)]
    alone = [name for name in names if name not in linked]
    found = nx.kamada_kawai_layout(graph.subgraph(linked))
    floor = 0.2 if alone else 0.0
    placed: dict[str, list[float]] = {}
    for axis_of, low in ((0, 0.0), (1, floor)):
        values = {name: float(found[name][axis_of]) for name in linked}
        start, span = min(values.values()), (max(values.values()) - min(values.values())) or 1.0
        for name, value in values.items():
            placed.setdefault(name, []).append(low + (1 - low) * (value - start) / span)
    row = {name: ((place + 0.5) / len(alone), 0.0) for place, name in enumerate(alone)}
    return {name: (place[0], place[1]) for name, place in placed.items()} | row


def _partners_finding(result: Collaboration) -> str:
    first = result.all.organisations[0]
    if first.betweenness > 0:
        return _("{density} of all pairs work together; most paths run through {name}").format(
            density=percent(result.all.density, 0), name=first.name
        )
    return _("{density} of all pairs work together").format(density=percent(result.all.density, 0))


@shows(Collaboration, "phases")
def phases(result: Collaboration) -> Rows:
    """How many of all pairs work together in each phase."""
    parts = (*result.phases, result.all)
    return Rows(
        title=_("{density} of all pairs work together").format(density=percent(result.all.density, 0)),
        alt=result.sentence(),
        note=_("all {n} organisations are counted, so there is no interval").format(n=integer(result.n)),
        axis=axis(_("density"), [part.density for part in parts], lambda value: percent(value, 0), low=0),
        rows=tuple(
            Row(
                label=part.name or _("all phases"),
                value=part.density,
                shown=percent(part.density, 0),
                bar=True,
                strong=not part.name,
                tips=tips(row),
            )
            for part, row in zip(parts, result.phase_rows(), strict=True)
        ),
    )

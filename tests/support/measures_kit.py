"""Every public measure with a minimal good call, for what all of them have to do alike.

An entry of `MEASURES` makes a `Measure` from a `mark`, which is applied to every label and every column name that is
free: `str` for plain ones, something hostile to see that it is escaped. Frames are given as columns of cells and made
by whoever tests, in any kind of frame.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

import mutu.measure
from mutu.measure import (
    audit,
    capacity,
    csi,
    drivers,
    equity,
    estimation,
    ipa,
    learning,
    participation,
    quality,
    reliability,
    sampling,
    servqual,
    skm,
    timeliness,
    trend,
)
from mutu.responses import synthetic

# what mutu.measure offers; the other modules in it serve these
HOUSES = tuple(
    name
    for _finder, name, _package in pkgutil.iter_modules(mutu.measure.__path__)
    if hasattr(import_module(f"mutu.measure.{name}"), "__all__")
)
Columns = dict[str, list[Any]]
Mark = Callable[[str], str]


@dataclass(frozen=True)
class Measure:
    """One good call.

    Attributes
    ----------
    call : the function; takes the frames in order, then the settings by name
    data : the frames, each as column -> cells
    settings : further arguments
    weights : columns of weights
    scalars : settings that are numbers, which may be given wrong
    """

    call: Callable[..., Any]
    data: tuple[Columns, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    weights: tuple[str, ...] = ()
    scalars: tuple[str, ...] = ()

    def __call__(self, make: Callable[[Columns], Any] = pd.DataFrame) -> Any:
        """The result, with the frames made by `make`."""
        return self.call(*(make(columns) for columns in self.data), **self.settings)


def _answers(n: int = 60, items: int = 4, *, high: int = 4, seed: int = 3) -> list[list[int]]:
    """Answers from 1 to `high`, item by item, of people who differ in how mild they are."""
    rng = np.random.default_rng(seed)
    felt = 0.75 * high + rng.normal(0, 0.6, (n, 1)) + rng.normal(0, 0.7, (n, items))
    return np.clip(np.rint(felt), 1, high).astype(int).T.tolist()


def _items(mark: Mark, n: int = 60, items: int = 4, *, high: int = 4, seed: int = 3) -> Columns:
    return {mark(f"item {place}"): cells for place, cells in enumerate(_answers(n, items, high=high, seed=seed), 1)}


def _elements(n: int = 60, items: int = 3) -> Columns:
    return {f"U{place}": cells for place, cells in enumerate(_answers(n, items), 1)}


def _among(labels: list[str], n: int = 60) -> list[str]:
    """Labels in turn, the first more often than the others."""
    return [labels[max(0, row % (len(labels) + 1) - 1)] for row in range(n)]


def _amounts(n: int = 60, seed: int = 5) -> list[float]:
    return np.random.default_rng(seed).normal(74, 8, n).clip(25, 100).round(2).tolist()


def _months(count: int = 24) -> list[str]:
    return [f"{2024 + month // 12}-{month % 12 + 1:02d}" for month in range(count)]


def _score(mark: Mark, **settings: Any) -> Measure:
    columns = _elements() | {mark("service"): _among([mark("card"), mark("birth"), mark("tax")])}
    return Measure(
        skm.score, (columns,), {"by": [mark("service")], "population": 900, **settings}, scalars=("population",)
    )


def _saved_document() -> dict[str, Any]:
    return _score(str)().as_json()


def _sample(mark: Mark) -> Columns:
    return {
        mark("index"): _amounts(),
        mark("visits"): [1 + row % 7 for row in range(60)],
        mark("stratum"): [mark("town") if row < 36 else mark("islands") for row in range(60)],
        mark("village"): [mark(f"village {row // 6}") for row in range(60)],
        mark("weight"): [1.0 + row % 3 for row in range(60)],
        mark("group"): _among([mark("women"), mark("men")]),
    }


def _design(mark: Mark, function: Callable[..., Any], **settings: Any) -> Measure:
    design = {"strata": mark("stratum"), "cluster": mark("village"), "weight": mark("weight")}
    return Measure(function, (_sample(mark),), design | {"by": mark("group")} | settings, weights=(mark("weight"),))


def _bootstrap(mark: Mark) -> Measure:
    frame = {name: cells for name, cells in _sample(mark).items() if name != mark("group")}
    design = {"strata": mark("stratum"), "cluster": mark("village"), "weight": mark("weight")}
    settings = {"statistic": lambda means: means[:, 0], "columns": [mark("index")], "replicates": 200, "seed": 1}
    return Measure(
        estimation.bootstrap, (frame,), design | settings, weights=(mark("weight"),), scalars=("replicates",)
    )


def _raked(mark: Mark, function: Callable[..., Any], *known: Any) -> Measure:
    columns = {name: _sample(mark)[name] for name in (mark("stratum"), mark("group"), mark("weight"))}
    call = lambda frame, **settings: function(frame, *known, **settings)  # noqa: E731
    return Measure(call, (columns,), {"weight": mark("weight")}, weights=(mark("weight"),))


def _margins(mark: Mark) -> dict[str, dict[str, float]]:
    return {
        mark("group"): {mark("women"): 0.5, mark("men"): 0.5},
        mark("stratum"): {mark("town"): 0.7, mark("islands"): 0.3},
    }


def _response(mark: Mark) -> Measure:
    columns = {mark("place"): [mark("town"), mark("village"), mark("island")], mark("invited"): [300, 240, 90],
               mark("answered"): [190, 101, 31]}  # fmt: skip
    names = {"invited": mark("invited"), "answered": mark("answered")}
    return Measure(partial(estimation.nonresponse, group=mark("place")), (columns,), names)


def _weighted(name: str = "weights") -> Columns:
    return {name: [1.0 + row % 3 for row in range(60)]}


def _ranked(function: Callable[..., Any]) -> Measure:
    cluster = {"cluster": [f"village {row // 5}" for row in range(60)]}
    call = lambda value, rank, weights, cluster, **settings: function(  # noqa: E731
        value, rank, weights, cluster=cluster, **settings
    )
    frames = ({"value": _amounts()}, {"rank": [1 + row % 5 for row in range(60)]}, _weighted(), cluster)
    return Measure(call, frames, {"bounds": (25, 100)}, weights=("weights",))


def _curve(mark: Mark) -> Measure:
    frames = ({"value": _amounts()}, {"rank": [1 + row % 5 for row in range(60)]}, _weighted())
    return Measure(equity.concentration_curve, frames, weights=("weights",))


def _grouped(mark: Mark, function: Callable[..., Any], **settings: Any) -> Measure:
    call = lambda values, groups, **more: function(values, groups, **more)  # noqa: E731
    groups = {"groups": _among([mark("town"), mark("village"), mark("island")])}
    return Measure(call, ({"values": _amounts()}, groups), settings)


def _slope(mark: Mark) -> Measure:
    order = [mark("poor"), mark("middle"), mark("rich")]
    call = lambda values, groups, weights, **more: equity.slope_index(values, groups, weights=weights, **more)  # noqa: E731
    frames = ({"values": _amounts()}, {"groups": _among(order)}, _weighted())
    return Measure(call, frames, {"order": order}, weights=("weights",))


def _means(mark: Mark) -> Measure:
    call = lambda means, sizes, errors, **more: equity.slope_of_means(means, sizes, errors=errors, **more)  # noqa: E731
    frames = ({"means": [60.0, 66.0, 70.0, 80.0]}, {"sizes": [40, 60, 60, 40]}, {"errors": [2.0, 2.0, 2.0, 2.0]})
    return Measure(call, frames, {"labels": [mark(name) for name in ("poor", "lower", "upper", "rich")]})


def _overall(mark: Mark) -> Columns:
    columns = _items(mark, 120, 3)
    rng = np.random.default_rng(8)
    wish = sum(np.array(cells) for cells in columns.values()) / 3 + rng.normal(0, 0.8, 120)
    return columns | {mark("overall"): np.clip(np.rint(wish), 2, 4).astype(int).tolist()}


def _in_clusters(mark: Mark, function: Callable[..., Any], **settings: Any) -> Measure:
    columns = _items(mark) | {mark("day"): [mark(f"day {row // 5}") for row in range(60)]}
    return Measure(function, (columns,), {"cluster": mark("day")} | settings)


def _ratings(mark: Mark, raters: int = 3) -> Columns:
    return _items(mark, 30, raters)


def _of_test(mark: Mark, function: Callable[..., Any], **settings: Any) -> Measure:
    answers = {name: [int(cell > 2) for cell in cells] for name, cells in _items(mark, 40, 5).items()}
    return Measure(function, (answers,), settings, scalars=tuple(settings))


def _classes(function: Callable[..., Any], *more: Columns) -> Measure:
    before = [3 + row % 4 for row in range(30)]
    after = [min(10, cell + row % 4) for row, cell in enumerate(before)]
    frames = ({"before": before}, {"after": after}, *more)
    return Measure(function, frames, {"maximum": 10}, scalars=("maximum",))


def _waited() -> tuple[Columns, Columns]:
    return {"days": [1 + row * 7 % 23 for row in range(40)]}, {"open": [row % 5 == 0 for row in range(40)]}


def _within(durations: Any, open_cases: Any, **settings: Any) -> Any:
    return timeliness.within_limit(durations, open_cases=open_cases, **settings)


def _dates(mark: Mark) -> Measure:
    start = [date(2025, 3, 3) + timedelta(days=row) for row in range(12)]
    end = [day + timedelta(days=5 + row % 3) for row, day in enumerate(start)]
    return Measure(timeliness.working_days, ({"start": start}, {"end": end}))


def _chart(function: Callable[..., Any], *columns: Columns) -> Measure:
    return Measure(function, (*columns, {"periods": _months()}))


def _counts() -> Columns:
    return {"counts": [9 + row * 5 % 7 for row in range(24)]}


def _sizes() -> Columns:
    return {"sizes": [80 + row * 11 % 30 for row in range(24)]}


def _monthly() -> Columns:
    return {"values": [76 + row * 5 % 7 / 4 + (row > 13) * 4 for row in range(24)]}


def _errors() -> Columns:
    return {"errors": [0.8 + row % 3 / 10 for row in range(24)]}


def _same_month(values: Any, errors: Any, sizes: Any, periods: Any) -> Any:
    return trend.same_month(values, periods, errors, sizes)


def _scores(mark: Mark) -> Measure:
    groups = [mark("women")] * 14 + [mark("youth")] * 12 + [mark("staff")] * 10 + [mark("old")] * 2
    names = [mark("waiting"), mark("drugs")]
    columns = dict(zip(names, _answers(38, 2, high=5), strict=True)) | {mark("group"): groups}
    settings = {"indicators": names, "group": mark("group"), "providers": [mark("staff")],
                "plan": {mark("drugs"): {"action": mark("order"), "who": mark("head"), "when": "2026"}}}  # fmt: skip
    return Measure(participation.score_card, (columns,), settings)


def _report_card(mark: Mark) -> Measure:
    columns = {
        mark("service"): _among([mark("water"), mark("roads")], 90),
        mark("happy"): [row % 3 > 0 for row in range(90)],
        mark("trouble"): [row % 5 == 0 for row in range(90)],
        mark("paid"): [5000.0 * (1 + row % 4) for row in range(90)],
    }
    aspects = {"satisfaction": mark("happy"), "problem": mark("trouble"), "cost": mark("paid")}
    return Measure(participation.report_card, (columns,), {"columns": aspects, "service": mark("service")})


def _forum(mark: Mark) -> Measure:
    names = [mark("farmers"), mark("traders"), mark("fishers")]
    call = lambda forum, parties, **settings: participation.representativeness(forum, parties=parties, **settings)  # noqa: E731
    parties = {"parties": ["users" if row % 2 else "media" for row in range(50)]}
    population = dict(zip(names, (50, 30, 20), strict=True))
    return Measure(call, ({"forum": _among(names, 50)}, parties), {"population": population})


def _level(mark: Mark) -> Measure:
    codes = participation.rubric().codes
    return Measure(participation.level, settings={"evidence": {code: code[0] < "3" for code in codes[:-1]}})


def _needs(mark: Mark) -> Measure:
    matters, there = _items(mark, 40, 3, high=5, seed=1), _items(mark, 40, 3, high=5, seed=2)
    call = lambda matters, there, unit, **settings: capacity.training_needs(matters, there, unit=unit, **settings)  # noqa: E731
    required = dict.fromkeys(matters, 4.5)
    return Measure(call, (matters, there, {"unit": _among([mark("A"), mark("B")], 40)}), {"required": required})


def _workload(mark: Mark) -> Measure:
    jobs = [mark("counter"), mark("counter"), mark("archive")]
    columns = {mark("job"): jobs, mark("volume"): [42000, 9000, 12000], mark("minutes"): [6.0, 11.0, 8.0]}
    settings = {"columns": tuple(columns), "available": {mark("counter"): 4, mark("archive"): 1.5}}
    return Measure(capacity.workload, (columns,), settings)


def _wisn(mark: Mark) -> Measure:
    given = {"activities": {mark("visits"): (21000, 0.25), mark("births"): (5200, 0.2)}, "working_time": 1500,
             "support": {mark("notes"): 0.12}, "individual": {mark("meetings"): 120}, "available": 5}  # fmt: skip
    return Measure(capacity.wisn, settings=given, scalars=("working_time", "available"))


def _resources(mark: Mark) -> Measure:
    columns = {mark("unit"): [mark(name) for name in "ABCD"], mark("need"): [14, 20, 9, 11],
               mark("staff"): [11, 23, 4, 9]}  # fmt: skip
    settings = {"unit": mark("unit"), "need": mark("need"), "available": mark("staff"), "per": 10}
    return Measure(capacity.resources, (columns,), settings, scalars=("per",))


def _change_scale(mark: Mark, function: Callable[..., Any], *dimensions: str) -> Measure:
    columns = _items(mark, 48, 4, high=5)
    first, second, third, fourth = columns
    items = dict(zip(dimensions, ([first, second], [third, fourth]), strict=True))
    columns[mark("unit")] = _among([mark("A"), mark("B")], 48)
    return Measure(function, (columns,), {"items": items, "unit": mark("unit"), "scale": (1, 5)})


def _network(mark: Mark) -> Measure:
    pairs = [
        ("office", "clinic"),
        ("clinic", "office"),
        ("clinic", "village"),
        ("village", "group"),
        ("group", "media"),
    ]
    columns = {mark("from"): [mark(one) for one, _two in pairs], mark("to"): [mark(two) for _one, two in pairs],
               mark("phase"): [mark("plan"), mark("plan"), mark("do"), mark("do"), mark("do")]}  # fmt: skip
    government = {"office", "clinic", "school"}
    names = {name for pair in pairs for name in pair} | {"school"}
    sectors = {mark(name): mark("state" if name in government else "people") for name in sorted(names)}
    return Measure(capacity.network, (columns,), {"columns": (mark("from"), mark("to")), "phase": mark("phase"),
                                                  "sectors": sectors})  # fmt: skip


def _pairs(mark: Mark, function: Callable[..., Any], **settings: Any) -> Measure:
    frames = _items(mark, 50, 4, high=5, seed=1), _items(mark, 50, 4, high=5, seed=2)
    return Measure(function, frames, settings)


def _gaps(mark: Mark) -> Measure:
    names = [mark(f"item {place}") for place in range(1, 5)]
    settings = {"dimensions": {mark("things"): names[:2], mark("people"): names[2:]},
                "weights": {mark("things"): 40, mark("people"): 60}}  # fmt: skip
    return _pairs(mark, servqual.gaps, **settings)


def _elements_table(mark: Mark) -> Measure:
    columns = {
        "unsur": [mark("terms"), mark("time"), mark("staff")],
        "nrr": ["3,20", "3,40", "3,90"],
        "n": [40, 40, 40],
    }
    return Measure(audit.explain, (columns,), {"published": "86,63", "grade": "B"}, scalars=("published",))


def _printed_table(mark: Mark) -> Measure:
    rows = [audit.Row(mark(name), audit.printed(nrr), 40) for name, nrr in (("terms", "3,20"), ("time", "3,41"))]
    table = audit.Table(tuple(rows), index=audit.printed("83,00"), grade="B")
    return Measure(audit.explain, settings={"data": table})


def _audit(mark: Mark) -> Measure:
    columns = _elements()
    columns["U2"] = [None if row % 6 == 0 else cell for row, cell in enumerate(columns["U2"])]
    return Measure(audit.explain, (columns,), {"published": "70,01", "grade": "C", "population": 900})


def _suspicious(mark: Mark) -> Columns:
    """Answers of ninety people, and of six forms filled in alike within minutes on one telephone."""
    rng = np.random.default_rng(1)
    honest = rng.choice([1, 2, 3, 4], (90, 9), p=[0.05, 0.15, 0.5, 0.3])
    answers = np.vstack([honest, np.full((12, 9), 4)])
    days = [datetime(2026, 3, 2 + row % 5, 8 + row // 5 % 7, 7 * row % 60) for row in range(90)]
    sent = [*days, *(datetime(2026, 3, 4, 16, 30) + timedelta(seconds=20 * row) for row in range(12))]
    columns: Columns = {f"U{place}": cells for place, cells in enumerate(answers.T.tolist(), 1)}
    return columns | {
        mark("seconds"): [150.0 + row * 13 % 120 for row in range(90)] + [10.0 + row for row in range(12)],
        mark("sent"): sent,
        mark("device"): [mark(f"phone {row}") for row in range(90)] + [mark("phone x")] * 12,
        mark("form"): [mark(f"form {row}") for row in range(102)],
    }


def _signs(mark: Mark) -> Measure:
    names = {role: mark(column) for role, column in
             {"seconds": "seconds", "submitted": "sent", "device": "device", "key": "form"}.items()}  # fmt: skip
    items = [f"U{place}" for place in range(1, 10)]
    return Measure(quality.signs, (_suspicious(mark),), {"items": items, "serves": (4, 10)} | names)


def _answered(mark: Mark = str) -> Columns:
    return {mark(name): cells for name, cells in _suspicious(str).items() if name.startswith("U")}


def _column(mark: Mark, name: str) -> Columns:
    return {name: _suspicious(mark)[mark(name)]}


def _decided(mark: Mark, frame: Any) -> Any:
    found = quality.signs(frame, items=[f"U{place}" for place in range(1, 10)])
    return quality.decide(found, [91, 92], keep=False, by=mark("clerk"), reason=mark("filled in at the desk"),
                          on=date(2026, 4, 1))  # fmt: skip


def _scored(mark: Mark) -> Measure:
    return Measure(lambda frame: quality.score(frame, _decided(mark, frame)), (_answered(),))


def _changed(mark: Mark) -> Measure:
    call = lambda now, before: skm.change(skm.score(now), skm.score(before))  # noqa: E731
    lower = {name: [max(1, cell - row % 2) for row, cell in enumerate(cells)] for name, cells in _elements().items()}
    return Measure(call, (_elements(), lower))


def _since(mark: Mark) -> Measure:
    return Measure(lambda now, document: skm.change(skm.score(now), skm.saved(document)), (_elements(),),
                   {"document": _saved_document()})  # fmt: skip


def _agency(mark: Mark) -> Measure:
    call = lambda one, two: skm.agency({mark("one"): skm.score(one), mark("two"): skm.score(two)})  # noqa: E731
    return Measure(call, (_elements(), {name: cells[:25] for name, cells in _elements().items()}))


def _units(mark: Mark) -> Measure:
    columns = _elements() | {mark("unit"): [mark(f"unit {row // 15}") for row in range(60)]}
    return Measure(skm.units, (columns,), {"unit": mark("unit")})


def _synthetic(mark: Mark) -> Measure:
    settings = {"n": 60, "index": 80, "seed": 1, "groups": {mark("service"): {mark("card"): 0.6, mark("tax"): 0.4}},
                "gaps": {mark("service"): {mark("card"): -4}}, "clusters": 6}  # fmt: skip
    return Measure(synthetic, settings=settings, scalars=("n", "index", "seed", "clusters"))


def _drawn(mark: Mark) -> Measure:
    names = {"names": [mark(f"person {row}") for row in range(40)]}
    return Measure(sampling.draw, (names,), {"n": 6, "seed": 4}, scalars=("n", "seed"))


def _given(function: Callable[..., Any], **settings: Any) -> Callable[[Mark], Measure]:
    """A measure of numbers alone, each of which may be given wrong."""
    numbers = tuple(name for name, value in settings.items() if isinstance(value, int | float))
    return lambda mark: Measure(function, settings=settings, scalars=numbers)


def _sharing(function: Callable[..., Any], *columns: Columns, n: int) -> Callable[[Mark], Measure]:
    return lambda mark: Measure(function, columns, {"n": n}, scalars=("n",))


MEASURES: dict[str, Callable[[Mark], Measure]] = {
    "audit.explain": _audit,
    "audit.explain a table": _elements_table,
    "audit.explain a Table": _printed_table,
    "audit.printed": _given(audit.printed, given="88,50"),
    "capacity.between_units": lambda mark: Measure(
        lambda first, second: capacity.between_units([first, second]),
        ({"first": [4, 5, 4]}, {"second": [2, 3, 3]}),
    ),
    "capacity.change_scale": lambda mark: Measure(capacity.change_scale, settings={"code": "readiness"}),
    "capacity.effective_time": lambda mark: Measure(capacity.effective_time),
    "capacity.network": _network,
    "capacity.readiness": lambda mark: _change_scale(mark, capacity.readiness, "commitment", "efficacy"),
    "capacity.resistance": lambda mark: _change_scale(mark, capacity.resistance, "routine", "emotion"),
    "capacity.resources": _resources,
    "capacity.rwg": lambda mark: Measure(capacity.rwg, ({"values": [4, 4, 5, 4]},), {"scale": (1, 5)}),
    "capacity.rwg_j": lambda mark: Measure(capacity.rwg_j, (_items(mark, 12, 3),), {"scale": (1, 4)}),
    "capacity.training_needs": _needs,
    "capacity.wisn": _wisn,
    "capacity.workload": _workload,
    "csi.customer_satisfaction_index": lambda mark: _pairs(mark, csi.customer_satisfaction_index, scale=(1, 5)),
    "drivers.proportional_odds": lambda mark: Measure(
        drivers.proportional_odds, (_overall(mark),), {"outcome": mark("overall")}
    ),
    "drivers.relative_importance": lambda mark: Measure(
        drivers.relative_importance, (_overall(mark),), {"outcome": mark("overall")}
    ),
    "equity.concentration_curve": _curve,
    "equity.concentration_index": lambda mark: _ranked(equity.concentration_index),
    "equity.decompose": lambda mark: _grouped(mark, equity.decompose),
    "equity.gaps": lambda mark: _grouped(mark, equity.gaps, reference=mark("town")),
    "equity.slope_index": _slope,
    "equity.slope_of_means": _means,
    "estimation.bootstrap": _bootstrap,
    "estimation.mean": lambda mark: _design(mark, estimation.mean, columns=[mark("index")], bounds=(25, 100)),
    "estimation.nonresponse": _response,
    "estimation.poststratify": lambda mark: _raked(
        mark, estimation.poststratify, mark("group"), _margins(mark)[mark("group")]
    ),
    "estimation.rake": lambda mark: _raked(mark, estimation.rake, _margins(mark)),
    "estimation.ratio": lambda mark: _design(
        mark, estimation.ratio, numerator=mark("index"), denominator=mark("visits")
    ),
    "estimation.total": lambda mark: _design(mark, estimation.total, columns=[mark("visits")]),
    "ipa.quadrants": lambda mark: _pairs(mark, ipa.quadrants),
    "learning.crossed_gain": lambda mark: _classes(
        learning.crossed_gain, {"form": [mark("A") if row % 2 else mark("B") for row in range(30)]}
    ),
    "learning.item_analysis": lambda mark: _of_test(mark, learning.item_analysis, share=0.27),
    "learning.kr20": lambda mark: _of_test(mark, learning.kr20),
    "learning.normalised_gain": lambda mark: _classes(learning.normalised_gain),
    "participation.aspect_name": lambda mark: Measure(participation.aspect_name, settings={"aspect": "cost"}),
    "participation.dissimilarity": lambda mark: Measure(
        participation.dissimilarity, ({"first": [0.5, 0.3, 0.2]}, {"second": [0.4, 0.4, 0.2]})
    ),
    "participation.level": _level,
    "participation.newcombe": _given(participation.newcombe, first=(0.8, 70), second=(0.6, 80), each=0.95, level=0.95),
    "participation.parties": lambda mark: Measure(participation.parties),
    "participation.reach": lambda mark: Measure(
        participation.reach,
        ({"people": [mark(f"person {row % 30}") for row in range(40)]},),
        {"population": 400},
        scalars=("population",),
    ),
    "participation.reach by a survey": lambda mark: Measure(
        participation.reach,
        ({"people": [row % 4 == 0 for row in range(40)]},),
        {"population": 400, "rests_on": "survey"},
        scalars=("population",),
    ),
    "participation.report_card": _report_card,
    "participation.representativeness": _forum,
    "participation.rubric": lambda mark: Measure(participation.rubric),
    "participation.score_card": _scores,
    "quality.bursts": lambda mark: Measure(
        quality.bursts, (_column(mark, "sent"),), {"minutes": 10}, scalars=("minutes",)
    ),
    "quality.decide": lambda mark: Measure(partial(_decided, mark), (_answered(),)),
    "quality.devices": lambda mark: Measure(
        quality.devices, (_column(mark, "device"),), {"least": 10}, scalars=("least",)
    ),
    "quality.duplicates": lambda mark: Measure(
        quality.duplicates, (_answered(mark),), {"share": 0.85}, scalars=("share",)
    ),
    "quality.longstring": lambda mark: Measure(quality.longstring, (_answered(mark),)),
    "quality.percent_match": lambda mark: Measure(quality.percent_match, (_answered(mark),)),
    "quality.score": _scored,
    "quality.signs": _signs,
    "quality.speeding": lambda mark: Measure(
        quality.speeding, (_column(mark, "seconds"),), {"share": 0.5}, scalars=("share",)
    ),
    "quality.straight_lines": lambda mark: Measure(quality.straight_lines, (_answered(mark),)),
    "quality.variability": lambda mark: Measure(quality.variability, (_answered(mark),)),
    "reliability.cohen_kappa": lambda mark: Measure(
        reliability.cohen_kappa, (_ratings(mark, 2),), {"weights": "linear"}
    ),
    "reliability.cronbach_alpha": lambda mark: _in_clusters(mark, reliability.cronbach_alpha),
    "reliability.feldt_interval": _given(reliability.feldt_interval, alpha=0.8, n=60, items=9),
    "reliability.fleiss_kappa": lambda mark: Measure(reliability.fleiss_kappa, (_ratings(mark),)),
    "reliability.icc": lambda mark: Measure(reliability.icc, (_ratings(mark),)),
    "reliability.krippendorff_alpha": lambda mark: Measure(
        reliability.krippendorff_alpha, (_ratings(mark),), {"level": "ordinal"}
    ),
    "reliability.mcdonald_omega": lambda mark: _in_clusters(mark, reliability.mcdonald_omega),
    "reliability.r_table": _given(reliability.r_table, n=30, significance=0.05),
    "reliability.spearman_brown": _given(reliability.spearman_brown, reliability=0.6, times=2),
    "reliability.validity": lambda mark: Measure(
        reliability.validity,
        (_items(mark),),
        {"significance": 0.05, "least_alpha": 0.6},
        scalars=("significance", "least_alpha"),
    ),
    "responses.synthetic": _synthetic,
    "sampling.cochran": _given(sampling.cochran, margin=0.05, confidence=0.95, proportion=0.5, population=900),
    "sampling.design_effect": _given(sampling.design_effect, cluster_size=12, icc=0.03),
    "sampling.draw": _drawn,
    "sampling.expected_margin": _given(sampling.expected_margin, n=278, sd=12, population=1000, deff=1.4),
    "sampling.krejcie_morgan": _given(sampling.krejcie_morgan, population=900, margin=0.05, confidence=0.95),
    "sampling.neyman": _sharing(sampling.neyman, {"sizes": [500, 300, 200]}, {"deviations": [10.0, 10.0, 40.0]}, n=60),
    "sampling.proportional": _sharing(sampling.proportional, {"sizes": [500, 300, 200]}, n=60),
    "sampling.slovin": _given(sampling.slovin, population=900, margin=0.05),
    "servqual.gaps": _gaps,
    "skm.agency": _agency,
    "skm.change": _changed,
    "skm.change since a saved result": _since,
    "skm.converted": lambda mark: Measure(skm.converted, settings={"answer": Fraction(3), "scale": (1, 5)}),
    "skm.saved": lambda mark: Measure(skm.saved, settings={"document": _saved_document()}),
    "skm.score": _score,
    "skm.units": _units,
    "timeliness.backlog": lambda mark: Measure(timeliness.backlog, _waited(), {"limit": 10}, scalars=("limit",)),
    "timeliness.due_date": lambda mark: Measure(
        timeliness.due_date, settings={"start": date(2025, 3, 24), "days": 10}, scalars=("days",)
    ),
    "timeliness.kaplan_meier": lambda mark: Measure(timeliness.kaplan_meier, _waited()),
    "timeliness.within_limit": lambda mark: Measure(_within, _waited(), {"limit": 10}, scalars=("limit",)),
    "timeliness.working_days": _dates,
    "trend.change_points": lambda mark: _chart(partial(trend.change_points, permutations=199), _monthly()),
    "trend.index_chart": lambda mark: _chart(trend.index_chart, _monthly(), _errors(), _sizes()),
    "trend.mann_kendall": lambda mark: _chart(trend.mann_kendall, _monthly()),
    "trend.p_chart": lambda mark: _chart(trend.p_chart, _counts(), _sizes()),
    "trend.same_month": lambda mark: _chart(_same_month, _monthly(), _errors(), _sizes()),
    "trend.seasonal_mann_kendall": lambda mark: _chart(trend.seasonal_mann_kendall, _monthly()),
    "trend.u_chart": lambda mark: _chart(trend.u_chart, _counts(), _sizes()),
    "trend.xmr_chart": lambda mark: _chart(trend.xmr_chart, _monthly()),
}

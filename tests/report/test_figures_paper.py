"""Figures for paper: the numbers of the result, nothing cut off or written over, legible, in both languages."""

from __future__ import annotations

import json
import math
import re
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from itertools import combinations

import figure_kit
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from mutu.locale import use
from mutu.look import tokens
from mutu.measure import sampling
from mutu.report import figures
from mutu.report.figures.register import spec
from mutu.report.figures.spec import Curve, Grid, Heat, Network, Row, Rows, axis, tiers

NAMES = list(figure_kit.CASES)
DPI = 100
# what is drawn in another unit than the result has: drawn -> the result's
TURNED = {"odds": math.exp, "shift": lambda value: value / 100}


def spec_of(name):
    return spec(figure_kit.result(name), figure_kit.CASES[name][1])


def numbers_of(thing, depth=0):
    """Every number that a result holds, its parts and properties included."""
    if isinstance(thing, bool | str) or thing is None or depth > 6:
        return set()
    if isinstance(thing, int | float | Fraction | Decimal | np.number):
        return {float(thing)}
    if isinstance(thing, np.ndarray):
        return {float(value) for value in thing.ravel()} if thing.dtype.kind in "iuf" else set()
    if isinstance(thing, dict):
        return set().union(*(numbers_of(value, depth + 1) for value in thing.values()), set())
    if isinstance(thing, tuple | list | frozenset):
        found = set().union(*(numbers_of(value, depth + 1) for value in thing), set())
        named = [
            name for name in dir(type(thing)) if isinstance(getattr(type(thing), name), property | cached_property)
        ]
        return found.union(*(numbers_of(getattr(thing, name), depth + 1) for name in named))
    if is_dataclass(thing) and type(thing).__module__.startswith("mutu."):
        held = [getattr(thing, each.name) for each in fields(thing)]
        named = [
            name for name in dir(type(thing)) if isinstance(getattr(type(thing), name), property | cached_property)
        ]
        held += [getattr(thing, name) for name in named]
        return set().union(*(numbers_of(value, depth + 1) for value in held))
    return set()


def drawn_numbers(found):
    """The numbers that a figure's marks stand at."""
    if isinstance(found, Rows):
        for row in found.rows:
            yield from (value for value in (row.value, row.tick, *(row.interval or ())) if value is not None)
    if isinstance(found, Grid):
        for spot in found.spots:
            yield from (spot.x, spot.y, *(spot.x_interval or ()), *(spot.y_interval or ()))
        yield from found.cross


# numbers that the result does not hold as they are drawn: each is compared in a test below
OWN_TEST = {"within limit", "level", "gaps", "decomposition", "check", "check without a sign", "signs"}


@pytest.mark.parametrize(
    "name", [name for name in NAMES if isinstance(spec_of(name), Rows | Grid) and name not in OWN_TEST]
)
def test_what_is_drawn_are_the_numbers_of_the_result(name):
    known = sorted(numbers_of(figure_kit.result(name)))
    for value in drawn_numbers(spec_of(name)):
        wanted = TURNED.get(name, float)(value)
        nearest = known[min(range(len(known)), key=lambda place: abs(known[place] - wanted))]
        assert wanted == pytest.approx(nearest, rel=1e-12, abs=1e-12)


def test_each_number_stands_at_its_name():
    survey, drawn = figure_kit.result("elements"), spec_of("elements")
    assert {row.label: row.value for row in drawn.rows} == {unsur.nama: float(unsur.nrr) for unsur in survey.unsur}
    assert [row.value for row in drawn.rows] == sorted(row.value for row in drawn.rows)
    gaps = figure_kit.result("servqual")
    assert {row.label: row.value for row in spec_of("servqual").rows} == {item.name: item.value for item in gaps.items}
    points = {(spot.label, spot.x, spot.y) for spot in spec_of("ipa").spots}
    assert points == {(point.name, point.performance, point.importance) for point in figure_kit.result("ipa").points}
    parts = figure_kit.result("importance")
    assert {row.label: row.value for row in spec_of("importance").rows} == {
        each.name: each.share for each in parts.shares
    }
    trials = figure_kit.result("audit").trials
    index = {trial.name: float(trial.index) for trial in (trials.right, *trials.singles, *trials.pairs)}
    rows = spec_of("audit").rows
    assert {row.label: row.value for row in rows} == {row.label: index[row.label] for row in rows}
    assert [row.label for row in rows if row.strong] == [trials.right.name]


def test_counts_and_shares_are_those_of_the_result():
    within = figure_kit.result("within limit")
    values = [row.value for row in spec_of("within limit").rows]
    counts = (within.in_time, within.late, within.undecided)
    assert values == pytest.approx([within.share, *(count / within.n for count in counts)])
    level = figure_kit.result("level")
    there = [sum(item.code in level.present for item in step.evidence) for step in level.rubric.levels]
    shares = [count / len(step.evidence) for count, step in zip(there, level.rubric.levels, strict=True)]
    assert [row.value for row in spec_of("level").rows] == shares
    parts = figure_kit.result("decomposition")
    assert [row.value for row in spec_of("decomposition").rows] == [parts.share, 1 - parts.share]
    assert spec_of("decomposition").lines[0].value == parts.by_chance
    check = figure_kit.result("check")
    assert [row.value for row in spec_of("check").rows] == [len(sign.rows) for sign in check.signs]
    assert [row.tick for row in spec_of("check").rows] == [sign.expected for sign in check.signs]
    assert [row.value for row in spec_of("check without a sign").rows] == [0]
    signs = figure_kit.result("signs")
    counts = sorted((len(each.rows_found) for each in signs.checks), reverse=True)
    assert [row.value for row in spec_of("signs").rows] == counts
    gaps = figure_kit.result("gaps")
    rows = spec_of("gaps").rows
    assert [row.value for row in rows] == [*(gap.difference for gap in gaps.gaps), 0.0]
    assert [row.interval for row in rows[:-1]] == [tuple(gap.interval[:2]) for gap in gaps.gaps]


def test_curves_run_through_the_numbers_of_the_result():
    curve = figure_kit.result("kaplan-meier")
    line = spec_of("kaplan-meier").series[0]
    assert line.points[0] == (0.0, 1.0)
    assert list(line.points[1 : len(curve.steps) + 1]) == [(step.time, step.share) for step in curve.steps]
    assert line.points[-1] == (curve.longest, curve.steps[-1].share)
    assert line.band[1] == tuple(curve.steps[0].interval[:2])
    assert spec_of("concentration").series[0].points == figure_kit.result("concentration").curve
    slope, drawn = figure_kit.result("slope"), spec_of("slope")
    assert [(mark.x, mark.y) for mark in drawn.marks] == [(step.place, step.mean) for step in slope.steps]
    (_start, low), (_end, high) = drawn.series[0].points
    assert high - low == pytest.approx(slope.slope.value)
    assert sum(step.n * (low + step.place * (high - low) - step.mean) for step in slope.steps) == pytest.approx(
        0, abs=1e-6
    )
    chart, found = figure_kit.result("control chart"), spec_of("control chart")
    assert [y for _x, y in found.series[0].points] == [point.value for point in chart.points]
    assert [y for _x, y in found.series[1].points] == [point.high for point in chart.points]
    assert [y for _x, y in found.series[2].points] == [point.low for point in chart.points]
    assert found.across[0].value == chart.center
    sums = figure_kit.result("cumulated sums")
    assert [y for _x, y in spec_of("cumulated sums").series[0].points] == list(sums.sums)


def test_curves_of_a_plan_are_what_the_formula_gives_for_other_plans():
    for x, y in spec_of("margin").series[0].points:
        assert y == sampling.expected_margin(int(x), sd=12, population=1000, deff=1.4).value
    for x, y in spec_of("cochran").series[0].points:
        assert y == sampling.cochran(x / 100, population=1200).n
    for x, y in spec_of("slovin").series[0].points:
        assert y == sampling.slovin(1500, x / 100).n
    for x, y in spec_of("design effect").series[0].points:
        assert y == sampling.design_effect(x, 0.03).value
    for name in ("margin", "cochran", "slovin", "design effect"):
        mark = spec_of(name).marks[0]
        assert (mark.x, mark.y) in spec_of(name).series[0].points


def test_every_signal_of_a_control_chart_is_marked_at_its_period_and_told_below():
    chart, found = figure_kit.result("control chart"), spec_of("control chart")
    months = [point.period for point in chart.points]
    marked = {number: mark.x for mark in found.marks for number in mark.label.split(", ")}
    assert len(chart.signals) >= 3
    for number, signal in enumerate(chart.signals, 1):
        assert marked[str(number)] == months.index(signal.period)
        assert found.key[number - 1] == f"{number}  {signal.words(chart.kind)}"


def test_cells_and_nodes_are_those_of_the_result():
    card, heat = figure_kit.result("score card"), spec_of("score card")
    means = {(item.name, cell.group): cell.mean for item in card.indicators for cell in item.cells}
    low, high = card.scale
    for cell in heat.cells:
        mean = means[heat.rows[cell.row], card.groups[cell.column]]
        assert cell.strength == (None if mean is None else (mean - low) / (high - low))
    whole, drawn = figure_kit.result("network").all, spec_of("network")
    names = [node.label for node in drawn.nodes]
    assert {(names[link.one], names[link.other]) for link in drawn.links} == set(whole.ties)
    most = max(one.betweenness for one in whole.organisations)
    for one in whole.organisations:
        node = drawn.nodes[names.index(one.name)]
        assert (node.size, node.hollow) == (one.betweenness / most, one.cut_point)


@cache
def _laid_out(name):
    """The figure of a case in Indonesian, with everything at its place."""
    with use("id"):
        figure = figures.draw(figure_kit.result(name), figure_kit.CASES[name][1])
    figure.set_dpi(DPI)
    figure.set_canvas(FigureCanvasAgg(figure))
    figure.canvas.draw()
    return figure


def _seen(figure):
    """Every text that is drawn, with its box on the page."""
    hidden = set()
    for axes in figure.axes:
        for which, limits in (("x", axes.get_xlim()), ("y", axes.get_ylim())):
            for label in getattr(axes, f"get_{which}ticklabels")():
                place = label.get_position()[which == "y"]
                if not axes.axison or not min(limits) <= place <= max(limits):
                    hidden.add(label)
    return [
        (text, text.get_window_extent())
        for text in figure.findobj(Text)
        if text not in hidden and text.get_visible() and text.get_text().strip()
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_text_leaves_the_page_stands_on_another_or_is_tiny(name):
    figure = _laid_out(name)
    width, height = figure.get_size_inches() * DPI
    assert width == pytest.approx(6.3 * DPI)
    assert height <= 9.3 * DPI
    seen = _seen(figure)
    assert len(seen) > 4
    for text, box in seen:
        assert text.get_fontsize() >= 8.5
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1
        assert inside, text.get_text()
    for (one, first), (other, second) in combinations(seen, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        up = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert min(across, up) <= 2, (one.get_text(), other.get_text())


@pytest.mark.parametrize("name", NAMES)
def test_colours_are_those_of_the_look(name):
    palette = {code.lower() for code in re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(tokens()))}
    drawn = figures.to_svg(_laid_out(name)).decode()
    assert {code.lower() for code in re.findall(r"(?:fill|stroke): (#[0-9a-fA-F]{6})", drawn)} <= palette


def _all_texts(found):
    """Every text of a figure's data."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, tuple | list):
        for part in found:
            yield from _all_texts(part)
    elif is_dataclass(found):
        for each in fields(found):
            yield from _all_texts(getattr(found, each.name))


@pytest.mark.parametrize("name", NAMES)
def test_texts_stand_in_the_language_in_use_with_its_numbers(name):
    said = {}
    for language in ("id", "en"):
        with use(language):
            said[language] = spec_of(name)
    assert said["id"].note != said["en"].note or said["id"].note.startswith("n")
    for language, found in said.items():
        texts = [re.sub(r"\(\w,\w\)", "", text) for text in _all_texts(found)]  # ICC(1,1) is a name
        assert not [text for text in texts if "{" in text]
        point = r"\d\.\d{1,2}(?!\d)" if language == "id" else r"\d,\d{1,2}(?!\d)"
        assert not [text for text in texts if re.search(point, text)], language
        assert found.title
        assert len(found.title) < 200


OWN_WORDS = {"elements", "groups", "assessment"}  # lists of their values say more than the sentence on the index


@pytest.mark.parametrize("name", NAMES)
def test_those_who_cannot_see_it_hear_the_sentence_of_the_result(name):
    result, (_make, view) = figure_kit.result(name), figure_kit.CASES[name]
    for language in ("id", "en"):
        with use(language):
            said = figures.alt(result, view)
            assert said.endswith((".", ")"))
            if name not in OWN_WORDS:
                assert said == result.sentence()


def test_what_stands_out_does_so_without_colour():
    """Marks differ by being full or empty, lines by their dashes; the note says which is which."""
    from mutu.report.figures.spec import LINES

    assert len({dashes for _colour, dashes in LINES}) == len(LINES)
    for name in NAMES:
        found = spec_of(name)
        if isinstance(found, Rows) and len({row.hollow for row in found.rows if row.value is not None}) == 2:
            with use("en"):
                note = spec_of(name).note
            words = ("empty", "full", "estimated", "regions", "in time", "line")
            assert any(word in note for word in words), name


def test_many_rows_fit_on_a_page_and_the_note_counts_those_left_out():
    rows = tuple(Row(label=f"Unit {place}", value=float(place), shown=str(place)) for place in range(100))
    whole = Rows(title="t", alt="a.", note="n", axis=axis("", [0, 100]), rows=rows)
    with use("en"):
        found = whole.shortened()
    assert len(found.rows) == 36
    assert (found.rows[0].label, found.rows[-1].label) == ("Unit 0", "Unit 99")
    assert found.note == "n; 64 in the middle are left out, the table has them"
    assert Rows("t", "a.", "n", whole.axis, rows[:36]).shortened().rows == rows[:36]


@pytest.mark.parametrize(
    ("values", "options", "ends", "texts"),
    [
        ([0.2, 0.9], {}, (0.2, 1.0), ["0,2", "0,4", "0,6", "0,8", "1,0"]),
        ([3.0], {}, (2.0, 4.0), ["2,0", "2,5", "3,0", "3,5", "4,0"]),
        ([-4, 9], {"signs": True}, (-5, 10), ["−5", "0", "+5", "+10"]),
        ([3, 1234], {"low": 0}, (0, 1500), ["0", "500", "1.000", "1.500"]),
        ([None, math.inf, 5, 6], {}, (5.0, 6.0), ["5,0", "5,2", "5,4", "5,6", "5,8", "6,0"]),
    ],
)
def test_an_axis_holds_its_values_and_is_marked_at_round_numbers(values, options, ends, texts):
    with use("id"):
        found = axis("", values, **options)
    assert (found.low, found.high) == pytest.approx(ends)
    assert [text for _place, text in found.ticks] == texts


def test_names_above_an_axis_move_up_where_they_would_touch():
    assert tiers([(0.0, "far left"), (10.0, "far right")], 10, 40) == [0, 0]
    assert tiers([(5.0, "in the middle"), (5.2, "nearly there"), (4.9, "and one more")], 10, 40) == [1, 2, 0]


def test_kinds_of_figures_are_all_tried():
    assert {type(spec_of(name)) for name in NAMES} == {Rows, Curve, Grid, Heat, Network}

"""Every result of the measures has a figure for paper and one for the screen, or a reason why it has none."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import figure_kit
import polars as pl
import pytest

import mutu.measure
from mutu.errors import InputError
from mutu.locale import say, use
from mutu.measure import learning, reliability, servqual, skm, timeliness
from mutu.measure.result import Result
from mutu.measure.sampling import draw as draw_sample
from mutu.report import figures
from mutu.report.figures.of import learning as learning_figures
from mutu.report.figures.register import kinds

NO_FIGURE = {
    "BetweenUnits": "two coefficients without intervals, which the sentence says",
    "Decisions": "a log of who decided what and why: no quantity is in it",
    "Drawn": "a list of whom to ask: it is handed out as a table, and no quantity is in it",
    "DueDate": "one date, which the sentence says",
}


def _results():
    """Every type of result in `mutu.measure`."""
    for found in pkgutil.walk_packages(mutu.measure.__path__, f"{mutu.measure.__name__}."):
        importlib.import_module(found.name)
    waiting, known = [Result], set()
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith(mutu.measure.__name__):
                known.add(kind)
    return known


def test_every_result_has_a_figure_or_a_reason_why_not():
    without = {kind.__name__ for kind in _results() - set(kinds())}
    assert without == set(NO_FIGURE)


def test_every_view_of_every_result_is_drawn_by_these_tests():
    drawn = {(type(figure_kit.result(name)), view) for name, (_make, view) in figure_kit.CASES.items()}
    assert drawn == {(kind, view) for kind, views in kinds().items() for view in views}


@pytest.mark.parametrize(
    "result",
    [
        draw_sample(range(40), 8, seed=1),
        timeliness.due_date(__import__("datetime").date(2026, 3, 2), 10),
    ],
    ids=lambda result: type(result).__name__,
)
def test_a_result_without_a_figure_is_refused_in_one_sentence(result):
    for ask in (figures.draw, figures.chart, figures.alt):
        with pytest.raises(InputError) as refused:
            ask(result)
    said = {}
    for language in ("id", "en"):
        with use(language):
            said[language] = say(refused.value)
    assert said["en"].startswith(f"There is no figure for {type(result).__name__}")
    assert said["id"] != said["en"]


def test_what_is_no_result_is_refused_as_well():
    with pytest.raises(InputError, match="no figure for dict"):
        figures.draw({})


@pytest.mark.parametrize(
    ("make", "view", "names"),
    [
        (figure_kit.survey, "pie", "pie.*main, grades, groups"),
        (lambda: skm.score(pl.DataFrame({"U1": [3, 4, 4]})), "groups", "no groups"),
        (lambda: skm.score(pl.DataFrame({"U1": [3]})), "grades", "no probability"),
        (lambda: servqual.gaps(pl.DataFrame({"a": [1, 3, 2], "b": [2, 2, 3]})), "dimensions", "no dimensions"),
    ],
)
def test_a_view_that_there_is_not_is_named_with_those_that_there_are(make, view, names):
    for ask in (figures.draw, figures.chart):
        with pytest.raises(InputError, match=names):
            ask(make(), view)


def test_importing_reports_and_figures_loads_nothing_that_draws():
    heavy = "matplotlib altair pandas scipy scipy.stats networkx statsmodels"
    code = (
        "import sys; import mutu.report; from mutu.report import figures; figures.draw, figures.chart; "
        f"print([name for name in {heavy.split()!r} if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_regions_of_a_gain_are_those_of_the_measure():
    for edge, below, above in (
        (learning_figures._MEDIUM, "low", "medium"),
        (learning_figures._HIGH, "medium", "high"),
    ):
        assert (learning.gain.band(edge - 1e-9), learning.gain.band(edge)) == (below, above)


def test_a_scale_of_two_items_has_no_alpha_without_an_item_and_is_drawn_all_the_same():
    found = reliability.cronbach_alpha(pl.DataFrame({"a": [1, 2, 3, 4], "b": [2, 2, 4, 4]}))
    assert len(figures.chart(found).to_dict()["layer"]) > 3
    assert figures.to_png(figures.draw(found)).startswith(b"\x89PNG")

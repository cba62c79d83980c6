"""Marks of a class and what is said of a task: steps, labels, the median's footing, words with their caution."""

import re

import pytest

from mutu.course.outcome.insight.figure import marks_figure
from mutu.course.outcome.insight.gather import Task
from mutu.course.outcome.insight.marks import Spread, TaskResult
from mutu.locale import use
from mutu.measure.learning import ItemResult
from mutu.measure.result import Interval
from mutu.report import figures


@pytest.mark.parametrize(
    ("points", "maximum", "labels", "counts"),
    [
        ([0, 1, 2, 15], 15, ["0–1", "2–3", "4–5", "6–7", "8–9", "10–11", "12–13", "14–15"], [2, 1, 0, 0, 0, 0, 0, 1]),
        ([0, 1, 2], 2, ["0", "1–2"], [1, 2]),
        ([0.5, 2.5, 4], 4, ["0–0.9", "1–1.9", "2–2.9", "3–4"], [1, 0, 1, 1]),
        ([7, 100], 100, [f"{low}–{low + 9 + (low == 90)}" for low in range(0, 100, 10)], [1, *[0] * 8, 1]),
    ],
)
def test_steps_are_whole_points_and_everybody_is_in_one(points, maximum, labels, counts):
    spread = Spread(tuple(value / maximum for value in points), maximum, by_hand=True)
    with use("en"):
        assert [spread.label(low, high) for low, high, _count in spread.steps()] == labels
    assert [count for _low, _high, count in spread.steps()] == counts


def test_the_sentence_says_median_middle_half_and_ends():
    spread = Spread((0.0, 0.2, 0.4, 0.6, 1.0), 10, by_hand=False)
    with use("en"):
        assert spread.sentence() == (
            "The median of 5 marks is 4 of 10 points; the middle half lies between 2 and 6, the whole class between "
            "0 and 10."
        )


def test_the_row_of_the_median_is_bold_and_the_drawing_has_every_count():
    spread = Spread((0.1, 0.55, 0.55, 0.9), 10, by_hand=True)
    drawn = marks_figure(spread)
    assert [row.label for row in drawn.rows if row.strong] == ["5–5,9 poin"]
    svg = figures.rows_svg(drawn, width=720)
    assert re.findall(r'font-weight="600"[^>]*>(\d)<', svg) == ["0", "1", "0", "0", "0", "2", "0", "0", "0", "1"]
    assert len(re.findall("<rect", svg)) == len(drawn.rows)
    assert 'role="img" aria-label="Median dari 4 nilai' in svg


def test_names_in_a_drawing_are_text():
    from dataclasses import replace

    drawn = marks_figure(Spread((0.5,), 1, by_hand=True))
    hostile = replace(drawn, rows=(replace(drawn.rows[0], label="<script>x</script>"),), alt='"><img src=x>')
    svg = figures.rows_svg(hostile, width=330)
    assert "<script" not in svg
    assert "<img" not in svg


def _result(share, discrimination, r, *, n=50, interval=None):
    item = ItemResult("a", share, interval or Interval(share, share), discrimination, r)
    return TaskResult(Task("a", "A", 1, False), n, round(share * n), 0, share, item.interval, item)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (_result(0.2, 0.6, 0.5), ["hard"]),
        (_result(0.5, 0.6, 0.5, interval=Interval(0.28, 0.72)), ["medium, perhaps hard"]),
        (_result(0.8, 0.6, 0.5, interval=Interval(0.66, 0.9)), ["easy, perhaps medium"]),
        (_result(0.8, 0.1, 0.3), ["easy", "does not tell trainees apart"]),
        (_result(0.8, 0.4, -0.01), ["easy", "does not tell trainees apart"]),
        (_result(0.8, -0.3, -0.4), ["easy", "works the wrong way round: look at the task"]),
        (_result(0.8, 0.22, 0.3), ["easy", "just tells trainees apart; one person more or less would change that"]),
    ],
)
def test_words_say_what_the_numbers_can_bear(result, said):
    with use("en"):
        assert result.words(group=14) == said

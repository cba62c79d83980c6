"""Marks of a class: how far everybody is, the middle with its spread, and how each task does."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median, quantiles
from typing import Any

import numpy as np

from mutu.course.nbgrader.results import CellGrade, Submission
from mutu.course.outcome.insight.gather import Class, Task, Work
from mutu.errors import InputError
from mutu.locale import _, integer, number, percent
from mutu.measure.intervals import wilson
from mutu.measure.learning import ItemResult, ItemsResult, item_analysis
from mutu.measure.result import Interval, Result
from mutu.regulations import publication

HARD, EASY = 0.3, 0.7
"""Shares of right answers below and above which a task is called hard and easy (Arikunto, Dasar-Dasar Evaluasi)."""

APART = 0.2
"""Discrimination below which a task does not tell trainees apart (the same)."""

SMALL = 30
"""Trainees below which one person moves the numbers of a task visibly."""

STEPS = 10
"""Bars of the marks at most."""


@dataclass(frozen=True)
class Mark:
    """Points given so far, of the points that could be given so far, and what still waits for a person."""

    points: float
    of: float
    waiting: float = 0.0

    @property
    def share(self) -> float | None:
        """Points by possible points; None where nothing is decided yet."""
        return self.points / self.of if self.of else None


def mark(submission: Submission) -> Mark:
    """The mark of a submission from the cells that are decided; being late is taken off."""
    decided = [grade for grade in submission.grades.values() if not waits(grade)]
    possible = sum(grade.max_score for grade in submission.grades.values())
    of = sum(grade.max_score for grade in decided)
    points = sum(grade.score for grade in decided) - submission.late_penalty
    return Mark(max(0.0, points), of, possible - of)


def waits(grade: CellGrade) -> bool:
    """Whether a cell has no points yet because a person gives them."""
    return grade.needs_manual_grade and grade.manual_score is None


@dataclass(frozen=True)
class Spread(Result):
    """The marks of a class on one footing.

    Attributes
    ----------
    shares : points by possible points, one a submission
    maximum : possible points
    by_hand : whether tasks that a person grades are counted; they are once all of them are graded
    """

    shares: tuple[float, ...]
    maximum: float
    by_hand: bool

    @property
    def middle(self) -> float:
        """The median, in points."""
        return median(self.shares) * self.maximum

    @property
    def quarters(self) -> tuple[float, float]:
        """Ends of the middle half, in points."""
        if len(self.shares) < 2:
            return self.middle, self.middle
        low, _middle, high = quantiles(self.shares, n=4, method="inclusive")
        return low * self.maximum, high * self.maximum

    def steps(self) -> list[tuple[float, float, int]]:
        """Marks from, up to, and trainees: equal steps of whole points, the last one up to the maximum and with it."""
        width = next(
            size * 10**power for power in range(9) for size in (1, 2, 5) if self.maximum <= STEPS * size * 10**power
        )
        found = [0] * max(1, math.ceil(self.maximum / width))
        for share in self.shares:
            found[min(len(found) - 1, max(0, int(share * self.maximum / width + 1e-9)))] += 1
        ends = [*(float(at * width) for at in range(len(found))), self.maximum]
        return [(*step, count) for step, count in zip(pairwise(ends), found, strict=True)]

    def __float__(self) -> float:
        return self.middle

    def sentence(self) -> str:
        """The median with the middle half, lowest and highest."""
        low, high = self.quarters
        return _(
            "The median of {n} marks is {middle} of {maximum} points; the middle half lies between {low} and {high}, "
            "the whole class between {lowest} and {highest}."
        ).format(
            n=integer(len(self.shares)), middle=points(self.middle), maximum=points(self.maximum), low=points(low),
            high=points(high), lowest=points(min(self.shares) * self.maximum),
            highest=points(max(self.shares) * self.maximum),
        )  # fmt: skip

    def rows(self) -> list[dict[str, str]]:
        """One row a step of the marks."""
        return [{_("Points"): self.label(low, high), _("Trainees"): integer(n)} for low, high, n in self.steps()]

    def label(self, low: float, high: float) -> str:
        """A step as points: its upper end belongs to the next one, but for the last."""
        if high < self.maximum:
            whole = all(abs(share * self.maximum - round(share * self.maximum)) < 1e-6 for share in self.shares)
            high -= 1 if whole else 0.1
        return points(low) if low == high else f"{points(low)}–{points(high)}"

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, in points."""
        low, high = self.quarters
        return {
            "n": len(self.shares), "maximum": self.maximum, "by_hand": self.by_hand, "median": round(self.middle, 2),
            "quartiles": [round(low, 2), round(high, 2)], "lowest": round(min(self.shares) * self.maximum, 2),
            "highest": round(max(self.shares) * self.maximum, 2),
            "steps": [{"from": low, "to": high, "count": count} for low, high, count in self.steps()],
        }  # fmt: skip


def points(value: float) -> str:
    """Points as people write them: one decimal, none where it says nothing."""
    value = round(value, 9)  # a half that a share of the points made a hair less is a half
    return number(value, 0 if abs(value - round(value)) < 0.05 else 1)


def spread(course: Class) -> Spread | None:
    """The marks of a class, from the automatic tasks as long as somebody waits for points by hand."""
    if not course.works:
        return None
    open_ = any(waits(grade) for work in course.works for grade in work.grades.values())
    counted = [task for task in course.tasks if not (open_ and task.by_hand)]
    maximum = sum(task.max_score for task in counted)
    if not maximum:
        return None
    shares = tuple(_share(work, counted, maximum) for work in _decided(course))
    return Spread(shares, maximum, not open_) if shares else None


def _decided(course: Class) -> list[Work]:
    """The works without an automatic task of which a person has to decide, as its file broke off before it."""
    names = [task.key for task in course.tasks if not task.by_hand]
    grades = {work.person.id: [work.grades[name] for name in names if name in work.grades] for work in course.works}
    return [
        work
        for work in course.works
        if not any(waits(grade) and grade.auto_score is None for grade in grades[work.person.id])
    ]


def _share(work: Work, counted: Iterable[Task], maximum: float) -> float:
    given = sum(work.grades[task.key].score for task in counted if task.key in work.grades)
    return max(0.0, given - work.submission.late_penalty) / maximum


@dataclass(frozen=True)
class TaskResult:
    """How a task did.

    Attributes
    ----------
    task : which
    n, right, empty : trainees, those with full points, those who left it empty
    difficulty, interval : share with full points and its interval (Wilson)
    item : its result in the analysis of all tasks; None where there is none
    given, mean : trainees to whom a person gave points, and how many on average; None where nobody has any yet
    """

    task: Task
    n: int
    right: int
    empty: int
    difficulty: float | None = None
    interval: Interval | None = None
    item: ItemResult | None = None
    given: int = 0
    mean: float | None = None

    @property
    def failed(self) -> int:
        """Trainees without full points."""
        return self.n - self.right

    def words(self, group: int) -> list[str]:
        """What the numbers say in words; `group` is the size of the upper and of the lower group."""
        if self.difficulty is None:
            return []
        said = [_level(self.difficulty, self.interval)]
        if self.item is None:
            return said
        value, r = self.item.discrimination, self.item.point_biserial
        if r is not None and r < -2 / math.sqrt(self.n):  # two standard errors of no correlation
            said.append(_("works the wrong way round: look at the task"))
        elif value < APART or (r is not None and r < 0):
            said.append(_("does not tell trainees apart"))
        elif value - 1 / group < APART:
            said.append(_("just tells trainees apart; one person more or less would change that"))
        return said

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and names."""
        return {
            "task": self.task.key, "title": self.task.title, "max_score": self.task.max_score,
            "by_hand": self.task.by_hand, "n": self.n, "right": self.right, "empty": self.empty,
            "difficulty": None if self.difficulty is None else round(self.difficulty, 6),
            "interval": self.interval.as_json(6) if self.interval else None,
            "discrimination": None if self.item is None else round(self.item.discrimination, 6),
            "point_biserial": None if self.item is None else self.item.as_json()["point_biserial"],
            "given": self.given, "mean": None if self.mean is None else round(self.mean, 2),
        }  # fmt: skip


def _level(share: float, interval: Interval | None) -> str:
    """Hard, of medium difficulty or easy; two of them where the interval reaches from one into the other."""
    names = [_("hard"), _("medium"), _("easy")]
    ends = interval or (share, share)
    low, own, high = (_band(value) for value in (ends[0], share, ends[1]))
    if low == high:
        return names[own]
    return _("{level}, perhaps {other}").format(level=names[own], other=names[low if low != own else high])


def _band(share: float) -> int:
    return 0 if share < HARD else 2 if share > EASY else 1


def task_results(course: Class) -> tuple[list[TaskResult], ItemsResult | None]:
    """Each task, and the analysis of the automatic ones; None where they cannot be analysed together."""
    automatic = [task for task in course.tasks if not task.by_hand]
    answers = np.array([[_right(work, task) for task in automatic] for work in _decided(course)])
    try:
        items = item_analysis(answers) if len(automatic) > 1 and len(answers) else None
    except InputError:  # one trainee, or all with the same total
        items = None
    found = dict(zip((task.key for task in automatic), items.items, strict=True)) if items else {}
    return [_result(course, task, found) for task in course.tasks], items


def named(items: ItemsResult, results: Iterable[TaskResult]) -> ItemsResult:
    """The analysis with the titles of the tasks for names."""
    titles = [result.task.title for result in results if not result.task.by_hand]
    renamed = (replace(item, name=title) for item, title in zip(items.items, titles, strict=True))
    return replace(items, items=tuple(renamed))


def _right(work: Work, task: Task) -> int:
    grade = work.grades.get(task.key)
    return int(grade is not None and grade.score >= task.max_score)


def _result(course: Class, task: Task, items: Mapping[str, ItemResult]) -> TaskResult:
    works = _decided(course)
    n, right = len(works), sum(_right(work, task) for work in works)
    empty = sum(bool(task.answers) and work.empty.issuperset(task.answers) for work in works)
    if task.by_hand:
        grades = (work.grades[task.key] for work in course.works if task.key in work.grades)
        given = [grade.score for grade in grades if grade.manual_score is not None]
        return TaskResult(task, n, right, empty, given=len(given), mean=fmean(given) if given else None)
    if not n:
        return TaskResult(task, n, right, empty)
    item = items.get(task.key)
    interval = item.interval if item else wilson(right / n, n, float(publication().confidence))
    return TaskResult(task, n, right, empty, right / n, interval, item)


def hardest(results: Iterable[TaskResult], most: int = 2) -> list[TaskResult]:
    """The automatic tasks in which most trainees have no full points."""
    failed = [result for result in results if not result.task.by_hand and result.failed]
    return sorted(failed, key=lambda result: -result.failed)[:most]


def share_text(result: TaskResult) -> str:
    """How many failed, as words for the middle of a sentence."""
    return _("{title}: {failed} of {n} ({share})").format(
        title=result.task.title, failed=integer(result.failed), n=integer(result.n),
        share=percent(result.failed / result.n if result.n else None, 0),
    )  # fmt: skip

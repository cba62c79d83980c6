"""The page of a trainee: data first, then HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mutu.course.nbgrader.results import CellGrade, NotebookResult
from mutu.course.outcome import pages
from mutu.course.outcome.feedback import words
from mutu.course.outcome.feedback.file import unread
from mutu.course.outcome.feedback.plan import Plan, Task
from mutu.course.outcome.feedback.secrets import secrets
from mutu.course.outcome.feedback.split import Split
from mutu.course.outcome.feedback.verdict import UNEXPLAINED, verdict
from mutu.course.outcome.feedback.words import Answer
from mutu.course.outcome.lost import leaning, lost
from mutu.course.outcome.notebook import cells, grade_id, role, text
from mutu.course.outcome.pages import clean
from mutu.course.outcome.standing import Late, Standing, is_old, moment
from mutu.course.outcome.standing import written as points
from mutu.locale import _, use

_LONGEST = 4_000  # of an answer
_TOGETHER = 40_000  # of all answers of a page


@dataclass(frozen=True)
class Item:
    """A task on the page; `written` are the trainee's own cells, `lost` whether it waits for a file that is whole."""

    task: Task
    score: float
    full: float
    extra: float
    answer: Answer
    comments: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    lost: bool = False

    @property
    def alone(self) -> str:
        """The points without extra credit; a dash, not a zero, where none were given yet."""
        return "–" if self.answer.state == "waiting" and not self.score else points(self.score)

    @property
    def given(self) -> str:
        """The points with extra credit."""
        return points(self.score + self.extra) if self.extra else self.alone


@dataclass(frozen=True)
class Attempt:
    """A submission of the same trainee: when (UTC), its points, whether they count."""

    handed_in: datetime | None
    score: float
    counts: bool
    waits: bool = False


@dataclass(frozen=True)
class Page:
    """Everything the page says; `file` says what of the file is missing, `mended` and `reason` how it was graded."""

    title: str
    language: str
    name: str
    student: str
    handed_in: datetime | None
    items: tuple[Item, ...]
    penalty: float = 0.0
    file: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    reason: str = ""
    attempts: tuple[Attempt, ...] = ()
    late: Late | None = None
    newer: Standing | None = None

    @property
    def unfit(self) -> str:
        """Why what was handed in last cannot be graded; empty where it can."""
        return unread(self.newer.reason) if self.newer else ""

    @property
    def score(self) -> float:
        """Points given, less what is taken off for being late."""
        return max(0.0, sum(item.score + item.extra for item in self.items) - self.penalty)

    @property
    def full(self) -> float:
        """All points there are."""
        return sum(item.full for item in self.items)

    @property
    def waiting(self) -> float:
        """Points that tasks may still get that a person has not looked at yet."""
        return sum(item.full - item.score for item in self.items if item.answer.state == "waiting")

    @property
    def lost(self) -> float:
        """Those of them that wait because the file did not arrive whole."""
        return sum(item.full - item.score for item in self.items if item.lost)

    @property
    def may_change(self) -> bool:
        """Whether points that count already wait for a look, so that they may go down too."""
        return any(item.answer.state == "waiting" and item.score for item in self.items)

    @property
    def opening(self) -> str:
        """The first sentence: what is right already."""
        states = [item.answer.state for item in self.items]
        right = states.count("right")
        if right == len(states):
            return _("Every task is right. That is careful work.")
        if right:
            said = _("Right so far: {right} of {all} tasks. The others say what is still missing.")
            return said.format(right=right, all=len(states))
        if set(states) <= {"empty", "waiting"}:
            return _("Nothing could be checked yet. Begin with one task; the example in its text helps.")
        return _("No task is quite right yet. Below you read, task by task, what is still missing.")

    @property
    def start(self) -> tuple[int, str] | None:
        """Number and title of the task to go on with."""
        open_ = ((n, item) for n, item in enumerate(self.items, 1) if item.answer.state in ("wrong", "part", "empty"))
        return next(((number, item.task.title) for number, item in open_), None)


def items(plan: Plan, result: NotebookResult, graded: Mapping[str, Any] | None) -> tuple[Item, ...]:
    """The tasks of a notebook, in its own order.

    Parameters
    ----------
    plan : what the trainer wrote
    result : points and comments
    graded : the notebook as it was graded; None where it cannot be read
    """
    by_id = {grade_id(cell): cell for cell in cells(graded or {}) if grade_id(cell)}
    said = {comment.grade_id: comment.manual_comment for comment in result.comments if comment.manual_comment}
    silent = {comment.grade_id for comment in result.comments if comment.auto_comment == "No response."}
    gone, without = lost(graded or {}), leaning(graded or {})
    found, room = [], _TOGETHER
    for grade in sorted(result.grades, key=lambda grade: _place(plan, grade)):
        task = plan.tasks.get(grade.grade_id) or _unplanned(grade, by_id)
        there = [name for name in task.answers if name in by_id and name not in gone]
        written = tuple(_short(by_id[name], min(room, _LONGEST)) for name in there)
        room -= sum(map(len, written))
        is_lost = grade.grade_id in gone and not is_old(grade)
        waits = grade.needs_manual_grade and grade.grade_id in without and not is_old(grade)
        answer = (
            _lost(task, grade) if is_lost else words.leaning() if waits else _answer(plan, task, grade, by_id, silent)
        )
        names = dict.fromkeys([*task.answers, grade.grade_id])
        comments = tuple(clean(said[name]) for name in names if name in said)
        full, extra = grade.max_score, grade.extra_credit or 0.0
        found.append(
            Item(
                task,
                max(0.0, grade.score - extra),
                full,
                extra,
                answer,
                comments,
                written,
                lost=waits or (is_lost and grade.needs_manual_grade),
            )
        )
    return tuple(found)


def render(page: Page) -> str:
    """The page as HTML, in its own language."""
    with use(page.language):
        return pages.render(__package__, "feedback", page=page, _=_, points=points, when=moment)


def _unplanned(grade: CellGrade, by_id: Mapping[str, Mapping[str, Any]]) -> Task:
    """A task that the source no longer has: what was tested stands in the graded notebook, hidden tests too."""
    is_test = grade.cell_type == "code" and not role(by_id.get(grade.grade_id, {})).get("solution")
    test = text(by_id.get(grade.grade_id, {}).get("source")) if is_test else ""
    return Task(grade.grade_id, grade.grade_id, test=Split(test))


def _place(plan: Plan, grade: CellGrade) -> int:
    order = list(plan.tasks)
    return order.index(grade.grade_id) if grade.grade_id in plan.tasks else len(order)


def _answer(
    plan: Plan, task: Task, grade: CellGrade, by_id: Mapping[str, Mapping[str, Any]], silent: Iterable[str]
) -> Answer:  # fmt: skip
    full = grade.max_score
    if grade.grade_id in silent and grade.score < full and not is_old(grade):
        return words.untouched()
    if grade.needs_manual_grade:
        return words.waiting(grade.manual_score)
    share = (grade.auto_score or 0.0) / full if full else 1.0
    if not task.test.source or (grade.manual_score is not None and (share >= 1 or grade.manual_score >= full)):
        return words.of_hand(task.rubric, grade.score, full)
    answers = [by_id[name] for name in task.answers if name in by_id]
    kept = plan.secrets if grade.grade_id in plan.tasks else secrets([task.test])
    found = verdict(by_id.get(grade.grade_id, {}), answers, share, kept)
    if grade.manual_score is not None and found.kind in UNEXPLAINED:
        return words.of_hand(task.rubric, grade.score, full)
    said = words.of_test(found, task.test, share)
    return said if grade.manual_score is None else replace(said, word=_("Graded by your trainer"))


def _lost(task: Task, grade: CellGrade) -> Answer:
    if grade.needs_manual_grade:
        return words.lost()
    return words.of_hand(task.rubric, grade.score, grade.max_score)


def _short(cell: Mapping[str, Any], most: int) -> str:
    written = clean(text(cell.get("source")).strip("\n"))
    return written if len(written) <= most else written[:most] + " …"

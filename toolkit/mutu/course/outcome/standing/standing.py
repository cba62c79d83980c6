"""Where a submission stands: one number, one state, one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from math import isfinite

from mutu.course.nbgrader.results import CellGrade, Submission
from mutu.course.outcome.lost import Lost
from mutu.course.outcome.standing.late import Late, late
from mutu.course.outcome.tasks import Titles
from mutu.locale import _, number


class State(Enum):
    """Where the work of a person stands."""

    COMPLETE = "complete"
    WAITING = "waiting"  # for points by hand, or for a look at old ones
    UNGRADED = "ungraded"  # handed in, or handed in anew, and not graded yet
    UNFIT = "unfit"  # handed in, and cannot be graded
    NOTHING = "nothing"  # nothing was handed in


@dataclass(frozen=True)
class Open:
    """A task that a person has to look at.

    Attributes
    ----------
    title : of the task
    points : the old points by hand where there are some
    lost : whether the file broke off before it
    """

    title: str
    points: float | None = None
    lost: bool = False


@dataclass(frozen=True)
class Standing:
    """Where a submission stands.

    Attributes
    ----------
    score : points so far, after the late penalty, as in the gradebook; None where nothing counts yet
    max_score : all points there are
    open : tasks that wait for a person
    late : how late it came
    penalty : points taken off for that
    reason : why it cannot be graded; a sentence in the language in use
    """

    state: State
    score: float | None = None
    max_score: float = 0.0
    open: tuple[Open, ...] = ()
    late: Late | None = None
    penalty: float = 0.0
    reason: object = ""

    @property
    def waiting(self) -> str:
        """What waits for a person, in words; empty where nothing does."""
        lost = [task.title for task in self.open if task.lost]
        missing = [task.title for task in self.open if task.points is None and not task.lost]
        old = [f"{task.title} ({written(task.points)})" for task in self.open if task.points is not None]
        said = []
        if lost:
            said.append(
                _("file cut off or damaged: ask for it again, or give the points ({tasks})").format(
                    tasks=", ".join(lost)
                )
            )
        if missing:
            said.append(_("waits for points by hand: {tasks}").format(tasks=", ".join(missing)))
        if old:
            said.append(_("old points wait for a look: {tasks}").format(tasks=", ".join(old)))
        return "; ".join(said)

    @property
    def has_old_points(self) -> bool:
        """Whether points were given for an answer that has changed since."""
        return any(task.points is not None for task in self.open)

    @property
    def words(self) -> str:
        """The state in words, without how late it came."""
        if self.state is State.WAITING:
            return self.waiting
        if self.state is State.UNFIT:
            return _("handed in, cannot be graded: {reason}").format(reason=self.reason)
        return {
            State.COMPLETE: _("complete"),
            State.UNGRADED: _("handed in, not graded yet"),
            State.NOTHING: _("nothing handed in"),
        }[self.state]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What there is to say beside the points: nothing of one that is complete and came in time."""
        said = [] if self.state is State.COMPLETE else [self.words]
        return (*said, *([self.late.phrase] if self.late else []))


def standing(submission: Submission, titles: Titles, due: datetime | None, gone: Lost = frozenset()) -> Standing:
    """Where a submission stands that the gradebook has.

    Parameters
    ----------
    submission : as the gradebook has it
    titles : of its tasks
    due : until when it was to be handed in, UTC without a zone
    gone : what its file had lost
    """
    open_ = tuple(
        Open(
            titles.get(key, key[1]), _finite(grade.score) if is_old(grade) else None, key in gone and not is_old(grade)
        )
        for key, grade in _ordered(submission.grades, titles)
        if grade.needs_manual_grade
    )
    return Standing(
        State.WAITING if open_ else State.COMPLETE,
        _finite(submission.score),
        sum(grade.max_score for grade in submission.grades.values()),
        open_,
        late(submission, due),
        submission.late_penalty,
    )


def is_old(grade: CellGrade) -> bool:
    """Whether points were given by hand for an answer that has changed since."""
    return grade.needs_manual_grade and grade.manual_score is not None


def not_graded(reason: object | None) -> Standing:
    """Where something stands that was handed in and is not graded: `reason` says why it cannot be; None if it can."""
    return Standing(State.UNGRADED) if reason is None else Standing(State.UNFIT, reason=reason)


def nothing() -> Standing:
    """Where somebody stands who handed nothing in."""
    return Standing(State.NOTHING)


def written(points: float) -> str:
    """Points without needless decimals."""
    return number(points, 0 if points == round(points) else 1 if points * 10 == round(points * 10) else 2)


def _finite(points: float) -> float:
    return points if isfinite(points) else 0.0  # what an engine let through as points


def _ordered(
    grades: Mapping[tuple[str, str], CellGrade], titles: Titles
) -> list[tuple[tuple[str, str], CellGrade]]:  # fmt: skip
    order = {key: place for place, key in enumerate(titles)}
    return sorted(grades.items(), key=lambda each: order.get(each[0], len(order)))

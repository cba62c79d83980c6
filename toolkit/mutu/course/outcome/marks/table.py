"""The marks of a class as a table: one row a person, one block of columns a module; what waits is empty, never 0."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import isfinite

from mutu.course.nbgrader.results import Assignment, CellGrade, Person, Results, Submission
from mutu.course.outcome.marks.modules import Graded
from mutu.locale.numbers import half_up

FULL = 100


class State(Enum):
    """Where the work of a person for a module stands."""

    COMPLETE = "complete"
    WAITING = "waiting"  # for points by hand
    UNGRADED = "ungraded"  # handed in, or handed in anew, and not graded yet
    NOTHING = "nothing"  # nothing was handed in


@dataclass(frozen=True)
class Task:
    """A column: what it is called, and its most points."""

    name: str
    max_score: float


@dataclass(frozen=True)
class Block:
    """The columns of a module."""

    module: Graded
    tasks: tuple[Task, ...]

    @property
    def max_score(self) -> float:
        """All points of the module."""
        return sum(task.max_score for task in self.tasks)


@dataclass(frozen=True)
class Work:
    """What a person has in one block.

    Attributes
    ----------
    state : whether the marks are final
    scores : one a task, None where nothing was given yet
    score, mark : points after the late penalty, and the mark from 0 to 100; None until everything is graded
    penalty : points taken off for being late
    open : names of the tasks that wait
    """

    state: State
    scores: tuple[float | None, ...]
    score: float | None = None
    mark: Decimal | None = None
    penalty: float = 0.0
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A person with the work for every block."""

    person: Person
    works: tuple[Work, ...]


@dataclass(frozen=True)
class Marks:
    """The whole table, by name of the person."""

    blocks: tuple[Block, ...]
    rows: tuple[Row, ...]


def table(modules: Sequence[Graded], results: Results, ungraded: AbstractSet[tuple[str, str]]) -> Marks:
    """The marks of everybody in the class list.

    Parameters
    ----------
    modules : the blocks, in this order
    results : the gradebook
    ungraded : (person's id, assignment) of work handed in and not graded yet
    """
    blocks = tuple(Block(module, _tasks(module, results)) for module in modules)
    people = sorted(results.people.values(), key=lambda person: (person.name.casefold(), person.id))
    return Marks(
        blocks, tuple(Row(one, tuple(_work(one, block, results, ungraded) for block in blocks)) for one in people)
    )


def mark_of(submission: Submission, results: Results) -> Decimal:
    """The points as a mark from 0 to 100, rounded half up to two decimals; extra credit does not lift it above 100."""
    most, score = results.assignments[submission.assignment].max_score, submission.score
    share = Fraction(str(score)) / Fraction(str(most)) if most and isfinite(score) else Fraction(0)
    return half_up(min(share, Fraction(1)) * FULL, 2)


def _tasks(module: Graded, results: Results) -> tuple[Task, ...]:
    """The tasks of the module's first assignment, then those that only another language has."""
    found: dict[str, Task] = {}
    for name in module.assignments:
        assignment = results.assignments[name]
        for task in assignment.tasks:
            label = _label(assignment, task.notebook, task.grade_id)
            found.setdefault(label, Task(label, task.max_score))
    return tuple(found.values())


def _label(assignment: Assignment, notebook: str, grade_id: str) -> str:
    several = len({task.notebook for task in assignment.tasks}) > 1
    return f"{notebook}/{grade_id}" if several else grade_id


def _work(person: Person, block: Block, results: Results, ungraded: AbstractSet[tuple[str, str]]) -> Work:
    names = block.module.assignments
    empty = (None,) * len(block.tasks)
    if any((person.id, name) in ungraded for name in names):
        return Work(State.UNGRADED, empty)
    handed_in = [found for name in names if (found := results.submissions.get((person.id, name)))]
    if not handed_in:
        return Work(State.NOTHING, empty)
    return _graded_work(max(handed_in, key=lambda one: mark_of(one, results)), block, results)


def _graded_work(best: Submission, block: Block, results: Results) -> Work:
    assignment = results.assignments[best.assignment]
    given = {_label(assignment, notebook, name): grade for (notebook, name), grade in best.grades.items()}
    waiting = tuple(task.name for task in block.tasks if task.name in given and given[task.name].needs_manual_grade)
    scores = tuple(_score(given.get(task.name)) for task in block.tasks)
    if waiting:
        return Work(State.WAITING, scores, penalty=best.late_penalty, open=waiting)
    score = best.score if isfinite(best.score) else 0.0  # what an engine let through as points
    return Work(State.COMPLETE, scores, score, mark_of(best, results), best.late_penalty)


def _score(grade: CellGrade | None) -> float | None:
    given = None if grade is None or grade.needs_manual_grade else grade.score
    return given if given is not None and isfinite(given) else None

"""The marks of a class as a table: one row a person, one block of columns a module; what waits is never a 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from mutu.course.nbgrader.results import CellGrade, Person
from mutu.course.outcome.marks.modules import Graded
from mutu.course.outcome.standing import Known, Standing, State, mark_of
from mutu.course.outcome.tasks import Titles


@dataclass(frozen=True)
class Task:
    """A column: the grade id, with the notebook before it where there are several; the title; its most points."""

    name: str
    title: str
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
    standing : where it stands
    scores : one a task, None where nothing was given yet
    mark : from 0 to 100; None until everything is graded
    open : names of the tasks that wait for a person
    """

    standing: Standing
    scores: tuple[float | None, ...]
    mark: Decimal | None = None
    open: frozenset[str] = frozenset()

    @property
    def state(self) -> State:
        """Whether the marks are final."""
        return self.standing.state

    @property
    def score(self) -> float | None:
        """Points so far after the late penalty; None where nothing counts yet."""
        return self.standing.score

    @property
    def penalty(self) -> float:
        """Points taken off for being late."""
        return self.standing.penalty


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


def table(modules: Sequence[Graded], known: Known) -> Marks:
    """The marks of everybody in the class list, and of whoever handed in without standing in it.

    Parameters
    ----------
    modules : the blocks, in this order
    known : the class
    """
    blocks = tuple(Block(module, _tasks(module, known)) for module in modules)
    people = sorted(known.people.values(), key=lambda person: (person.name.casefold(), person.id))
    return Marks(blocks, tuple(Row(one, tuple(_work(one, block, known) for block in blocks)) for one in people))


def _tasks(module: Graded, known: Known) -> tuple[Task, ...]:
    """The tasks of the module's first assignment, then those that only another language has."""
    found: dict[str, Task] = {}
    for name in module.assignments:
        titles = known.titles(name)
        for task in known.results.assignments[name].tasks:
            key = (task.notebook, task.grade_id)
            label = _label(titles, key)
            found.setdefault(label, Task(label, titles[key], task.max_score))
    return tuple(found.values())


def _label(titles: Titles, key: tuple[str, str]) -> str:
    several = len({notebook for notebook, _name in titles}) > 1
    return "/".join(key) if several else key[1]


def _work(person: Person, block: Block, known: Known) -> Work:
    stands, best = known.of(person.id, block.module.assignments)
    if best is None:
        return Work(stands, (None,) * len(block.tasks))
    titles = known.titles(best.assignment)
    given = {_label(titles, key): grade for key, grade in best.grades.items()}
    scores = tuple(_score(given.get(task.name)) for task in block.tasks)
    mark = mark_of(best, known.results) if stands.state is State.COMPLETE else None
    return Work(stands, scores, mark, frozenset(name for name, grade in given.items() if grade.needs_manual_grade))


def _score(grade: CellGrade | None) -> float | None:
    if grade is None or (grade.needs_manual_grade and grade.manual_score is None):
        return None
    return grade.score if isfinite(grade.score) else None

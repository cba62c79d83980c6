"""The class of a module, put together from gradebook and folders: who handed in what, and what it was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mutu.course.nbgrader.results import Assignment, CellGrade, Person, Results, Submission
from mutu.course.outcome.insight.notebooks import Cell, read
from mutu.course.outcome.lost import lost_of
from mutu.course.outcome.standing import Known, Standing, State
from mutu.course.outcome.tasks import Titles

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Task:
    """A cell that gives points.

    Attributes
    ----------
    key : grade id; with the notebook's name before it where the assignment has several
    title : as every command calls it
    by_hand : whether a person gives the points
    answers : keys of the answer cells it looks at
    """

    key: str
    title: str
    max_score: float
    by_hand: bool
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """An answer cell as it was handed out and as the solution has it; both empty where they are not known.

    `seen` are the texts that everybody has read, for an answer in words.
    """

    key: str
    is_text: bool = False
    released: str = ""
    solution: str = ""
    seen: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """Every text that two people may have in common without having talked."""
        return tuple(filter(None, (self.released, self.solution, *self.seen)))


@dataclass(frozen=True)
class Work:
    """What one person handed in.

    Attributes
    ----------
    standing : where it stands
    grades : task -> its points
    written : answer cell -> what stands in it
    cells : key -> the cell as it was run, of tasks and answers alike
    empty : answer cells that are still as they were handed out
    unread : whether the graded notebook could not be read
    """

    person: Person
    submission: Submission
    standing: Standing
    grades: Mapping[str, CellGrade]
    written: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, Cell] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    unread: bool = False


@dataclass(frozen=True)
class Class:
    """A module as a class handed it in.

    Attributes
    ----------
    module, title : what the module is called in the course, and what its notebook calls itself
    assignments : the assignments it has in the gradebook, one a language
    tasks, answers : of the module, in its order
    works : one a person, of the assignment in which the person has more points
    people : everybody in the class list
    ungraded : ids of people whose submission waits for automatic grading
    unfit : ids of people whose submission cannot be graded -> why
    known : everything that is known of the class
    """

    module: str
    title: str
    assignments: tuple[str, ...]
    tasks: tuple[Task, ...]
    answers: Mapping[str, Answer]
    works: tuple[Work, ...]
    people: Mapping[str, Person]
    ungraded: tuple[str, ...]
    unfit: Mapping[str, object]
    known: Known

    @property
    def results(self) -> Results:
        """Everything the gradebook knows."""
        return self.known.results


def gather(known: Known, module: str, assignments: tuple[str, ...]) -> Class:
    """Read the folders of a module's assignments.

    Parameters
    ----------
    known : the class
    module : what to call the module
    assignments : the assignments of the module, the first one giving titles and order
    """
    results = known.results
    outline = {
        name: _Outline(known.folders.course, results.assignments[name], known.titles(name)) for name in assignments
    }
    handed_in = {who for who, name in (*results.submissions, *known.ungraded) if name in assignments}
    people = known.people
    found = {who: known.of(who, assignments) for who in sorted(handed_in)}
    works = [
        outline[counted.assignment].work(people[who], counted, stands)
        for who, (stands, counted) in found.items()
        if counted is not None
    ]
    ungraded = tuple(who for who, (stands, _counted) in found.items() if stands.state is State.UNGRADED)
    unfit = {who: stands.reason for who, (stands, _counted) in found.items() if stands.state is State.UNFIT}
    first = outline[assignments[0]]
    return Class(
        module, first.title, assignments, first.tasks, first.answers, tuple(works), people, ungraded, unfit, known
    )


@dataclass(frozen=True)
class _Place:
    """Where a task stands: its order, its answer cells, whether it is itself an answer."""

    order: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    by_hand: bool = False


class _Outline:
    """One assignment: its tasks and answers from the notebooks of the course, and what was handed in for it.

    `handed_out` are its notebooks as trainees got them, or their source where nothing was released.
    """

    def __init__(self, course: Path, assignment: Assignment, titles: Titles) -> None:
        self.course, self.name = course, assignment.name
        self.books = tuple(dict.fromkeys(task.notebook for task in assignment.tasks))
        self.max_score = {self._key(task.notebook, task.grade_id): task.max_score for task in assignment.tasks}
        self.by_hand = {
            self._key(task.notebook, task.grade_id) for task in assignment.tasks if task.cell_type != "code"
        }
        self.called = {self._key(*key): title for key, title in titles.items()}
        released, source = (self._notebooks(kind) for kind in ("release", "source"))
        self.released, self.source = (dict(self._named(books)) for books in (released, source))
        self.handed_out = {book: released[book] or source[book] or () for book in self.books}
        self.tasks = tuple(self._tasks(assignment))
        texts = tuple(cell.source for book in self.books for cell in self.handed_out[book] if cell.is_prose)
        headings = (heading for text in texts for heading in _HEADING.findall(text))
        self.title = next(headings, self.name)
        self.answers = {
            key: Answer(
                key,
                is_text=not cell.is_code,
                released=self.released[key].source if key in self.released else "",
                solution=self.source[key].source if key in self.source else "",
                seen=() if cell.is_code else texts,
            )
            for key, cell in (self.released or self.source).items()
            if cell.is_answer
        }

    def _key(self, book: str, grade_id: str) -> str:
        return grade_id if len(self.books) == 1 else f"{book}/{grade_id}"

    def _notebooks(self, kind: str) -> dict[str, tuple[Cell, ...] | None]:
        return {book: read(self.course / kind / self.name / f"{book}.ipynb") for book in self.books}

    def _named(self, notebooks: Mapping[str, tuple[Cell, ...] | None]) -> Iterator[tuple[str, Cell]]:
        """The cells of notebooks that have an id, by their key."""
        for book, found in notebooks.items():
            yield from ((self._key(book, cell.id), cell) for cell in found or () if cell.id)

    def _tasks(self, assignment: Assignment) -> Iterator[Task]:
        """The tasks in the order of the notebooks, or of the gradebook where the course has no notebooks any more."""
        placed = {key: found for book in self.books for key, found in self._placed(book)}
        order = list(self.max_score)
        for key in sorted(order, key=lambda key: (key not in placed, placed[key].order if key in placed else ())):
            found = placed.get(key, _Place())
            by_hand = found.by_hand or key in self.by_hand
            yield Task(key, self.called[key], self.max_score[key], by_hand, found.answers)

    def _placed(self, book: str) -> Iterator[tuple[str, _Place]]:
        """Each cell that gives points, with the answer cells since the last one, or else the one it looked at."""
        answers, last = list[str](), tuple[str, ...]()
        for place, cell in enumerate(self.handed_out[book]):
            key = self._key(book, cell.id)
            if cell.is_grade and cell.id:
                last = (key,) if cell.is_answer else tuple(answers) or last
                yield key, _Place((self.books.index(book), place), last, cell.is_answer)
                answers = []
            elif cell.is_answer and cell.id:
                answers.append(key)

    def work(self, person: Person, submission: Submission, standing: Standing) -> Work:
        """What a person handed in for the assignment."""
        grades = {self._key(*where): grade for where, grade in submission.grades.items()}
        folder = self.course / "autograded" / submission.student / self.name
        books = {book: read(folder / f"{book}.ipynb") for book in self.books}
        gone = {self._key(*each) for each in lost_of(folder, self.books)}
        cells = dict(self._named(books))
        written = {key: cells[key].source for key in self.answers if key in cells and key not in gone}
        empty = {
            key for key, text in written.items()
            if not text.strip() or _squeezed(text) == _squeezed(self.answers[key].released)
        }  # fmt: skip
        unread = all(found is None for found in books.values())
        return Work(person, submission, standing, grades, written, cells, frozenset(empty), unread)


def _squeezed(text: str) -> str:
    return " ".join(text.split())

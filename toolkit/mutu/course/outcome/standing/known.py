"""Where everybody in a class stands: what is handed in and graded, what is not, and which language of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import isfinite

from mutu.course.nbgrader.configuration import Folders
from mutu.course.nbgrader.results import Person, Results, Submission
from mutu.course.outcome.lost import lost_of
from mutu.course.outcome.standing.fresh import Reason, fresh
from mutu.course.outcome.standing.standing import Standing, not_graded, nothing, standing
from mutu.course.outcome.tasks import Titles, task_titles
from mutu.errors import N_, InputError
from mutu.locale.numbers import half_up

FULL = 100


@dataclass(frozen=True)
class Known:
    """What is known of a class.

    Parameters
    ----------
    folders : the course
    results : its gradebook
    ungraded : person's id and assignment of what is handed in and not graded -> why it cannot be; None where it can
    """

    folders: Folders
    results: Results
    ungraded: Mapping[tuple[str, str], Reason] = field(default_factory=dict)

    @classmethod
    def read(cls, folders: Folders, results: Results) -> Known:
        """With what the folders of the course hold.

        Raises
        ------
        InputError : nobody is known, neither from a class list nor by something handed in
        """
        found = cls(folders, results, fresh(folders, results))
        if not found.people:
            raise InputError(
                N_("The course in {folder} has no participants yet. Add a class list with mutu course students, or "
                   "collect what was handed in with mutu course collect."),
                folder=folders.course,
            )  # fmt: skip
        return found

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everybody by id: the class list, and who handed in without standing in it."""
        others = {who: Person(who) for who, _name in (*self.results.submissions, *self.ungraded)}
        return {**others, **self.results.people}

    @cached_property
    def _titles(self) -> dict[str, Titles]:
        return {}

    def titles(self, assignment: str) -> Titles:
        """Titles of the tasks of an assignment."""
        if assignment not in self._titles:
            keys = self.results.assignments[assignment].keys
            self._titles[assignment] = task_titles(self.folders.course, assignment, keys)
        return self._titles[assignment]

    def standing(self, submission: Submission) -> Standing:
        """Where a submission in the gradebook stands, whatever was handed in after it."""
        name = submission.assignment
        folder = self.folders.course / "autograded" / submission.student / name
        books = [book.notebook for book in submission.notebooks] if submission.needs_manual_grade else []
        return standing(submission, self.titles(name), self.results.assignments[name].duedate, lost_of(folder, books))

    def of(self, person: str, assignments: Iterable[str]) -> tuple[Standing, Submission | None]:
        """Where a person stands with a module, and the submission that counts: of its assignments, the better one.

        None counts while one that was handed in is not graded.
        """
        keys = [(person, name) for name in assignments]
        waiting = [self.ungraded[key] for key in keys if key in self.ungraded]
        if waiting:
            return not_graded(None if None in waiting else waiting[0]), None
        graded = [self.results.submissions[key] for key in keys if key in self.results.submissions]
        if not graded:
            return nothing(), None
        best = max(graded, key=lambda one: mark_of(one, self.results))
        return self.standing(best), best


def mark_of(submission: Submission, results: Results) -> Decimal:
    """The points as a mark from 0 to 100, rounded half up to two decimals; extra credit does not lift it above 100."""
    most, score = results.assignments[submission.assignment].max_score, submission.score
    share = Fraction(str(score)) / Fraction(str(most)) if most and isfinite(score) else Fraction(0)
    return half_up(min(share, Fraction(1)) * FULL, 2)

"""The insight of a trainer into a module: everything that the page shows, as one frozen object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from mutu.course.nbgrader.configuration import Folders
from mutu.course.nbgrader.results import Results
from mutu.course.outcome.attempts import settled
from mutu.course.outcome.insight import alike as alike_answers
from mutu.course.outcome.insight.alike import SMALLEST_CLASS, Alike
from mutu.course.outcome.insight.behind import Behind, Module, falling_behind
from mutu.course.outcome.insight.gather import Class, Work, gather
from mutu.course.outcome.insight.marks import Spread, TaskResult, hardest, mark, spread, task_results
from mutu.course.outcome.insight.wrong import WrongGroup, wrong_answers
from mutu.course.outcome.marks.modules import graded
from mutu.course.outcome.standing import Known, State
from mutu.measure.learning import ItemsResult


@dataclass(frozen=True)
class Insight:
    """What a trainer wants to know of a module.

    Attributes
    ----------
    course : the class as it was read
    marks : its marks; None while nothing is graded
    tasks : how each task did, in the order of the module
    items : the analysis of the automatic tasks together; None where there is none
    wrong : groups of wrong answers, the largest first
    behind : people who may need help
    alike : pairs of submissions to ask about
    """

    course: Class
    marks: Spread | None
    tasks: tuple[TaskResult, ...]
    items: ItemsResult | None
    wrong: tuple[WrongGroup, ...]
    behind: tuple[Behind, ...]
    alike: tuple[Alike, ...]

    @property
    def handed_in(self) -> int:
        """People who handed in, graded or not."""
        return len(self.course.works) + len(self.course.ungraded) + len(self.course.unfit)

    @property
    def by_hand(self) -> list[str]:
        """People whose submission waits for points by hand, or for a look at old ones."""
        return [work.person.id for work in self.course.works if work.standing.state is State.WAITING]

    @property
    def newer(self) -> list[str]:
        """People who handed in a newer version of what is graded, which waits for grading."""
        names, graded = self.course.assignments, self.course.results.submissions
        return [who for who in self.course.ungraded if any((who, name) in graded for name in names)]

    @property
    def late(self) -> list[str]:
        """People who handed in late, of those who are graded."""
        return [work.person.id for work in self.course.works if work.standing.late]

    @property
    def comparable(self) -> bool:
        """Whether the class is large enough to say what is usual."""
        return len(self.course.works) >= SMALLEST_CLASS

    def is_decided(self, pair: Alike) -> bool:
        """Whether a person typed points for one of the two in every task whose code the page shows beside one another.

        Points of tasks that are always given by hand say nothing of it.
        """
        shown = {cell.cell for cell in pair.shown if not cell.is_text}
        tasks = [each.task.key for each in self.tasks if not each.task.by_hand and shown & set(each.task.answers)]
        grades = [self.course.works[place].grades for place in pair.pair]
        return bool(tasks) and all(any(key in each and each[key].is_by_hand for each in grades) for key in tasks)

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and texts."""
        people = self.course.people
        works = self.course.works
        return {
            "module": self.course.module,
            "assignments": list(self.course.assignments),
            "trainees": len(people),
            "handed_in": self.handed_in,
            "waiting": {"automatic": list(self.course.ungraded), "newer": self.newer, "by_hand": self.by_hand},
            "unfit": [{"student": who, "reason": str(reason)} for who, reason in self.course.unfit.items()],
            "late": self.late,
            "unread": [work.person.id for work in works if work.unread],
            "marks": self.marks.as_json() if self.marks else None,
            "kr20": self.items.as_json()["kr20"] if self.items else None,
            "hardest": [result.task.key for result in hardest(self.tasks)],
            "tasks": [result.as_json() for result in self.tasks],
            "trainees_marks": [{"student": work.person.id, "name": work.person.name} | _mark(work) for work in works],
            "wrong": [_group(group) for group in self.wrong],
            "behind": [{"student": each.person, "reasons": list(each.reasons)} for each in self.behind],
            "alike": [
                _pair(found, [work.person.id for work in works]) | {"decided": self.is_decided(found)}
                for found in self.alike
            ],
        }


def _mark(work: Work) -> dict[str, Any]:
    stands = work.standing
    late = stands.late.phrase if stands.late else None
    return {
        "points": round(stands.score or 0.0, 2), "of": stands.max_score, "waiting": mark(work.submission).waiting,
        "state": stands.state.value, "state_text": stands.words, "late": late,
    }  # fmt: skip


def _group(group: WrongGroup) -> dict[str, Any]:
    return {
        "task": group.task, "message": group.why.text, "line": group.why.code, "hidden": group.why.hidden,
        "count": len(group.people), "students": list(group.people), "ways": group.ways,
        "example": {"student": group.of, "text": group.example},
    }  # fmt: skip


def _pair(found: Alike, people: Sequence[str]) -> dict[str, Any]:
    return {
        "students": [people[place] for place in found.pair], "shape": round(found.shape, 2),
        "wording": round(found.wording, 2), "phrases": round(found.phrases, 3),
        "cells": [cell.cell for cell in found.cells],
    }  # fmt: skip


def insight(folders: Folders, which: str, *, now: datetime | None = None) -> Insight:
    """Read a course and look at one of its modules.

    Parameters
    ----------
    folders : the course, ours or any other of nbgrader's
    which : a module by folder, number or slug, or the name of an assignment in the gradebook
    now : UTC without a zone; the present unless given

    Raises
    ------
    InputError : no gradebook, or no such module in it
    SettingError : mutu.toml cannot be read, or asks for something else
    MachineError : the gradebook cannot be read
    """
    known = _with_points(settled(folders))
    modules = _modules(known)
    module = _chosen(which, modules, known)
    course = gather(Known.read(folders, known), module.name, module.assignments)
    tasks, items = task_results(course)
    present = now or datetime.now(UTC).replace(tzinfo=None)
    return Insight(
        course, spread(course), tuple(tasks), items, tuple(wrong_answers(course)),
        tuple(falling_behind(course, modules, present)), tuple(alike_answers.alike(_cells(course))),
    )  # fmt: skip


def _modules(known: Results) -> list[Module]:
    """The modules of the gradebook that give points: ours with their languages together, others one an assignment."""
    return [Module(each.name, each.assignments) for each in graded((), known)]


def _with_points(known: Results) -> Results:
    return replace(known, assignments={name: each for name, each in known.assignments.items() if each.max_score})


def _chosen(which: str, modules: Sequence[Module], known: Results) -> Module:
    """The module that is meant; an assignment of it may be named too."""
    named = next((module for module in modules if which in module.assignments), None)
    if named is not None:
        return named
    (found,) = graded((which,), known)
    return Module(found.name, found.assignments)


def _cells(course: Class) -> list[alike_answers.Cell]:
    """The answer cells as they are compared; what was left empty is no answer."""
    return [
        alike_answers.Cell(
            key,
            tuple(None if key in work.empty else work.written.get(key) for work in course.works),
            answer.known,
            answer.is_text,
        )
        for key, answer in course.answers.items()
    ]

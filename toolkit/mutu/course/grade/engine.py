"""Grade an assignment: calibrate with the trainer's own notebook, then take submissions through rooms side by side."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mutu.course.grade import earlier, housing, loading
from mutu.course.grade.assignment import Assignment, Waiting
from mutu.course.grade.floor import Floor
from mutu.course.grade.mend import Problem, harmless
from mutu.course.grade.options import Options
from mutu.course.grade.paper import Paper
from mutu.course.grade.report import SILENT, Graded, Progress, Report
from mutu.course.grade.rooms import House, Room
from mutu.course.grade.taking import Taking, calibrated
from mutu.course.nbgrader import Book, Course
from mutu.errors import N_, InputError, MachineError, MutuError

_FAILED = N_(
    "This submission could not be graded ({error}); the others were. Please look at it yourself, and report the error."
)


def grade(
    course: Course,
    assignment: str,
    options: Options,
    progress: Progress = SILENT,
    *,
    house: House | None = None,
) -> Report:
    """Grade the submissions of an assignment.

    Parameters
    ----------
    course : where they are
    assignment : name of the assignment
    options : what the caller chose
    house : where they run, made for these options; one is made unless given
    progress : hears which submissions are at work, and of each that is done

    Raises
    ------
    InputError : the course does not have the assignment, or its configuration asks for steps that are not run here
    MachineError : this machine cannot isolate, and that was not waived
    """
    if house is None:
        with housing.house(options) as made:
            return grade(course, assignment, options, progress, house=made)
    _check(course)
    for then in earlier.rounds(course, assignment, options.students):
        _graded(then, assignment, replace(options, force=False), SILENT, house)
    return _graded(course, assignment, options, progress, house)


def _graded(course: Course, assignment: str, options: Options, progress: Progress, house: House) -> Report:
    began = time.monotonic()
    house.load(loading.needs(course, assignment))
    with Book(course, assignment) as book:  # it loads while the first rooms are at work
        return _Grading(Assignment(course, assignment, options, book), house, progress).run(began)


def _check(course: Course) -> None:
    if course.own_steps:
        raise InputError(
            N_("The configuration of this course changes nbgrader's own steps ({names}), which are not run here. "
               "Remove them, or grade with nbgrader autograde."),
            names=", ".join(course.own_steps),
        )  # fmt: skip


class _Grading:
    """One run over an assignment."""

    def __init__(self, assignment: Assignment, house: House, progress: Progress) -> None:
        self._assignment, self._house, self._progress = assignment, house, progress
        self._options = assignment.options
        self._done: dict[str, Graded] = {}
        self._total = 0

    def run(self, began: float) -> Report:
        """Grade what is to be graded."""
        self._total = len(self._assignment.submitted)
        waiting = self._waiting()
        if is_certain := self._assignment.has_new:  # the gradebook is loading, which this does not need
            self._calibrate()
        first = next(waiting, None)
        if first is not None:
            if not is_certain:
                self._calibrate()
            floor = Floor(
                self._assignment, self._house, report=self._report, apart=self._apart, at_work=self._progress.at_work
            )
            floor.run(itertools.chain([first], waiting))
        papers = self._assignment.papers.values()
        beside = {name: str(note) for paper in papers for name, note in sorted(paper.beside.items())}
        graded = tuple(self._done[student] for student in sorted(self._done))
        return Report(self._assignment.name, graded, time.monotonic() - began, beside, self._options.caged)

    def _waiting(self) -> Iterator[Waiting]:
        """What is to be graded, read when its turn comes; the others are reported as they were."""
        for found in self._assignment.changed():
            if isinstance(found, Waiting):
                yield found
            else:
                self._report(found)

    def _calibrate(self) -> None:
        """Learn from the trainer's own notebook how each test may be looked at."""
        for name in sorted(self._assignment.names):
            paper = self._assignment.papers[name]
            taking = Taking(paper, _reference(paper), self._assignment.course.timeout, every_way=True)
            while not taking.is_done:
                taking.take(self._visited(taking))
            self._assignment.papers[name] = calibrated(taking)

    def _visited(self, taking: Taking) -> Room:
        """A room that is over; the first one shows whether this machine can isolate at all."""
        extra = self._assignment.extra
        try:
            room = self._house.open(taking.job(), extra, extra, self._assignment.seconds)
        except MachineError:
            raise housing.not_isolated(self._options) from None
        room.go()
        while not room.read():
            pass
        room.close()
        if not room.is_ready:
            raise housing.not_isolated(self._options)
        return room

    @contextlib.contextmanager
    def _apart(self, student: str) -> Iterator[None]:
        """What cannot be done for one submission is told of that one, and the others go on."""
        try:
            yield
        except MutuError:
            raise
        except Exception as error:
            said = Problem("failed", _FAILED, {"error": harmless(f"{type(error).__name__}: {error}", 200)})
            self._report(Graded(student, None, None, needs_manual=True, reason=str(said)))

    def _report(self, graded: Graded) -> None:
        self._done[graded.student] = graded
        self._progress.done(graded, len(self._done), self._total)


def _reference(paper: Paper) -> dict[str, Any]:
    """The trainer's notebook, with tests as the gradebook has them."""
    cells = []
    for cell in paper.source["cells"]:
        known = paper.graded_code(str((cell["metadata"].get("nbgrader") or {}).get("grade_id")))
        cells.append(cell if known is None else {**cell, "source": known.source})
    return {**paper.source, "cells": cells}

"""Grade an assignment: read, calibrate, run submissions in rooms side by side, write what was found."""

from __future__ import annotations

import contextlib
import fnmatch
import os
import selectors
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutu.course.grade import files, limit
from mutu.course.grade.mend import Note, Problem, Question, harmless, read
from mutu.course.grade.names import Text
from mutu.course.grade.paper import Paper
from mutu.course.grade.rooms import House, Room
from mutu.course.grade.submission import FORMAT, Submission, fingerprint, output_files, recorded
from mutu.course.grade.taking import Taking, calibrated
from mutu.course.nbgrader import Book, Course, Marked, Marks
from mutu.errors import N_, InputError, MachineError, MutuError, Term
from mutu.kernels import cage

# seconds that a notebook may take, as a multiple of what one cell may take, and at least
_TOTAL_CELLS, _TOTAL_LEAST = 5, 60.0
# what submissions often import, whatever the trainer's notebook does
_COMMON = ("numpy", "pandas", "statistics", "mutu.measure.skm")
_WATCH = 0.2  # seconds between looks at memory and clock

_STRANGER = N_("The gradebook does not know «{student}», and the course's settings forbid to add anybody.")
_FAILED = N_(
    "This submission could not be graded ({error}); the others were. Please look at it yourself, and report the error."
)
_HOOK = N_("The course's own «{hook}» failed ({error}); the submission was graded all the same.")


@dataclass(frozen=True)
class Options:
    """What the caller chose.

    Attributes
    ----------
    jobs : rooms at once
    force : grade what has not changed, too
    caged : isolate submissions
    students : a pattern of ids
    notebooks : a pattern of names; the others stay as they are
    """

    jobs: int = 1
    force: bool = False
    caged: bool = True
    students: str = "*"
    notebooks: str = "*"


@dataclass(frozen=True)
class Graded:
    """What came of one submission.

    `again` is False when nothing had changed since it was graded, `is_empty` True when its folder has no notebook.
    """

    student: str
    score: float | None
    max_score: float | None
    needs_manual: bool
    mended: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    reason: str | None = None
    again: bool = True
    is_empty: bool = False

    def as_json(self) -> dict[str, Any]:
        """For `mutu course grade --json`."""
        return {
            "student": self.student,
            "score": self.score,
            "max_score": self.max_score,
            "mended": list(self.mended),
            "questions": list(self.questions),
            "reason": self.reason,
            "needs_manual": self.needs_manual,
            "graded": self.again,
        }


@dataclass(frozen=True)
class Report:
    """An assignment that was graded; `beside` names tests that had to run in the trainee's own process."""

    assignment: str
    submissions: tuple[Graded, ...]
    seconds: float
    beside: tuple[str, ...] = ()
    isolated: bool = True

    def as_json(self) -> dict[str, Any]:
        """For `mutu course grade --json`."""
        return {
            "assignment": self.assignment,
            "submissions": [graded.as_json() for graded in self.submissions],
            "seconds": round(self.seconds, 3),
            "isolated": self.isolated,
            "beside": list(self.beside),
        }


Progress = Callable[[Graded, int, int], None]


def processors() -> int:
    """How many rooms may be open at once where nobody says otherwise."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def grade(course: Course, assignment: str, options: Options, progress: Progress = lambda *_: None) -> Report:
    """Grade the submissions of an assignment.

    Parameters
    ----------
    course : where they are
    assignment : name of the assignment
    options : what the caller chose
    progress : called for each submission that is done, with how many are done and how many there are

    Raises
    ------
    InputError : the course does not have the assignment, or its configuration asks for steps that are not run here
    MachineError : this machine cannot isolate, and that was not waived
    """
    began = time.monotonic()
    _check(course)
    modules = sorted(_loadable(_modules(course, assignment)))
    # it loads while the gradebook is opened
    with _house(modules, options) as house, Book(course, assignment) as book:
        return _Grading(course, assignment, options, book, house, progress).run(began)


def _house(modules: Iterable[str], options: Options) -> House:
    try:
        return House(modules, _COMMON, caged=options.caged, masked=_masked(), jobs=options.jobs)
    except MachineError:
        raise _not_isolated(options) from None


def _check(course: Course) -> None:
    if course.own_steps:
        raise InputError(
            N_("The configuration of this course changes nbgrader's own steps ({names}), which are not run here. "
               "Remove them, or grade with nbgrader autograde."),
            names=", ".join(course.own_steps),
        )  # fmt: skip


@dataclass
class _Running:
    """A room and whose it is."""

    room: Room
    submission: Submission
    taking: Taking
    why: str | None = None


@dataclass
class _Grading:
    course: Course
    assignment: str
    options: Options
    book: Book
    house: House
    progress: Progress
    papers: dict[str, Paper] = field(default_factory=dict)
    done: dict[str, Graded] = field(default_factory=dict)

    def run(self, began: float) -> Report:
        self.papers = self._papers()
        self.names = self._names()
        self.source = files.read(
            self.course.folder("source", ".", self.assignment), self.course.ignored, files.MOST_BYTES
        )
        self.extra = {name: data for name, data in self.source.files.items() if not name.endswith(".ipynb")}
        self.kept = set(self.course.setting("Autograde", "exclude_overwriting", {}).get(self.assignment, ()))
        found = self.course.submissions(self.assignment, self.options.students)
        if not found:
            raise InputError(
                N_("There are no submissions of «{name}» in {folder}. Collect them first."),
                name=self.assignment, folder=self.course.folder("submitted", "", "").parent,
            )  # fmt: skip
        waiting = self._changed(found)
        self.total = len(found)
        if waiting:
            self._calibrate()
            _Floor(self, self.house).run(iter(waiting))
        beside = tuple(name for paper in self.papers.values() for name in sorted(paper.beside))
        graded = tuple(self.done[student] for student in sorted(self.done))
        return Report(self.assignment, graded, time.monotonic() - began, beside, self.options.caged)

    def _papers(self) -> dict[str, Paper]:
        found = {}
        for name, kept in self.book.notebooks().items():
            source, release = (
                self.course.folder(step, ".", self.assignment) / f"{name}.ipynb" for step in ("source", "release")
            )
            found[name] = Paper.read(name, source, release, kept.kernelspec, kept.cells)
            if found[name].kernel not in ("python", "python3", "ipython"):
                raise InputError(
                    N_("The notebook «{name}» is in {language}; only Python is graded here. Use nbgrader autograde."),
                    name=name, language=found[name].kernel,
                )  # fmt: skip
        return found

    def _names(self) -> frozenset[str]:
        """The notebooks that are asked for."""
        names = frozenset(name for name in self.papers if fnmatch.fnmatchcase(name, self.options.notebooks))
        if not names:
            raise InputError(
                N_("«{name}» is no notebook of this assignment. There are: {known}."),
                name=self.options.notebooks, known=", ".join(sorted(self.papers)) or "–",
            )  # fmt: skip
        return names

    def _changed(self, found: Mapping[str, Path]) -> list[tuple[str, files.Folder, str]]:
        """Submissions to grade, with what marks them; the others are reported as they were."""
        waiting = []
        for student, place in found.items():
            folder = files.read(place, self.course.ignored, self.course.largest_file)
            mark = self._mark(folder)
            known = self.book.marks(student)
            if not self.book.may_add and not self.book.knows(student):
                reason = Problem("stranger", _STRANGER, {"student": student})
                self._report(Graded(student, None, None, needs_manual=False, reason=str(reason)))
            elif known is None or self.options.force or self._is_due(student, folder, mark):
                waiting.append((student, folder, mark))
            else:
                self._report(_kept(student, recorded(self._graded_folder(student)), known))
        return waiting

    def _mark(self, folder: files.Folder) -> str:
        return fingerprint(folder, list(self.papers.values()), self.source)

    def _is_due(self, student: str, folder: files.Folder, mark: str) -> bool:
        """Whether a submission that was graded has to be graded again."""
        place = self._graded_folder(student)
        wanted = {f"{name}.ipynb" for name in self.names}
        if self.options.notebooks != "*" and any(not (place / name).exists() for name in wanted & folder.files.keys()):
            return True
        marks = recorded(place).get("notebooks")
        if isinstance(marks, dict):
            return any(marks.get(name) != mark for name in self.names)
        # nbgrader's own engine was here, which goes by the time
        now, then = (self.course.time(each) for each in (self._submitted_folder(student), place))
        return not any((place / name).exists() for name in wanted) or bool(now and then and now > then)

    def _graded_folder(self, student: str) -> Path:
        return self.course.folder("autograded", student, self.assignment)

    def _submitted_folder(self, student: str) -> Path:
        return self.course.folder("submitted", student, self.assignment)

    def _calibrate(self) -> None:
        """Learn from the trainer's own notebook how each test may be looked at."""
        for name in sorted(self.names):
            paper = self.papers[name]
            taking = Taking(paper, _reference(paper), self.course.timeout, every_way=True)
            while not taking.is_done:
                taking.take(self._visited(taking))
            self.papers[name] = calibrated(taking)

    def _visited(self, taking: Taking) -> Room:
        """A room that is over; the first one shows whether this machine can isolate at all."""
        try:
            room = self.house.open(taking.job(), self.extra, self.extra, self.seconds)
        except MachineError:
            raise _not_isolated(self.options) from None
        while not room.read():
            pass
        room.close()
        if not room.is_ready:
            raise _not_isolated(self.options)
        return room

    @property
    def seconds(self) -> float:
        """What a notebook may take in all."""
        return max(_TOTAL_LEAST, _TOTAL_CELLS * self.course.timeout)

    def files_of(self, submission: Submission) -> dict[str, bytes]:
        """Its files with the trainer's over them, as nbgrader does."""
        theirs = {
            name: data for name, data in submission.folder.files.items() if name not in submission.folder.notebooks
        }
        return files.fitting(theirs | {name: data for name, data in self.extra.items() if name not in self.kept})

    def begin(self, student: str, folder: files.Folder, mark: str) -> tuple[Submission, str]:
        """A submission whose notebooks are read and mended, and what marks it."""
        place = self._submitted_folder(student)
        failed = self._hook("pre_convert_hook", student)
        if self.course.hook("pre_convert_hook") is not None:
            folder = files.read(place, self.course.ignored, self.course.largest_file)
            mark = self._mark(folder)
        begun = Submission.begin(
            student, folder, self.course.time(place), self.papers, self.course.timeout, self.names
        )  # fmt: skip
        begun.notes += failed
        return begun, mark

    def finish(self, submission: Submission, mark: str) -> None:
        """Write a submission down that went through its rooms."""
        limits = limit.Limits(
            self.course.setting("LimitOutput", "max_lines", 1000),
            self.course.setting("LimitOutput", "max_traceback", 100),
            self.course.setting("IgnorePattern", "pattern", "")
            if self.course.setting("IgnorePattern", "enabled", False)
            else "",
        )
        if not submission.takings:
            reason = str(submission.reason) if submission.reason else None
            nothing = not submission.unread
            self._report(Graded(submission.student, None, None, False, *_told(submission), reason, is_empty=nothing))
            return
        decided = submission.finish(limits)
        for taking in submission.takings.values():
            taking.notebook = self.course.cleared(taking.notebook)
        marked = {
            name: Marked(each.scores, each.untouched, frozenset(q.cell for q in each.questions if q.cell))
            for name, each in decided.items()
        }
        for name in submission.unread & self.names:  # handed in, so it is no zero
            cells = self.papers[name].truth.by_id.values()
            marked[name] = Marked({str(cell.grade_id): None for cell in cells if cell.is_graded})
        place = self._graded_folder(submission.student)
        before = {} if len(self.names) == len(self.papers) else _others(place, self.papers.keys() - self.names)
        graded_before = recorded(place).get("notebooks", {}) if before else {}
        marks = self.book.record(submission.student, submission.time, marked, self.names)
        graded = _graded(submission, marks)
        marked_with = {**graded_before, **dict.fromkeys(self.names, mark)}
        record = {"format": FORMAT, "notebooks": marked_with, **graded.as_json()}
        written = output_files(submission, self.files_of(submission) | _timestamp(submission), record)
        files.write(place, before | written, self.course.permissions, shared=self.course.is_shared)
        submission.notes += self._hook("post_convert_hook", submission.student)
        self._report(_graded(submission, marks))

    @contextlib.contextmanager
    def apart(self, student: str) -> Iterator[None]:
        """What cannot be done for one submission is told of that one, and the others go on."""
        try:
            yield
        except MutuError:
            raise
        except Exception as error:
            said = Problem("failed", _FAILED, {"error": harmless(f"{type(error).__name__}: {error}", 200)})
            self._report(Graded(student, None, None, needs_manual=True, reason=str(said)))

    def _hook(self, name: str, student: str) -> list[Note]:
        """Call what the course has for that, from the course's folder; what went wrong."""
        hook = self.course.hook(name)
        if hook is None:
            return []
        notebooks = [str(self._submitted_folder(student) / f"{each}.ipynb") for each in sorted(self.names)]
        try:
            with contextlib.chdir(self.course.root):
                hook(assignment=self.assignment, student=student, notebooks=notebooks)
        except Exception as error:
            return [Question("hook", _HOOK, {"hook": name, "error": harmless(error)})]
        return []

    def _report(self, graded: Graded) -> None:
        self.done[graded.student] = graded
        self.progress(graded, len(self.done), getattr(self, "total", 0))


class _Floor:
    """The rooms that are open at once."""

    def __init__(self, grading: _Grading, house: House) -> None:
        self._grading, self._house = grading, house
        self._selector = selectors.DefaultSelector()
        self._queue: list[tuple[Submission, Taking]] = []
        self._marks: dict[str, str] = {}
        self._open = 0
        self._looked = 0.0

    def run(self, waiting: Iterator[tuple[str, files.Folder, str]]) -> None:
        """Take submissions through until none is left."""
        while self._fill(waiting) or self._open:
            for key, _events in self._selector.select(_WATCH):
                running: _Running = key.data
                if running.room.read():
                    self._close(running)
            self._watch()
        self._selector.close()

    def _fill(self, waiting: Iterator[tuple[str, files.Folder, str]]) -> bool:
        """Open rooms while there is place; whether any was opened or is still to be."""
        while self._open < self._grading.options.jobs:
            if not self._queue and not self._next(waiting):
                return False
            if self._queue:
                submission, taking = self._queue.pop(0)
                with self._grading.apart(submission.student):
                    self._open_room(submission, taking)
        return True

    def _next(self, waiting: Iterator[tuple[str, files.Folder, str]]) -> bool:
        found = next(waiting, None)
        if found is None:
            return False
        student, folder, mark = found
        with self._grading.apart(student):
            submission, self._marks[student] = self._grading.begin(student, folder, mark)
            self._go_on(submission)
        return True

    def _go_on(self, submission: Submission) -> None:
        taking = next(submission.waiting(), None)
        if taking is None:
            self._grading.finish(submission, self._marks.pop(submission.student))
        else:
            self._queue.append((submission, taking))

    def _open_room(self, submission: Submission, taking: Taking) -> None:
        room = self._house.open(
            taking.job(), self._grading.files_of(submission), self._grading.extra, self._grading.seconds
        )
        self._selector.register(room.channel, selectors.EVENT_READ, _Running(room, submission, taking))
        self._open += 1

    def _close(self, running: _Running) -> None:
        self._selector.unregister(running.room.channel)
        running.room.close()
        self._open -= 1
        with self._grading.apart(running.submission.student):
            running.taking.take(running.room, running.why)
            self._go_on(running.submission)

    def _watch(self) -> None:
        """End rooms that use more time or memory than they may."""
        now = time.monotonic()
        if now < self._looked + _WATCH:
            return
        self._looked = now
        for key in list(self._selector.get_map().values()):
            running: _Running = key.data
            if now > running.room.deadline:
                running.why = "total"
            elif running.room.held > self._house.limits.resident:
                running.why = "memory"
            if running.why is not None:
                self._close(running)


def _graded(submission: Submission, marks: Marks) -> Graded:
    reason = str(submission.reason) if submission.reason else None
    return Graded(
        submission.student, marks.score, marks.max_score, marks.needs_manual, *_told(submission), reason
    )  # fmt: skip


def _told(submission: Submission) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was mended, and what a person should look at."""
    questions = tuple(str(note) for note in submission.notes if isinstance(note, Question))
    return tuple(str(note) for note in submission.notes if not isinstance(note, Question)), questions


def _kept(student: str, record: Mapping[str, Any], marks: Marks) -> Graded:
    """A submission that nothing changed in: its points as the gradebook now has them, what was said of it then."""
    mended, questions = (tuple(record.get(name) or ()) for name in ("mended", "questions"))
    return Graded(
        student, marks.score, marks.max_score, marks.needs_manual, mended, questions, record.get("reason"), again=False
    )  # fmt: skip


def _others(place: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Notebooks that were graded before and are not asked for now."""
    return {file.name: file.read_bytes() for name in names if (file := place / f"{name}.ipynb").is_file()}


def _timestamp(submission: Submission) -> dict[str, bytes]:
    data = submission.folder.files.get("timestamp.txt")
    return {} if data is None else {"timestamp.txt": data}


def _reference(paper: Paper) -> dict[str, Any]:
    """The trainer's notebook, with tests as the gradebook has them."""
    cells = []
    for cell in paper.source["cells"]:
        known = paper.graded_code(str((cell["metadata"].get("nbgrader") or {}).get("grade_id")))
        cells.append(cell if known is None else {**cell, "source": known.source})
    return {**paper.source, "cells": cells}


def _not_isolated(options: Options) -> MachineError:
    """Why no room could be opened."""
    lacks = cage.lacking() if options.caged else None
    if lacks is None:
        return MachineError(N_("No submission can be run here: the process that would run it ended. Try mutu doctor."))
    return MachineError(
        N_("Submissions cannot be isolated here. {lacks} To grade them with your own rights, add --no-isolation."),
        lacks=Term(lacks),
    )


def _modules(course: Course, assignment: str) -> set[str]:
    """Modules that the trainer's notebooks import, so that every room has them at once."""
    found: set[str] = set()
    for file in course.folder("source", ".", assignment).glob("*.ipynb"):
        notebook = read(file.read_bytes()).notebook or {"cells": []}
        texts = (Text(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
        found.update(module for text in texts for module in text.modules)
    return found


def _loadable(modules: Iterable[str]) -> Iterator[str]:
    """Of modules that a notebook imports, those that are installed here and do nothing on their own."""
    import importlib.util

    for name in modules:
        top = name.partition(".")[0]
        if top in ("__future__", "matplotlib", "nbgrader"):
            continue
        try:
            found = importlib.util.find_spec(top)
        except (ImportError, ValueError):
            continue
        if found is not None and found.origin not in (None, "built-in", "frozen"):
            yield top


def _masked() -> tuple[Path, ...]:
    """Folders inside the installation where solutions and hidden tests may lie."""
    from mutu import content

    source = content.trainer_source(None)
    return () if source is None else (source,)

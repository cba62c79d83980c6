"""An assignment that is being graded: its notebooks, its folders, its submissions from reading to writing down."""

from __future__ import annotations

import contextlib
import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mutu.course.grade import files, limit, report
from mutu.course.grade.decide import Decided
from mutu.course.grade.mend import Note, Problem, Question, harmless, of_record
from mutu.course.grade.mend.truth import TEST
from mutu.course.grade.options import Options
from mutu.course.grade.paper import Paper
from mutu.course.grade.report import Graded
from mutu.course.grade.submission import FORMAT, Submission, asked, fingerprint, output_files, recorded
from mutu.course.nbgrader import Book, Course, Folders, Marked, Marks, unfit
from mutu.course.nbgrader.course import time_of
from mutu.course.outcome import attempts
from mutu.course.outcome.lost import Lost, leaning, lost, lost_of, missing
from mutu.course.outcome.notebook import load
from mutu.course.outcome.standing import standing
from mutu.course.outcome.tasks import Titles, task_titles
from mutu.course.outcome.unchanged import unchanged
from mutu.errors import N_, InputError

# seconds that a notebook may take, as a multiple of what one cell may take, and at least
_TOTAL_CELLS, _TOTAL_LEAST = 5, 60.0
_STRANGER = N_("The gradebook does not know «{student}», and the course's settings forbid to add anybody.")
_NO_TIME = N_("It has no timestamp.txt, so it counts as handed in on time; please check it.")
_HOOK = N_("The course's own «{hook}» failed ({error}); the submission was graded all the same.")


@dataclass(frozen=True)
class Waiting:
    """A submission that is to be graded: its files, and the mark by which a change is seen."""

    student: str
    folder: files.Folder
    mark: str


class Assignment:
    """An assignment of a course.

    Parameters
    ----------
    course, name : where it is
    options : what the caller chose
    book : the gradebook

    Raises
    ------
    InputError : a notebook of it is missing, is not in Python, or none is asked for
    """

    def __init__(self, course: Course, name: str, options: Options, book: Book) -> None:
        self.course, self.name, self.options, self.book = course, name, options, book
        self.papers = self._papers()
        self.names = self._names()
        self.source = files.read(course.folder("source", ".", name), course.ignored, files.MOST_BYTES)
        self.extra = {file: data for file, data in self.source.files.items() if not file.endswith(".ipynb")}
        self._asked = asked(self.papers.values(), self.source)
        kept = set(course.setting("Autograde", "exclude_overwriting", {}).get(name, ()))
        self._over = {file: data for file, data in self.extra.items() if file not in kept}

    @cached_property
    def submitted(self) -> dict[str, Path]:
        """Student -> folder of what was handed in.

        Raises
        ------
        InputError : nothing was
        """
        found = self.course.submissions(self.name, self.options.students)
        if not found:
            raise InputError(
                N_(
                    "There are no submissions of «{name}» in {folder}. Collect them first with `mutu course collect …`."
                ),
                name=self.name, folder=self.course.folder("submitted", "", "").parent,
            )  # fmt: skip
        return found

    @property
    def has_new(self) -> bool:
        """Whether one is graded in any case, as far as can be seen without the gradebook."""
        return self.options.force or any(not self._graded_folder(student).exists() for student in self.submitted)

    def _papers(self) -> dict[str, Paper]:
        found = {}
        for name, kept in self.book.notebooks().items():
            source, release = (
                self.course.folder(step, ".", self.name) / f"{name}.ipynb" for step in ("source", "release")
            )
            found[name] = Paper.read(name, source, release, kernelspec=kept.kernelspec, kept=kept.cells)
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

    def changed(self) -> Iterator[Waiting | Graded]:
        """Submissions to grade; the others as they were."""
        for student, place in self.submitted.items():
            folder = files.read(place, self.course.ignored, self.course.largest_file)
            mark = self._mark(folder)
            known = self.book.marks(student)
            record = recorded(self._graded_folder(student))
            if not self.book.may_add and not self.book.knows(student):
                reason = Problem("stranger", _STRANGER, {"student": student})
                yield Graded(student, None, None, needs_manual=False, reason=str(reason))
            elif known is None or self.options.force or self._is_due(student, folder, mark, record):
                yield Waiting(student, folder, mark)
            else:
                remarks = self._remarks(known, self._lost(student)) + self._attempts(known)
                yield report.kept(student, record, known, remarks, self._settled(known, of_record(record) or ()))

    def _mark(self, folder: files.Folder) -> str:
        return fingerprint(folder, self._asked)

    def _is_due(self, student: str, folder: files.Folder, mark: str, record: Mapping[str, Any]) -> bool:
        """Whether a submission that was graded has to be graded again."""
        place = self._graded_folder(student)
        wanted = {f"{name}.ipynb" for name in self.names}
        if self.options.notebooks != "*" and any(not (place / name).exists() for name in wanted & folder.files.keys()):
            return True
        marks = record.get("notebooks")
        if isinstance(marks, dict):
            return any(marks.get(name) != mark for name in self.names)
        # nbgrader's own engine was here, which goes by the time
        now, then = (time_of(each) for each in (self._submitted_folder(student), place))
        return not any((place / name).exists() for name in wanted) or bool(now and then and now > then)

    def _graded_folder(self, student: str) -> Path:
        return self.course.folder("autograded", student, self.name)

    def _submitted_folder(self, student: str) -> Path:
        return self.course.folder("submitted", student, self.name)

    @property
    def seconds(self) -> float:
        """What a notebook may take in all."""
        return self.options.seconds or max(_TOTAL_LEAST, _TOTAL_CELLS * self.course.timeout)

    def files_of(self, submission: Submission) -> dict[str, bytes]:
        """Its files beside the notebooks with the trainer's over them, as nbgrader does."""
        return files.fitting(submission.folder.beside | self._over)

    def begin(self, waiting: Waiting) -> Submission:
        """A submission whose notebooks are read and mended."""
        student, folder, mark = waiting.student, waiting.folder, waiting.mark
        place = self._submitted_folder(student)
        failed = self._hook("pre_convert_hook", student)
        if self.course.hook("pre_convert_hook") is not None:
            folder = files.read(place, self.course.ignored, self.course.largest_file)
            mark = self._mark(folder)
        begun = Submission.begin(
            student, folder, time_of(place), self.papers,
            mark=mark, timeout=self.course.timeout, names=self.names,
        )  # fmt: skip
        begun.notes += failed
        if begun.time is None and self.book.due is not None and not any(note.code == "time" for note in begun.notes):
            begun.notes.append(Question("time", _NO_TIME))
        return begun

    def finish(self, submission: Submission) -> Graded:
        """Write a submission down that went through its rooms."""
        if not submission.takings:
            return self._unfit(submission)
        unfit.forget(self._folders, submission.student, self.name)
        decided = submission.finish(self._limits)
        for taking in submission.takings.values():
            taking.notebook = self.course.cleared(taking.notebook)
        attempts.before(self._folders, submission.student, self.name)
        marks = self.book.record(submission.student, submission.time, self._marked(submission, decided), self.names)
        gone = {(name, each) for name, taking in submission.takings.items() for each in missing(taking.notebook)}
        others = self.papers.keys() - self.names
        remarks = self._remarks(marks, lost_of(self._graded_folder(submission.student), others) | gone)
        self._write(submission, report.graded(submission, marks, remarks))
        submission.notes += self._hook("post_convert_hook", submission.student)
        if attempts.after(self._folders, submission.student, self.name) is not None:
            marks = self.book.marks(submission.student, again=True) or marks
            remarks = self._remarks(marks, self._lost(submission.student)) + self._attempts(marks)
        return report.graded(submission, marks, remarks, self._settled(marks, submission.notes))

    def _unfit(self, submission: Submission) -> Graded:
        """Nothing of it can be graded: why is written down, for whoever asks what waits."""
        why = submission.reason
        if why is not None and self.names == self.papers.keys():
            unfit.keep(self._folders, submission.student, self.name, why.as_data())
        said, nothing = str(why) if why else None, not submission.unread
        return Graded(submission.student, None, None, False, *report.told(submission), said, is_empty=nothing)

    def _settled(self, marks: Marks, notes: Iterable[Note]) -> frozenset[str]:
        """Grade ids of the cells, and of the answers that they look at, of which a person has decided by hand.

        A test that grading asked about waits for a person, so one that waits no more was closed, though formgrader may
        have kept no points for it.
        """
        grades = marks.submission.grades if marks.submission else {}
        asked = {note.cell for note in notes if isinstance(note, Question)}
        decided, open_ = set[str](), set[str]()
        for name, paper in self.papers.items():
            tests = {cell.grade_id for cell in paper.truth.graded if cell.kind == TEST}
            done = {
                cell for (book, cell), grade in grades.items()
                if book == name and (grade.is_by_hand or (cell in asked & tests and not grade.needs_manual_grade))
            }  # fmt: skip
            for cell, deciding in paper.truth.deciding:
                (decided if deciding <= done else open_).add(cell)
        return frozenset(decided - open_)

    def _remarks(self, marks: Marks, gone: Lost) -> tuple[str, ...]:
        """What waits for a person in a submission, and how late it came, as every command says it."""
        return standing(marks.submission, self._titles, self.book.due, gone).remarks if marks.submission else ()

    def _attempts(self, marks: Marks) -> tuple[str, ...]:
        """That an older attempt is the one that counts, where it is."""
        said = attempts.older_counts(self._folders, marks.submission) if marks.submission else None
        return (said,) if said else ()

    def _lost(self, student: str) -> Lost:
        """What the file of the graded submission had lost."""
        return lost_of(self._graded_folder(student), self.papers)

    @cached_property
    def _titles(self) -> Titles:
        keys = [(name, str(cell.grade_id)) for name, paper in self.papers.items() for cell in paper.truth.graded]
        return task_titles(self.course.root, self.name, keys)

    @property
    def _folders(self) -> Folders:
        return Folders(self.course.root, self.course.root)

    @property
    def _limits(self) -> limit.Limits:
        setting = self.course.setting
        ignored = setting("IgnorePattern", "pattern", "") if setting("IgnorePattern", "enabled", False) else ""
        return limit.Limits(
            setting("LimitOutput", "max_lines", 1000), setting("LimitOutput", "max_traceback", 100), ignored
        )

    def _marked(self, submission: Submission, decided: Mapping[str, Decided]) -> dict[str, Marked]:
        place = self._graded_folder(submission.student)
        told = report.asked_before(recorded(place))
        marked = {}
        for name, each in decided.items():
            doubts = {question.cell: told(question) for question in each.questions if question.cell}
            same = unchanged(load(place / f"{name}.ipynb") or {}, submission.takings[name].notebook)
            known = frozenset(cell for cell, was_told in doubts.items() if was_told)
            gone = lost(submission.takings[name].notebook)  # through no decision of anybody's, so it is no zero
            gone |= self._failing(name, each.scores, leaning(submission.takings[name].notebook))
            scores = {**each.scores, **dict.fromkeys(gone & each.scores.keys(), None)}
            untouched = {**each.untouched, **dict.fromkeys(gone & each.untouched.keys(), False)}
            marked[name] = Marked(scores, untouched, frozenset(doubts), same, known)
        for name in submission.unread & self.names:  # handed in, so it is no zero
            marked[name] = Marked({str(cell.grade_id): None for cell in self.papers[name].truth.graded})
        return marked

    def _failing(self, name: str, scores: Mapping[str, float | None], tests: Iterable[str]) -> frozenset[str]:
        """Those of the tests that did not get all their points."""
        known = self.papers[name].truth.by_id
        return frozenset(test for test in tests if (scores.get(test) or 0.0) < float(known[test].points or 0.0))

    def _write(self, submission: Submission, graded: Graded) -> None:
        """Leave notebooks, files and record in the folder of what was graded."""
        place = self._graded_folder(submission.student)
        before = {} if len(self.names) == len(self.papers) else _others(place, self.papers.keys() - self.names)
        graded_before = recorded(place).get("notebooks", {}) if before else {}
        marked_with = {**graded_before, **dict.fromkeys(self.names, submission.mark)}
        record = {"format": FORMAT, "notebooks": marked_with, **report.written(submission, graded)}
        written = output_files(submission, self.files_of(submission) | _timestamp(submission), record)
        files.write(place, before | written, self.course.permissions, shared=self.course.is_shared)

    def _hook(self, name: str, student: str) -> list[Note]:
        """Call what the course has for that, from the course's folder; what went wrong."""
        hook = self.course.hook(name)
        if hook is None:
            return []
        notebooks = [str(self._submitted_folder(student) / f"{each}.ipynb") for each in sorted(self.names)]
        try:
            with contextlib.chdir(self.course.root):
                hook(assignment=self.name, student=student, notebooks=notebooks)
        except Exception as error:
            return [Question("hook", _HOOK, {"hook": name, "error": harmless(error)})]
        return []


def _others(place: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Notebooks that were graded before and are not asked for now."""
    return {file.name: file.read_bytes() for name in names if (file := place / f"{name}.ipynb").is_file()}


def _timestamp(submission: Submission) -> dict[str, bytes]:
    data = submission.folder.files.get("timestamp.txt")
    return {} if data is None else {"timestamp.txt": data}

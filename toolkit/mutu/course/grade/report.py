"""What the engine answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mutu.course.grade.mend import Note, Problem, Question, of_record
from mutu.course.grade.submission import Submission
from mutu.course.nbgrader import Marks
from mutu.locale import _


@dataclass(frozen=True)
class Graded:
    """What came of one submission; `remarks` say what waits for a person and how late it came.

    `score` is None when it could not be graded, for `reason`; `again` is False when nothing had changed since it was
    graded, `is_empty` True when its folder has no notebook.
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
    remarks: tuple[str, ...] = ()

    @property
    def is_fresh(self) -> bool:
        """Whether it has points that this run found."""
        return self.again and self.score is not None

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that is said of it, what matters most first."""
        return (*self.remarks, *([self.reason] if self.reason else []), *self.mended, *self.questions)

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
            "remarks": list(self.remarks),
            "graded": self.is_fresh,
        }


@dataclass(frozen=True)
class Report:
    """An assignment that was graded; `beside` says why a test had to run in the trainee's own process, by its name."""

    assignment: str
    submissions: tuple[Graded, ...]
    seconds: float
    beside: Mapping[str, str] = field(default_factory=dict)
    isolated: bool = True

    def as_json(self) -> dict[str, Any]:
        """For `mutu course grade --json`."""
        return {
            "assignment": self.assignment,
            "submissions": [graded.as_json() for graded in self.submissions],
            "seconds": round(self.seconds, 3),
            "isolated": self.isolated,
            "beside": sorted(self.beside),
            "beside_because": dict(self.beside),
        }


class Progress:
    """Hears how a run goes on; this one keeps silent."""

    def at_work(self, students: tuple[str, ...]) -> None:
        """Whose submissions are in rooms now, the one that has been there longest first."""

    def done(self, graded: Graded, count: int, total: int) -> None:
        """A submission is done: how many are, and how many there are."""


SILENT = Progress()


def graded(
    submission: Submission, marks: Marks, remarks: tuple[str, ...] = (), settled: Collection[str] = ()
) -> Graded:  # fmt: skip
    """A submission that was written down; of the cells `settled` a person has decided, so nothing is asked again."""
    reason = str(submission.reason) if submission.reason else None
    return Graded(
        submission.student, marks.score, marks.max_score, marks.needs_manual, *told(submission, settled), reason,
        remarks=remarks,
    )  # fmt: skip


def told(submission: Submission, settled: Collection[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was mended, and what a person should look at."""
    return _told(submission.notes, settled)


def _told(notes: Iterable[Note], settled: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    listed = list(notes)
    asked = (note for note in listed if isinstance(note, Question))
    questions = tuple(_asked(note) for note in asked if not note.about or not note.about.issubset(settled))
    return tuple(str(note) for note in listed if not isinstance(note, Question)), questions


def _asked(note: Question) -> str:
    """A question, with how it is closed where points close it."""
    if not note.about:
        return str(note)
    closed = _("Points that you type in formgrader, the same ones too, close this question.")
    return f"{note} {closed}"


def written(submission: Submission, told_now: Graded) -> dict[str, Any]:
    """What is kept of a submission: as it is told now, and `notes`, which can be told in any language."""
    notes = [submission.reason, *submission.notes]
    return told_now.as_json() | {"notes": [note.as_data() for note in notes if note is not None]}


def asked_before(record: Mapping[str, Any]) -> Callable[[Question], bool]:
    """Whether a person was asked the same of an earlier grading, in whatever language."""
    notes = of_record(record)
    if notes is None:
        sentences = set(record.get("questions") or ())
        return lambda question: str(question) in sentences
    kept = {str(note) for note in notes if isinstance(note, Question)}
    return lambda question: str(question) in kept


def kept(
    student: str, record: Mapping[str, Any], marks: Marks, remarks: tuple[str, ...] = (), settled: Collection[str] = ()
) -> Graded:  # fmt: skip
    """A submission that nothing changed in: its points as the gradebook now has them, what was said of it then."""
    notes = of_record(record)
    if notes is None:
        mended, questions = (tuple(record.get(name) or ()) for name in ("mended", "questions"))
        reason = record.get("reason")
    else:
        mended, questions = _told((note for note in notes if not isinstance(note, Problem)), settled)
        reason = next((str(note) for note in notes if isinstance(note, Problem)), None)
    return Graded(
        student, marks.score, marks.max_score, marks.needs_manual, mended, questions, reason,
        again=False, remarks=remarks,
    )  # fmt: skip

"""One submission: what was handed in, its notebooks on their way, and what is kept of it in the end."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutu.course import harmless
from mutu.course.grade import files, limit
from mutu.course.grade.absent import absent
from mutu.course.grade.decide import Decided, decide
from mutu.course.grade.mend import Note, Problem, Question, match, mend, removed
from mutu.course.grade.paper import Paper, dump
from mutu.course.grade.taking import Taking
from mutu.errors import N_

RECORD = ".mutu-grade.json"
FORMAT = 1

_LANGUAGE = {
    "name": "python",
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}
_ENDS = {
    "time": N_("The cell {cell} did not stop when its time was up; it was left out, and the others were graded."),
    "gone": N_("The cell {cell} ended the process it ran in; it was left out, and the others were graded."),
    "memory": N_(
        "The cell {cell} used more memory than a submission may; it was left out, and the others were graded."
    ),
    "total": N_("The submission used more time than it may, up to {cell}; what had run by then was graded."),
}
_SLOW = N_(
    "Time was up ({seconds} seconds for each cell) in cell {cells}, perhaps for a loop without end. "
    "The rest was graded."
)
_UNTOUCHED = N_("Nothing is filled in. If that surprises you, ask whether another file was meant.")
_TIME = N_("The time in timestamp.txt cannot be read, so the submission counts as handed in on time; please check it.")


@dataclass
class Submission:
    """A submission that is being graded.

    Attributes
    ----------
    student : id
    folder : what was found in its folder
    time : when it was handed in, UTC without a zone
    mark : changes when it does, or the assignment
    takings : notebook -> its way
    notes : what was mended or left out, what a person should look at
    reason : why it cannot be graded at all, or what stopped it
    unread : notebooks that were handed in and cannot be read
    """

    student: str
    folder: files.Folder
    time: dt.datetime | None = None
    mark: str = ""
    takings: dict[str, Taking] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    reason: Note | None = None
    unread: frozenset[str] = frozenset()

    @classmethod
    def begin(
        cls, student: str, folder: files.Folder, time: dt.datetime | None, papers: Mapping[str, Paper],
        *, mark: str, timeout: float, names: Collection[str],
    ) -> Submission:  # fmt: skip
        """Read its notebooks `names` and put them right."""
        found = match(folder.files, {name: paper.truth for name, paper in papers.items()})
        made = cls(student, folder, time, mark, notes=[*folder.notes, *found.mended, *found.questions])
        made.reason = next((reason for name, reason in found.reasons.items() if name in names), None)
        made.unread = frozenset(name for name, reason in found.reasons.items() if reason.code != "not-there")
        if time is None and folder.files.get("timestamp.txt", b"").strip():
            made.notes.append(Question("time", _TIME))
        for name, chosen in found.chosen.items():
            if name in names and chosen.read.notebook is not None:
                sound = mend(chosen.read.notebook, papers[name].truth, is_regular=True)
                made.notes += [*chosen.read.mended, *sound.mended, *sound.questions]
                made.takings[name] = Taking(papers[name], sound.notebook, timeout)
        return made

    @property
    def is_done(self) -> bool:
        """Whether all its notebooks are."""
        return all(taking.is_done for taking in self.takings.values())

    def waiting(self) -> Iterator[Taking]:
        """Notebooks that need a room."""
        return (taking for taking in self.takings.values() if not taking.is_done)

    def finish(self, limits: limit.Limits) -> dict[str, Decided]:
        """Decide, and leave in each notebook what it showed."""
        decided = {}
        for name, taking in self.takings.items():
            decided[name] = decide(taking)
            self.notes += decided[name].questions
            self.notes += absent(taking)
            self._tell_stopped(taking)
            shown = harmless.outputs(_executed(taking, limits))
            self.notes += [removed(change.template, change.fields) for change in shown.changed]
            taking.notebook = shown.notebook
        if decided and all(each.untouched and all(each.untouched.values()) for each in decided.values()):
            self.notes.append(Question("untouched", _UNTOUCHED))
        return decided

    def _tell_stopped(self, taking: Taking) -> None:
        for at, why in sorted(taking.stopped.items()):
            self.reason = self.reason or Problem(why, _ENDS[why], {"cell": _named(taking, at)}, position=at + 1)
        if taking.slow:
            fields = {"cells": ", ".join(_named(taking, at) for at in taking.slow), "seconds": f"{taking.timeout:g}"}
            self.reason = self.reason or Problem("slow", _SLOW, fields, position=taking.slow[0] + 1)


def _named(taking: Taking, at: int) -> str:
    role = taking.notebook["cells"][at]["metadata"].get("nbgrader") or {}
    return f"«{role['grade_id']}»" if role.get("grade_id") else str(at + 1)


def _executed(taking: Taking, limits: limit.Limits) -> dict[str, Any]:
    cells = []
    for at, cell in enumerate(taking.notebook["cells"]):
        if cell["cell_type"] == "code" and at in taking.code:
            told = taking.shown(at)
            cell = {**cell, "outputs": limit.cut(told.outputs, limits), "execution_count": told.count}
        cells.append(cell)
    metadata = {**taking.notebook["metadata"], "language_info": {**_LANGUAGE, "version": _version()}}
    return {**taking.notebook, "cells": cells, "metadata": metadata}


def _version() -> str:
    import platform

    return platform.python_version()


def output_files(submission: Submission, beside: Mapping[str, bytes], record: Mapping[str, Any]) -> dict[str, bytes]:
    """What is left in the folder of graded submissions: notebooks with outputs, files beside them, what was found."""
    written = dict(beside)
    for name, taking in submission.takings.items():
        written[f"{name}.ipynb"] = dump(taking.notebook).encode("utf-8", "replace")
    written[RECORD] = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
    return written


def fingerprint(folder: files.Folder, asked: Iterable[str]) -> str:
    """Changes when the submission, the assignment (`asked`) or the way of grading does."""
    parts = (str(FORMAT), folder.digest(), *asked)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def asked(papers: Iterable[Paper], source: files.Folder) -> tuple[str, ...]:
    """What an assignment is, for fingerprints: its files and its cells."""
    return source.digest(), *(json.dumps([cell.source for cell in paper.truth.cells]) for paper in papers)


def recorded(folder: Path) -> dict[str, Any]:
    """What was kept of an earlier grading; empty where there is none."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("format") == FORMAT else {}

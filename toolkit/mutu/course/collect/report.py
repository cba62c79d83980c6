"""What became of everything that was collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutu.course.collect.assignments import Task
from mutu.course.collect.byhand import Open
from mutu.course.collect.found import Moment, Trouble


@dataclass(frozen=True)
class Placed:
    """A notebook with its place.

    origin : where it was found
    when : when it was handed in, and what says so
    name : the person's name, as far as it is known
    evidence : what speaks for the person, one of `who.KINDS`
    reason : why what was there stayed; empty when it was placed
    replaced : where the submission lies that it replaced
    """

    student: str
    task: Task
    origin: str
    when: Moment
    evidence: str
    name: str = ""
    reason: str = ""
    replaced: Path | None = None


@dataclass
class Report:
    """What became of everything that was found.

    placed, kept : notebooks that were placed, and those beside which the one that was there stays
    open : notebooks for the trainer to decide about
    troubles : what could not be read
    notes : what is to be known of all of it
    list_file : the Excel file to fill in, when there is something open and somebody to choose
    class_file, named : a class list to begin with where there is none, or those who are not in it yet, and how many
        persons are named in it
    """

    placed: list[Placed] = field(default_factory=list)
    kept: list[Placed] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    list_file: Path | None = None
    class_file: Path | None = None
    named: int = 0

    def as_json(self) -> dict[str, Any]:
        """For `mutu course collect --json`."""
        return {
            "placed": [_line(each) | {"replaced": _path(each.replaced)} for each in self.placed],
            "kept": [_line(each) | {"reason": each.reason} for each in self.kept],
            "not_placed": [
                {
                    "from": each.origin,
                    "reason": each.reason,
                    "candidates": list(each.candidates),
                    "assignment": each.task.assignment if each.task else None,
                }
                for each in self.open
            ]
            + [{"from": trouble.origin.shown, "reason": trouble.reason, "candidates": list(trouble.persons),
                "assignment": None} for trouble in self.troubles],
            "notes": self.notes,
            "list": _path(self.list_file),
            "class_list": _path(self.class_file),
        }  # fmt: skip


def _line(each: Placed) -> dict[str, Any]:
    return {
        "student": each.student,
        "assignment": each.task.assignment,
        "notebook": each.task.notebook,
        "from": each.origin,
        "when": each.when.at.isoformat(timespec="seconds"),
        "clock": each.when.clock,
        "evidence": each.evidence,
    }


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path)

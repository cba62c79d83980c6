"""One notebook of one submission on its way: which room comes next, what the rooms said, what follows from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mutu.course.grade.mend import Note
from mutu.course.grade.names import Text
from mutu.course.grade.paper import Paper
from mutu.course.grade.plan import Test, Way
from mutu.course.grade.rooms import Room, Told
from mutu.errors import N_

EXAM, SHOW = "exam", "show"
MOST_ROOMS = 6
_MOST_DEATHS = 6  # rooms more, for processes that ended of which nobody knows why
_SHOWN = 200  # letters of an error in a sentence
_LONG = 20_000  # letters of a cell that is not read for its names

_STOPPED = {
    "time": ("CellTimeoutError", "No reply from kernel before timeout"),
    "gone": ("DeadKernelError", "Kernel died"),
    "memory": ("MemoryError", "The submission used more memory than it may"),
    "total": ("CellTimeoutError", "The submission used more time than it may"),
}

_OWN_FAILS = N_("«{cell}»: your own solution does not pass this test ({error}). Correct the test or the solution.")
_RUNS_TEXT = N_("«{cell}»: it can run text as a program.")
_OUTSIDE_FAILS = N_("«{cell}»: your own solution does not pass it when it is examined from outside ({error}).")
_OTHER_RESULT = N_("«{cell}»: it gives back something else when it is examined from outside.")


@dataclass
class Taking:
    """A notebook that is being graded.

    Parameters
    ----------
    paper : the assignment's notebook
    notebook : the submission's, mended
    timeout : seconds that one cell may take
    every_way : try all ways to look at a test, and show too (calibration)
    """

    paper: Paper
    notebook: Mapping[str, Any]
    timeout: float
    every_way: bool = False
    told: dict[str, dict[int, Told]] = field(default_factory=dict, init=False)
    stopped: dict[int, str] = field(default_factory=dict, init=False)
    rooms: int = field(default=0, init=False)
    _now: str | None = field(init=False)
    _deaths: set[tuple[str, int]] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        cells = self.notebook["cells"]
        self.code = [at for at, cell in enumerate(cells) if cell["cell_type"] == "code"]
        self.tests = {at: name for at in self.code if (name := self._test(cells[at])) is not None}
        examined = set(self.tests.values()) - set(self.paper.beside)
        self._now = EXAM if examined or self._is_hidden or self.every_way else SHOW

    def _test(self, cell: Mapping[str, Any]) -> str | None:
        name = (cell["metadata"].get("nbgrader") or {}).get("grade_id")
        return name if name in self.paper.tests and self.paper.graded_code(name) else None

    @property
    def _is_hidden(self) -> bool:
        """Whether trainees know only a part of a test that has to run beside their code."""
        known = (self.paper.truth.by_id[name] for name in self.tests.values() if name in self.paper.beside)
        return any(cell.source != cell.released for cell in known)

    @property
    def sources(self) -> list[str]:
        """The texts of its cells of code."""
        return [self.notebook["cells"][at]["source"] for at in self.code]

    @property
    def is_done(self) -> bool:
        """Whether no further room is needed."""
        return self._now is None

    def job(self) -> dict[str, Any]:
        """What the next room has to do."""
        self.rooms += 1
        cells = [self._cell(at) for at in self.code if at not in self.stopped]
        return {"mode": self._now, "timeout": self.timeout, "given": self.paper.given, "cells": cells}

    def _cell(self, at: int) -> dict[str, Any]:
        source = self.notebook["cells"][at]["source"]
        name = self.tests.get(at)
        if self._was_slow(at):
            return {"index": at, "source": source, "counts": True}
        if name is None:
            return {"index": at, "source": source}
        beside = name in self.paper.beside
        if self._now == EXAM and beside:  # its hidden part stays out of a process that is still to be examined
            return {"index": at, "source": self.paper.truth.by_id[name].released}
        test = self.paper.tests[name]
        ways = test.ways if self.every_way else [self.paper.ways[name]] if not beside else []
        return {"index": at, "source": source, "test": {
            "beside": beside, "known": self.paper.truth.by_id[name].released, "ways": [way.as_job() for way in ways],
            "needed": self._is_needed(at, test), "kept": test.kept, "again": test.again, "steps": test.steps,
            "changes": self.every_way or name in self.paper.changes,
            "compares": self.every_way or name in self.paper.compares,
        }}  # fmt: skip

    def _was_slow(self, at: int) -> bool:
        """Whether its time ran out in the examination, which shows what there is to show."""
        told = self.told.get(EXAM, {}).get(at)
        name = self.tests.get(at)
        if self._now == EXAM or told is None or name is None or not told.slow or name in self.paper.beside:
            return False
        return not self._is_needed(at, self.paper.tests[name])

    @property
    def slow(self) -> list[int]:
        """The cells that were stopped because their time was up, and no more."""
        told = (told for room in self.told.values() for told in room.items())
        return sorted({at for at, each in told if each.slow} - set(self.stopped))

    def _is_needed(self, at: int, test: Test) -> bool:
        """Whether a later cell, of the trainer or of this trainee, reads a name that the test makes."""
        if test.is_needed or not test.makes:
            return test.is_needed
        word = re.compile(rf"\b({'|'.join(map(re.escape, test.makes))})\b")
        later = (self.notebook["cells"][each]["source"] for each in self.code if each > at and each not in self.tests)
        return any(word.search(each) and (len(each) > _LONG or test.makes & Text(each).needs) for each in later)

    def take(self, room: Room, why: str | None = None) -> None:
        """The room is over; `why` says what ended it from outside ("memory", "total"), None when it ended itself."""
        now = str(self._now)
        self.told[now] = {**self.told.get(now, {}), **room.told}
        if room.ended:
            self._go_on()
            return
        at = room.lost[0] if room.lost else self._reached(room)
        reason = why or (room.lost[1] if room.lost else "gone")
        if reason == "gone" and self._may_be_chance(now, at):
            return
        self.stopped[at] = reason
        if not self._has_rooms or why == "total":
            for each in self.code:
                if each not in self.told[now]:
                    self.stopped.setdefault(each, self.stopped[at])
            self._go_on()

    @property
    def _has_rooms(self) -> bool:
        return self.rooms - len(self._deaths) < MOST_ROOMS

    def _may_be_chance(self, now: str, at: int) -> bool:
        """Whether the cell gets another room: the system, when memory is short, ends processes that did nothing."""
        if (now, at) in self._deaths or len(self._deaths) >= _MOST_DEATHS:
            return False
        self._deaths.add((now, at))
        return True

    def _reached(self, room: Room) -> int:
        """The first cell of which the room said nothing; the last one where it had all but ended."""
        waits = (at for at in self.code if at not in room.told and at not in self.stopped and not self._was_slow(at))
        return next(waits, self.code[-1])

    def _go_on(self) -> None:
        needed = self._now == EXAM and (self.every_way or self._is_show_needed())
        self._now = SHOW if needed and self._has_rooms and "total" not in self.stopped.values() else None

    def _is_show_needed(self) -> bool:
        """Whether what the notebook shows has to be made in a room of its own, as nbgrader would have it."""
        told = self.told[EXAM]
        for at, name in self.tests.items():
            if name in self.paper.beside or name not in self.paper.plain or at not in told or not told[at].plain:
                return True
        return False

    def verdict(self, at: int) -> Told:
        """What was found of the test in that cell."""
        name = self.tests[at]
        told = self.told.get(SHOW if name in self.paper.beside else EXAM, {}).get(at)
        return told if told is not None else self.ended(at)

    def shown(self, at: int) -> Told:
        """What the cell showed when it ran; a trainee's own cell, where no hidden test was that it could show."""
        for now in (SHOW, EXAM) if at in self.tests else (EXAM, SHOW):
            if at in self.told.get(now, {}) and at not in self.stopped:
                return self.told[now][at]
        return self.ended(at)

    def ended(self, at: int) -> Told:
        """What there is to say of a cell that no room told of."""
        name, text = _STOPPED[self.stopped.get(at, "gone")]
        output = {
            "output_type": "error",
            "ename": name,
            "evalue": text,
            "traceback": [f"\x1b[0;31m{name}\x1b[0m: {text}"],
        }
        return Told([output], None, ok=False, raised=name, why=text)


def calibrated(taking: Taking) -> Paper:
    """The paper with what the trainer's own notebook taught: which tests pass when they are examined, and how."""
    ways: dict[str, Way] = {}
    beside: dict[str, Note] = {}
    plain, scored = set(), set()
    for at, name in taking.tests.items():
        examined, shown = (taking.told.get(room, {}).get(at) or taking.ended(at) for room in (EXAM, SHOW))
        points = number(shown.result) if shown.ok else None
        if points is not None and 0 <= points <= (taking.paper.truth.by_id[name].points or 0.0):
            scored.add(name)
        why = _why_beside(name, examined, shown, runs_text=taking.paper.tests[name].runs_text)
        if why is not None:
            beside[name] = why
            continue
        ways[name] = taking.paper.tests[name].ways[examined.way]
        if examined.outputs == shown.outputs:
            plain.add(name)
    told = taking.told.get(EXAM, {})
    return taking.paper.taught(
        ways,
        beside,
        plain=frozenset(plain),
        scored=frozenset(scored),
        changes=frozenset(name for at, name in taking.tests.items() if at in told and told[at].changes),
        compares=frozenset(name for at, name in taking.tests.items() if at in told and told[at].compares),
    )


def _why_beside(name: str, examined: Told, shown: Told, *, runs_text: bool) -> Note | None:
    """Why a test cannot be examined from outside; None where it can."""
    if not shown.ok:
        return Note("own", _OWN_FAILS, {"cell": name, "error": _error(shown)}, cell=name)
    if runs_text:
        return Note("runs-text", _RUNS_TEXT, {"cell": name}, cell=name)
    if not examined.ok:
        return Note("outside", _OUTSIDE_FAILS, {"cell": name, "error": _error(examined)}, cell=name)
    if examined.result != shown.result:
        return Note("result", _OTHER_RESULT, {"cell": name}, cell=name)
    return None


def _error(told: Told) -> str:
    """What was raised: as it was told, else as the cell shows it."""
    shown = [(each["ename"], each["evalue"]) for each in told.outputs if each["output_type"] == "error"]
    name, why = (told.raised, told.why) if told.raised or not shown else shown[-1]
    return " ".join(f"{name}: {why}".split())[:_SHOWN]


def number(text: str | None) -> float | None:
    """What a test gave back, where it is a number: also one that is infinite, or «nan»."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return None

"""The rooms that are open at once, and the submissions on their way through them."""

from __future__ import annotations

import selectors
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from mutu.course.grade.assignment import Assignment, Waiting
from mutu.course.grade.report import Graded
from mutu.course.grade.rooms import House, Room
from mutu.course.grade.submission import Submission
from mutu.course.grade.taking import Taking

_READ_AHEAD = 20
SOON = 0.02  # seconds between looks at whether a room is at hand
WATCH = 0.2  # seconds between looks at memory and clock


@dataclass(eq=False)
class _Running:
    """A room and whose it is."""

    room: Room
    submission: Submission
    taking: Taking
    why: str | None = None


@dataclass(frozen=True, eq=False)
class _Queued:
    """A notebook that waits for a room, and whether for one that has more."""

    submission: Submission
    taking: Taking
    has_more: bool


class Floor:
    """The rooms that are open at once.

    Parameters
    ----------
    assignment : whose submissions they are
    house : opens rooms
    report : gets what came of each submission
    apart : what is done for one submission of that id; its failure is not the others'
    at_work : hears whose rooms are at work whenever that changes
    """

    def __init__(
        self, assignment: Assignment, house: House, *, report: Callable[[Graded], None],
        apart: Callable[[str], AbstractContextManager[None]], at_work: Callable[[tuple[str, ...]], None],
    ) -> None:  # fmt: skip
        self._assignment, self._house, self._report, self._apart = assignment, house, report, apart
        self._at_work = at_work
        self._working: list[_Running] = []
        self._selector = selectors.DefaultSelector()
        self._queue: list[_Queued] = []
        self._over: deque[Submission] = deque()
        self._ahead: list[_Running] = []
        self._exhausted = False
        self._looked = 0.0

    def run(self, waiting: Iterator[Waiting]) -> None:
        """Take submissions through until none is left: rooms first, reading and writing down while they are at work."""
        self._waiting = waiting
        while self._fill() or self._over or self._queue:
            heard = self._selector.select(self._patience)
            for key, _events in heard:
                running: _Running = key.data
                if running.room.read():
                    self._close(running)
            if not heard or len(self._over) > self._most:
                self._work()
            self._watch()
        self._selector.close()

    @property
    def _most(self) -> int:
        return self._assignment.options.jobs

    @property
    def _patience(self) -> float:
        """Seconds to wait for rooms before anything else is done."""
        if self._over or (self._is_short and self._at_hand() is not None):
            return 0
        return SOON if self._queue else WATCH

    @property
    def _is_short(self) -> bool:
        """Whether a room should be opened ahead of its turn."""
        return self._house.is_quick and not self._ahead and not (self._exhausted and not self._queue)

    def _work(self) -> None:
        """What is done while rooms are at work: the next one is made ready, one that is over is written down."""
        if self._over and (not self._is_short or len(self._over) > self._most):
            self._finish(self._over.popleft())
        elif self._is_short:
            self._make_ready()

    def _fill(self) -> bool:
        """Have rooms begin while there is place; whether any is at work."""
        while len(self._working) < self._most and (self._ahead or self._make_ready()):
            running = self._ahead.pop(0)
            running.room.go()
            self._working.append(running)
            self._tell()
        return bool(self._working)

    def _tell(self) -> None:
        self._at_work(tuple(dict.fromkeys(running.submission.student for running in self._working)))

    def _make_ready(self) -> bool:
        """Open a room ahead of its turn; whether there was a submission whose room is at hand."""
        while (found := self._at_hand()) is not None:
            self._queue.remove(found)
            with self._apart(found.submission.student):
                self._ahead.append(self._opened(found))
                return True
        return False

    def _at_hand(self) -> _Queued | None:
        """The first whose room is at hand; further ones are read while there are few to choose from."""
        while True:
            for found in self._queue:
                if self._house.is_at_hand(has_more=found.has_more):
                    return found
            if len(self._queue) >= _READ_AHEAD or not self._next():
                return None

    def _next(self) -> bool:
        """Read a further submission; whether there was one."""
        found = next(self._waiting, None)
        if found is None:
            self._exhausted = True
            return False
        with self._apart(found.student):
            self._go_on(self._assignment.begin(found))
        return True

    def _go_on(self, submission: Submission) -> None:
        taking = next(submission.waiting(), None)
        if taking is None:
            self._over.append(submission)
        else:
            self._queue.append(_Queued(submission, taking, self._house.has_more(taking.sources)))

    def _finish(self, submission: Submission) -> None:
        with self._apart(submission.student):
            self._report(self._assignment.finish(submission))

    def _opened(self, queued: _Queued) -> _Running:
        submission, taking = queued.submission, queued.taking
        room = self._house.open(
            taking.job(), self._assignment.files_of(submission), self._assignment.extra, self._assignment.seconds
        )
        running = _Running(room, submission, taking)
        self._selector.register(room.channel, selectors.EVENT_READ, running)
        return running

    def _close(self, running: _Running) -> None:
        self._selector.unregister(running.room.channel)
        running.room.close()
        if running in self._ahead:
            self._ahead.remove(running)
        else:
            self._working.remove(running)
            self._tell()
        with self._apart(running.submission.student):
            running.taking.take(running.room, running.why)
            self._go_on(running.submission)

    def _watch(self) -> None:
        """End rooms that use more time or memory than they may."""
        now = time.monotonic()
        if now < self._looked + WATCH:
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

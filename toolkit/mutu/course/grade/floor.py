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

WATCH = 0.2  # seconds between looks at memory and clock


@dataclass
class _Running:
    """A room and whose it is."""

    room: Room
    submission: Submission
    taking: Taking
    why: str | None = None


class Floor:
    """The rooms that are open at once.

    Parameters
    ----------
    assignment : whose submissions they are
    house : opens rooms
    report : gets what came of each submission
    apart : what is done for one submission of that id; its failure is not the others'
    """

    def __init__(
        self, assignment: Assignment, house: House, *, report: Callable[[Graded], None],
        apart: Callable[[str], AbstractContextManager[None]],
    ) -> None:  # fmt: skip
        self._assignment, self._house, self._report, self._apart = assignment, house, report, apart
        self._selector = selectors.DefaultSelector()
        self._queue: deque[tuple[Submission, Taking]] = deque()
        self._over: deque[Submission] = deque()
        self._exhausted = False
        self._open = 0
        self._looked = 0.0

    def run(self, waiting: Iterator[Waiting]) -> None:
        """Take submissions through until none is left: rooms first, the writing down while they are at work."""
        self._waiting = waiting
        while self._fill() or self._open or self._over:
            heard = self._selector.select(0 if self._over or self._is_short else WATCH)
            for key, _events in heard:
                running: _Running = key.data
                if running.room.read():
                    self._close(running)
            if self._over and (not heard or len(self._over) > self._most):
                self._finish(self._over.popleft())
            elif not heard and self._is_short:
                self._next()
            self._watch()
        self._selector.close()

    @property
    def _most(self) -> int:
        return self._assignment.options.jobs

    @property
    def _is_short(self) -> bool:
        """Whether a further submission should be read ahead."""
        return not self._exhausted and len(self._queue) < self._most

    def _fill(self) -> bool:
        """Open rooms while there is place; whether something is still to be taken through."""
        while self._open < self._most and (self._queue or self._next()):
            if self._queue:
                submission, taking = self._queue.popleft()
                with self._apart(submission.student):
                    self._open_room(submission, taking)
        return bool(self._queue) or not self._exhausted

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
            self._queue.append((submission, taking))

    def _finish(self, submission: Submission) -> None:
        with self._apart(submission.student):
            self._report(self._assignment.finish(submission))

    def _open_room(self, submission: Submission, taking: Taking) -> None:
        room = self._house.open(
            taking.job(), self._assignment.files_of(submission), self._assignment.extra, self._assignment.seconds
        )
        self._selector.register(room.channel, selectors.EVENT_READ, _Running(room, submission, taking))
        self._open += 1

    def _close(self, running: _Running) -> None:
        self._selector.unregister(running.room.channel)
        running.room.close()
        self._open -= 1
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

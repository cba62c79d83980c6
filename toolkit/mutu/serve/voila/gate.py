"""Who may have a kernel, how many there are, and how long one may stay. No network in here."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any
from uuid import uuid4

Clock = Callable[[], float]


@dataclass(frozen=True)
class Limits:
    """How much this process gives away; seconds, counts, and pages a minute for one address."""

    kernels: int = 20
    after_close: float = 60
    after_idle: float = 15 * 60
    pages_a_minute: int = 60
    longest: float = 24 * 3600
    busy: float = 5 * 60
    connections: int = 4


@dataclass
class Seat:
    """A kernel's place: whose it is, when its page last spoke, since when nobody listens (None: one does, or its
    page is still being made), since when a request has had no reply, and how much its page may send."""

    visitor: str
    spoke: float
    alone_since: float | None = None
    connections: int = 0
    began: float = 0
    asked: float | None = None
    messages: Rate = field(default_factory=lambda: Rate(a_second=50, burst=400))
    volume: Rate = field(default_factory=lambda: Rate(a_second=2 * 2**20, burst=32 * 2**20))


@dataclass
class Seats:
    """The kernels in use; a place is taken before its kernel starts, so a burst cannot pass the limit."""

    limits: Limits
    clock: Clock = time.monotonic
    taken: dict[str, Seat] = field(default_factory=dict)

    def take(self, visitor: str) -> str | None:
        """A new kernel's id for this visitor, or None when every place is taken."""
        if len(self.taken) >= self.limits.kernels:
            return None
        kernel_id, now = str(uuid4()), self.clock()
        self.taken[kernel_id] = Seat(visitor, spoke=now, began=now)
        return kernel_id

    def shown(self, kernel_id: str) -> None:
        """The page was sent whole; from now on it may connect."""
        seat = self.taken.get(kernel_id)
        if seat is not None and not seat.connections:
            seat.alone_since = seat.spoke = self.clock()

    def leave(self, kernel_id: str) -> None:
        """Give a place back."""
        self.taken.pop(kernel_id, None)

    def belongs(self, kernel_id: str, visitor: str | None) -> bool:
        """Whether this visitor opened this kernel."""
        seat = self.taken.get(kernel_id)
        return seat is not None and visitor is not None and compare_digest(seat.visitor.encode(), visitor.encode())

    def connected(self, kernel_id: str) -> None:
        """A page listens to its kernel."""
        if seat := self.taken.get(kernel_id):
            seat.connections += 1
            seat.alone_since, seat.spoke = None, self.clock()

    def heard(self, kernel_id: str) -> None:
        """The kernel can hear its page by now: starting on a busy machine is not a visitor's silence."""
        if seat := self.taken.get(kernel_id):
            seat.spoke = self.clock()

    def disconnected(self, kernel_id: str) -> None:
        """A page no longer listens."""
        if seat := self.taken.get(kernel_id):
            seat.connections = max(0, seat.connections - 1)
            if not seat.connections:
                seat.alone_since = self.clock()

    def may_connect(self, kernel_id: str) -> bool:
        """Whether one more connection is within what a page needs; each costs this process nine open files."""
        seat = self.taken.get(kernel_id)
        return seat is not None and seat.connections < self.limits.connections

    def may_send(self, kernel_id: str, size: int) -> bool:
        """Whether one more message is within the rate; connecting anew gains nothing."""
        seat = self.taken.get(kernel_id)
        return seat is not None and seat.messages.allows("page") and seat.volume.allows("page", size)

    def spoke(self, kernel_id: str) -> None:
        """A page asked its kernel something."""
        if seat := self.taken.get(kernel_id):
            seat.spoke = self.clock()
            seat.asked = seat.spoke if seat.asked is None else seat.asked

    def answered(self, kernel_id: str) -> None:
        """A kernel replied."""
        if seat := self.taken.get(kernel_id):
            seat.asked = None

    def overdue(self) -> list[str]:
        """Kernels whose page is gone, whose visitor is silent, that do not answer, or that are there, for too long."""
        now = self.clock()
        return [kernel_id for kernel_id, seat in self.taken.items() if self._is_overdue(seat, now)]

    def _is_overdue(self, seat: Seat, now: float) -> bool:
        if seat.alone_since is None and not seat.connections:  # its page is still being made
            return now - seat.began >= self.limits.busy
        alone = seat.alone_since is not None and now - seat.alone_since >= self.limits.after_close
        stuck = seat.asked is not None and now - seat.asked >= self.limits.busy
        old = now - seat.began >= self.limits.longest
        return alone or stuck or old or now - seat.spoke >= self.limits.after_idle


@dataclass
class Backlog:
    """Bytes of replies that wait to be read, a reader and all together; a report of 100 000 answers has 7 MB."""

    for_one: int = 32 * 2**20
    for_all: int = 256 * 2**20
    waiting: dict[Any, int] = field(default_factory=dict)

    def too_slow(self, reader: Any, size: int) -> Any | None:
        """Who has to go before so much more waits for this reader: itself, the slowest of all, or nobody (None)."""
        if self.waiting.get(reader, 0) + size > self.for_one:
            return reader
        if sum(self.waiting.values()) + size > self.for_all:
            return max(self.waiting, key=self.waiting.__getitem__)
        return None

    def add(self, reader: Any, size: int) -> None:
        """So much more waits for a reader."""
        self.waiting[reader] = self.waiting.get(reader, 0) + size

    def read(self, reader: Any, size: int) -> None:
        """A reader took so much, or left."""
        self.waiting[reader] -= size
        if not self.waiting[reader]:
            del self.waiting[reader]


@dataclass
class Rate:
    """At most `burst` at once and `a_second` on average for every key; keys that rest are forgotten."""

    a_second: float
    burst: float
    clock: Clock = time.monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def allows(self, key: str, cost: float = 1) -> bool:
        """Whether one more (of this cost) is within the rate; counts it when it is."""
        now = self.clock()
        left, since = self._left.get(key, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.a_second)
        if left < cost:
            return False
        if len(self._left) > 10_000:
            self._left.clear()
        self._left[key] = (left - cost, now)
        return True


def new_visitor() -> str:
    """A secret that names a browser; it only ever lives in its cookie."""
    return secrets.token_urlsafe(32)

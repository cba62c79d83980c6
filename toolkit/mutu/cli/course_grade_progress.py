"""How far `mutu course grade` is: a bar on a screen, with whose submissions are at work now and since when."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mutu.course.grade.report import Graded, Progress
from mutu.locale import _, integer, use
from mutu.locale import current as language

if TYPE_CHECKING:
    from rich.console import RenderableType

_LONG = 5.0  # seconds after which it is said how long a submission has been at work


class Watching(Progress):
    """Remembers how far a run is.

    Parameters
    ----------
    called : id -> what to call that participant
    """

    def __init__(self, called: Callable[[str], str]) -> None:
        self._called, self._language = called, language()
        self._since: dict[str, float] = {}
        self._now: tuple[str, ...] | None = None
        self.count = self.total = 0
        self.drawn: Callable[[int, int], None] = lambda _count, _total: None

    def at_work(self, students: tuple[str, ...]) -> None:
        """Remember them, and since when."""
        for student in students:
            self._since.setdefault(student, time.monotonic())
        self._now = students

    def done(self, graded: Graded, count: int, total: int) -> None:
        """Remember how many."""
        self._since.pop(graded.student, None)
        self.count, self.total = count, total
        self.drawn(count, total)

    @property
    def is_slow(self) -> bool:
        """Whether a submission takes so long that the others do not tell how much time is left."""
        return any(self._seconds(student) >= _LONG for student in self._now or ())

    def _seconds(self, student: str) -> float:
        return time.monotonic() - self._since.get(student, time.monotonic())

    def sentence(self) -> str:
        """Who is being graded; the thread that draws the bar asks, which has no language of its own."""
        with use(self._language):
            if self._now is None:
                return _("The trainer's own solution runs first …")
            shown = " · ".join(map(self._one, self._now))
            return _("Being graded: {names}").format(names=shown) if shown else ""

    def _one(self, student: str) -> str:
        seconds = self._seconds(student)
        name = self._called(student)
        if seconds < _LONG:
            return name
        return _("{name}, for {seconds} s now").format(name=name, seconds=integer(int(seconds)))


@contextmanager
def shown(assignment: str, watching: Watching, *, quiet: bool) -> Iterator[None]:
    """Draw a bar with the time left, and the sentence below it; on a screen only."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars
    from rich.text import Text

    class Bar(Bars):
        """With the sentence, which grows older by itself."""

        def get_renderables(self) -> Iterator[RenderableType]:
            yield self.make_tasks_table(self.tasks)
            yield Text(watching.sentence(), no_wrap=True, overflow="ellipsis")

    class Left(TimeRemainingColumn):
        """Says nothing where nobody can know."""

        def render(self, task: Task) -> Text:
            return Text("") if watching.is_slow else super().render(task)

    columns = TextColumn(escape(assignment)), BarColumn(), MofNCompleteColumn(), Left()
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        watching.drawn = lambda count, total: bar.update(task, completed=count, total=total)
        yield

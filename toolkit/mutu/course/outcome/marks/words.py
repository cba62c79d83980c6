"""The words of a list of marks, the same in Excel and CSV."""

from __future__ import annotations

from mutu.course.outcome.marks.table import Block, State, Work
from mutu.locale import _, number


def state(work: Work) -> str:
    """Where somebody's work stands, in words."""
    if work.state is State.WAITING:
        return _("waits for points by hand: {tasks}").format(tasks=", ".join(work.open))
    return {
        State.COMPLETE: _("complete"),
        State.UNGRADED: _("handed in, not graded yet"),
        State.NOTHING: _("nothing handed in"),
    }[work.state]


def points(most: float) -> str:
    """Points in a header: whole ones without decimals."""
    return number(most, 0 if most == int(most) else 2)


def heads(block: Block, *, several: bool) -> list[str]:
    """The headers of a block: tasks, total, penalty, mark, state; with the module's name where there are several."""
    before = f"{block.module.name}: " if several else ""
    return [
        *(f"{before}{task.name} ({points(task.max_score)})" for task in block.tasks),
        before + _("late, points off"),
        before + _("total ({points})").format(points=points(block.max_score)),
        before + _("mark (0–100)"),
        before + _("state"),
    ]


def values(work: Work) -> list[float | str | None]:
    """The cells of a block in the order of `heads`; None stays empty."""
    mark = None if work.mark is None else float(work.mark)
    return [*work.scores, work.penalty or None, work.score, mark, state(work)]

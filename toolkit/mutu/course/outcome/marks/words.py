"""The words of a list of marks, the same in Excel and CSV."""

from __future__ import annotations

from mutu.course.outcome.marks.table import Block, Work
from mutu.course.outcome.standing import written
from mutu.locale import _

BEHIND = 5
"""Columns of a block behind its tasks: how late, what is taken off for it, points, mark, state."""


def heads(block: Block, *, several: bool, names: bool = False) -> list[str]:
    """The headers of a block.

    Parameters
    ----------
    block : its tasks come first
    several : whether there are other blocks, so that the module's name is needed
    names : whether each task has its grade id behind its title, for programs
    """
    before = f"{block.module.name}: " if several else ""
    tasks = [
        f"{before}{task.title} ({written(task.max_score)})" + (f" [{task.name}]" if names else "")
        for task in block.tasks
    ]
    return [
        *tasks,
        before + _("late"),
        before + _("taken off"),
        before + _("points ({points})").format(points=written(block.max_score)),
        before + _("mark (0–100)"),
        before + _("state"),
    ]


def values(work: Work) -> list[float | str | None]:
    """The cells of a block in the order of `heads`; None stays empty."""
    stands = work.standing
    mark = None if work.mark is None else float(work.mark)
    late = stands.late.phrase if stands.late else None
    return [*work.scores, late, stands.penalty or None, stands.score, mark, stands.words]

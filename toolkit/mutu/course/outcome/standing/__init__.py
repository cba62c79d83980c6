"""Where a submission stands, told in the same words by every command: its points, what waits, how late, why not."""

from mutu.course.outcome.standing.fresh import fresh
from mutu.course.outcome.standing.known import Known, mark_of
from mutu.course.outcome.standing.late import Late, late, moment
from mutu.course.outcome.standing.standing import Open, Standing, State, is_old, not_graded, nothing, standing, written

__all__ = [
    "Known",
    "Late",
    "Open",
    "Standing",
    "State",
    "fresh",
    "is_old",
    "late",
    "mark_of",
    "moment",
    "not_graded",
    "nothing",
    "standing",
    "written",
]

"""How long things take: working days, due dates, the median with cases still open, the legal limit, the backlog."""

from mutu.measure.timeliness.backlog import Age, Backlog, backlog
from mutu.measure.timeliness.calendar import Calendar, DueDate, due_date, working_days
from mutu.measure.timeliness.curve import KaplanMeier, Step, kaplan_meier
from mutu.measure.timeliness.limit import WithinLimit, within_limit

__all__ = [
    "Age",
    "Backlog",
    "Calendar",
    "DueDate",
    "KaplanMeier",
    "Step",
    "WithinLimit",
    "backlog",
    "due_date",
    "kaplan_meier",
    "within_limit",
    "working_days",
]

"""The tables of nbgrader's gradebook that grading reads and fills in, by their columns alone.

nbgrader's own models of them take a fifth of a second to load, which is a twentieth of grading a class.
"""

from __future__ import annotations

from functools import cache
from typing import Any

_TEXT, _NUMBER, _YES, _TIME, _SPAN = "String", "Float", "Boolean", "DateTime", "Interval"
_COLUMNS = {
    "student": {"id": _TEXT},
    "assignment": {"id": _TEXT, "name": _TEXT, "duedate": _TIME},
    "notebook": {"id": _TEXT, "name": _TEXT, "assignment_id": _TEXT},
    "base_cell": {"id": _TEXT, "name": _TEXT, "notebook_id": _TEXT, "type": _TEXT},
    "grade_cells": {"id": _TEXT, "max_score": _NUMBER},
    "task_cells": {"id": _TEXT, "max_score": _NUMBER},
    "submitted_assignment": {
        "id": _TEXT, "assignment_id": _TEXT, "student_id": _TEXT, "timestamp": _TIME, "extension": _SPAN,
    },
    "submitted_notebook": {
        "id": _TEXT, "assignment_id": _TEXT, "notebook_id": _TEXT, "flagged": _YES, "late_submission_penalty": _NUMBER,
    },
    "grade": {
        "id": _TEXT, "notebook_id": _TEXT, "cell_id": _TEXT, "auto_score": _NUMBER, "manual_score": _NUMBER,
        "extra_credit": _NUMBER, "needs_manual_grade": _YES,
    },
    "comment": {"id": _TEXT, "notebook_id": _TEXT, "cell_id": _TEXT, "auto_comment": _TEXT},
}  # fmt: skip


@cache
def clause(name: str) -> Any:
    """A table as SQLAlchemy asks it, with the types by which it reads and writes times and spans."""
    import sqlalchemy

    columns = (sqlalchemy.column(each, getattr(sqlalchemy, kind)) for each, kind in _COLUMNS[name].items())
    return sqlalchemy.table(name, *columns)

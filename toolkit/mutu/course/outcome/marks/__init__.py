"""The class list with its marks: as a table, as Excel, as CSV, and as CSV for Moodle."""

from mutu.course.outcome.marks.modules import Graded, graded
from mutu.course.outcome.marks.table import Marks, State, Work, mark_of, table

__all__ = ["Graded", "Marks", "State", "Work", "graded", "mark_of", "table"]

"""The class list with its marks: as a table, as Excel, as CSV, and as CSV for Moodle."""

from mutu.course.outcome.marks.modules import Graded, graded
from mutu.course.outcome.marks.table import Marks, Work, table

__all__ = ["Graded", "Marks", "Work", "graded", "table"]

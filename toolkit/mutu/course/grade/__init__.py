"""Grading: an engine of its own on nbgrader's files and gradebook.

mend         whatever was handed in, put right
paper        a notebook of an assignment; `plan` and `names` say what its tests read
room         where a submission runs: candidate and examiner
rooms        rooms as seen from outside
taking       one notebook on its way through rooms
submission   one submission from its folder to its record
decide       points
engine       all of an assignment, side by side
button       formgrader's button, which runs it
"""

from mutu.course.grade.engine import Graded, Options, Progress, Report, grade, processors

__all__ = ["Graded", "Options", "Progress", "Report", "grade", "processors"]

"""A plug-in of pytest for a child process: this engine grades wherever nbgrader's own would."""

from mutu.course.grade.button import run
from mutu.course.nbgrader import take_over

take_over(run)

"""The only place that imports nbgrader: its configuration, its converters, its gradebook."""

from mutu.course.nbgrader.book import Book
from mutu.course.nbgrader.configuration import SHARE, Folders, configuration
from mutu.course.nbgrader.converters import autograde, generate, release_notebooks, release_to_exchange
from mutu.course.nbgrader.course import Course
from mutu.course.nbgrader.gradebook import Trainee, Waiting, add_trainees, marks, ungraded, waiting
from mutu.course.nbgrader.marked import Marked
from mutu.course.nbgrader.rows import Marks
from mutu.course.nbgrader.schema import is_outdated, upgrade
from mutu.course.nbgrader.takeover import Asked, take_over

__all__ = [
    "SHARE",
    "Asked",
    "Book",
    "Course",
    "Folders",
    "Marked",
    "Marks",
    "Trainee",
    "Waiting",
    "add_trainees",
    "autograde",
    "configuration",
    "generate",
    "is_outdated",
    "marks",
    "release_notebooks",
    "release_to_exchange",
    "take_over",
    "ungraded",
    "upgrade",
    "waiting",
]

"""The only place that imports nbgrader: its configuration, its converters, its gradebook."""

from mutu.course.nbgrader.book import Book, KeptCell, KeptNotebook, Marked, Marks
from mutu.course.nbgrader.configuration import SHARE, Folders, configuration
from mutu.course.nbgrader.converters import autograde, generate, release_notebooks, release_to_exchange
from mutu.course.nbgrader.course import Course
from mutu.course.nbgrader.gradebook import Trainee, Waiting, add_trainees, marks, ungraded, waiting
from mutu.course.nbgrader.schema import is_outdated, upgrade
from mutu.course.nbgrader.takeover import Asked, take_over
from mutu.errors import N_

# shown by the README, the landing page and `mutu doctor` until submissions are graded in isolation
RUNS_WITH_YOUR_RIGHTS = N_(
    "Automatic grading runs the code of every submission on this computer with your own rights: it can read and change "
    "what you can. Grade only submissions of people you trust, or in an account made for it."
)

__all__ = [
    "RUNS_WITH_YOUR_RIGHTS",
    "SHARE",
    "Asked",
    "Book",
    "Course",
    "Folders",
    "KeptCell",
    "KeptNotebook",
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

"""Submissions that a grading has to survive: what each tries, and what has to come of it.

One module a group, each with `GROUP`, a list of `Hostile`. `corpus.run` hands them in to two small courses, between
honest neighbours, and grades them in an outer cage; the tests beside this package assert what was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OUTSIDE, BESIDE = "outside", "beside"
COURSES = (OUTSIDE, BESIDE)
TESTS = ("tes-kuadrat", "tes-nilai", "tes-akar")

Marks = tuple[float | None, float | None, float | None]
# an honest answer to the second task and none to the first
HONEST_ONLY: Marks = (0.0, 0.0, 5.0)
FULL: Marks = (5.0, 4.0, 5.0)
LEFT_OUT: Marks = (None, None, None)

# passes the part of the test that trainees see, and no more
WRONG = "def kuadrat(x):\n    return 4"
RIGHT = {"kuadrat": "def kuadrat(x):\n    return x * x", "akar": "def akar(x):\n    return math.sqrt(x)"}


@dataclass(frozen=True)
class Hostile:
    """A submission.

    Parameters
    ----------
    kind : number in the list of kinds, "+" where it is none of them
    name : trainee's id
    tries : for the table
    first, second : text of the answers to the two tasks
    change : what is done to the notebook when the answers are in it
    place : what is done to the folder when the notebook is in it
    files : further files of the folder
    outside, beside : marks where tests are examined from outside, and where they have to run beside the code
    beside_or : other marks that it may get there, as it happens
    says : what the trainee's line of the report says, as a pattern; empty where the test's own error is all there is
    says_beside : the same in the other course, where that differs
    principle : why it cannot be caught where tests run beside the code; empty where it is caught
    """

    kind: str
    name: str
    tries: str
    first: str = WRONG
    second: str = RIGHT["akar"]
    change: Callable[[Any], Any] | None = None
    place: Callable[[Path], None] | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    outside: Marks = HONEST_ONLY
    beside: Marks | None = None
    beside_or: Marks | None = None
    says: str = ""
    says_beside: str | None = None
    principle: str = ""

    def marks(self, course: str) -> Marks:
        """What it gets."""
        return self.outside if course == OUTSIDE or self.beside is None else self.beside

    def sentence(self, course: str) -> str:
        """What has to be said of it."""
        return self.says if course == OUTSIDE or self.says_beside is None else self.says_beside


def groups() -> dict[str, list[Hostile]]:
    """All of them, by group."""
    from corpus import channel, data, marks, notebook, output, outside, running

    modules = (marks, data, running, output, notebook, outside, channel)
    return {module.__name__.rpartition(".")[2]: module.GROUP for module in modules}

"""Whatever a trainee handed in → a notebook that can be graded, and one sentence for everything that was mended.

Pure functions on data: nothing here opens a gradebook, runs code, writes a file or imports nbgrader.

`read` turns bytes into a regular notebook, `match` says which file of a submission is which notebook of the assignment,
`mend` puts the trainee's answers into their places. `Truth` is what the assignment's notebook must have.
"""

from mutu.course.grade.mend.mend import Sound, mend
from mutu.course.grade.mend.notes import (
    Mended,
    Note,
    Problem,
    Question,
    addressless,
    from_data,
    harmless,
    of_record,
    titled,
)
from mutu.course.grade.mend.read import Read, read
from mutu.course.grade.mend.truth import SavedCell, Truth, TruthCell, checksum
from mutu.course.grade.mend.which import Chosen, Match, match
from mutu.course.grade.mend.words import removed

__all__ = [
    "Chosen",
    "Match",
    "Mended",
    "Note",
    "Problem",
    "Question",
    "Read",
    "SavedCell",
    "Sound",
    "Truth",
    "TruthCell",
    "addressless",
    "checksum",
    "from_data",
    "harmless",
    "match",
    "mend",
    "of_record",
    "read",
    "removed",
    "titled",
]

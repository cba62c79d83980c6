"""Points and comments written back into the gradebook as they were once read from it."""

from __future__ import annotations

from mutu.course.nbgrader.configuration import COURSE_ID, Folders
from mutu.course.nbgrader.reading import used
from mutu.course.nbgrader.results import NotebookResult, Submission
from mutu.course.nbgrader.schema import ask_here


def give_back(folders: Folders, kept: Submission) -> None:
    """Let a submission have the points, comments, flags and late penalties of `kept` again, all in one step.

    The time handed in stays: the gradebook's rules about what waits are about the newest submission. Cells that the
    assignment no longer has are left out.

    Raises
    ------
    nbgrader.api.MissingEntry : the gradebook knows no such submission
    MachineError : the gradebook is in use or cannot be written
    """
    from nbgrader.api import Gradebook

    ask_here()
    with used(folders), Gradebook(folders.gradebook, COURSE_ID) as book:
        submission = book.find_submission(kept.assignment, kept.student)
        earlier = {result.notebook: result for result in kept.notebooks}
        for notebook in submission.notebooks:
            if notebook.name in earlier:
                _give_back(notebook, earlier[notebook.name])
        book.db.commit()


def _give_back(notebook: object, kept: NotebookResult) -> None:
    notebook.late_submission_penalty = kept.late_penalty or None  # type: ignore[attr-defined]
    notebook.flagged = kept.flagged  # type: ignore[attr-defined]
    points = {grade.grade_id: grade for grade in kept.grades}
    for grade in notebook.grades:  # type: ignore[attr-defined]
        if (known := points.get(grade.name)) is not None:
            grade.auto_score, grade.manual_score = known.auto_score, known.manual_score
            grade.extra_credit, grade.needs_manual_grade = known.extra_credit, known.needs_manual_grade
    said = {comment.grade_id: comment for comment in kept.comments}
    for comment in notebook.comments:  # type: ignore[attr-defined]
        wrote = said.get(comment.name)
        comment.auto_comment = wrote.auto_comment if wrote else None
        comment.manual_comment = wrote.manual_comment if wrote else None

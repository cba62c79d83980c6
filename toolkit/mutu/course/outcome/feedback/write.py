"""Feedback pages written to where nbgrader keeps them: feedback/STUDENT/ASSIGNMENT/NOTEBOOK.html."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mutu.course.nbgrader import Folders
from mutu.course.nbgrader.results import NotebookResult, Person, Results, Submission, results
from mutu.course.outcome import attempts
from mutu.course.outcome.feedback.file import told
from mutu.course.outcome.feedback.page import Attempt, Page, items, render
from mutu.course.outcome.feedback.plan import Plan, plan
from mutu.course.outcome.notebook import load
from mutu.course.outcome.pages import clean
from mutu.errors import N_, InputError, WorkspaceError, reason
from mutu.locale import use

Plans = dict[str, Plan]  # name of the notebook -> what its trainer wrote
RECORD = ".mutu-grade.json"
# what `nbgrader release_feedback` needs beside the page
_BESIDE = ("timestamp.txt", "submission_secret.txt")


@dataclass(frozen=True)
class Written:
    """A page that was written: whose, where, and what it says in sum."""

    student: str
    file: Path
    page: Page


def write(folders: Folders, assignment: str, student: str | None = None) -> list[Written]:
    """Write the pages of an assignment.

    Parameters
    ----------
    folders : the course
    assignment : its name
    student : the id of one trainee; all unless given

    Raises
    ------
    InputError : the gradebook knows no such assignment, or nothing of it (of this trainee) is graded
    WorkspaceError : a page cannot be written
    """
    known = _settled(folders, assignment, student)
    if assignment not in known.assignments:
        raise InputError(
            N_("There is no assignment «{name}» in the gradebook of {folder}."), name=assignment, folder=folders.course
        )
    chosen = [found for found in known.of(assignment) if student in (None, found.student)]
    graded = [found for found in chosen if _graded(folders, found).is_dir()]
    if not graded:
        raise InputError(
            N_("Nothing is graded yet for «{name}». Grade it first; then there is something to say."), name=assignment
        )
    plans: Plans = {}
    return [_write(folders, found, page) for found in graded for page in _pages(folders, known, found, plans)]


def page_of(folders: Folders, assignment: str, student: str, notebook: str) -> Page | None:
    """The page of one notebook; None where the gradebook does not know it."""
    known = _settled(folders, assignment, student)
    found = known.submissions.get((student, assignment))
    return None if found is None else dict(_pages(folders, known, found, {})).get(notebook)


def _settled(folders: Folders, assignment: str, student: str | None) -> Results:
    """The gradebook, once the better of several attempts is in it."""
    known = results(folders, [assignment])
    changed = [
        attempts.settle(folders, found.student, assignment)
        for found in known.of(assignment)
        if student in (None, found.student)
    ]
    return results(folders, [assignment]) if any(changed) else known


def _pages(folders: Folders, known: Results, found: Submission, plans: Plans) -> Iterator[tuple[str, Page]]:
    for result in found.notebooks:
        if result.notebook not in plans:
            plans[result.notebook] = plan(folders.course, found.assignment, result.notebook)
        written = plans[result.notebook]
        with use(written.language):
            yield result.notebook, _page(folders, known.people.get(found.student), found, result, written)


def _page(
    folders: Folders, person: Person | None, found: Submission, result: NotebookResult, written: Plan
) -> Page:  # fmt: skip
    record = load(attempts.record_of(folders, found.student, found.assignment) / RECORD) or {}  # nbgrader writes none
    said = told(record, written.titles)
    tried = attempts.history(folders, found)
    counted = next((each for each in tried if each.counts), None)
    return Page(
        title=written.title,
        language=written.language,
        name=clean(person.name) if person else found.student,
        student=clean(found.student),
        handed_in=counted.handed_in if counted else found.timestamp,
        items=items(written, result, load(_graded(folders, found) / f"{result.notebook}.ipynb")),
        penalty=result.late_penalty,
        file=said.file,
        mended=said.mended,
        reason=said.reason,
        attempts=tuple(_attempt(each, counted) for each in tried),
    )


def _attempt(tried: attempts.Tried, counted: attempts.Tried | None) -> Attempt:
    """That points are missing is said where they may change which attempt counts."""
    open_ = tried.waits and (tried.counts or counted is None or tried.possible > counted.score)
    return Attempt(tried.handed_in, tried.score, tried.counts, open_)


def _graded(folders: Folders, found: Submission) -> Path:
    return folders.course / "autograded" / found.student / found.assignment


def _write(folders: Folders, found: Submission, made: tuple[str, Page]) -> Written:
    notebook, page = made
    place = folders.course / "feedback" / found.student / found.assignment
    file = place / f"{notebook}.html"
    try:
        place.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".html.new")
        draft.write_text(render(page), encoding="utf-8")
        draft.replace(file)
        for name in _BESIDE:
            with suppress(FileNotFoundError):
                (place / name).unlink(missing_ok=True)
                shutil.copyfile(_graded(folders, found) / name, place / name)
    except OSError as error:
        raise WorkspaceError(
            N_("The feedback {file} cannot be written: {error}. Close the file, or free some space, and try again."),
            file=file, error=reason(error),
        ) from error  # fmt: skip
    return Written(found.student, file, page)

"""Feedback pages written to where nbgrader keeps them: feedback/STUDENT/ASSIGNMENT/NOTEBOOK.html."""

from __future__ import annotations

import shutil
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from mutu.course.nbgrader import Folders
from mutu.course.nbgrader.course import time_of
from mutu.course.nbgrader.reading import unwritten
from mutu.course.nbgrader.results import NotebookResult, Submission
from mutu.course.outcome import attempts
from mutu.course.outcome.feedback.file import told
from mutu.course.outcome.feedback.page import Attempt, Page, items, render
from mutu.course.outcome.feedback.plan import Plan, plan
from mutu.course.outcome.notebook import load
from mutu.course.outcome.pages import clean
from mutu.course.outcome.standing import Known, Standing, not_graded
from mutu.course.removing import writable
from mutu.errors import N_, InputError, reason
from mutu.locale import use
from mutu.report.folder import write_file

RECORD = ".mutu-grade.json"
# what `nbgrader release_feedback` needs beside the page
_BESIDE = ("timestamp.txt", "submission_secret.txt")


@dataclass(frozen=True)
class Written:
    """A page that was written: whose, where, what it says, and where the whole submission stands."""

    student: str
    notebook: str
    file: Path
    page: Page
    standing: Standing


@dataclass(frozen=True)
class _Class:
    """The class, and the plans of the notebooks that were read."""

    known: Known
    plans: dict[str, Plan] = field(default_factory=dict)

    def plan(self, assignment: str, notebook: str) -> Plan:
        """What the trainer wrote."""
        if notebook not in self.plans:
            self.plans[notebook] = plan(self.known.folders.course, assignment, notebook)
        return self.plans[notebook]

    def name(self, student: str) -> str:
        """The name, else the id."""
        person = self.known.results.people.get(student)
        return clean(person.name) if person else student


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
    known = attempts.settled(folders, [assignment], student)
    if assignment not in known.assignments:
        raise InputError(
            N_("There is no assignment «{name}» in the gradebook of {folder}."), name=assignment, folder=folders.course
        )
    class_ = _Class(Known.read(folders, known))
    chosen = [found for found in known.of(assignment) if student in (None, found.student)]
    graded = [found for found in chosen if _graded(folders, found).is_dir()]
    unfit = _unfit(class_, assignment, student, {found.student for found in graded})
    if not graded and not unfit:
        raise InputError(
            N_("Nothing is graded yet for «{name}». Grade it first; then there is something to say."), name=assignment
        )
    pages = [_write(class_, found, made) for found in graded for made in _pages(class_, found)]
    return sorted([*pages, *(_write(class_, found, made) for found, made in unfit)], key=lambda each: each.student)


def page_of(folders: Folders, assignment: str, student: str, notebook: str) -> Page | None:
    """The page of one notebook; None where the gradebook does not know it."""
    known = attempts.settled(folders, [assignment], student)
    found = known.submissions.get((student, assignment))
    return None if found is None else dict(_pages(_Class(Known.read(folders, known)), found)).get(notebook)


def _unfit(
    class_: _Class, assignment: str, student: str | None, graded: Container[str]
) -> list[tuple[Submission, tuple[str, Page]]]:
    """Pages for those of whom there is nothing but files that cannot be graded."""
    known = class_.known
    notebook = next((task.notebook for task in known.results.assignments[assignment].tasks), assignment)
    found = []
    for (who, name), why in known.ungraded.items():
        if name == assignment and why is not None and who not in graded and student in (None, who):
            came = time_of(known.folders.course / "submitted" / who / name)
            written = class_.plan(assignment, notebook)
            about = (written.title, written.language, class_.name(who), clean(who), came, ())
            page = Page(*about, newer=not_graded(why))
            found.append((Submission(who, name, came), (notebook, page)))
    return found


def _pages(class_: _Class, found: Submission) -> Iterator[tuple[str, Page]]:
    for result in found.notebooks:
        written = class_.plan(found.assignment, result.notebook)
        with use(written.language):
            yield result.notebook, _page(class_, found, result, written)


def _page(class_: _Class, found: Submission, result: NotebookResult, written: Plan) -> Page:
    known, folders = class_.known, class_.known.folders
    record = load(attempts.record_of(folders, found.student, found.assignment) / RECORD) or {}  # nbgrader writes none
    tasks = items(written, result, load(_graded(folders, found) / f"{result.notebook}.ipynb"))
    is_full = bool(tasks) and all(item.answer.state == "right" for item in tasks)
    said = told(record, written.titles, is_full=is_full)
    tried = attempts.history(folders, found)
    counted = next((each for each in tried if each.counts), None)
    key = (found.student, found.assignment)
    return Page(
        title=written.title,
        language=written.language,
        name=class_.name(found.student),
        student=clean(found.student),
        handed_in=counted.handed_in if counted else found.timestamp,
        items=tasks,
        penalty=result.late_penalty,
        file=said.file,
        mended=said.mended,
        reason=said.reason,
        attempts=tuple(_attempt(each, counted, found) for each in tried),
        late=known.standing(found).late,
        newer=not_graded(known.ungraded[key]) if key in known.ungraded else None,
    )


def _attempt(tried: attempts.Tried, counted: attempts.Tried | None, found: Submission) -> Attempt:
    """That points are missing is said where they may change which attempt counts."""
    score = found.score if tried.counts else None  # old points by hand count in it
    open_ = tried.waits and (tried.counts or counted is None or tried.possible > counted.score)
    return Attempt(tried.handed_in, tried.score if score is None else score, tried.counts, open_)


def _graded(folders: Folders, found: Submission) -> Path:
    return folders.course / "autograded" / found.student / found.assignment


def _write(class_: _Class, found: Submission, made: tuple[str, Page]) -> Written:
    notebook, page = made
    folders = class_.known.folders
    place = folders.course / "feedback" / found.student / found.assignment
    beside = _graded(folders, found) if page.items else folders.course / "submitted" / found.student / found.assignment
    file = place / f"{notebook}.html"
    try:
        place.mkdir(parents=True, exist_ok=True)
        writable(place)  # nbgrader's own feedback may only be read
        write_file(file, render(page).encode())
        for name in _BESIDE:
            with suppress(FileNotFoundError):
                (place / name).unlink(missing_ok=True)
                shutil.copyfile(beside / name, place / name)
    except OSError as error:
        raise unwritten(file, reason(error)) from error
    return Written(found.student, notebook, file, page, page.newer or class_.known.standing(found))

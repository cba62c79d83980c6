"""A second attempt with the better mark, in nbgrader's own gradebook.

A course switches it on in its mutu.toml:

    second_attempt = "better"

nbgrader keeps one submission of a trainee: a newer one takes its place. So the graded one is kept beside it first,

    COURSE/attempts/STUDENT/ASSIGNMENT/TIME/    what was autograded, and its points in marks.json

and when both are graded, the gradebook and the autograded folder get the better one. While the newer one waits for
points by hand that could still make it the better one, it stays, so that formgrader shows it.

Whoever grades calls `before`, grades, and calls `after`; whoever tells marks calls `settle` first, since points given
by hand may have changed which attempt is the better.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from mutu.course.nbgrader.configuration import Folders
from mutu.course.nbgrader.course import time_of
from mutu.course.nbgrader.giveback import give_back
from mutu.course.nbgrader.reading import unwritten
from mutu.course.nbgrader.results import CellComment, CellGrade, NotebookResult, Results, Submission, results
from mutu.course.outcome.notebook import cells, load, role, text
from mutu.course.outcome.standing import moment, written
from mutu.course.removing import remove
from mutu.errors import N_, MachineError, SettingError, reason
from mutu.locale import _, integer

_Found = TypeVar("_Found")
SETTINGS = "mutu.toml"
LATEST, BETTER = "latest", "better"
_MARKS, _MARK = "marks.json", ".mutu-attempt.json"
# belongs to what was handed in last, whichever attempt counts
_OF_THE_NEWEST = ("timestamp.txt", "submission_secret.txt", ".mutu-grade.json", _MARK)
_STAMP = "%Y-%m-%dT%H%M%S.%f"


@dataclass(frozen=True)
class Tried:
    """An attempt: its name, when it was handed in (UTC), its points, whether they count and whether some are missing.

    `score` leaves out tasks that wait for a person, `possible` counts them in full.
    """

    name: str
    handed_in: datetime | None
    score: float
    possible: float
    counts: bool = False

    @property
    def waits(self) -> bool:
        """Whether points by hand are missing."""
        return self.possible > self.score


def _writes(method: Callable[[Folders, str, str], _Found]) -> Callable[[Folders, str, str], _Found]:
    """A function that writes files of the course: what the system refuses becomes a sentence."""

    @wraps(method)
    def writing(folders: Folders, student: str, assignment: str) -> _Found:
        try:
            return method(folders, student, assignment)
        except OSError as error:
            raise unwritten(_place(folders, student, assignment), reason(error)) from None

    return writing


def is_on(folders: Folders) -> bool:
    """Whether the better of several attempts counts in this course.

    Raises
    ------
    SettingError : mutu.toml cannot be read, or asks for something else
    """
    file = folders.course / SETTINGS
    try:
        wished = tomllib.loads(file.read_text(encoding="utf-8")).get("second_attempt", LATEST)
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise SettingError(N_("{file} cannot be read: {error}. Correct it."), file=file, error=error) from None
    if wished not in (LATEST, BETTER):
        raise SettingError(
            N_("{file}: second_attempt is «{wished}». Write \"better\" (the better attempt counts) or \"latest\"."),
            file=file, wished=wished,
        )  # fmt: skip
    return bool(wished == BETTER)


@_writes
def before(folders: Folders, student: str, assignment: str) -> Path | None:
    """Keep what is graded before a newer submission is graded in its place; the folder it is kept in, None for nothing.

    To be called before each grading of a submission, also when the same one is graded again.
    """
    held = _found(folders, student, assignment) if is_on(folders) else None
    graded, place = _graded(folders, student, assignment), _place(folders, student, assignment)
    if held is None or not graded.is_dir():
        return None
    _finish(folders, student, assignment)
    newest, current = _stamp(graded), _current(graded)
    if not place.is_dir() and newest == _stamp(folders.course / "submitted" / student / assignment):
        return None  # the only attempt is graded once more
    _keep(place / current, held, graded if current == newest else None)
    if current != newest:
        _bring(folders, student, assignment, newest)  # so that its own points by hand are there when it is graded
    return place / current


@_writes
def after(folders: Folders, student: str, assignment: str) -> Tried | None:
    """Let the better attempt count after a newer one was graded; that attempt, None where there is only one."""
    graded, place = _graded(folders, student, assignment), _place(folders, student, assignment)
    held = _found(folders, student, assignment) if is_on(folders) and place.is_dir() else None
    if held is None:
        return None
    _keep(place / _stamp(graded), held, graded)
    return settle(folders, student, assignment)


@_writes
def settle(folders: Folders, student: str, assignment: str) -> Tried | None:
    """Choose again, after points by hand; the attempt that counts now, None where there is only one."""
    graded, place = _graded(folders, student, assignment), _place(folders, student, assignment)
    if not place.is_dir() or not graded.is_dir() or not is_on(folders):
        return None
    _finish(folders, student, assignment)
    held, current = _found(folders, student, assignment), _current(graded)
    if held is None:
        return None
    _keep(place / current, held, None if (place / current).is_dir() else graded)
    best = _best(_kept(place))
    if best.name != current:
        _bring(folders, student, assignment, best.name)
    return replace(best, counts=True)


def settled(folders: Folders, assignments: Iterable[str] | None = None, student: str | None = None) -> Results:
    """The gradebook, once the better of several attempts is in it.

    Parameters
    ----------
    folders : the course
    assignments : names to read; all unless given
    student : whose attempts are chosen from; everybody's unless given

    Raises
    ------
    InputError : the course has no gradebook yet
    SettingError : mutu.toml cannot be read, or asks for something else
    MachineError : the gradebook cannot be read
    """
    names = None if assignments is None else list(assignments)
    known = results(folders, names)
    if not is_on(folders):
        return known
    changed = [settle(folders, who, name) for who, name in known.submissions if student in (None, who)]
    return results(folders, names) if any(changed) else known


def history(folders: Folders, held: Submission) -> tuple[Tried, ...]:
    """All attempts of a submission, the first one first; none where there is only one.

    Parameters
    ----------
    folders : the course
    held : what the gradebook says of the submission
    """
    kept = _kept(_place(folders, held.student, held.assignment))
    current = _current(_graded(folders, held.student, held.assignment)) if kept else ""
    others = [each for each in kept if each.name != current]
    if not others:
        return ()
    return tuple(sorted([*others, _tried(current, held, counts=True)], key=_by_time))


def older_counts(folders: Folders, held: Submission) -> str | None:
    """One sentence where an older attempt counts than the newest; None where the newest does, or is the only one."""
    tried = history(folders, held)
    best = next((each for each in tried if each.counts), None)
    if best is None or best is tried[-1]:
        return None
    return _(
        "Of {count} attempts the better one counts, handed in {day}: {best} points; the newest has {newest}."
    ).format(
        count=integer(len(tried)), day=moment(best.handed_in), best=written(best.score), newest=written(tried[-1].score)
    )


def record_of(folders: Folders, student: str, assignment: str) -> Path:
    """The folder with the notes on the grading of the attempt that counts."""
    graded = _graded(folders, student, assignment)
    current = _current(graded)
    return graded if current == _stamp(graded) else _place(folders, student, assignment) / current


def _best(tried: Iterable[Tried]) -> Tried:
    """The newest attempt that a person may still make the best, else the best; of equal ones the newer."""
    tried = sorted(tried, key=_by_time, reverse=True)
    sure = max(each.score for each in tried)
    open_ = [each for each in tried if each.waits and each.possible > sure]
    return open_[0] if open_ else max(tried, key=lambda each: each.score)


def _by_time(tried: Tried) -> tuple[bool, str]:
    return tried.handed_in is not None, tried.name


def _keep(target: Path, held: Submission, files: Path | None) -> None:
    """Keep points as they are now, and the files where they are given."""
    if files is not None:
        draft, old = (target.with_name(f".{target.name}.{kind}") for kind in ("new", "old"))
        for left in (draft, old):
            remove(left)
        try:
            shutil.copytree(files, draft, symlinks=True, copy_function=_copy)
            _write(draft / _MARKS, _as_data(held))
        except (OSError, MachineError):
            shutil.rmtree(draft, ignore_errors=True)  # half an attempt is none
            raise
        if target.is_dir():
            target.rename(old)
        draft.rename(target)
        with suppress(OSError):
            remove(old)
    else:
        _write(target / _MARKS, _as_data(held))


def _bring(folders: Folders, student: str, assignment: str, name: str) -> None:
    """Let gradebook and autograded folder hold that attempt."""
    _write(_graded(folders, student, assignment) / _MARK, {"name": name, "done": False})
    _finish(folders, student, assignment)


def _finish(folders: Folders, student: str, assignment: str) -> None:
    """Bring the attempt that was chosen into its place; done again after an interruption it does no harm."""
    graded = _graded(folders, student, assignment)
    mark = _read(graded / _MARK)
    if not mark or mark["done"]:
        return
    place = _place(folders, student, assignment) / mark["name"]
    give_back(folders, _from_data(_read(place / _MARKS)))
    _swap(place, graded)
    if mark["name"] == _stamp(graded):
        (graded / _MARK).unlink()
    else:
        _write(graded / _MARK, {**mark, "done": True})


def _swap(kept: Path, graded: Path) -> None:
    """Put the kept files into the autograded folder; what belongs to the newest submission stays."""
    for old in graded.iterdir():
        if old.name not in _OF_THE_NEWEST:
            remove(old)
    for file in kept.iterdir():
        if file.name in (*_OF_THE_NEWEST, _MARKS):
            continue
        if file.is_dir() and not file.is_symlink():
            shutil.copytree(file, graded / file.name, symlinks=True, copy_function=_copy)
        else:
            shutil.copy2(file, graded / file.name, follow_symlinks=False)


def _copy(source: str, target: str) -> None:
    """Copy a file; the first error is told, which `copytree` would gather into a list without its kind."""
    try:
        shutil.copy2(source, target)
    except OSError as error:
        raise unwritten(Path(target), reason(error)) from None


def _kept(place: Path) -> list[Tried]:
    files = sorted(place.glob(f"[!.]*/{_MARKS}"))
    return [_tried(file.parent.name, _from_data(_read(file))) for file in files]


def _tried(name: str, held: Submission, *, counts: bool = False) -> Tried:
    sure = sum(0.0 if grade.needs_manual_grade else grade.score for grade in held.grades.values())
    more = sum(grade.max_score for grade in held.grades.values() if grade.needs_manual_grade)
    less = held.late_penalty
    return Tried(name, _handed_in(name), max(0.0, sure - less), max(0.0, sure + more - less), counts)


def _found(folders: Folders, student: str, assignment: str) -> Submission | None:
    if not folders.gradebook_file.is_file():
        return None
    return results(folders, [assignment], student).submissions.get((student, assignment))


def _place(folders: Folders, student: str, assignment: str) -> Path:
    return folders.course / "attempts" / student / assignment


def _graded(folders: Folders, student: str, assignment: str) -> Path:
    return folders.course / "autograded" / student / assignment


def _current(graded: Path) -> str:
    """The attempt that the gradebook and the autograded folder hold.

    The mark of an earlier one goes with the folder when anybody, nbgrader too, grades the newest again.
    """
    return str(_read(graded / _MARK).get("name") or _stamp(graded))


def _stamp(folder: Path) -> str:
    """The name of the newest attempt in a folder: the time handed in, else a digest of what the trainee wrote."""
    moment = time_of(folder)
    if moment is not None:
        return f"{moment:{_STAMP}}"
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*.ipynb")):
        node = load(file) or {}
        digest.update(
            "\0".join(text(cell.get("source")) for cell in cells(node) if role(cell).get("solution")).encode()
        )
    return f"tanpa-waktu-{digest.hexdigest()[:12]}"


def _handed_in(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, _STAMP)
    except ValueError:
        return None


def _as_data(held: Submission) -> dict[str, Any]:
    """A submission's points as JSON."""
    return {
        "student": held.student,
        "assignment": held.assignment,
        "score": held.score,
        "notebooks": [asdict(result) for result in held.notebooks],
    }


def _from_data(data: dict[str, Any]) -> Submission:
    return Submission(data["student"], data["assignment"], notebooks=tuple(map(_notebook, data["notebooks"])))


def _notebook(data: dict[str, Any]) -> NotebookResult:
    grades = tuple(CellGrade(**grade) for grade in data["grades"])
    comments = tuple(CellComment(**comment) for comment in data["comments"])
    return NotebookResult(**{**data, "grades": grades, "comments": comments})


def _read(file: Path) -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return known


def _write(file: Path, data: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.new")
    draft.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(file)

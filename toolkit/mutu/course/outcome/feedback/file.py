"""What became of a trainee's file, said to the trainee: what happened to it, what was graded, what to do.

Grading says the same to the trainer, who asks for the file again or looks at it. Whatever only the trainer can act on
stays off the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mutu.course.grade.mend import Note, Problem, Question, of_record, titled
from mutu.course.outcome.pages import clean
from mutu.errors import N_
from mutu.locale import _

# what of the file is missing or cannot be read, by the code of the note; the second where several became one note
_MISSING = {
    "cut": N_("Your file was cut off after cell {count}: what came behind it did not arrive. Only what stands before "
              "it was graded."),
    "broken": N_("Your file is damaged. Only the cells that could still be read were graded; their number: {count}."),
    "no-answer": N_("The answer «{cell}» was not in your file, so nothing could be graded there."),
    "untouched": N_("Nothing is filled in in the file that you handed in. Perhaps you meant another one."),
    "empty": N_("The file that you handed in is empty, so nothing could be graded."),
    "not-a-notebook": N_("What you handed in is {kind}, not a notebook, so it could not be graded."),
    "no-cells": N_("Your file is damaged: no cell of it can be read, so it could not be graded."),
    "too-large": N_("Your file has {size} MB; more than {most} MB cannot be read, so it could not be graded. Remove "
                    "the outputs first (Clear All Outputs)."),
    "too-nested": N_("Your file has too many parts to be read, so it could not be graded. Remove the outputs first "
                     "(Clear All Outputs)."),
    "too-many": N_("Your file is far longer than the notebook of the assignment, so it could not be graded."),
    "too-long": N_("Your file is far longer than the notebook of the assignment, so it could not be graded."),
    "not-there": N_("The notebook «{notebook}» was not among the files that you handed in."),
}  # fmt: skip
_MISSING_MANY = {
    "no-answer": N_("Answers that were not in your file, so nothing could be graded there: {count} ({cells}).")
}
_KEPT = N_("{kind} «{cell}» was restored; what you wrote in it stands below it, as text that is not run.")
_KEPT_MANY = N_(
    "Cells that were restored: {count} ({cells}). What you wrote in them stands below them, as text that is not run."
)
_VERSIONS = N_(
    "{kind} «{cell}» stood in your file with {count} different answers. The last one was graded; the others stand "
    "above it."
)


@dataclass(frozen=True)
class Told:
    """Sentences for the trainee: about a file that is not whole, about what was put right, about what did not run."""

    file: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    reason: str = ""


def told(record: Mapping[str, Any], titles: Mapping[str, str], *, is_full: bool = False) -> Told:
    """What the page says of the file, in the language in use.

    Parameters
    ----------
    record : what grading wrote beside the notebook; one that is older has sentences alone
    titles : id of a cell -> the title of its task
    is_full : whether all points were given, so that there is nothing to hand in again for
    """
    notes = of_record(record)
    if notes is None:
        listed = record.get("mended")
        mended = tuple(clean(str(each)) for each in listed) if isinstance(listed, list) else ()
        return Told(mended=mended, reason=clean(str(record.get("reason") or "")))
    missing = [note for note in notes if note.code in _MISSING]
    others = [note for note in notes if note not in missing and (not isinstance(note, Question) or _is_versions(note))]
    return Told(
        file=_file(missing, titles, is_full=is_full),
        mended=tuple(_said(_to_trainee(note), titles) for note in others if not isinstance(note, Problem)),
        reason=" ".join(_stopped(note, titles, is_full=is_full) for note in others if isinstance(note, Problem)),
    )


def unread(reason: object) -> str:
    """Why nothing of a file can be graded, in the language in use; `reason` is grading's own note."""
    if isinstance(reason, Note) and reason.code in _MISSING:
        return _said(_again(reason, _MISSING, {}), {})
    return clean(str(reason))


def _is_versions(note: Note) -> bool:
    """Whether a cell stood in the file with several answers."""
    return note.code == "versions" and note.cell is not None


def _file(missing: Iterable[Note], titles: Mapping[str, str], *, is_full: bool) -> tuple[str, ...]:
    lines = [_said(_again(note, _MISSING, _MISSING_MANY), titles) for note in missing]
    step = _("Open your notebook, look whether all your answers are in it, save it, and hand it in again.")
    return (*dict.fromkeys(lines), *([] if is_full else [step])) if lines else ()


def _stopped(note: Note, titles: Mapping[str, str], *, is_full: bool) -> str:
    step = _("Correct that cell, run the whole notebook from its beginning, and hand it in again.")
    return _said(note, titles) if is_full else f"{_said(note, titles)} {step}"


def _to_trainee(note: Note) -> Note:
    return _again(note, {"kept": _KEPT} | ({"versions": _VERSIONS} if _is_versions(note) else {}), {"kept": _KEPT_MANY})


def _again(note: Note, one: Mapping[str, str], many: Mapping[str, str]) -> Note:
    """The note with the words for the trainee, where there are any."""
    template = (many if "cells" in note.fields else one).get(note.code, note.template)
    return Note(note.code, template, note.fields, note.cell, note.position)


def _said(note: Note, titles: Mapping[str, str]) -> str:
    return clean(titled(str(note), titles))

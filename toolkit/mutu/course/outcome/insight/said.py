"""Why an answer has no full points, in words that a page may show, and what tells groups of wrong answers apart.

Feedback (`mutu.course.outcome.feedback.verdict`) reads the outputs of a check and gives nothing of hidden ones away. It
is asked here too, so that trainer and trainee read the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mutu.course.outcome import notebook
from mutu.course.outcome.feedback import verdict as verdicts
from mutu.course.outcome.feedback.secrets import Secrets, secrets
from mutu.course.outcome.feedback.split import Split
from mutu.course.outcome.insight import shape
from mutu.course.outcome.insight.notebooks import Cell
from mutu.locale import _


@dataclass(frozen=True)
class Said:
    """Why an answer has no full points.

    Attributes
    ----------
    text : to be shown
    code : the visible line that failed, where the check says nothing itself
    hidden : whether it is a hidden part of the check that failed
    mark : what tells groups of one text apart; never shown
    """

    text: str
    code: str = ""
    hidden: bool = False
    mark: str = ""


def what_is_secret(checks: Iterable[Cell]) -> Secrets:
    """What stands in the hidden parts of checks and nowhere else."""
    return secrets(Split(cell.source) for cell in checks)


def said(check: Cell, answers: list[Cell], share: float, kept: Secrets) -> Said | None:
    """What a check said.

    Parameters
    ----------
    check : its cell, with outputs
    answers : the trainee's cells that it looks at
    share : points given, as a share of the full ones
    kept : what must not be shown

    Returns
    -------
    None where nothing was answered, or nothing is wrong.
    """
    found = verdicts.verdict(check.raw, [cell.raw for cell in answers], share, kept)
    if found.kind in (verdicts.PASSED, verdicts.EMPTY):
        return None
    form = shape.key("\n".join(cell.source for cell in answers))
    if found.kind == verdicts.HIDDEN:
        return Said(_of_hidden(found.cases), hidden=True, mark=_sentence(check) or form)
    if found.kind == verdicts.VISIBLE:
        return Said(found.said or _("A visible check failed."), found.code, mark="" if found.said else form)
    text = _WORDS[found.kind]() if found.kind in _WORDS else found.said
    return Said(text, mark="" if found.kind == verdicts.STOPPED else form)


_WORDS = {
    verdicts.SLOW: lambda: _("The answer took too long and was stopped."),
    verdicts.WARNED: lambda: _("The answer printed a warning."),
    verdicts.PARTIAL: lambda: _("Part of the points was given."),
    verdicts.SILENT: lambda: _("No points, and the check left no message."),
    verdicts.UNKNOWN: lambda: _("The check stopped at a place that cannot be told."),
}


def _of_hidden(cases: tuple[str, ...]) -> str:
    if not cases:
        return _("A hidden check failed.")
    return _("A hidden check failed. Case: {case}").format(case=" / ".join(cases))


def _sentence(check: Cell) -> str:
    """What our own checker said, word for word."""
    errors = (each for each in notebook.outputs(check.raw) if each.get("ename") == "NotYet")
    return next((notebook.text(error.get("evalue")) for error in errors), "")

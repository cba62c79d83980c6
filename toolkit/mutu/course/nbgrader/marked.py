"""What is known of a graded notebook, and what nbgrader's autograder writes into the gradebook for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NO_RESPONSE = "No response."


@dataclass(frozen=True)
class Marked:
    """What is known of one notebook of a submission.

    Attributes
    ----------
    scores : grade id -> points given automatically, None where a person has to give them
    untouched : answers that are what was handed out
    doubted : grade ids whose points a person should look at
    unchanged : grade ids whose cell and answers are as they were when they were graded last
    known : those in doubt whose doubt was told at that time too
    """

    scores: Mapping[str, float | None]
    untouched: Mapping[str, bool] = field(default_factory=dict)
    doubted: frozenset[str] = frozenset()
    unchanged: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


def points(done: Marked | None, name: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """What changes in the row of a cell's points.

    Points by hand are never touched. They hold as long as the answer and what the test gives for it stay the same; else
    a person has to look at them again.

    Parameters
    ----------
    done : what is known of the notebook; None where it was not handed in
    name : grade id of the cell
    before : the row as it is
    """
    if done is None:
        return {"auto_score": 0, "needs_manual_grade": before["manual_score"] is not None}
    if name not in done.scores:
        return {}
    given = done.scores[name]
    return {"auto_score": given, "needs_manual_grade": _needs(done, name, given, before)}


def _needs(done: Marked, name: str, given: float | None, before: Mapping[str, Any]) -> bool:
    """Whether a person has to give the points, or to look at them."""
    by_hand = before["manual_score"] is not None
    looked_at = by_hand or name in done.known
    if looked_at and name in done.unchanged and given == before["auto_score"]:
        return bool(before["needs_manual_grade"])
    return by_hand or given is None or name in done.doubted


def comment(done: Marked | None, name: str) -> dict[str, Any]:
    """What changes in the row of a cell's comment."""
    if done is None or name not in done.untouched:
        return {}
    return {"auto_comment": NO_RESPONSE if done.untouched[name] else None}

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
    doubted : grade ids whose points a person should look at
    untouched : answers that are what was handed out
    """

    scores: Mapping[str, float | None]
    untouched: Mapping[str, bool] = field(default_factory=dict)
    doubted: frozenset[str] = frozenset()


def points(done: Marked | None, name: str, by_hand: float | None) -> dict[str, Any]:
    """What changes in the row of a cell's points; `done` is None where the notebook was not handed in."""
    if done is None:
        return {"auto_score": 0, "needs_manual_grade": False}
    if name not in done.scores:
        return {}
    given = done.scores[name]
    return {"auto_score": given, "needs_manual_grade": by_hand is not None or given is None or name in done.doubted}


def comment(done: Marked | None, name: str) -> dict[str, Any]:
    """What changes in the row of a cell's comment."""
    if done is None or name not in done.untouched:
        return {}
    return {"auto_comment": NO_RESPONSE if done.untouched[name] else None}

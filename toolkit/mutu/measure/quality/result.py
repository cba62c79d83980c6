"""What a check found: signs, each with its rows and a question for a person. Nothing here leaves a row out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mutu.locale import _, integer, number
from mutu.measure.quality import texts
from mutu.measure.result import Result

Kind = Literal["straight", "speed", "burst", "copies", "near", "device"]
SHOWN = 12  # rows named in one cell


@dataclass(frozen=True)
class Sign:
    """One thing to ask about.

    Attributes
    ----------
    kind : "straight", "speed", "burst", "copies", "near" or "device"
    rows : the rows it concerns, counted from 1
    expected : how many such rows honest people would give; None where that cannot be said
    facts : what the question names, numbers and texts
    """

    kind: Kind
    rows: tuple[int, ...]
    expected: float | None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def question(self) -> str:
        """What to ask, in the language in use."""
        return texts.question(self.kind, len(self.rows), self.expected, self.facts)

    def as_json(self) -> dict[str, Any]:
        """The sign as plain numbers and texts."""
        return {"kind": self.kind, "rows": list(self.rows), "expected": self.expected, "facts": dict(self.facts)}


@dataclass(frozen=True)
class Check(Result):
    """What one check found.

    Attributes
    ----------
    kind : what was looked for: "straight", "speed", "burst", "duplicates" or "device"
    n : rows looked at
    signs : the signs, the one with the most rows first
    note : why the check could not tell everything, a key of `texts.NOTES`; empty where it could
    method : how signs were told from what is usual
    """

    kind: str
    n: int
    signs: tuple[Sign, ...]
    method: str
    note: str = ""

    def __float__(self) -> float:
        return float(len(self.rows_found))

    @property
    def rows_found(self) -> tuple[int, ...]:
        """All rows with a sign, in order."""
        return tuple(sorted({row for sign in self.signs for row in sign.rows}))

    def sentence(self) -> str:
        """How many rows show a sign, and what else explains it."""
        name = texts.name(self.kind)
        if not self.signs:
            text = _("{check}: none of {n} rows shows a sign.").format(check=name, n=integer(self.n))
            return f"{text} {texts.note(self.note)}" if self.note else text
        text = _("{check}: {found} of {n} rows show a sign that a person should look at.").format(
            check=name, found=integer(len(self.rows_found)), n=integer(self.n)
        )
        return " ".join([text, texts.caution(self.kind), *([texts.note(self.note)] if self.note else [])])

    def rows(self) -> list[dict[str, str]]:
        """One row a sign."""
        return [
            {
                _("Check"): texts.name(self.kind),
                _("Rows"): listed(sign.rows),
                _("Found"): integer(len(sign.rows)),
                _("Expected"): number(sign.expected, 1),
                _("Question"): sign.question(),
            }
            for sign in self.signs
        ] or [
            {
                _("Check"): texts.name(self.kind),
                _("Rows"): number(None),
                _("Found"): integer(0),
                _("Expected"): number(None),
                _("Question"): number(None),
            }
        ]

    def as_json(self) -> dict[str, Any]:
        """The check as plain numbers and texts."""
        return {
            "check": self.kind,
            "n": self.n,
            "method": self.method,
            "note": self.note,
            "rows": list(self.rows_found),
            "signs": [sign.as_json() for sign in self.signs],
        }


def listed(rows: tuple[int, ...] | tuple[str, ...]) -> str:
    """Rows for a cell, not more than fit."""
    shown = ", ".join(map(str, rows[:SHOWN]))
    more = len(rows) - SHOWN
    return _("{rows} and {count} more").format(rows=shown, count=integer(more)) if more > 0 else shown


def ordered(signs: list[Sign]) -> tuple[Sign, ...]:
    """Signs, the one with the most rows first."""
    return tuple(sorted(signs, key=lambda sign: (-len(sign.rows), sign.rows)))

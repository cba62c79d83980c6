"""What a person decided about rows with signs: kept, with who, when and why. Nothing is ever left out by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mutu.errors import N_, InputError, SettingError
from mutu.locale import _, integer, number
from mutu.measure.quality import texts
from mutu.measure.quality.signs import Signs
from mutu.measure.result import Result

VERSION = 1


@dataclass(frozen=True)
class Decision:
    """One decision about one row.

    Attributes
    ----------
    row : the row, by its key or its number from 1
    keep : whether its answers count
    by : who decided; a role or initials suffice
    on : the day, ISO
    reason : why
    signs : kinds of the signs it had then
    """

    row: str
    keep: bool
    by: str
    on: str
    reason: str
    signs: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The decision as plain texts."""
        return {
            "row": self.row,
            "keep": self.keep,
            "by": self.by,
            "on": self.on,
            "reason": self.reason,
            "signs": list(self.signs),
        }


@dataclass(frozen=True)
class Decisions(Result):
    """A log of decisions; the last one about a row holds, the earlier ones stay readable.

    Attributes
    ----------
    items : columns of the answers
    key : column that names the rows; None where they go by their number
    fingerprint : of the answers, where rows go by their number: the log fits no other file
    entries : the decisions in the order they were made
    """

    items: tuple[str, ...]
    key: str | None
    fingerprint: str | None
    entries: tuple[Decision, ...] = ()

    def __float__(self) -> float:
        """Rows that are left out."""
        return float(len(self.left_out))

    @property
    def n(self) -> int:
        """Rows about which something was decided."""
        return len(self.current)

    @property
    def method(self) -> str:
        """How rows were chosen."""
        return "decided by people; the last decision about a row holds"

    @property
    def current(self) -> dict[str, Decision]:
        """The decision that holds, for each row with one."""
        return {entry.row: entry for entry in self.entries}

    @property
    def left_out(self) -> tuple[str, ...]:
        """The rows that are left out."""
        return tuple(row for row, entry in self.current.items() if not entry.keep)

    def undecided(self, found: Signs) -> tuple[str, ...]:
        """The rows with a sign about which nothing was decided."""
        return tuple(row for row in found.named if row not in self.current)

    def sentence(self) -> str:
        """How many rows were decided about, how many are left out, and by whom."""
        if not self.entries:
            return _("Nothing has been decided about any row yet.")
        return _("Decided about {n} rows: {left_out} left out, {kept} kept; by {people}.").format(
            n=integer(self.n),
            left_out=integer(len(self.left_out)),
            kept=integer(self.n - len(self.left_out)),
            people=", ".join(dict.fromkeys(entry.by for entry in self.entries)),
        )

    def rows(self) -> list[dict[str, str]]:
        """One row a decision, in the order they were made."""
        return [
            {
                _("Row"): entry.row,
                _("Decision"): _("kept") if entry.keep else _("left out"),
                _("Decided by"): entry.by,
                _("Decided on"): entry.on,
                _("Reason"): entry.reason,
                _("Signs"): ", ".join(map(texts.name, entry.signs)) or number(None),
            }
            for entry in self.entries
        ]

    def as_json(self) -> dict[str, Any]:
        """The log for JSON, which `from_json` reads."""
        return {
            "version": VERSION,
            "items": list(self.items),
            "key": self.key,
            "fingerprint": self.fingerprint,
            "entries": [entry.as_json() for entry in self.entries],
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Decisions:
        """A log that was written before.

        Raises
        ------
        InputError : this is no such log, or one of a newer version
        """
        try:
            newer = content["version"] > VERSION
            entries = tuple(Decision(**{**each, "signs": tuple(each["signs"])}) for each in content["entries"])
            found = cls(tuple(content["items"]), content["key"], content["fingerprint"], entries)
        except (KeyError, TypeError):
            raise InputError(
                N_("This is no log of decisions. Read the JSON that was written for these answers.")
            ) from None
        if newer:
            raise InputError(N_("This log of decisions is of a newer mutu. Update mutu, then read it again."))
        return found


def decide(
    found: Signs | Decisions,
    rows: Iterable[Any],
    *,
    keep: bool,
    by: str,
    reason: str,
    on: date | None = None,
) -> Decisions:
    """A person's decision about rows: their answers count, or are left out.

    Parameters
    ----------
    found : the signs, to begin a log, or the log so far; neither is changed
    rows : the rows, by their key or, without one, their number from 1
    keep : whether their answers count
    by : who decides; a role or initials suffice, no name is needed
    reason : why, in the words of who decides
    on : the day; today by default

    Returns
    -------
    Decisions : the log with the new entries behind the earlier ones

    Raises
    ------
    InputError : a row that is not in the survey
    SettingError : nobody decides, no reason is given, or no row is named

    Examples
    --------
    >>> import numpy as np, polars as pl
    >>> from datetime import date
    >>> from mutu.measure import quality
    >>> rng = np.random.default_rng(1)
    >>> answers = np.vstack([rng.choice([1, 2, 3, 4], (90, 9), p=[0.05, 0.15, 0.5, 0.3]), np.full((6, 9), 4)])
    >>> found = quality.signs(pl.DataFrame(answers, schema=[f"U{each}" for each in range(1, 10)]))
    >>> why = {"by": "petugas data", "reason": "diisi petugas loket sendiri", "on": date(2026, 11, 25)}
    >>> log = quality.decide(found, [91, 92], keep=False, **why)
    >>> log.left_out, len(log.undecided(found))
    (('91', '92'), 4)
    """
    named = tuple(str(row).strip() for row in rows)
    if not by.strip() or not reason.strip() or not named:
        raise SettingError(N_("A decision needs rows, who decides (a role suffices) and a reason."))
    log = Decisions(found.items, found.key, found.fingerprint) if isinstance(found, Signs) else found
    kinds = found.kinds if isinstance(found, Signs) else {row: entry.signs for row, entry in log.current.items()}
    if isinstance(found, Signs):
        unknown = [row for row in named if row not in found.known]
        if unknown:
            raise InputError(N_("There is no row {rows} in this survey."), rows=", ".join(unknown[:10]))
    day = (on or date.today()).isoformat()
    entries = tuple(Decision(row, keep, by.strip(), day, reason.strip(), tuple(kinds.get(row, ()))) for row in named)
    return replace(log, entries=(*log.entries, *entries))

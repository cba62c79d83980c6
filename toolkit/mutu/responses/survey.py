"""A survey as read from a file: the answers, and everything that was decided on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from mutu.errors import N_
from mutu.locale import _

_READ_AS = {
    "waktu": N_("time of the answer"),
    "tanggal": N_("date of the answer"),
    "id": N_("number of the answer, to find double ones"),
    "nomor": N_("running number"),
}


def profile_name(target: str) -> str:
    """What a column of this kind is called in the profile."""
    return {"waktu": "tanggal"}.get(target, target)


def read_as(target: str) -> str | None:
    """What a column that is neither a question nor profile was read for, or None for other targets.

    Parameters
    ----------
    target : what a column was mapped to: "waktu", "tanggal", "id", "nomor"

    Examples
    --------
    >>> from mutu.locale import use
    >>> with use("en"):
    ...     read_as("waktu")
    'time of the answer'
    """
    return _(_READ_AS[target]) if target in _READ_AS else None


@dataclass(frozen=True)
class ColumnMapping:
    """What one column of the file was taken for.

    unsur is a code ("U1".."U9"), a profile name ("usia"), "waktu", "tanggal", "id" or "nomor" (see read_as), or
    None for a column that is left out;
    how is "words", "position", "map" or "content"; sure says whether it needs a look.
    """

    column: str
    unsur: str | None
    how: str
    sure: bool


@dataclass(frozen=True)
class Rejected:
    """A cell or (column None) a whole row that does not count, and why; row as a person sees it in the file."""

    sheet: str
    row: int
    column: str | None
    value: str
    reason: str


@dataclass(frozen=True)
class Survey:
    """Answers of respondents, mapped and validated.

    Attributes
    ----------
    answers : respondents in rows (index: row number in the file), one column a question, named "U1" or,
        where several questions form an element, "U1.1", "U1.2"; nullable integers on `scale`
    profile : the same rows; columns by name ("jenis_kelamin", "usia", "pendidikan", "pekerjaan", "layanan", …)
        and every further column that may be used to group; never names, telephone numbers, e-mail, NIK
    scale : lowest and highest answer of the file; (1, 4) unless the user said otherwise
    converted : what was translated into numbers, column -> {text of the file: answer}
    unread : headers of columns that hold answers, and nobody knows to which question
    hints : sentences for the user, in the language in use at the time of reading
    synthetic : whether the answers were made by a computer, not given by people
    """

    answers: pd.DataFrame
    profile: pd.DataFrame
    mapping: tuple[ColumnMapping, ...]
    rejected: tuple[Rejected, ...]
    scale: tuple[int, int] = (1, 4)
    converted: dict[str, Any] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    file: str = ""
    sheet: str = ""
    kind: str = ""
    unread: tuple[str, ...] = ()
    synthetic: bool = False

    @property
    def grouping(self) -> tuple[tuple[str, str], ...]:
        """Header and name in `profile` of each column that may divide the respondents.

        Of two columns of one kind («Umur», «Kelompok Umur») the first has the name of the kind, the others have their
        header.
        """
        found: dict[str, str] = {}
        for mapped in self.mapping:
            kind = profile_name(mapped.unsur or "")
            name = next((each for each in (kind, mapped.column) if each in self.profile and each not in found), None)
            if name is not None:
                found[name] = mapped.column
        return tuple((header, name) for name, header in found.items())

    @property
    def names_every_element(self) -> bool:
        """Whether an element without answers was not asked for certain, and is not just unknown among the columns."""
        return not self.unread and all(mapped.how != "position" for mapped in self.mapping)

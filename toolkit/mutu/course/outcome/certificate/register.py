"""The register of what was issued: who has which number; the same person, course and marks keep theirs.

kunci-sertifikat/register.sqlite     in the workspace, and so in `mutu backup`
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from mutu.course.nbgrader.reading import refusal
from mutu.course.outcome.certificate import place
from mutu.course.outcome.certificate.facts import Facts, parse
from mutu.errors import N_, MachineError, WorkspaceError, reason
from mutu.locale import _, date

_TABLE = """
CREATE TABLE IF NOT EXISTS issued (
    position INTEGER PRIMARY KEY,
    number   TEXT NOT NULL UNIQUE,
    year     INTEGER NOT NULL,
    counter  INTEGER NOT NULL,
    student  TEXT NOT NULL,
    modules  TEXT NOT NULL,
    said     TEXT NOT NULL UNIQUE,
    facts    TEXT NOT NULL
)
"""
_FILE = "register.sqlite"
_WAIT = 30.0  # seconds another run may need
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
FIELDS = ("{number}", "{month}", "{year}")
"""What the form of a number may hold; the first must be in it."""


@dataclass(frozen=True)
class Register:
    """An open register; what was entered counts once the scope of `opened` ends well."""

    _book: sqlite3.Connection
    _file: Path

    def enter(self, student: str, draft: Facts, form: str) -> Facts:
        """The facts with their number and day: those they had before, else the next ones.

        Parameters
        ----------
        student : id of the person in the class list, also where it is not printed
        draft : the facts with any number, and the day to use when they are new
        form : of the number, for instance "{number}/SKM/{month}/{year}"

        Raises
        ------
        SettingError : a number is needed, and this is a copy of another register
        """
        said = _said(draft)
        row = self._book.execute("SELECT facts FROM issued WHERE said = ?", (said,)).fetchone()
        known = parse(row[0]) if row else None
        if known is not None:
            return known
        counter, number = self._next(form, draft.on)
        facts = draft.model_copy(update={"no": number})
        values = (number, draft.on.year, counter, student, _modules(draft), said, facts.as_text())
        self._book.execute(
            "INSERT INTO issued (number, year, counter, student, modules, said, facts) VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        return facts

    def of(self, student: str, modules: Iterable[str]) -> list[Facts]:
        """What was issued to a person for exactly these modules, the oldest first."""
        query = "SELECT facts FROM issued WHERE student = ? AND modules = ? ORDER BY position"
        rows = self._book.execute(query, (student, "\n".join(sorted(modules))))
        return [facts for (text,) in rows if (facts := parse(text)) is not None]

    def _next(self, form: str, day: Date) -> tuple[int, str]:
        """Count on within the year; a number that another form has used already is passed over."""
        kept = place.kept(self._book, self._file)
        place.refuse_copy(kept, self._file)
        (last,) = self._book.execute("SELECT max(counter) FROM issued WHERE year = ?", (day.year,)).fetchone()
        counter = (last or 0) + 1
        while self._is_used(shown(form, counter, day, kept.series)):
            counter += 1
        return counter, shown(form, counter, day, kept.series)

    def _is_used(self, number: str) -> bool:
        return self._book.execute("SELECT 1 FROM issued WHERE number = ?", (number,)).fetchone() is not None


def shown(form: str, counter: int, day: Date, series: str = "") -> str:
    """A number in its form: 001/SKM/XI/2026; in a series of its own 001-KRT/SKM/XI/2026."""
    for field, value in zip(FIELDS, (f"{counter:03}{series}", _ROMAN[day.month - 1], str(day.year)), strict=True):
        form = form.replace(field, value)
    return form


@contextmanager
def opened(folder: Path, choice: str | None = None) -> Iterator[Register]:
    """The register of a folder, for one run at a time; an error inside leaves it as it was.

    Parameters
    ----------
    folder : of keys and register
    choice : one of `place.CHOICES`, where the organiser has decided what a copy does

    Raises
    ------
    WorkspaceError : folder or file cannot be written, or another run holds it
    MachineError : the file is damaged
    """
    file = folder / _FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            N_("The folder {folder} cannot be written ({problem}). Choose another workspace with --dir."),
            folder=folder, problem=reason(error),
        ) from None  # fmt: skip
    try:
        with closing(sqlite3.connect(file, timeout=_WAIT, isolation_level=None)) as book:
            book.execute("BEGIN IMMEDIATE")
            book.execute(_TABLE)
            before = now = place.kept(book, file)
            if choice:
                now = place.decide(book, file, choice)
            yield Register(book, file)
            book.execute("COMMIT")
        if choice == "go-on":
            place.retire(before, now)
    except sqlite3.Error as error:
        why = refusal(file, error)
        if why is not None:
            raise WorkspaceError(
                N_(
                    "The register of certificates {file} cannot be written ({problem}), so none was issued. Put that "
                    "right, then try again."
                ),
                file=file, problem=why,
            ) from None  # fmt: skip
        raise MachineError(
            N_("The register of certificates {file} cannot be used ({problem}). Bring it back from a backup."),
            file=file, problem=error,
        ) from None  # fmt: skip


def followed_by(folder: Path, facts: Facts) -> str | None:
    """Number of a later certificate for the same person and modules, by which this one is replaced; None if none is."""
    query = (
        "SELECT later.number FROM issued AS later, issued AS this WHERE this.number = ? AND later.position > "
        "this.position AND later.student = this.student AND later.modules = this.modules ORDER BY later.position DESC"
    )
    found = _asked(folder, query, facts.no)
    return found[0] if found else None


def doubt(folder: Path, facts: Facts) -> str | None:
    """Why the register does not bear out what was signed with its own key; None where it does, or is not there."""
    rows = _asked(folder, "SELECT facts FROM issued WHERE number = ?", facts.no)
    if rows is None or facts.as_text() in rows:
        return None
    holder = parse(rows[0]) if rows else None
    if holder is None:
        return _(
            "The signature is genuine, but the register of this workspace has no number {number}: it comes from a copy "
            "of this workspace, or the register is older. Ask whoever issued it."
        ).format(number=facts.no)
    return _(
        "The signature is genuine, but in the register of this workspace the number {number} belongs to another "
        "certificate: {name}, issued on {day}. Probably a copy of this workspace issued one of them. Ask whoever "
        "issued it."
    ).format(number=facts.no, name=holder.name, day=date(holder.on))


def _asked(folder: Path, query: str, number: str) -> list[str] | None:
    """The first column of what the register answers about a number; None where it cannot be asked."""
    file = folder / _FILE
    if not file.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as book:
            return [str(row[0]) for row in book.execute(query, (number,))]
    except sqlite3.Error:
        return None


def _said(facts: Facts) -> str:
    """What makes a certificate the same one: everything but its number and its day."""
    return facts.model_copy(update={"no": "-", "on": facts.end}).as_text()


def _modules(facts: Facts) -> str:
    return "\n".join(sorted(facts.marks))

"""Whether a register is the one that gave its numbers so far, or a copy of it, which would give the same ones again.

A register remembers its file's own number on the disk: renaming and moving keep it, copying and restoring do not.
"""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from mutu.errors import N_, SettingError

CHOICES = ("go-on", "new-series")
"""What the organiser may decide for a copy: the original is used no more, or both are."""

_TABLE = "CREATE TABLE IF NOT EXISTS kept (file TEXT NOT NULL, place TEXT NOT NULL, series TEXT NOT NULL)"
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels: no words
_LENGTH = 3


@dataclass(frozen=True)
class Kept:
    """Where numbers were given last.

    Attributes
    ----------
    file : number of the register's file on its disk
    place : its path
    series : what is put behind each running number, empty in the first series
    """

    file: str
    place: str
    series: str = ""


def kept(book: sqlite3.Connection, file: Path) -> Kept:
    """What the register remembers; a new one remembers where it is."""
    book.execute(_TABLE)
    row = book.execute("SELECT file, place, series FROM kept").fetchone()
    return Kept(*row) if row else _remember(book, Kept(_number(file), str(file.resolve())))


def decide(book: sqlite3.Connection, file: Path, choice: str) -> Kept:
    """Let this register give numbers from now on, as one of `CHOICES` says."""
    before = kept(book, file)
    series = "-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return _remember(
        book, Kept(_number(file), str(file.resolve()), series if choice == "new-series" else before.series)
    )


def refuse_copy(found: Kept, file: Path) -> None:
    """Ask before a copy gives a number.

    Raises
    ------
    SettingError : numbers were given in another file last
    """
    if found.file == _number(file):
        return
    raise SettingError(
        N_(
            "This register of certificates is a copy, from a copied workspace or a backup: numbers were given last in "
            "{place}. No certificate was issued, since both would give the same number. If that one is used no more, "
            "add --register go-on; if it goes on as well, add --register new-series."
        ),
        place=found.place,
    )


def retire(before: Kept, now: Kept) -> None:
    """Let the original, where it can be reached, ask in its turn."""
    original = Path(before.place)
    with suppress(OSError, sqlite3.Error):
        if before.file == now.file or _number(original) != before.file:
            return
        with closing(sqlite3.connect(f"{original.as_uri()}?mode=rw", uri=True)) as book, book:
            _remember(book, now)


def _remember(book: sqlite3.Connection, found: Kept) -> Kept:
    book.execute("DELETE FROM kept")
    book.execute("INSERT INTO kept VALUES (?, ?, ?)", (found.file, found.place, found.series))
    return found


def _number(file: Path) -> str:
    return str(file.stat().st_ino)

"""A folder of our own into which foreign bytes are unpacked, under numbers instead of names, and counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mutu.errors import N_, MachineError, reason
from mutu.responses.archive import TooLong, pieces

MAX_BYTES = 4 * 1024**3
MAX_FILE = 100 * 1024**2
MAX_ENTRIES = 100_000
MAX_INNER_BYTES = 300 * 1024**2  # what one person hands in as an archive or mail
MAX_INNER_ENTRIES = 2_000
MAX_DEPTH = 3


class Full(Exception):
    """A limit on bytes or entries is reached."""


class TooLarge(Exception):
    """One file is larger than a file may be."""


class Spool:
    """Where files are unpacked to.

    Parameters
    ----------
    folder : an empty folder of our own
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._left = [(MAX_BYTES, MAX_ENTRIES)]

    @contextmanager
    def part(self) -> Iterator[None]:
        """Within it, what one person handed in: it has limits of its own, so that it cannot use up those of others."""
        bytes_, entries = self._left[-1]
        self._left.append((min(bytes_, MAX_INNER_BYTES), min(entries, MAX_INNER_ENTRIES)))
        began, first = self._left[-1], self._number
        try:
            yield
        except Full:
            for number in range(first, self._number):
                self._place(number).unlink(missing_ok=True)
            self._left[-1] = began
            raise
        finally:
            used, counted = began[0] - self._left[-1][0], began[1] - self._left[-1][1]
            self._left.pop()
            self._left[-1] = (bytes_ - used, entries - counted)

    def count(self) -> None:
        """One more entry was seen."""
        bytes_, entries = self._left[-1]
        if entries <= 0:
            raise Full
        self._left[-1] = (bytes_, entries - 1)

    def keep(self, stream: IO[bytes]) -> Path:
        """Write what a stream gives to a new file.

        Raises
        ------
        TooLarge : the file alone is too large; nothing of it is kept
        Full : all files together are
        """
        bytes_, entries = self._left[-1]
        place = self._place(self._number)
        self._number += 1
        written = 0
        try:
            with place.open("xb") as out:
                for piece in pieces(stream, min(bytes_, MAX_FILE)):
                    written += _write(out, piece)
        except TooLong:
            place.unlink()
            raise (TooLarge if bytes_ > MAX_FILE else Full) from None
        except BaseException:
            place.unlink(missing_ok=True)
            raise
        self._left[-1] = (bytes_ - written, entries)
        return place

    def _place(self, number: int) -> Path:
        return self._folder / f"{number:06d}"


def _write(out: IO[bytes], piece: bytes) -> int:
    try:
        return out.write(piece)
    except OSError as error:
        raise MachineError(
            N_("The files could not be unpacked ({reason}). Make room on the disk and collect again."),
            reason=reason(error),
        ) from None  # fmt: skip

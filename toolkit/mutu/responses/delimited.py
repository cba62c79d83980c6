"""Text files with columns: which encoding, which delimiter, and their rows."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from io import StringIO
from itertools import islice

from mutu.errors import N_, ReadError
from mutu.responses.archive import check_size
from mutu.responses.grid import Grid, data

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DELIMITERS = ("\t", ";", ",", "|")  # in this order where two fit alike: decimal commas look like delimiters
_LOOK = 300


def read_text(raw: bytes, name: str) -> Grid:
    """A CSV file of any usual kind as a grid; rows counted as a spreadsheet shows them."""
    content = decode(raw)
    if sum(character < " " and character not in "\t\r\n\f" for character in content[:20000]) > 2:
        raise ReadError(
            N_("{file} is neither Excel, OpenDocument nor a text table (CSV). Save the answers as .xlsx or .csv."),
            file=name,
        )
    delimiter, skipped = _delimiter(content)
    limits = data("limits")
    try:
        rows = list(islice(csv.reader(StringIO(content, newline=""), delimiter=delimiter), limits["rows"] + 1))
    except csv.Error:
        raise ReadError(
            N_("{file} is not a table that can be read: one of its cells never ends. Save it again as CSV or .xlsx."),
            file=name,
        ) from None
    if skipped:
        rows[0] = []
    rows = _requoted(rows)
    width = max(map(len, rows), default=0)
    check_size(len(rows), width, name)
    return Grid("", [row + [""] * (width - len(row)) for row in rows])


def _requoted(rows: list[list[str]]) -> list[list[str]]:
    """Rows of a file whose lines were quoted as a whole, so that each is one cell with delimiters in it."""
    filled = [row for row in rows if row]
    if not filled or max(map(len, filled)) > 1:
        return rows
    mark = max(_DELIMITERS, key=lambda mark: sum(mark in row[0] for row in filled))
    if sum(mark in row[0] for row in filled) < 0.9 * len(filled):
        return rows
    return list(csv.reader((row[0] if row else "" for row in rows), delimiter=mark))


def decode(raw: bytes) -> str:
    """The text of a file: by its mark, else UTF-16 by its zeros, else UTF-8, else Windows-1252."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace")
    start = raw[:2000]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) > 3 and start[first::2].count(0) > len(start) * 0.3:
            return raw.decode(encoding, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _delimiter(content: str) -> tuple[str, bool]:
    """The delimiter, and whether the first line only names it (sep=;)."""
    first = content.lstrip().partition("\n")[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], True
    return max(_DELIMITERS, key=lambda mark: _fit(content, mark)), False


def _fit(content: str, mark: str) -> tuple[float, int]:
    """How evenly a delimiter divides the rows (in steps, so that small unevenness does not decide), then its rank."""
    widths = Counter(_widths(content, mark))
    common, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(0, 0))
    if common < 2:
        return 0.0, -_DELIMITERS.index(mark)
    evenness = round(10 * rows / widths.total()) + (5 if common > 3 else 0)
    return evenness, -_DELIMITERS.index(mark)


def _widths(content: str, mark: str) -> Iterable[int]:
    try:
        return [len(row) for row in islice(csv.reader(StringIO(content, newline=""), delimiter=mark), _LOOK) if row]
    except csv.Error:
        return []

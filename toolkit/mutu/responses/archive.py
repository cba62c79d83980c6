"""Zip-based spreadsheets: unpacked under limits before any parser sees them.

A parser makes a dense table of a sheet, so that one cell in the last corner of a sheet costs gigabytes, and
trusts sizes that the file states itself. So every part is unpacked here, counted, looked at, and handed on
in a new archive.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from mutu.errors import N_, ReadError
from mutu.responses.grid import data

# what reading a damaged, encrypted or oddly packed archive raises
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_PIECE = 2**20
_XLSX_CELL = re.compile(rb"""<(?:\w+:)?c(?=\s)(?>[^<>]*?\sr=["'])([A-Za-z]{1,7})(\d{1,9})["'][^<>/]*>(?!</)""")
_ODS_TAG = re.compile(rb"<table:(table-row|(?:covered-)?table-cell|table)\b([^<>]*?)(/?)>")
_ODS_REPEAT = re.compile(rb"""number-(?:rows|columns)-repeated=["'](\d{1,9})""")


def unpack(raw: bytes, name: str) -> dict[str, bytes]:
    """The parts of an archive by name, or a ReadError when it is damaged or too large."""
    limits = data("limits")
    parts: dict[str, bytes] = {}
    left = limits["unpacked_bytes"]
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = archive.infolist()
            if len(members) > limits["archive_members"] or sum(member.file_size for member in members) > left:
                raise _too_large(name)
            for member in members:
                with archive.open(member) as stream:
                    parts[member.filename] = _bounded(stream, left, name)
                left -= len(parts[member.filename])
    except UNREADABLE as error:
        if isinstance(error, ReadError):
            raise
        raise damaged(name) from None
    return parts


class TooLong(Exception):
    """A stream gives more than it may."""


def pieces(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    """All of a stream in small pieces, at most `limit` bytes: what a part says about its size need not be true.

    Raises
    ------
    TooLong : there is more
    """
    while piece := stream.read(_PIECE):
        limit -= len(piece)
        if limit < 0:
            raise TooLong
        yield piece


def _bounded(stream: IO[bytes], limit: int, name: str) -> bytes:
    try:
        return b"".join(pieces(stream, limit))
    except TooLong:
        raise _too_large(name) from None


def repack(parts: dict[str, bytes]) -> BytesIO:
    """The parts in a new archive: what is parsed is what was counted."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    out.seek(0)
    return out


def check_xlsx(parts: dict[str, bytes], name: str) -> None:
    """Refuse a workbook with a sheet whose cells reach too far."""
    for part, content in parts.items():
        if not part.startswith("xl/media"):
            found = _XLSX_CELL.findall(content)
            rows, columns = {row for _column, row in found}, {column.upper() for column, _row in found}
            check_size(max(map(int, rows), default=0), max(map(column_number, columns), default=0), name)


def check_ods(parts: dict[str, bytes], name: str) -> None:
    """Refuse a document with a table whose filled cells reach too far, repeated ones counted."""
    rows = columns = column = repeated = height = width = 0
    for tag, attributes, empty in _ODS_TAG.findall(parts.get("content.xml", b"")):
        found = _ODS_REPEAT.search(attributes)
        times = int(found[1]) if found else 1
        if tag == b"table":
            rows = columns = 0
        elif tag == b"table-row":
            rows, column, repeated = rows + repeated, 0, times
        else:
            column += times
            if not empty:
                columns = max(columns, column)
                height, width = max(height, rows + repeated), max(width, columns)
                check_size(height, width, name)


def check_size(rows: int, columns: int, name: str) -> None:
    """Refuse a table that is larger than the limits."""
    limits = data("limits")
    if rows > limits["rows"] or columns > limits["columns"] or rows * columns > limits["cells"]:
        raise ReadError(
            N_(
                "{file} has a sheet that reaches to row {rows} and column {columns}; up to {max_rows} rows and "
                "{max_columns} columns are read. Keep only the sheet with the answers, delete what stands far "
                "outside the table, and save it again."
            ),
            file=name,
            rows=rows,
            columns=columns,
            max_rows=limits["rows"],
            max_columns=limits["columns"],
        )


def column_number(letters: bytes) -> int:
    """The number of a column by its letters, A being 1."""
    number = 0
    for code in letters:
        number = number * 26 + code - 64
    return number


def damaged(name: str) -> ReadError:
    """What to say of a spreadsheet that a parser gives up on."""
    return ReadError(
        N_(
            "{file} is damaged or incomplete and cannot be opened. Open it in the program that made it, "
            "save it again as Excel (.xlsx) and use the new file."
        ),
        file=name,
    )


def _too_large(name: str) -> ReadError:
    return ReadError(
        N_(
            "{file} unpacks to more than {limit} MB, more than a survey can be. "
            "Copy only the sheet with the answers into a new file and use that."
        ),
        file=name,
        limit=data("limits")["unpacked_bytes"] // 2**20,
    )

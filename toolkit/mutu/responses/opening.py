"""A survey file as sheets of cells, whatever its format; a file that is something else gets a sentence."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from mutu.errors import N_, ReadError
from mutu.responses import cage, spss, workbook
from mutu.responses.archive import check_ods, check_size, check_xlsx, damaged, repack, unpack
from mutu.responses.delimited import read_text
from mutu.responses.grid import Grid, data

_LOCK = "~$"  # how Excel begins the name of the file that locks a workbook
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = {
    b"%PDF": N_("a PDF"),
    b"\x89PNG": N_("a picture"),
    b"\xff\xd8\xff": N_("a picture"),
    b"GIF8": N_("a picture"),
    b"{\\rtf": N_("a text document"),
    b"Rar!": N_("a packed archive"),
    b"7z\xbc\xaf": N_("a packed archive"),
    b"\x1f\x8b": N_("a packed archive"),
}


def open_sheets(source: str | Path | bytes, name: str) -> list[Grid]:
    """The sheets of a file, never empty; formulas are never computed, their stored values are read.

    Raises
    ------
    ReadError : missing, empty, too large, encrypted, damaged, or no table at all
    """
    raw = source if isinstance(source, bytes) else _bytes(Path(source), name)
    if name.startswith(_LOCK) and not raw.startswith((b"PK", _OLE)):
        raise _lock(name)
    _check_bytes(len(raw), name)
    if raw.startswith(b"PK"):
        sheets = _from_archive(raw, name)
    elif raw.startswith(_OLE):
        sheets = _from_ole(raw, name)
    elif raw.startswith(spss.MARKS):
        sheets = [spss.read_grid(raw, name)]
    else:
        _refuse_other(raw, name)
        sheets = [read_text(raw, name)]
    if not any(cell not in ("", None) for sheet in sheets for row in sheet.cells for cell in row):
        raise _empty(name)
    return sheets


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise ReadError(N_("{file} is a folder. Name the survey file in it."), file=name)
        _check_bytes(path.stat().st_size, name)
        return path.read_bytes()
    except ReadError:
        raise
    except FileNotFoundError:
        raise ReadError(N_("{file} does not exist. Check the name and the folder."), file=name) from None
    except (OSError, ValueError):
        raise ReadError(
            N_("{file} cannot be opened. Close it in other programs and check that you may read it."), file=name
        ) from None


def _check_bytes(size: int, name: str) -> None:
    limit = data("limits")["file_bytes"]
    if size > limit:
        raise ReadError(
            N_(
                "{file} is larger than {limit} MB. Copy only the sheet with the answers, "
                "without pictures, into a new file and use that."
            ),
            file=name,
            limit=limit // 2**20,
        )
    if size == 0:
        raise _empty(name)


def _lock(name: str) -> ReadError:
    return ReadError(
        N_(
            "{file} is a file that Excel keeps beside a workbook while it is open, without answers in it. "
            "The survey is {other}: save it, close it and use that one."
        ),
        file=name,
        other=name.removeprefix(_LOCK),
    )


def _empty(name: str) -> ReadError:
    return ReadError(N_("{file} is empty. Export the answers again and check that the file has rows."), file=name)


def _from_archive(raw: bytes, name: str) -> list[Grid]:
    parts = unpack(raw, name)
    title = workbook.title(parts)
    if "xl/workbook.xml" in parts:
        check_xlsx(parts, name)
        found = workbook.marks(parts)
        return [
            replace(workbook.apply(grid, found.get(grid.sheet, workbook.Marks()), name), title=title)
            for grid in parse(repack(parts), name)
        ]
    if b"opendocument.spreadsheet" in parts.get("mimetype", b""):
        check_ods(parts, name)
        return [replace(grid, title=title) for grid in parse(repack(parts), name)]
    kind = N_("a packed archive")
    if "xl/workbook.bin" in parts:
        kind = N_("a binary workbook (.xlsb)")
    elif any(part.startswith("word/") for part in parts) or b"opendocument" in parts.get("mimetype", b""):
        kind = N_("a text document")
    raise _other(name, kind)


def _from_ole(raw: bytes, name: str) -> list[Grid]:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise _encrypted(name)
    if not any(stream.encode("utf-16-le") in raw for stream in ("Workbook", "Book")):
        raise _other(name, N_("a text document"))
    try:
        cage.said("workbook_child", raw)
    except subprocess.SubprocessError:
        raise damaged(name) from None
    return parse(BytesIO(raw), name)


def _refuse_other(raw: bytes, name: str) -> None:
    for mark, kind in _NOT_TABLES.items():
        if raw.startswith(mark):
            raise _other(name, kind)
    start = raw[:4000].lower().replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<") and (b"<html" in start or b"<table" in start or b"<!doctype html" in start):
        raise ReadError(
            N_(
                "{file} is a web page, even if its name ends in .xls. "
                "Open it in Excel or LibreOffice, save it as Excel workbook (.xlsx) and use the new file."
            ),
            file=name,
        )
    if start.startswith(b"<?xml"):
        raise _other(name, N_("an XML file"))
    if start[:1] in (b"{", b"["):
        raise _other(name, N_("a JSON file"))


def _other(name: str, kind: str) -> ReadError:
    from mutu.locale import _

    return ReadError(
        N_("{file} is {kind}, not a table of answers. Export the answers as Excel (.xlsx) or CSV and use that file."),
        file=name,
        kind=_(kind),
    )


def _encrypted(name: str) -> ReadError:
    return ReadError(
        N_(
            "{file} is protected with a password. Open it, remove the password "
            "(File, Info, Protect Workbook), save it and try again."
        ),
        file=name,
    )


def parse(stream: BytesIO, name: str) -> list[Grid]:
    """The sheets of a workbook through calamine, whose failures on broken files may even be panics."""
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(stream) as book:
            return [_grid(book, sheet, name) for sheet in book.sheets_metadata if _is_sheet(sheet)]
    except ReadError:
        raise
    except calamine.PasswordError:
        raise _encrypted(name) from None
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from None


def _is_sheet(metadata: Any) -> bool:
    return str(metadata.typ).endswith("WorkSheet")


def _grid(book: Any, metadata: Any, name: str) -> Grid:
    sheet = book.get_sheet_by_name(metadata.name)
    rows, columns = sheet.end or (-1, -1)
    check_size(rows + 1, columns + 1, name)
    cells = sheet.to_python(skip_empty_area=False)
    merged = tuple(sheet.merged_cell_ranges) if sheet.merged_cell_ranges else None
    return Grid(metadata.name, cells, merged, hidden=not str(metadata.visible).endswith("Visible"))

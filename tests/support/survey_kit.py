"""Survey files made in memory for the tests of the reader, and the command that reads them."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout

import openpyxl

from mutu.cli import main

NAMES = (
    "Persyaratan",
    "Prosedur",
    "Waktu penyelesaian",
    "Biaya/tarif",
    "Produk layanan",
    "Kompetensi",
    "Perilaku",
    "Pengaduan",
    "Sarana dan prasarana",
)


def as_csv(rows: Sequence[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(
    rows: Sequence[Sequence[object]], merged: Sequence[str] = (), **sheets: Sequence[Sequence[object]]
) -> bytes:
    """Rows as the sheet «Data» of a workbook; further sheets by name stand before it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    for place, (name, content) in enumerate(sheets.items()):
        other = book.create_sheet(name, place)
        for row in content:
            other.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mutu(*arguments: str) -> tuple[int, str, str]:
    """The command in this process: exit code, stdout, stderr."""
    out, err = io.StringIO(), io.StringIO()
    before, sys.argv = sys.argv, ["mutu", *arguments]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    finally:
        sys.argv = before
    return 0, out.getvalue(), err.getvalue()


def respondents(count: int, columns: int = 9) -> list[list[int]]:
    """Answers that differ between rows and columns: 2, 3 and 4."""
    return [[2 + (row * 7 + column * 5 + row * column) % 3 for column in range(columns)] for row in range(count)]

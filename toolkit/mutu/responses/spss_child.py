"""Reading an SPSS file in a process of its own: the parser is C, and a broken file can make it crash.

`python -m mutu.responses.spss_child CELLS BYTES` takes the file on stdin and writes one JSON object: either the
contents, or the "rows" and "columns" of a file that is larger than so many cells or bytes. It writes nothing else, and
ends with a code other than 0 when the file cannot be read.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from io import BytesIO
from typing import Any

from mutu.responses.cage import limit

_MEMORY, _SECONDS = 2**31, 60
_OLD = "WINDOWS-1252"  # what files without a good word on their encoding are written in


def contents(raw: bytes, most_cells: int, most_bytes: int) -> dict[str, Any]:
    """Names, labels and cells of the variables, or the size of a file that has too many of them."""
    from pyreadstat import read_sav

    _none, about = read_sav(BytesIO(raw), metadataonly=True, output_format="dict", encoding=_encoding(raw))
    names = about.column_names
    width = max(1, sum(about.variable_storage_width.values()))
    most = min(most_cells // max(1, len(names)), most_bytes // width)
    found = _cells(raw, most + 1, about.file_encoding)
    rows = max(map(len, found.values()), default=0)
    if rows > most:
        return {"rows": max(rows, about.number_rows or 0), "columns": len(names)}
    return {
        "names": names,
        "labels": [about.column_names_to_labels.get(name) or "" for name in names],
        "values": {name: _pairs(labels) for name, labels in about.variable_value_labels.items()},
        "cells": [[_plain(cell) for cell in found[name]] for name in names],
    }


def _encoding(raw: bytes) -> str | None:
    """None where the file's own word on its encoding holds for all of its names and labels."""
    from pyreadstat import ReadstatError, read_sav

    try:
        read_sav(BytesIO(raw), metadataonly=True, output_format="dict")
    except (ReadstatError, UnicodeDecodeError):
        return _OLD
    return None


def _cells(raw: bytes, rows: int, encoding: str | None) -> dict[str, Any]:
    """The columns; texts as the file says, else in the old encoding; dates as numbers where no calendar has them."""
    from pyreadstat import ReadstatError, read_sav

    ways: tuple[dict[str, Any], ...] = (
        {},
        {"encoding": _OLD},
        {"disable_datetime_conversion": True, "encoding": encoding},
    )
    for more in ways:
        try:
            found, _about = read_sav(BytesIO(raw), output_format="dict", row_limit=rows, **more)
        except (ReadstatError, UnicodeDecodeError, OverflowError, ValueError):
            continue
        return dict(found)
    raise SystemExit(1)


def _pairs(labels: dict[Any, str]) -> list[tuple[Any, str]]:
    return [(_plain(value), label) for value, label in labels.items()]


def _plain(cell: Any) -> Any:
    """A cell as JSON has it; days and times as a person reads them."""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, float) and cell != cell:
        return None
    return cell


if __name__ == "__main__":
    limit(_MEMORY, _SECONDS)
    sys.stdout.write(json.dumps(contents(sys.stdin.buffer.read(), *map(int, sys.argv[1:3]))))

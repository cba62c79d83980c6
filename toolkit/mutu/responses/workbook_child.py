"""Reads a workbook of the old kind (.xls) to its end, as a program: what it dies of, nobody else does."""

from __future__ import annotations

import sys
from io import BytesIO

from mutu.responses.cage import limit

_MEMORY = 2 << 30
_SECONDS = 60


def tried(raw: bytes) -> None:
    """Read every sheet; what is refused in an orderly way is the caller's to say."""
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(BytesIO(raw)) as book:
            for sheet in book.sheet_names:
                book.get_sheet_by_name(sheet).to_python()
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise


if __name__ == "__main__":
    limit(_MEMORY, _SECONDS)
    tried(sys.stdin.buffer.read())

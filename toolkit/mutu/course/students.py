"""Names of participants from an Excel or CSV file: all are taken, or none, with a sentence for every bad row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mutu.course.nbgrader import Trainee
from mutu.errors import N_, ReadError
from mutu.locale import _
from mutu.responses.delimited import decode

MAX_BYTES = 2_000_000
MAX_UNPACKED = 50_000_000
MAX_ROWS = 5_000
_HEADERS = {
    "id": ("id", "nip", "nipppk", "nomor", "nomor peserta", "id peserta", "student id", "participant id", "kode"),
    "name": ("nama", "nama lengkap", "nama peserta", "name", "full name"),
    "email": ("e-mail", "email", "surel", "alamat surel", "e-mail address", "email address"),
}
_UNREADABLE = N_("{file} is not a readable Excel file. Save it again as .xlsx or CSV.")
_FAR = N_("{file} has cells far outside the list. Delete them, or copy the list into a new file.")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

Cell = str | float | None


def read(file: Path) -> tuple[Trainee, ...]:
    """Participants of a file with the columns id, name and (if there is one) e-mail.

    Raises
    ------
    ReadError : the file cannot be read, a column is missing, or rows are wrong; lists every wrong row
    """
    filled = [(number, row) for number, row in enumerate(rows(file), 1) if any(_text(cell) for cell in row)]
    header = _header(filled, file)
    body = [(number, row) for number, row in filled if number > header[0]]
    found, wrong = _trainees(body, header[1])
    if wrong:
        raise ReadError(
            N_("{file}: nobody was added, since some rows need a correction.\n{list}"),
            file=file.name, list="\n".join(wrong),
        )  # fmt: skip
    if not found:
        raise ReadError(N_("{file} has no participants below its header. Add one row for each person."), file=file.name)
    return found


def _header(rows: list[tuple[int, list[Cell]]], file: Path) -> tuple[int, dict[str, int]]:
    """Row number of the header and field -> position; a title may stand above."""
    for number, row in rows[:10]:
        names = [_text(cell).casefold() for cell in row]
        columns = {field: names.index(name) for field, known in _HEADERS.items() for name in known if name in names}
        if {"id", "name"} <= set(columns):
            return number, columns
    raise ReadError(
        N_("{file}: no header with the columns id and name was found. Name the columns id, name and e-mail."),
        file=file.name,
    )


def _trainees(rows: list[tuple[int, list[Cell]]], columns: dict[str, int]) -> tuple[tuple[Trainee, ...], list[str]]:
    found, wrong, seen = [], [], dict[str, int]()
    for number, row in rows:
        cells: dict[str, Cell] = {field: row[at] if at < len(row) else None for field, at in columns.items()}
        trainee = Trainee(_text(cells["id"]), " ".join(_text(cells["name"]).split()), _text(cells.get("email")))
        reasons = list(_reasons(trainee, cells["id"], seen))
        wrong += [_("Row {row}: {reason}").format(row=number, reason=reason) for reason in reasons]
        seen.setdefault(trainee.id.casefold(), number)
        found.append(trainee)
    return tuple(found), wrong


def _reasons(trainee: Trainee, id_cell: Cell, seen: dict[str, int]) -> Iterable[str]:
    if not trainee.id:
        yield _("the id is empty.")
    elif isinstance(id_cell, float) and abs(id_cell) >= 1e15:
        yield _("the id is a number of more than 15 digits, which Excel has rounded. Type it again as text.")
    elif not _ID.fullmatch(trainee.id):
        yield _("the id «{id}» may have only letters, digits, dot, hyphen and underscore.").format(id=trainee.id[:40])
    elif trainee.id.casefold() in seen:
        yield _("the id «{id}» is already in row {row}.").format(id=trainee.id, row=seen[trainee.id.casefold()])
    if not trainee.name:
        yield _("the name is empty.")
    if trainee.email and not _EMAIL.fullmatch(trainee.email):
        yield _("«{email}» is not an e-mail address.").format(email=trainee.email[:60])


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def rows(file: Path) -> list[list[Cell]]:
    """All rows of an Excel or CSV file from anyone, under limits.

    Raises
    ------
    ReadError : the file cannot be read, or is larger than a list is
    """
    try:
        data = file.read_bytes() if file.stat().st_size <= MAX_BYTES else None
    except OSError:
        raise ReadError(N_("{file} cannot be opened. Check the name and the folder."), file=file) from None
    if data is None:
        raise ReadError(
            N_("{file} is larger than {limit} MB. A list of participants is smaller: is it the right file?"),
            file=file.name, limit=MAX_BYTES // 1_000_000,
        )  # fmt: skip
    found = _from_excel(data, file.name) if data.startswith((b"PK", _OLD_EXCEL)) else _from_csv(data)
    if len(found) > MAX_ROWS:
        raise ReadError(N_("{file} has more than {limit} rows. Split it."), file=file.name, limit=MAX_ROWS)
    return found


def _from_excel(data: bytes, name: str) -> list[list[Cell]]:
    """The first sheet's rows; the parser gets only what was unpacked and looked at before, as with a survey."""
    from mutu.responses.archive import check_ods, check_xlsx, repack, unpack
    from mutu.responses.opening import parse

    with _told(_UNREADABLE, name):
        parts = unpack(data, name)
    if sum(map(len, parts.values())) > MAX_UNPACKED:
        raise ReadError(N_("{file} unpacks to more than is allowed. Save the list as CSV."), file=name)
    with _told(_FAR, name):
        check_xlsx(parts, name)
        check_ods(parts, name)
    with _told(_UNREADABLE, name):
        sheets = parse(repack(parts), name)
    cells = sheets[0].cells if sheets else []
    return [[cell if isinstance(cell, float) else str(cell) for cell in row] for row in cells]


@contextmanager
def _told(sentence: str, name: str) -> Iterator[None]:
    """Say of a list what would be said of a survey."""
    try:
        yield
    except ReadError:
        raise ReadError(sentence, file=name) from None


def _from_csv(data: bytes) -> list[list[Cell]]:
    text = decode(data)
    head = text[:2000]
    mark = max(";,\t", key=head.count)
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=mark)]

"""Names of participants from an Excel or CSV file: all are taken, or none, with a sentence for every bad row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mutu.course.listed import listed
from mutu.course.names import one_person, undecorated
from mutu.course.nbgrader import Trainee
from mutu.errors import N_, ReadError
from mutu.locale import _
from mutu.responses.delimited import decode

if TYPE_CHECKING:
    from mutu.responses.grid import Grid

MAX_BYTES = 2_000_000
MAX_UNPACKED = 50_000_000
MAX_ROWS = 5_000
# without spaces and signs: «N I P», «E-Mail», «Nama Lengkap *»
_HEADERS = {
    "id": ("id", "nip", "nipppk", "nrp", "nik", "nomor", "nomorinduk", "nomorindukpegawai", "nomorpeserta", "idpeserta",
           "nipid", "idnip", "nipnik", "nipnrp", "studentid", "participantid", "kode", "username", "namapengguna"),
    "name": ("nama", "namalengkap", "namapeserta", "namapegawai", "namadangelar", "namalengkapdangelar", "name",
             "fullname"),
    "email": ("email", "surel", "alamatsurel", "alamatemail", "emailaddress"),
}  # fmt: skip
_TITLE_ROWS = 10
_MARKS = "\t;,|"
_MOST_REASONS = 10
_ROUNDED = re.compile(r"\d[.,]\d+[eE]\+?1\d")
_UNSEEN = "\u200b\u200e\u200f\ufeff\u2060"
_UNREADABLE = N_("{file} is not a readable Excel file. Save it again as .xlsx or CSV.")
_FAR = N_("{file} has cells far outside the list. Delete them, or copy the list into a new file.")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

Cell = str | float | None
Table = list[list[Cell]]


def read(file: Path) -> tuple[Trainee, ...]:
    """Participants of a file with the columns id, name and (if there is one) e-mail.

    Raises
    ------
    ReadError : the file cannot be read, a column is missing, or rows are wrong; lists the wrong rows
    """
    found = rows(file, lambda table: _header(table) is not None)
    filled = [(number, row) for number, row in enumerate(found, 1) if any(_text(cell) for cell in row)]
    header = _header(found)
    if header is None:
        raise _no_header(found, file)
    body = [(number, row) for number, row in filled if number > header[0]]
    trainees, wrong = _trainees(body, header[1])
    if wrong:
        raise ReadError(
            N_("{file}: nobody was added, since some rows need a correction.\n{list}"),
            file=file.name, list="\n".join(_grouped(wrong)),
        )  # fmt: skip
    if not trainees:
        raise ReadError(N_("{file} has no participants below its header. Add one row for each person."), file=file.name)
    return trainees


def renamed(trainees: Iterable[Trainee], known: Iterable[Trainee]) -> list[str]:
    """Ids that would become another person's, a line each with both names; other spellings and titles are no other.

    Parameters
    ----------
    trainees : the new list
    known : whom the gradebook has
    """
    there = {each.id: each.name for each in known if each.name and each.name != each.id}
    said = [
        _("{id}: so far {old}, now {new}").format(id=each.id, old=there[each.id], new=each.name)
        for each in trainees
        if each.id in there and not one_person(there[each.id], each.name)
    ]
    more = len(said) - _MOST_REASONS
    return said if more <= 0 else [*said[:_MOST_REASONS], _("And {count} more such rows.").format(count=more)]


def usable(file: Path, other: str) -> list[tuple[Trainee, str]]:
    """The rows of a list that need no correction, each with what stands in another column; none of an unreadable file.

    Parameters
    ----------
    file : the list
    other : the header of that column
    """
    try:
        table = rows(file, lambda table: _header(table) is not None)
    except ReadError:
        return []
    header = _header(table)
    if header is None:
        return []
    number, columns = header
    at = next((at for at, cell in enumerate(table[number - 1]) if _text(cell) == other), -1)
    found = []
    for each in enumerate(table[number:], number + 1):
        trainees, wrong = _trainees([each], columns)
        found += [(one, _text(each[1][at]) if 0 <= at < len(each[1]) else "") for one in trainees if not wrong]
    return found


def is_address(text: str) -> bool:
    """Whether it is written as an e-mail address is."""
    return _EMAIL.fullmatch(text) is not None


def reasons(trainee: Trainee) -> list[str]:
    """Why somebody cannot be entered, a sentence each; none where it can be."""
    return list(_reasons(trainee, trainee.id, {}))


def doubtful(trainees: Iterable[Trainee], known: Iterable[Trainee] = ()) -> list[str]:
    """What makes participants hard to tell apart, a sentence each: one name or one address that several have.

    Parameters
    ----------
    trainees : those of a list
    known : whom the gradebook had before; what is only about these is not said
    """
    own = {trainee.id: trainee for trainee in trainees}
    names, addresses = dict[str, list[Trainee]](), dict[str, list[Trainee]]()
    for trainee in (*own.values(), *(each for each in known if each.id not in own and each.name)):
        names.setdefault(undecorated(trainee.name).casefold(), []).append(trainee)
        addresses.setdefault(trainee.email.casefold(), []).append(trainee)
    addresses.pop("", None)
    one_name = _("{ids} have the same name, {what}. If it is one person, keep one row; else collecting asks which one.")
    one_address = _("{ids} have the same e-mail, {what}. Collecting asks whose a mail from it is.")
    return [
        *(
            one_name.format(ids=_ids(group), what=group[0].name.removesuffix("."))
            for group in names.values()
            if len(group) > 1 and group[0].id in own
        ),
        *(
            one_address.format(ids=_ids(group), what=group[0].email)
            for group in addresses.values()
            if len(group) > 1 and group[0].id in own
        ),
    ]


def _ids(trainees: list[Trainee]) -> str:
    return listed(each.id for each in trainees)


def _header(table: Table) -> tuple[int, dict[str, int]] | None:
    """Row number of the header and field -> position; a title may stand above."""
    for number, columns in _heads(table):
        if {"id", "name"} <= set(columns):
            return number, columns
    return None


def _heads(table: Table) -> Iterator[tuple[int, dict[str, int]]]:
    filled = [(number, row) for number, row in enumerate(table, 1) if any(_text(cell) for cell in row)]
    for number, row in filled[:_TITLE_ROWS]:
        named = [re.sub(r"[\W_]+", "", _text(cell).casefold()) for cell in row]
        yield number, {field: named.index(name) for field, known in _HEADERS.items() for name in known if name in named}


def _no_header(table: Table, file: Path) -> ReadError:
    if any("name" in columns for _number, columns in _heads(table)):
        return ReadError(
            N_("{file} has names, but no column with an id. Add a column «id» with the NIP, or p01, p02 and so on."),
            file=file.name,
        )
    return ReadError(
        N_("{file}: no header with the columns id and name was found. Name the columns id, name and e-mail."),
        file=file.name,
    )


def _trainees(
    rows: list[tuple[int, list[Cell]]], columns: dict[str, int]
) -> tuple[tuple[Trainee, ...], list[tuple[int, str]]]:
    """The participants, and the number of each wrong row with the reason."""
    found, wrong, seen = list[Trainee](), list[tuple[int, str]](), dict[str, tuple[int, Trainee]]()
    for number, row in rows:
        cells: dict[str, Cell] = {field: row[at] if at < len(row) else None for field, at in columns.items()}
        name = " ".join(_text(cells["name"]).split())
        trainee = Trainee(_id(cells["id"]), name, _text(cells.get("email")))
        if trainee in found:
            continue
        wrong += [(number, reason) for reason in _reasons(trainee, cells["id"], seen)]
        seen.setdefault(trainee.id.casefold(), (number, trainee))
        found.append(trainee)
    return tuple(found), wrong


def _reasons(trainee: Trainee, id_cell: Cell, seen: dict[str, tuple[int, Trainee]]) -> Iterable[str]:
    if not trainee.id:
        yield _("the id is empty.")
    elif (isinstance(id_cell, float) and abs(id_cell) >= 1e15) or _ROUNDED.fullmatch(trainee.id):
        yield _("the id is a number of more than 15 digits, which Excel has rounded. Type it again as text.")
    elif not _ID.fullmatch(trainee.id):
        yield _("the id «{id}» may have only letters, digits, dot, hyphen and underscore.").format(id=trainee.id[:40])
    elif trainee.id.casefold() in seen:
        row, other = seen[trainee.id.casefold()]
        again = _("the id «{id}» is already in row {row}, with another e-mail. Keep one of the two rows.")
        said = again if other.name == trainee.name else _("the id «{id}» is already in row {row}.")
        yield said.format(id=trainee.id, row=row)
    if not trainee.name:
        yield _("the name is empty.")
    if trainee.email and not _EMAIL.fullmatch(trainee.email):
        yield _("«{email}» is not an e-mail address.").format(email=trainee.email[:60])


def _grouped(wrong: list[tuple[int, str]]) -> list[str]:
    """A sentence for every reason, with the first rows that have it; not all of them where they are many."""
    reasons: dict[str, list[int]] = {}
    for number, reason in wrong:
        reasons.setdefault(reason, []).append(number)
    said = []
    for reason, numbers in reasons.items():
        row = _("Row {row}: {reason}") if len(numbers) == 1 else _("Rows {row}: {reason}")
        said.append(row.format(row=listed(numbers), reason=reason))
    more = len(said) - _MOST_REASONS
    return said if more <= 0 else [*said[:_MOST_REASONS], _("And {count} more such rows.").format(count=more)]


def _id(cell: Cell) -> str:
    """An id; Excel's mark of a text and the spaces in a long number are no part of it."""
    text = _text(cell).removeprefix("'").strip()
    digits = "".join(text.split())
    return digits if digits.isdigit() else text


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip().strip(_UNSEEN).strip()


def rows(file: Path, is_meant: Callable[[Table], bool] = bool) -> Table:
    """All rows of an Excel, OpenDocument or CSV file from anyone, under limits.

    Parameters
    ----------
    file : the file
    is_meant : whether a sheet, or a way to read a CSV file, is the one that is looked for; else the first is taken

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
    tables = _from_excel(data, file.name) if data.startswith((b"PK", _OLD_EXCEL)) else _from_csv(data)
    found = next((table for table in tables if is_meant(table)), tables[0] if tables else [])
    if len(found) > MAX_ROWS:
        raise ReadError(N_("{file} has more than {limit} rows. Split it."), file=file.name, limit=MAX_ROWS)
    return found


def _from_excel(data: bytes, name: str) -> list[Table]:
    """The rows of every sheet; the parser gets only what was unpacked and looked at before, as with a survey."""
    from mutu.responses.opening import open_sheets

    if data.startswith(_OLD_EXCEL):
        with _told(_UNREADABLE, name):
            sheets = open_sheets(data, name)
    else:
        sheets = _from_parts(data, name)
    return [
        [[cell if isinstance(cell, float) else str(cell) for cell in row] for row in sheet.cells] for sheet in sheets
    ]


def _from_parts(data: bytes, name: str) -> list[Grid]:
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
        return parse(repack(parts), name)


@contextmanager
def _told(sentence: str, name: str) -> Iterator[None]:
    """Say of a list what would be said of a survey."""
    try:
        yield
    except ReadError:
        raise ReadError(sentence, file=name) from None


def _from_csv(data: bytes) -> list[Table]:
    """The rows by every mark that may stand between cells, the most frequent first: names with degrees have commas."""
    text = decode(data)
    marks = sorted(_MARKS, key=text[:2000].count, reverse=True)
    tables = list[Table]()
    for mark in marks:
        with suppress(csv.Error):
            tables.append([list(row) for row in csv.reader(io.StringIO(text), delimiter=mark)])
    return tables

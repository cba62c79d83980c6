"""What could not be placed as an Excel file in which the trainer chooses the participant, and that file read again.

Excel and not CSV: a NIP has 18 digits, and Excel rounds it in a CSV file as soon as it is opened there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutu.course import students
from mutu.course.collect.assignments import Task
from mutu.course.collect.found import same_way, shown
from mutu.course.collect.people import People
from mutu.course.collect.records import unused, writing
from mutu.course.replaced import FOLDER
from mutu.errors import N_, ReadError
from mutu.locale import _

_HEADERS = {
    "file": ("berkas", "file"),
    "who": ("peserta", "participant", "id"),
    "task": ("latihan", "exercise", "assignment"),
    "mark": ("tanda", "tag"),
}
NOBODY = N_("leave out")
_NOBODY = ("leave out", "abaikan", "-", "–")
_MARK = 16
_ROWS_TO_SPARE = 1
_WIDTHS = (44, 52, 30, 34, 16, 19)  # of the columns, in letters
_ROUGH, _LINE = 4, 15  # letters a line loses where words end; points of a line


@dataclass(frozen=True)
class Open:
    """A notebook that was not placed.

    digest : of its bytes
    candidates : persons as «ID name»
    task : the notebook of the course that it is, if that is known
    """

    origin: str
    digest: str
    reason: str
    candidates: tuple[str, ...] = ()
    task: Task | None = None


@dataclass(frozen=True)
class Choice:
    """What a person decided about one notebook; `student` is empty where nobody's is to be taken."""

    student: str
    task: Task | None


class Choices:
    """The rows of a list that were filled in."""

    def __init__(self, rows: dict[tuple[str, str], Choice] | None = None) -> None:
        self._rows = rows or {}

    def of(self, origin: str, digest: str) -> Choice | None:
        """The decision about a notebook: by its place and its bytes, or by the place in a list without marks."""
        mark = digest[:_MARK]
        found = self._rows.get((origin, mark)) or self._rows.get((origin, ""))
        # the folder may have been renamed, or the list written in the other language
        same = [choice for (way, known), choice in self._rows.items() if known == mark and same_way(way, origin)]
        return found or (same[0] if len(same) == 1 else None)


def write(rows: Iterable[Open], people: People, tasks: list[Task], course: Path) -> Path:
    """Write the list; returns the file, which has a new name every time, so that a filled one is never lost."""
    from mutu.report.excel import Book

    book = Book(_("Notebooks not placed yet"), "mutu")
    sheet = book.sheet(_("not placed"), _WIDTHS)
    sheet.head(_("File"), _("Reason"), _("Perhaps"), _("Participant"), _("Exercise"), _("Tag"), align="llllll")
    for row in rows:
        exercise = _label(row.task) if row.task else ""
        mark = row.digest[:_MARK]
        cells = (row.origin, row.reason, "; ".join(row.candidates), "", exercise, mark)
        number = sheet.add(*cells, looks=("wrap",))
        lines = max(-(-len(cell) // (width - _ROUGH)) for cell, width in zip(cells, _WIDTHS, strict=True))
        sheet.tall(number, _LINE * max(lines, 1))
    persons = [*people.called(people.listed), _(NOBODY)]
    lists = book.sheet(_("choices"), (40, 30))
    for number in range(max(len(persons), len(tasks))):
        lists.add(*(column[number] if number < len(column) else None for column in (persons, [*map(_label, tasks)])))
    lists.hide()
    last = sheet.row + _ROWS_TO_SPARE
    for column, letter, count in (("D", "A", len(persons)), ("E", "B", len(tasks))):
        if count:
            # a warning, not a bar: an id that is in no list may be typed
            source = f"={lists.reference}${letter}$1:${letter}${count}"
            sheet.allow(f"{column}2:{column}{last}", {"validate": "list", "source": source, "error_type": "warning"})
    sheet.finish((1, 0), 1, landscape=True)
    file = unused(course / FOLDER, "belum-ditempatkan")
    with writing(file):
        book.save(file)
    return file


def read(file: Path, people: People, tasks: list[Task]) -> Choices:
    """The list with its decisions; rows without a participant stay open.

    Raises
    ------
    ReadError : it cannot be read, has no columns for file and participant, or names somebody unknown
    """
    table = students.rows(file, lambda table: {"file", "who"} <= set(_head(table)))
    rows = [[str("" if cell is None else cell).strip() for cell in row] for row in table]
    head = _head(rows)
    if not {"file", "who"} <= set(head):
        raise ReadError(
            N_("{file} has no columns «{one}» and «{other}». Take the list that mutu course collect wrote."),
            file=file.name, one=_("File"), other=_("Participant"),
        )  # fmt: skip
    found: dict[tuple[str, str], Choice] = {}
    wrong: list[str] = []
    for number, row in enumerate(rows[1:], 2):
        cells = {name: row[at] if at < len(row) else "" for name, at in head.items()}
        if not cells["who"] or not cells["file"]:
            continue
        left_out = cells["who"].casefold() in _NOBODY
        student, task = "" if left_out else _person(cells["who"], people), _task(cells.get("task", ""), tasks)
        if student is None:
            wrong.append(_("Row {row}: {reason}").format(row=number, reason=_unknown(cells["who"])))
        found[cells["file"], cells.get("mark", "")] = Choice(student or "", task)
    if wrong:
        raise ReadError(
            N_("{file}: nothing was placed, since some rows need a correction.\n{list}"),
            file=file.name, list="\n".join(wrong),
        )  # fmt: skip
    return Choices(found)


def _head(table: Sequence[Sequence[students.Cell]]) -> dict[str, int]:
    """What is asked for -> its column."""
    cells = [str(cell).strip().casefold() for cell in table[0]] if table else []
    return {name: at for name, words in _HEADERS.items() for at, cell in enumerate(cells) if cell in words}


def _unknown(who: str) -> str:
    return _("«{who}» is nobody in the class list, or several.").format(who=shown(who))


def _person(text: str, people: People) -> str | None:
    """The id that was chosen («p01 Siti Aminah») or typed; a full name does where one person has it."""
    for id_, called in zip(sorted(people.listed), people.called(people.listed), strict=True):
        if text == called:
            return id_
    person = people.by_id(text) or people.by_id(text.split()[0])
    if person:
        return person
    named = people.by_name(text, whole=True)
    return next(iter(named.ids)) if named.exact and len(named.ids) == 1 else None


def _task(text: str, tasks: list[Task]) -> Task | None:
    named = [task for task in tasks if text.casefold() in (_label(task).casefold(), task.assignment.casefold())]
    return named[0] if len(named) == 1 else None


def _label(task: Task) -> str:
    return task.assignment if task.assignment == task.notebook else f"{task.assignment}/{task.notebook}"

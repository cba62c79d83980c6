"""The marks of a class as Excel: a sheet of marks, and one that says what the empty cells mean."""

from __future__ import annotations

from pathlib import Path

from mutu.course.outcome.marks import words
from mutu.course.outcome.marks.files import written
from mutu.course.outcome.marks.table import Marks, Row, State, Work
from mutu.locale import _
from mutu.report.excel import INDEX, WORD, Book, Sheet

_ID, _NAME, _EMAIL = 22, 46, 30  # widths in letters
_NUMBER, _STATE = 12, 40
_HEAD_HEIGHT = 45  # points, for three lines


def write(marks: Marks, path: Path) -> None:
    """Write the workbook; ids and names are texts, whatever they begin with.

    Raises
    ------
    WorkspaceError : the file cannot be written
    """
    book = Book(_("Marks"), "")
    several = len(marks.blocks) > 1
    heads = [head for block in marks.blocks for head in words.heads(block, several=several)]
    widths = [_STATE if head.endswith(_("state")) else _NUMBER for head in heads]
    sheet = book.sheet(_("marks"), (_ID, _NAME, _EMAIL, *widths))
    align = "lll" + "".join("l" if width == _STATE else "r" for width in widths)
    sheet.head(_("ID"), _("Name"), _("E-mail"), *heads, align=align)
    sheet.tall(1, _HEAD_HEIGHT)
    for row in marks.rows:
        _row(sheet, row)
    sheet.finish((1, 2), 1, landscape=True)
    _explain(book.sheet(_("explanation"), (30, 90)), marks)
    with written(path):
        book.save(path)


def _row(sheet: Sheet, row: Row) -> None:
    at = sheet.add(row.person.id, row.person.name, row.person.email)
    column = 4
    for work in row.works:
        cells = words.values(work)
        for place, value in enumerate(cells):
            last = place == len(cells) - 1
            if value is not None:
                sheet.put(at, column + place, value, form=WORD if last else INDEX)
            elif _is_open(work, place):
                sheet.blank(at, column + place, looks=("open",))
        column += len(cells)


def _is_open(work: Work, place: int) -> bool:
    """Whether an empty cell waits for points: a task's, or the total and the mark of unfinished work."""
    tasks = len(work.scores)
    return work.state in (State.WAITING, State.UNGRADED) and place != tasks


def _explain(sheet: Sheet, marks: Marks) -> None:
    rows = [
        (_("empty, tinted"), _("Waits for points; it is not a zero. The column of states says which tasks.")),
        (_("empty"), _("Nothing was handed in, or nothing is taken off for being late.")),
        (_("points of a task"), _("As in the gradebook: by hand before automatic, extra credit on top.")),
        (_("total"), _("Points of all tasks less those taken off for being late; only when everything is graded.")),
        (_("mark"), _("The total as a share of all points times 100, rounded half up to two decimals, at most 100.")),
    ]
    for name, said in rows:
        sheet.add(name, said, looks=("wrap",))
    sheet.skip()
    for block in marks.blocks:
        sheet.add(block.module.name, f"{block.module.title} ({words.points(block.max_score)})", looks=("wrap",))
    sheet.finish((0, 0), 1)

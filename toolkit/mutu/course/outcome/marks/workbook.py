"""The marks of a class as Excel: a sheet of marks, and one that says what the empty cells mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mutu.course.outcome.marks import words
from mutu.course.outcome.marks.files import written
from mutu.course.outcome.marks.table import Block, Marks, Row, Work
from mutu.course.outcome.standing import State
from mutu.course.outcome.standing import written as points
from mutu.locale import _
from mutu.report.excel import INDEX, WORD, Book, Sheet

_PERSON = (22, 46, 30)  # most letters of id, name and e-mail; longer ones are folded
_NUMBER, _LATE, _STATE = 8, 26, 40  # letters of a number at least, of how late at most, of a state
_LINE = 15  # points
_WAITING = (State.WAITING, State.UNGRADED, State.UNFIT)


def write(marks: Marks, path: Path) -> None:
    """Write the workbook; ids and names are texts, whatever they begin with.

    Raises
    ------
    WorkspaceError : the file cannot be written
    """
    book = Book(_("Marks"), "")
    several = len(marks.blocks) > 1
    heads = [head for block in marks.blocks for head in words.heads(block, several=several)]
    texts = [is_text for block in marks.blocks for is_text in _texts(block)]
    late = [any(row.works[place].standing.late for row in marks.rows) for place in range(len(marks.blocks))]
    wide = [width for block, is_late in zip(marks.blocks, late, strict=True) for width in _least(block, is_late)]
    widths = [max(width, _longest(head)) for head, width in zip(heads, wide, strict=True)]
    sheet = book.sheet(_("marks"), (*_person(marks), *widths))
    sheet.head(_("ID"), _("Name"), _("E-mail"), *heads, align="lll" + "".join("b" if each else "r" for each in texts))
    sheet.tall(1, _LINE * max(2, *(_lines(head, width) for head, width in zip(heads, widths, strict=True))))
    for row in marks.rows:
        _row(sheet, row, marks.blocks, widths)
    sheet.finish((1, 2), 1, landscape=True)
    _explain(book.sheet(_("explanation"), (30, 90)), marks)
    with written(path):
        book.save(path)


def _person(marks: Marks) -> list[float]:
    """Widths of id, name and e-mail: as wide as the widest of the class."""
    found = [(row.person.id, row.person.name, row.person.email) for row in marks.rows]
    columns = zip(*found, strict=True) if found else ((),) * len(_PERSON)
    return [min(most, max(map(len, each), default=0) + 3) for most, each in zip(_PERSON, columns, strict=True)]


def _texts(block: Block) -> list[bool]:
    """Which columns of a block hold words: how late, and the state."""
    return [*[False] * len(block.tasks), True, False, False, False, True]


def _least(block: Block, is_late: bool) -> list[float]:
    """Widths that what stands in a block needs; a column in which nobody has anything is as wide as its head."""
    return [*[_NUMBER] * len(block.tasks), _LATE if is_late else _NUMBER, *[_NUMBER] * 3, _STATE]


def _longest(head: str) -> float:
    """Width of the longest word of a header."""
    return max(map(len, head.split()), default=0) + 3.0


def _lines(head: str, width: float) -> int:
    """Lines that a header takes in a column: a word is not broken."""
    lines, room = 1, width - 1
    for word in head.split():
        if len(word) > room and room < width - 1:
            lines, room = lines + 1, width - 1
        room -= len(word) + 1
    return lines


def _row(sheet: Sheet, row: Row, blocks: Sequence[Block], widths: Sequence[float]) -> None:
    at = sheet.add(row.person.id, row.person.name, row.person.email, looks=("wrap",))
    column, most = 4, 1
    for block, work in zip(blocks, row.works, strict=True):
        for value, is_open in zip(words.values(work), _open(work, block), strict=True):
            looks = ("wrap", "right", *(("open",) if is_open else ()))
            if isinstance(value, str):
                sheet.put(at, column, value, form=WORD, looks=("wrap", "beside"))
                most = max(most, _lines(value, widths[column - 4]))
            elif value is not None:
                sheet.put(at, column, value, form=INDEX, looks=looks)
            elif is_open:
                sheet.blank(at, column, looks=looks)
            column += 1
    if most > 1:
        sheet.tall(at, _LINE * most)


def _open(work: Work, block: Block) -> list[bool]:
    """Which cells of a block wait: those of its tasks, and points and mark of unfinished work."""
    waits = work.state in _WAITING
    nothing = waits and work.state is not State.WAITING
    tasks = [nothing or task.name in work.open for task in block.tasks]
    return [*tasks, False, False, waits, waits, False]


def _explain(sheet: Sheet, marks: Marks) -> None:
    rows = [
        (_("tinted"), _("Waits for a person or for grading; it is not final, and an empty one is no zero. The column "
                        "of states says what waits.")),
        (_("empty"), _("Nothing was handed in, or nothing is taken off for being late.")),
        (_("points of a task"), _("As in the gradebook: by hand before automatic, extra credit on top.")),
        (_("points"), _("Of all tasks so far, less what is taken off for being late; all commands tell it.")),
        (_("mark"), _("The points as a share of all points times 100, rounded half up to two decimals, at most 100; "
                      "only when everything is graded.")),
        (_("old points"), _("Given by hand for an answer that has changed since; they count until somebody looks.")),
        (_("late"), _("By the due date of the assignment, with the extension that the person was given.")),
    ]  # fmt: skip
    for name, said in rows:
        sheet.add(name, said, looks=("wrap",))
    sheet.skip()
    for block in marks.blocks:
        sheet.add(block.module.name, f"{block.module.title} ({points(block.max_score)})", looks=("wrap",))
        for task in block.tasks:
            sheet.add(task.name, f"{task.title} ({points(task.max_score)})", looks=("wrap",))
    sheet.finish((0, 0), 1)

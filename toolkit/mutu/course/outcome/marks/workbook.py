"""The marks of a class as Excel: a sheet of marks, and one that says what the empty cells mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date
from itertools import accumulate
from pathlib import Path

from mutu.course.outcome.marks import words
from mutu.course.outcome.marks.files import written
from mutu.course.outcome.marks.table import Block, Marks, Row, Work
from mutu.course.outcome.standing import State
from mutu.course.outcome.standing import written as points
from mutu.locale import _, date
from mutu.report.excel import INDEX, WORD, Book, Sheet

_ID, _NAME, _EMAIL = 22, 34, 60  # most letters of a column; longer ones are folded
_NUMBER, _LATE, _STATE = 10, 32, 34  # letters of a number at least, of how late at most, of a state
_EXPLAINED = (26, 96)
_LINE = 15  # points
_BOLD = 1.1  # by how much letters of heads are wider
_WAITING = (State.WAITING, State.UNGRADED, State.UNFIT)
_FIRST = 2  # columns before the blocks: id and name, which every page repeats


def write(marks: Marks, path: Path, *, today: Date | None = None) -> None:
    """Write the workbook; ids and names are texts, whatever they begin with.

    On paper every module has a page's width of its own behind id and name; e-mail stays on the screen.

    Parameters
    ----------
    marks : the table
    path : file to write
    today : the day that stands above every page

    Raises
    ------
    WorkspaceError : the file cannot be written
    """
    book = Book(_("Marks"), "")
    several = len(marks.blocks) > 1
    heads = [words.heads(block, several=several) for block in marks.blocks]
    texts = [is_text for block in marks.blocks for is_text in _texts(block)]
    names = [_("ID"), _("Name"), *(head for block in heads for head in block), _("E-mail")]
    widths = [*_person(marks), *_widths(marks, heads), _wide([row.person.email for row in marks.rows], _EMAIL)]
    sheet = book.sheet(_("marks"), widths)
    sheet.head(*names, align="ll" + "".join("b" if each else "r" for each in texts) + "b")
    sheet.tall(1, _LINE * max(_lines(head, width / _BOLD) for head, width in zip(names, widths, strict=True)))
    for row in marks.rows:
        _row(sheet, row, marks.blocks, widths)
    sheet.finish((1, _FIRST), 1, landscape=True)
    ends = list(accumulate((len(block) for block in heads), initial=_FIRST))
    day = date(today or Date.today())
    sheet.paper(_title(marks), day, (len(marks.rows) + 1, ends[-1]), breaks=ends[1:-1], keep=_FIRST)
    _explain(book.sheet(_("explanation"), _EXPLAINED), marks)
    with written(path):
        book.save(path)


def _title(marks: Marks) -> str:
    modules = [block.module for block in marks.blocks]
    said = modules[0].title if len(modules) == 1 else ", ".join(module.name for module in modules)
    return _("Marks: {modules}").format(modules=said)


def _person(marks: Marks) -> list[float]:
    """Widths of id and name: as wide as the widest of the class."""
    found = [(row.person.id, row.person.name) for row in marks.rows]
    return [_wide([each[place] for each in found], most) for place, most in enumerate((_ID, _NAME))]


def _wide(texts: Iterable[str], most: float) -> float:
    return min(most, max(map(len, texts), default=0) + 3)


def _texts(block: Block) -> list[bool]:
    """Which columns of a block hold words: how late, and the state."""
    return [*[False] * len(block.tasks), True, False, False, False, True]


def _widths(marks: Marks, heads: Sequence[Sequence[str]]) -> Iterator[float]:
    """Widths of the blocks: what their heads need, and what stands in them; an empty column is as wide as its head."""
    for place, (block, names) in enumerate(zip(marks.blocks, heads, strict=True)):
        late = _LATE if any(row.works[place].standing.late for row in marks.rows) else _NUMBER
        mark = len(names[-2]) * _BOLD + 2  # on one line, as programs break it at its dash
        least = [*[_NUMBER] * len(block.tasks), late, _NUMBER, _NUMBER, mark, _STATE]
        yield from (max(width, _longest(name)) for name, width in zip(names, least, strict=True))


def _longest(head: str) -> float:
    """Width of the longest word of a header."""
    return max(map(len, head.split()), default=0) * _BOLD + 3


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column: broken between words, and in words that are longer than a line."""
    room, at, lines = max(1.0, width - 1), 0.0, 1
    for word in text.split():
        if at and at + len(word) > room:
            lines, at = lines + 1, 0.0
        more = int((len(word) - 1) // room)
        lines, at = lines + more, at + len(word) - more * room + 1
    return lines


def _row(sheet: Sheet, row: Row, blocks: Sequence[Block], widths: Sequence[float]) -> None:
    at = sheet.add(row.person.id, row.person.name, looks=("wrap", "ruled"))
    column = _FIRST + 1
    said = [(1, row.person.id), (2, row.person.name), (len(widths), row.person.email)]
    for block, work in zip(blocks, row.works, strict=True):
        for value, is_open in zip(words.values(work), _open(work, block), strict=True):
            looks = ("wrap", "right", "open" if is_open else "ruled")
            if isinstance(value, str):
                sheet.put(at, column, value, form=WORD, looks=("wrap", "beside", "ruled"))
                said.append((column, value))
            elif value is not None:
                sheet.put(at, column, value, form=INDEX, looks=looks)
            else:
                sheet.blank(at, column, looks=looks)
            column += 1
    sheet.put(at, column, row.person.email, looks=("wrap", "beside"))
    sheet.tall(at, _LINE * max(_lines(text, widths[place - 1]) for place, text in said))


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
    sheet.head(_("In the list"), _("What it means"), align="ll")
    for name, said in rows:
        _said(sheet, name, said)
    for block in marks.blocks:
        sheet.skip()
        _said(sheet, block.module.name, f"{block.module.title} ({points(block.max_score)})", "bold")
        for task in block.tasks:
            _said(sheet, task.name, f"{task.title} ({points(task.max_score)})")
    sheet.finish((1, 0), 1)


def _said(sheet: Sheet, name: str, said: str, *looks: str) -> None:
    """A row as tall as its texts."""
    at = sheet.add(name, said, looks=("wrap", *looks))
    lines = (_lines(text, width) for text, width in zip((name, said), _EXPLAINED, strict=True))
    sheet.tall(at, _LINE * max(lines))

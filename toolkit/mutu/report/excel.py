"""The recap of a survey as Excel file: live formulas on the raw answers, each stored with its value.

A preview on a telephone or a program that reads the file does not calculate; it shows what is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname

from mutu.locale import _
from mutu.look import colour
from mutu.report.document import printable
from mutu.report.folder import write_file

if TYPE_CHECKING:
    from mutu.report.skm.facts import Facts

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet takes for a formula."""
_CELL = 32_000  # characters Excel takes in a cell, with some room
_TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_A4 = 9
_MARGIN = 0.4  # inches
_LOOKS: dict[str, dict[str, Any]] = {
    "bold": {"bold": True},
    "wrap": {"text_wrap": True, "valign": "top", "align": "left"},  # a number beside words
    "beside": {"align": "left", "indent": 1},  # words beside a number
    "warning": {"bold": True, "font_color": colour("bad")},
    "open": {"bg_color": colour("accent-tint"), "border": 1, "border_color": colour("accent")},  # nothing yet
    "ruled": {"bottom": 1, "bottom_color": colour("line")},
    "left": {"align": "left"},
    "centre": {"align": "center"},
    "right": {"align": "right"},
    "head": {
        "bold": True,
        "text_wrap": True,
        "valign": "top",
        "bg_color": colour("ground"),
        "bottom": 1,
        "bottom_color": colour("ink"),
    },
}
NRR, INDEX, SHARE, WORD = "0.000", "0.00", "0.0%", "General"
"""Number formats; WORD is a letter or a word that stands beside numbers."""


class Book:
    """A workbook made in memory; `mark` is printed above every page."""

    def __init__(self, title: str, author: str, mark: str = "") -> None:
        self.mark = mark
        self._out = BytesIO()
        self._book = Workbook(self._out, {"in_memory": True, **_TEXTS_STAY_TEXTS})
        self._book.set_properties({"title": printable(title)[:255], "author": printable(author)[:255]})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str, widths: Sequence[float]) -> Sheet:
        """Append a sheet with the widths of its columns, in letters."""
        return Sheet(self, self._book.add_worksheet(name), widths)

    def format(self, *looks: str, **more: Any) -> Any:
        """A cell format, made once; None where nothing is special."""
        found = {key: value for look in looks for key, value in _LOOKS[look].items()} | more
        key = tuple(sorted(found.items()))
        if key and key not in self._formats:
            self._formats[key] = self._book.add_format(found)
        return self._formats.get(key)

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all."""
        self._book.close()
        write_file(path, self._out.getvalue())


class Sheet:
    """A worksheet filled row by row (counted from 1); texts stay texts, only `formula` writes formulas."""

    def __init__(self, book: Book, sheet: Any, widths: Sequence[float]) -> None:
        self._book, self._sheet = book, sheet
        self.row = 0
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)

    @property
    def reference(self) -> str:
        """The sheet's name as a formula writes it."""
        return f"{quote_sheetname(self._sheet.get_name())}!"

    def add(self, *values: Any, looks: Sequence[str] = (), form: str = "") -> int:
        """Append a row; returns its number."""
        self.row += 1
        for column, value in enumerate(values, 1):
            if value is not None:
                self.put(self.row, column, value, looks=looks, form=form)
        return self.row

    def head(self, *names: str | None, align: str) -> int:
        """Append a head; `align` has one of "l", "r", "c", "b" (words beside a number) a column."""
        self.row += 1
        sides = {"l": "left", "c": "centre", "r": "right", "b": "beside"}
        for column, (name, side) in enumerate(zip(names, align, strict=True), 1):
            self.put(self.row, column, name or "", looks=("head", sides[side]))
        return self.row

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def put(self, row: int, column: int, value: Any, *, looks: Sequence[str] = (), form: str = "") -> None:
        """Write a value; a text is never a formula, whatever it begins with."""
        more = _numbers(form)
        if isinstance(value, str):
            more |= {"quote_prefix": True} if value.startswith(FORMULA_SIGNS) else {}
            self._sheet.write_string(row - 1, column - 1, printable(value)[:_CELL], self._book.format(*looks, **more))
        else:
            self._sheet.write_number(row - 1, column - 1, value, self._book.format(*looks, **more))

    def blank(self, row: int, column: int, *, looks: Sequence[str]) -> None:
        """Give a cell a look and leave it empty."""
        self._sheet.write_blank(row - 1, column - 1, None, self._book.format(*looks))

    def formula(
        self,
        place: tuple[int, int],
        text: str,
        value: Fraction | float | str,
        form: str = "0",
        *,
        bold: bool = False,
        side: str = "centre",
    ) -> None:
        """Write a formula of ours with the value it has; `side` is where a word stands."""
        looks = (*(("bold",) if bold else ()), *((side,) if form == WORD else ()))
        shown = self._book.format(*looks, **_numbers(form))
        stored = value if isinstance(value, str) else float(value)
        self._sheet.write_formula(place[0] - 1, place[1] - 1, f"={text}", shown, stored)

    def allow(self, cells: str, rule: dict[str, Any]) -> None:
        """Take in some cells (A1:B9) only what a rule of xlsxwriter's `data_validation` allows."""
        if self._sheet.data_validation(cells, rule):
            raise ValueError(f"{cells}: a rule that Excel does not take")

    def tall(self, row: int, points: float) -> None:
        """Give a row its height, which programs do not find themselves where texts are folded."""
        self._sheet.set_row(row - 1, points)

    def hide(self) -> None:
        """Leave the sheet out of sight."""
        self._sheet.hide()

    def open_here(self) -> None:
        """Show this sheet first when the workbook is opened."""
        self._sheet.activate()

    def finish(self, freeze: tuple[int, int], repeat: int, *, landscape: bool = False) -> None:
        """Frozen rows and columns, repeated head rows, one page wide on A4."""
        sheet = self._sheet
        sheet.freeze_panes(*freeze)
        sheet.repeat_rows(0, repeat - 1)
        sheet.set_paper(_A4)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&P / &N")
        if self._book.mark:
            sheet.set_header(f"&C&B{self._book.mark}")
        sheet.hide_gridlines(2)

    def paper(self, title: str, date: str, area: tuple[int, int], *, breaks: Sequence[int], keep: int) -> None:
        """For a file of paper, after `finish`: title and day above every page, narrow margins.

        Parameters
        ----------
        title, date : stand above every page
        area : rows and columns that are printed, from the first ones
        breaks : columns behind which a new page begins, counted from 1
        keep : columns, the first ones, that every page repeats
        """
        sheet = self._sheet
        sheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.75, bottom=0.6)
        sheet.set_header(f"&L&B{_plain(title)}&R&B{_plain(date)}")
        sheet.print_area(0, 0, area[0] - 1, area[1] - 1)
        sheet.repeat_columns(0, keep - 1)
        sheet.set_v_pagebreaks(list(breaks))
        sheet.fit_to_pages(len(breaks) + 1, 0)


def _plain(text: str) -> str:
    """A text in the head of a page, where & begins a command."""
    return printable(text).replace("&", "&&")[:100]


def _numbers(form: str) -> dict[str, Any]:
    return {"num_format": form} if form and form != WORD else {}


def write(facts: Facts, path: Path) -> None:
    """Write the recap: summary, answers, elements, profile, what was not counted."""
    from mutu.report.skm import recap, sentences

    mark = sentences.mark(facts)
    book = Book(" – ".join(part for part in (mark, _("SKM recap")) if part), facts.office.full_name, mark)
    recap.fill(book, facts)
    book.save(Path(path))

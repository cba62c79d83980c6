"""The recap of a survey as Excel file whose formulas reproduce the index from the raw answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.properties import PageSetupProperties

from mutu.locale import _
from mutu.look import colour
from mutu.report.document import printable

if TYPE_CHECKING:
    from mutu.report.skm.facts import Facts

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_CELL = 32_000  # characters Excel takes in a cell, with some room


class Sheet:
    """A worksheet that is filled row by row; texts stay texts, only `formula` writes formulas."""

    def __init__(self, sheet: Any, widths: Sequence[float]) -> None:
        self.sheet: Any = sheet
        self.row = 0
        for index, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(index)].width = width

    @property
    def reference(self) -> str:
        """The sheet's name as a formula writes it."""
        return f"{quote_sheetname(self.sheet.title)}!"

    def add(self, *values: Any, bold: bool = False, head: bool = False, wrap: bool = False) -> int:
        """Append a row; returns its number."""
        self.row += 1
        for column, value in enumerate(values, 1):
            if value is not None:
                self.put(self.row, column, value, bold=bold or head, head=head, wrap=wrap or head)
        return self.row

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def put(
        self, row: int, column: int, value: Any, *, bold: bool = False, head: bool = False, wrap: bool = False
    ) -> Any:
        """Write a value; a text is never a formula, whatever it begins with."""
        cell = self.sheet.cell(row, column)
        if isinstance(value, str):
            cell.value = printable(value)[:_CELL]
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(_FORMULA_SIGNS)
        else:
            cell.value = value
        if bold:
            cell.font = _BOLD
        if wrap:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        if head:
            cell.fill = PatternFill("solid", fgColor=colour("ground")[1:])
            cell.border = Border(bottom=Side("thin", color=colour("ink")[1:]))
        return cell

    def formula(self, row: int, column: int, text: str, form: str = "0", *, bold: bool = False) -> None:
        """Write a formula of ours."""
        cell = self.sheet.cell(row, column, f"={text}")
        if form == "General":  # a letter or a word beside numbers
            cell.alignment = Alignment(horizontal="center")
        cell.number_format = form
        if bold:
            cell.font = _BOLD

    def finish(self, freeze: str, repeat: int, *, landscape: bool = False) -> None:
        """Frozen panes, repeated head rows, one page wide on A4."""
        sheet = self.sheet
        sheet.freeze_panes = freeze
        sheet.print_title_rows = f"1:{repeat}"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.oddFooter.right.text = "&P / &N"
        sheet.sheet_view.showGridLines = False


# the font every spreadsheet begins with: the print font is not installed in offices, and a font set for
# each of ten thousand cells takes seconds
_BOLD = Font(name="Calibri", size=11, bold=True)
NRR, INDEX, SHARE = "0.000", "0.00", "0.0%"


def write(facts: Facts, path: Path) -> None:
    """Write the recap: summary, answers, elements, profile, what was not counted."""
    from mutu.report.skm import recap

    book = Workbook()
    book.properties.title = printable(_("SKM recap"))
    book.properties.creator = printable(facts.office.full_name)
    book.calculation.fullCalcOnLoad = True
    recap.fill(book, facts)
    book.save(path)

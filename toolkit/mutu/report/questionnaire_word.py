"""The questionnaire on paper as Word file, for offices that adapt it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from mutu.look import colour
from mutu.report import docx_parts as parts
from mutu.report.docx_styles import CELL_STYLE, apply_styles, shade
from mutu.report.questionnaire_sheet import Asked, PaperSheet

_SIDE, _TOP, _BOTTOM = 17, 15, 16  # margins, in millimetres
_WIDTH = 210 - 2 * _SIDE
_LANGUAGES = {"id": "id-ID", "en": "en-GB"}
_SMALL, _LARGE = 7.5, 9.0  # boxes, in millimetres
_GAP = 2.6  # between rows of boxes


def write(sheet: PaperSheet, path: Path) -> None:
    """Write the sheet as Word file: A4, two pages, real headings, boxes as cells of tables."""
    import docx

    word = docx.Document()
    apply_styles(word, _LANGUAGES[sheet.language])
    _page(word, sheet)
    _top(word, sheet)
    word.add_paragraph(sheet.intro)
    _consent(word, sheet.consent)
    _heading(word, sheet.about_you)
    for part in sheet.profile:
        _question(word, part, part.text, _SMALL, numbered=False)
    word.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    _heading(word, sheet.rating)
    word.add_paragraph(sheet.how_to)
    for number, part in enumerate(sheet.questions, 1):
        _question(word, part, f"{number}. {part.text}", _LARGE, numbered=True)
    _remark(word, sheet)
    word.save(str(path))


def _page(word: Any, sheet: PaperSheet) -> None:
    section = word.sections[0]
    section.left_margin = section.right_margin = Mm(_SIDE)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.footer_distance = Mm(8)
    word.styles["Normal"].font.size = Pt(11.5)
    properties = word.core_properties
    properties.title, properties.author = sheet.title, sheet.office[:255]
    properties.comments, properties.last_modified_by = "", sheet.office[:255]
    properties.language = _LANGUAGES[sheet.language]
    for tabs in list(word.styles["Footer"].element.iter(qn("w:tabs"))):
        tabs.getparent().remove(tabs)
    word.styles["Footer"].paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), 2)
    parts.footer(section, sheet.foot)


def _top(word: Any, sheet: PaperSheet) -> None:
    """Title and office at the left, what is filled in by hand at the right."""
    table = _table(word, (_WIDTH - 60, 23, 37), len(sheet.places))
    left = table.cell(0, 0).merge(table.cell(len(sheet.places) - 1, 0))
    title = left.paragraphs[0]
    title.style, title.paragraph_format.space_before = "Heading 1", Pt(0)
    title.add_run(sheet.title)
    office = left.add_paragraph(style="Normal")
    office.add_run(sheet.office or "…" * 30).bold = bool(sheet.office) or None
    for row, place in enumerate(sheet.places):
        table.rows[row].height = Mm(7)
        _say(table.cell(row, 1), place, 9, "quiet")
        table.cell(row, 1).vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
        _line(table.cell(row, 2), ("bottom",))
    _after(word, 4)


def _consent(word: Any, text: str) -> None:
    table = _table(word, (_WIDTH,), 1)
    cell = table.cell(0, 0)
    shade(cell, "ground")
    _line(cell, ("left",), size=24, ink="primary")
    _say(cell, text, 11.5).bold = True
    form = cell.paragraphs[0].paragraph_format
    form.space_before = form.space_after = Pt(5)
    form.left_indent = Mm(2)
    _after(word, 2)


def _heading(word: Any, text: str) -> None:
    heading = word.add_paragraph(text, style="Heading 2")
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(8), Pt(4)


def _question(word: Any, asked: Asked, text: str, size: float, *, numbered: bool) -> None:
    """A question and its boxes, which stay together."""
    paragraph = word.add_paragraph()
    paragraph.add_run(text).bold = True
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(4)
    if asked.options:
        _boxes(word, asked, size, numbered)
    else:
        _writing_line(word)
    _after(word, 9 if numbered else 8)


def _boxes(word: Any, asked: Asked, size: float, numbered: bool) -> None:
    """Boxes to cross with their texts; rows of boxes do not touch."""
    options, columns = asked.options, asked.columns
    lines = [options[start : start + columns] for start in range(0, len(options), columns)]
    table = _table(word, (size, _WIDTH / columns - size) * columns, 2 * len(lines) - 1)
    for place, line in enumerate(lines):
        if place:
            _height(table.rows[2 * place - 1], _GAP)
        row = table.rows[2 * place]
        _height(row, size)
        for column, option in enumerate(line):
            box, label = row.cells[2 * column], row.cells[2 * column + 1]
            _line(box, ("top", "left", "bottom", "right"), size=8)
            _say(box, str(place * columns + column + 1) if numbered else "", 9, "quiet")
            box.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            _say(label, option, 10.5 if numbered else 11)
            label.paragraphs[0].paragraph_format.left_indent = Mm(0.5)


def _remark(word: Any, sheet: PaperSheet) -> None:
    paragraph = word.add_paragraph()
    paragraph.add_run(sheet.remark).bold = True
    hint = paragraph.add_run(f"  {sheet.remark_hint}")
    hint.font.size, hint.font.color.rgb = Pt(9), RGBColor.from_string(colour("quiet")[1:])
    paragraph.paragraph_format.keep_with_next = True
    _writing_line(word)
    _after(word, 1)
    _writing_line(word)
    thanks = word.add_paragraph()
    thanks.alignment = WD_ALIGN_PARAGRAPH.CENTER
    thanks.paragraph_format.space_before = Pt(8)
    thanks.add_run(sheet.thanks).bold = True


def _writing_line(word: Any) -> None:
    table = _table(word, (_WIDTH,), 1)
    table.rows[0].height = Mm(8.5)
    _line(table.cell(0, 0), ("bottom",))


def _table(word: Any, widths: Sequence[float], rows: int) -> Any:
    """A table without lines; its cells carry a style without room of its own."""
    table = word.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0]._p.style = CELL_STYLE
    return table


def _say(cell: Any, text: str, size: float, ink: str = "ink") -> Any:
    """Write a cell; returns the run."""
    form = cell.paragraphs[0].paragraph_format
    form.space_before = form.space_after = Pt(0)
    run = cell.paragraphs[0].add_run(text)
    run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(colour(ink)[1:])
    return run


def _height(row: Any, millimetres: float) -> None:
    """A row of that height: a gap whatever is in it, a row of boxes taller where a text needs it."""
    gap = millimetres < _SMALL
    row.height, row.height_rule = Mm(millimetres), WD_ROW_HEIGHT_RULE.EXACTLY if gap else WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell in row.cells:
        form = cell.paragraphs[0].paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(5 if gap else 12.3)  # two lines of a label fit beside a large box


def _line(cell: Any, sides: Sequence[str], size: int = 6, ink: str = "ink") -> None:
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour(ink)[1:])):
                line.set(qn(f"w:{name}"), value)
            borders.append(line)
    properties = cell._tc.get_or_add_tcPr()
    mark = properties.find(qn("w:vAlign"))
    mark.addprevious(borders) if mark is not None else properties.append(borders)


def _after(word: Any, points: float) -> None:
    """Room below a table; two tables that touch would become one."""
    form = word.add_paragraph().paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(points)

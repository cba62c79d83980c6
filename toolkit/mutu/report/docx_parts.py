"""Pieces of a Word file that python-docx has no call for: fields, bookmarks, captions, rows that hold together."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from mutu.look import colour
from mutu.report.document import FILL, Heading
from mutu.report.docx_styles import CELL_STYLE, shade

_ALIGN = {"l": WD_ALIGN_PARAGRAPH.LEFT, "r": WD_ALIGN_PARAGRAPH.RIGHT, "c": WD_ALIGN_PARAGRAPH.CENTER}


def field(parent: Any, instruction: str, shown: str) -> None:
    """Append a field with the value it shows until someone updates it."""
    for kind, text in (("begin", ""), ("code", instruction), ("separate", ""), ("value", shown), ("end", "")):
        run = OxmlElement("w:r")
        if kind in ("begin", "separate", "end"):
            run.append(_element("w:fldChar", fldCharType=kind))
        else:
            inner = _element("w:instrText" if kind == "code" else "w:t")
            inner.text = text
            inner.set(qn("xml:space"), "preserve")
            run.append(inner)
        parent.append(run)


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def bookmark(paragraph: Any, number: int) -> None:
    """Give a heading the anchor its entry in the contents links to."""
    start = _element("w:bookmarkStart", id=str(number), name=anchor(number))
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))


def anchor(number: int) -> str:
    """Name of the bookmark of a heading."""
    return f"_Toc{number:06d}"


def contents_field(word: Any, entries: Iterable[tuple[Heading, int, int]]) -> None:
    """A contents field with its entries written in: heading, its number, its page."""
    entries = list(entries)
    for index, (heading, number, page) in enumerate(entries):
        paragraph = word.add_paragraph(style=f"TOC {heading.level}")
        if index == 0:
            _open_field(paragraph, 'TOC \\o "1-2" \\h \\z \\u')
        link = _element("w:hyperlink", anchor=anchor(number), history="1")
        link.append(_run(heading.text))
        tab = OxmlElement("w:r")
        tab.append(OxmlElement("w:tab"))
        link.append(tab)
        field(link, f"PAGEREF {anchor(number)} \\h", str(page))
        paragraph._p.append(link)
        if index == len(entries) - 1:
            end = OxmlElement("w:r")
            end.append(_element("w:fldChar", fldCharType="end"))
            paragraph._p.append(end)


def _open_field(paragraph: Any, instruction: str) -> None:
    for kind in ("begin", "code", "separate"):
        run = OxmlElement("w:r")
        if kind == "code":
            inner = OxmlElement("w:instrText")
            inner.text = instruction
            run.append(inner)
        else:
            run.append(_element("w:fldChar", fldCharType=kind))
        paragraph._p.append(run)


def _run(text: str) -> Any:
    run, inner = OxmlElement("w:r"), OxmlElement("w:t")
    inner.text = text
    inner.set(qn("xml:space"), "preserve")
    run.append(inner)
    return run


def caption(word: Any, word_for_it: str, number: int, title: str, *, keep: bool) -> None:
    """A caption Word can list: «Tabel 3. Nilai per unsur», the number a SEQ field."""
    paragraph = word.add_paragraph(style="Caption")
    paragraph.add_run(f"{word_for_it} ")
    field(paragraph._p, f"SEQ {word_for_it} \\* ARABIC", str(number))
    paragraph.add_run(f". {title}")
    paragraph.paragraph_format.keep_with_next = keep


def header(section: Any, text: str) -> None:
    """The head of every page: a text at the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = section.header.paragraphs[0]
    paragraph.style, paragraph.alignment = "Header", WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(text).bold = True


def footer(section: Any, text: str) -> None:
    """The foot of every page: a text at the left, «page of pages» at the right."""
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.add_run(f"{text}\t")
    field(paragraph._p, "PAGE", "1")
    paragraph.add_run(" / ")
    field(paragraph._p, "NUMPAGES", "1")


def describe(paragraph: Any, text: str) -> None:
    """Alternative text of the picture in a paragraph, which begins where the text begins."""
    for inline in paragraph._p.iter(qn("wp:inline")):
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
    for properties in paragraph._p.iter(qn("wp:docPr")):
        properties.set("descr", text)


def break_before_next(word: Any) -> None:
    """Begin a page: a break of its own, in a paragraph that takes no room."""
    from docx.enum.text import WD_BREAK

    last = word.paragraphs[-1] if word.paragraphs else word.add_paragraph()
    if word.element.body[-2] is not last._p:
        last = word.add_paragraph()
    last.add_run().add_break(WD_BREAK.PAGE)


def logo_place(word: Any, text: str) -> None:
    """A marked space where the office puts its logo."""
    table = word.add_table(rows=1, cols=1)
    table.autofit = False
    table.columns[0].width = Mm(42)
    cell = table.rows[0].cells[0]
    cell.width = Mm(42)
    table.rows[0].height = Mm(26)
    cell.vertical_alignment = 1
    fill_cell(cell, f"{FILL} {text}" if not text.startswith(FILL) else text, "c")
    _borders(table, dict.fromkeys(("top", "left", "bottom", "right"), ("dashed", 6, "edge")))


def frame_table(table: Any, widths_mm: list[float], title: str) -> None:
    """Widths, thin lines between rows, and the title for those who hear it."""
    table.autofit = False
    lines = {"top": ("single", 8, "ink"), "bottom": ("single", 8, "ink"), "insideH": ("single", 4, "line")}
    _borders(table, lines)
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    properties = table._tbl.tblPr
    for side in ("left", "right"):
        margins = properties.find(qn("w:tblCellMar"))
        if margins is None:
            margins = OxmlElement("w:tblCellMar")
            properties.append(margins)
        margins.append(_element(f"w:{side}", w="70", type="dxa"))
    properties.append(_element("w:tblCaption", val=title))


def _borders(table: Any, lines: dict[str, tuple[str, int, str]]) -> None:
    borders = OxmlElement("w:tblBorders")
    for side, (kind, size, ink) in lines.items():
        borders.append(_element(f"w:{side}", val=kind, sz=str(size), space="0", color=colour(ink)[1:]))
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders) if layout is not None else properties.append(borders)


def add_row(table: Any, *, head: bool = False, total: bool = False) -> list[Any]:
    """A row that never splits; a head is repeated on the next page, a total stands under a line."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    cells = list(row.cells)
    for cell, column in zip(cells, table.columns, strict=True):
        cell.width = column.width
        if head:
            _cell_line(cell, "bottom")
            shade(cell, "ground")
        elif total:
            _cell_line(cell, "top")
    return cells


def _cell_line(cell: Any, side: str) -> None:
    borders = OxmlElement("w:tcBorders")
    borders.append(_element(f"w:{side}", val="single", sz="6", space="0", color=colour("ink")[1:]))
    cell._tc.get_or_add_tcPr().append(borders)


def fill_cell(cell: Any, text: str, align: str, *, bold: bool = False, keep: bool = False) -> None:
    """Write a cell; one left for the office is shaded and set in italics."""
    paragraph = cell.paragraphs[0]
    paragraph._p.style = CELL_STYLE  # by its id: looking a style up by name is most of the time of a long table
    paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.keep_with_next = True if keep else None
    run = paragraph.add_run(text)
    run.bold = bold or None
    if text.startswith(FILL):
        run.italic = True
        shade(cell, "accent-tint")


def after_table(word: Any, note: str) -> None:
    """The note below a table; without one a narrow gap, since tables that touch would become one."""
    form = word.add_paragraph(note, style="Table Note").paragraph_format
    if not note:
        form.line_spacing, form.space_before, form.space_after = Pt(5), Pt(0), Pt(4)


def new_list(word: Any) -> int:
    """A list whose numbers begin at 1, in the manner of the style List Number."""
    numbering = word.part.numbering_part.element
    style = word.styles["List Number"].element
    template = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    source = next(num for num in numbering.findall(qn("w:num")) if num.get(qn("w:numId")) == template)
    fresh = deepcopy(source)
    number = max(int(num.get(qn("w:numId"))) for num in numbering.findall(qn("w:num"))) + 1
    fresh.set(qn("w:numId"), str(number))
    start = f'<w:lvlOverride {nsdecls("w")} w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    fresh.append(parse_xml(start))
    numbering.append(fresh)
    return number


def in_list(paragraph: Any, number: int) -> None:
    """Put a paragraph into a list made by `new_list`."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number

"""A document as Word file that people go on editing: real styles, captions, contents, alternative texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mutu.locale import _, use
from mutu.report import docx_parts as parts
from mutu.report.document import (
    FILL,
    WHOLE_ROWS,
    Bullets,
    Cover,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    label,
    numbered,
)
from mutu.report.docx_styles import TEXT_WIDTH_MM, apply_styles, shade

_STYLES = {
    "body": "Normal",
    "lead": "Lead",
    "warning": "Warning",
    "quiet": "Quiet",
    "fill": "Fill",
    "sign": "Sign",
}
_WORD_LANGUAGES = {"id": "id-ID", "en": "en-GB"}


def write(document: Document, path: Path, *, pages: list[int] | None = None) -> None:
    """Write the document as Word file (A4).

    Parameters
    ----------
    document : what to write
    path : file to write; an existing one is replaced
    pages : the page of each heading for the contents, as `pdf.write` returns them; found by typesetting
        the document when not given. Word shows them until someone asks it to update the field.
    """
    import docx

    if pages is None and document.contents:
        from mutu.report.pdf import heading_pages

        pages = heading_pages(document)
    word = docx.Document()
    with use(document.language):
        apply_styles(word, _WORD_LANGUAGES[document.language])
        _properties(word, document)
        parts.footer(word.sections[0], document.foot or document.title)
        if document.mark:
            parts.header(word.sections[0], document.mark)
        if document.cover:
            _cover(word, document.cover)
        if document.contents:
            _contents(word, document, pages or [])
        _blocks(word, document)
    word.save(str(path))


def _properties(word: Any, document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.author = document.title[:255], document.author[:255]
    properties.language = _WORD_LANGUAGES[document.language]
    properties.comments, properties.last_modified_by = "", document.author[:255]


def _blocks(word: Any, document: Document) -> None:
    """All blocks; a heading begins its page itself, so that a full page before it leaves no empty one."""
    fresh, broken = True, False
    for block, count in numbered(document):
        if isinstance(block, PageBreak):
            fresh = broken = True
            continue
        if broken and not isinstance(block, Heading):
            parts.break_before_next(word)
        _block(word, block, count)
        if fresh and isinstance(block, Heading):
            form = word.paragraphs[-1].paragraph_format
            form.space_before, form.page_break_before = 0, broken or None
        fresh = broken = False


def _block(word: Any, block: object, count: int) -> None:
    match block:
        case Heading():
            parts.bookmark(word.add_paragraph(block.text, style=f"Heading {block.level}"), count)
        case Paragraph():
            style = "Fill" if block.style == "body" and block.text.startswith(FILL) else _STYLES[block.style]
            paragraph = word.add_paragraph(style=style)
            paragraph.paragraph_format.keep_with_next = True if block.keep else None
            _marked(paragraph, block.text)
        case Bullets():
            _bullets(word, block)
        case Table():
            _table(word, block, count)
        case Figure():
            _figure(word, block, count)


def _marked(paragraph: Any, text: str) -> None:
    """The text; shaded from where it is left for the office."""
    before, mark, left = text.partition(FILL)
    if before:
        paragraph.add_run(before)
    if mark:
        run = paragraph.add_run(mark + left)
        run.italic = True
        shade(run, "accent-tint")


def _bullets(word: Any, block: Bullets) -> None:
    number = parts.new_list(word) if block.numbered else None
    after = word.styles["Normal"].paragraph_format.space_after
    for index, item in enumerate(block.items, 1):
        paragraph = word.add_paragraph(item, style="List Number" if block.numbered else "List Bullet")
        paragraph.paragraph_format.keep_with_next = True if block.keep else None
        if number is not None:
            parts.in_list(paragraph, number)
        if index == len(block.items):
            paragraph.paragraph_format.space_after = after


def _cover(word: Any, cover: Cover) -> None:
    from io import BytesIO

    from docx.shared import Mm

    if cover.logo:
        word.add_picture(BytesIO(cover.logo), height=Mm(26))
        parts.describe(word.paragraphs[-1], _("Logo"))
    elif cover.place_for_logo:
        parts.logo_place(word, cover.place_for_logo)
    word.add_paragraph(cover.title, style="Title")
    _marked(word.add_paragraph(style="Subtitle"), cover.subtitle)
    for line in cover.lines:
        _marked(word.add_paragraph(style="Cover Line"), line)
    if cover.warning:
        word.add_paragraph(cover.warning, style="Warning")
    parts.break_before_next(word)


def _contents(word: Any, document: Document, pages: list[int]) -> None:
    """The list of contents: a field whose entries are written in, each a link to its heading."""
    word.add_paragraph(_("Contents"), style="TOC Heading")
    entries = [
        (heading, number, page)
        for number, (heading, page) in enumerate(zip(document.headings(), pages, strict=True), 1)
        if heading.level <= 2
    ]
    parts.contents_field(word, entries)
    parts.break_before_next(word)


def _table(word: Any, block: Table, count: int) -> None:
    parts.caption(word, label(block), count, block.title, keep=True)
    table = word.add_table(rows=0, cols=len(block.header))
    parts.frame_table(table, [share * TEXT_WIDTH_MM for share in block.shares()], block.title)
    last = len(block.rows) - block.total
    held = len(block.rows) if len(block.rows) <= WHOLE_ROWS else 2  # rows that stay with the one after them
    ends = len(block.rows) - 1 if block.note else len(block.rows) + 1  # from here on they stay with the note
    for index, row in enumerate((block.header, *block.rows)):
        cells = parts.add_row(table, head=index == 0, total=index == last + 1 and block.total > 0)
        for cell, text, align in zip(cells, row, block.align, strict=True):
            parts.fill_cell(cell, text, align, bold=index == 0 or index > last, keep=index < held or index >= ends)
    parts.after_table(word, block.note)


def _figure(word: Any, block: Figure, count: int) -> None:
    from io import BytesIO

    from docx.shared import Mm

    word.add_picture(BytesIO(block.png), width=Mm(TEXT_WIDTH_MM))
    picture = word.paragraphs[-1]
    picture.paragraph_format.keep_with_next = True
    parts.describe(picture, block.alt)
    parts.caption(word, label(block), count, block.title, keep=bool(block.note))
    if block.note:
        word.add_paragraph(block.note, style="Table Note")

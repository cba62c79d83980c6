"""A document as PDF, typeset by typst: tagged, with outline, language and alternative texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mutu.locale import _, use
from mutu.report.document import (
    FILL,
    WHOLE_ROWS,
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
    label,
    numbered,
)
from mutu.report.typesetting import tagged_pdf, typeset

_TEMPLATE = "document.typ"


def write(document: Document, path: Path) -> list[int]:
    """Write the document as PDF.

    Returns
    -------
    The page each heading stands on, in order, as printed at the foot: `word.write` takes them for its contents.
    """
    data, pictures = _as_data(document)
    with typeset(_TEMPLATE, data, pictures) as compiler:
        Path(path).write_bytes(tagged_pdf(compiler))
        return _pages(compiler)


def heading_pages(document: Document) -> list[int]:
    """The page each heading would stand on, without writing anything."""
    data, pictures = _as_data(document)
    with typeset(_TEMPLATE, data, pictures) as compiler:
        return _pages(compiler)


def _pages(compiler: Any) -> list[int]:
    return [int(page) for page in json.loads(compiler.query("<pages>", field="value", one=True))]


def _as_data(document: Document) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The document as JSON, and its pictures as files."""
    pictures: dict[str, bytes] = {}
    with use(document.language):
        data: dict[str, Any] = {
            "title": document.title,
            "author": document.author,
            "language": document.language,
            "mark": document.mark,
            "foot": document.foot or document.title,
            "contents": document.contents,
            "contents-title": _("Contents"),
            "fill": FILL,
            "whole": WHOLE_ROWS,
            "cover": _cover(document, pictures),
            "blocks": [_block(block, count, pictures) for block, count in numbered(document)],
        }
    return data, pictures


def _cover(document: Document, pictures: dict[str, bytes]) -> dict[str, Any] | None:
    cover = document.cover
    if cover is None:
        return None
    if cover.logo:
        pictures["logo.png"] = cover.logo
    return {
        "title": cover.title,
        "subtitle": cover.subtitle,
        "lines": cover.lines,
        "place_for_logo": cover.place_for_logo,
        "logo": "logo.png" if cover.logo else None,
        "logo-alt": _("Logo"),
        "warning": cover.warning,
    }


def _block(block: Block, count: int, pictures: dict[str, bytes]) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "paragraph", "style": block.style, "text": block.text, "keep": block.keep}
        case Bullets():
            return {"kind": "bullets", "numbered": block.numbered, "items": block.items, "keep": block.keep}
        case Table():
            return _table(block, count)
        case Figure():
            name = f"figure-{count}.png"
            pictures[name] = block.png
            caption = f"{label(block)} {count}. {block.title}"
            return {"kind": "figure", "file": name, "alt": block.alt, "caption": caption, "note": block.note}
        case _:
            return {"kind": "break"}


def _table(table: Table, count: int) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": f"{label(table)} {count}. {table.title}",
        "header": table.header,
        "rows": table.rows,
        "align": list(table.align),
        "shares": table.shares(),
        "total": table.total,
        "note": table.note,
    }

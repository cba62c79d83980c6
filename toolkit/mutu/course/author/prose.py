"""Whether a lesson can be read at a desk or on a phone: short sentences, short cells, short lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mutu.course.author.parse import Cell
from mutu.locale import _

MAX_WORDS = 20
MAX_CODE_LINES = 12
MAX_LINE = 79
_NOT_PROSE = re.compile(r"```.*?```|\$\$.*?\$\$|^\s*\|.*?$|<[^>]+>", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`[^`]*`|\$[^$]+\$|\{\{.+?\}\}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# a full stop inside a number, a file name or an abbreviation ends no sentence: it is not followed by a space
_END = re.compile(r"[.!?…][»”\"')*_]*(?:\s+|$)|\n\s*(?:[-*]|\d+\.)\s+|\n\s*\n|\n#+ ")


def sentences(markdown: str) -> Iterator[str]:
    """Sentences of a text, headings and items of lists among them; code, formulas and tables are left out."""
    text = _LINK.sub(r"\1", _INLINE.sub("x", _NOT_PROSE.sub("\n\n", markdown)))
    for part in _END.split("\n" + text):
        if part.strip():
            yield " ".join(part.split())


def problems(cells: Iterable[Cell], name: str) -> list[str]:
    """What a reader would stumble over, one sentence each."""
    found = []
    for cell in cells:
        if cell.kind == "fact":
            continue
        if cell.type == "markdown":
            found += [
                _("{file}: a sentence has {count} words, {most} are the most: «{text}»").format(
                    file=name, count=len(said.split()), most=MAX_WORDS - 1, text=said[:90]
                )
                for said in sentences(cell.source)
                if len(said.split()) >= MAX_WORDS
            ]
        else:
            found += _of_code(cell, name)
    return found


def _of_code(cell: Cell, name: str) -> list[str]:
    lines = cell.source.splitlines()
    where = cell.id or lines[0][:40]
    found = []
    if cell.kind == "" and len(lines) > MAX_CODE_LINES:
        found.append(
            _("{file}: the cell «{where}» has {count} lines, {most} are the most.").format(
                file=name, where=where, count=len(lines), most=MAX_CODE_LINES
            )
        )
    wide = [line for line in lines if len(line) > MAX_LINE]
    if wide:
        found.append(
            _("{file}: the cell «{where}» has a line of {count} characters, {most} are the most.").format(
                file=name, where=where, count=max(map(len, wide)), most=MAX_LINE
            )
        )
    return found

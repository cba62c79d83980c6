"""One source, two languages: the Indonesian text is the key, a catalogue (.po) has its English.

Translated are the paragraphs of markdown, the comments of code, and strings written as `_("…")`. A text that changed
is no longer found under its old key, so a translation can never be older than its text without being noticed.
"""

from __future__ import annotations

import ast
import difflib
import io
import re
import textwrap
import tokenize
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from mutu.course.author.parse import Cell
from mutu.locale import _

PLACEHOLDER = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
_MARKS = re.compile(r"#+ (BEGIN|END) (SOLUTION|HIDDEN TESTS)")
_WIDTH = 79


@dataclass(frozen=True)
class Edit:
    """A text inside code: where it stands (offsets), what it says, and whether it is a string or a comment."""

    start: int
    end: int
    text: str
    string: bool


def paragraphs(markdown: str) -> list[str]:
    """Blocks of markdown as they are translated: what blank lines separate."""
    return re.split(r"\n[ \t]*\n", markdown)


def speaks(text: str) -> bool:
    """Whether a block has words at all; a formula, a rule or a number alone needs no translation."""
    bare = re.sub(r"\$\$.*?\$\$|`[^`]*`", "", PLACEHOLDER.sub("", text), flags=re.DOTALL)
    return bool(re.search(r"[^\W\d_]{2,}", bare))


def texts(cells: Iterable[Cell]) -> list[str]:
    """Every text of the cells that needs a translation, each once, in the order of the source."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found.setdefault(text)
        return text

    for cell in cells:
        _in_words(cell, note)
    return list(found)


def translated(cells: Iterable[Cell], catalogue: Mapping[str, str]) -> tuple[Cell, ...]:
    """The cells with every text replaced by its translation; a text without one stays."""
    return tuple(_in_words(cell, lambda text: catalogue.get(text) or text) for cell in cells)


def _in_words(cell: Cell, say: Callable[[str], str]) -> Cell:
    if cell.kind == "fact":
        return cell
    if cell.read:  # a heading, which the text it stands in has translated
        cell = replace(cell, read=say(cell.read))
    if cell.type == "markdown":
        blocks = [say(block) if speaks(block) else block for block in paragraphs(cell.source)]
        return replace(cell, source="\n\n".join(blocks))
    source = cell.source
    said = [(edit, say(edit.text)) for edit in edits(source)]
    for edit, new in reversed(said):  # from the end, so that the places before it still hold
        source = source[: edit.start] + _written(edit, new, source) + source[edit.end :]
    return replace(cell, source=source)


def edits(code: str) -> list[Edit]:
    """Texts inside code: comments with words, and strings written as `_("…")`."""
    lines = [0]
    for line in code.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))

    def offset(place: tuple[int, int]) -> int:
        return lines[place[0] - 1] + place[1]

    found, tokens = [], list(tokenize.generate_tokens(io.StringIO(code).readline))
    for index, token in enumerate(tokens):
        if token.type == tokenize.COMMENT and not _MARKS.match(token.string) and speaks(token.string):
            found.append(Edit(offset(token.start), offset(token.end), token.string.lstrip("# "), string=False))
        elif token.type == tokenize.NAME and token.string == "_" and tokens[index + 1].string == "(":
            end = next(i for i in range(index + 2, len(tokens)) if tokens[i].string == ")")
            inside = code[offset(tokens[index + 1].start) : offset(tokens[end].end)]
            found.append(Edit(offset(token.start), offset(tokens[end].end), ast.literal_eval(inside), string=True))
    return found


def _written(edit: Edit, text: str, source: str) -> str:
    """A comment, or a string literal broken over lines so that none is wider than a screen shows."""
    if not edit.string:
        return f"# {text}"
    literal = _quoted(text)
    line_start = source.rfind("\n", 0, edit.start) + 1
    after = source[edit.end :].split("\n", 1)[0]
    if edit.start - line_start + len(literal) + len(after) <= _WIDTH:
        return literal
    before = source[line_start : edit.start]
    indent = before if not before.strip() else (re.match(r"\s*", before).group() + "    ")  # type: ignore[union-attr]
    lines = f"\n{indent}".join(_quoted(part) for part in _broken(text, _WIDTH - len(indent) - 4))
    if not before.strip():  # an argument on a line of its own goes on below itself
        return lines
    inside = f"\n{indent}{lines}\n{indent[:-4]}"
    alone = source[edit.start - 1] == "(" and source[edit.end : edit.end + 1] == ")"
    return inside if alone else f"({inside})"


def _broken(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width`, broken behind spaces."""
    pieces = [""]
    for word in re.findall(r"\S*\s*", text):
        if len(pieces[-1]) + len(word.rstrip()) > width:
            pieces.append("")
        pieces[-1] += word
    return [piece for piece in pieces if piece]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def read_catalogue(text: str) -> dict[str, str]:
    """Translations of a .po file; one that is empty or marked as uncertain (fuzzy) does not count."""
    from babel.messages.pofile import read_po

    catalogue = read_po(io.BytesIO(text.encode("utf-8")))
    return {str(m.id): "" if m.fuzzy else str(m.string or "") for m in catalogue if m.id}


def problems(wanted: Iterable[str], catalogue: Mapping[str, str]) -> list[str]:
    """What is wrong with a catalogue, one sentence each: missing, older than its text, left over, other numbers."""
    wanted = list(wanted)
    left = [key for key in catalogue if key not in set(wanted)]
    found = []
    for text in wanted:
        if not catalogue.get(text):
            old = difflib.get_close_matches(text, left, n=1, cutoff=0.6)
            template = (
                _("The English is older than its text: «{text}» used to be «{old}».")
                if old
                else _("No English yet for «{text}».")
            )
            found.append(template.format(text=_short(text), old=_short(old[0]) if old else ""))
            left = [key for key in left if key not in old]
        elif sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(catalogue[text])):
            found.append(_("The English of «{text}» fills in other numbers than its text.").format(text=_short(text)))
    return found + [
        _("The English of «{text}» has no text any more; delete it.").format(text=_short(key)) for key in left
    ]


def merged(wanted: Iterable[str], catalogue: Mapping[str, str], language: str = "en") -> str:
    """The .po file brought up to its texts: missing ones empty, changed ones with the old English marked fuzzy."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    wanted = list(wanted)
    left = {key: said for key, said in catalogue.items() if key not in set(wanted) and said}
    out = Catalog(locale=language, charset="utf-8")
    for text in wanted:
        old = [] if catalogue.get(text) else difflib.get_close_matches(text, left, n=1, cutoff=0.6)
        out.add(text, catalogue.get(text) or (left[old[0]] if old else ""), flags=["fuzzy"] if old else [])
    stream = io.BytesIO()
    write_po(stream, out, width=100, omit_header=True)
    header = 'msgid ""\nmsgstr ""\n"Language: ' + language + '\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return header + stream.getvalue().decode("utf-8")


def _short(text: str) -> str:
    return textwrap.shorten(text, 70, placeholder=" …")

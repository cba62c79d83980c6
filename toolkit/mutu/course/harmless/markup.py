"""HTML: kept as it is where it can only be read in one way and does nothing, else cleaned by bleach.

Text that matches the small grammar here (quoted attributes, balanced elements of the list, no foreign elements) is
cut into the same pieces by every parser, so what is judged is what a browser sees. Everything else is written anew.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mutu.course.harmless import style, words

_SPACE = r"[ \t\r\n\f]"
_VALUE = rf"{_SPACE}*+={_SPACE}*+(?:\"[^\"<>]*+\"|'[^'<>]*+'|[A-Za-z0-9_#%.,;-]++)"
_PIECE = re.compile(
    rf"[^<]++"
    rf"|<(?P<tag>[A-Za-z][A-Za-z0-9]*+)(?P<given>(?:{_SPACE}++[A-Za-z][A-Za-z0-9_:-]*+(?:{_VALUE})?)*+){_SPACE}*+/?>"
    rf"|</(?P<end>[A-Za-z][A-Za-z0-9]*+){_SPACE}*+>"
    rf"|<!--(?:[^<>-]|-(?!-))*+-->"
)
_ATTRIBUTE = re.compile(
    rf"(?P<name>[A-Za-z][A-Za-z0-9_:-]*+)"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^ \t\r\n\f]++)))?"
)
# what stands in them is no text for people
_SILENT = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "textarea", "xmp")
_EMPTY_PICTURE = re.compile(r"<img(?:\s(?!src=)[a-z-]+(?:=\"[^\"]*\")?)*\s*/?>")
MOST_TO_CLEAN = 200_000
_MOST_TAGS = 5_000
_DEEPEST = 100
_MOST_ATTRIBUTES = 400


@dataclass(frozen=True)
class Cleaned:
    """Markup that does nothing, and what had to go (names of elements, attributes, and what else was found)."""

    text: str
    removed: tuple[str, ...] = ()
    anew: bool = False  # written anew, though nothing was removed, since it could be read in two ways


def clean(text: str) -> Cleaned:
    """Markup for the trainer's browser: the text itself, byte for byte, where nothing in it can act.

    Never fails: what cannot be cleaned is shown as the text that it is.
    """
    if is_harmless(text):
        return Cleaned(text)
    if len(text) > MOST_TO_CLEAN or text.count("<") > _MOST_TAGS or _has_endless_tag(text):
        return Cleaned(_as_text(text), ("HTML",))
    try:
        return _cleaned(text)
    except (RecursionError, ValueError, AssertionError, LookupError, TypeError, AttributeError):
        return Cleaned(_as_text(text), ("HTML",))


def is_harmless(text: str) -> bool:
    """Whether markup is plain, balanced, and of listed elements, attributes and styles only."""
    position, opened = 0, list[str]()
    while position < len(text):
        piece = _PIECE.match(text, position)
        if piece is None:
            return False
        position = piece.end()
        if piece["tag"] and piece["tag"].lower() == "style":
            end = text.find("</style>", position)
            if end < 0 or not (_is_style_tag(piece["given"]) and style.is_sheet(text[position:end])):
                return False
            position = end + len("</style>")
        elif not _fits(piece, opened):
            return False
    return not opened


def _fits(piece: re.Match[str], opened: list[str]) -> bool:
    if piece["end"]:
        return bool(opened) and opened.pop() == piece["end"].lower()
    if not piece["tag"]:
        return True
    tag = piece["tag"].lower()
    if tag not in words.TAGS:
        return False
    if tag not in words.VOID:
        opened.append(tag)
    return len(opened) <= _DEEPEST and all(_allowed(tag, *each) for each in _given(piece["given"]))


def _given(attributes: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(attributes):
        value = next((found[kind] for kind in ("double", "single", "bare") if found[kind] is not None), "")
        yield found["name"].lower(), html.unescape(value)


def _allowed(tag: str, name: str, value: str) -> bool:
    return words.is_attribute(tag, name, value) and (name != "style" or style.is_declarations(value))


def _is_style_tag(attributes: str) -> bool:
    return all((name, value) in {("type", "text/css"), ("scoped", "")} for name, value in _given(attributes))


def _cleaned(text: str) -> Cleaned:
    found = dict[str, None]()
    body, sheets = _without_silent(text, found)
    written = sheets + _bleached(body, found)
    # bleach's serializer and this grammar must agree, or the text is shown as text
    if not is_harmless(written):
        return Cleaned(_as_text(text), tuple(found) or ("HTML",))
    return Cleaned(written, tuple(found), anew=not found)


def _has_endless_tag(text: str) -> bool:
    """Whether a parser would compare thousands of attributes, each with each."""
    return any(len(re.findall(r"[\s/\"']", tag)) > _MOST_ATTRIBUTES for tag in re.findall(r"<[A-Za-z/!?][^>]*", text))


def _bleached(text: str, found: dict[str, None]) -> str:
    from bleach.sanitizer import Cleaner

    def allow(tag: str, name: str, value: str) -> bool:
        if _allowed(tag, name, html.unescape(value)):
            return True
        found[name] = None
        return False

    cleaner = Cleaner(
        tags=words.TAGS,
        attributes=allow,
        protocols={"http", "https", "mailto", "data"},
        strip=False,  # an element nobody knows is shown as the text that it may be
        strip_comments=True,
        css_sanitizer=_KeepsStyle(),
    )
    for tag in re.findall(r"<\s*/?\s*([A-Za-z!?][A-Za-z0-9:-]{0,30})", text):
        if tag.lower() not in words.TAGS and not tag.startswith(("!", "?")):
            found[tag.lower()] = None
    return _EMPTY_PICTURE.sub("", str(cleaner.clean(text)))


class _KeepsStyle:
    """bleach asks for a judge of styles; `allow` has judged them already."""

    def sanitize_css(self, text: str) -> str:
        return text


def _without_silent(text: str, found: dict[str, None]) -> tuple[str, str]:
    """The text without elements whose inside is no text for people, and the style sheets that may stay."""
    kept, sheets = text, ""
    for tag in _SILENT:
        pieces, position, lower = list[str](), 0, kept.lower()
        while (start := lower.find(f"<{tag}", position)) >= 0:
            closing = lower.find(f"</{tag}", start)
            end = lower.find(">", closing) + 1 if closing >= 0 else 0
            if not end:
                break
            element = kept[start:end]
            if tag == "style" and is_harmless(element):
                sheets += element
            else:
                found[tag] = None
            pieces.append(kept[position:start])
            position = end
        kept = "".join([*pieces, kept[position:]])
    return kept, sheets


def _as_text(text: str) -> str:
    return f"<pre>{html.escape(text)}</pre>"

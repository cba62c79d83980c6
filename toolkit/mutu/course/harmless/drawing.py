"""SVG: kept as it is where it is well-formed, of drawing elements only, and refers to nothing but itself."""

from __future__ import annotations

import re
from typing import Any

from mutu.course.harmless import style
from mutu.course.harmless.lists import listed
from mutu.course.harmless.markup import Cleaned

_SVG = "http://www.w3.org/2000/svg"
_DESCRIBING = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://creativecommons.org/ns#",
               "http://purl.org/dc/elements/1.1/")  # fmt: skip
_ELEMENTS = listed(
    "svg g defs path rect circle ellipse line polyline polygon text tspan textPath clipPath mask marker pattern "
    "linearGradient radialGradient stop use image title desc metadata style symbol filter feGaussianBlur feOffset "
    "feMerge feMergeNode feFlood feComposite feColorMatrix feBlend"
)
_REFERENCES = frozenset({"href", "src", "xlink:href"})
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*")
# what the two languages that may read this (XML in a picture, HTML in a page) read in two ways
_TWO_WAYS = re.compile(r"<!\[CDATA\[|<!DOCTYPE[^>]*\[|<\?(?!xml )|<!--(?:(?!-->)[^<>])*[<]", re.IGNORECASE)
_FUNCTION = re.compile(r"url\(\s*['\"]?(?!#)|\\|expression\(|image\(|image-set\(|src\(", re.IGNORECASE)


def clean(text: str) -> Cleaned:
    """A picture that does nothing; an empty text where it is no well-formed picture."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=False)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return Cleaned("", ("SVG",))
    if root.tag != f"{{{_SVG}}}svg":
        return Cleaned("", ("SVG",))
    found = dict[str, None]()
    if root.getroottree().docinfo.internalDTD is not None and "[" in text.split(">", 2)[0] + text.split(">", 2)[1]:
        found["DOCTYPE"] = None
    _prune(root, found)
    _without_echoes(root, found)
    anew = bool(_TWO_WAYS.search(text))
    if not found and not anew:
        return Cleaned(text)
    for comment in list(root.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity)):
        _remove(comment)
    written = etree.tostring(root, encoding="unicode", with_tail=False)
    return Cleaned(written, tuple(found), anew=not found)


def _prune(root: Any, found: dict[str, None]) -> None:
    for element in list(root.iter("*")):
        space, name = _named(element.tag)
        if space in _DESCRIBING:
            _without_attributes(element, found)
        elif (
            space != _SVG or name not in _ELEMENTS or (name == "style" and not style.is_drawing_sheet(_inside(element)))
        ):
            found[name] = None
            _remove(element)
        else:
            _without_attributes(element, found)


def _without_echoes(root: Any, found: dict[str, None]) -> None:
    """A copy of a part that itself holds copies can be a thousand million copies."""
    copies = list(root.iter(f"{{{_SVG}}}use"))
    holding = {holder.get("id") for copy in copies for holder in [copy, *copy.iterancestors()]}
    for copy in copies:
        if {value[1:] for key, value in copy.attrib.items() if _named(key)[1] == "href"} & holding:
            found["use"] = None
            _remove(copy)


def _without_attributes(element: Any, found: dict[str, None]) -> None:
    for key, value in list(element.attrib.items()):
        name = _named(key)[1]
        if not _is_attribute(name, value):
            found[name] = None
            del element.attrib[key]


def _is_attribute(name: str, value: str) -> bool:
    if name.lower().startswith("on") or name in ("base", "target"):
        return False
    if name in _REFERENCES:
        return value.startswith("#") or bool(_PICTURE.fullmatch(value))
    if name == "style":
        return style.is_declarations(value)
    return not _FUNCTION.search(value)


def _inside(element: Any) -> str:
    return element.text or "" if not len(element) else "<"


def _named(key: Any) -> tuple[str, str]:
    space, _brace, name = str(key).rpartition("}")
    return space.lstrip("{"), name


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)

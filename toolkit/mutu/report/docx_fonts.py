"""The print font inside a Word file, so that it looks the same where the font is not installed.

A font is embedded as Office Open XML asks (ECMA-376, part 4, 17.8.1): its first 32 bytes XORed with a key.
"""

from __future__ import annotations

import uuid
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from mutu.look import FONTS, tokens

_KINDS = {"Regular": "OpenSans-Regular.ttf", "Bold": "OpenSans-Bold.ttf", "Italic": "OpenSans-Italic.ttf"}
_CONTENT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


def embed_fonts(word: Any) -> None:
    """Put the print font into a python-docx document and say so in its settings."""
    table = next(rel.target_part for rel in word.part.rels.values() if rel.reltype == RT.FONT_TABLE)
    tree = parse_xml(table.blob)
    entry = parse_xml(f'<w:font {nsdecls("w", "r")} w:name="{tokens()["font"]["print"]}"/>')
    entry.append(_named("w:altName", "Segoe UI"))
    for kind, file in _KINDS.items():
        key = uuid.uuid5(uuid.NAMESPACE_URL, file)
        content = _obfuscated((FONTS / file).read_bytes(), key)
        part = Part(PackURI(f"/word/fonts/{kind.lower()}.odttf"), _CONTENT, content, word.part.package)
        embedded = OxmlElement(f"w:embed{kind}")
        embedded.set(qn("r:id"), table.relate_to(part, RT.FONT))
        embedded.set(qn("w:fontKey"), "{" + str(key).upper() + "}")
        entry.append(embedded)
    tree.append(entry)
    table._blob = _serialised(tree)
    _say_so(word.settings.element)


def _obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    mask = bytes.fromhex(key.hex)[::-1] * 2
    return bytes(byte ^ other for byte, other in zip(font[:32], mask, strict=True)) + font[32:]


def _named(tag: str, value: str) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def _serialised(tree: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(tree, encoding="UTF-8", standalone=True, xml_declaration=True))


def _say_so(settings: Any) -> None:
    """The schema wants the mark right after what stands before it, or Word calls the file broken."""
    mark = OxmlElement("w:embedTrueTypeFonts")
    before = [qn(f"w:{name}") for name in ("writeProtection", "view", "zoom", "removePersonalInformation")]
    before += [
        qn(f"w:{name}") for name in ("removeDateAndTime", "doNotDisplayPageBoundaries", "displayBackgroundShape")
    ]
    before += [
        qn(f"w:{name}") for name in ("printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData")
    ]
    place = sum(1 for child in settings if child.tag in before)
    settings.insert(place, mark)

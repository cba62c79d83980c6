"""The look of mutu as styles of a Word file."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from mutu.look import colour, tokens
from mutu.report.docx_fonts import embed_fonts

TEXT_WIDTH_MM = 160.0
CELL_STYLE = "TableCell"
"""Identifier Word gives to the style Table Cell."""
_FONT = tokens()["font"]["print"]

# style: size, bold, colour, space before, space after (points); what the PDF's template uses too
_PARAGRAPHS = {
    "Normal": (10, False, "ink", 0, 4),
    "Heading 1": (17, True, "primary-dark", 20, 8),
    "Heading 2": (12.5, True, "ink", 10, 4),
    "Heading 3": (10.5, True, "ink", 6, 3),
    "Title": (28, True, "primary-dark", 130, 6),
    "Subtitle": (15, False, "ink", 0, 26),
    "Cover Line": (12, False, "ink", 0, 8),
    "Lead": (12.5, True, "ink", 0, 5),
    "Warning": (11.5, True, "ink", 10, 12),
    "Quiet": (8.8, False, "quiet", 0, 4),
    "Fill": (10, False, "ink", 0, 4),
    "Sign": (10, False, "ink", 0, 3),
    "Caption": (9, True, "ink", 6, 3),
    "Table Note": (8.5, False, "quiet", 4, 9),
    "Table Cell": (8.8, False, "ink", 1.4, 1.4),
    "TOC Heading": (17, True, "primary-dark", 0, 12),
    "TOC 1": (10, True, "ink", 6, 2),
    "TOC 2": (10, False, "ink", 0, 2),
    "List Bullet": (10, False, "ink", 0, 1),
    "List Number": (10, False, "ink", 0, 1),
    "Header": (8.5, False, "quiet", 0, 0),
    "Footer": (8.5, False, "quiet", 0, 0),
}


def apply_styles(word: Any, language: str) -> None:
    """Give a fresh python-docx document the page, the styles and the language of ours."""
    _page(word.sections[0])
    for name, (size, bold, ink, before, after) in _PARAGRAPHS.items():
        style = _style(word, name)
        font = style.font
        font.size, font.bold, font.italic = Pt(size), bold, False
        font.color.rgb = RGBColor.from_string(colour(ink)[1:])
        _typeface(style)
        for spacing in list(style.element.rPr.iter(qn("w:spacing"))):  # the template spaces the letters of titles
            spacing.getparent().remove(spacing)
        form = style.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.04
        form.widow_control = True
    _details(word)
    _settings(word.settings.element)
    _language(word, language)
    embed_fonts(word)


def _style(word: Any, name: str) -> Any:
    if name in [style.name for style in word.styles]:
        return word.styles[name]
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    style.quick_style = True
    return style


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(25), Mm(23)
    section.footer_distance = Mm(11)


def _typeface(style: Any) -> None:
    """Name the print font for every script; theme fonts of the default template would win otherwise."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), _FONT)


def _details(word: Any) -> None:
    """What sizes and colours do not say: keeping together, indents, no lines of the default template."""
    styles = word.styles
    for level in (1, 2, 3):
        styles[f"Heading {level}"].paragraph_format.keep_with_next = True
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    styles["Sign"].paragraph_format.left_indent = Mm(88)
    styles["Sign"].paragraph_format.keep_with_next = True
    for name, left in (("TOC 1", 0), ("TOC 2", 5)):
        form = styles[name].paragraph_format
        form.left_indent = Mm(left)
        form.tab_stops.add_tab_stop(Mm(TEXT_WIDTH_MM), 2, 1)  # right, dotted
    for tabs in list(styles["Footer"].element.iter(qn("w:tabs"))):
        tabs.getparent().remove(tabs)
    styles["Footer"].paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH_MM), 2)
    styles["Table Cell"].paragraph_format.line_spacing = 1.0
    for name in ("List Bullet", "List Number"):
        for close in list(styles[name].element.iter(qn("w:contextualSpacing"))):
            close.getparent().remove(close)
    _box(styles["Warning"])


def _box(style: Any) -> None:
    """A frame and a ground around the paragraphs of a style, inside the text's width."""
    properties = style.element.get_or_add_pPr()
    frame = OxmlElement("w:pBdr")
    for side, width in (("top", 6), ("left", 32), ("bottom", 6), ("right", 6)):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(width)), ("space", "6"), ("color", colour("bad")[1:])):
            line.set(qn(f"w:{name}"), value)
        frame.append(line)
    properties.insert_element_before(frame, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour("bad-tint")[1:])):
        ground.set(qn(f"w:{name}"), value)
    frame.addnext(ground)
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(3)


def _settings(settings: Any) -> None:
    """A document of today's Word, not one in compatibility mode; the template's zoom lacks what the standard asks."""
    for zoom in settings.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
    for old in list(settings.iter(qn("w:useFELayout"))):
        old.getparent().remove(old)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _language(word: Any, language: str) -> None:
    """Spell in the document's language, in the defaults and where the template names another."""
    styles = word.styles.element
    for tag in styles.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None and defaults.find(qn("w:lang")) is None:
        tag = OxmlElement("w:lang")
        tag.set(qn("w:val"), language)
        defaults.append(tag)
    for tag in word.settings.element.iter(qn("w:themeFontLang")):
        tag.set(qn("w:val"), language)


def shade(run_or_cell: Any, name: str) -> None:
    """Put a colour of the look behind a run or a cell."""
    element = run_or_cell._r.get_or_add_rPr() if hasattr(run_or_cell, "_r") else run_or_cell._tc.get_or_add_tcPr()
    tag = OxmlElement("w:shd")
    tag.set(qn("w:val"), "clear")
    tag.set(qn("w:color"), "auto")
    tag.set(qn("w:fill"), colour(name)[1:])
    element.append(tag)

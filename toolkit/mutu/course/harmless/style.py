"""Style sheets: only rules for the table they come with, only properties that stay in their place and load nothing."""

from __future__ import annotations

import re
from typing import Any

from mutu.course.harmless.lists import listed

_PROPERTIES = listed(
    "background background-color background-image background-position background-repeat background-size "
    "caption-side clear color column-gap direction display empty-cells float font gap height hyphens "
    "letter-spacing line-height max-height max-width min-height min-width opacity overflow overflow-x overflow-y "
    "padding quotes row-gap tab-size table-layout unicode-bidi vertical-align visibility white-space width "
    "word-break word-spacing word-wrap overflow-wrap box-shadow box-sizing cursor fill fill-opacity fill-rule "
    "stroke stroke-linecap stroke-linejoin stroke-opacity stroke-width text-anchor margin position top left "
    "z-index stroke-dasharray stroke-dashoffset stroke-miterlimit stop-color stop-opacity clip-path clip-rule"
)
_FAMILIES = ("border", "font-", "list-style", "margin-", "outline", "padding-", "text-")
_FUNCTIONS = frozenset(
    [
        "calc",
        "hsl",
        "hsla",
        "linear-gradient",
        "max",
        "min",
        "radial-gradient",
        "repeating-linear-gradient",
        "rgb",
        "rgba",
        "minmax",
    ]
)
# what pandas and its like write about: their own table
_OWN = re.compile(r"\s*(?:table)?(?:#T_[\w-]+|\.dataframe\b)(?![\w-])[^{}<]*")
_POSITIONS = frozenset({"static", "sticky"})


def is_declarations(text: str) -> bool:
    """Whether a `style` attribute moves nothing out of its place and loads nothing."""
    import tinycss2

    return "\\" not in text and all(map(_is_declaration, tinycss2.parse_blocks_contents(text)))


def is_sheet(text: str) -> bool:
    """Whether a style sheet speaks of tables of pandas only, moves nothing and loads nothing."""
    import tinycss2

    if "<" in text or "\\" in text:
        return False
    return all(map(_is_rule, tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)))


def is_drawing_sheet(text: str) -> bool:
    """Whether a style sheet inside a picture loads nothing: its selectors reach no further than the picture."""
    import tinycss2

    if "<" in text or "\\" in text:
        return False
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return all(rule.type == "qualified-rule" and is_declarations(tinycss2.serialize(rule.content)) for rule in rules)


def _is_rule(rule: Any) -> bool:
    import tinycss2

    if rule.type != "qualified-rule":
        return False
    selectors = tinycss2.serialize(rule.prelude).split(",")
    return all(_OWN.fullmatch(each) for each in selectors) and is_declarations(tinycss2.serialize(rule.content))


def _is_declaration(node: Any) -> bool:
    if node.type in ("whitespace", "comment"):
        return True
    if node.type != "declaration":
        return False
    name = node.lower_name
    if name not in _PROPERTIES and not name.startswith(_FAMILIES):
        return False
    return _is_value(node.value) and _stays(name, [each for each in node.value if each.type != "whitespace"])


def _is_value(tokens: list[Any]) -> bool:
    return all(map(_is_part, tokens))


def _is_part(token: Any) -> bool:
    if token.type == "function":
        return token.lower_name in _FUNCTIONS and _is_value(token.arguments)
    if token.type in ("() block", "[] block"):
        return _is_value(token.content)
    if token.type == "url":  # a part of the same picture
        return bool(token.value.startswith("#"))
    return token.type not in ("error", "at-keyword", "{} block")


def _stays(name: str, value: list[Any]) -> bool:
    """Nothing lies over what is not its own: no free position, no negative margin, no high layer."""
    if name == "position":
        return len(value) == 1 and getattr(value[0], "lower_value", "") in _POSITIONS
    if name.startswith("margin") or name in ("top", "left", "text-indent", "letter-spacing", "word-spacing"):
        return all(each.type in ("number", "dimension", "percentage", "ident") and getattr(each, "value", 0) != "-"
                   and not (each.type != "ident" and each.value < (0 if name != "letter-spacing" else -2))
                   for each in value)  # fmt: skip
    if name == "z-index":
        return all(each.type == "ident" or (each.type == "number" and 0 <= each.value <= 9) for each in value)
    return True

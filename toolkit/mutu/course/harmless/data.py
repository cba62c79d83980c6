"""Outputs that are neither text nor markup: pictures, formulas, charts, references to widgets."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any

from mutu.course.harmless.lists import listed

MOST_PIXELS = 50_000_000
_PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP", "image/bmp": "BMP"}
PICTURES = frozenset(_PICTURES)

# what MathJax reads as a link, a style, a name, an extension to load, or a definition that may call itself
_ACTING = re.compile(
    r"\\(?:href|url|style|class|cssId|data|require|unicode|mmlToken|html\w*|[gex]?def|let|futurelet|newcommand|renewcommand"
    r"|providecommand|newenvironment|renewenvironment|DeclareMathOperator|input|include|loop|texttip|toggle|enclose"
    r"|definecolor|catcode|mathtip|csname|begingroup|global|bbox)(?![A-Za-z])"
)
MOST_FORMULA = 20_000

CHARTS = re.compile(r"application/vnd\.vega(?:lite)?\.v\d{1,2}\+json")
# keys through which a chart loads, links, or computes with text from the chart; and what sets the viewer itself
_REACHING = listed(
    "url href signal signals expr calculate test update init on events loader usermeta embedOptions "
    "transform_expr image script"
)  # fmt: skip
_WIDGET = re.compile(r"[A-Za-z0-9-]{1,64}")


def is_picture(kind: str, text: str) -> bool:
    """Whether the bytes are a picture of the kind they say, of a size that a browser can unfold."""
    import warnings
    from io import BytesIO

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(base64.b64decode("".join(text.split()), validate=True)),
                            formats=[_PICTURES[kind]]) as picture:  # fmt: skip
                return picture.width * picture.height * getattr(picture, "n_frames", 1) <= MOST_PIXELS
    except (OSError, ValueError, binascii.Error, SyntaxError, Image.DecompressionBombError):
        return False


def is_formula(text: str) -> bool:
    """Whether a formula only writes: no link, style, definition or extension."""
    return len(text) <= MOST_FORMULA and not _ACTING.search(text)


def is_chart(value: Any) -> bool:
    """Whether a chart holds its own data and computes nothing from text."""
    return isinstance(value, Mapping) and _stays(value, 0)


def is_widget(value: Any) -> bool:
    """Whether a reference to a widget is nothing more than that."""
    return (
        isinstance(value, Mapping)
        and set(value) <= {"model_id", "version_major", "version_minor"}
        and bool(_WIDGET.fullmatch(str(value.get("model_id", ""))))
        and all(type(value.get(key, 0)) is int for key in ("version_major", "version_minor"))
    )


def _stays(value: Any, depth: int) -> bool:
    if depth > 60:
        return False
    if isinstance(value, Mapping):
        return (
            not (_REACHING & value.keys())
            and not isinstance(value.get("filter"), str)
            and all(_stays(each, depth + 1) for each in value.values())
        )
    return all(_stays(each, depth + 1) for each in value) if isinstance(value, list) else True

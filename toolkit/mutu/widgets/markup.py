"""HTML from templates; every value is escaped, whoever wrote it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mutu.locale import _, current, integer, number, percent, written_date


@cache
def _environment() -> Environment:
    loader = PackageLoader("mutu.widgets", "templates")
    made = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    made.globals.update({"_": _, "number": number, "integer": integer, "percent": percent, "language": current})
    made.filters.update({"json_block": json_block, "day": written_date})
    return made


def render(template: str, **values: Any) -> str:
    """A template of `templates` with its values, in the language in use."""
    return _environment().get_template(f"{template}.html.j2").render(**values)


def json_block(value: Any) -> Markup:
    """A value for a JSON block inside HTML: nothing in it can end the block."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - escaped in the line above


def inline(svg: str, kind: str) -> Markup:
    """An SVG that mutu drew, as part of the page; its size is the style sheet's matter, not its own."""
    return Markup(f'<div class="chart-{kind}">{svg}</div>')  # noqa: S704 - the drawing escapes its texts

"""The help beside formgrader: what each of its buttons does, in the language in use.

formgrader itself speaks English only, so the help quotes its labels as they stand there.
"""

from __future__ import annotations

import html
import re

from mutu.course.help.texts import Part, parts
from mutu.locale import _

_TYPED = re.compile(r"`([^`]+)`")


def body() -> str:
    """The sections of the page as HTML, without scripts and styles of their own."""
    return "\n".join(map(_section, parts()))


def _section(part: Part) -> str:
    rows = "".join(
        f"<tr><th scope='row' lang='en'>{_say(label)}</th><td>{_say(does)}</td></tr>" for label, does in part.buttons
    )
    button, use = _say(_("Button or column")), _say(_("What it does"))  # a text inside an f-string is not found
    head = f"<tr><th scope='col'>{button}</th><th scope='col'>{use}</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else ""
    steps = "".join(f"<li>{_say(step)}</li>" for step in part.steps)
    listed = f"<ol>{steps}</ol>" if steps else ""
    return f"<section><h2>{_say(part.title)}</h2>{listed}{table}</section>"


def _say(text: str) -> str:
    return _TYPED.sub(r"<code>\1</code>", html.escape(text, quote=True))

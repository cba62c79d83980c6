"""The help page beside formgrader: what each of its buttons does, in the language of the reader.

formgrader itself speaks English only, so the page quotes its labels as they stand there.
"""

from __future__ import annotations

import html
from pathlib import Path
from string import Template

from mutu.course.help.texts import Part, parts
from mutu.course.nbgrader import RUNS_WITH_YOUR_RIGHTS
from mutu.locale import _, current, use
from mutu.look import css

_TEMPLATE = Path(__file__).parent / "page.html"


def page(language: str | None = None, *, formgrader: str = "/formgrader", home: str = "/mutu") -> str:
    """The page as HTML, whole and without scripts.

    Parameters
    ----------
    language : "id" or "en"; the language in use when it is None
    formgrader, home : addresses of the two links at its head
    """
    with use(language or current()):
        return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
            lang=current(),
            css=css(),
            title=_say(_("What the buttons of formgrader do")),
            lead=_say(
                _("Formgrader is nbgrader's page for trainers. Its buttons are in English; this is what they do.")
            ),
            warning=_say(_(RUNS_WITH_YOUR_RIGHTS)),
            open=_say(_("Open formgrader")),
            back=_say(_("Back to the front page")),
            formgrader=html.escape(formgrader, quote=True),
            home=html.escape(home, quote=True),
            body="\n".join(map(_section, parts())),
        )


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
    return html.escape(text, quote=True)

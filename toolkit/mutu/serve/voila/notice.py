"""The pages that say why there is no page: full, too often, not found, broken; both languages, as nobody chose one."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader

from mutu.errors import N_
from mutu.locale import LANGUAGES, _, use

_TEXTS = {
    404: (N_("This page does not exist"), N_("Check the address, or start again from the front page.")),
    403: (N_("This is not possible here"), N_("Open the page again from the front page.")),
    429: (N_("Too many pages at once"), N_("Wait one minute, then try again. What you have answered is kept.")),
    503: (
        N_("All places are taken"),
        N_("Too many people have a page open just now. Try again in a minute. What you have answered is kept."),
    ),
    500: (
        N_("Something went wrong on our side"),
        N_("Try again. If it happens again, tell whoever runs this service."),
    ),
}
_CAN_WAIT = (429, 500, 503)


@cache
def environment() -> Environment:
    """The templates of this room; every value is escaped."""
    return Environment(loader=PackageLoader("mutu.serve.voila", "templates"), autoescape=True, trim_blocks=True)


def notice(status: int, statics: Any, landing: str) -> str:
    """The whole page for a status; one without a text of its own takes that of 500, or of 404 below it."""
    title, advice = _TEXTS.get(status) or _TEXTS[500 if status >= 500 else 404]
    parts = []
    for language in LANGUAGES:
        with use(language):
            words = {"again": _("Try again"), "front": _("Front page")}
            parts.append({"language": language, "title": _(title), "advice": _(advice), **words})
    template = environment().get_template("notice.html.j2")
    return template.render(parts=parts, can_wait=status in _CAN_WAIT, statics=statics, landing=landing)

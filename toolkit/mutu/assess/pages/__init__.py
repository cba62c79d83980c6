"""The pages of `assessments/`: what a page shows at once, and what answers it in its kernel.

A self-assessment page is made from its instrument file alone; the survey page has a module and a notebook of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from mutu import instruments
from mutu.content import find
from mutu.locale import LANGUAGES, _, use

NOTEBOOK = "page.ipynb"
# slug -> module here that writes the page; every other folder of assessments/ is an instrument
_OWN = {"skm": "skm"}
_NAMES = {"id": "Bahasa Indonesia", "en": "English"}


@dataclass(frozen=True)
class Front:
    """A page before its kernel is there."""

    slug: str
    language: str
    title: str
    script: str
    html: str
    words: dict[str, str]

    @property
    def other(self) -> str:
        """The language to switch to."""
        return next(each for each in LANGUAGES if each != self.language)


def slugs() -> tuple[str, ...]:
    """The pages there are: every folder of assessments/ with an instrument or a notebook of its own."""
    own = (notebook.parent.name for notebook in find("assessments").glob(f"*/{NOTEBOOK}"))
    return tuple(sorted({*own, *instruments.slugs()}))


def code(slug: str) -> str | None:
    """What the notebook of an instrument's page says; None for a page that brings its notebook."""
    if (find("assessments") / slug / NOTEBOOK).is_file():
        return None
    return f"from mutu.assess.pages import assessment\n\nassessment.show({slug!r})"


@cache
def front(slug: str, language: str) -> Front:
    """The page of an assessment as it stands in the HTML, in "id" or "en"."""
    module = import_module(f"mutu.assess.pages.{_OWN.get(slug, 'assessment')}")
    with use(language):
        title, script, html = module.front(slug)
        other = next(each for each in LANGUAGES if each != language)
        words = {
            "front": _("Front page"),
            "other": _NAMES[other],
            "noscript": _("This page needs JavaScript. Switch it on in your browser, then reload the page."),
        }
    return Front(slug, language, title, script, html, words)

"""The catalogues: which language is in use, and what a text is in it."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from mutu.errors import MutuError, Term
from mutu.locale.compiled import compiled

LANGUAGES = ("id", "en")
DEFAULT = "id"
_HERE = Path(__file__).parent
_chosen: ContextVar[str | None] = ContextVar("mutu_language", default=None)


def current() -> str:
    """The language in use: chosen by `use`, else MUTU_LANG, else Indonesian."""
    chosen = _chosen.get() or os.environ.get("MUTU_LANG", DEFAULT)
    return chosen if chosen in LANGUAGES else DEFAULT


@contextmanager
def use(language: str) -> Iterator[None]:
    """Speak `language` ("id" or "en") inside the block."""
    token = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(token)


def _(text: str) -> str:
    """`text` (English) in the language in use."""
    return _found(text, current())


@lru_cache(4096)
def _found(text: str, language: str) -> str:
    """In a chain of thirty catalogues every text is looked for in each before its own."""
    return _catalogues(language).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a text that goes with `count`, in the language in use."""
    return _catalogues(current()).ngettext(one, many, count)


def say(error: MutuError) -> str:
    """The sentence of an error in the language in use, with its fields filled in; of them, terms are translated."""
    fields = {name: _(value) if isinstance(value, Term) else value for name, value in error.fields.items()}
    return _(error.template).format(**fields)


@cache
def _catalogues(language: str) -> gettext.NullTranslations:
    """All catalogues of a language, chained; English needs none, its texts are the source."""
    chain = gettext.NullTranslations()
    if language == "en":
        return chain
    for source in sorted((_HERE / language).glob("*.po")):
        part = gettext.GNUTranslations(BytesIO(compiled(source)))
        part.add_fallback(chain)
        chain = part
    return chain

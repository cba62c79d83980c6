"""How mutu speaks: catalogues, numbers and dates in Indonesian (default) and English.

Texts in code are English and pass through `_` (or `N_` and later `_`); the Indonesian stands in
`locale/id/<room>.po`, one catalogue a room, so that a room's words live with their owner, and in `common.po` where
several rooms say the same. `docs/istilah.md` has the terms.
"""

from mutu.errors import speak_with
from mutu.locale.catalogue import DEFAULT, LANGUAGES, _, current, ngettext, say, use
from mutu.locale.numbers import date, integer, number, percent, signed, written_date

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "_",
    "current",
    "date",
    "integer",
    "ngettext",
    "number",
    "percent",
    "say",
    "signed",
    "use",
    "written_date",
]

speak_with(say)

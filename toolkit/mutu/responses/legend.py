"""What a file says about its numbers: «1 = tidak baik … 4 = sangat baik» above the table or in a header."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mutu.responses import options

_PAIR = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:(\d{1,2})\s*[=:]\s*\(?([A-Za-z][A-Za-z ]{1,40})"
    r"|(?<![A-Za-z])([A-Za-z][A-Za-z ]{1,40}?)\s*=\s*(\d{1,2})(?!\d|[.,]\d))"
)


def is_turned(texts: Iterable[str]) -> str:
    """The first text that calls the lowest number the best answer, or nothing."""
    return next((said for said in texts if _falls(_options(said))), "")


def explains(said: str) -> bool:
    """Whether a text says what at least two numbers mean."""
    return bool(_options(said))


def _options(said: str) -> dict[int, str]:
    """Number -> words, for a text that explains at least two numbers."""
    found = {}
    for number, words, words_first, number_last in _PAIR.findall(said):
        found[int(number or number_last)] = options.option((words or words_first).strip()).phrase
    return found if len(found) > 1 else {}


def _falls(found: dict[int, str]) -> bool:
    """Whether the words fall as the numbers rise, in a way to word the scale that knows all of them."""
    levels = len(found) if len(found) in (4, 5) else 4
    stems = options.stems_of(found.values())
    for scheme in options.schemes(levels):
        values = [scheme.value(found[number], stems) for number in sorted(found)]
        known = [value for value in values if value is not None]
        if len(known) == len(values) > 1 and known == sorted(known, reverse=True) and len(set(known)) == len(known):
            return True
    return False

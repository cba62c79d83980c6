"""What must not reach a trainee: the lines and values of hidden tests that the visible part does not have too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mutu.course.outcome.feedback.split import Split

_VALUE = re.compile(
    r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|(?<![\w.])\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.IGNORECASE
)
_SHORT = 3  # a value of one or two characters stands in any text


@dataclass(frozen=True)
class Secrets:
    """Texts that must not be shown."""

    texts: frozenset[str]

    def are_in(self, text: str) -> bool:
        """Whether a text gives one of them away, whatever its spaces."""
        shown = _plain(text)
        return any(_stands_in(secret, shown) for secret in self.texts)


def secrets(cells: Iterable[Split], given: str = "") -> Secrets:
    """The secrets of test cells; what stands in the visible part of one, or in `given`, is none."""
    cells = list(cells)
    known = _plain("\n".join([given, *(cell.visible for cell in cells)]))
    found: set[str] = set()
    for cell in cells:
        for number in cell.hidden - set(cell.cases):
            line = cell.lines[number - 1]
            found |= {_plain(line), *(_plain(value.strip("'\"")) for value in _VALUE.findall(line))}
    kept = (text for text in found if len(text) >= _SHORT and re.search(r"\w", text))
    return Secrets(frozenset(text for text in kept if not _stands_in(text, known)))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _stands_in(secret: str, text: str) -> bool:
    """Whether it stands there as itself: 100 does not stand in 1005 or 100.5."""
    place = text.find(secret)
    while place >= 0:
        end = place + len(secret)
        if _ends(text[:place], secret, before=True) and _ends(text[end:], secret, before=False):
            return True
        place = text.find(secret, place + 1)
    return False


def _ends(beside: str, secret: str, *, before: bool) -> bool:
    edge = secret[0] if before else secret[-1]
    if not edge.isalnum():
        return True
    more = re.search(r"(\w|\d\.)$", beside) if before else re.match(r"\w|\.\d", beside)
    return more is None

"""What two texts of cells have in common, read line by line: nothing here parses or runs a trainee's code.

Python's own parser is left out on purpose: hostile text can exhaust it or crash the process it runs in.
"""

from __future__ import annotations

import re
from collections import Counter

_LOOKED_AT = 20_000
# no cell that a person writes is longer
LONGEST = 200_000
_STUB = re.compile(
    r"^(#+ ?(your code here|begin solution|end solution).*|raise notimplementederror\(\)|your answer here)$"
)
_DEFINES = r"^(?:async[ \t]+def|def|class)[ \t]+(?P<defined>\w+)"
_ASSIGNS = r"^(?P<assigned>\w+(?:[ \t]*,[ \t]*\w+)*)[ \t]*(?::[^=\n]{0,200})?=(?!=)"
_BINDS = re.compile(f"{_DEFINES}|{_ASSIGNS}", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")
_CONTINUES = re.compile(r"[ \t\])}]|else\b|elif\b|except\b|finally\b")


def even(text: str) -> str:
    """`text` without what nobody sees: spaces at the ends of lines, empty lines around it."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def lines(text: str) -> list[str]:
    """Lines that say something: not empty, not the place holders of a stub; without indentation."""
    stripped = (line.strip() for line in text[:_LOOKED_AT].splitlines())
    return [line for line in stripped if line and not _STUB.match(line.lower())]


def names(text: str) -> frozenset[str]:
    """Names that a cell of Python defines or assigns at its top level."""
    found: set[str] = set()
    for hit in _BINDS.finditer(text[:_LOOKED_AT]):
        found.update(_WORD.findall(hit["defined"] or hit["assigned"]))
    return frozenset(found)


def words(text: str) -> frozenset[str]:
    """Every name that occurs in a text."""
    return frozenset(_WORD.findall(text[:_LOOKED_AT]))


def counted(text: str) -> Counter[str]:
    """`lines`, with how often each stands there."""
    return Counter(lines(text))


def share(part: Counter[str], whole: Counter[str]) -> float:
    """How much of `part` stands in `whole`, by lines: 0 to 1; 0 where `part` says nothing."""
    wanted = part.total()
    return (part & whole).total() / wanted if wanted else 0.0


def alike(one: str, other: str) -> float:
    """How alike two texts are, by words: 0 to 1."""
    first, second = Counter(_WORD.findall(one[:_LOOKED_AT])), Counter(_WORD.findall(other[:_LOOKED_AT]))
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 1.0


def without(whole: str, part: str) -> str:
    """What of `whole` is not of `part`: the rest around it where it stands in one piece, else the other lines.

    Of a text beyond measure only the beginning is looked at.
    """
    text, wanted = even(whole[:LONGEST]), even(part)
    before, found, after = text.partition(wanted) if wanted else (text, "", "")
    if found:
        return even(f"{before}\n{after}")
    left = Counter(line.strip() for line in wanted.splitlines())
    kept = []
    for line in text.splitlines():
        if left[line.strip()] > 0:
            left[line.strip()] -= 1
        else:
            kept.append(line)
    return even("\n".join(kept)) if any(line.strip() for line in kept) else ""


def continues(text: str) -> bool:
    """Whether a text begins inside something that began before it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return bool(_CONTINUES.match(first))


def chunks(text: str) -> list[str]:
    """A cell of Python cut at its top-level statements; comments and decorators go with what follows them."""
    found: list[list[str]] = []
    open_head = False
    for line in text.splitlines():
        head = bool(line.strip()) and not _CONTINUES.match(line)
        if head and not open_head:
            found.append([])
        if not found:
            found.append([])
        found[-1].append(line)
        if head:
            open_head = line.startswith(("#", "@"))
    return ["\n".join(part) for part in found]


def cut(text: str, wanted: frozenset[str]) -> tuple[str, str]:
    """The statements that bind `wanted`, and the rest."""
    taken: list[str] = []
    rest: list[str] = []
    for chunk in chunks(text):
        (taken if names(chunk) & wanted else rest).append(chunk)
    return "\n".join(taken).strip("\n"), "\n".join(rest).strip("\n")

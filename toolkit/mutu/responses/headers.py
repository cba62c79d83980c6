"""What a header says: an element, a part of the profile, a person's data, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mutu.responses.grid import data, plain, words

ELEMENT, PROFILE, DATE, ID, PERSONAL, TOTAL, COMMENT, METADATA = [
    "element",
    "profile",
    "date",
    "id",
    "personal",
    "total",
    "comment",
    "metadata",
]
_CODE = re.compile(r"\(?([a-z]+)?[\s._\-:#]*0*(\d{1,3})(?:[\s._\-/]?([a-z]|\d{1,2}))?[.):]*")
_LEADING_CODE = re.compile(r"(?:u|unsur)[\s._\-]*0*([1-9])\b")
_KOBO_PATH = re.compile(r"[\w.\-]+(/[\w.\-]+)+")
_LONG = 40
_APART = 0.75
_WHOLE = 1.5  # a header that is nothing but the word says more than one that has it


@dataclass(frozen=True)
class Meaning:
    """What a header was taken for: a role, its target ("U3", "usia"), how clearly, and whether that is clear enough."""

    role: str = ""
    target: str = ""
    score: float = 0.0
    sure: bool = False


@dataclass(frozen=True)
class Code:
    """A header that only counts: U8, P 8, 8, Q3.2."""

    prefix: str
    number: int
    part: str = ""


NOTHING = Meaning()


def meaning(parts: tuple[str, ...]) -> Meaning:
    """The meaning of a header given from its top row to its bottom row: the bottom counts first, then all of it."""
    bottom = meaning_of(parts[-1]) if parts else NOTHING
    if (bottom.role and bottom.score >= 2) or len(parts) < 2:
        return bottom
    whole = meaning_of(" ".join(parts))
    if whole.role != ELEMENT and whole.score < 2 and code_of(parts[-1]):
        return bottom  # a title such as «Nilai unsur pelayanan» over U1, U2 … makes them no totals
    return whole if whole.score > bottom.score else bottom


def element(parts: tuple[str, ...]) -> Meaning:
    """The element a header asks about, whatever else it mentions: the bottom counts first, then all of it."""
    bottom = _element(parts[-1]) if parts else NOTHING
    return bottom if bottom.score >= 2 or len(parts) < 2 else max(bottom, _element(" ".join(parts)), key=_clearness)


@cache
def meaning_of(header: str) -> Meaning:
    """The meaning of one text."""
    said = words(header)
    if not said.strip():
        return NOTHING
    scores = sorted(
        ((_score(said, phrases), role, target) for role, target, phrases in _targets() if _allowed(said, role)),
        key=lambda entry: -entry[0],
    )
    best, role, target = _first(said, scores)
    if best < 1:
        return Meaning(METADATA, "", 2.0, True) if header.startswith("_") else NOTHING
    rivals = scores if role != ELEMENT or len(said) <= _LONG else [entry for entry in scores if entry[1] == ELEMENT]
    second = next((score for score, other, name in rivals if (other, name) != (role, target)), 0.0)
    return Meaning(role, target, best, best >= 2 and best - second >= _APART)


def split(header: str) -> tuple[str, ...]:
    """The parts of a header of KoBo or ODK, which puts the groups before the name: group/name."""
    return (
        tuple(header.split("/"))
        if _KOBO_PATH.fullmatch(header) and re.search(r"[a-z]_|_[a-z]|/\w*\d", header)
        else (header,)
    )


@cache
def code_of(header: str) -> Code | None:
    """The code of a header that says only a code."""
    found = _CODE.fullmatch(plain(header).strip())
    if not found:
        return None
    prefix, number, part = found[1] or "", int(found[2]), found[3] or ""
    known = data("headers")
    if len(prefix) > 1 and prefix not in known["code_prefixes"] + known["importance_prefixes"]:
        return None
    if part.isdigit() and not re.search(r"\d[\s._\-/]\d", header):
        number, part = int(found[2] + part), ""
    return Code(prefix, number, part)


def leading_code(header: str) -> int | None:
    """The element's number in front of a text that says nothing else: «U4 - …»."""
    found = _LEADING_CODE.match(plain(header).strip())
    return int(found[1]) if found else None


def is_importance(parts: tuple[str, ...]) -> bool:
    """Whether a header asks for importance or expectation beside satisfaction; H1 alone says too little."""
    code = code_of(parts[-1]) if parts else None
    known = data("headers")
    if code and len(code.prefix) > 1 and code.prefix in known["importance_prefixes"]:
        return True
    said = words(" ".join(parts))
    if any(f" {phrase} " in said for phrase in data("asking")["not_importance"]):
        return False
    return any(f" {mark} " in said for mark in known["importance"])


def names_offices(header: str) -> bool:
    """Whether a column seems to name offices."""
    said = words(header)
    return len(header) < _LONG and any(f" {name} " in said for name in data("headers")["offices"])


def counts_respondents(header: str) -> bool:
    """Whether a column gives numbers of respondents: a table with a row per office."""
    return words(header).strip() in data("headers")["respondents"]


def takes_marks(header: str) -> bool:
    """Whether a word such as «contoh» in this column marks the row as a test or example."""
    said = words(header).strip()
    return said in data("headers")["marks"] or meaning_of(header).role in (ID, PERSONAL)


@cache
def _element(header: str) -> Meaning:
    said = words(header)
    scores = sorted(
        ((_score(said, phrases), target) for role, target, phrases in _targets() if role == ELEMENT), reverse=True
    )
    (best, target), (second, _other) = scores[:2]
    return Meaning(ELEMENT, target, best, best >= 2 and best - second >= _APART) if best >= 1 else NOTHING


def _clearness(found: Meaning) -> float:
    return found.score


@cache
def _targets() -> tuple[tuple[str, str, dict[str, float]], ...]:
    known = data("headers")
    groups = ((ELEMENT, "elements"), (PROFILE, "profile"), (DATE, "dates"), (ID, "ids"))
    entries = [(role, target, phrases) for role, group in groups for target, phrases in known[group].items()]
    entries.append((PERSONAL, "", known["personal"]))
    entries.extend((role, "", phrases) for role, phrases in known["left_out"].items())
    return tuple(
        (role, target, {f" {phrase} ": value for phrase, value in phrases.items()}) for role, target, phrases in entries
    )


def _first(said: str, scores: list[tuple[float, str, str]]) -> tuple[float, str, str]:
    """The best meaning; a long question that names an element asks about it, even if it speaks of the service too."""
    first = scores[0]
    if first[1] == PROFILE and len(said) > _LONG:
        element = next(entry for entry in scores if entry[1] == ELEMENT)
        return element if element[0] >= 2.5 else first
    return first


def _score(said: str, phrases: dict[str, float]) -> float:
    return sum(value + (_WHOLE if said == phrase else 0) for phrase, value in phrases.items() if phrase in said)


def _allowed(said: str, role: str) -> bool:
    """A name of a service or an office is not a person's; a long question is not a field of a form."""
    if role == PERSONAL:
        return not any(f" {name} " in said for name in data("headers")["not_personal"])
    return not (role == ID and len(said) > _LONG)

"""What a header asks for: a judgement of an element, a fact, a remark, or something that is no element."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

from mutu.responses import headers, options
from mutu.responses.grid import data, words
from mutu.responses.headers import ELEMENT, NOTHING, Meaning

REMARK, COMPLAINT, FACT, INTEGRITY, OVERALL, EARLIER = "comment", "complaint", "fact", "integrity", "overall", "earlier"
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LEGEND = re.compile(r"(?<!\d)[0-5]\s*[=:.)]?\s*([a-z][a-z ]*)", re.IGNORECASE)
_CODE_WORD = re.compile(r"[a-z]{0,2}\d{1,2}[a-z]?|[a-h]|i{1,3}|iv")
_PART = re.compile(r"\(?(?:[a-z]{1,10}[\s._\-]*)?0*([1-9])(?:[._\-](\d{1,2})|[._\-]?([a-h]))(?=[\s.):\-]|$)")
_ORDINAL = re.compile(r"\(?(?:[a-z]{1,10}[\s._\-]*)?0*(\d{1,2})\s*[.):\-]+\s*(?=[a-z(\[\"'])")
_LIKE, _SHORTEST, _LONGEST = 0.8, 6, 20


def kind(parts: tuple[str, ...]) -> str:
    """What a header asks for where it is not plainly a judgement: REMARK, COMPLAINT, FACT, INTEGRITY … or ""."""
    bottom = _kind(parts[-1])
    about = bottom or headers.element(parts[-1:]).target
    return bottom if about else _kind(" ".join(parts))


def judges(parts: tuple[str, ...]) -> bool:
    """Whether a header asks how good something is."""
    return _says(words(" ".join(parts)), "judging")


@cache
def is_official(parts: tuple[str, ...], unsur: str) -> bool:
    """Whether a header is the element's own name, apart from its number and words such as «nilai»."""
    known, names = data("asking"), set()
    for said in (parts[-1], " ".join(parts), *_BRACKET.findall(parts[-1])[-1:]):
        spoken = _without_code(words(said).split())
        names |= {" ".join(spoken), " ".join(word for word in spoken if word not in known["fillers"])}
    return not names.isdisjoint(known["official"][unsur])


def stem(header: str) -> str:
    """A header without its numbers: two questions of one stem are one question asked in two parts."""
    known = data("asking")["numbering"]
    return " ".join(word for word in words(header).split() if not _CODE_WORD.fullmatch(word) and word not in known)


def part_of(header: str) -> int | None:
    """The number a header is a part of: U1.2, U1b, «1.2 …» and «1b. …» are parts of 1."""
    found = _PART.match(header.casefold().strip())
    return int(found[1]) if found else None


def ordinal_of(header: str) -> int | None:
    """The number in front of a worded header: «4. …»."""
    found = _ORDINAL.match(header.casefold().strip())
    return int(found[1]) if found else None


@cache
def nearly(parts: tuple[str, ...]) -> Meaning:
    """The element a misspelt header must mean, when its words are close to the names of a single one."""
    known = data("asking")
    respelt = [known["respelt"].get(word, word) for word in words(" ".join(parts)).split()]
    exact = headers.element((" ".join(respelt),)) if respelt != words(" ".join(parts)).split() else NOTHING
    if exact.target:
        return Meaning(ELEMENT, exact.target, exact.score)
    found = {target for word in respelt if (target := _close(word))}
    return Meaning(ELEMENT, found.pop(), 1.0) if len(found) == 1 else NOTHING


def follows_former_rule(headers_: list[tuple[str, ...]]) -> str:
    """The name of an abolished rule whose questionnaire these headers are, or ""."""
    former = data("asking")["former"]
    said = [words(" ".join(parts)) for parts in headers_]
    told = {name for name in former["elements"] if any(f" {name} " in header for header in said)}
    return former["rule"] if len(told) >= former["least"] else ""


@cache
def _kind(header: str) -> str:
    said, known = words(header), data("asking")
    if any(f" {phrase} " in words(inside) for inside in _BRACKET.findall(header) for phrase in known["earlier"]):
        return EARLIER
    alone = said.strip() in known["facts_alone"]
    states = alone or _lists_facts(header) or _counts_units(header)
    states = states or (_says(said, "facts") and not _says(said, "judging"))
    about = _remark(said)
    if about and not (about == COMPLAINT and states):
        return about
    if _says(said, "integrity"):
        return INTEGRITY
    if said.strip() in known["overall_alone"] or (_says(said, "overall") and headers.element((header,)).score < 2):
        return OVERALL
    return FACT if states else ""


def _remark(said: str) -> str:
    """Whether people were asked to write something: a remark, or what they complain about."""
    known = data("asking")
    if _says(said, "remarks_asked"):
        return "" if _says(said, "rating_complaints") and not said.startswith((" saran ", " masukan ")) else REMARK
    if _says(said, "rating_complaints"):
        return ""
    if _says(said, "complaints"):
        return COMPLAINT
    first = next(iter(_without_code(said.split())), "")
    only = _says(said, "remarks") and not _says(said, "judging") and not headers.element((said,)).score >= 2
    return REMARK if first in known["remarks"] or only else ""


def _lists_facts(header: str) -> bool:
    """Whether a header explains its numbers, and not as degrees: (1 daring, 2 luring)."""
    inside = header.partition("(")[2]
    listed = [words(entry).strip() for entry in _LEGEND.findall(inside)]
    if len(listed) < 2:
        return False
    degrees = sum(options.is_known(entry) and entry not in data("asking")["yes_no"] for entry in listed)
    return 2 * degrees < len(listed)


def _counts_units(header: str) -> bool:
    return any(words(inside).strip() in data("asking")["units"] for inside in _BRACKET.findall(header))


def _says(said: str, group: str) -> bool:
    return any(f" {phrase} " in said for phrase in data("asking")[group])


def _without_code(spoken: list[str]) -> list[str]:
    """Words without the number in front: «u8», «pertanyaan 8»."""
    prefixes = data("headers")["code_prefixes"]
    while spoken and (spoken[0].isdigit() or re.fullmatch(r"[a-z]?\d{1,2}[a-z]?", spoken[0])):
        spoken = spoken[1:]
    if len(spoken) > 1 and spoken[0] in prefixes and spoken[1].isdigit():
        return spoken[2:]
    return spoken


def _close(word: str) -> str:
    """The element whose name a word of six letters and more is nearly."""
    known = data("asking")
    if not _SHORTEST <= len(word) <= _LONGEST or word in known["not_misspelt"] or word in _vocabulary():
        return ""
    likeness = {
        name: SequenceMatcher(None, word, name, autojunk=False).ratio() for name in known["names"] if name[0] == word[0]
    }
    best = max(likeness, key=lambda name: likeness[name], default="")
    return known["names"][best] if best and likeness[best] >= _LIKE else ""


@cache
def _vocabulary() -> frozenset[str]:
    """Every word the data know: none of them is a misspelt one."""
    known, asked = data("headers"), data("asking")
    grouped = [said for group in ("elements", "profile", "dates", "ids") for said in known[group].values()]
    phrases = [phrase for said in (*grouped, known["personal"], *known["left_out"].values()) for phrase in said]
    phrases += [phrase for group in ("judging", "facts", "integrity", "overall", "fillers") for phrase in asked[group]]
    return frozenset(word for phrase in phrases for word in phrase.split())

"""Answers in words: which number of the scale an option stands for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from mutu.responses.grid import UNSTORED, data, plain, words

_NUMBER = re.compile(r"""['"]?\s*([+-]?\d{1,12})(?:[.,](\d{1,12}))?\s*['".)]?""")
_MARKED = re.compile(r"[(\[]?\s*(\d{1,2}|[a-f])\s*[.)\]:=\-–—]+\s*(?=[^\d\s])|\(?(\d{1,2})\)?[\s_]+(?=[^\d\s])")
_MARKED_AFTER = re.compile(r"(?<=[^\d\s])\s*(?:[(\[]\s*(\d{1,2}|[a-f])\s*[)\]]|[.:=\-–—]\s*(\d{1,2}))\.?")
_POINTS = re.compile(r"\b(?:nilai|skor|score|poin|points?|bobot)\b\s*[:=]?\s*(?=\d)")
_LETTER = re.compile(r"\(?([a-f])\s*[.):]?")
_PUNCTUATION = re.compile(r"[\s!-/:-@\[-`{-~–—‒−…·•«»“”‘’]*")
_CLOSE, _APART = 0.82, 0.08


@dataclass(frozen=True)
class Option:
    """An answer taken apart: a number or letter in front or behind, and its words (and those around a slash)."""

    mark: str
    phrase: str
    halves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """One way to word the options of a scale: fixed phrases, or modifiers on a stem (tidak …, sangat …)."""

    name: str
    phrases: tuple[tuple[str, int], ...] = ()
    positive: tuple[tuple[str, int], ...] = ()
    negative: tuple[tuple[str, int], ...] = ()
    unsur: tuple[str, ...] = ()

    def value(self, phrase: str, stems: Collection[str]) -> int | None:
        """The answer a phrase stands for in this scheme; stems are further stems seen in the column."""
        if self.phrases:
            return dict(self.phrases).get(phrase)
        modifier, stem = modified(phrase)
        if stem in data("answers")["negative_stems"]:
            return dict(self.negative).get(modifier)
        if not stem or phrase in data("answers")["middle"]:
            sign = modifier if not stem else "middle"
            return dict(self.positive).get(sign) if sign != "very" else None
        if stem in stems or stem in data("answers")["stems"]:
            return dict(self.positive).get(modifier)
        return None


def whole_number(cell: str) -> int | float | None:
    """The number a cell says, "3", "3,0" and "3." alike; a float when it is not whole; None when it is no number."""
    found = _NUMBER.fullmatch(cell)
    if not found:
        return None
    if found[2] and found[2].strip("0"):
        return float(f"{found[1]}.{found[2]}")
    return int(found[1])


@lru_cache(maxsize=50_000)
def option(cell: str) -> Option:
    """A cell taken apart."""
    said = _POINTS.sub("", plain(cell.replace("&", " dan "))).strip()
    if bare := _LETTER.fullmatch(said) or _NUMBER.fullmatch(said):
        return Option(bare[1], "")
    mark = ""
    if found := _MARKED.match(said):
        mark, said = found[1] or found[2], said[found.end() :]
    elif found := _marked_after(said):
        mark, said = found[1] or found[2], said[: found.start()]
    return Option(mark, _spelled(said), tuple(map(_spelled, said.split("/"))) if "/" in said else ())


def _marked_after(said: str) -> re.Match[str] | None:
    """The number or letter at the end: «baik (3)», «baik = 3»."""
    found = _MARKED_AFTER.search(said)
    while found and found.end() < len(said):
        found = _MARKED_AFTER.search(said, found.end())
    return found


@cache
def modified(phrase: str) -> tuple[str, str]:
    """A phrase as modifier ("not", "less", "fair", "very", …, "") and stem."""
    known = data("answers")["modifiers"]
    if phrase.endswith(" sekali"):
        return "very", phrase.removesuffix(" sekali")
    for modifier in sorted(known, key=len, reverse=True):
        if phrase == modifier:
            return known[modifier], ""
        if phrase.startswith(f"{modifier} "):
            return known[modifier], phrase.removeprefix(f"{modifier} ")
    return "", phrase


@cache
def schemes(levels: int) -> tuple[Scheme, ...]:
    """The ways to word a scale of so many levels: fixed lists first, then ladders, in the order of the data."""
    known = data("answers")
    lists = [
        Scheme(
            entry["options"][-1][0],
            phrases=tuple((phrase, value) for value, names in enumerate(entry["options"], 1) for phrase in names),
            unsur=tuple(entry["unsur"]),
        )
        for entry in known["lists"].get(str(levels), [])
    ]
    ladders = [
        Scheme(
            entry["name"],
            positive=tuple(entry["positive"].items()),
            negative=tuple(entry.get("negative", {}).items()),
        )
        for entry in known["ladders"].get(str(levels), [])
    ]
    return (*lists, *ladders)


@lru_cache(maxsize=50_000)
def looks_like_answer(cell: str) -> bool:
    """Whether a cell could be an answer: a small number, a letter, or known words of any scale."""
    number = whole_number(cell)
    if number is not None:
        return isinstance(number, int) and 0 <= number <= 10
    taken = option(cell)
    if not taken.phrase:
        return bool(taken.mark) or cell == UNSTORED
    return is_known(taken.phrase) or any(map(is_known, taken.halves))


@cache
def is_known(phrase: str) -> bool:
    """Whether some scheme of some scale knows the phrase."""
    if len(phrase) == 1:  # «p» may be «puas», but a column of L and P holds no answers
        return False
    return phrase in data("answers")["middle"] or any(
        scheme.value(phrase, ()) is not None for levels in (4, 5) for scheme in schemes(levels)
    )


def is_no_answer(cell: str) -> bool:
    """Whether a cell says that there is no answer: a dash, «tidak menjawab», n/a; signs such as ★ say something."""
    said = words(cell).strip()
    return (not said and _PUNCTUATION.fullmatch(cell) is not None) or said in data("answers")["no_answer"]


def stems_of(phrases: Iterable[str]) -> frozenset[str]:
    """Stems that occur under at least two modifiers, so that they are options of one scale."""
    seen: dict[str, set[str]] = {}
    for phrase in phrases:
        modifier, stem = modified(phrase)
        if stem:
            seen.setdefault(stem, set()).add(modifier)
    return frozenset(stem for stem, modifiers in seen.items() if len(modifiers) > 1)


def close(phrase: str, values: dict[str, int]) -> int | None:
    """The answer whose wording a misspelt phrase must mean, when only one is close."""
    likeness: dict[int, float] = {}
    for known, value in values.items():
        ratio = SequenceMatcher(None, phrase, known, autojunk=False).ratio()
        likeness[value] = max(ratio, likeness.get(value, 0.0))
    ranked = sorted(likeness.items(), key=lambda entry: -entry[1])
    if not ranked or ranked[0][1] < _CLOSE:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _APART else None


def wordings(scheme: Scheme, stems: Collection[str]) -> dict[str, int]:
    """Every phrase a scheme knows for these stems, with its answer."""
    if scheme.phrases:
        return dict(scheme.phrases)
    known = data("answers")["modifiers"]
    signs = dict(scheme.positive)
    said = {f"{modifier} {stem}": signs[sign] for modifier, sign in known.items() if sign in signs for stem in stems}
    return said | (dict.fromkeys(stems, signs[""]) if "" in signs else {})


def _spelled(said: str) -> str:
    """Words with usual abbreviations written out."""
    synonyms, spoken = data("answers")["synonyms"], words(said).split()
    if len(spoken) == 1:  # «tp» inside a text is «tapi», alone it is an option
        return spoken[0]
    return " ".join(synonyms.get(word, word) for word in spoken)

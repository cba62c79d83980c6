"""Names of persons: as words that can be compared (no titles, accents, capitals, points), and without their titles."""

from __future__ import annotations

import json
import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data" / "names.json"
_LONGEST = 200
_SLIP = 0.75  # of difflib's ratio: «Aminah» and «Aminnah», not «Santoso» and «Susanto»
_DOTTED = re.compile(r"[A-Za-z]{1,4}(?:\.[A-Za-z]{1,6})+\.?")
_SPECIALIST = re.compile(r"\([A-Za-z.]{1,8}\)$")  # as in Sp.A(K)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"['`’ʼ‘]")


def words(name: str) -> tuple[str, ...]:
    """The words of a name in their order.

    Examples
    --------
    >>> words("Dr. H. Ma'ruf AMIN, S.Pd., M.Si.")
    ('maruf', 'amin')
    >>> words("Aminah, Siti")
    ('aminah', 'siti')
    >>> words("Hj. Muh. Nūr Hidayat SE MM")
    ('muhammad', 'nur', 'hidayat')
    """
    first, *rest = _plain(name)[:_LONGEST].split(",")
    kept = _without_titles(first.split())
    for part in rest:
        pieces = part.split()
        if not all(_is_behind(piece) for piece in pieces):
            kept += _without_titles(pieces)
    same = _data()["same"]
    found = [word for piece in kept for word in _WORD.findall(_JOINED.sub("", piece).casefold())]
    return tuple(same.get(word, word) for word in found)


def undecorated(name: str) -> str:
    """A name as it is written, without titles and degrees before and behind it; at least a word of it stays.

    Behind the name without a comma, only what has points or is in capitals is a degree: «Ma» may be a family name.

    Examples
    --------
    >>> undecorated("Ir. Budi Santoso, S.Sos., M.Si.")
    'Budi Santoso'
    >>> undecorated("Hj. Siti Aminah SE MM")
    'Siti Aminah'
    >>> undecorated("Lie Ma")
    'Lie Ma'
    """
    first, *rest = name.split(",")
    pieces = first.split()
    while len(pieces) > 1 and _is_before(pieces[0]):
        del pieces[0]
    capitals = first.isupper()
    while len(pieces) > 1 and _is_degree(pieces[-1], capitals=capitals):
        del pieces[-1]
    kept = [" ".join(pieces), *(part.strip() for part in rest if not all(map(_is_behind, part.split())))]
    return ", ".join(part for part in kept if part) or name


def _is_degree(piece: str, *, capitals: bool) -> bool:
    return piece.replace(".", "").casefold() in _data()["behind"] and (
        "." in piece or (not capitals and piece.isupper() and len(piece) > 1)
    )


def _is_before(piece: str) -> bool:
    parts = [part for part in piece.casefold().split(".") if part]
    return bool(parts) and ("".join(parts) in _data()["before"] or all(part in _data()["before"] for part in parts))


def loose(label: str) -> tuple[str, ...]:
    """The words in a name of a file or folder; SitiAminah_SKM has three.

    Examples
    --------
    >>> loose("SitiAminah_tugas-2 (1)")
    ('siti', 'aminah', 'tugas', '2', '1')
    """
    split = _CAMEL.sub(" ", _JOINED.sub("", _plain(label)[:_LONGEST]))
    same = _data()["same"]
    return tuple(same.get(word, word) for word in _WORD.findall(split.casefold()))


def beside_work(spoken: tuple[str, ...]) -> list[str]:
    """What is left of the words of a file's name without numbers and the words that people put beside their name.

    Examples
    --------
    >>> beside_work(loose("Tugas SKM Sukarno (2) final"))
    ['sukarno']
    """
    return [word for word in spoken if word not in _data()["beside"] and not any(sign.isdigit() for sign in word)]


def same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names have the same words in any order, written together or apart."""
    return bool(one) and (sorted(one) == sorted(other) or _turned("".join(one), other))


def similar(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name has all words of the other, at least two of them, where a letter may stand for a word."""
    short, long = sorted((one, other), key=len)
    left = list(long)
    whole = 0
    for word in sorted(short, key=len, reverse=True):
        fits = next((known for known in left if _fits(word, known)), None)
        if fits is None:
            return False
        left.remove(fits)
        whole += len(word) > 1 and word == fits
    return len(short) >= 2 and whole >= (2 if len(short) < len(long) else 1)


def one_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: titles, a further name, initials and slips of spelling make no other.

    Examples
    --------
    >>> one_person("Siti Aminah", "Hj. Siti Aminnah, S.Pd.")
    True
    >>> one_person("Siti Aminah", "Siti Rahma")
    False
    """
    first, second = words(one), words(other)
    if same(first, second) or similar(first, second):
        return True
    short, left = sorted((list(first), list(second)), key=len)
    for word in short:
        near = max(left, key=lambda known: _likeness(word, known), default="")
        if not near or _likeness(word, near) < _SLIP:
            return False
        left.remove(near)
    return bool(short)


def _likeness(word: str, known: str) -> float:
    return SequenceMatcher(None, word, known).ratio()


def _fits(word: str, known: str) -> bool:
    return word == known or (1 in (len(word), len(known)) and word[0] == known[0])


def _turned(joined: str, name: tuple[str, ...]) -> bool:
    return any(joined == "".join(name[at:] + name[:at]) for at in range(len(name)))


def _without_titles(pieces: list[str]) -> list[str]:
    kept = list(pieces)
    while len(kept) > 1 and kept[0].casefold().strip(".") in _data()["before"]:
        del kept[0]
    while len(kept) > 1 and _is_behind(kept[-1]):
        del kept[-1]
    return kept


def _is_behind(piece: str) -> bool:
    piece = _SPECIALIST.sub("", piece)
    compact = piece.replace(".", "").casefold()
    return compact in _data()["behind"] or (len(compact) <= 10 and _DOTTED.fullmatch(piece) is not None)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@cache
def _data() -> Any:
    found = json.loads(_DATA.read_text(encoding="utf-8"))
    return {name: frozenset(found[name]) for name in ("before", "behind", "beside")} | {"same": found["same"]}

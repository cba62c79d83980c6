"""What a notebook says of itself, read as data: which cells it has, and who its writer says to be. Nothing is run."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mutu.course.collect import sniff

_LARGEST = 100 * 1024**2
_MOST_CELLS = 5_000
_MOST_PARTS = 1_000_000  # lists, objects and members: each takes many times its bytes of memory
_MOST_TEXT = 2_000_000  # characters in which lines are looked for
_LINE = 300
_MOST_CLAIMS = 20
_ID = re.compile(r'"grade_id"\s{0,9}:\s{0,9}"([A-Za-z0-9_-]{1,200})"')
_SAID = re.compile(
    r"[\W_]{0,20}(?P<what>nama(?:\s+(?:lengkap|peserta))?|name|full name|nip|nik|nomor peserta|id(?:\s+peserta)?|"
    r"participant id|student id|surel|e-?mail)[\s*_]{0,9}[:=](?P<value>.{1,200})",
    re.IGNORECASE,
)
_AROUND = " \t*_`\"'<>.;|#"


@dataclass(frozen=True)
class Reading:
    """A notebook's cells and claims.

    ids : grade ids of nbgrader's cells
    texts : digests of the cells' texts, without spaces at their ends
    mark : what a notebook of ours says of its module and language
    authors : names and addresses in the metadata
    said : values of lines such as «Nama: …»
    damaged : whether it is no notebook that can be opened; the rest is then what grading would recover of it
    empty : whether the file has no bytes, or only spaces
    """

    ids: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    mark: tuple[str, str] | None = None
    authors: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    damaged: bool = False
    empty: bool = False


@dataclass
class _Cells:
    ids: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    authors: dict[str, None] = field(default_factory=dict)
    looked_at: int = 0
    said: dict[str, None] = field(default_factory=dict)


def read(file: Path, known_lines: frozenset[str] = frozenset()) -> Reading:
    """Read a notebook from anyone.

    Parameters
    ----------
    file : its place
    known_lines : lines that the course itself wrote, in which nobody says who they are
    """
    with file.open("rb") as opened:
        raw = opened.read(_LARGEST)
    if not raw.strip():
        return Reading(damaged=True, empty=True)
    text = sniff.decoded(raw)
    try:
        if sum(map(text.count, "[{,")) > _MOST_PARTS:
            return Reading(ids=frozenset(_ID.findall(text)), damaged=True)
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    if isinstance(content, dict) and any(isinstance(content.get(name), list) for name in ("cells", "worksheets")):
        return _reading(content, known_lines)
    return replace(_reading(_recovered(raw), known_lines), damaged=True)


def _recovered(raw: bytes) -> dict[str, Any]:
    from mutu.course.grade.mend import read as mended

    return mended(raw).notebook or {}


def lines(file: Path) -> frozenset[str]:
    """The lines of a notebook of the course that would say who somebody is."""
    content = json.loads(sniff.decoded(file.read_bytes()))
    return frozenset(line.strip() for cell in _cells(content) for line in _text(cell).splitlines() if _SAID.match(line))


def _reading(content: dict[str, Any], known_lines: frozenset[str]) -> Reading:
    found = _Cells()
    metadata = _dict(content.get("metadata"))
    for author in _list(metadata.get("authors")):
        _claim(found.authors, *(_dict(author).get(name) for name in ("name", "email")))
    for cell in _cells(content):
        _take(cell, found, known_lines)
    mark = _dict(metadata.get("mutu"))
    return Reading(
        ids=frozenset(found.ids),
        texts=frozenset(found.texts),
        mark=(str(mark["module"])[:_LINE], str(mark["language"])[:_LINE])
        if {"module", "language"} <= set(mark)
        else None,
        authors=tuple(found.authors),
        said=tuple(found.said),
    )


def _take(cell: dict[str, Any], found: _Cells, known_lines: frozenset[str]) -> None:
    metadata = _dict(cell.get("metadata"))
    grade_id = _dict(metadata.get("nbgrader")).get("grade_id")
    if isinstance(grade_id, str) and grade_id:
        found.ids.add(grade_id)
    # Colab writes into every cell whose account ran it
    user = _dict(_dict(metadata.get("executionInfo")).get("user"))
    _claim(found.authors, user.get("displayName"))
    text = _text(cell)
    if text.strip():
        found.texts.add(hashlib.sha256(text.strip().encode("utf-8", "replace")).hexdigest()[:32])
    found.looked_at += len(text)
    for line in text.splitlines() if found.looked_at <= _MOST_TEXT else ():
        if line.strip() not in known_lines and (said := _SAID.fullmatch(line[:_LINE].rstrip())):
            _claim(found.said, said["value"].strip(_AROUND))


def _claim(claims: dict[str, None], *values: Any) -> None:
    for value in values:
        if isinstance(value, str) and value.strip() and len(claims) < _MOST_CLAIMS:
            claims[value.strip()[:_LINE]] = None


def _cells(content: Any) -> Iterator[dict[str, Any]]:
    """The cells of a notebook of any version."""
    places = [_dict(content), *(_dict(sheet) for sheet in _list(_dict(content).get("worksheets")))]
    cells = [cell for place in places for cell in _list(place.get("cells"))]
    return (cell for cell in cells[:_MOST_CELLS] if isinstance(cell, dict))


def _text(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    return source if isinstance(source, str) else "".join(part for part in _list(source) if isinstance(part, str))


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

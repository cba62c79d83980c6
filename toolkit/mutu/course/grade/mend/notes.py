"""What is told to the trainer: one sentence each, as data until it is read in a language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from mutu.errors import Term
from mutu.locale import _

_NAMED_SO = re.compile(r"«([^«»]+)»")
_ADDRESS = re.compile(r"(?: object)? at 0x[0-9A-Fa-f]+…?")
_SHOWN = 60
_NAMED = 6
# more notes of one kind than this become one sentence
_FEW = 3


@dataclass(frozen=True)
class Note:
    """A sentence: `template` is its English msgid, `fields` fill it, terms and other notes among them.

    `code` names the kind of finding and never changes with the wording. `cell` is the grade id it is about, `position`
    the number of the cell in the file that was handed in, counted from 1; None where it is about no single cell.
    """

    code: str
    template: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    cell: str | None = None
    position: int | None = None

    @property
    def text(self) -> str:
        """The sentence in the language in use."""
        fields = {name: _(value) if isinstance(value, Term) else value for name, value in self.fields.items()}
        return addressless(_(self.template).format(**fields))

    @property
    def about(self) -> frozenset[str]:
        """Grade ids that it is about; none where it is about no cell, or about more than it names."""
        if self.cell is not None:
            return frozenset((self.cell,))
        cells = str(self.fields.get("cells", ""))
        return frozenset(_NAMED_SO.findall(cells)) if not cells.endswith("…") else frozenset()

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        """As it is kept, to be said in any language; `from_data` reads it."""
        return {
            "kind": type(self).__name__.casefold(),
            "code": self.code,
            "template": self.template,
            "fields": {name: _kept(value) for name, value in self.fields.items()},
            "cell": self.cell,
            "position": self.position,
        }


class Mended(Note):
    """Something that was put right."""


class Question(Note):
    """Something a person must look at, because no rule can know."""


class Problem(Note):
    """Why a file cannot be graded at all, and what to do."""


_KINDS: dict[str, type[Note]] = {kind.__name__.casefold(): kind for kind in (Note, Mended, Question, Problem)}
Kind = TypeVar("Kind", bound=Note)


def from_data(data: Mapping[str, Any]) -> Note:
    """A note as `Note.as_data` kept it.

    Raises
    ------
    KeyError, TypeError, ValueError : it is none, or its sentence cannot be said
    """
    fields = {str(name): _meant(value) for name, value in dict(data["fields"]).items()}
    note = _KINDS[data["kind"]](str(data["code"]), str(data["template"]), fields, data["cell"], data["position"])
    str(note)  # a field may be missing
    return note


def of_record(record: Mapping[str, Any]) -> tuple[Note, ...] | None:
    """The notes of a submission's record, the reason among them; None where it is older and has sentences alone."""
    try:
        return tuple(from_data(each) for each in record["notes"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return None


def titled(sentence: str, titles: Mapping[str, str]) -> str:
    """A sentence with other names for the cells that it names «so»."""
    return _NAMED_SO.sub(lambda found: f"«{titles.get(found[1], found[1])}»", sentence)


def _kept(value: Any) -> Any:
    """A field as JSON has it."""
    if isinstance(value, Term):
        return {"term": str(value)}
    if isinstance(value, Note):
        return value.as_data()
    return value if isinstance(value, str | int | float | None) else str(value)


def _meant(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return Term(value["term"]) if "term" in value else from_data(value)


def folded(notes: Iterable[Kind], many: Mapping[str, str]) -> tuple[Kind, ...]:
    """The notes in order, where more than three of a code with a template in `many` become one.

    The template of many takes {count} and {cells}.
    """
    listed = list(notes)
    groups: dict[str, list[Kind]] = {}
    for note in listed:
        groups.setdefault(note.code, []).append(note)
    kept = []
    for note in listed:
        group = groups.get(note.code)
        if group is None:
            continue
        if note.code not in many or len(group) <= _FEW:
            kept.append(note)
            continue
        del groups[note.code]
        fields = {"count": len(group), "cells": named(_label(each) for each in group)}
        kept.append(type(note)(note.code, many[note.code], fields))
    return tuple(kept)


def _label(note: Note) -> str:
    return note.cell or str(note.position or "?")


def named(labels: Iterable[str]) -> str:
    """Names in one line, «a», «b», …; never more than six."""
    every = list(labels)
    shown = ", ".join(f"«{harmless(label)}»" for label in every[:_NAMED])
    return shown + (", …" if len(every) > _NAMED else "")


def harmless(text: object, limit: int = _SHOWN) -> str:
    """`text` as it may stand in a sentence: one line, nothing invisible or turning, at most `limit` characters."""
    raw = addressless(str(text)[: limit * 4])
    seen = "".join(" " if _is_odd(letter) else letter for letter in raw)
    line = " ".join(seen.split())
    return (line[: limit - 1] + "…" if len(line) > limit or len(str(text)) > limit * 4 else line) or "?"


def addressless(text: str) -> str:
    """`text` without the places of objects in memory, which say nothing and change: «<Answer object at 0x7f…>»."""
    return _ADDRESS.sub("", text)


def _is_odd(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

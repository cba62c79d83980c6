"""JSON that is broken, cut off or nested beyond measure: what of its cells can be read all the same.

Nothing here calls itself, so depth costs nothing; every character is looked at a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

_MARK = re.compile(r'["\[\]{}]')
_TEXT_END = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_SPACE = re.compile(r"[\s,]*")
_KEY = re.compile(r'\s*+"([^"\\]*+(?:\\.[^"\\]*+)*+)"\s*+:\s*+', re.DOTALL)
_BARE = re.compile(r"[^,\]}\s]*")
# of the outputs nothing is needed, and they are what is broken most often
_NEEDED = ("cell_type", "source", "metadata", "id", "attachments", "input", "level", "rendered")
_CELLS = re.compile(r'"cells"\s*:\s*\[')
# what is beyond is no notebook, and is left
_MOST_LISTS = 50
_MOST_MEMBERS = 1000
_MOST_MARKS = 3_000_000
_WHOLE = ("metadata", "nbformat", "nbformat_minor")

Loads = Callable[[str], Any]


def cells(text: str, loads: Loads, most: int) -> tuple[dict[str, Any], bool]:
    """A notebook of what can be read, and whether the text ends before it is complete.

    Parameters
    ----------
    text : the file
    loads : reads one value of JSON; raises ValueError or RecursionError
    most : how many cells are looked for

    Returns
    -------
    a dict with "cells" (empty where none was found) and the notebook's own metadata, and True when it is cut off
    """
    found: list[Any] = []
    is_cut = False
    after = 0
    for begin in islice(_CELLS.finditer(text), _MOST_LISTS):
        if begin.start() < after:
            continue
        after = begin.end()
        for start, end in islice(_elements(text, begin.end()), most - len(found)):
            if text[start] == "{":
                cell = _cell(text, start, end, loads)
                found += [cell] if cell is not None else []
            is_cut = end is None
            after = len(text) if end is None else end
    whole = dict(_members(text, _skipped(text, 0), _WHOLE, loads))
    return {"nbformat": 4, **whole, "cells": found}, is_cut or not text.rstrip().endswith("}")


def _cell(text: str, start: int, end: int | None, loads: Loads) -> dict[str, Any] | None:
    """One cell; None where it has no complete text."""
    members = dict(_members(text, start, _NEEDED, loads))
    return members if "source" in members or "input" in members else None


def _elements(text: str, at: int) -> Iterator[tuple[int, int | None]]:
    """Where the values of a list begin and end; the last has no end where the text is cut off."""
    while True:
        at = _skipped(text, at)
        if at >= len(text) or text[at] == "]":
            return
        end = _end(text, at)
        yield at, end
        if end is None or end <= at:
            return
        at = end


def _members(text: str, at: int, wanted: tuple[str, ...], loads: Loads) -> Iterator[tuple[str, Any]]:
    """The members of an object that are complete and can be read; nothing where it is no object."""
    if at >= len(text) or text[at] != "{":
        return
    at += 1
    for _member in range(_MOST_MEMBERS):
        at = _skipped(text, at)
        key = _KEY.match(text, at)
        if key is None:
            return
        end = _end(text, key.end())
        if end is None or end <= key.end():
            return
        if key[1] in wanted:
            with suppress(ValueError, RecursionError):
                yield key[1], loads(text[key.end() : end])
        at = end


def _skipped(text: str, at: int) -> int:
    """Where after `at` something stands that is neither space nor comma."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _end(text: str, at: int) -> int | None:
    """Where the value that begins at `at` ends; None where the text ends before."""
    if at >= len(text):
        return None
    if text[at] == '"':
        closed = _TEXT_END.match(text, at + 1)
        return closed.end() if closed else None
    if text[at] not in "[{":
        end = _BARE.match(text, at).end()  # type: ignore[union-attr]
        return end if end < len(text) else None
    depth = 0
    for _mark in range(_MOST_MARKS):
        mark = _MARK.search(text, at)
        if mark is None:
            return None
        at = mark.end()
        if mark[0] == '"':
            closed = _TEXT_END.match(text, at)
            if closed is None:
                return None
            at = closed.end()
            continue
        depth += 1 if mark[0] in "[{" else -1
        if depth == 0:
            return at
    return None

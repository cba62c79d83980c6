"""Whatever JSON says, made into a regular notebook of format 4.5: cells with a type, an id, metadata and one text.

Outputs are left out, as grading makes them anew. Formats 1 to 3 are brought to 4 here and not by nbformat, which needs
files that keep to their schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from mutu.course.grade.mend.notes import Mended
from mutu.errors import N_

TYPES = ("code", "markdown", "raw")
MINOR = 5
LARGEST_METADATA = 100_000
_DEEPEST = 40
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}\Z")
_NOTHING = "\x00"
# the state of widgets whose outputs are gone, and who starts the kernel
_DROPPED = ("widgets", "kernel_provisioner")

_ODD_CELL = N_("Cell {position} was no proper cell; what could be read of it was kept.")
_ODD_CELLS = N_("{count} cells were no proper cells (number {cells}); what could be read of them was kept.")
_UPGRADED = N_("The file is in the old notebook format {version}; it was read as the present one.")
_NEWER = N_("The file is in the notebook format {version}, which is newer than this program; it was read as format 4.")
_NO_VERSION = N_("The file did not say its notebook format; it was read by its contents.")
_UNSIGNED = N_("Cell {position} held characters that no text can hold; they were taken out.")
_UNSIGNED_MANY = N_("{count} cells (number {cells}) held characters that no text can hold; they were taken out.")
_HUGE = N_("The notebook's metadata were larger than a notebook needs; they were dropped.")

MANY = {"odd-cell": _ODD_CELLS, "characters": _UNSIGNED_MANY}


def regular(raw: dict[str, Any]) -> tuple[dict[str, Any], list[Mended]]:
    """A notebook of format 4.5 without outputs, and what had to be put right; a regular one comes back as it is.

    Parameters
    ----------
    raw : anything that stood between braces in a file
    """
    notes: list[Mended] = []
    found = [(cell, True) for cell in _listed(raw.get("cells"))] + [(cell, False) for cell in _old(raw)]
    notes += _version(raw, any(not is_new for _cell, is_new in found))
    cells = [_cell(each, position, notes) for position, (each, _is_new) in enumerate(found, 1)]
    number(cells)
    metadata = _metadata(raw.get("metadata"), notes)
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": MINOR}, notes


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _old(raw: dict[str, Any]) -> Iterator[Any]:
    for sheet in _listed(raw.get("worksheets")):
        if isinstance(sheet, dict):
            yield from _listed(sheet.get("cells"))


def _version(raw: dict[str, Any], is_old: bool) -> list[Mended]:
    version = raw.get("nbformat")
    if is_old:
        return [Mended("format", _UPGRADED, {"version": version if isinstance(version, int) else 3})]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return [Mended("format", _NO_VERSION)]
    if version > 4:
        return [Mended("format", _NEWER, {"version": version})]
    return []


def _cell(raw: Any, position: int, notes: list[Mended]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        notes.append(Mended("odd-cell", _ODD_CELL, {"position": position}, position=position))
        return _made("raw", None, {}, _lined(clean(_flat(raw))))
    kind = _type(raw)
    text = next((raw[key] for key in ("source", "input", "rendered") if raw.get(key) is not None), "")
    source, metadata = _flat(text), raw.get("metadata", {})
    named = raw.get("cell_type")
    is_odd = kind != named and not (isinstance(named, str) and named in _OLD_TYPES)
    if is_odd or not isinstance(metadata, dict) or not _is_text(text):
        notes.append(Mended("odd-cell", _ODD_CELL, {"position": position}, position=position))
    kept = _lined(clean(source))
    if kept.replace("\ufffd", "") != _lined(source).replace("\ufffd", ""):
        notes.append(Mended("characters", _UNSIGNED, {"position": position}, position=position))
    if raw.get("cell_type") == "heading" and "level" in raw:
        level = raw.get("level")
        kept = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1) + " " + " ".join(kept.splitlines())
    cell = _made(kind, raw.get("id"), metadata if isinstance(metadata, dict) else {}, kept)
    if kind != "code":
        cell |= _attachments(raw.get("attachments"))
    return cell


_OLD_TYPES = {"heading": "markdown", "html": "markdown", "text": "markdown"}


def _type(raw: dict[str, Any]) -> str:
    kind = raw.get("cell_type")
    if isinstance(kind, str):
        if kind in TYPES:
            return kind
        if kind in _OLD_TYPES:
            return _OLD_TYPES[kind]
    return "code" if {"outputs", "execution_count", "input", "prompt_number"} & raw.keys() else "markdown"


def _made(kind: str, cell_id: Any, metadata: dict[str, Any], source: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": cell_id if isinstance(cell_id, str) and _CELL_ID.match(cell_id) else "",
        "metadata": _cell_metadata(metadata, kind),
        "source": source,
    }
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value))


def _flat(value: Any) -> str:
    """All text in a value, whatever it is."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    parts, waiting = [], [iter(value)]
    while waiting:
        for each in waiting[-1]:
            if isinstance(each, list):
                waiting.append(iter(each))
                break
            if isinstance(each, str):
                parts.append(each)
        else:
            waiting.pop()
    return "".join(parts)


def _lined(text: str) -> str:
    """`text` with line ends as notebooks have them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str) -> str:
    """`text` without NUL, and a mark in the place of halves of characters."""
    if _NOTHING in text:
        text = text.replace(_NOTHING, "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def tidy(value: Any) -> Any:
    """A value of JSON with texts that can be written; what JSON does not know becomes null."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): tidy(each) for key, each in value.items()}
    if isinstance(value, list):
        return [tidy(each) for each in value]
    is_odd = isinstance(value, float) and (value != value or value in (float("inf"), float("-inf")))
    return None if is_odd or not isinstance(value, bool | int | float) else value


def _is_small(value: Any) -> bool:
    try:
        return _is_flat(value, _DEEPEST) and len(json.dumps(value)) <= LARGEST_METADATA
    except (ValueError, TypeError):
        return False


def _is_flat(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    below = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_is_flat(each, levels - 1) for each in below)


def _cell_metadata(metadata: dict[str, Any], kind: str) -> dict[str, Any]:
    """A cell's metadata as the schema wants them; what it would refuse is left out."""
    if not metadata:
        return {}
    kept = {key: value for key, value in metadata.items() if _fits(key, value, kind)}
    if not _is_small(kept):
        kept = {key: value for key, value in kept.items() if key == "nbgrader" and _is_small(value)}
    # texts that were cleaned may be another key now, or a value that does not fit
    return {key: value for key, value in tidy(kept).items() if _fits(key, value, kind)}


def _fits(key: Any, value: Any, kind: str) -> bool:
    if key in ("collapsed", "scrolled"):
        return kind != "code"
    if key == "execution":
        return kind != "code" or (isinstance(value, dict) and all(isinstance(each, str) for each in value.values()))
    if key == "tags":
        return isinstance(value, list) and all(_is_tag(each) for each in value) and len(set(value)) == len(value)
    if key == "name":
        return isinstance(value, str) and bool(value) and "\n" not in value
    if key == "format":
        return kind != "raw" or isinstance(value, str)
    return key != "jupyter" or isinstance(value, dict)


def _is_tag(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and "," not in value and "\n" not in value


def _attachments(value: Any) -> dict[str, Any]:
    """Pictures that were pasted into a text, where they have the form of one."""
    if not isinstance(value, dict):
        return {}
    kept = {clean(str(name)): each for name, each in value.items() if _is_bundle(each)}
    return {"attachments": kept} if kept or not value else {}


def _is_bundle(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) and _is_text(each) for key, each in value.items())


def _metadata(value: Any, notes: list[Mended]) -> dict[str, Any]:
    """The notebook's metadata without what grading has no use for."""
    if not isinstance(value, dict):
        return {}
    kept = {key: each for key, each in value.items() if _fits_notebook(key, each)}
    if not _is_small(kept):
        notes.append(Mended("metadata", _HUGE))
        kept = {key: each for key, each in kept.items() if key in ("kernelspec", "language_info") and _is_small(each)}
    return {key: each for key, each in tidy(kept).items() if _fits_notebook(key, each)}


def _fits_notebook(key: str, value: Any) -> bool:
    if key == "kernelspec":
        return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("name", "display_name"))
    if key == "language_info":
        return _is_language(value)
    if key == "orig_nbformat":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 1
    if key == "title":
        return isinstance(value, str)
    return key not in _DROPPED and (key != "authors" or isinstance(value, list))


def _is_language(value: Any) -> bool:
    texts = ("file_extension", "mimetype", "pygments_lexer")
    return (
        isinstance(value, dict)
        and isinstance(value.get("name"), str)
        and all(isinstance(value.get(key, ""), str) for key in texts)
        and isinstance(value.get("codemirror_mode", ""), str | dict)
    )


def number(cells: list[dict[str, Any]]) -> None:
    """Give every cell an id of its own: the first keeps one that several have."""
    used: set[str] = set()
    lacking = []
    for cell in cells:
        if not cell["id"] or cell["id"] in used:
            lacking.append(cell)
        used.add(cell["id"])
    fresh = _fresh_ids(used)
    for cell in lacking:
        cell["id"] = next(fresh)


def _fresh_ids(used: set[str]) -> Iterator[str]:
    """Ids that are not among `used`, and are from then on."""
    number = 0
    while True:
        number += 1
        name = f"cell-{number:04d}"
        if name not in used:
            used.add(name)
            yield name

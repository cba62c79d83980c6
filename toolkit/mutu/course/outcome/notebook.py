"""A notebook's file read as plain data, whatever is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MAX_BYTES = 60_000_000


def load(file: Path) -> dict[str, Any] | None:
    """A notebook, or another file of JSON, as data; None where there is no readable one."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return None
        node = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return node if isinstance(node, dict) else None


def cells(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The cells of a notebook, as far as they have the form of cells."""
    found = node.get("cells")
    return [cell for cell in found if isinstance(cell, dict)] if isinstance(found, list) else []


def role(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """What nbgrader says of a cell; empty for one that is not graded."""
    return part(cell, "metadata", "nbgrader")


def grade_id(cell: Mapping[str, Any]) -> str:
    """The id under which nbgrader knows a cell."""
    return text(role(cell).get("grade_id"))


def part(node: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """What stands under these names, one inside the other; empty where there is nothing of that form."""
    for name in names:
        node = node.get(name, {}) if isinstance(node, Mapping) else {}
    return node if isinstance(node, Mapping) else {}


def outputs(cell: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The outputs of a cell, as far as they have the form of outputs."""
    found = cell.get("outputs")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text(value: object) -> str:
    """A text of a notebook's file, where a list of lines may stand for it."""
    return "".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)

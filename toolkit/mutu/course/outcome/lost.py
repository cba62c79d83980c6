"""Tasks that a file which broke off no longer had: nobody chose to leave them empty, so they are no zeros."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutu.course.outcome.notebook import cells, grade_id, load, part, role, text

Lost = frozenset[tuple[str, str]]
"""(Notebook, grade id) of the answers, and of the cells that give points for them."""


def lost(notebook: Mapping[str, Any]) -> frozenset[str]:
    """Grade ids of what the file of a graded notebook had lost; grading marks it in the metadata of the cells."""
    if not _damage(notebook):
        return frozenset()
    return frozenset(grade_id(cell) for cell in cells(notebook) if _is_lost(cell))


def leaning(notebook: Mapping[str, Any]) -> frozenset[str]:
    """Grade ids of tests that need a name which no cell left in a damaged file makes: it may have stood in a lost one.

    The need may go through other cells of the trainee. Of a file that was cut off only tests behind the first lost cell
    are looked at: what stood before the cut had all that it ever had.
    """
    damage = _damage(notebook)
    if not damage:
        return frozenset()
    found = [_Code.of(cell) for cell in cells(notebook) if cell.get("cell_type") == "code"]
    first = next((at for at, code in enumerate(found) if code.is_lost), len(found)) if damage == "cut" else -1
    tests = (code for code in found[first + 1 :] if code.is_test and not code.is_lost)
    names = _Names(found)
    return frozenset(code.name for code in tests if names.is_short(code))


def missing(notebook: Mapping[str, Any]) -> frozenset[str]:
    """What was lost, and what leans on it."""
    return lost(notebook) | leaning(notebook)


def lost_of(folder: Path, notebooks: Iterable[str]) -> Lost:
    """What was lost, and what leans on it, of the notebooks in a folder of what was graded."""
    read = ((name, load(folder / f"{name}.ipynb") or {}) for name in notebooks)
    return frozenset((name, gone) for name, node in read for gone in missing(node))


@dataclass(frozen=True)
class _Code:
    """A cell of code: its grade id, the names that it makes, those that it needs of others.

    `makes_any` is True where it takes all names of a module, which nobody can tell by reading.
    """

    name: str
    is_test: bool
    is_lost: bool
    makes: frozenset[str]
    needs: frozenset[str]
    makes_any: bool

    @classmethod
    def of(cls, cell: Mapping[str, Any]) -> _Code:
        from mutu.course.grade.names import BUILTINS, Text

        about, source = role(cell), Text(text(cell.get("source")))
        is_test = bool(about.get("grade")) and not about.get("solution")
        makes_any = any(
            isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(source.tree)
        )
        return cls(grade_id(cell), is_test, _is_lost(cell), source.makes, source.needs - BUILTINS, makes_any)


class _Names:
    """Which names the cells of a damaged notebook make, and which are gone."""

    def __init__(self, found: Iterable[_Code]) -> None:
        self._made: dict[str, list[_Code]] = {}
        self._gone = set[str]()
        self._any = False
        for code in found:
            self._any |= code.makes_any
            self._gone |= code.makes if code.is_lost else frozenset()
            for name in () if code.is_lost else code.makes:
                self._made.setdefault(name, []).append(code)

    def is_short(self, test: _Code) -> bool:
        """Whether it needs a name, or what it uses does, that is made nowhere."""
        waiting, seen = set(test.needs - test.makes), set[str]()
        while waiting:
            name = waiting.pop()
            if name not in self._made and (name in self._gone or not self._any):
                return True
            seen.add(name)
            waiting |= {need for code in self._made.get(name, ()) for need in code.needs} - seen
        return False


def _damage(notebook: Mapping[str, Any]) -> str:
    """How the file arrived: "cut" off, "broken" or, empty, whole."""
    return text(part(notebook, "metadata", "mutu").get("not_whole"))


def _is_lost(cell: Mapping[str, Any]) -> bool:
    return part(cell, "metadata", "mutu").get("lost") is True

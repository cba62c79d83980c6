"""Submissions whose marks are known: the module's checks/, each a file that replaces cells of the reference solution.

checks/marks.toml names them. Under [wrong.NAME.marks] stand the points of the tests that are not passed, every other
test earns its full points; a submission under [other.NAME] solves the tasks in another right way and earns them all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mutu.course.author.module import Module
from mutu.course.author.parse import parse
from mutu.errors import N_, InputError

REFERENCE, UNTOUCHED = "reference", "untouched"


@dataclass(frozen=True)
class Variant:
    """A known submission: "reference", "untouched", "wrong" or "other"; the cells it replaces; the marks it earns."""

    name: str
    kind: str
    cells: Mapping[str, str]
    marks: Mapping[str, float]


def variants(module: Module) -> tuple[Variant, ...]:
    """All known submissions of a module, the reference and the untouched release first.

    Raises
    ------
    InputError : a file replaces a cell, or marks name a test, that the exercise does not have
    """
    full = {cell.id: cell.points or 0.0 for cell in module.cells["exercise"] if cell.kind == "test"}
    listed = tomllib.loads((module.path / "checks" / "marks.toml").read_text(encoding="utf-8"))
    found = [Variant(REFERENCE, REFERENCE, {}, full), Variant(UNTOUCHED, UNTOUCHED, {}, dict.fromkeys(full, 0.0))]
    for kind in ("wrong", "other"):
        for name, entry in listed.get(kind, {}).items():
            marks = entry.get("marks", {})
            _known(marks, full, module, name)
            found.append(Variant(name, kind, _replacements(module, name), full | marks))
    return tuple(found)


def submitted(variant: Variant, source: Any, release: Any) -> Any:
    """The notebook a trainee with these answers hands in.

    Parameters
    ----------
    variant : which answers
    source : the notebook with solutions
    release : the notebook that was handed out
    """
    from copy import deepcopy

    handed_in = deepcopy(release)
    if variant.kind == UNTOUCHED:
        return handed_in
    solutions = {cell.id: cell.source for cell in source.cells} | dict(variant.cells)
    for cell in handed_in.cells:
        role = cell.metadata.get("nbgrader", {})
        if role.get("solution") and not role.get("grade"):
            cell.source = solutions[cell.id]
    return handed_in


def _replacements(module: Module, name: str) -> dict[str, str]:
    file = module.path / "checks" / f"{name}.py"
    cells = {cell.id: cell.source for cell in parse(file.read_text(encoding="utf-8"), file.name) if cell.type == "code"}
    _known(cells, {cell.id for cell in module.cells["exercise"] if cell.kind == "answer"}, module, name)
    return cells


def _known(used: Any, known: Any, module: Module, name: str) -> None:
    for cell in used:
        if cell not in known:
            raise InputError(
                N_("{module}/checks: «{name}» names the cell «{cell}», which the exercise does not have."),
                module=module.name, name=name, cell=cell,
            )  # fmt: skip

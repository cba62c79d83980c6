"""A notebook of an assignment, with what is needed to grade it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from mutu.course.grade import plan
from mutu.course.grade.mend import Note, SavedCell, Truth, TruthCell
from mutu.course.grade.mend.truth import TEST
from mutu.errors import N_, InputError, reason


@dataclass(frozen=True)
class Paper:
    """One notebook of an assignment.

    Attributes
    ----------
    name : of the notebook
    truth : what it must have
    source : the trainer's notebook, with solutions and hidden tests
    beside : tests that cannot be examined from outside, found by calibration, and why
    ways : test -> the one way to look at it that the reference solution passes
    plain : tests whose outputs are the same when they are examined
    scored : tests that give the reference solution points by a number
    changes, compares : tests in which the reference solution changes what it is given, or compares its own objects
    """

    name: str
    truth: Truth
    source: Mapping[str, Any]
    beside: Mapping[str, Note] = field(default_factory=dict)
    ways: Mapping[str, plan.Way] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    scored: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    compares: frozenset[str] = frozenset()

    @classmethod
    def read(
        cls, name: str, source: Path, release: Path, *, kernelspec: Mapping[str, Any], kept: Mapping[str, Any]
    ) -> Paper:
        """From the trainer's files and the gradebook's cells (which have the fields of `SavedCell`).

        Raises
        ------
        InputError : the trainer's notebook is missing or damaged
        """
        saved = {
            grade_id: SavedCell(cell.source, cell.checksum, cell.cell_type, cell.locked, cell.points)
            for grade_id, cell in kept.items()
        }
        notebook = _read(source)
        shown = _read(release) if release.is_file() else None
        return cls(name, Truth.from_notebooks(notebook, shown, saved, kernelspec=kernelspec), notebook)

    @property
    def kernel(self) -> str:
        """The language of its kernel; «python» where nothing is said."""
        spec = self.truth.metadata.get("kernelspec") or {}
        language = spec.get("language") or self.truth.metadata.get("language_info", {}).get("name")
        return str(language or "python").lower()

    @cached_property
    def cells(self) -> tuple[plan.SourceCell, ...]:
        """The trainer's code cells in order, tests as the gradebook has them."""
        return tuple(self._cell(cell) for cell in self.source["cells"] if cell["cell_type"] == "code")

    def _cell(self, cell: Mapping[str, Any]) -> plan.SourceCell:
        known = self.truth.by_id.get(str((cell["metadata"].get("nbgrader") or {}).get("grade_id")))
        text = "".join(cell["source"])
        if known is None:
            return plan.SourceCell(text)
        if known.kind == TEST:
            return plan.SourceCell(known.source, test=str(known.grade_id))
        return plan.SourceCell(text, answer=known.is_answer)

    @cached_property
    def tests(self) -> dict[str, plan.Test]:
        """How its tests may be looked at, by grade id."""
        return plan.plan(self.cells)

    @cached_property
    def given(self) -> dict[str, str]:
        """The trainer's cells that tests need, by number."""
        return plan.given_sources(self.cells, self.tests)

    def taught(self, ways: Mapping[str, plan.Way], beside: Mapping[str, Note], **found: Any) -> Paper:
        """The same, calibrated: tests with no way are run beside the code."""
        return replace(self, ways=dict(ways), beside=dict(beside), **found)

    def graded_code(self, grade_id: str) -> TruthCell | None:
        """The test of that id, where it is one that is run."""
        cell = self.truth.by_id.get(grade_id)
        return cell if cell is not None and cell.kind == TEST and cell.cell_type == "code" else None


def _read(file: Path) -> dict[str, Any]:
    from mutu.course.grade.mend import read

    try:
        found = read(file.read_bytes())
    except OSError as error:
        raise InputError(
            N_("The trainer's notebook {file} cannot be read ({reason}). Put it back."), file=file, reason=reason(error)
        ) from error
    if found.notebook is None:
        raise InputError(
            N_("The trainer's notebook {file} cannot be read ({reason}). Put it back."), file=file, reason=found.reason
        )
    return found.notebook


def dump(notebook: Mapping[str, Any]) -> str:
    """A notebook as nbformat writes it: sorted keys, texts as lists of lines."""
    cells = [_lines(cell) for cell in notebook["cells"]]
    return json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _lines(cell: Mapping[str, Any]) -> dict[str, Any]:
    written = {**cell, "source": str(cell["source"]).splitlines(keepends=True)}
    if "outputs" in cell:
        written["outputs"] = [_output_lines(output) for output in cell["outputs"]]
    return written


def _output_lines(output: Mapping[str, Any]) -> dict[str, Any]:
    if output["output_type"] == "stream":
        return {**output, "text": output["text"].splitlines(keepends=True)}
    if "data" not in output:
        return dict(output)
    data = {kind: _value_lines(kind, value) for kind, value in output["data"].items()}
    return {**output, "data": data}


def _value_lines(kind: str, value: Any) -> Any:
    is_json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    return value.splitlines(keepends=True) if isinstance(value, str) and not is_json else value

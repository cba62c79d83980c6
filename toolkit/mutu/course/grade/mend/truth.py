"""What the notebook of an assignment must have: its cells in order, as the trainer handed them out and keeps them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mutu.course.grade.mend import text
from mutu.errors import N_, InputError

PLAIN, TEST, ANSWER, MANUAL, GIVEN, TASK = "plain", "test", "answer", "manual", "given", "task"
SCHEMA = 3
_KEYS = ("grade", "solution", "locked", "task")
# nbgrader takes every line that holds these words for a mark
_HIDDEN = re.compile(r"^[^\n]*BEGIN (HIDDEN TESTS|MARK SCHEME).*?END \1[^\n]*\n?", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class SavedCell:
    """A cell as the gradebook holds it (its table source_cell); `points` is None where the cell gives none."""

    source: str
    checksum: str | None
    cell_type: str
    locked: bool
    points: float | None = None


@dataclass(frozen=True)
class TruthCell:
    """A cell of the assignment.

    Attributes
    ----------
    kind : "test" (graded automatically), "answer", "manual" (an answer graded by hand), "given" (only locked), "task",
        or "plain": no cell of nbgrader's; then grade_id and points are None
    source : the authoritative text, hidden tests included; of an answer the stub
    released : the text that was handed out
    role : nbgrader's metadata of the cell, with the checksum of the gradebook
    metadata : the other metadata of the cell as handed out
    cell_id : the notebook's own id of the cell, None in old formats
    """

    kind: str
    cell_type: str
    source: str
    released: str
    grade_id: str | None = None
    points: float | None = None
    locked: bool = False
    role: Mapping[str, Any] = field(default_factory=dict, repr=False)
    metadata: Mapping[str, Any] = field(default_factory=dict, repr=False)
    attachments: Mapping[str, Any] = field(default_factory=dict, repr=False)
    cell_id: str | None = None

    @property
    def is_graded(self) -> bool:
        """Whether points are given for it."""
        return self.kind in (TEST, MANUAL, TASK)

    @property
    def is_answer(self) -> bool:
        """Whether the trainee writes in it."""
        return self.kind in (ANSWER, MANUAL)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names its stub defines, by which an answer is recognised."""
        return text.names(self.released) if self.cell_type == "code" else frozenset()

    @cached_property
    def lines(self) -> Counter[str]:
        """Lines handed out that say something."""
        return text.counted(self.released)

    @cached_property
    def plain(self) -> str:
        """The text handed out, for comparing."""
        return text.even(self.released)

    @cached_property
    def whole(self) -> str:
        """The authoritative text, for comparing."""
        return text.even(self.source)

    def is_untouched(self, source: str) -> bool:
        """Whether a text is empty or what was handed out."""
        return len(source) <= text.LONGEST + len(self.released) and text.even(source) in ("", self.plain)


@dataclass(frozen=True)
class Truth:
    """The notebook of an assignment; `metadata` is that of the notebook, with its kernelspec."""

    cells: tuple[TruthCell, ...] = field(repr=False)
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_notebooks(
        cls, source: dict[str, Any], release: dict[str, Any] | None, saved: Mapping[str, SavedCell],
        *, kernelspec: Mapping[str, Any] | None = None,
    ) -> Truth:  # fmt: skip
        """Put together what the trainer's notebooks and the gradebook say.

        Parameters
        ----------
        source : the notebook with solutions and hidden tests
        release : the notebook as handed out, None where it is not there
        saved : grade id -> cell of the gradebook, whose text wins; where there are any, ids it does not know are no
            cells of nbgrader's
        kernelspec : the gradebook's, else that of the notebook

        Raises
        ------
        InputError : an answer's stub is neither in a release nor in the gradebook
        """
        secret = {_grade_id(cell): cell for cell in source.get("cells", []) if _grade_id(cell)}
        shown = release or source
        found = [_cell(cell, secret, saved, release is not None) for cell in shown.get("cells", [])]
        there = {cell.grade_id for cell in found}
        found += [_from_gradebook(name, cell) for name, cell in saved.items() if name not in there]
        metadata = dict(shown.get("metadata", {}))
        kernel = kernelspec or source.get("metadata", {}).get("kernelspec")
        return cls(tuple(found), metadata | ({"kernelspec": dict(kernel)} if kernel else {}))

    @cached_property
    def by_id(self) -> dict[str, TruthCell]:
        """Grade id -> cell."""
        return {cell.grade_id: cell for cell in self.cells if cell.grade_id is not None}

    @cached_property
    def index(self) -> dict[str, int]:
        """Grade id -> place in `cells`."""
        return {cell.grade_id: place for place, cell in enumerate(self.cells) if cell.grade_id is not None}

    @cached_property
    def needs(self) -> tuple[frozenset[int], ...]:
        """For every place the places of the cells that must be run before it.

        A test needs the answers between it and the test before it, and every answer whose names it uses; all cells of
        code need what is given above them.
        """
        found: list[frozenset[int]] = []
        given: set[int] = set()
        fresh: set[int] = set()
        answers: dict[int, frozenset[str]] = {}
        for place, cell in enumerate(self.cells):
            needed: set[int] = set()
            if cell.kind != PLAIN and cell.cell_type == "code":
                needed |= given
                if cell.kind in (TEST, GIVEN):
                    used = text.words(cell.source)
                    needed |= {each for each, names in answers.items() if names & used}
            if cell.kind == TEST:
                needed |= fresh
                fresh = set()
            elif cell.kind == GIVEN and cell.cell_type == "code":
                given.add(place)
            elif cell.is_answer and cell.cell_type == "code":
                answers[place] = cell.names
                fresh.add(place)
            found.append(frozenset(needed))
        return tuple(found)

    def tests_of(self, place: int) -> list[int]:
        """The places of the tests that need the cell at a place."""
        return [each for each, cell in enumerate(self.cells) if cell.kind == TEST and place in self.needs[each]]

    @property
    def deciding(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Each cell that gives points, and each answer that some do, with the grade ids of those that do."""
        found = []
        for place, cell in enumerate(self.cells):
            places = [place] if cell.is_graded else self.tests_of(place) if cell.is_answer else []
            if cell.grade_id and places:
                found.append((cell.grade_id, frozenset(str(self.cells[each].grade_id) for each in places)))
        return tuple(found)

    @property
    def graded(self) -> tuple[TruthCell, ...]:
        """The cells that give points."""
        return tuple(cell for cell in self.cells if cell.is_graded)


def checksum(source: str, role: Mapping[str, Any], cell_type: str) -> str:
    """Nbgrader's checksum of a cell with this metadata (`nbgrader.utils.compute_checksum`)."""
    grade, solution = bool(role.get("grade")), bool(role.get("solution"))
    locked = False if solution else grade or bool(role.get("locked"))
    parts = [source, cell_type, str(grade), str(solution), str(locked), str(role.get("grade_id", ""))]
    if grade:
        parts.append(str(float(role.get("points", 0.0))))
    return hashlib.md5("".join(parts).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def written(source: Any) -> str:
    """The text of a cell, which a file may hold as a list of lines."""
    return "".join(source) if isinstance(source, list) else str(source)


def _role(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    return cell.get("metadata", {}).get("nbgrader") or {}


def _grade_id(cell: Mapping[str, Any]) -> str | None:
    role = _role(cell)
    return role.get("grade_id") if any(role.get(key) for key in _KEYS) else None


def _kind(role: Mapping[str, Any]) -> str:
    if role.get("task"):
        return TASK
    if role.get("grade"):
        return MANUAL if role.get("solution") else TEST
    return ANSWER if role.get("solution") else GIVEN


def _cell(
    cell: Mapping[str, Any], secret: Mapping[str | None, Any], saved: Mapping[str, SavedCell], is_released: bool
) -> TruthCell:
    name = _grade_id(cell)
    released = written(cell.get("source", ""))
    rest = {key: value for key, value in cell.get("metadata", {}).items() if key != "nbgrader"}
    about: dict[str, Any] = {"metadata": rest, "attachments": cell.get("attachments", {}), "cell_id": cell.get("id")}
    if name is None or (saved and name not in saved):
        return TruthCell(PLAIN, cell["cell_type"], released, released, **about)
    kind = _kind(_role(cell))
    kept = saved.get(name) or _without_gradebook(cell, secret.get(name, cell), kind, is_released)
    if not is_released:
        released = kept.source if kind in (ANSWER, MANUAL) else _HIDDEN.sub("", kept.source)
    return _made(name, kind, kept, released, role={**_role(cell)}, about=about)


def _without_gradebook(cell: Mapping[str, Any], secret: Mapping[str, Any], kind: str, is_released: bool) -> SavedCell:
    if kind in (ANSWER, MANUAL) and not is_released:
        raise InputError(
            N_("The cell «{cell}» has not been handed out yet. Run nbgrader's generate_assignment first."),
            cell=_grade_id(cell),
        )
    own = cell if kind in (ANSWER, MANUAL) else secret
    role = _role(cell)
    locked = not role.get("solution") and bool(role.get("grade") or role.get("locked"))
    points = float(role.get("points", 0.0)) if kind in (TEST, MANUAL, TASK) else None
    return SavedCell(written(own.get("source", "")), None, cell["cell_type"], locked, points)


def _from_gradebook(name: str, kept: SavedCell) -> TruthCell:
    """A cell that stands in no notebook any more; what it is follows from its type, its lock and its points."""
    if kept.points is None:
        kind = GIVEN if kept.locked else ANSWER
    elif not kept.locked:
        kind = MANUAL
    else:
        kind = TEST if kept.cell_type == "code" else TASK
    return _made(name, kind, kept, _HIDDEN.sub("", kept.source), role={}, about={})


def _made(
    name: str, kind: str, kept: SavedCell, released: str, *, role: dict[str, Any], about: Mapping[str, Any]
) -> TruthCell:
    flags: dict[str, Any] = {
        "grade": kind in (TEST, MANUAL),
        "solution": kind in (ANSWER, MANUAL),
        "locked": bool(role.get("locked", kept.locked)),
        "grade_id": name,
        "schema_version": SCHEMA,
        "cell_type": kept.cell_type,
    }
    if kind == TASK or "task" in role:
        flags["task"] = kind == TASK
    if kept.points is not None:
        flags["points"] = role["points"] if role.get("points") == kept.points else kept.points
    flags["checksum"] = kept.checksum or checksum(kept.source, flags, kept.cell_type)
    return TruthCell(kind, kept.cell_type, kept.source, released, name, kept.points, kept.locked, flags, **about)

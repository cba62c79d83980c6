"""A source in jupytext's percent format, read into cells.

Beside markdown and plain code a cell may say what it is for:

    # %% kind="setup"                          preparation; its code is folded away
    # %% kind="quiz"                           asked at once; its code is folded away
    # %% kind="fact"                           asserts what the prose says; run at the build, left out of the notebook
    # %% kind="given" id="alat"                given and locked
    # %% kind="answer" id="nrr"                written by the trainee; the solution stands in the source
    # %% kind="test" id="tes-nrr" points=2     graded automatically; hidden tests stand between nbgrader's marks
    # %% [markdown] kind="reflection" id="refleksi" points=4      graded by hand

A test or a reflection also says what feedback sends a trainee back to, `read="### 1. Rata-rata satu unsur"`: a heading
of the lesson or of the exercise as it stands there. Hidden tests name their kind of case in a comment, `# kasus: …`
(`mutu.course.outcome.feedback.split`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mutu.errors import N_, ReadError

# kind -> what it needs beside its source
NEEDS = {
    "": (),
    "setup": (),
    "fact": (),
    "quiz": (),
    "given": ("id",),
    "answer": ("id",),
    "test": ("id", "points"),
    "reflection": ("id", "points"),
}


@dataclass(frozen=True)
class Cell:
    """A cell of a source: "markdown" or "code", its text, and what it is for; `read` is the heading to read again."""

    type: str
    source: str
    kind: str = ""
    id: str = ""
    points: float | None = None
    read: str = ""


def parse(text: str, name: str) -> tuple[Cell, ...]:
    """Cells of a source.

    Parameters
    ----------
    text : the source in percent format
    name : what to call it in errors

    Raises
    ------
    ReadError : a cell has an unknown kind, lacks its id or points, or repeats an id
    """
    import jupytext

    cells = tuple(_cell(cell, name) for cell in jupytext.reads(text, fmt="py:percent").cells if cell.source.strip())
    seen: set[str] = set()
    for cell in cells:
        if cell.id in seen:
            raise ReadError(
                N_("{file}: two cells have the id «{id}». Give one of them another id."), file=name, id=cell.id
            )
        if cell.id:
            seen.add(cell.id)
    return cells


def _cell(cell: Any, name: str) -> Cell:
    meta = cell.metadata
    kind = str(meta.get("kind", ""))
    if kind not in NEEDS:
        raise ReadError(
            N_("{file}: the cell kind «{kind}» is unknown. Use one of: {kinds}."),
            file=name, kind=kind, kinds=", ".join(filter(None, NEEDS)),
        )  # fmt: skip
    for need in NEEDS[kind]:
        if need not in meta:
            raise ReadError(
                N_("{file}: the {kind} cell that begins «{start}» has no {need}. Add it to the line above the cell."),
                file=name, kind=kind, start=cell.source.splitlines()[0][:40], need=need,
            )  # fmt: skip
    points = float(meta["points"]) if "points" in meta else None
    return Cell(cell.cell_type, cell.source, kind, str(meta.get("id", "")), points, str(meta.get("read", "")))

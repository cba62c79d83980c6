"""Cells made into a notebook: the same ids every time, nbgrader's metadata where a cell is graded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mutu.course.author.parse import Cell

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_FOLDED = ("setup", "quiz")
_HIDDEN = {"jupyter": {"source_hidden": True}}
# kind -> (graded, solution of the trainee, locked)
_ROLES = {
    "given": (False, False, True),
    "answer": (False, True, False),
    "test": (True, False, True),
    "reflection": (True, True, False),
}


def notebook(cells: Iterable[Cell], module: str, language: str) -> Any:
    """A notebook (nbformat 4.5) without outputs; metadata names the module and the language it is in."""
    from nbformat.v4 import new_notebook

    shown = [cell for cell in cells if cell.kind != "fact"]
    return new_notebook(  # type: ignore[no-untyped-call]
        cells=[_node(cell, number) for number, cell in enumerate(shown, 1)],
        metadata={
            "kernelspec": dict(_KERNEL),
            "language_info": {"name": "python"},
            "mutu": {"module": module, "language": language},
        },
    )


def text(node: Any) -> str:
    """The notebook as it is written to a file."""
    import nbformat

    return str(nbformat.writes(node)) + "\n"  # type: ignore[no-untyped-call]


def _node(cell: Cell, number: int) -> Any:
    from nbformat.v4 import new_code_cell, new_markdown_cell

    make = new_code_cell if cell.type == "code" else new_markdown_cell
    return make(cell.source, id=cell.id or f"c{number:03d}", metadata=_metadata(cell))  # type: ignore[no-untyped-call]


def _metadata(cell: Cell) -> dict[str, Any]:
    if cell.kind in _FOLDED:
        return {**_HIDDEN, "tags": [cell.kind]}
    if cell.kind not in _ROLES:
        return {}
    grade, solution, locked = _ROLES[cell.kind]
    role: dict[str, Any] = {
        "grade": grade,
        "grade_id": cell.id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if cell.points is not None:
        role["points"] = cell.points
    # a check is folded, so that its message stands on the screen below the answer
    folded = _HIDDEN if cell.kind == "test" else {}
    return {"nbgrader": role, **folded, **({"mutu": {"read": cell.read.lstrip("# ")}} if cell.read else {})}

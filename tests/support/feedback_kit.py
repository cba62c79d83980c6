"""Courses for feedback: one of another trainer with plain asserts, and the module's own, both graded by nbgrader."""

from __future__ import annotations

import io
import shutil
import tokenize
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from mutu.course import author
from mutu.course.author import building
from mutu.course.author.variants import submitted, variants
from mutu.course.nbgrader import Folders, autograde, generate

FIRST, SECOND = "2026-11-20 03:00:00.000000 UTC", "2026-11-24 03:00:00.000000 UTC"
SOLUTION = "def luas(p, l):\n    ### BEGIN SOLUTION\n    return p * l\n    ### END SOLUTION"
TEST = """\
assert luas(2, 3) == 6
assert luas(10, 10) == 100, "Kalikan panjang dan lebar."
### BEGIN HIDDEN TESTS
# kasus: salah satu sisi nol
assert luas(0, 7481) == 0
# case: sisi pecahan
assert abs(luas(0.5, 6173) - 3086.5) < 1e-9, "rahasia-3086"
### END HIDDEN TESTS"""
RUBRIC = "| Points | Asks |\n|---|---|\n| 0 | empty |\n| 1 | a reason |\n| 3 | proof |"
BARE = "### BEGIN HIDDEN TESTS\nassert keliling(12, 3417) == 6858\n### END HIDDEN TESTS"


def role(grade_id: str, kind: str, points: float | None = None) -> dict[str, Any]:
    """What nbgrader says of a cell: "answer", "test" or "manual"."""
    grade, solution = kind in ("test", "manual"), kind in ("answer", "manual")
    found = {"grade": grade, "solution": solution, "locked": kind == "test", "task": False}
    return {"nbgrader": {**found, "grade_id": grade_id, "schema_version": 3, **({"points": points} if grade else {})}}


def plain_course(root: Path) -> Folders:
    """A course that knows nothing of mutu: assignment "ukur" with asserts, a rubric, and cases in comments."""
    folders = Folders(root / "kursus", root / "exchange")
    cells = [
        new_markdown_cell("# Mengukur\n\n## Soal A: luas (4 points)\n\nTulis `luas`."),
        new_code_cell(SOLUTION, metadata=role("luas", "answer")),
        new_code_cell(TEST, metadata=role("tes-luas", "test", 4) | {"mutu": {"read": "Mengukur"}}),
        new_markdown_cell("## Soal B: keliling"),
        new_code_cell("def keliling(p, l):\n    ### BEGIN SOLUTION\n    return 2 * (p + l)\n    ### END SOLUTION",
                      metadata=role("keliling", "answer")),
        new_code_cell(BARE, metadata=role("tes-keliling", "test", 2)),
        new_markdown_cell(f"## Soal C: alasan\n\n{RUBRIC}"),
        new_markdown_cell("Jawaban acuan yang rahasia.", metadata=role("alasan", "manual", 3)),
    ]  # fmt: skip
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    place = folders.course / "source" / "ukur"
    place.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), place / "ukur.ipynb")
    generate(folders, "ukur")
    return folders


def hand_in(
    folders: Folders, name: str, student: str, answers: Mapping[str, str], time: str = FIRST
) -> None:  # fmt: skip
    """A submission with these cells in the place of the released ones; a newer one replaces it, as nbgrader does."""
    notebook = nbformat.read(folders.course / "release" / name / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    place = folders.course / "submitted" / student / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    nbformat.write(notebook, place / f"{name}.ipynb")
    (place / "timestamp.txt").write_text(time, encoding="utf-8")


def module_course(root: Path, name: str, known: list[str]) -> Folders:
    """The module's own assignment ("skm", "skm-en"), with its known submissions of these names graded by nbgrader."""
    folders = Folders(root / "kursus", root / "exchange")
    module = author.find("02")
    author.build([module])
    shutil.copytree(building.built(module.path.parent) / "source" / name, folders.course / "source" / name)
    generate(folders, name)
    source, release = (
        nbformat.read(folders.course / kind / name / f"{name}.ipynb", as_version=4) for kind in ("source", "release")
    )
    for variant in variants(module):
        if variant.name in known:
            place = folders.course / "submitted" / variant.name / name
            place.mkdir(parents=True)
            nbformat.write(submitted(variant, source, release), place / f"{name}.ipynb")
            (place / "timestamp.txt").write_text(FIRST, encoding="utf-8")
    autograde(folders, name)
    return folders


def hidden(folders: Folders, name: str) -> tuple[set[str], set[str]]:
    """Lines and literals of the hidden tests that do not stand in the release too, without the code under test."""
    source, release = (
        nbformat.read(folders.course / kind / name / f"{name}.ipynb", as_version=4) for kind in ("source", "release")
    )
    given = "\n".join(cell.source for cell in release.cells)
    kept = []
    for cell in source.cells:
        inside = False
        for line in cell.source.splitlines():
            inside = (inside or "BEGIN HIDDEN TESTS" in line) and "END HIDDEN TESTS" not in line
            is_case = line.lstrip(" #").startswith(("kasus:", "case:"))
            kept += [line.strip()] if inside and not is_case else []
    lines = {line for line in kept if len(line) > 3 and line not in given}
    tokens = tokenize.generate_tokens(io.StringIO("(\n" + "\n".join(kept) + "\n)").readline)
    found = set()
    try:
        for token in tokens:
            if token.type in (tokenize.STRING, tokenize.NUMBER):
                found.add(token.string.strip("\"'"))
    except tokenize.TokenError:
        pass
    return lines, {literal for literal in found if len(literal.strip()) > 1 and literal not in given}

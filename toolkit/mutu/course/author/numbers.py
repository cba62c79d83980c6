"""Numbers in the prose: written as `{{ikm}}` or `{{nrr["U1"]|3}}` and filled from what the source's code computes.

The code runs once, in a process of its own beside the data; an expression sees the names as they are after the last
cell. What follows `|` is the number of decimals (2 when it is missing).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from mutu.course.author.parse import Cell
from mutu.course.author.translate import PLACEHOLDER
from mutu.errors import N_, InputError
from mutu.locale import LANGUAGES, integer, number, use

TIME_LIMIT = 120


def filled(cells: Iterable[Cell], values: Mapping[str, str]) -> tuple[Cell, ...]:
    """The cells with every placeholder of the prose replaced by its value."""
    return tuple(
        replace(cell, source=PLACEHOLDER.sub(lambda m: values[m.group(1)], cell.source))
        if cell.type == "markdown"
        else cell
        for cell in cells
    )


def wanted(cells: Iterable[Cell]) -> list[str]:
    """Expressions that the prose asks for, each once."""
    return list(dict.fromkeys(e for cell in cells if cell.type == "markdown" for e in PLACEHOLDER.findall(cell.source)))


def values(cells: Iterable[Cell], folder: Path, name: str) -> dict[str, dict[str, str]]:
    """Language -> expression -> text, computed by running the code of the cells in `folder`.

    Raises
    ------
    InputError : the code or an expression fails; says which
    """
    cells = tuple(cells)
    expressions = wanted(cells)
    if not expressions:
        return {language: {} for language in LANGUAGES}
    job = {"code": [cell.source for cell in cells if cell.type == "code"], "expressions": expressions}
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / "job.json", Path(scratch) / "answer.json"]
        files[0].write_text(json.dumps(job), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "mutu.course.author.numbers", *map(str, files)],
            cwd=folder,
            env=os.environ | {"MPLBACKEND": "Agg", "PYTHONWARNINGS": "ignore"},
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["?"]
            raise InputError(N_("{file}: its code does not run: {error}"), file=name, error=last[0])
        answer: dict[str, dict[str, str]] = json.loads(files[1].read_text(encoding="utf-8"))
    return answer


def formatted(value: Any, digits: int) -> str:
    """A value as the language in use writes it: whole numbers and texts as they are, others with `digits` decimals."""
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int):
        return integer(value)
    return number(value if isinstance(value, Decimal | Fraction) else float(value), digits)


def _run(job: dict[str, Any]) -> dict[str, dict[str, str]]:
    space: dict[str, Any] = {"__name__": "__main__", "display": lambda *shown: None}
    for index, code in enumerate(job["code"], 1):
        try:
            exec(compile(code, f"cell-{index}", "exec"), space)  # noqa: S102  the module's own code
        except Exception as error:
            start = code.strip().splitlines()[0]
            raise RuntimeError(f"cell {index} («{start}»): {type(error).__name__}: {error}") from error
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        with use(language):
            found[language] = {text: _evaluated(text, space) for text in job["expressions"]}
    return found


def _evaluated(text: str, space: dict[str, Any]) -> str:
    expression, bar, digits = text.rpartition("|")
    if not bar or not digits.strip().isdigit():
        expression, digits = text, "2"
    return formatted(eval(expression.strip(), space), int(digits))  # noqa: S307  the module's own text


if __name__ == "__main__":
    _job, _answer = map(Path, sys.argv[1:3])
    _answer.write_text(json.dumps(_run(json.loads(_job.read_text(encoding="utf-8")))), encoding="utf-8")

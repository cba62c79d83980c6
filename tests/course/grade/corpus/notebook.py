"""The file itself (kinds 53 to 60): honest answers in notebooks that are broken, rearranged or renamed."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from corpus import FULL, LEFT_OUT, RIGHT, Hostile

_FILE = "ps1.ipynb"
_NO = "cannot be read|tidak dapat dibaca|tidak dikumpulkan|not handed in|kosong|empty|."


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def make(place: Path) -> None:
        (place / _FILE).write_bytes(change((place / _FILE).read_bytes()))

    return make


def _cell(notebook: Any, name: str) -> int:
    return next(
        at for at, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    )


def _deleted(notebook: Any) -> None:
    del notebook.cells[_cell(notebook, "tes-kuadrat")]


def _moved(notebook: Any) -> None:
    notebook.cells.insert(0, notebook.cells.pop(_cell(notebook, "tes-kuadrat")))


def _split(notebook: Any) -> None:
    at = _cell(notebook, "kuadrat")
    second = deepcopy(notebook.cells[at])
    second.metadata, second.id = {}, "lain"
    first, last = notebook.cells[at].source.split("\n", 1)
    notebook.cells[at].source, second.source = first, last
    notebook.cells.insert(at + 1, second)


def _merged(notebook: Any) -> None:
    at = _cell(notebook, "kuadrat")
    notebook.cells[at].source += "\n" + notebook.cells.pop(at + 1).source


def _as(kind: str, name: str) -> Callable[[Any], None]:
    def change(notebook: Any) -> None:
        cell = notebook.cells[_cell(notebook, name)]
        cell.cell_type = kind
        cell.pop("outputs", None)
        cell.pop("execution_count", None)

    return change


def _marks(name: str, **fields: Any) -> Callable[[Any], None]:
    def change(notebook: Any) -> None:
        notebook.cells[_cell(notebook, name)].metadata.nbgrader.update(fields)

    return change


def _unmarked(notebook: Any) -> None:
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)


def _copied(notebook: Any) -> None:
    at = _cell(notebook, "tes-kuadrat")
    notebook.cells.insert(at, deepcopy(notebook.cells[at]))


def _extra(notebook: Any) -> None:
    cell = deepcopy(notebook.cells[_cell(notebook, "tes-kuadrat")])
    cell.source, cell.id = "pass", "tambahan"
    cell.metadata.nbgrader.update(grade_id="bonus", points=100)
    notebook.cells.append(cell)


def _easy(notebook: Any) -> None:
    for name in ("tes-kuadrat", "tes-nilai"):
        notebook.cells[_cell(notebook, name)].source = "pass"


def _kernel(notebook: Any) -> None:
    notebook.metadata.kernelspec = {
        "name": "bash",
        "display_name": "x",
        "language": "bash",
        "metadata": {"kernel_provisioner": {"provisioner_name": "x"}},
    }
    notebook.metadata.language_info = {"name": "bash"}


def _false(notebook: Any) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 99
            cell.outputs = [
                {
                    "output_type": "execute_result",
                    "execution_count": 99,
                    "metadata": {},
                    "data": {"text/plain": "4.0", "text/html": "<script>alert(1)</script>"},
                }
            ]
        cell.attachments = {"x.png": {"image/png": "AAAA", "text/html": "<script>alert(1)</script>"}}


def _renamed(name: str) -> Callable[[Path], None]:
    def make(place: Path) -> None:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / _FILE).rename(place / name)

    return make


def _two(place: Path) -> None:
    (place / "ps1 (1).ipynb").write_bytes((place / _FILE).read_bytes())


def _old(place: Path) -> None:
    notebook = json.loads((place / _FILE).read_bytes())
    cells = [
        {
            **{key: each for key, each in cell.items() if key not in ("source", "execution_count", "id")},
            ("input" if cell["cell_type"] == "code" else "source"): cell["source"],
            "language": "python",
            "prompt_number": 1,
        }
        for cell in notebook["cells"]
    ]
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    (place / _FILE).write_text(json.dumps(old))


def _honest(kind: str, name: str, tries: str, outside: Any = FULL, says: str = "", **more: Any) -> Hostile:
    return Hostile(kind, name, tries, RIGHT["kuadrat"], outside=outside, says=says, **more)


GROUP = [
    _honest(
        "53",
        "k53-truncated",
        "the file ends in the middle",
        outside=(5.0, 4.0, None),
        says="terpotong|truncated|cut",
        place=_bytes(lambda data: data[: len(data) // 2]),
    ),
    _honest("53", "k53-empty", "the file is empty", LEFT_OUT, _NO, place=_bytes(lambda _data: b"")),
    _honest("53", "k53-bom", "begins with a byte order mark", place=_bytes(lambda data: b"\xef\xbb\xbf" + data)),
    _honest("53", "k53-utf16", "is in UTF-16", place=_bytes(lambda data: data.decode().encode("utf-16"))),
    _honest(
        "53",
        "k53-crlf",
        "has line ends of Windows, in the cells too",
        place=_bytes(lambda data: data.replace(b"\\n", b"\\r\\n").replace(b"\n", b"\r\n")),
    ),
    _honest(
        "53",
        "k53-nan",
        "has NaN where a number belongs",
        place=_bytes(lambda data: data.replace(b'"nbformat_minor": 5', b'"nbformat_minor": NaN')),
    ),
    _honest("53", "k53-depth", "is JSON of depth 10⁵", LEFT_OUT, _NO, place=_bytes(lambda _data: b"[" * 100_000)),
    _honest(
        "53",
        "k53-metadata",
        "has metadata of depth 900",
        place=_bytes(
            lambda data: data.replace(b'"metadata": {', b'"metadata": {"x": ' + b"[" * 900 + b"]" * 900 + b", ", 1)
        ),
    ),
    _honest(
        "53",
        "k53-picture",
        "is a picture",
        LEFT_OUT,
        _NO,
        place=_bytes(lambda _data: b"\x89PNG\r\n\x1a\n" + bytes(1000)),
    ),
    _honest("54", "k54-three", "is in nbformat 3", place=_old),
    _honest(
        "54",
        "k54-none",
        "says no nbformat",
        place=_bytes(lambda data: data.replace(b'"nbformat": 4,', b"").replace(b', "nbformat": 4', b"")),
    ),
    _honest(
        "54",
        "k54-five",
        "says nbformat 5.0",
        place=_bytes(lambda data: data.replace(b'"nbformat": 4', b'"nbformat": 5')),
    ),
    _honest(
        "55",
        "k55-keys",
        "has the key «cells» twice, the second time empty",
        LEFT_OUT,
        ".",
        place=_bytes(lambda data: data.rstrip()[:-1] + b', "cells": []}'),
    ),
    _honest("55", "k55-copied", "has the test twice", change=_copied, says="."),
    _honest("56", "k56-deleted", "the test was deleted", change=_deleted, says="."),
    _honest("56", "k56-moved", "the test was moved to the beginning", change=_moved, says="."),
    _honest("56", "k56-split", "the answer was split into two cells", change=_split, says="."),
    _honest("56", "k56-merged", "the answer and its test were merged", change=_merged, says="."),
    _honest("56", "k56-markdown", "the answer was turned to markdown", change=_as("markdown", "kuadrat"), says="."),
    _honest("56", "k56-raw", "the test was turned to raw text", change=_as("raw", "tes-kuadrat"), says="."),
    _honest("57", "k57-lost", "all metadata of nbgrader are lost", change=_unmarked, says="."),
    _honest("57", "k57-grade", "the test says that it is none", change=_marks("tes-kuadrat", grade=False), says="."),
    _honest(
        "57",
        "k57-solution",
        "the test says that it is an answer",
        change=_marks("tes-kuadrat", solution=True, locked=False),
        says=".",
    ),
    _honest(
        "57",
        "k57-points",
        "the test says that it gives 1000 points",
        change=_marks("tes-kuadrat", points=1000),
        says=".",
    ),
    _honest("57", "k57-schema", "the test says schema 9", change=_marks("tes-kuadrat", schema_version=9), says="."),
    _honest("57", "k57-id", "the test says another name", change=_marks("tes-kuadrat", grade_id="lain"), says="."),
    Hostile("57", "k57-extra", "has a further test of 100 points", change=_extra, says="."),
    Hostile("57", "k57-easy", "has other, easier tests", change=_easy, says="."),
    _honest("58", "k58-kernel", "names another kernel, language and provisioner", change=_kernel),
    Hostile("59", "k59-outputs", "has outputs and attachments of another notebook, and false counts", change=_false),
    _honest(
        "60",
        "k60-name",
        "is called «tugas akhir FINAL (2).ipynb»",
        place=_renamed("tugas akhir FINAL (2).ipynb"),
        says=".",
    ),
    _honest("60", "k60-folder", "lies in a sub-folder", place=_renamed("ps1/ps1.ipynb"), says="."),
    _honest("60", "k60-text", "is called «ps1.ipynb.txt»", place=_renamed("ps1.ipynb.txt"), says="."),
    _honest("60", "k60-two", "lies there twice", place=_two, says="."),
]

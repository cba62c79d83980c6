"""SPSS files (.sav, .zsav) as a grid: variables with their labels above, one respondent a row."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from mutu.errors import N_, ReadError
from mutu.responses import cage, headers, options
from mutu.responses.archive import check_size, damaged
from mutu.responses.grid import Grid, data, text, words

MARKS = (b"$FL2", b"$FL3")
"""How a file begins, the second one packed."""
_SCALE = {"1", "2", "3", "4"}


def read_grid(raw: bytes, name: str) -> Grid:
    """The variables of an SPSS file: a row of their labels, or names where they have none, and one row per respondent.

    A missing value, the system's or the user's, is an empty cell. A value with a label reads as its label; a labelled
    answer on 1–4 reads as both, «3. Baik», so that neither can mislead.

    Raises
    ------
    ReadError : damaged, or larger than a survey can be
    """
    found = _contents(raw, name)
    if "names" not in found:
        check_size(found["rows"], found["columns"], name)
        raise _too_large(name)
    heads = [_head(*pair) for pair in zip(found["names"], found["labels"], strict=True)]
    columns = [
        _shown(cells, dict(map(_pair, found["values"].get(variable, ()))), head)
        for variable, head, cells in zip(found["names"], heads, found["cells"], strict=True)
    ]
    rows = [list(row) for row in zip(*columns, strict=True)]
    check_size(len(rows), len(columns), name)
    return Grid("", [heads, *rows], unnumbered=1)


def _head(variable: str, label: str) -> str:
    """What stands over a variable: its label, with the name where only that counts the question, as U1 does."""
    if not text(label):
        return variable
    counts = headers.code_of(variable) and not headers.meaning((label,)).role and not headers.code_of(label)
    return f"{variable} {label}" if counts else label


def _contents(raw: bytes, name: str) -> dict[str, Any]:
    """What the process says that reads the file; whatever goes wrong in it, the file is to blame."""
    limits = data("limits")
    try:
        said = cage.said("spss_child", raw, str(limits["cells"]), str(limits["unpacked_bytes"]))
        found: dict[str, Any] = json.loads(said)
    except (subprocess.SubprocessError, ValueError):
        raise damaged(name) from None
    return found


def _too_large(name: str) -> ReadError:
    return ReadError(
        N_("{file} unpacks to more than {limit} MB, more than a survey can be. Keep only the variables with answers."),
        file=name,
        limit=data("limits")["unpacked_bytes"] // 2**20,
    )


def _pair(pair: Sequence[Any]) -> tuple[str, str]:
    return text(pair[0]), text(pair[1])


def _shown(cells: Sequence[Any], labels: Mapping[str, str], head: str) -> list[Any]:
    """The cells of a variable as a person reads them."""
    if not labels:
        return list(cells)
    known = {value: said for value, said in labels.items() if said and said != value}
    answers = {value for value, said in known.items() if not options.is_no_answer(said)}
    if _asks(head, [known[value] for value in answers]):
        if not answers <= _SCALE:  # the numbers tell the scale, which the words of four or five options do not
            known = {value: said for value, said in known.items() if value not in answers}
        else:
            known |= {value: f"{value}. {known[value]}" for value in answers}
    return [known.get(text(cell), cell) for cell in cells]


def _asks(head: str, labels: Sequence[str]) -> bool:
    """Whether a variable is a question about an element: by its label or name, or by the words of its options."""
    found, simple = headers.meaning((head,)), data("asking")["yes_no"]
    if found.role in (headers.PROFILE, headers.DATE, headers.ID) or all(
        words(said).strip() in simple for said in labels
    ):
        return False
    worded = [label for label in labels if options.whole_number(label) is None]
    graded = bool(worded) and all(map(options.looks_like_answer, worded))
    return found.role == headers.ELEMENT or graded or bool(headers.code_of(head) or headers.leading_code(head))

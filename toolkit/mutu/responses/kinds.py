"""Where a file comes from: one record a source, recognised by the headers only that source writes."""

from __future__ import annotations

from dataclasses import dataclass

from mutu.responses.grid import words
from mutu.responses.headers import code_of
from mutu.responses.table import Table


@dataclass(frozen=True)
class Kind:
    """A source of survey files; any of `marks` (as words) among the headers tells it."""

    name: str
    marks: tuple[str, ...]
    least: int = 1


KINDS = (
    Kind(
        "kobo",
        (
            "uuid",
            "submission time",
            "validation status",
            "submitted by",
            "meta instanceid",
            "instanceid",
            "submissiondate",
            "key",
            "formhub uuid",
            "index",
            "xform id string",
        ),
        least=2,
    ),
    Kind("google-forms", ("timestamp", "stempel waktu", "cap waktu", "tanda waktu")),
)


def kind_of(table: Table) -> str:
    """The name of the source: "kobo", "google-forms", "u1-u9" or "table"."""
    said = {words(part).strip() for column in table.columns for part in (*column.parts, " ".join(column.parts))}
    for kind in KINDS:
        if sum(mark in said for mark in kind.marks) >= kind.least:
            return kind.name
    codes = [code_of(column.parts[-1]) for column in table.columns]
    return "u1-u9" if sum(code is not None for code in codes) > 2 else "table"

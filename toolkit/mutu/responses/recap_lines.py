"""A sheet with a table of results as texts: what its cells, headers and labels say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mutu import regulations
from mutu.errors import N_, ReadError, SettingError
from mutu.measure.audit import Printed, bands, printed
from mutu.responses import headers, summaries
from mutu.responses.grid import UNSTORED, Grid, data, plain, text, words
from mutu.responses.headers import ELEMENT

_LONG = 60  # characters beyond which a text is no header
TAIL = re.compile(r"[:=]\s*(\d{1,3}(?:[.,]\d{1,10})?)\s*(?:\(.*\))?\.?$")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


@dataclass(frozen=True)
class Lines:
    """A sheet as texts, with what goes wrong named by its row."""

    file: str
    cells: list[list[str]]

    def number(self, row: int, column: int | None) -> Printed | None:
        """A cell as a number; None where there is nothing.

        Raises
        ------
        ReadError : a formula without its value, or no number
        """
        said = "" if column is None else self.cells[row][column]
        if plain(said) in data("recap")["nothing"]:
            return None
        found = printed_in(said)
        if found is not None:
            return found
        if said == UNSTORED:
            raise ReadError(
                N_(
                    "In {file}, row {row} holds a formula without a stored value. Open the file in Excel or "
                    "LibreOffice and save it."
                ),
                file=self.file, row=row + 1,
            )  # fmt: skip
        raise ReadError(
            N_("In {file}, row {row}, «{value}» stands where a number is expected. Correct it or leave it empty."),
            file=self.file, row=row + 1, value=said[:40],
        )  # fmt: skip

    def count(self, row: int, column: int | None) -> int | None:
        """A number of respondents, 1.200 being a thousand and more; None where there is none, or no whole number.

        Raises
        ------
        ReadError : as `number`
        """
        said = "" if column is None else self.cells[row][column].strip()
        if _THOUSANDS.fullmatch(said):
            return int(said.replace(".", ""))
        found = self.number(row, column)
        return None if found is None or found.digits else int(found.value)


def lines_of(grid: Grid, file: str, most: int | None = None) -> Lines:
    """A sheet as texts, down to as many rows as a table of results may begin and end in, or `most`."""
    rows = grid.cells[: data("recap")["rows"] if most is None else most]
    return Lines(file, [[_text(cell) for cell in row] for row in rows])


def _text(cell: Any) -> str:
    """A cell as text; of a float as many digits as a person would see in it."""
    return f"{cell:.12g}" if isinstance(cell, float) else text(cell)


def roles_of(cells: Sequence[str]) -> dict[str, int]:
    """What the columns under a header hold: role -> the column whose header says so most clearly."""
    told = [(rank, column, role) for column, cell in enumerate(cells) for rank, role in [meaning_of(cell)] if role]
    found: dict[str, int] = {}
    for _rank, column, role in sorted(told):
        found.setdefault(role, column)
    return found


def role_of(cell: str) -> str:
    """What a header or label names, or nothing."""
    return meaning_of(cell)[1]


def meaning_of(cell: str) -> tuple[int, str]:
    """The role a header or label names, and how far down the list of phrases it was found."""
    said = words(cell)
    if not said.strip() or len(said) > _LONG:
        return 0, ""
    phrases = ((role, phrase) for role, known in data("recap")["columns"] for phrase in known)
    return next(((rank, role) for rank, (role, phrase) in enumerate(phrases) if f" {phrase} " in said), (0, ""))


def is_name(cell: str) -> bool:
    """Whether a cell holds a text that is no number."""
    return bool(cell) and printed_in(cell) is None


def is_element(name: str) -> bool:
    """Whether a text names an element of a survey, by name or code."""
    code = headers.code_of(name)
    return headers.meaning_of(name).role == ELEMENT or (code is not None and code.prefix in ("u", "unsur"))


def kode_of(name: str) -> str:
    """The element of the regulation that a name or code tells."""
    known = regulations.skm().kodes
    code = headers.code_of(name)
    if code is not None and code.prefix in ("u", "unsur"):
        return f"U{code.number}" if f"U{code.number}" in known else ""
    found = headers.meaning_of(name)
    return found.target if found.role == ELEMENT and found.target in known else ""


def is_summary(cells: Sequence[str]) -> bool:
    """Whether a row begins the summary below the elements."""
    return any(summaries.is_total(cell) or is_labelled(cell, "index_labels") for cell in cells if cell)


def is_labelled(cell: str, labels: str) -> bool:
    """Whether a text begins with one of the labels of a kind."""
    return words(cell).startswith(tuple(f" {label} " for label in data("recap")[labels]))


def tail_of(label: str) -> Printed | None:
    """The number at the end of a text: «IKM unit pelayanan: 82,70»."""
    found = TAIL.search(label)
    return printed_in(found[1]) if found else None


def grade_in(cell: str, label: str) -> str | None:
    """A grade in a cell of its own, or behind a colon: «Mutu pelayanan: B (Baik)»."""
    said = cell.rpartition(":")[2].strip() if cell == label else cell
    try:
        bands.letter(said, regulations.skm())
    except SettingError:
        return None
    return None if plain(said) in data("recap")["nothing"] else said


def is_whole(number: Printed) -> bool:
    """Whether a number has nothing behind the comma."""
    return number.value == number.value.to_integral_value()


def printed_in(cell: str) -> Printed | None:
    """A text as a number, or None where it is none."""
    try:
        return printed(cell) if cell else None
    except SettingError:
        return None

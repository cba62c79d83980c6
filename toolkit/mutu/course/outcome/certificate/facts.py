"""What a certificate says of a person, as text that is signed: one line of JSON in a single, canonical form."""

from __future__ import annotations

import json
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from mutu.locale.numbers import half_up

MAX_LENGTH = 2_000
"""Characters of the longest text that is read as facts."""
MAX_LINE = 300
"""Characters of the longest text inside."""


def _one_line(text: str) -> str:
    if text != " ".join(text.split()) or not text.isprintable():
        raise ValueError("not one line of printable text")
    return text


def _two_decimals(mark: float) -> float:
    if mark != float(half_up(Decimal(str(mark)), 2)):
        raise ValueError("more than two decimals")
    return mark


Line = Annotated[str, Field(max_length=MAX_LINE), AfterValidator(_one_line)]
Said = Annotated[Line, Field(min_length=1)]
Mark = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False), AfterValidator(_two_decimals)]


class Facts(BaseModel):
    """What is signed; the names of the fields are short because all of it stands in a QR code.

    Attributes
    ----------
    no : number of the certificate
    name, id : the person, as in the class list; the id is empty where it must not be printed
    of, by : the training and its organiser
    jp : hours of training
    marks : module -> mark from 0 to 100 with at most two decimals
    start, end : first and last day of the training
    on : day of issue
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    no: Said
    name: Said
    id: Line
    of: Said
    by: Said
    jp: Annotated[int, Field(ge=1, le=10_000)]
    marks: Annotated[dict[Said, Mark], Field(min_length=1, max_length=100)]
    start: Date
    end: Date
    on: Date

    @model_validator(mode="after")
    def _days_in_order(self) -> Facts:
        if not self.start <= self.end <= self.on:
            raise ValueError("the days are not in order")
        return self

    @property
    def mean(self) -> Decimal:
        """Mean of the marks as they are printed, rounded half up to two decimals."""
        return half_up(sum((Fraction(str(mark)) for mark in self.marks.values()), Fraction(0)) / len(self.marks), 2)

    def as_text(self) -> str:
        """The canonical form: JSON in ASCII, keys sorted, no spaces between its parts."""
        data = self.model_dump(mode="json")
        data["marks"] = {name: _short(mark) for name, mark in data["marks"].items()}
        return _canonical(data)


def parse(text: str) -> Facts | None:
    """The facts of a text in the canonical form; None for anything else, whoever wrote it."""
    if len(text) > MAX_LENGTH or not text.isascii():
        return None
    try:
        found = Facts.model_validate_json(text)
    except (ValidationError, ValueError, RecursionError):
        return None
    return found if found.as_text() == text else None


def line(text: str) -> str:
    """A text as facts can hold it: one line, and nothing that cannot be seen."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _short(mark: float) -> float | int:
    return int(mark) if mark == int(mark) else mark


def _canonical(data: Any) -> str:
    return json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))

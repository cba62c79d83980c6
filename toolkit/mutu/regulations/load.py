"""Reading the regulation files, with a sentence that names the place when one is broken."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from mutu.errors import N_, MissingPart, ReadError
from mutu.regulations.schema import Publication, Skm

DATA = Path(__file__).parent / "data"
IN_FORCE = "skm-2017"
_File = TypeVar("_File", bound=BaseModel)


@cache
def skm(regulation: str = IN_FORCE) -> Skm:
    """The regulation of the public satisfaction survey; without a name, the one in force.

    Raises
    ------
    MissingPart : no file of that name is part of this installation

    Examples
    --------
    >>> from decimal import Decimal
    >>> skm().grade(Decimal("76.605")).mutu
    'B'
    >>> skm().kodes
    ('U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7', 'U8', 'U9')
    """
    return read(DATA / f"{regulation}.json", Skm)


@cache
def publication() -> Publication:
    """The product's rules for showing results: smallest n for a grade, smallest group and so on."""
    return read(DATA / "publication.json", Publication)


def read(path: Path, kind: type[_File]) -> _File:
    """The regulation file `path` as `kind`.

    Raises
    ------
    MissingPart : there is no such file
    ReadError : it is not JSON, or something in it is missing, unknown or of the wrong form; names the place
    """
    try:
        return kind.model_validate(json.loads(path.read_text(encoding="utf-8")), strict=False)
    except FileNotFoundError:
        raise MissingPart(
            N_("The regulation file {file} is not part of this installation. Install mutu again."), file=path.name
        ) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ReadError(
            N_("The regulation file {file} is not readable as JSON ({problem}). Restore the original file."),
            file=path.name,
            problem=str(error),
        ) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ReadError(
            N_("The regulation file {file} is wrong at {place}: {problem}. Correct that place."),
            file=path.name,
            place=".".join(str(step) for step in first["loc"]) or "—",
            problem=first["msg"],
        ) from None

"""Reading the regulation files, with a sentence that names the place when one is broken."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mutu.content.files import Form, in_form, read_json
from mutu.errors import N_, MissingPart
from mutu.regulations.schema import Publication, SampleTable, Skm

DATA = Path(__file__).parent / "data"
IN_FORCE = "skm-2017"


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


@cache
def sample_table() -> SampleTable:
    """The printed table of Krejcie & Morgan (1970), which the regulation of the survey points to.

    Examples
    --------
    >>> table = sample_table()
    >>> dict(table.rows)[1000], table.misprints
    (278, ((8000, 368),))
    """
    return read(DATA / "krejcie-morgan-1970.json", SampleTable)


def read(path: Path, kind: type[Form]) -> Form:
    """The regulation file `path` as `kind`.

    Raises
    ------
    MissingPart : there is no such file
    ReadError : it is not JSON, or something in it is missing, unknown or of the wrong form; names the place
    """
    try:
        content = read_json(path)
    except FileNotFoundError:
        raise MissingPart(
            N_("The regulation file {file} is not part of this installation. Install mutu again."), file=path.name
        ) from None
    return in_form(kind, content, path.name)

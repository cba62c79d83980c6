"""Reading instrument files: found beside the pages, checked before anybody answers them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mutu import content
from mutu.errors import N_, ReadError, SettingError
from mutu.instruments.check import check
from mutu.instruments.schema import SCHEMA_VERSION, Instrument

FILE = "instrument.json"


def slugs() -> tuple[str, ...]:
    """The instruments that are there, in alphabetical order."""
    return tuple(sorted(file.parent.name for file in content.find("assessments").glob(f"*/{FILE}")))


@cache
def load(slug: str) -> Instrument:
    """The instrument of that name.

    Raises
    ------
    SettingError : there is none; the sentence lists those that are there
    ReadError : its file is not an instrument this version can use
    """
    if slug not in slugs():
        raise SettingError(
            N_("There is no instrument «{slug}». Choose one of: {known}."), slug=slug, known=", ".join(slugs())
        )
    return read(content.find("assessments") / slug / FILE)


def read(path: Path | str) -> Instrument:
    """An instrument from its file, wherever it lies.

    Raises
    ------
    ReadError : the file cannot be used; the sentence says which place in it and why
    """
    path = Path(path)
    data = _json(path)
    _check_version(path, data)
    try:
        instrument = Instrument.model_validate(data)
    except ValidationError as error:
        raise _wrong(path, error) from None
    check(instrument, path.name)
    return instrument


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ReadError(N_("The file {file} cannot be opened: {problem}."), file=path, problem=error.strerror) from None
    except UnicodeDecodeError:
        raise ReadError(N_("The file {file} is not UTF-8 text. Save it as UTF-8."), file=path.name) from None
    except json.JSONDecodeError as error:
        raise ReadError(
            N_("The file {file} is not valid JSON: line {line}, column {column}. Correct it there."),
            file=path.name,
            line=error.lineno,
            column=error.colno,
        ) from None
    except ValueError:  # Python refuses to read whole numbers of thousands of digits
        raise ReadError(N_("The file {file} contains a number that is too long. Correct it."), file=path.name) from None
    except RecursionError:
        raise ReadError(
            N_("The file {file} is nested too deeply to be read. Check what wrote it."), file=path.name
        ) from None


def _check_version(path: Path, data: Any) -> None:
    version = data.get("schema_version") if isinstance(data, dict) else None
    if type(version) is not int:
        raise ReadError(
            N_("The file {file} is not an instrument: schema_version is missing. It must be {known}."),
            file=path.name,
            known=SCHEMA_VERSION,
        )
    if version > SCHEMA_VERSION:
        raise ReadError(
            N_("The file {file} has schema version {version}; this mutu knows {known}. Update mutu to use it."),
            file=path.name,
            version=version,
            known=SCHEMA_VERSION,
        )
    if version < SCHEMA_VERSION:
        raise ReadError(
            N_("The file {file} has schema version {version}, which is no longer read. Rewrite it as version {known}."),
            file=path.name,
            version=version,
            known=SCHEMA_VERSION,
        )


def _wrong(path: Path, error: ValidationError) -> ReadError:
    """The first thing that is wrong, with its place in the file written as a path."""
    first = error.errors(include_url=False)[0]
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"]).lstrip(".")
    if first["type"] == "missing":
        return ReadError(N_("In {file}, {place} is missing. Add it."), file=path.name, place=place)
    if first["type"] == "extra_forbidden":
        return ReadError(
            N_("In {file}, {place} is not a field of an instrument. Remove or correct it."), file=path.name, place=place
        )
    return ReadError(
        N_("In {file}, {place} has the wrong form ({problem}). Correct it."),
        file=path.name,
        place=place,
        problem=first["msg"],
    )

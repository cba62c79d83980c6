"""Reading instrument files: found beside the pages, checked before anybody answers them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from mutu import content
from mutu.content.files import in_form, read_json
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
    ReadError : its file is not an instrument this version can use, or is called otherwise than its folder
    """
    if slug not in slugs():
        raise SettingError(
            N_("There is no instrument «{slug}». Choose one of: {known}."), slug=slug, known=", ".join(slugs())
        )
    file = content.find("assessments") / slug / FILE
    instrument = read(file)
    if instrument.slug != slug:
        raise ReadError(
            N_("In {file}, slug is «{found}», but the folder is called «{folder}». Give both the same name."),
            file=file.name,
            found=instrument.slug,
            folder=slug,
        )
    return instrument


def read(path: Path | str) -> Instrument:
    """An instrument from its file, wherever it lies.

    Raises
    ------
    ReadError : the file cannot be used; the sentence says which place in it and why
    """
    path = Path(path)
    try:
        data = read_json(path)
    except FileNotFoundError:
        raise ReadError(N_("{file} does not exist. Check the name and the folder."), file=path) from None
    _check_version(path, data)
    instrument = in_form(Instrument, data, path.name)
    check(instrument, path.name)
    return instrument


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

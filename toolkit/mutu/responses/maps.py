"""The user's own mapping: which header is which element."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from mutu.errors import N_, MappingError
from mutu.responses import headers, privacy
from mutu.responses.grid import data, words
from mutu.responses.roles import UNSUR
from mutu.responses.table import Column, Table

IGNORE = "ignore"


def load(given: str | Path | Mapping[str, str] | None) -> dict[str, str]:
    """The lines header -> code of a map, from a TOML file with [columns] or from a mapping.

    Raises
    ------
    MappingError : the file is no map, or a code is none
    """
    if given is None:
        return {}
    lines = _lines(Path(given)) if isinstance(given, str | Path) else given
    name = name_of(given)
    known = {code.casefold(): code for code in (*UNSUR, *data("headers")["profile"], IGNORE)}
    for header, code in lines.items():
        if not isinstance(code, str) or code.casefold() not in known:
            raise MappingError(
                N_("{map}: the map gives «{header}» the code «{code}», which does not exist. Codes are: {codes}."),
                map=name,
                header=privacy.mask(str(header)),
                code=privacy.mask(str(code)),
                codes=", ".join(known.values()),
            )
    return {header: known[code.casefold()] for header, code in lines.items()}


def name_of(given: str | Path | Mapping[str, str] | None) -> str:
    """How messages call the map."""
    return Path(given).name if isinstance(given, str | Path) else "map"


def match(lines: Mapping[str, str], table: Table, file: str, name: str) -> dict[Column, str]:
    """The columns the map means.

    Raises
    ------
    MappingError : a header of the map is not in the file, or fits two columns alike
    """
    return {_column(header, table, file, name): code for header, code in lines.items()}


def fits(lines: Mapping[str, str], table: Table) -> int:
    """How many headers of the map stand in a table."""
    return sum(bool(_candidates(header, table)) for header in lines)


def _lines(path: Path) -> Mapping[str, str]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise MappingError(
            N_("The map {file} cannot be opened. Check the name and the folder."), file=path.name
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(
            N_('The map {file} is not valid TOML ({problem}). A line of it looks like "header" = "U1".'),
            file=path.name,
            problem=str(error).splitlines()[0],
        ) from None
    lines = content.get("columns")
    if not isinstance(lines, dict) or not lines:
        raise MappingError(
            N_('The map {file} has no part [columns]. Write [columns] and below it lines such as "header" = "U1".'),
            file=path.name,
        )
    return lines


def _column(header: str, table: Table, file: str, name: str) -> Column:
    found = _candidates(header, table)
    if len(found) == 1:
        return found[0]
    names = [column.name for column in table.columns if headers.meaning(column.parts).role != headers.PERSONAL]
    if found:
        raise MappingError(
            N_(
                "{map}: the map names «{header}», but {file} has several such columns: {columns}. "
                "Use these longer names."
            ),
            map=name,
            header=header,
            file=file,
            columns=", ".join(f"«{column.name}»" for column in found),
        )
    near = get_close_matches(header, names, n=3, cutoff=0.5) or names[:12]
    raise MappingError(
        N_("{map}: the map names «{header}», which is no header of {file}. The closest headers are: {columns}."),
        map=name,
        header=privacy.mask(header),
        file=file,
        columns=", ".join(f"«{privacy.mask(name)}»" for name in near),
    )


def _candidates(header: str, table: Table) -> list[Column]:
    """Columns of that name; without regard to spaces and capitals, or by a part of a header over several rows."""
    exact = [column for column in table.columns if column.name == header]
    if exact:
        return exact
    said = words(header)
    alike = [column for column in table.columns if said in (words(column.name), words(" ".join(column.parts)))]
    return alike or [column for column in table.columns if said in map(words, column.parts)]

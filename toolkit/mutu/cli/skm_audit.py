"""`mutu skm audit`: why a published index differs from the one its answers or its table give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutu.cli import skm
from mutu.cli.program import Json, Noun
from mutu.errors import N_, InputError, SettingError
from mutu.locale import _, integer, number

if TYPE_CHECKING:
    from mutu.measure.audit import Audit
    from mutu.responses import Survey
    from mutu.responses.recap import Recap

File = Annotated[
    Path,
    typer.Argument(
        metavar=N_("FILE|TABLE"),
        help=N_("Survey file, or a table of results: unsur, nrr and, if it has them, n and weighted NRR"),
    ),
]
Published = Annotated[
    str | None,
    typer.Option(
        "--published", metavar=N_("INDEX"), help=N_("The index as it was published, for instance 88,50 or 88.5")
    ),
]
Grade = Annotated[
    str | None,
    typer.Option("--grade", metavar=N_("GRADE"), help=N_("The grade as it was published: A to D, or - for none")),
]


def register(noun: Noun) -> None:
    """Add the command to `mutu skm`."""
    noun.verb(N_("Explain why a published index differs from the recomputed one."))(audit)


def audit(  # noqa: PLR0913 (options)
    file: File, published: Published = None, grade: Grade = None, by: skm.By = None, map_: skm.Map = None,
    sheet: skm.Sheet = None, scale: skm.Scale = None, population: skm.Population = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Print the cause, the right index, and what every other convention would give."""
    from mutu.measure.audit import printed

    index = None if published is None else printed(published)
    source = _source(file, map_, sheet, scale)
    if not isinstance(source, tuple):
        groups = dict(skm.group(name, source) for name in by or ())
        found = _explain(source.answers, index, grade, scale=source.scale, by=groups or None, population=population)
        _tell(found, {"file": source.file, "sheet": source.sheet, "hints": list(source.hints)}, as_json)
        for hint in source.hints:
            typer.echo(hint, err=True)
        return
    recap, ends = source
    if by:
        raise SettingError(
            N_("--by needs the answers of the respondents; {file} is a table of results."), file=file.name
        )
    if len(recap.tables) == 1:
        (table,) = recap.tables.values()
        _tell(_explain(table, index, grade, scale=ends), {"file": recap.file, "sheet": recap.sheet}, as_json)
        return
    if index is not None or grade is not None:
        raise SettingError(
            N_(
                "{file} has the results of {count} offices, and their own indices and grades are audited. Leave out "
                "--published and --grade, or give a file with one of them."
            ),
            file=file.name,
            count=len(recap.tables),
        )
    _tell_all(recap, {name: _explain(table, None, None, scale=ends) for name, table in recap.tables.items()}, as_json)


def _explain(data: Any, index: Any, grade: str | None, **settings: Any) -> Audit:
    from mutu.measure.audit import explain

    return explain(data, index, grade=grade, **settings)


def _source(
    file: Path, map_: Path | None, sheet: str | None, scale: str | None
) -> Survey | tuple[Recap, tuple[int, int]]:
    """The answers of a file; where it has none, its tables of results with the scale they are on.

    Raises
    ------
    MutuError : neither; says why it is no survey
    """
    from mutu.responses import read, recap
    from mutu.responses.answers import parse_scale

    try:
        return read(file, sheet=sheet, map=map_, scale=scale)
    except InputError:
        found = recap.find(file, sheet=sheet) if map_ is None else None
        if found is None:
            raise
        return found, parse_scale(scale).ends


def _tell(found: Audit, about: dict[str, Any], as_json: bool) -> None:
    from rich.text import Text

    from mutu.cli import tables

    if as_json:
        typer.echo(json.dumps(found.as_json() | about, ensure_ascii=False, indent=1))
        return
    console = tables.console()
    console.print(Text(found.sentence(), style="bold"))
    console.print(tables.table(_("What each way of computing gives"), found.rows()))


def _tell_all(recap: Recap, audits: dict[str, Audit], as_json: bool) -> None:
    """Print the offices of a table below one another, and what is to be said of those that differ."""
    from rich.text import Text

    from mutu.cli import tables

    if as_json:
        said = {
            "file": recap.file,
            "sheet": recap.sheet,
            "offices": [{"name": name} | found.as_json() for name, found in audits.items()],
        }
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    console = tables.console()
    console.print(tables.table(_("Offices"), [_office(name, found) for name, found in audits.items()]))
    for name, found in audits.items():
        if not found.is_clean():
            console.print(Text(f"{name}: {found.sentence()}"), soft_wrap=True)


def _office(name: str, found: Audit) -> dict[str, str]:
    return {
        _("Office"): name,
        "n": integer(found.n),
        _("Published"): "" if found.published is None else str(found.published),
        _("By the regulation"): number(found.rounded),
        _("Grade"): found.mutu or "",
        _("Finding"): found.verdict(),
    }

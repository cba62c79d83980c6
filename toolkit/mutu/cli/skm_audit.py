"""`mutu skm audit`: why a published index differs from the one its answers or its table give."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutu.cli import skm
from mutu.cli.program import Json, Noun
from mutu.errors import N_, InputError, NotFilled, SettingError
from mutu.locale import _, integer, number, say

if TYPE_CHECKING:
    from mutu.measure.audit import Audit, Printed, Table
    from mutu.responses import Survey
    from mutu.responses.recap import Entry, Recap

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


_OF_PERSONS = ("jenis_kelamin", "usia", "pendidikan", "pekerjaan", "disabilitas", "tanggal")
_UNITS = 60  # labels up to which a column can be one of units


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
        _audit_answers(file, source, _Claim(index, grade), groups=groups, population=population, as_json=as_json)
    elif by:
        raise SettingError(
            N_("--by needs the answers of the respondents; {file} is a table of results."), file=file.name
        )
    else:
        _audit_tables(file, *source, _Claim(index, grade), as_json)


@dataclass(frozen=True)
class _Claim:
    """What was published, as far as the command line says it."""

    index: Printed | None
    grade: str | None


def _audit_answers(
    file: Path, survey: Survey, claim: _Claim, *, groups: dict[str, list[str | None]], population: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    index, hints = claim.index, list(survey.hints)
    if index is None and (index := _stated(file, survey)) is not None:
        hints.append(
            _("The index audited is the one printed in the file, {index}; for another one, give --published.")
            .format(index=index)
        )  # fmt: skip
    settings = {"scale": survey.scale, "population": population}
    found = _explain(survey.answers, index, claim.grade, by=groups or None, **settings)
    units = {} if groups else _units(survey)
    if units and found.status == "unexplained":
        found = _explain(survey.answers, index, claim.grade, by=units, best_of_groups=False, **settings)
    _tell(found, {"file": survey.file, "sheet": survey.sheet, "hints": hints}, as_json)


def _audit_tables(file: Path, recap: Recap, ends: tuple[int, int], claim: _Claim, as_json: bool) -> None:
    if len(recap.entries) == 1 and (table := _only(recap.entries[0])):
        about = {"file": recap.file, "sheet": recap.sheet, "hints": list(recap.entries[0].hints)}
        _tell(_explain(table, claim.index, claim.grade, scale=ends), about, as_json)
        return
    if claim != _Claim(None, None):
        raise SettingError(
            N_(
                "{file} has the results of {count} offices, and their own indices and grades are audited. Leave out "
                "--published and --grade, or give a file with one of them."
            ),
            file=file.name,
            count=len(recap.entries),
        )
    _tell_all(recap, [_one(entry, ends) for entry in recap.entries], as_json)


def _only(entry: Entry) -> Table | None:
    """The table of a file with one; what cannot be read in it ends the audit."""
    if entry.troubles:
        raise entry.troubles[0]
    return entry.table


@dataclass(frozen=True)
class _Office:
    """An office of a list with its audit, or with why there is none."""

    entry: Entry
    found: Audit | None
    troubles: tuple[str, ...]

    @property
    def clean(self) -> bool:
        return self.found is not None and self.found.is_clean() and not self.troubles

    def sentence(self) -> str:
        return " ".join([*self.troubles, *([self.found.sentence()] if self.found else ())])

    def as_json(self) -> dict[str, Any]:
        audited = self.found.as_json() if self.found else {"status": "unread", "sentence": ""}
        return {"name": self.entry.name, "row": self.entry.row} | audited | {"troubles": list(self.troubles)}


def _one(entry: Entry, ends: tuple[int, int]) -> _Office:
    """The audit of one office; what is wrong with it does not stop the others."""
    troubles = [say(error) for error in entry.troubles]
    if entry.table is None:
        return _Office(entry, None, tuple(troubles))
    try:
        return _Office(entry, _explain(entry.table, None, None, scale=ends), tuple(troubles))
    except (InputError, SettingError) as error:
        return _Office(entry, None, (*troubles, say(error)))


def _explain(data: Any, index: Any, grade: str | None, **settings: Any) -> Audit:
    from mutu.measure.audit import explain

    return explain(data, index, grade=grade, **settings)


def _stated(file: Path, source: Survey) -> Printed | None:
    from mutu.responses import recap

    return recap.stated(file, sheet=source.sheet)


def _units(source: Survey) -> dict[str, list[str | None]]:
    """The file's own columns of units or services, by header, whose means may have been averaged."""
    columns = (skm.group(header, source) for header, name in source.grouping if name not in _OF_PERSONS)
    return {header: labels for header, labels in columns if 1 < len(set(labels) - {None}) <= _UNITS}


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
        survey = read(file, sheet=sheet, map=map_, scale=scale)
        if len(survey.answers) > 1 or map_ is not None or (found := recap.find(file, sheet=sheet)) is None:
            return survey
        return found, survey.scale  # the row of the grade below a table may read like a respondent
    except NotFilled:
        raise
    except InputError:
        found = recap.find(file, sheet=sheet) if map_ is None else None
        if found is None:
            lacks = recap.lacking(file, sheet=sheet) if map_ is None else None
            if lacks is None:
                raise
            raise lacks from None
        return found, parse_scale(scale).ends


def _tell(found: Audit, about: dict[str, Any], as_json: bool) -> None:
    """Print the audit on stdout, and on stderr the hints of `about`."""
    if as_json:
        typer.echo(json.dumps(found.as_json() | about, ensure_ascii=False, indent=1))
    else:
        _show(found)
    for hint in about["hints"]:
        typer.echo(hint, err=True)


def _show(found: Audit) -> None:
    from rich.text import Text

    from mutu.cli import tables

    console = tables.console()
    console.print(Text(found.sentence(), style="bold"))
    console.print(tables.table(_("What each way of computing gives"), found.rows()))


def _tell_all(recap: Recap, offices: list[_Office], as_json: bool) -> None:
    """Print the offices of a table below one another, and what is to be said of those that differ."""
    from rich.text import Text

    from mutu.cli import tables

    if as_json:
        said = {"file": recap.file, "sheet": recap.sheet, "offices": [office.as_json() for office in offices]}
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    console = tables.console()
    console.print(tables.table(_("Offices"), [_office(office) for office in offices]))
    names = Counter(office.entry.name for office in offices)
    for office in offices:
        if not office.clean:
            name, row = office.entry.name, office.entry.row
            shown = name if names[name] == 1 else _("{name} (row {row})").format(name=name, row=integer(row))
            console.print(Text(f"{shown}: {office.sentence()}"), soft_wrap=True)


def _office(office: _Office) -> dict[str, str]:
    found, table = office.found, office.entry.table
    index = table.index if table else None
    return {
        _("Office"): office.entry.name,
        "n": integer(found.n) if found else "",
        _("Published"): "" if index is None else str(index),
        _("By the regulation"): number(found.rounded) if found else "",
        _("Grade"): (found.mutu or "") if found else "",
        _("Finding"): found.verdict() if found else _("not audited; see below"),
        _("Grade published"): (table.grade or "") if table else "",
        _("Finding on the grade"): _graded(office),
    }


def _graded(office: _Office) -> str:
    """What is to be said of a published grade, for a cell of a table."""
    from mutu.measure.audit.bands import NONE

    if office.entry.table is None or office.entry.table.grade is None:
        return ""
    if office.found is None:
        return _("not audited; see below")
    if office.found.grade is None:
        return _("cannot be read")
    check = office.found.grade
    if check.due == NONE:
        return _("should have no grade")
    return _("agrees") if check.holds else _("should be {grade}").format(grade=check.due)

"""Commands of `mutu skm`: from a survey file to its index and its official report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutu.cli.program import Json, Noun
from mutu.errors import N_, SettingError
from mutu.locale import _, integer

if TYPE_CHECKING:
    from mutu.measure.skm import Change, IndexResult, SavedResult
    from mutu.responses import Survey

_SHOWN = 20

File = Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("Survey file: xlsx, xls, ods, CSV or SPSS (.sav)"))]
Out = Annotated[Path, typer.Option("--out", metavar=N_("FOLDER"), help=N_("Folder for the report"))]
Profile = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        metavar=N_("FILE"),
        help=N_(
            "office.toml: what the report says of the office; what is missing is left to fill in. Keys: name, unit, "
            "period, head, place, report_url (texts), services (list), population, min_n, min_group (numbers), logo "
            "(PNG), and plan.U1 to plan.U9 with program, time, person"
        ),
    ),
]
Previous = Annotated[
    Path | None,
    typer.Option("--previous", metavar=N_("FILE"), help=N_("Survey file or result (JSON) of the period before")),
]
By = Annotated[
    list[str] | None,
    typer.Option("--by", metavar=N_("COLUMN"), help=N_("Column to compare groups by; may be given several times")),
]
Weights = Annotated[
    str,
    typer.Option(
        "--weights",
        metavar=N_("WEIGHT"),
        help=N_("Weight of an element: exact (unless given), or a printed one: 0.1111, 0.111, 0.11"),
    ),
]
Map = Annotated[
    Path | None,
    typer.Option(
        "--map",
        metavar=N_("FILE"),
        help=N_('TOML file whose [columns] say "header" = "U1"; "ignore" leaves one out'),
    ),
]
Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar=N_("NAME"), help=N_("Name of the sheet with the answers"))
]
Scale = Annotated[
    str | None,
    typer.Option(
        "--scale",
        metavar="A-B",
        help=N_("Scale of the answers if it is not 1-4, for instance 1-5; is converted"),
    ),
]
Population = Annotated[
    int | None,
    typer.Option(
        "--population", metavar=N_("NUMBER"), help=N_("People served, for the correction of a finite population")
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar=N_("COLUMN"),
        help=N_("Column that says who was asked together (counter, day, village): the interval allows for it"),
    ),
]

Sav = Annotated[
    Path | None,
    typer.Option(
        "--sav", metavar=N_("FILE"), help=N_("Also write the answers that count for SPSS, with labels (.sav, .zsav)")
    ),
]

noun = Noun(N_("Public satisfaction survey (SKM): index and official report."))


def register(program: Noun) -> None:
    """Add the noun to the program."""
    from mutu.cli import skm_audit, skm_form, skm_sample

    skm_audit.register(noun)
    skm_sample.register(noun)
    skm_form.register(noun)
    program.add_typer(noun, name="skm")


@noun.verb(N_("Compute the index (IKM) of a survey file."))
def score(  # noqa: PLR0913 (options)
    file: File, by: By = None, weights: Weights = "exact", map_: Map = None, sheet: Sheet = None, scale: Scale = None,
    population: Population = None, cluster: Cluster = None, sav: Sav = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Print the result of a survey, and on stderr what needs a look."""
    survey = _read(file, map_, sheet, scale)
    result = _score(survey, by, weights, population, cluster=cluster)
    files = {"sav": _for_spss(survey, file, sav)} if sav else {}
    _tell(_warned(survey, result), result, files, as_json)


@noun.verb(N_("Write the official report: Word, PDF, Excel recap and poster."))
def report(  # noqa: PLR0913 (options)
    file: File, out: Out, profile: Profile = None, previous: Previous = None, by: By = None,
    weights: Weights = "exact", map_: Map = None, sheet: Sheet = None, scale: Scale = None,
    population: Population = None, cluster: Cluster = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Write the files of the report into a folder, and print as `score` does."""
    from mutu.measure import skm
    from mutu.report import office as offices
    from mutu.report import skm as writing

    office = offices.load(profile)
    survey = _read(file, map_, sheet, scale)
    result = _score(survey, by, weights, population or office.population, office.min_group, cluster)
    before = _previous(previous, map_, weights, scale, cluster) if previous else None
    _folder(out)
    files = writing.write(result, survey, out, office=office, previous=before)
    change = skm.change(result, before) if before is not None else None
    _tell(_warned(survey, result, office.min_n), result, files, as_json, change)


def _for_spss(survey: Survey, file: Path, target: Path) -> Path:
    """Write the answers for SPSS, never over the survey they were read from."""
    from mutu import responses

    if target.resolve() == file.resolve():
        raise SettingError(N_("--sav would replace {file}, the survey itself. Give another name."), file=file.name)
    responses.write_sav(survey, target)
    return target


def _warned(survey: Survey, result: IndexResult, least: int = 0) -> Survey:
    """The survey with a hint in front when too few answered for the grade to be published."""
    from mutu.regulations import publication

    least = max(least, publication().min_n_grade)
    if result.n >= least:
        return survey
    said = _(
        "The grade must not be published yet: only {n} people answered, and it may be published from {least} "
        "respondents on."
    ).format(n=integer(result.n), least=integer(least))
    return replace(survey, hints=(said, *survey.hints))


def _read(file: Path, map_: Path | None, sheet: str | None, scale: str | None) -> Survey:
    from mutu import responses

    return responses.read(file, sheet=sheet, map=map_, scale=scale)


def _score(
    survey: Survey, by: list[str] | None, weights: str, population: int | None, min_group: int | None = None,
    cluster: str | None = None,
) -> IndexResult:  # fmt: skip
    from mutu.measure import skm

    groups = dict(group(name, survey) for name in by or ())
    return skm.score(
        survey.answers,
        weights=weights.replace(",", "."),
        scale=survey.scale,
        by=groups or None,
        population=population,
        min_group=min_group,
        cluster=group(cluster, survey)[1] if cluster else None,
    )


def group(name: str, survey: Survey) -> tuple[str, list[str | None]]:
    """The header and labels of the column a name of --by means: the header itself, or the profile's name for it."""
    known: dict[str, tuple[str, str]] = {}
    for header, column in survey.grouping:
        known.setdefault(_same(header), (header, column))
        known.setdefault(_same(column), (header, column))
    if _same(name) not in known:
        shown = dict.fromkeys(header for header, _column in known.values())
        raise SettingError(
            N_(
                "The column «{name}» is not there, or cannot divide the respondents into groups: personal data, "
                "remarks and columns with very many different values cannot. Columns that can be used: {columns}."
            ),
            name=name,
            columns=", ".join(f"«{header}»" for header in shown) or _("none in this file"),
        )
    header, column = known[_same(name)]
    return header, survey.profile[column].tolist()


def _same(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())


def _previous(
    file: Path, map_: Path | None, weights: str, scale: str | None, cluster: str | None
) -> IndexResult | SavedResult:
    """The result of the period before, from a result's JSON or by scoring its survey file."""
    from mutu.measure import skm

    if file.suffix.casefold() == ".json":
        return skm.saved(_json(file))
    return _score(_read(file, map_, None, scale), None, weights, None, cluster=cluster)


def _json(file: Path) -> Any:
    import json

    from mutu.errors import ReadError

    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ReadError(N_("{file} does not exist. Check the name and the folder."), file=file.name) from None
    except (OSError, ValueError, RecursionError):
        raise ReadError(
            N_("{file} is not a result in JSON. Make it with `mutu skm score FILE --json`."), file=file.name
        ) from None


def _folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise SettingError(
            N_("The folder {folder} cannot be made. Name another one with --out."), folder=str(out)
        ) from None


def _tell(
    survey: Survey, result: IndexResult, files: dict[str, Path], as_json: bool, change: Change | None = None
) -> None:
    """Print the result on stdout, and on stderr the sentences that need a look."""
    from mutu.cli import skm_output

    if as_json:
        typer.echo(skm_output.document(survey, result, files, change))
    else:
        skm_output.show(survey, result, files, _SHOWN)
    for hint in survey.hints:
        typer.echo(hint, err=True)

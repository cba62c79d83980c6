"""Commands of `mutu skm`: from a survey file to its index and its official report."""

# annotations stay objects here: the options' help is translated when the program is built, which strings cannot be

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutu.errors import N_, SettingError
from mutu.locale import _

if TYPE_CHECKING:
    from mutu.measure.skm import IndexResult, SavedResult
    from mutu.responses import Survey

_SHOWN = 20


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    noun = typer.Typer(no_args_is_help=True, help=_("Public satisfaction survey (SKM): index and official report."))
    program.add_typer(noun, name="skm")

    file = typer.Argument(metavar="FILE", help=_("Survey file: xlsx, xls, ods or CSV"), show_default=False)
    by = typer.Option("--by", help=_("Column to compare groups by; may be given several times"))
    weights = typer.Option("--weights", help=_("Weight of an element: exact, or a printed one: 0.1111, 0.111, 0.11"))
    map_ = typer.Option("--map", help=_('TOML file whose [columns] say "header" = "U1"; "ignore" leaves one out'))
    sheet = typer.Option("--sheet", help=_("Name of the sheet with the answers"))
    scale = typer.Option("--scale", help=_("Scale of the answers if it is not 1-4, for instance 1-5; is converted"))
    population = typer.Option("--population", help=_("People served, for the correction of a finite population"))
    json = typer.Option("--json", help=_("One JSON document instead of text"))

    @noun.command(help=_("Compute the index (IKM) of a survey file."))
    def score(  # noqa: PLR0913 (options)
        file: Annotated[Path, file],
        by: Annotated[list[str] | None, by] = None,
        weights: Annotated[str, weights] = "exact",
        map_: Annotated[Path | None, map_] = None,
        sheet: Annotated[str | None, sheet] = None,
        scale: Annotated[str | None, scale] = None,
        population: Annotated[int | None, population] = None,
        json: Annotated[bool, json] = False,
    ) -> None:
        survey = _read(file, map_, sheet, scale)
        result = _score(survey, by, weights, population)
        _tell(survey, result, {}, json)

    @noun.command(help=_("Write the official report: Word, PDF, Excel recap and poster."))
    def report(  # noqa: PLR0913 (options)
        file: Annotated[Path, file],
        out: Annotated[Path, typer.Option("--out", help=_("Folder for the report"), show_default=False)],
        profile: Annotated[Path | None, typer.Option("--profile", help=_("office.toml: name, period, head …"))] = None,
        previous: Annotated[
            Path | None, typer.Option("--previous", help=_("Survey file or result (JSON) of the period before"))
        ] = None,
        by: Annotated[list[str] | None, by] = None,
        weights: Annotated[str, weights] = "exact",
        map_: Annotated[Path | None, map_] = None,
        sheet: Annotated[str | None, sheet] = None,
        scale: Annotated[str | None, scale] = None,
        population: Annotated[int | None, population] = None,
        json: Annotated[bool, json] = False,
    ) -> None:
        from mutu.report import office as offices
        from mutu.report import skm as writing

        office = offices.load(profile)
        survey = _read(file, map_, sheet, scale)
        result = _score(survey, by, weights, population or office.population)
        before = _previous(previous, weights, scale) if previous else None
        _folder(out)
        files = writing.write(result, survey, out, office=office, previous=before)
        _tell(survey, result, files, json)


def _read(file: Path, map_: Path | None, sheet: str | None, scale: str | None) -> "Survey":
    from mutu import responses

    return responses.read(file, sheet=sheet, map=map_, scale=scale)


def _score(survey: "Survey", by: list[str] | None, weights: str, population: int | None) -> "IndexResult":
    from mutu.measure import skm

    groups = dict(_group(name, survey) for name in by or ())
    return skm.score(survey.answers, weights=weights, scale=survey.scale, by=groups or None, population=population)


def _group(name: str, survey: "Survey") -> tuple[str, list[str | None]]:
    """The header and labels of the column a name of --by means: the header itself, or the profile's name for it."""
    known: dict[str, tuple[str, str]] = {}
    for mapped in survey.mapping:
        names = (mapped.unsur or mapped.column, mapped.column)
        column = next((name for name in names if name in survey.profile.columns), "")
        if column:
            known.setdefault(_same(mapped.column), (mapped.column, column))
            known.setdefault(_same(column), (mapped.column, column))
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


def _previous(file: Path, weights: str, scale: str | None) -> "IndexResult | SavedResult":
    """The result of the period before, from a result's JSON or by scoring its survey file."""
    from mutu import responses
    from mutu.measure import skm

    if file.suffix.casefold() == ".json":
        return skm.saved(_json(file))
    survey = responses.read(file, scale=scale)
    return skm.score(survey.answers, weights=weights, scale=survey.scale)


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


def _tell(survey: "Survey", result: "IndexResult", files: dict[str, Path], as_json: bool) -> None:
    """Print the result on stdout, and on stderr the sentences that need a look."""
    from mutu.cli import skm_output

    if as_json:
        typer.echo(skm_output.document(survey, result, files))
    else:
        skm_output.show(survey, result, files, _SHOWN)
    for hint in survey.hints:
        typer.echo(hint, err=True)

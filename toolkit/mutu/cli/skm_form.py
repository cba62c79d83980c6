"""`mutu skm form`: the questionnaire to collect answers with, on telephones, on paper, and to type them in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from mutu.cli.program import Json, Noun
from mutu.errors import N_
from mutu.locale import _

Out = Annotated[Path, typer.Option("--out", metavar=N_("FOLDER"), help=N_("Folder for the questionnaire's files"))]
Profile = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        metavar=N_("FILE"),
        help=N_("office.toml: name and unit stand on the questionnaire, services become its options"),
    ),
]


def register(noun: Noun) -> None:
    """Add the command to `mutu skm`."""
    noun.verb(N_("Write the questionnaire: XLSForm for KoBo and ODK, Word, PDF, and Excel to type answers in."))(form)


def form(out: Out, profile: Profile = None, as_json: Json = False) -> None:
    """Write the files into a folder, and say what each is for."""
    from mutu.report import office as offices
    from mutu.report import questionnaire

    files = questionnaire.write(out, office=offices.load(profile))
    if as_json:
        typer.echo(json.dumps({"files": {kind: str(path) for kind, path in files.items()}}, ensure_ascii=False))
        return
    for kind, path in files.items():
        typer.echo(f"{path}\n  {_(_USES[kind])}")


_USES = {
    "xlsform": N_("for KoBoToolbox and ODK: upload it as a new form; it fills a single page and works offline"),
    "docx": N_("to print or to adapt in Word: one sheet, two pages"),
    "pdf": N_("to print as it is: one sheet, two pages"),
    "template": N_("to type answers from paper; read it with `mutu skm score`"),
}

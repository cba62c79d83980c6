"""The program as typer runs it: its nouns with their commands."""

from __future__ import annotations

from typing import Annotated

import typer

from mutu.cli import assess, course, platform, skm
from mutu.cli.program import Noun
from mutu.errors import N_


def run(arguments: list[str]) -> int:
    """Run a command line without `--lang`; returns the exit code.

    Raises
    ------
    MutuError : something that a person has to be told
    """
    code: int = _program()(args=arguments, prog_name="mutu", standalone_mode=False)
    return code


def _program() -> Noun:
    program = Noun(N_("Measure and improve the quality of public services."))
    program.callback()(_options)
    for noun in (platform, skm, assess, course):
        noun.register(program)
    return program


def _options(
    lang: Annotated[
        str,
        typer.Option("--lang", metavar="id|en", help=N_("Language, also behind a command (else MUTU_LANG, else id)")),
    ] = "",
) -> None:
    """Stands in the help; the option itself was taken before typer read the line, since it may stand anywhere."""

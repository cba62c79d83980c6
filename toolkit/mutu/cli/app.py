"""The program `mutu`: its nouns, the language option, and how errors reach a person."""

from __future__ import annotations

import importlib
import sys
from typing import Annotated

import typer

from mutu.errors import MutuError
from mutu.locale import LANGUAGES, _, say, use

# noun -> module that adds its commands to the program when the program starts
NOUNS = ("skm", "assess", "course", "platform")


def main() -> None:
    """Run the program; a MutuError ends it with its sentence on stderr and its exit code."""
    arguments, language = _take_language(sys.argv[1:])
    with use(language):
        _utf8()
        try:
            _program()(args=arguments, prog_name="mutu")
        except MutuError as error:
            typer.echo(say(error), err=True)
            raise SystemExit(error.exit_code) from None


def _program() -> typer.Typer:
    program = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=_("Measure and improve the quality of public services."),
    )
    program.callback()(_options)
    for noun in NOUNS:
        importlib.import_module(f"mutu.cli.{noun}").register(program)
    return program


def _options(
    lang: Annotated[str, typer.Option("--lang", help="id | en (also MUTU_LANG)")] = "",
) -> None:
    """Stands in the help; the option itself was taken before the program was built, since help is translated."""


def _take_language(arguments: list[str]) -> tuple[list[str], str]:
    """Split --lang LANG (anywhere on the line) from the rest."""
    from mutu.locale import current

    rest, language = [], current()
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            language = next(words, "")
        elif word.startswith("--lang="):
            language = word.partition("=")[2]
        else:
            rest.append(word)
            continue
        if language not in LANGUAGES:
            typer.echo(f"--lang: {' | '.join(LANGUAGES)}", err=True)
            raise SystemExit(2)
    return rest, language


def _utf8() -> None:
    """Old Windows consoles use a code page; what they cannot show must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")

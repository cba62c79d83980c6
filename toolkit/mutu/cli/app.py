"""The program `mutu`: its nouns, the language option, and how errors reach a person."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from mutu.cli import assess, course, platform, skm
from mutu.cli.program import Noun
from mutu.errors import N_, MutuError, SettingError
from mutu.locale import LANGUAGES, current, say, use


def main() -> None:
    """Run the program; an error ends it with its sentence on stderr and its exit code."""
    _utf8()
    try:
        arguments, language = _take_language(sys.argv[1:])
    except MutuError as error:
        _end(error)
    with use(language):
        try:
            code = _program()(args=arguments, prog_name="mutu", standalone_mode=False)
        except MutuError as error:
            _end(error)
    raise SystemExit(code)


def _end(error: MutuError) -> NoReturn:
    typer.echo(say(error), err=True)
    raise SystemExit(error.exit_code)


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


def _take_language(arguments: list[str]) -> tuple[list[str], str]:
    """Split --lang LANG (anywhere on the line) from the rest."""
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
            raise SettingError(N_("There is no language «{language}». Use --lang id or --lang en."), language=language)
    return rest, language


def _utf8() -> None:
    """Old Windows consoles use a code page; what they cannot show must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")

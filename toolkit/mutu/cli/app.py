"""The program `mutu`: the language it speaks, and how errors reach a person.

Only Python itself is imported here before the errors are caught: a missing package gets its sentence too.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

from mutu.errors import N_, MutuError, SettingError, Stopped
from mutu.locale import LANGUAGES, current, say, use

# most of what a command makes lives until it ends: looking for garbage as often as usual is a tenth of its time
_SELDOM = 20_000


def main() -> None:
    """Run the program; an error ends it with its sentence on stderr and its exit code."""
    _utf8()
    gc.set_threshold(_SELDOM)
    try:
        arguments, language = _take_language(sys.argv[1:])
    except MutuError as error:
        _end(error)
    with use(language):
        try:
            from mutu.cli.nouns import run

            code = run(arguments)
        except MutuError as error:
            _end(error)
        except ImportError as error:
            _end(_missing(error))
        except KeyboardInterrupt:
            _end(Stopped())
    raise SystemExit(code)


def _missing(error: ImportError) -> MutuError:
    from mutu.serve import parts

    found = parts.explained(error)
    if found is None:
        raise error
    return found


def _end(error: MutuError) -> NoReturn:
    sys.stderr.write(_sentence(error) + "\n")
    raise SystemExit(error.exit_code)


def _sentence(error: MutuError) -> str:
    try:
        return say(error)
    except ImportError:  # babel makes the catalogues of a checkout, and may be what is missing
        return str(error)


def _take_language(arguments: list[str]) -> tuple[list[str], str]:
    """Split --lang LANG (anywhere on the line) from the rest; without it MUTU_LANG decides."""
    rest, given = [], None
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            given = _known(next(words, ""))
        elif word.startswith("--lang="):
            given = _known(word.partition("=")[2])
        else:
            rest.append(word)
    return rest, given or _set_outside()


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise SettingError(N_("There is no language «{language}». Use --lang id or --lang en."), language=language)
    return language


def _set_outside() -> str:
    wished = os.environ.get("MUTU_LANG")
    if wished and wished not in LANGUAGES:
        raise SettingError(
            N_("There is no language «{language}», which MUTU_LANG asks for. Set MUTU_LANG to id or en."),
            language=wished,
        )
    return current()


def _utf8() -> None:
    """Old Windows consoles use a code page; what they cannot show must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")

"""The next step, said at the end of a command of `mutu course`, as it is typed."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import typer

from mutu.locale import _


def place(course_dir: Path | None, dir_: str | None) -> tuple[str, ...]:
    """The options that name the course, as they were given."""
    given = (("--course-dir", course_dir), ("--dir", dir_))
    return tuple(word for option, value in given if value is not None for word in (option, str(value)))


def command(*words: str) -> str:
    """A command of this noun as it is typed, with quotes where a name needs them."""
    return f"mutu course {' '.join(map(_for_windows, words)) if os.name == 'nt' else shlex.join(words)}"


def _for_windows(word: str) -> str:
    """Quoted where PowerShell or cmd would take a sign for its own: brackets, commas, ampersands, not only spaces."""
    if re.fullmatch(r"[\w./:\\=+-]+", word):
        return word
    behind = "\\" if word.endswith("\\") else ""  # one before the quotation mark would belong to it
    return f'"{word}{behind}"'


def typed(*words: str) -> str:
    """The same within a sentence."""
    return f"`{command(*words)}`"


def say(step: str) -> None:
    """One line with the step."""
    typer.echo(_("Next: {command}").format(command=step))

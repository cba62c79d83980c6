"""The next step, said at the end of a command of `mutu course`, as it is typed."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import typer

from mutu.locale import _, integer, ngettext


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


def say_points(count: int, then: str) -> None:
    """One line with the step where submissions wait for points by hand, and what comes after it."""
    said = ngettext(
        "Next: in formgrader, under Manual Grading, give the points of {count} submission; then {command}",
        "Next: in formgrader, under Manual Grading, give the points of {count} submissions; then {command}",
        count,
    )
    typer.echo(said.format(count=integer(count), command=then))


def say_unfinished(module: str, where: tuple[str, ...], *, ungraded: int, by_hand: int) -> bool:
    """Say the step where a module is not done; False where nothing of it waits.

    Parameters
    ----------
    module : as it is typed
    where : the options that name the course
    ungraded : submissions that wait for grading
    by_hand : submissions that wait for points by hand
    """
    if ungraded:
        say(typed("grade", module, *where))
    elif by_hand:
        say_points(by_hand, typed("feedback", module, *where))
    return bool(ungraded or by_hand)

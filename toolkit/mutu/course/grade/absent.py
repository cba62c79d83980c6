"""Packages that a submission imports and this computer does not have: what leans on them cannot be right here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutu.course.grade.loading import is_installed
from mutu.course.grade.mend import Question
from mutu.course.grade.mend.notes import named
from mutu.course.grade.names import Text
from mutu.course.grade.taking import Taking
from mutu.errors import N_

_ABSENT = N_(
    "It imports what is not installed here: {packages}. What uses it got no points. Check the spelling; if the package "
    "is right, install it and run this once more with --force, or give the points yourself."
)


def absent(taking: Taking) -> list[Question]:
    """Ask about packages that cells of a notebook import, of which a room said that there are none."""
    packages = sorted(_absent(taking))
    return [Question("absent", _ABSENT, {"packages": named(packages)})] if packages else []


def _absent(taking: Taking) -> Iterator[str]:
    outputs = (output for at in taking.code for output in taking.shown(at).outputs)
    said = [str(output["evalue"]) for output in outputs if output.get("ename") == "ModuleNotFoundError"]
    if not said:
        return
    own = (taking.notebook["cells"][at]["source"] for at in taking.code if at not in taking.tests)
    for top in {module.partition(".")[0] for source in own for module in Text(source).modules}:
        if any(re.search(rf"'{top}[.']", each) for each in said) and not is_installed(top):
            yield top

"""`mutu course insight`: one page on which a trainer sees in five minutes how a module went."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutu.cli.course_next import place, say, say_unfinished, typed
from mutu.cli.course_place import CourseDir, folders
from mutu.cli.program import Json, Noun, Workspace
from mutu.errors import N_, SettingError
from mutu.locale import _, integer

if TYPE_CHECKING:
    from mutu.course.outcome.insight import Insight

Which = Annotated[
    str,
    typer.Argument(
        metavar=N_("MODULE"), help=N_("Folder of a module, or its number, for instance 02; or an assignment")
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar=N_("FILE.html|FOLDER"), help=N_("Where the page is put; must be given without --json")
    ),
]

_PAGES = (".html", ".htm")


def register(noun: Noun) -> None:
    """Add the command to `mutu course`."""
    noun.verb(N_("Make a page for the trainer: marks, tasks, frequent mistakes, who needs help."))(insight)


def insight(
    module: Which, out: Out = None, course_dir: CourseDir = None, dir_: Workspace = None, as_json: Json = False
) -> None:
    """Write the page, or print what stands on it with --json, or both."""
    from mutu.course.outcome.insight import insight as look
    from mutu.course.outcome.insight import page

    if out is None and not as_json:
        raise SettingError(N_("--out is missing: name a file or a folder, for instance --out wawasan.html."))
    if out is not None:
        _check(out)
    found = look(folders(course_dir, dir_), module)
    file = None if out is None else _file(out, found.course.module)
    if file is not None:
        _write(file, page(found, today=date.today()))
    if file is None or as_json:
        document = found.as_json() | {"file": str(file) if file else None}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    typer.echo(_said(found, file))
    where = place(course_dir, dir_)
    if not say_unfinished(module, where, ungraded=len(found.course.ungraded), by_hand=len(found.by_hand)):
        say(typed("certificate", module, "--out", "sertifikat", *where))


def _said(found: Insight, file: Path) -> str:
    said = _(
        "{module}: {handed_in} of {people} handed in, {by_hand} wait for points by hand, {behind} need help. The page "
        "is {file}."
    )
    line = said.format(
        module=found.course.module, handed_in=integer(found.handed_in), people=integer(len(found.course.people)),
        by_hand=integer(len(found.by_hand)), behind=integer(len(found.behind)), file=file,
    )  # fmt: skip
    waiting = len(found.course.ungraded)
    if not waiting:
        return line
    not_yet = _("Not graded yet: {count}, newer versions of graded work among them: {newer}.")
    return f"{line} {not_yet.format(count=integer(waiting), newer=integer(len(found.newer)))}"


def _check(out: Path) -> None:
    """Refuse the name of a file of another kind, which would become a folder."""
    if out.suffix[1:].isalpha() and out.suffix.lower() not in _PAGES and not out.is_dir():
        raise SettingError(
            N_("{file} is neither a page nor a folder. Let the name end in .html, or name a folder."), file=out
        )


def _file(out: Path, module: str) -> Path:
    return out if out.suffix.lower() in _PAGES and not out.is_dir() else out / f"wawasan-{module}.html"


def _write(file: Path, text: str) -> None:
    from mutu.report.folder import publish, stage

    with stage(file.parent) as made:
        (made / file.name).write_text(text, encoding="utf-8")
        publish(made, file.parent, [file.name])

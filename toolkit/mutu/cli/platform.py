"""Commands for the whole platform: start, backup, restore, doctor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from mutu.cli.program import Json, Noun, Workspace
from mutu.errors import N_
from mutu.locale import _, integer, number

_MEGABYTE = 10**6

Port = Annotated[
    int | None,
    typer.Option("--port", metavar=N_("NUMBER"), help=N_("Port to listen at (else 8888 or the next free one)")),
]
Quiet = Annotated[bool, typer.Option("--no-browser", help=N_("Do not open the browser"))]
Out = Annotated[Path, typer.Argument(metavar=N_("OUT.zip"), help=N_("File to write"))]
File = Annotated[Path, typer.Argument(metavar=N_("FILE.zip"), help=N_("File that mutu backup wrote"))]
Replace = Annotated[
    bool, typer.Option("--replace", help=N_("Also into a folder that has files, which is kept under another name"))
]


def register(program: Noun) -> None:
    """Add the commands to the program."""
    program.verb(N_("Open the platform: lessons, grading and self-assessment behind one link."))(start)
    program.verb(N_("Copy the whole workspace into one file, also while mutu runs."))(backup)
    program.verb(N_("Bring a workspace back from a backup."))(restore)
    program.verb(N_("Say what this computer can and cannot do."))(doctor)


def start(port: Port = None, no_browser: Quiet = False, dir_: Workspace = None) -> None:
    """Run the platform until it is stopped."""
    from mutu.serve import start as platform

    platform.start(platform.Wishes(folder=dir_, port=port, browser=not no_browser), say=typer.echo)


def backup(out: Out, dir_: Workspace = None) -> None:
    """Write the backup, and say what was left out of it."""
    from mutu.serve import archive, workspace

    copied = archive.backup(workspace.locate(dir_), out)
    typer.echo(
        _("{files} files ({size} MB) were copied into {out}.").format(
            files=integer(copied.files), size=number(copied.size / _MEGABYTE, 1), out=copied.file
        )
    )
    if copied.left_out:
        typer.echo(_("Links and devices are not copied:"), err=True)
        for name in copied.left_out:
            typer.echo(f"    {name}", err=True)


def restore(file: File, dir_: Workspace = None, replace: Replace = False) -> None:
    """Unpack a backup, and name what has to be looked at before it is used again."""
    from mutu.serve import restore as backups
    from mutu.serve import workspace

    place = workspace.locate(dir_)
    kept = backups.restore(file, place, replace=replace)
    typer.echo(_("The workspace is in {folder}.").format(folder=place.root))
    for program in sorted(place.root.rglob(f"*{backups.ASIDE}")):
        typer.echo(
            _(
                "Settings of your own from the backup are in {file}; they are used once you have looked at them and "
                "removed «{end}» from the name."
            ).format(file=program, end=backups.ASIDE)
        )
    if kept:
        typer.echo(_("What was there before is kept in {folder}.").format(folder=kept))


def doctor(as_json: Json = False, dir_: Workspace = None) -> None:
    """Print what was found; ends with 1 when something is bad."""
    from mutu.serve import doctor as machine
    from mutu.serve import workspace

    found = machine.examine(workspace.locate(dir_))
    if as_json:
        findings = [{"name": item.name, "state": item.state, "text": item.text} for item in found]
        typer.echo(json.dumps({"findings": findings}, ensure_ascii=False, indent=1))
    else:
        signs = {"good": _("good"), "note": _("note"), "bad": _("bad")}
        for item in found:
            typer.echo(f"[{signs[item.state]}] {item.text}")
    if any(item.state == "bad" for item in found):
        raise SystemExit(1)

"""Commands for the whole platform: start, backup, restore, doctor."""

# annotations stay objects here: the options' help is translated when the program is built, which strings cannot be

import json as jsons
from pathlib import Path
from typing import Annotated

import typer

from mutu.locale import _, integer, number

_MEGABYTE = 10**6


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    folder = typer.Option(
        "--dir", help=_("Workspace (else MUTU_HOME, else mutu-kerja in this folder)"), show_default=False
    )
    port = typer.Option("--port", help=_("Port to listen at (else 8888 or the next free one)"), show_default=False)
    quiet = typer.Option("--no-browser", help=_("Do not open the browser"))
    out = typer.Argument(metavar="OUT.zip", help=_("File to write"), show_default=False)
    file = typer.Argument(metavar="FILE.zip", help=_("File that mutu backup wrote"), show_default=False)
    replace = typer.Option("--replace", help=_("Also into a folder that has files, which is kept under another name"))
    json = typer.Option("--json", help=_("One JSON document instead of text"))

    @program.command(help=_("Open the platform: lessons, grading and self-assessment behind one link."))
    def start(
        port: Annotated[int | None, port] = None,
        no_browser: Annotated[bool, quiet] = False,
        dir_: Annotated[str | None, folder] = None,
    ) -> None:
        from mutu.serve.start import Wishes
        from mutu.serve.start import start as run

        run(Wishes(folder=dir_, port=port, browser=not no_browser), say=typer.echo)

    @program.command(help=_("Copy the whole workspace into one file, also while mutu runs."))
    def backup(out: Annotated[Path, out], dir_: Annotated[str | None, folder] = None) -> None:
        _backup(out, dir_)

    @program.command(help=_("Bring a workspace back from a backup."))
    def restore(
        file: Annotated[Path, file],
        dir_: Annotated[str | None, folder] = None,
        replace: Annotated[bool, replace] = False,
    ) -> None:
        _restore(file, dir_, replace)

    @program.command(help=_("Say what this computer can and cannot do."))
    def doctor(json: Annotated[bool, json] = False, dir_: Annotated[str | None, folder] = None) -> None:
        _doctor(json, dir_)


def _backup(out: Path, folder: str | None) -> None:
    from mutu.serve import archive, workspace

    copied = archive.backup(workspace.locate(folder), out)
    typer.echo(
        _("{files} files ({size} MB) were copied into {out}.").format(
            files=integer(copied.files), size=number(copied.size / _MEGABYTE, 1), out=copied.file
        )
    )
    if copied.left_out:
        typer.echo(_("Links and devices are not copied:"), err=True)
        for name in copied.left_out:
            typer.echo(f"    {name}", err=True)


def _restore(file: Path, folder: str | None, replace: bool) -> None:
    from mutu.serve import workspace
    from mutu.serve.restore import ASIDE, restore

    place = workspace.locate(folder)
    kept = restore(file, place, replace=replace)
    typer.echo(_("The workspace is in {folder}.").format(folder=place.root))
    for program in sorted(place.root.rglob(f"*{ASIDE}")):
        typer.echo(
            _("{file} is a program and not in force. Read it; take it into use by removing «{end}».").format(
                file=program, end=ASIDE
            )
        )
    if kept:
        typer.echo(_("What was there before is kept in {folder}.").format(folder=kept))


def _doctor(json: bool, folder: str | None) -> None:
    from mutu.serve import doctor, workspace

    found = doctor.examine(workspace.locate(folder))
    if json:
        findings = [{"name": item.name, "state": item.state, "text": item.text} for item in found]
        typer.echo(jsons.dumps({"findings": findings}, ensure_ascii=False, indent=1))
    else:
        signs = {"good": _("good"), "note": _("note"), "bad": _("bad")}
        for item in found:
            typer.echo(f"[{signs[item.state]}] {item.text}")
    if any(item.state == "bad" for item in found):
        raise SystemExit(1)

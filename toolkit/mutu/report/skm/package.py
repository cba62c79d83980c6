"""The files of a survey's report, written together or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from mutu.errors import N_, WorkspaceError, reason
from mutu.measure import skm
from mutu.report import excel, pdf, poster, word
from mutu.report.office import Office
from mutu.report.skm.chapters import report
from mutu.report.skm.facts import Facts
from mutu.responses.survey import Survey

FILES = {
    "docx": "laporan-skm.docx",
    "pdf": "laporan-skm.pdf",
    "xlsx": "rekap-skm.xlsx",
    "poster_pdf": "poster-ikm.pdf",
    "poster_png": "poster-ikm.png",
}


def write(
    result: skm.IndexResult,
    survey: Survey,
    folder: Path | str,
    *,
    office: Office | None = None,
    previous: skm.IndexResult | skm.SavedResult | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> dict[str, Path]:
    """Write the report of a survey: Word, PDF, Excel recap, poster as PDF and PNG, in the language in use.

    Parameters
    ----------
    result : the index of `survey`
    survey : the answers as read
    folder : where the files go; made when it is not there, files of an earlier report are replaced
    office : who reports; what it does not say is left to fill in
    previous : result of an earlier period to compare with
    tell : called with how many files are made, and of how many, before each step and after the last

    Returns
    -------
    Path of each file by its kind: "docx", "pdf", "xlsx", "poster_pdf", "poster_png"

    Raises
    ------
    WorkspaceError : the folder cannot be written, or a file is in use; then nothing in it has changed
    """
    change = skm.change(result, previous) if previous is not None else None
    facts = Facts(result, survey, office or Office(), change)
    target = Path(folder)
    with _stage(target) as stage:
        for made in _make(facts, stage):
            if tell is not None:
                tell(made, len(FILES))
        _publish(stage, target)
    return {kind: target / name for kind, name in FILES.items()}


def _make(facts: Facts, stage: Path) -> Iterator[int]:
    """Make the files one after the other; says after each step how many there are."""
    yield 0
    document = report(facts)
    pages = pdf.write(document, stage / FILES["pdf"])
    yield 1
    word.write(document, stage / FILES["docx"], pages=pages)
    yield 2
    excel.write(facts, stage / FILES["xlsx"])
    yield 3
    poster.write(facts, stage / FILES["poster_pdf"], stage / FILES["poster_png"])
    yield 5


@contextmanager
def _stage(target: Path) -> Iterator[Path]:
    """A folder inside the target in which the files are made; gone afterwards whatever happens."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        stage = Path(mkdtemp(prefix=".mutu-", dir=target))
    except OSError as error:
        raise WorkspaceError(
            N_("The folder {folder} cannot be written ({why}). Choose another one with --out."),
            folder=target,
            why=reason(error),
        ) from None
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _publish(stage: Path, target: Path) -> None:
    """Move all files into place; when one cannot be, put back those that stood there."""
    undo: list[Callable[[], object]] = []
    for name in FILES.values():
        new, old, kept = stage / name, target / name, stage / f"{name}.old"
        try:
            if old.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if old.exists():
                old.replace(kept)
                undo.append(lambda kept=kept, old=old: kept.replace(old))  # type: ignore[misc]
            else:
                undo.append(lambda old=old: old.unlink(missing_ok=True))  # type: ignore[misc]
            new.replace(old)
        except OSError as error:
            for step in reversed(undo):
                step()
            raise WorkspaceError(
                N_("{file} cannot be replaced ({why}). Close it in other programs and try again; nothing was changed."),
                file=old,
                why=reason(error),
            ) from None

"""The files of a survey's report, written together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from mutu.measure import skm
from mutu.report import excel, pdf, poster, word
from mutu.report.folder import publish, stage
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
    with stage(target) as drafts:
        for made in _make(facts, drafts):
            if tell is not None:
                tell(made, len(FILES))
        publish(drafts, target, FILES.values())
    return {kind: target / name for kind, name in FILES.items()}


def _make(facts: Facts, drafts: Path) -> Iterator[int]:
    """Make the files one after the other; says after each step how many there are."""
    yield 0
    document = report(facts)
    pages = pdf.write(document, drafts / FILES["pdf"])
    yield 1
    word.write(document, drafts / FILES["docx"], pages=pages)
    yield 2
    excel.write(facts, drafts / FILES["xlsx"])
    yield 3
    poster.write(facts, drafts / FILES["poster_pdf"], drafts / FILES["poster_png"])
    yield 5

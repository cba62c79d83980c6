"""The files to collect answers of a satisfaction survey with."""

from __future__ import annotations

from pathlib import Path

from mutu.report import questionnaire_pdf, questionnaire_template, questionnaire_word, xlsform
from mutu.report.folder import publish, stage
from mutu.report.office import Office
from mutu.report.questionnaire_sheet import sheet

FILES = {
    "xlsform": "skm-xlsform.xlsx",
    "docx": "kuesioner-skm.docx",
    "pdf": "kuesioner-skm.pdf",
    "template": "isian-skm.xlsx",
}


def write(folder: Path | str, *, office: Office | None = None) -> dict[str, Path]:
    """Write the questionnaire: XLSForm for KoBo and ODK, Word and PDF for paper, Excel to type paper sheets in.

    The XLSForm speaks Indonesian and English, the others the language in use. What people answer is read by
    `mutu.responses.read` with every element known for certain.

    Parameters
    ----------
    folder : where the files go; made when it is not there, files of that name are replaced
    office : whose name stands on the sheet and whose services can be chosen

    Returns
    -------
    Path of each file by its kind: "xlsform", "docx", "pdf", "template"

    Raises
    ------
    WorkspaceError : the folder cannot be written, or a file is in use; then nothing in it has changed
    """
    asks, target = office or Office(), Path(folder)
    paper = sheet(asks)
    with stage(target) as drafts:
        xlsform.write(drafts / FILES["xlsform"], asks)
        questionnaire_word.write(paper, drafts / FILES["docx"])
        questionnaire_pdf.write(paper, drafts / FILES["pdf"])
        questionnaire_template.write(drafts / FILES["template"], asks)
        publish(drafts, target, FILES.values())
    return {kind: target / name for kind, name in FILES.items()}

"""The questionnaire on paper as PDF."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from mutu.report.questionnaire_sheet import PaperSheet
from mutu.report.typesetting import tagged_pdf, typeset


def write(sheet: PaperSheet, path: Path) -> None:
    """Write the sheet as PDF: A4, two pages."""
    with typeset("questionnaire.typ", asdict(sheet), {}) as compiler:
        path.write_bytes(tagged_pdf(compiler))

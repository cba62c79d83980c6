"""A report on answers that a computer made says so wherever it is opened; a report on people's answers never does."""

from __future__ import annotations

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from mutu import responses
from mutu.locale import use
from mutu.measure import skm
from mutu.report import skm as reports
from mutu.report.office import Office

MARKS = {"id": "DATA SINTETIS", "en": "SYNTHETIC DATA"}
ADVICE = {"id": "Jangan publikasikan indeksnya", "en": "Do not publish the index"}


def _write(language, folder, survey):
    with use(language):
        return reports.write(
            skm.score(survey.answers), survey, folder, office=Office(report_url="https://contoh.example")
        )


@pytest.fixture(scope="module", params=["id", "en"])
def made(request, tmp_path_factory):
    """Language and files of the report of a synthetic survey that was read back from a file."""
    folder = tmp_path_factory.mktemp("sintetis")
    with use(request.param):
        responses.synthetic(60, index=76.7, seed=1).write(folder / "survei.xlsx")
    return request.param, _write(request.param, folder, responses.read(folder / "survei.xlsx"))


def _pages(path):
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def test_every_page_of_the_pdf_carries_the_mark_and_the_numbers_stand_behind_a_warning(made):
    language, files = made
    pages = _pages(files["pdf"])
    assert len(pages) > 5
    assert all(MARKS[language] in page for page in pages)
    summary = next(page for page in pages if "76" in page and ADVICE[language] in page)
    assert summary.index(ADVICE[language]) < summary.index("76")
    assert PdfReader(files["pdf"]).metadata.title.startswith(MARKS[language])


def test_the_word_file_carries_it_on_every_page_on_its_cover_and_before_summary_and_conclusion(made):
    language, files = made
    word = docx.Document(files["docx"])
    assert all(MARKS[language] in section.footer.paragraphs[0].text for section in word.sections)
    boxes = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Warning"]
    assert len(boxes) == 3
    assert all(text.startswith(MARKS[language]) and ADVICE[language] in text for text in boxes)


def test_the_recap_shows_it_prints_it_on_every_page_and_is_read_back_as_synthetic(made):
    language, files = made
    book = openpyxl.load_workbook(files["xlsx"])
    assert book.worksheets[0]["A4"].value.startswith(MARKS[language])
    assert all(MARKS[language] in sheet.oddHeader.center.text for sheet in book.worksheets)
    assert responses.read(files["xlsx"], sheet=book.sheetnames[1]).synthetic


def test_the_poster_carries_it_above_everything(made):
    language, files = made
    (page,) = _pages(files["poster_pdf"])
    assert page.startswith(MARKS[language])


def test_too_few_synthetic_answers_have_both_warnings(made, tmp_path):
    language, files = made
    few = responses.read(files["xlsx"].with_name("survei.xlsx"))
    few = type(few)(**{**vars(few), "answers": few.answers.iloc[:8], "profile": few.profile.iloc[:8]})
    files = _write(language, tmp_path, few)
    boxes = [one.text for one in docx.Document(files["docx"]).paragraphs if one.style.name == "Warning"]
    assert [text.startswith(MARKS[language]) for text in boxes] == [True, True, False, True, False]
    assert _pages(files["poster_pdf"])[0].startswith(MARKS[language])


def test_the_report_of_people_carries_no_mark(written):
    _folder, files = written
    for page in [*_pages(files["pdf"]), *_pages(files["poster_pdf"])]:
        assert MARKS["id"] not in page
    book = openpyxl.load_workbook(files["xlsx"])
    assert book.worksheets[0]["A4"].value in (None, "")
    assert all(sheet.oddHeader.center.text is None for sheet in book.worksheets)
    assert "sintetis" not in {cell.value for cell in book.worksheets[1][1]}

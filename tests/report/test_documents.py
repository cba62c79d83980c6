"""Word and PDF say the same, and both can be used: headings, contents, captions, alternative texts, marks."""

from __future__ import annotations

import re
import shutil
import subprocess
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from mutu.report import figures, pdf, word
from mutu.report.document import Bullets, Cover, Document, Figure, Heading, PageBreak, Paragraph, Table

HOSTILE = "#let x = 1 *tebal* $a$ <script>alert(1)</script> =cmd() 😀 مرحبا \\textbf{x} @ref `kode` [b] //"


@pytest.fixture(scope="module")
def files(written, document):
    _folder, paths = written
    return paths["docx"], paths["pdf"], pdf.heading_pages(document)


def _word_texts(path):
    """All texts of the body in reading order, cells included, fields with the value they show."""
    body = docx.Document(path).element.body
    return ["".join(part.text or "" for part in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def _pdf_text(path):
    """The text of the pages without what stands on every page."""
    pages = []
    for page in PdfReader(path).pages:
        lines = page.extract_text().splitlines()
        assert lines[0] == "DRAF – belum ditandatangani"
        pages.append("\n".join(lines[1:-1]))
    return "\n".join(pages)


def _numbers(text):
    return sorted(re.findall(r"\d+(?:[.,]\d+)*", text))


def test_every_number_of_the_word_file_stands_in_the_pdf_and_no_other(files):
    docx_path, pdf_path, _pages = files
    in_word = _numbers("\n".join(_word_texts(docx_path)))
    assert len(in_word) > 250
    assert _numbers(_pdf_text(pdf_path)) == in_word


def test_headings_of_word_and_pdf_are_equal_and_both_navigate(files, document):
    docx_path, pdf_path, _pages = files
    in_word = [
        (int(p.style.name[-1]), p.text) for p in docx.Document(docx_path).paragraphs if p.style.name[:8] == "Heading "
    ]
    assert in_word == [(heading.level, heading.text) for heading in document.headings()]
    assert _outline(PdfReader(pdf_path).outline) == in_word
    assert [text for level, text in in_word if level == 1][1:6] == [
        "I. Pendahuluan",
        "II. Pengumpulan data",
        "III. Hasil pengolahan data",
        "IV. Analisis",
        "V. Kesimpulan",
    ]


def _outline(entries, level=1):
    found = []
    for entry in entries:
        found += _outline(entry, level + 1) if isinstance(entry, list) else [(level, entry.title)]
    return found


def test_contents_are_written_in_with_the_pages_of_the_pdf(files, document):
    docx_path, pdf_path, pages = files
    rows = [
        p for p in docx.Document(docx_path).paragraphs if p.style.name.startswith("TOC ") and "Head" not in p.style.name
    ]
    shown = ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in rows]
    assert shown == [f"{heading.text}{page}" for heading, page in zip(document.headings(), pages, strict=True)]
    texts = [page.extract_text() for page in PdfReader(pdf_path).pages]
    assert all(heading.text in texts[page - 1] for heading, page in zip(document.headings(), pages, strict=True))
    anchors = {tag.get(qn("w:name")) for tag in docx.Document(docx_path).element.body.iter(qn("w:bookmarkStart"))}
    links = [tag.get(qn("w:anchor")) for p in rows for tag in p._p.iter(qn("w:hyperlink"))]
    assert len(links) == len(rows)
    assert set(links) <= anchors


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice lays the Word file out here")
def test_chapters_begin_where_the_contents_say_in_a_word_processor(files, document, tmp_path):
    docx_path, _pdf, pages = files
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(docx_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    laid_out = PdfReader(tmp_path / f"{docx_path.stem}.pdf").pages
    lines = [[line.strip() for line in page.extract_text().splitlines()] for page in laid_out]
    chapters = [
        (heading.text, page) for heading, page in zip(document.headings(), pages, strict=True) if heading.level == 1
    ]
    assert len(chapters) == 7
    found = {text: next(number for number, page in enumerate(lines, 1) if text in page) for text, _page in chapters}
    assert found == dict(chapters)


def test_word_opens_the_file_as_one_of_today(files):
    with ZipFile(files[0]) as archive:
        settings = archive.read("word/settings.xml").decode()
    assert re.search(r'w:name="compatibilityMode"[^>]*w:val="15"', settings)
    assert 'w:percent="100"' in settings  # the standard asks for it


def test_a_table_of_a_few_rows_stays_with_its_note_and_a_picture_begins_where_the_text_begins(files):
    body = docx.Document(files[0]).element.body
    noted = 0
    for table in body.iter(qn("w:tbl")):
        note = table.getnext()
        if note.pPr is None or note.pPr.pStyle is None or not "".join(part.text or "" for part in note.iter(qn("w:t"))):
            continue
        last = table.findall(qn("w:tr"))[-1]
        kept = [paragraph.pPr.find(qn("w:keepNext")) is not None for paragraph in last.iter(qn("w:p"))]
        noted += note.pPr.pStyle.val == "TableNote" and all(kept)
    assert noted >= 4
    assert all(inline.get("distL") == inline.get("distR") == "0" for inline in body.iter(qn("wp:inline")))


def test_a_place_inside_a_line_is_marked_too(tmp_path):
    document = Document("Judul", "id", None, (Paragraph("Contoh, … tanggal", "sign"),), contents=False)
    word.write(document, tmp_path / "a.docx")
    runs = next(p for p in docx.Document(tmp_path / "a.docx").paragraphs if p.text.startswith("Contoh")).runs
    assert [(run.text, bool(run.italic)) for run in runs] == [("Contoh, ", False), ("… tanggal", True)]


def test_word_does_not_ask_to_update_fields_and_speaks_indonesian(files):
    with ZipFile(files[0]) as archive:
        settings, styles = (archive.read(f"word/{name}.xml").decode() for name in ("settings", "styles"))
    assert "updateFields" not in settings
    assert 'w:val="id-ID"' in styles
    assert "en-US" not in styles.replace('w:eastAsia="en-US"', "")
    assert docx.Document(files[0]).core_properties.language == "id-ID"


def test_tables_repeat_their_header_and_never_split_a_row(files):
    tables = docx.Document(files[0]).tables[1:]  # the first marks the place of the logo
    assert len(tables) > 6
    for table in tables:
        rows = [row._tr.trPr for row in table.rows]
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * (len(rows) - 1)


def test_captions_count_tables_and_figures_each_on_their_own(files):
    captions = [
        "".join(t.text or "" for t in p._p.iter(qn("w:t")))
        for p in docx.Document(files[0]).paragraphs
        if p.style.name == "Caption"
    ]
    for name in ("Tabel", "Gambar"):
        found = [int(re.match(rf"{name} (\d+)\. \S", text)[1]) for text in captions if text.startswith(name)]
        assert found == list(range(1, len(found) + 1))
        assert found


def test_figures_have_alternative_texts_in_word_and_pdf(files, document):
    alts = [block.alt for block in document.blocks if isinstance(block, Figure)]
    assert alts
    assert "Waktu penyelesaian 3,45" in alts[0]
    shown = [tag.get("descr") for tag in docx.Document(files[0]).element.body.iter(qn("wp:docPr"))]
    assert shown == alts  # the place of the logo is a table
    raw = PdfReader(files[1])
    assert sorted(_alts(raw.trailer["/Root"]["/StructTreeRoot"])) == sorted(alts)
    assert raw.trailer["/Root"]["/Lang"] == "id"
    assert raw.trailer["/Root"]["/MarkInfo"]["/Marked"]


def _alts(node):
    node = node.get_object()
    if isinstance(node, list):
        return [alt for kid in node for alt in _alts(kid)]
    if not hasattr(node, "get"):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (_alts(node["/K"]) if "/K" in node else [])


def test_parts_left_to_the_office_are_marked_in_word(files):
    cells = [cell for table in docx.Document(files[0]).tables[1:] for row in table.rows for cell in row.cells]
    left = [cell for cell in cells if cell.text.startswith("…")]
    assert len(left) == 9  # programme, time and person of three elements
    assert all(cell._tc.tcPr.find(qn("w:shd")) is not None for cell in left)


def test_every_page_of_word_says_that_it_is_a_draft_as_the_pdf_does(files):
    sections = docx.Document(files[0]).sections
    assert [section.header.paragraphs[0].text for section in sections] == ["DRAF – belum ditandatangani"] * len(
        sections
    )


def test_hostile_text_arrives_literally_in_both(tmp_path, case):
    png = figures.to_png(figures.elements(case.result))
    document = Document(
        title=HOSTILE,
        language="id",
        cover=Cover(HOSTILE, HOSTILE, (HOSTILE,), HOSTILE),
        blocks=(
            Heading(HOSTILE),
            Paragraph(HOSTILE),
            Bullets((HOSTILE,)),
            Table(HOSTILE, ("a", "b"), ((HOSTILE, "x\x00y\x0bz\ud800"),), "ll"),
            Figure(HOSTILE, png, HOSTILE),
        ),
        mark="DRAF – belum ditandatangani",
    )
    pages = pdf.write(document, tmp_path / "a.pdf")
    word.write(document, tmp_path / "a.docx", pages=pages)
    texts = _word_texts(tmp_path / "a.docx")
    assert sum(HOSTILE in text for text in texts) >= 8
    assert "x y z\ufffd" in texts
    flat = "".join(_pdf_text(tmp_path / "a.pdf").split())
    plain = "".join(HOSTILE.split())
    before, after = plain.split("مرحبا")  # text that runs the other way is extracted in its own order
    assert flat.count(before) >= 7
    assert flat.count(after) >= 7


def test_numbered_lists_begin_anew(tmp_path):
    lists = (Bullets(("a", "b"), numbered=True), PageBreak(), Bullets(("c",), numbered=True))
    document = Document("Judul", "en", None, lists, contents=False)
    word.write(document, tmp_path / "a.docx")
    numbers = [
        p._p.pPr.numPr.numId.val for p in docx.Document(tmp_path / "a.docx").paragraphs if p.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]
    pdf.write(document, tmp_path / "a.pdf")
    assert re.findall(r"\d\.", PdfReader(tmp_path / "a.pdf").pages[1].extract_text()) == ["1."]


def test_a_font_is_embedded_so_that_the_report_looks_the_same_everywhere(files):
    with ZipFile(files[0]) as archive:
        fonts = [name for name in archive.namelist() if name.endswith(".odttf")]
        assert len(fonts) == 3
        assert b"embedRegular" in archive.read("word/fontTable.xml")
        assert "embedTrueTypeFonts" in archive.read("word/settings.xml").decode()

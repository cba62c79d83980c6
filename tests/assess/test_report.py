"""The Word report of an assessment, opened again and read."""

import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from mutu.assess.report import document, write_word
from mutu.instruments import load, read, score
from mutu.locale import use
from mutu.report.document import Figure
from mutu.store import Answer, Record

PEKPPP = load("pekppp")
SECOND = read(Path(__file__).parents[1] / "instruments" / "data" / "second.json")
ROW = [4, 3, 3, 3, 4, 4, 5, 5, 4, 4, 5, 5, 4, 5, 5, 3, 5, 4, 4, 3, 4, 4, 4, 5, 3, 3, 3, 5, 1, 0]
HOSTILE = '<w:t>tebal</w:t> & =1+1 \\textbf{x} {{ 7*7 }} "kutip"\nBaris kedua\x0b\x01'
DAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def record_of(row, **answers):
    given = {str(number): Answer(level) for number, level in enumerate(row, 1)}
    given |= {code.lstrip("i"): answer for code, answer in answers.items()}
    return Record("pekppp", "2025.1", "Kantor Contoh (sintetis)", "", DAY, DAY, given)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.docx"
    record = record_of(ROW, i15=Answer(5, HOSTILE, "Foto «parkir.jpg»"))
    with use("id"):
        write_word(record, score(PEKPPP, record.scores), path)
    return path


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def numbers(column):
    return [Decimal(text.replace(",", ".")) for text in column]


def test_the_answer_and_the_disclaimer_stand_first(written):
    paragraphs = [paragraph.text for paragraph in docx.Document(written).paragraphs]
    text = "\n".join(paragraphs)
    assert "Kantor Contoh (sintetis)" in text
    assert "24 November 2026" in text
    sentence = (
        "Indeks Pelayanan Publik (IPP): 3,70 dari 5, kategori B (baik); bobot indikator menurut berkas yang beredar."
    )
    result = paragraphs.index("1. Hasil", paragraphs.index("Daftar isi") + 2)
    assert sentence in paragraphs[result + 1]
    assert "bukan IPP resmi" in paragraphs[result + 2]
    assert any("Naskah peraturannya sendiri belum dibaca" in paragraph for paragraph in paragraphs)


def test_the_table_of_aspects_adds_up_to_the_index(written):
    table = next(t for t in docx.Document(written).tables if t.rows[0].cells[0].text == "Aspek")
    rows = cells(table)
    assert [row[2] for row in rows[1:-1]] == ["3,79", "4,70", "4,01", "4,30", "3,60", "0,50"]
    assert rows[-1] == ["Jumlah", "100", "3,70", "3,6994"]
    added = numbers([row[3] for row in rows[1:-1]])
    assert sum(added) == Decimal("3.6994")
    for weight, index, part in zip(
        numbers([row[1] for row in rows[1:-1]]), numbers([row[2] for row in rows[1:-1]]), added, strict=True
    ):
        assert weight * index / 100 == part


def test_equal_weights_add_up_too():
    with use("en"):
        result = score(PEKPPP, record_of([1, 0, 0, 0, 0, 0, 0, 0, 0] + [1] * 21).scores, "equal")
        shown = result.shown_contributions()
        assert sum(shown) == Decimal(str(round(float(result.index), 4)))
        assert all(
            abs(part - Decimal(float(a.contribution))) <= Decimal("0.0001")
            for part, a in zip(shown, result.aspects, strict=True)
        )


def test_every_item_has_its_score_and_the_level_it_reached(written):
    rows = [row for table in docx.Document(written).tables for row in cells(table) if len(row) == 5]
    listed = {row[0].split(".")[0]: row for row in rows if row[3].isdigit() and row[2].isdigit()}
    assert [int(listed[str(number)][2]) for number in range(1, 31)] == ROW
    assert listed["30"][1] == "Belum ada"
    assert sum(numbers([row[4] for row in listed.values()])) == Decimal("3.6994")


def test_the_next_steps_say_what_the_next_level_asks_for(written):
    table = next(t for t in docx.Document(written).tables if "Sekarang" in cells(t)[0])
    rows = cells(table)
    assert rows[1][:4] == [
        "30. Sumber daya untuk keberlanjutan inovasi", "0", "Tingkat 1: Baru ada rancangan payung hukum", "0,060",
    ]  # fmt: skip
    assert len(rows) == 11
    assert rows[1][4].startswith("…")  # left for the office, never invented


def test_what_the_office_wrote_stays_text(written):
    paragraphs = [paragraph.text.strip() for paragraph in docx.Document(written).paragraphs]
    assert '<w:t>tebal</w:t> & =1+1 \\textbf{x} {{ 7*7 }} "kutip"' in paragraphs
    assert "Baris kedua" in paragraphs
    assert "Bukti: Foto «parkir.jpg»" in paragraphs
    assert any(
        p.startswith("Bernilai di atas 0, tetapi buktinya belum dicatat: 1, 2, 3") and " 15," not in p
        for p in paragraphs
    )


def test_the_picture_can_be_heard(written):
    with zipfile.ZipFile(written) as package:
        xml = package.read("word/document.xml").decode()
    assert 'descr="Indeks setiap aspek pada skala 0 sampai 5, mulai dari yang terlemah: ' in xml


def test_both_conventions_and_all_sources_are_named(written):
    text = "\n".join(cell for table in docx.Document(written).tables for row in cells(table) for cell in row)
    assert "Bobot indikator menurut berkas yang beredar (dipakai di sini)" in text
    assert "Bobot indikator sama rata" in text
    assert "3,68" in text
    for source in PEKPPP.sources:
        assert source.title in text


def test_an_unfinished_assessment_says_what_is_missing(tmp_path):
    record = record_of(ROW[:20])
    with use("en"):
        write_word(record, score(PEKPPP, record.scores), tmp_path / "r.docx")
    word = docx.Document(tmp_path / "r.docx")
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "not computed yet, 10 of 30 items have no answer" in text
    assert "21, 22, 23, 24, 25, 26, 27, 28, 29, 30" in text
    rows = cells(next(t for t in word.tables if t.rows[0].cells[0].text == "Aspect"))
    assert rows[-1][2:] == ["–", "–"]
    assert "Of the items answered so far: what raises the index most" in text


def test_the_steps_of_a_finished_assessment_are_of_all_items(written):
    text = "\n".join(paragraph.text for paragraph in docx.Document(written).paragraphs)
    assert "Yang paling menaikkan indeks" in text
    assert "Dari butir yang sudah dijawab" not in text


def test_an_empty_assessment_has_a_report_without_a_picture(tmp_path):
    with use("id"):
        paper = document(Record("pekppp", "2025.1"), score(PEKPPP, {}))
        write_word(Record("pekppp", "2025.1"), score(PEKPPP, {}), tmp_path / "empty.docx")
    assert not [block for block in paper.blocks if isinstance(block, Figure)]
    assert paper.cover.subtitle.startswith("…")
    assert (tmp_path / "empty.docx").stat().st_size > 5_000


def test_another_instrument_needs_no_code(tmp_path):
    record = Record(
        "uji", "1", "x", "panel", DAY, DAY, {c: Answer(n) for c, n in (("a1", 1), ("a2", 2), ("a3", 4), ("b1", 4))}
    )
    with use("en"):
        write_word(record, score(SECOND, record.scores, "panel"), tmp_path / "second.docx")
        text = "\n".join(paragraph.text for paragraph in docx.Document(tmp_path / "second.docx").paragraphs)
    assert "Test Index: 2.96 of 4, category B (fair); by a panel." in text

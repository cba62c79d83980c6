"""Whatever bytes come in: answers, or one of the reader's own sentences, and never a table that fills the memory."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from subprocess import SubprocessError

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey_kit import NAMES, as_csv, as_xlsx, respondents

from mutu.errors import MappingError, ReadError, ScaleError
from mutu.locale import say, use
from mutu.responses import cage, read

WORKBOOK = as_xlsx([NAMES, *respondents(6)])
GIVEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def rebuilt(change) -> bytes:
    """The workbook with its parts changed: name -> content in, name -> content out."""
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in change(parts).items():
            archive.writestr(name, content)
    return out.getvalue()


def sheet_with(cell: bytes) -> bytes:
    """The workbook with a further row in its sheet."""

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        name = next(name for name in parts if name.startswith("xl/worksheets/"))
        return parts | {name: parts[name].replace(b"</sheetData>", cell + b"</sheetData>")}

    return rebuilt(change)


def read_or_refused(data: bytes) -> bool:
    """Whether there are answers, or a sentence that names the file; any other error passes through."""
    try:
        return len(read(data, name="survei").answers) > 0
    except (ReadError, MappingError, ScaleError) as error:
        return "survei" in say(error)


@GIVEN
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    assert read_or_refused(data)


@GIVEN
@given(
    st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"<html", b"sep=;\n"]),
    st.binary(max_size=300),
)
def test_any_bytes_behind_a_known_beginning_are_read_or_refused(mark, data):
    assert read_or_refused(mark + data)


@GIVEN
@given(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255))
def test_a_workbook_with_one_byte_changed_is_read_or_refused(place, value):
    assert read_or_refused(WORKBOOK[:place] + bytes([value]) + WORKBOOK[place + 1 :])


@GIVEN
@given(st.integers(0, len(WORKBOOK)))
def test_a_workbook_cut_anywhere_is_read_or_refused(end):
    assert read_or_refused(WORKBOOK[:end])


@GIVEN
@given(st.lists(st.lists(st.text(max_size=12) | st.integers(-3, 9), max_size=11), max_size=12))
def test_any_table_is_read_or_refused(rows):
    assert read_or_refused(as_csv([*rows, [*NAMES], *rows], encoding="utf-8"))


@GIVEN
@given(st.integers(0, 400), st.integers(0, 255))
def test_an_old_workbook_with_one_byte_changed_is_read_or_refused(place, value):
    data = (Path(__file__).parent / "files" / "good" / "lama.xls").read_bytes()
    step = len(data) // 401
    assert read_or_refused(data[: place * step] + bytes([value]) + data[place * step + 1 :])


def test_an_old_workbook_that_kills_its_parser_kills_a_process_of_its_own():
    data = (Path(__file__).parent / "files" / "good" / "lama.xls").read_bytes()
    place = 142 * (len(data) // 401)  # a size that asks for more memory than there is: the parser aborts
    deadly = data[:place] + bytes([200]) + data[place + 1 :]
    with pytest.raises(SubprocessError):
        cage.said("workbook_child", deadly)
    with pytest.raises(ReadError, match="damaged"):
        read(deadly, name="lama.xls")


@pytest.mark.parametrize(
    "cell",
    [b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', b'<row r="900000"><c r="A900000"><v>1</v></c></row>'],
)
def test_a_cell_in_the_last_corner_is_refused_before_a_table_is_made_of_it(cell):
    with pytest.raises(ReadError, match="reaches to row"):
        read(sheet_with(cell), name="f.xlsx")


def test_formatted_but_empty_rows_far_below_do_no_harm():
    assert len(read(sheet_with(b'<row r="1048576"><c r="XFD1048576" s="1"/></row>')).answers) == 6


def test_a_repeated_cell_of_an_open_document_is_refused():
    content = (
        b'<office:document-content><table:table table:name="A"><table:table-row table:number-rows-repeated="90000">'
        b'<table:table-cell table:number-columns-repeated="400"><text:p>1</text:p></table:table-cell>'
        b"</table:table-row></table:table>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    with pytest.raises(ReadError, match="reaches to row"):
        read(out.getvalue(), name="f.ods")


def test_more_parts_than_a_workbook_has_are_refused():
    with pytest.raises(ReadError, match="unpacks to more"):
        read(rebuilt(lambda parts: parts | {f"x{place}": b"" for place in range(3000)}), name="f.xlsx")


def with_entity(cell: bytes) -> bytes:
    """The workbook with an entity declared in its sheet, and a further row."""

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        name = next(name for name in parts if name.startswith("xl/worksheets/"))
        declared = parts[name].replace(b"<worksheet", b'<!DOCTYPE worksheet [<!ENTITY answer "4">]><worksheet')
        row = b'<row r="8"><c r="A8" t="str"><v>' + cell + b"</v></c></row></sheetData>"
        return parts | {name: declared.replace(b"</sheetData>", row)}

    return rebuilt(change)


def test_entities_are_never_expanded():
    assert read(with_entity(b"4")).answers["U1"].tolist()[6] == 4
    with pytest.raises(ReadError, match="damaged"):
        read(with_entity(b"&answer;"))


def test_a_file_larger_than_the_limit_is_not_even_read(tmp_path):
    file = tmp_path / "large.csv"
    with file.open("wb") as out:
        out.truncate(30 * 2**20)
    with pytest.raises(ReadError, match="larger than 25 MB"):
        read(file)


@pytest.mark.parametrize("rows", [100_001, 5_000_001])
def test_more_rows_than_the_limit_are_refused(rows):
    with pytest.raises(ReadError, match="reaches to row"):
        read(b"Persyaratan\n" + b"4\n" * rows, name="f.csv")


def test_one_row_of_very_many_columns_is_refused():
    with pytest.raises(ReadError, match="reaches to row"):
        read(b"Persyaratan;" * 200_000, name="f.csv")


ORDERS = st.permutations(range(9))


@GIVEN
@given(
    order=ORDERS,
    answers=st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=3, max_size=12),
    titles=st.integers(0, 3),
    blanks=st.lists(st.integers(1, 12), max_size=3),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_order_of_columns_junk_and_encoding_change_nothing(order, answers, titles, blanks, encoding, delimiter):
    rows: list[list[object]] = [["Rekap hasil survei – unit «A»"], [], ["Periode 2026"]][:titles]
    rows.append(["No", *(NAMES[place] for place in order), "Catatan"])
    first = len(rows)
    rows += [[number, *(row[place] for place in order), "baik – sekali"] for number, row in enumerate(answers, 1)]
    for blank in blanks:
        rows.insert(min(first + blank, len(rows)), [])
    survey = read(as_csv(rows, delimiter, encoding))

    assert [f"U{place}" for place in range(1, 10)] == list(survey.answers)
    assert survey.answers.to_numpy().tolist() == answers
    assert survey.rejected == ()


LIKERT = {
    "Persyaratan": ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    "Prosedur": ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    "Biaya/tarif": ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
    "Sarana dan prasarana": ("Buruk", "Cukup", "Baik", "Sangat baik"),
    "Penanganan pengaduan": (
        "Tidak ada",
        "Ada tetapi tidak berfungsi",
        "Berfungsi kurang maksimal",
        "Dikelola dengan baik",
    ),
}


@GIVEN
@given(
    answers=st.lists(st.lists(st.integers(1, 4), min_size=5, max_size=5), min_size=4, max_size=30),
    style=st.sampled_from(["{}", "{number}. {}", " {} ", "{letter}. {}", "{number} - {}"]),
    upper=st.booleans(),
)
def test_options_in_words_are_the_numbers_they_stand_for(answers, style, upper):
    def said(name: str, answer: int) -> str:
        words = style.format(LIKERT[name][answer - 1], number=answer, letter="abcd"[answer - 1])
        return words.upper() if upper else words

    rows = [[*LIKERT], *[[said(name, answer) for name, answer in zip(LIKERT, row, strict=True)] for row in answers]]
    survey = read(as_csv(rows))

    assert survey.answers[["U1", "U2", "U4", "U9", "U8"]].to_numpy().tolist() == answers

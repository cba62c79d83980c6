"""Which column is an element: what its header asks and what its cells are, and what is said of every other one."""

from __future__ import annotations

import pytest
from survey_kit import NAMES, as_csv, as_xlsx, respondents

from mutu.errors import MappingError
from mutu.locale import use
from mutu.responses import read

CODES = [f"U{number}" for number in range(1, 10)]
PEOPLE = respondents(24)
REMARKS = ["parkir sempit", "antrean lama", "tolong ditambah kursi", "semoga lebih baik"]


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def survey(names, *columns, people=PEOPLE, **options):
    """The elements by name, and further columns: a header and what stands below it, said again as often as needed."""
    head = [*names, *[header for header, _cells in columns]]
    rows = [[*row, *[cells[place % len(cells)] for _header, cells in columns]] for place, row in enumerate(people)]
    return read(as_csv([head, *rows]), name="f.csv", **options)


def without(code: str, header: str) -> tuple[list[str], list[list[int]]]:
    """The nine names with another header for one element, which stands last, so that its place tells nothing."""
    place = CODES.index(code)
    names = [*NAMES[:place], *NAMES[place + 1 :], header]
    return names, [[*row[:place], *row[place + 1 :], row[place]] for row in PEOPLE]


def mapped(found) -> dict[str, tuple[str | None, bool]]:
    return {entry.column: (entry.unsur, entry.sure) for entry in found.mapping}


def said(found, words: str) -> str:
    """The one hint with these words."""
    hints = [hint for hint in found.hints if words in hint]
    assert len(hints) == 1, found.hints
    return hints[0]


@pytest.mark.parametrize(
    ("code", "header"),
    [
        ("U3", "Apakah KTP selesai tepat waktu?"),
        ("U5", "KTP/KK yang jadi, sudah sesuai yang dipesan?"),
        ("U5", "Jenis pelayanan yang diterima sesuai standar"),
        ("U6", "Apakah petugas menguasai pekerjaan?"),
        ("U7", "Bagaimana sikap dan tutur kata petugas loket?"),
        ("U8", "Apakah mudah menyampaikan keluhan lewat nomor HP/WA yang disediakan?"),
        ("U8", "Respons terhadap kritik"),
        ("U8", "Kalau ada keluhan, apakah ditanggapi?"),
        ("U9", "Alamat kantor mudah ditemukan dan tempatnya nyaman"),
        ("U3", "How fast is the service?"),
        ("U6", "How competent are the staff?"),
    ],
)
def test_a_question_answered_on_the_scale_is_an_element_whatever_else_it_mentions(code, header):
    names, rows = without(code, header)
    found = survey(names, people=rows)

    assert mapped(found)[header][0] == code
    assert found.answers[code].tolist() == [row[-1] for row in rows]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Saran", ["Tidak ada"]),
        ("Masukan", ["Baik", "Sangat baik", "Bagus"]),
        ("Keluhan", ["Tidak ada", *REMARKS]),
        ("Pengaduan", ["Tidak ada"]),
        ("Apakah ada keluhan? Sebutkan", ["Tidak ada", "Tidak ada", "parkir sempit"]),
        ("Tuliskan saran Anda untuk sarana dan prasarana", ["Baik", "Cukup", "Tidak ada"]),
        ("Pernahkah Anda mengadu? (1 ya, 2 tidak)", [1, 2, 2]),
        ("Media pengaduan yang Anda ketahui", [1, 2, 3, 4]),
        ("Waktu tunggu (jam)", [1, 2, 4]),
        ("Tidak ada pungli di luar biaya resmi", [3, 4]),
        ("Secara umum, seberapa puas Anda?", [3, 4, 4]),
        ("Perilaku pelaksana (tahun lalu)", [1, 2, 3]),
        ("Petugas yang melayani Anda (kode 1-4)", [1, 2, 3, 4]),
    ],
)
def test_a_column_of_another_kind_never_moves_the_index(header, cells):
    names = [*NAMES[:7], "Penanganan pengaduan", NAMES[8]]
    found = survey(names, (header, cells))

    assert found.answers.to_numpy().tolist() == PEOPLE
    assert mapped(found).get(header, (None, True))[0] is None


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Petugas loket", [1, 2, 3, 4]),
        ("Kesan", [2, 3, 4]),
        ("Loket", [1, 2, 3]),
        ("Saran untuk kami", ["Baik", "Sangat baik"]),
        ("Kepuasan keluarga", [3, 4, 2]),
        ("Tidak ada percaloan", [3, 4]),
        ("Biaya yang dikeluarkan", [1, 2, 3]),
    ],
)
def test_a_column_that_is_left_out_and_holds_answers_is_named(header, cells):
    found = survey(NAMES, (header, cells))

    assert found.answers.to_numpy().tolist() == PEOPLE
    assert any(f"«{header}»" in hint for hint in found.hints)


@pytest.mark.parametrize("header", ["Petugas loket", "Orangnya", "Uang yang dikeluarkan", "Pelayanan petugas kami"])
def test_columns_of_answers_are_asked_about_while_elements_are_missing(header):
    names, rows = without("U4", header)
    with pytest.raises(MappingError, match=rf"«{header}».*U4 Cost.*\"{header}\" = \"U4\""):
        survey(names, people=rows)

    assert survey(names, people=rows, map={header: "U4"}).answers["U4"].tolist() == [row[-1] for row in rows]
    left = survey(names, people=rows, map={NAMES[0]: "U1"})
    assert left.unread == (() if header.startswith("Uang") else (header,))
    assert "U4 Cost" in said(left, "Not asked or not recognised")
    assert any(f"«{header}»" in hint for hint in left.hints)


@pytest.mark.parametrize("header", ["Pengaduan", "Keluhan"])
def test_nothing_below_complaints_is_asked_about_where_no_question_is_about_them(header):
    names, rows = without("U8", header)
    with pytest.raises(MappingError, match=rf"«{header}».*U8"):
        survey(names[:-1], (header, ["Tidak ada"]), people=[row[:-1] for row in rows])


def test_a_column_of_another_kind_is_not_asked_about_when_an_element_was_not_asked():
    names, rows = without("U4", "x")
    people = [row[:-1] for row in rows]
    found = survey(names[:-1], ("Loket", [1, 2, 3]), ("Kategori", ["Baik", "Sangat baik"]), people=people)

    assert "U4" not in found.answers
    assert found.unread == ()
    assert "U4 Cost" in said(found, "Not asked or not recognised")


def test_an_element_that_was_asked_and_left_empty_is_called_empty():
    found = survey(NAMES, people=[[*row[:3], "", *row[4:]] for row in PEOPLE])

    assert "«Biaya/tarif» is empty" in said(found, "Not asked or not recognised")


def test_an_empty_coded_column_is_no_gap_in_the_numbering():
    found = survey(CODES, people=[[*row[:3], "", *row[4:]] for row in PEOPLE])

    assert not any("no question number" in hint for hint in found.hints)
    assert "«U4» is empty" in said(found, "Not asked or not recognised")


@pytest.mark.parametrize(
    ("header", "code"),
    [("Persaratan", "U1"), ("Prosedure", "U2"), ("Wkt penyelesaian", "U3"), ("Byaya", "U4"), ("Prilaku", "U7")],
)
def test_a_misspelt_header_is_read_when_its_cells_are_answers_and_that_is_said(header, code):
    names, rows = without(code, header)
    found = survey(names, people=rows)

    assert mapped(found)[header] == (code, False)
    assert f"«{header}» = {code}" in said(found, "spelt unusually")


@pytest.mark.parametrize("header", ["Saran", "Pengadaan", "Keterangan lain"])
def test_a_word_of_its_own_is_no_slip_of_the_pen(header):
    names, rows = without("U9", "x")
    found = survey(names[:-1], (header, ["baik", *REMARKS]), people=[row[:-1] for row in rows])

    assert mapped(found)[header][0] is None


def test_a_misspelt_header_over_names_is_nothing():
    found = survey(NAMES, ("Kompetensy", ["Wagiman", "Sri", "Slamet", "Legiyem"]))

    assert mapped(found)["Kompetensy"][0] is None
    assert found.answers.to_numpy().tolist() == PEOPLE


@pytest.mark.parametrize(
    ("headers", "sure"),
    [
        (["U1.1 Syarat jelas", "U1.2 Syarat mudah"], True),
        (["1a. Syarat jelas", "1b. Syarat mudah"], True),
        (["Kelengkapan berkas 1", "Kelengkapan berkas 2"], True),
        (["U1 Syarat jelas", "U1 Kelengkapan berkas"], True),
        (["Syarat jelas", "Berkas mudah"], False),
    ],
)
def test_several_questions_form_an_element_and_are_sure_where_the_headers_say_so(headers, sure):
    found = survey([*headers, *NAMES[1:]], people=[[row[0], *row] for row in PEOPLE])

    assert [mapped(found)[header] for header in headers] == [("U1", sure)] * 2
    assert found.answers["U1.1"].tolist() == found.answers["U1.2"].tolist() == [row[0] for row in PEOPLE]


def test_beside_the_official_question_another_one_is_left_out_and_named():
    found = survey(NAMES, ("Kebersihan toilet", [1, 2, 3]))

    assert found.answers.to_numpy().tolist() == PEOPLE
    assert "«Kebersihan toilet»" in said(found, "U9 has a question of its own")
    joined = survey(NAMES, ("Kebersihan toilet", [1, 2, 3]), map={NAMES[8]: "U9", "Kebersihan toilet": "U9"})
    assert {"U9.1", "U9.2"} <= set(joined.answers)


def test_a_coded_column_is_not_displaced_by_a_worded_one():
    found = survey(CODES, ("Tanggapan atas keluhan", [1, 2, 3, 4]), ("Gedung", [1, 2, 3]))

    assert found.answers.to_numpy().tolist() == PEOPLE
    assert "«Tanggapan atas keluhan»" in said(found, "U8 has a question of its own")


def test_worded_columns_win_over_a_copy_of_them_in_codes():
    found = survey([*NAMES, *CODES], people=[[*row, *[1] * 9] for row in PEOPLE])

    assert found.answers.to_numpy().tolist() == PEOPLE
    assert "«U1»" in said(found, "only have a number")


def test_a_stray_column_that_sounds_like_an_element_does_not_change_how_numbers_are_counted():
    numbers = [f"P{place}" for place in (1, 2, 4, 5, 6, 7, 8, 9, 10)]
    found = survey(numbers, ("Gedung", [1, 2, 3]))

    assert found.answers.to_numpy().tolist() == PEOPLE


def test_columns_without_words_are_told_by_the_number_in_front_of_them():
    names = [f"{place}. {name}" for place, name in enumerate([*NAMES[:3], "Gimana", *NAMES[4:]], 1)]
    order = [8, 3, *range(3), *range(4, 8)]
    found = survey([names[place] for place in order], people=[[row[place] for place in order] for row in PEOPLE])

    assert mapped(found)["4. Gimana"] == ("U4", False)
    assert found.answers["U4"].tolist() == [row[3] for row in PEOPLE]


def test_the_last_of_eight_in_order_is_not_taken_for_the_missing_one():
    names = [*NAMES[:3], *NAMES[4:], "Kesan"]

    with pytest.raises(MappingError, match=r"«Kesan».*U4"):
        survey(names)


def test_a_header_that_names_expectations_met_is_perception():
    found = survey([*NAMES[:4], "Hasil layanan sesuai harapan", *NAMES[5:]], ("Harapan atas produk", [4, 4, 3]))

    assert found.answers["U5"].tolist() == [row[4] for row in PEOPLE]
    assert "«Harapan atas produk»" in said(found, "importance or expectation")


def test_blocks_side_by_side_are_refused_even_beside_a_sheet_that_could_be_read():
    head = [["No", "KANTOR A", *[""] * 8, "KANTOR B", *[""] * 8], ["", *NAMES, *NAMES]]
    rows = [[place, *row, *row[::-1]] for place, row in enumerate(PEOPLE, 1)]
    book = as_xlsx([*head, *rows], merged=["B1:J1", "K1:S1"], Ringkas=[NAMES, *PEOPLE[:3]])

    with pytest.raises(MappingError, match=r"side by side \(«KANTOR A», «KANTOR B»\)"):
        read(book, name="f.xlsx")


def test_the_elements_of_the_former_rule_are_refused_by_its_name():
    names = ["Kejelasan petugas", "Kedisiplinan petugas", "Tanggung jawab petugas", "Kepastian biaya"]
    names += ["Kepastian jadwal", "Kenyamanan lingkungan", "Kecepatan pelayanan", "Prosedur pelayanan", "Persyaratan"]

    with pytest.raises(MappingError, match=r"Kepmenpan 25/2004"):
        survey(names)


def test_a_header_said_again_in_the_same_order_is_no_other_order():
    rows = [NAMES, *PEOPLE[:12], [], NAMES, *PEOPLE[12:]]

    assert read(as_csv(rows)).answers.to_numpy().tolist() == PEOPLE


def test_a_column_of_personal_data_stays_unread_whatever_its_header_says():
    found = survey(NAMES, ("Kualitas nomor", [f"0812-0000-00{place:02}" for place in range(24)]))

    assert "Kualitas nomor" not in mapped(found)
    assert "0812" not in str(found)


@pytest.mark.timeout(60)  # what steps back at every letter would go on for hours
@pytest.mark.parametrize("letters", ["a", "(", "1 a ", "0"])
def test_a_hostile_header_costs_one_pass(letters):
    found = survey(NAMES, (letters * (100_000 // len(letters)), [2, 3, 4]))

    assert found.answers.to_numpy().tolist() == PEOPLE


def test_a_number_missing_among_the_codes_is_not_called_unasked_where_its_words_are_read():
    question = "1. Seberapa sesuai persyaratan yang diminta dengan layanan yang Anda urus?"
    found = survey([question, *(f"survei/isi/u{number}_x" for number in range(2, 10))])

    assert set(found.answers) == set(CODES)
    assert not any("no question number" in hint for hint in found.hints)

"""What offices hand in, as a tester met it: nothing silently dropped, nothing taken for sure that is not."""

from __future__ import annotations

import io

import openpyxl
import pytest
from survey_kit import NAMES, as_csv, as_xlsx, respondents

from mutu.errors import ReadError, ScaleError
from mutu.locale import use
from mutu.measure import skm
from mutu.responses import read, read_as

CODES = [f"U{number}" for number in range(1, 10)]


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def workbook(rows, change) -> bytes:
    """Rows as a workbook, changed with openpyxl before it is saved."""
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def said(survey, words: str) -> str:
    """The one hint with these words."""
    found = [hint for hint in survey.hints if words in hint]
    assert len(found) == 1, survey.hints
    return found[0]


def test_an_element_whose_answers_nobody_knows_is_refused_and_not_taken_as_not_asked():
    rows = [[*row[:7], ["Entah", "Lapor saja"][row[0] % 2], row[8]] for row in respondents(30)]

    with pytest.raises(ReadError, match=r"«Pengaduan».*«Entah».*so U8 cannot be computed"):
        read(as_csv([NAMES, *rows]), name="f.csv")


def test_a_column_nobody_understands_is_left_out_where_another_answers_for_its_element():
    rows = [[*row, ["Entah", "Baru"][row[0] % 2]] for row in respondents(30)]
    survey = read(as_csv([[*NAMES, "Keadaan sarana"], *rows]))

    assert [mapped.unsur for mapped in survey.mapping if mapped.column == "Keadaan sarana"] == [None]
    assert list(survey.answers.columns) == CODES
    assert "«Keadaan sarana»" in said(survey, "no answers to a question")


def test_options_that_are_not_known_are_counted_and_named_in_a_hint():
    words = {2: "Sulit dipenuhi", 3: "Mudah", 4: "Sangat mudah"}
    rows = [[words[row[0]], *row[1:]] for row in respondents(30)]
    missing = sum(row[0] == "Sulit dipenuhi" for row in rows)

    hint = said(read(as_csv([NAMES, *rows])), "words that are not known")
    assert hint.startswith(f"{missing} answers")
    assert f"«Sulit dipenuhi» ({missing})" in hint


def test_slow_is_worse_than_somewhat_slow():
    column = ["Lambat", "Agak lambat", "Cepat", "Sangat cepat"] * 3
    survey = read(as_csv([["Waktu penyelesaian"], *[[cell] for cell in column]]))

    assert survey.answers["U3"].tolist() == [1, 2, 3, 4] * 3


@pytest.mark.parametrize(
    "options",
    ["STP TP P SP", "TP KP P SP", "STS TS S SS", "TS KS S SS", "TB KB B SB", "KB CB B SB"],
)
def test_abbreviated_options_are_read_as_the_words_they_stand_for(options):
    short = options.split()
    rows = [[short[value - 1] for value in row] for row in [*respondents(20), *[[1] * 9] * 4]]
    survey = read(as_csv([NAMES, *rows]))

    assert survey.answers.to_numpy().tolist() == [*respondents(20), *[[1] * 9] * 4]


def test_five_abbreviated_options_are_another_scale():
    rows = [[["STP", "TP", "CP", "P", "SP"][(row + column) % 5] for column in range(9)] for row in range(20)]

    with pytest.raises(ScaleError, match="CP"):
        read(as_csv([NAMES, *rows]))


def test_agreeing_with_something_bad_is_a_hint():
    rows = [[["Tidak setuju", "Setuju", "Sangat setuju"][value - 2] for value in row] for row in respondents(20)]

    assert "«Prosedur berbelit»" in said(
        read(as_csv([["Syarat mudah", "Prosedur berbelit", *NAMES[2:]], *rows])), "state something bad"
    )


def test_a_formula_without_its_value_is_a_rejected_cell_and_a_hint():
    def formula(book):
        book["Data"]["C4"] = "=1+2"

    survey = read(workbook([NAMES, *respondents(30)], formula))

    assert [(cell.row, cell.column, cell.value) for cell in survey.rejected] == [(4, "Waktu penyelesaian", "=…")]
    assert "not stored" in survey.rejected[0].reason
    assert said(survey, "formulas").startswith("1 formula")
    assert "«Waktu penyelesaian»" in said(survey, "formulas")


@pytest.mark.parametrize("columns", ["C", "BCDEFGHIJ"])
def test_answers_that_are_all_formulas_without_values_are_no_element_that_was_not_asked(columns):
    def formulas(book):
        for column in columns:
            for row in range(2, 32):
                book["Data"][f"{column}{row}"] = "=1+2"

    rows = [["No", *CODES], *[[place, *row] for place, row in enumerate(respondents(30), 1)]]
    with pytest.raises(ReadError, match=r"«U[12]» holds formulas whose values are not stored"):
        read(workbook(rows, formulas), name="f.xlsx")


def test_totals_below_that_are_formulas_without_values_stay_totals():
    def totals(book):
        book["Data"].append(["Jumlah", *[f"=SUM({column}2:{column}31)" for column in "BCDEFGHIJ"]])

    rows = [["No", *CODES], *[[place, *row] for place, row in enumerate(respondents(30), 1)]]
    survey = read(workbook(rows, totals))

    assert len(survey.answers) == 30
    assert [(cell.row, cell.column) for cell in survey.rejected] == [(32, None)]


@pytest.mark.timeout(60)  # what steps back at every tag would go on for hours
def test_hostile_cells_cost_one_pass():
    from mutu.responses.workbook import marks

    sheet = b"<c " + b' r="A1"' * 500_000 + b'<c r="A1"><f>' * 200_000 + b'<row hidden="1" ' + b' r="1"' * 200_000
    rels = b'<Relationships><Relationship Id="r" Target="worksheets/s.xml"/></Relationships>'
    parts = {
        "xl/workbook.xml": b'<sheets><sheet name="S" r:id="r"/></sheets>',
        "xl/_rels/workbook.xml.rels": rels,
        "xl/worksheets/s.xml": sheet,
    }

    assert marks(parts)["S"].said == {}


def test_hidden_rows_count_and_are_said_to():
    def hide(book):
        for row in (3, 4, 5):
            book["Data"].row_dimensions[row].hidden = True

    survey = read(workbook([NAMES, *respondents(10)], hide))

    assert len(survey.answers) == 10
    assert said(survey, "hidden").startswith("3 rows")


def test_a_hidden_sheet_with_answers_is_named():
    def hide(book):
        book["Lama"].sheet_state = "hidden"

    file = io.BytesIO(as_xlsx([NAMES, *respondents(12)], Lama=[NAMES, *respondents(9)]))
    book = openpyxl.load_workbook(file)
    hide(book)
    out = io.BytesIO()
    book.save(out)
    survey = read(out.getvalue())

    assert survey.sheet == "Data"
    assert "«Lama»" in said(survey, "Only sheet «Data» was read")


def test_the_recap_of_the_regulation_with_sums_below_is_read():
    answers = respondents(12)
    sums = [sum(column) for column in zip(*answers, strict=True)]
    rows = [
        ["Nomor responden", "Nilai unsur pelayanan", *[""] * 8],
        ["", *CODES],
        *[[place, *row] for place, row in enumerate(answers, 1)],
        ["Σ Nilai/unsur", *sums],
        ["NRR/unsur", *[value / 12 for value in sums]],
        ["NRR tertbg/unsur", *[value / 12 * 0.111 for value in sums], "*)", 2.9],
        [*[""] * 9, "**) 83,2"],
        ["IKM unit pelayanan", 83.2],
    ]
    survey = read(as_xlsx(rows))

    assert survey.answers.to_numpy().tolist() == answers
    assert [cell.row for cell in survey.rejected] == [15, 16, 17, 18, 19]


def test_a_column_of_means_is_no_personal_data():
    rows = [[*row, sum(row) / 9] for row in respondents(20)]
    survey = read(as_csv([[*NAMES, "Rata-rata"], *rows]))

    assert "Rata-rata" in [mapped.column for mapped in survey.mapping]
    assert not any("personal" in hint for hint in survey.hints)


def test_codes_over_answers_that_are_none_are_named_as_what_they_are():
    rows = [CODES, *[[f"{25 * value}%" for value in row] for row in respondents(20)]]

    with pytest.raises(ReadError, match=r"«U1» says, for example, «"):
        read(as_csv(rows), name="f.csv")


def test_rupiah_and_minutes_are_no_answers_even_where_half_of_them_are_nought():
    rows = [[50_000 * (row[0] % 2), *row] for row in respondents(20)]
    survey = read(as_csv([["Biaya yang Anda bayar (Rp)", *NAMES], *rows]))

    assert survey.answers["U4"].tolist() == [row[3] for row in respondents(20)]
    assert "(Rp)" in said(survey, "no answers to a question")


def test_noughts_are_asked_about_and_not_sent_to_another_scale():
    with pytest.raises(ScaleError, match="If 0 means that nothing was answered, empty those cells"):
        read(as_csv([CODES, *respondents(20), [0] * 9]))


@pytest.mark.parametrize("names", [CODES, NAMES])
def test_answers_turned_on_their_side_are_told_how_to_be_turned(names):
    table = zip(*respondents(25), strict=True)
    rows = [
        ["Unsur", *[f"R{place}" for place in range(1, 26)]],
        *[[name, *row] for name, row in zip(names, table, strict=True)],
    ]

    with pytest.raises(ReadError, match="Transpose"):
        read(as_csv(rows), name="f.csv")


def test_columns_of_time_and_number_say_what_they_were_read_for():
    rows = [[f"2026-03-02 08:{place:02}:13", place, "B", *row] for place, row in enumerate(respondents(20), 10)]
    survey = read(as_csv([["Timestamp", "Nomor responden", "Kode", *NAMES], *rows]))
    told = {mapped.column: mapped.unsur for mapped in survey.mapping}

    assert (told["Timestamp"], told["Nomor responden"], told["Kode"]) == ("waktu", "id", None)
    assert read_as("waktu")
    assert read_as("id")
    assert read_as("U1") is None


def test_a_group_is_called_as_most_people_call_it():
    kinds = ["LAYANAN A", "layanan a", "Layanan A", "Layanan A", "layanan b", "Layanan B"] * 4
    rows = [[kind, *row] for kind, row in zip(kinds, respondents(24), strict=True)]
    survey = read(as_csv([["Jenis layanan", *NAMES], *rows]))

    assert set(survey.profile["layanan"]) == {"Layanan A", "Layanan B"}


def test_the_index_of_a_mixed_file_is_that_of_its_counts():
    survey = read(as_csv([NAMES, *respondents(40)]))
    total = sum(map(sum, respondents(40)))

    assert float(skm.score(survey.answers)) == pytest.approx(total / 360 * 25)

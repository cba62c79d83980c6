"""Files that are no table of respondents, and answers off the scale: what is said and what to do about it."""

from __future__ import annotations

import re

import pytest
from survey_kit import NAMES, as_csv, as_xlsx, respondents

from mutu.errors import ReadError, ScaleError
from mutu.locale import use
from mutu.responses import read

ANSWERS = respondents(24)


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def ticks(mark, merged, other=""):
    titles = ["No", *(cell for name in NAMES for cell in (name, "", "", ""))]
    rows = [
        [number, *(mark(place) if place == answer else other for answer in row for place in (1, 2, 3, 4))]
        for number, row in enumerate(ANSWERS, 1)
    ]
    sums = ["Jumlah", *(sum(row[column] == place for row in ANSWERS) for column in range(9) for place in (1, 2, 3, 4))]
    columns = [("B", "E"), ("F", "I"), ("J", "M"), ("N", "Q"), ("R", "U"), ("V", "Y"), ("Z", "AC"), ("AD", "AG"),
               ("AH", "AK")]  # fmt: skip
    spans = [f"{first}1:{last}1" for first, last in columns] if merged else []
    return as_xlsx([titles, ["", *[1, 2, 3, 4] * 9], *rows, sums], merged=spans)


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("mark", "formula"),
    [(lambda _place: "x", '=MATCH("x",B3:E3,0)'), (lambda _place: "√", '=MATCH("√",B3:E3,0)'),
     (lambda _place: 1, "=MATCH(1,B3:E3,0)"), (lambda place: place, "=SUM(B3:E3)")],
)  # fmt: skip
def test_a_column_per_answer_is_refused_with_the_formula_that_mends_it(mark, formula, merged):
    with pytest.raises(ReadError) as refused:
        read(ticks(mark, merged), name="centang.xlsx")

    assert "centang.xlsx" in str(refused.value)
    assert formula in str(refused.value)


def test_ones_among_noughts_are_ticks():
    with pytest.raises(ReadError, match="MATCH"):
        read(ticks(lambda _place: 1, merged=True, other=0))


def test_a_row_per_answer_is_no_respondent():
    rows = [
        [words, *(sum(row[column] == value for row in ANSWERS) for column in range(9))]
        for words, value in (("Sangat baik", 4), ("Baik", 3), ("Kurang baik", 2), ("Tidak baik", 1))
    ]

    with pytest.raises(ReadError, match="counts answers"):
        read(as_csv([["Jawaban", *NAMES], *rows]))


def test_a_table_with_a_row_per_element_is_no_survey():
    rows = [[name, *(sum(row[column] == value for row in ANSWERS) for value in (1, 2, 3, 4)), 24]
            for column, name in enumerate(NAMES)]  # fmt: skip

    with pytest.raises(ReadError, match="lists the elements in rows"):
        read(as_csv([["Unsur", "Tidak baik (1)", "Kurang baik (2)", "Baik (3)", "Sangat baik (4)", "Jumlah"], *rows]))


def test_four_people_with_four_answers_in_words_are_respondents():
    words = ("Tidak baik", "Kurang baik", "Baik", "Sangat baik")
    rows = [[words[(row + column) % 4] for column in range(9)] for row in range(4)]

    assert len(read(as_csv([NAMES, *rows])).answers) == 4


def test_a_recap_to_the_right_does_not_hide_the_answers():
    codes = [f"U{number}" for number in range(1, 10)]
    recap = [[number, name, 2.5] for number, name in enumerate(NAMES, 1)] + [["", "", ""]] * (len(ANSWERS) - 9)
    rows = [[*row, "", *beside] for row, beside in zip(ANSWERS, recap, strict=True)]

    assert read(as_csv([[*codes, "", "No", "Unsur", "Nilai"], *rows])).answers.to_numpy().tolist() == ANSWERS


@pytest.mark.parametrize(
    ("change", "seen"),
    [(lambda answer: answer - 1, "0-3"), (lambda answer: answer + 1, "1-5"), (lambda answer: answer + 2, "1-6"),
     (lambda answer: 25 * answer, "25-100")],
)  # fmt: skip
def test_another_scale_is_named_by_what_stands_in_the_file(change, seen):
    rows = [[change(1 + (row + column) % 4) for column in range(9)] for row in range(24)]

    with pytest.raises(ScaleError, match=f"--scale {seen}"):
        read(as_csv([NAMES, *rows]))


@pytest.mark.parametrize("scale", [None, "1-5"])
def test_codes_for_no_answer_are_not_called_a_scale(scale):
    rows = [list(row) for row in ANSWERS]
    for place, code in enumerate((9, 99, 0, 9, 99, 9)):
        rows[place][place] = code

    with pytest.raises(ScaleError, match="empty those cells"):
        read(as_csv([NAMES, *rows]), scale=scale)


def test_a_question_answered_with_0_throughout_was_not_asked():
    rows = [[*row[:3], 0, *row[4:]] for row in ANSWERS]

    with pytest.raises(ScaleError, match="«Biaya/tarif» is 0"):
        read(as_csv([NAMES, *rows]))


@pytest.mark.parametrize("signs", ["☆★", "🙁🙂"])
def test_signs_are_quoted(signs):
    rows = [[signs[answer % 2] * 2 for answer in row] for row in ANSWERS]

    with pytest.raises(ReadError, match=f"«{signs[0] * 2}»"):
        read(as_csv([NAMES, *rows]))


def test_shares_of_a_hundred_are_no_averages():
    rows = [[answer / 4 for answer in row] for row in ANSWERS]

    with pytest.raises(ReadError, match=r"«0\.5»"):
        read(as_csv([NAMES, *rows]))


def test_the_file_that_locks_a_workbook_names_the_workbook():
    with pytest.raises(ReadError, match=r"The survey is survei\.xlsx"):
        read(b"\x05admin" + b" " * 159, name="~$survei.xlsx")


def test_sheets_with_the_same_columns_are_said_to_be_missing():
    sheets = {"KTP": [NAMES, *ANSWERS[:8]], "Akta": [NAMES, *ANSWERS[:5]], "Rekap": [["Layanan", "IKM"], ["KTP", 80]]}
    file = as_xlsx([NAMES, *ANSWERS], **sheets)
    found = read(file)

    assert len(found.answers) == len(ANSWERS)
    assert "Only sheet «Data» was read (24 rows)" in found.hints[0]
    assert {"«KTP» (8 rows)", "«Akta» (5 rows)"} <= set(re.findall(r"«\w+» \(\d rows\)", found.hints[0]))
    assert "Rekap" not in found.hints[0]
    assert read(file, sheet="KTP").answers.to_numpy().tolist() == ANSWERS[:8]
    assert read(file, sheet="KTP").hints == ()

"""Rows that are no respondents, and respondents that look like none."""

from __future__ import annotations

import pytest
from survey_kit import NAMES, as_csv, as_xlsx

from mutu.errors import MappingError, ScaleError
from mutu.locale import use
from mutu.responses import read

RATINGS = [[4, 3, 3, 4, 3, 4, 4, 2, 3], [3, 3, 3, 3, 4, 3, 4, 1, 3], [3, 4, 2, 4, 3, 3, 3, 2, 4]] * 7
COUNT = len(RATINGS)
PEOPLE = ("Max", "Total", "Jumlah", "Rata", "Min", "Bagus", "Siti")
SCALE = ("Tidak baik", "Kurang baik", "Baik", "Sangat baik")


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def numbered(*rows):
    return [["No", *NAMES], *([number, *row] for number, row in enumerate(RATINGS, 1)), *rows]


def named(*rows):
    people = ([number, PEOPLE[number % 7], *row] for number, row in enumerate(RATINGS, 1))
    return [["No", "Nama", *NAMES], *people, *rows]


def answers(found):
    return found.answers.to_numpy().tolist()


def left_out(found):
    return [(cell.row, cell.value) for cell in found.rejected if cell.column is None]


@pytest.mark.parametrize("label", ["Nilai maksimal", "Skor ideal", "Target", "Standar", "Nilai yang sering muncul",
                                   "Pembulatan", "Nilai terendah", "Patokan kami"])  # fmt: skip
def test_a_label_in_place_of_the_number_is_no_respondent(label):
    found = read(as_csv(numbered([label, *[4] * 9])))

    assert answers(found) == RATINGS
    assert left_out(found) == [(COUNT + 2, label)]


@pytest.mark.parametrize(
    "values",
    [[4] * 9, [max(column) for column in zip(*RATINGS, strict=True)],
     [min(column) for column in zip(*RATINGS, strict=True)]],
)  # fmt: skip
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_limit_in_the_column_of_names_is_no_respondent(values, place):
    header, *rows = named()
    extra = ["", "Batas nilai", *values]
    found = read(as_csv([header, extra, *rows] if place == "above" else [header, *rows, extra]))

    assert answers(found) == RATINGS
    assert left_out(found) == [(2 if place == "above" else COUNT + 2, "Batas nilai")]


def test_people_called_like_totals_count():
    found = read(as_csv(named()))

    assert answers(found) == RATINGS
    assert found.rejected == ()


@pytest.mark.parametrize("name", ["Max", "Jumlah", "Total"])
def test_the_last_one_counts_without_numbers_beside_the_names(name):
    rows = [[person, *row] for person, row in zip(PEOPLE * 3, RATINGS, strict=True)]
    rows[-1][0] = name

    assert answers(read(as_csv([["Nama", *NAMES], *rows]))) == RATINGS


def test_sums_below_a_name_that_is_no_label_are_masked():
    sums = [sum(column) for column in zip(*RATINGS, strict=True)]
    found = read(as_csv(named([COUNT + 1, "Total Hartono", *sums])))

    assert answers(found) == RATINGS
    assert left_out(found) == [(COUNT + 2, "•••")]


@pytest.mark.parametrize(
    "rows",
    [
        [["Keterangan"], ["Sangat baik", 4], ["Baik", 3], ["Kurang baik", 2], ["Tidak baik", 1]],
        [["", 1, "Tidak baik"], ["", 2, "Kurang baik"], ["", 3, "Baik"], ["", 4, "Sangat baik"]],
        [["Layanan", "Jumlah", "IKM"], ["KTP", 4, 78.2], ["KK", 3, 77]],
        [["Laki-laki", 4], ["Perempuan", 2]],
    ],
)
@pytest.mark.parametrize("gap", [0, 1, 2])
def test_a_small_table_below_ends_the_data(rows, gap):
    filled = [row + [""] * (10 - len(row)) for row in rows]
    if gap == 0 and rows[0][0] == "":
        filled[0][0] = "Arti"
        filled[1][0] = filled[2][0] = filled[3][0] = "Arti angka"
    found = read(as_xlsx([*numbered(), *[[""] * 10] * gap, *filled]))

    assert answers(found) == RATINGS
    assert [row for row, _value in left_out(found)] == [COUNT + 2 + gap + place for place in range(len(rows))]


def test_respondents_below_a_gap_count():
    header, *rows = numbered()
    found = read(as_csv([header, *rows[:8], [""] * 10, *rows[8:17], [""] * 10, *(["", *row[1:]] for row in rows[17:])]))

    assert answers(found) == RATINGS
    assert found.rejected == ()


def test_a_row_that_explains_the_numbers_is_no_respondent():
    legend = "; ".join(f"{number}={words}" for number, words in enumerate(SCALE, 1))
    header, *rows = numbered()
    found = read(as_csv([header, ["", *[legend] * 9], *rows]))

    assert answers(found) == RATINGS
    assert [(cell.row, cell.reason) for cell in found.rejected] == [(2, "explains the numbers of the questionnaire")]


def test_rows_numbered_beforehand_are_one_line():
    found = read(as_csv(numbered(*([number] + [""] * 9 for number in range(COUNT + 1, COUNT + 101)))))

    first, last = COUNT + 2, COUNT + 101
    assert answers(found) == RATINGS
    assert [(cell.row, cell.value, cell.reason) for cell in found.rejected] == [
        (first, f"{first}–{last}", f"rows {first} to {last} hold only a number, no answers")
    ]
    assert any(f"{first} to {last}" in hint for hint in found.hints)


def test_a_service_called_like_a_test_is_a_service():
    rows = [["Tes" if number % 3 else "Tes urine", *row] for number, row in enumerate(RATINGS)]
    found = read(as_csv([["Layanan", *NAMES], *rows]))

    assert answers(found) == RATINGS
    assert any("«Tes» stands in 14 rows" in hint for hint in found.hints)


def stamped(*rows):
    stamps = [f"2026-03-{2 + number // 4:02d} {8 + number % 4:02d}:{number:02d}:00" for number in range(COUNT)]
    people = [[stamp, f"Orang {number}", *row] for number, (stamp, row) in enumerate(zip(stamps, RATINGS, strict=True))]
    return [["Timestamp", "Nama", *NAMES], *people, *(people[row] for row in rows)]


def test_the_same_person_at_the_same_minute_with_the_same_answers_is_one_submission():
    found = read(as_csv(stamped(2, 2, 5)))

    assert answers(found) == RATINGS
    assert [row for row, _value in left_out(found)] == [COUNT + 2, COUNT + 3, COUNT + 4]
    assert "row 4" in found.rejected[0].reason


def test_others_at_the_same_minute_count():
    *rows, (stamp, _name, *row) = stamped(2)

    assert answers(read(as_csv([*rows, [stamp, "Orang lain", *row]]))) == [*RATINGS, RATINGS[2]]


@pytest.mark.parametrize("place", [1, COUNT + 1])
def test_a_legend_that_calls_1_the_best_is_heard_below_the_header_too(place):
    legend = "; ".join(f"{number}={words}" for number, words in enumerate(reversed(SCALE), 1))
    rows = numbered()
    rows.insert(place, ["", legend, *[""] * 8])

    with pytest.raises(ScaleError, match="--scale 4-1"):
        read(as_csv(rows))


def test_a_signature_below_the_answers_is_listed_without_the_name_of_who_signed():
    signed = [["", "", "", "Mengetahui,"], ["", "Hartono Wibowo", "Kepala", ""], ["", "", "", "Hartono Wibowo"]]
    found = read(as_csv(named([], *signed)))

    assert answers(found) == RATINGS
    assert len(left_out(found)) == 3
    assert "Hartono" not in str(found.rejected)


@pytest.mark.parametrize(
    "text",
    ["Catatan rapat\nhari ini, di aula, kami membahas\nrencana kerja\ntriwulan\nyang akan datang", "satu\ndua\ntiga"],
)
def test_running_text_does_not_look_like_a_survey(text):
    with pytest.raises(MappingError, match=r"catatan\.txt does not look like a survey file"):
        read(text.encode(), name="catatan.txt")


def test_a_file_that_holds_its_rows_twice_is_told_and_counted_as_it_stands():
    found = read(as_csv([*numbered(), *numbered()[1:]]))

    assert len(found.answers) == 2 * COUNT
    hint = next(said for said in found.hints if "rows twice" in said)
    assert f"{COUNT} rows" in hint
    assert f"row {COUNT + 2}" in hint


def test_people_who_merely_answer_alike_are_not_called_copies():
    alike = [["No", *NAMES], *([number, *RATINGS[0]] for number in range(1, 60))]
    again = [*numbered(), *([number, *RATINGS[0]] for number in range(1, COUNT + 1))]

    for rows in (numbered(), alike, again):
        assert not any("rows twice" in hint for hint in read(as_csv(rows)).hints)

"""How answers are worded and numbered: marks before and behind words, turned scales, what cannot be read."""

from __future__ import annotations

import pytest
from survey_kit import NAMES, as_csv, as_xlsx

from mutu.errors import ReadError, ScaleError
from mutu.locale import use
from mutu.responses import read

RATINGS = [[4, 3, 3, 4, 3, 4, 4, 2, 3], [3, 3, 3, 3, 4, 3, 4, 1, 3], [3, 4, 2, 4, 3, 3, 3, 2, 4]] * 7
WORDS = ("Tidak baik", "Kurang baik", "Baik", "Sangat baik")


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def survey(rows, **options):
    return read(as_csv([NAMES, *rows]), name="survei.csv", **options)


def answers(found):
    return found.answers.to_numpy().tolist()


@pytest.mark.parametrize(
    "form",
    ["{word} ({number})", "[{number}] {word}", "{word} = {number}", "{number} - {word}", "{word} [{number}]",
     "{word}: {number}", "{word} (nilai {number})", "Skor {number}"],
)  # fmt: skip
def test_a_number_may_stand_before_or_behind_the_words(form):
    rows = [[form.format(word=WORDS[answer - 1], number=answer) for answer in row] for row in RATINGS]

    assert answers(survey(rows)) == RATINGS


@pytest.mark.parametrize("legend", ["1 = Sangat baik, 2 = Baik, 3 = Kurang baik, 4 = Tidak baik",
                                    "Sangat puas = 1; puas = 2; tidak puas = 3; sangat tidak puas = 4"])  # fmt: skip
def test_a_legend_that_calls_1_the_best_answer_is_asked_about(legend):
    rows = [[5 - answer for answer in row] for row in RATINGS]
    file = as_csv([[legend, *[""] * 8], NAMES, *rows])

    with pytest.raises(ScaleError, match=r"survei\.csv.*--scale 4-1"):
        read(file, name="survei.csv")
    turned = read(file, name="survei.csv", scale="4-1")
    assert answers(turned) == RATINGS
    assert turned.converted["Persyaratan"] == {"1": 4, "2": 3}
    assert any("turned round" in hint for hint in turned.hints)
    assert answers(read(file, name="survei.csv", scale="1-4")) == rows


def test_a_legend_in_the_usual_direction_changes_nothing():
    legend = "1 = Tidak baik, 2 = Kurang baik, 3 = Baik, 4 = Sangat baik"

    assert answers(read(as_csv([[legend, *[""] * 8], NAMES, *RATINGS]))) == RATINGS


def test_words_keep_their_meaning_where_the_numbers_are_turned():
    rows = [
        [*row[:-1], WORDS[row[-1] - 1]] for row in [[5 - answer for answer in row[:-1]] + row[-1:] for row in RATINGS]
    ]

    assert answers(survey(rows, scale="4-1")) == RATINGS


@pytest.mark.parametrize("said", ["3 dan 4", "3/4", "3-4", "2;3"])
def test_two_answers_in_one_cell_do_not_count(said):
    rows = [list(map(str, row)) for row in RATINGS]
    rows[1][2] = said
    found = survey(rows)

    assert [(cell.row, cell.value, cell.reason) for cell in found.rejected] == [(3, said, "holds more than one answer")]


def test_formulas_that_end_in_an_error_are_listed():
    rows = [list(row) for row in RATINGS]
    rows[1][1], rows[2][2] = "#N/A", "#DIV/0!"
    found = read(as_xlsx([NAMES, *rows]), name="survei.xlsx")

    assert [(cell.row, cell.value) for cell in found.rejected] == [(3, "#N/A"), (4, "#DIV/0!")]
    assert {cell.reason for cell in found.rejected} == {"a formula that ends in an error"}


def test_a_file_of_which_too_much_cannot_be_read_has_no_index():
    rows = [[WORDS[answer - 1] if answer != 3 else "Entahlah" for answer in row] for row in RATINGS]

    with pytest.raises(ReadError, match=r"survei\.csv.*Entahlah.*mislead"):
        survey(rows)


def test_a_best_option_that_nobody_chose_is_asked_about():
    rows = [["Puas" if answer > 2 else "Tidak puas" for answer in row] for row in RATINGS]

    assert any("No answer in the file is 4" in hint for hint in survey(rows).hints)
    assert not any("No answer in the file is 4" in hint for hint in survey(RATINGS).hints)


def test_a_stated_scale_whose_top_nobody_reaches_is_doubted_first():
    hint = survey(RATINGS, scale="1-5").hints[0]

    assert "No answer reaches 5, the top of the scale 1–5" in hint
    assert "--scale 1-4" in hint
    reached = [[5, *RATINGS[0][1:]], *RATINGS[1:]]
    assert not any("reaches" in said for said in survey(reached, scale="1-5").hints)
    assert not any("reaches" in said for said in survey(RATINGS).hints)

"""Questions inside a lesson."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mutu.locale import use
from mutu.widgets import quiz


@pytest.fixture(autouse=True)
def _indonesian():
    with use("id"):
        yield


def _typed(question, text):
    question.field.value = text  # what Enter in the field does: the front end syncs the value
    return question.feedback.value


@pytest.mark.parametrize("typed", ["0,125", "0.125", " 0,125 "])
def test_comma_and_point_both_count(typed):
    assert "Benar. Sebab." in _typed(quiz.ask_number("Berapa?", 0.125, "Sebab."), typed)


def test_a_usual_mistake_is_named():
    question = quiz.ask_number("Berapa?", 3, "Sebab.", hints=[(2.5, "Bagi lima.")])
    assert "Belum tepat. Bagi lima." in _typed(question, "2,5")
    assert "Belum tepat. Hitung sekali lagi" in _typed(question, "9")
    assert "Tulis sebuah angka" in _typed(question, "tiga")


def test_a_word_is_compared_without_case():
    assert "Benar." in _typed(quiz.ask_word("Huruf?", ["A"], "Sebab."), " a ")


def test_a_choice_is_answered_with_the_button():
    question = quiz.ask_choice("Pilih", ["satu", "dua"], 1, "Sebab.")
    question.button.click()
    assert "Pilih dulu" in question.feedback.value
    question.field.value = "dua"
    question.button.click()
    assert "Benar." in question.feedback.value


def test_what_is_typed_is_never_markup():
    page = _typed(quiz.ask_own("<b>Apa?</b>", "Simpan <i>itu</i>."), "<img src=x onerror=alert(1)>")
    assert "&lt;i&gt;" in page
    assert "<img" not in page
    assert "<b>" not in quiz.ask_own("<b>Apa?</b>", "").children[0].value


def test_an_answer_of_ones_own_is_told_what_it_means():
    question = quiz.ask_own("Keluhan?", "Catat.", replies=[("lama antre", "Unsur 3."), ("9", "Sembilan.")])
    assert "Unsur 3." in _typed(question, "Antrean panjang")
    assert "Sembilan." in _typed(question, "9 unsur")
    assert "Catat." in _typed(question, "95")
    assert "Catat." in _typed(question, "selama")


@pytest.mark.parametrize(
    "question",
    [quiz.ask_own("Apa?", ""), quiz.ask_word("Apa?", ["a"], ""), quiz.ask_number("Apa?", 1, ""), quiz.Guess("Apa?")],
)
def test_a_field_has_a_label_that_is_seen_and_heard(question):
    assert question.field.description.strip()
    assert question.field.description_allow_html is False


def test_feedback_is_announced():
    assert "role='status'" in _typed(quiz.ask_own("Apa?", "Simpan."), "x")


def test_a_guess_is_compared_with_the_result():
    guess = quiz.Guess("Berapa?")
    assert guess.compared(76.91) == "Anda belum menebak. Hasilnya 76,91."
    assert "Tercatat" in _typed(guess, "80,5")
    assert guess.compared(Fraction(7691, 100)) == "Tebakan Anda 80,50. Hasilnya 76,91, selisih 3,59."


@pytest.mark.parametrize("typed", ["1/0", "1/3", "9" * 40, "", "nan", "inf", "tiga"])
def test_what_is_no_number_is_asked_for_again(typed):
    assert quiz._number(typed) is None

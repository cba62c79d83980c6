"""What a check of an exercise answers."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutu.course.outcome import Checker, NotYet
from mutu.course.outcome.checks import same

check = Checker("id")


def nrr(jawaban):
    return sum(jawaban) / len(jawaban)


def test_a_right_answer_is_said_to_be_right(capsys):
    check(nrr, [4, 3], expect=3.5)
    assert capsys.readouterr().out == "Benar: nrr([4, 3]) menghasilkan 3.5.\n"


def test_a_usual_mistake_gets_its_own_sentence():
    with pytest.raises(NotYet, match=r"^Belum tepat: nrr\(\[4, 3\]\) menghasilkan 3.5. Kalikan 25.$"):
        check(nrr, [4, 3], expect=87.5, mistakes=[(3.5, "Kalikan 25.")])


def test_an_unknown_mistake_gets_a_sentence_too():
    with pytest.raises(NotYet, match="hitung sekali dengan tangan"):
        check(nrr, [4, 3], expect=2)


def test_an_empty_cell_is_told_from_a_wrong_one():
    def kosong(nilai):
        raise NotImplementedError

    with pytest.raises(NotYet, match="masih kosong"):
        check(kosong, 1, expect=2)


def test_code_that_stops_is_quoted_and_not_shown_as_a_traceback():
    with pytest.raises(NotYet, match=r"nrr\(\[\]\) berhenti dengan pesan «ZeroDivisionError: division by zero»"):
        check(nrr, [], expect=0)


def test_a_forgotten_return_is_recognised():
    with pytest.raises(NotYet, match="kata return"):
        check(lambda nilai: None, 1, expect=2)


def test_a_number_in_quotation_marks_is_recognised():
    with pytest.raises(NotYet, match="tanpa tanda kutip"):
        check(lambda: "3.5", expect=3.5)


def test_a_function_cannot_spoil_the_inputs_of_the_next_check():
    data = [4, 3]
    check(lambda jawaban: jawaban.pop(), data, expect=3)
    assert data == [4, 3]


def test_english_notebooks_are_answered_in_english():
    with pytest.raises(NotYet, match="Not yet"):
        Checker("en")(nrr, [1], expect=2)


@pytest.mark.parametrize("value", [0.125, np.float64(0.125), Fraction(1, 8), Decimal("0.125")])
def test_numbers_of_every_library_count(value):
    assert same(value, 0.125)


def test_a_text_of_numpy_is_the_text_it_says():
    assert same(np.str_("B"), "B")
    assert not same(np.str_("B"), "C")


@pytest.mark.parametrize(
    ("answer", "expect"), [(True, 1), ("1", 1), (float("nan"), 1), (None, 0), ([1], 1), ({"a": 1}, {"a": 1, "b": None})]
)
def test_what_only_looks_equal_does_not_count(answer, expect):
    assert not same(answer, expect)


@given(st.dictionaries(st.text(), st.none() | st.floats(-1e6, 1e6)))
def test_a_table_agrees_with_its_copy(table):
    assert same(dict(reversed(table.items())), table)


def test_a_notebook_shows_the_sentence_instead_of_a_traceback():
    code = "from mutu.course.outcome import Checker\nChecker('id')(len, [1], expect=2, otherwise='Hitung lagi.')"
    done = subprocess.run([sys.executable, "-m", "IPython", "-c", code], capture_output=True, text=True, timeout=60)
    shown = done.stdout + done.stderr
    assert "Belum tepat: len([1]) menghasilkan 1. Hitung lagi." in shown
    assert "Traceback" not in shown

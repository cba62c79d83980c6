"""Numbers and dates as people of each language write them, rounded half up."""

from datetime import date as Date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutu.locale import date, integer, number, percent, signed, use, written_date
from mutu.locale.numbers import half_up

LANGUAGES = ("id", "en")


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (Fraction(23875, 261), "91,48", "91.48"),
        (Fraction(205, 8), "25,63", "25.63"),
        (Decimal("76.605"), "76,61", "76.61"),
        (76.605, "76,61", "76.61"),  # stored as 76.60499…, but written and meant as 76.605
        (1234567.891, "1.234.567,89", "1,234,567.89"),
        (-0.5, "−0,50", "−0.50"),
        (0, "0,00", "0.00"),
        (None, "–", "–"),
        (float("nan"), "–", "–"),
    ],
)
def test_a_number_with_two_decimals(value, indonesian, english):
    with use("id"):
        assert number(value) == indonesian
    with use("en"):
        assert number(value) == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_shows_its_sign_and_no_change_none(language):
    with use(language):
        assert signed(Decimal("1.5"), 1).startswith("+1")
        assert signed(Decimal("-1.5"), 1).startswith("−1")
        assert signed(Decimal(0), 1)[0] == "0"


def test_a_share_is_a_percentage():
    with use("id"):
        assert percent(Fraction(1, 3)) == "33,3%"
    with use("en"):
        assert percent(Fraction(1, 3)) == "33.3%"
        assert percent(None) == "–"


def test_a_whole_number_has_marks_of_thousands():
    with use("id"):
        assert integer(12345) == "12.345"
    with use("en"):
        assert integer(12345) == "12,345"
        assert integer(None) == "–"


def test_a_date_has_the_name_of_its_month():
    day = Date(2026, 8, 17)
    with use("id"):
        assert date(day) == "17 Agustus 2026"
    with use("en"):
        assert date(day) == "17 August 2026"


@pytest.mark.parametrize(
    ("written", "said"), [("2026-08-17", "17 August 2026"), ("2026-08", "2026-08"), ("2026", "2026")]
)
def test_a_date_of_a_data_file_is_said_as_far_as_it_is_known(written, said):
    with use("en"):
        assert written_date(written) == said


@given(st.integers(-(10**6), 10**6), st.integers(0, 4))
def test_a_half_is_rounded_away_from_zero(whole, digits):
    half = (Fraction(abs(whole)) + Fraction(1, 2)) / 10**digits
    assert half_up(half, digits) == Decimal(abs(whole) + 1).scaleb(-digits)
    assert half_up(-half, digits) == -half_up(half, digits)


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_rounding_a_fraction_moves_it_by_at_most_half_a_unit(value, digits):
    assert abs(Fraction(half_up(value, digits)) - value) <= Fraction(1, 2) / 10**digits

"""`mutu skm sample`: the table's number, all answers are used, and one sentence for what is no number."""

from __future__ import annotations

import json

import pytest
from survey_kit import mutu


@pytest.mark.parametrize(("population", "size"), [(10, 10), (100, 80), (1000, 278), (100_000, 383)])
def test_json_is_population_and_sample(population, size):
    code, out, err = mutu("skm", "sample", str(population), "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"population": population, "sample": size}


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ((), 278),
        (("--margin", "0,05"), 278),
        (("--margin", "5%", "--confidence", "95%"), 278),
        (("--margin", "0.03"), 516),
        (("--confidence", "0.99"), 399),
    ],
)
def test_margin_and_confidence_are_taken_as_people_write_them(options, size):
    assert json.loads(mutu("skm", "sample", "1000", *options, "--json")[1])["sample"] == size


@pytest.mark.parametrize("written", ["1200", "1.200", "1,200"])
def test_the_people_served_may_be_written_with_a_mark_for_thousands(written):
    assert json.loads(mutu("skm", "sample", written, "--json")[1])["population"] == 1200


def test_people_read_how_many_how_sure_and_that_more_are_never_thrown_away():
    _code, out, _err = mutu("skm", "sample", "1000", "--lang", "en")
    assert "Of 1,000 people served, collect answers from at least 278" in out
    assert "within about 5.0 percentage points" in out
    assert "all answers collected are used" in out
    _code, out, _err = mutu("skm", "sample", "1000")
    assert "Dari 1.000 pengguna layanan, kumpulkan jawaban paling sedikit 278 orang" in out
    assert "sekitar 5,0 poin persen" in out


@pytest.mark.parametrize("written", ["5", "5,0", "100%", "-0,1"])
def test_a_share_that_is_none_is_quoted_as_it_was_written(written):
    code, _out, err = mutu("skm", "sample", "1000", f"--margin={written}")
    assert code == 2
    assert err.strip().endswith(f"harus berada di antara 0 dan 1, bukan {written}.")


def test_few_people_are_all_asked():
    assert "Ask all 10 people served" in mutu("skm", "sample", "10", "--lang", "en")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1.00",), "«1.00» is no number of people"),
        (("1.000,5",), "«1.000,5» is no number of people"),
        (("seribu",), "«seribu» is no number of people"),
        (("0",), "at least one person, not 0"),
        (("1000", "--margin", "5"), "between 0 and 1, not at 5"),
        (("1000", "--margin", "0"), "between 0 and 1"),
        (("1000", "--margin", "nan"), "between 0 and 1"),
        (("1000", "--margin", "lima"), "«lima» behind --margin is no number"),
        (("1000", "--confidence", "100%"), "between 0 and 1"),
        ((), "N is missing"),
    ],
)
def test_what_is_no_number_gets_one_sentence(arguments, said):
    code, out, err = mutu("skm", "sample", *arguments, "--lang", "en")
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1

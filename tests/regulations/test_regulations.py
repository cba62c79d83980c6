"""What the regulation files say, and that a broken one is answered with a sentence."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutu import regulations
from mutu.errors import InputError, MissingPart, ReadError
from mutu.locale import use
from mutu.regulations.load import DATA, read
from mutu.regulations.schema import Publication, Skm

CENTS = [Decimal(cent) / 100 for cent in range(2500, 10001)]


@pytest.fixture
def broken(tmp_path):
    """Writes the regulation's file changed by `damage`, and reads it."""

    def go(damage):
        content = json.loads((DATA / "skm-2017.json").read_text(encoding="utf-8"))
        damage(content)
        path = tmp_path / "skm-2017.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return read(path, Skm)

    return go


# --- bands -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("index", "mutu"),
    [
        ("25", "D"),
        ("64.99", "D"),
        ("65.00", "C"),
        ("76.60", "C"),
        ("76.61", "B"),
        ("88.30", "B"),
        ("88.31", "A"),
        ("100", "A"),
    ],
)
def test_the_bands_of_the_regulation(index, mutu):
    assert regulations.skm().grade(Decimal(index)).mutu == mutu


@pytest.mark.parametrize(
    ("index", "mutu"),
    [("64.994", "D"), ("64.995", "C"), ("76.604", "C"), ("76.605", "B"), ("88.304999", "B"), ("88.305", "A")],
)
def test_an_index_in_a_hole_between_bands_is_rounded_half_up_before_it_is_looked_up(index, mutu):
    assert regulations.skm().grade(Decimal(index)).mutu == mutu
    assert regulations.skm().grade(Fraction(index)).mutu == mutu


def test_every_hundredth_from_25_to_100_has_exactly_one_band():
    skm = regulations.skm()
    for index in CENTS:
        holding = [band.mutu for band in skm.bands if band.low <= index <= band.high]
        assert holding == [skm.grade(index).mutu]


def test_a_higher_index_never_has_a_lower_grade():
    letters = [regulations.skm().grade(index).mutu for index in CENTS]
    assert letters == sorted(letters, reverse=True)


@given(st.fractions(25, 100))
def test_any_index_has_a_grade(index):
    assert regulations.skm().grade(index).mutu in "ABCD"


@pytest.mark.parametrize("index", ["24.99", "100.01", "0", "-3"])
def test_an_index_outside_the_bands_has_no_grade(index):
    with pytest.raises(InputError, match="25"):
        regulations.skm().grade(Decimal(index))


# --- content -----------------------------------------------------------------------------------------------------


def test_nine_elements_in_the_order_of_the_body():
    skm = regulations.skm()
    assert skm.kodes == ("U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9")
    assert (str(skm.element("U8").short), str(skm.element("U9").short)) == ("Pengaduan", "Sarana")
    with use("en"):
        assert str(skm.element("U8").short) == "Complaints"


def test_the_model_questionnaire_asks_facilities_before_complaints():
    assert regulations.skm().questionnaire.order[7:] == ("U9", "U8")


def test_every_regulation_names_its_sources_and_the_day_it_was_known_to_be_in_force():
    for path in DATA.glob("skm-*.json"):
        skm = read(path, Skm)
        assert path.stem == skm.id
        assert skm.sources
        assert skm.status.as_of.year >= 2026


def test_the_printed_weights_are_below_one_ninth():
    weights = {rule.code: rule.weight for rule in regulations.skm().weights}
    assert weights.pop("exact") is None
    assert all(str(weight) == code and weight < Decimal(1) / 9 for code, weight in weights.items())


def test_the_products_minimums_are_ten_five_and_two_percent():
    rules = regulations.publication()
    assert (rules.min_n_grade, rules.min_group, rules.other_scale_share) == (10, 5, Decimal("0.02"))


# --- broken files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        (lambda c: c.pop("bands"), "bands"),
        (lambda c: c["bands"][1].update(high="76.66"), "hole or overlap"),
        (lambda c: c["bands"][0].update(low="26.00"), "hole or overlap"),
        (lambda c: c["bands"][3].update(high="99.00"), "hole or overlap"),
        (lambda c: c["bands"][2].update(low="tinggi"), "bands[2].low"),
        (lambda c: c["unsur"][4].pop("name"), "unsur[4].name"),
        (lambda c: c["unsur"][4]["options"].pop(), "unsur[4].options"),
        (lambda c: c["unsur"][4].update(kode="U1"), "twice"),
        (lambda c: c["unsur"][0]["name"].update(id=""), "unsur[0].name.id"),
        (lambda c: c["questionnaire"].update(order=["U1"]), "questionnaire.order"),
        (lambda c: c.update(sources=[]), "sources"),
        (lambda c: c.update(schema_version=2), "schema_version"),
        (lambda c: c.update(catatan="x"), "catatan"),
    ],
)
def test_a_wrong_file_is_answered_with_the_place(broken, damage, place):
    with pytest.raises(ReadError) as caught:
        broken(damage)
    assert "skm-2017.json" in str(caught.value)
    assert place in str(caught.value)


def test_a_file_that_is_no_json_is_answered_with_the_line(tmp_path):
    path = tmp_path / "publication.json"
    path.write_text('{"id": \n', encoding="utf-8")
    with pytest.raises(ReadError, match=r"publication\.json.*line 2"):
        read(path, Publication)


def test_a_regulation_we_do_not_have_is_said_to_be_missing():
    with pytest.raises(MissingPart, match=r"skm-1999\.json"):
        regulations.skm("skm-1999")

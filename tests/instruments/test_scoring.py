"""The index of a self-assessment: hand-checked numbers, and what must hold for all answers."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutu.errors import AnswerError, InputError, SettingError
from mutu.instruments import load, read, score
from mutu.locale import say, use

PEKPPP = load("pekppp")
CODES = [item.code for item in PEKPPP.items]
SECOND = read(Path(__file__).parent / "data" / "second.json")

levels = st.lists(st.integers(0, 5), min_size=30, max_size=30).map(lambda row: dict(zip(CODES, row, strict=True)))


def everywhere(level, **others):
    return {code: others.get(f"i{code}", level) for code in CODES}


def test_the_published_weights_are_those_of_the_seed_files():
    inside = [[int(item.weight["published"]) for item in aspect.items] for aspect in PEKPPP.aspects]
    assert inside == [
        [17, 14, 7, 14, 10, 17, 7, 7, 7],
        [10, 20, 20, 20, 30],
        [15, 23, 20, 20, 11, 11],
        [30, 20, 20, 30],
        [20, 25, 25, 30],
        [50, 50],
    ]
    assert [int(aspect.weight) for aspect in PEKPPP.aspects] == [24, 25, 18, 11, 10, 12]
    assert [str(number) for number in range(1, 31)] == CODES


def test_full_marks_in_one_item_add_its_aspects_weight_times_its_own():
    # item 1: 0,24 × 0,17 × 5 = 0,204; item 14: 0,25 × 0,30 × 5 = 0,375; item 30: 0,12 × 0,50 × 5 = 0,30
    for code, index in (("1", "0.204"), ("14", "0.375"), ("30", "0.30")):
        result = score(PEKPPP, everywhere(0, **{f"i{code}": 5}))
        assert result.index == Fraction(index)
    # equal weights: item 1 is a ninth of its aspect: 0,24 × 1/9 × 5 = 2/15
    assert score(PEKPPP, everywhere(0, i1=5), "equal").index == Fraction(2, 15)


def test_the_conventions_put_an_office_without_innovation_apart():
    # Strong everywhere but in innovation: 3,70 with the item weights, 3,68 with equal ones (both B).
    # The plain mean of the six aspects, which some applications take, would be 3,46 (B−): no convention here.
    row = [4, 3, 3, 3, 4, 4, 5, 5, 4, 4, 5, 5, 4, 5, 5, 3, 5, 4, 4, 3, 4, 4, 4, 5, 3, 3, 3, 5, 1, 0]
    answers = dict(zip(CODES, row, strict=True))
    published, equal = score(PEKPPP, answers), score(PEKPPP, answers, "equal")
    # by hand, I: 17·4+14·3+7·3+14·3+10·4+17·4+7·5+7·5+7·4 = 379; III: 15·5+23·3+20·5+20·4+11·4+11·3 = 401
    by_hand = ["3.79", "4.70", "4.01", "4.30", "3.60", "0.50"]
    assert [aspect.index for aspect in published.aspects] == [Fraction(index) for index in by_hand]
    # 0,24·3,79 + 0,25·4,70 + 0,18·4,01 + 0,11·4,30 + 0,10·3,60 + 0,12·0,50 = 3,6994
    assert published.index == Fraction("3.6994")
    assert (published.rounded, published.category.letter) == (Decimal("3.70"), "B")
    # equal: 35/9, 23/5, 24/6, 17/4, 14/4, 1/2
    assert [aspect.index for aspect in equal.aspects] == [
        Fraction(35, 9), Fraction(23, 5), Fraction(24, 6), Fraction(17, 4), Fraction(14, 4), Fraction(1, 2),
    ]  # fmt: skip
    assert (equal.rounded, equal.category.letter) == (Decimal("3.68"), "B")
    assert published.weakest_aspect.code == "VI"


@given(levels)
def test_the_index_lies_on_the_scale_and_its_parts_add_up(answers):
    for weights in ("published", "equal"):
        result = score(PEKPPP, answers, weights)
        assert 0 <= result.index <= 5
        assert result.index == sum(item.contribution for item in result.items)
        assert result.index == sum(aspect.contribution for aspect in result.aspects)
        assert abs(Fraction(result.rounded) - result.index) <= Fraction(1, 200)
        assert result.index + sum(step.potential for step in result.plan) == 5


@given(levels, st.sampled_from(CODES))
def test_a_better_answer_never_lowers_the_index(answers, code):
    better = {**answers, code: min(5, answers[code] + 1)}
    for weights in ("published", "equal"):
        before, after = score(PEKPPP, answers, weights), score(PEKPPP, better, weights)
        assert after.index >= before.index
        gained = {step.code: step.gain for step in before.plan}
        if answers[code] < 5:
            assert after.index - before.index == gained[code]


@given(st.integers(0, 5))
def test_conventions_agree_when_all_answers_are_equal(level):
    assert score(PEKPPP, everywhere(level)).index == score(PEKPPP, everywhere(level), "equal").index == level


@pytest.mark.parametrize(
    ("rounded", "letter"),
    [
        ("5", "A"), ("4.51", "A"), ("4.50", "A−"), ("4.01", "A−"), ("4.00", "B"), ("3.51", "B"), ("3.50", "B−"),
        ("3.01", "B−"), ("3.00", "C"), ("2.51", "C"), ("2.50", "C−"), ("2.01", "C−"), ("2.00", "D"), ("1.51", "D"),
        ("1.50", "E"), ("1.01", "E"), ("1.00", "F"), ("0", "F"),
    ],
)  # fmt: skip
def test_categories_begin_at_their_limit(rounded, letter):
    from mutu.instruments.scoring import category

    assert category(PEKPPP, Decimal(rounded)).letter == letter


def test_the_index_is_rounded_half_up_before_the_category_is_looked_up():
    # 5 × 0,902 = 4,51 would be A; an index of exactly 4,505 must become 4,51 and A, never 4,50 and A−.
    # All 5 but: item 3 (0,24 × 0,07 = 0,0168 a level), item 5 (0,024), item 10 (0,025), item 29 (0,06) …
    found = None
    shares = {item.code: item.share for item in score(PEKPPP, everywhere(5)).items}
    target = Fraction("0.495")
    for a in range(6):
        for b in range(6):
            for c in range(6):
                for d in range(6):
                    if a * shares["10"] + b * shares["29"] + c * shares["5"] + d * shares["11"] == target:
                        found = everywhere(5, i10=5 - a, i29=5 - b, i5=5 - c, i11=5 - d)
    assert found is not None
    result = score(PEKPPP, found)
    assert result.index == Fraction("4.505")
    assert result.rounded == Decimal("4.51")
    assert result.category.letter == "A"


def test_a_missing_answer_leaves_no_index_but_complete_aspects():
    answers = everywhere(4)
    del answers["12"]
    answers["30"] = None
    result = score(PEKPPP, answers)
    assert (result.index, result.rounded, result.category) == (None, None, None)
    assert result.missing == ("12", "30")
    assert [aspect.index for aspect in result.aspects] == [4, None, 4, 4, 4, None]
    document = result.as_json()
    assert document["index"] is None
    assert document["category"] is None
    assert document["items"][11] == {"code": "12", "score": None, "weight": 20, "contribution": None}
    assert "12" not in [step["code"] for step in document["plan"]]
    with pytest.raises(InputError, match="2 items have no answer \\(12, 30\\)"):
        float(result)


def test_the_plan_begins_with_what_costs_the_index_most():
    result = score(PEKPPP, everywhere(5, i3=0, i14=4, i29=3, i15=0))
    # missing levels × share: 29: 2 × 0,06 = 0,12 · 15: 5 × 0,027 = 0,135 · 3: 5 × 0,0168 = 0,084 · 14: 0,075
    assert [step.code for step in result.plan] == ["15", "29", "3", "14"]
    with use("en"):
        step = result.as_json()["plan"][1]
    assert step == {
        "code": "29",
        "score": 3,
        "next_level": 4,
        "criterion": "Running for more than a year, entered in a competition at any level",
    }


def test_the_json_has_the_keys_of_the_command_and_says_that_it_is_not_official():
    with use("id"):
        document = score(PEKPPP, everywhere(3)).as_json()
    assert list(document)[:9] == [
        "instrument", "version", "weights", "index", "category", "missing", "aspects", "items", "plan",
    ]  # fmt: skip
    assert document["index"] == 3.0
    assert document["category"] == "C"
    assert document["aspects"][0] == {"code": "I", "name": "Kebijakan Pelayanan", "weight": 24, "index": 3}
    assert document["items"][0] == {"code": "1", "score": 3, "weight": 17, "contribution": 0.1224}
    assert "bukan IPP resmi" in document["disclaimer"]
    assert "sumber sekunder" in document["status"]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"31": 3}, ["«31»", "1", "30"]),
        ({"1": 6}, ["1", "«6»", "0", "5"]),
        ({"7": -1}, ["7", "«-1»"]),
        ({"7": 2.5}, ["7", "«2.5»"]),
        ({"7": True}, ["7", "«True»"]),
        ({"7": "3"}, ["7", "«3»"]),
        ({"7": float("nan")}, ["7", "«nan»"]),
        ({"7": float("inf")}, ["7", "«inf»"]),
        ({"7": [3]}, ["7", "«[3]»"]),
        ({"7": 10**400}, ["7", "«1000"]),
    ],
)
def test_a_wrong_answer_is_refused_with_its_place(answers, words):
    for language in ("id", "en"):
        with use(language), pytest.raises(AnswerError) as caught:
            score(PEKPPP, answers)
        sentence = say(caught.value)
        assert all(word in sentence for word in words)
        assert len(sentence) < 200


def test_an_unknown_convention_is_refused_with_those_that_exist():
    with pytest.raises(SettingError, match="published, equal"):
        score(PEKPPP, {}, "guess")


def test_the_sentence_names_category_and_convention_in_both_languages():
    result = score(PEKPPP, everywhere(4))
    with use("id"):
        assert result.sentence() == (
            "Indeks Pelayanan Publik (IPP): 4,00 dari 5, kategori B (baik); "
            "bobot indikator menurut berkas yang beredar."
        )
        assert list(result.rows()[0]) == ["Aspek", "Bobot (%)", "Indeks", "Sumbangan"]
    with use("en"):
        assert result.sentence() == (
            "Public Service Index (IPP): 4.00 of 5, category B (good); indicator weights as circulated."
        )
        assert score(PEKPPP, {}).sentence() == (
            "Public Service Index (IPP): not computed yet, 30 of 30 items have no answer."
        )
    assert "<table>" in result._repr_html_()


def test_another_instrument_costs_a_file():
    # A (62,5 %): panel weights 33,3/33,3/33,4 with 1, 2, 4 → 0,333 + 0,666 + 1,336 = 2,335; B (37,5 %): 3
    answers = {"a1": 1, "a2": 2, "a3": 4, "b1": 3}
    panel = score(SECOND, answers, "panel")
    assert panel.index == Fraction("0.625") * Fraction("2.335") + Fraction("0.375") * 3
    assert panel.rounded == Decimal("2.58")
    assert panel.category.letter == "B"
    # its first convention is its default: 7/3 in A
    assert score(SECOND, answers).index == Fraction("0.625") * Fraction(7, 3) + Fraction("0.375") * 3
    assert [step.code for step in score(SECOND, answers).plan] == ["a1", "a2", "b1"]
    with pytest.raises(AnswerError):
        score(SECOND, {"a1": 0})

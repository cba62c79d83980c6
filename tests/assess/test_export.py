"""An assessment is carried away in a file and comes back whole; a file that is wrong is refused with its place."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutu.assess import limits
from mutu.assess.export import from_json, to_json
from mutu.errors import InputError, MutuError
from mutu.instruments import load, read, score
from mutu.locale import say, use
from mutu.store import LIMITS, Answer, Record, open_store

PEKPPP = load("pekppp")
CODES = [item.code for item in PEKPPP.items]
SECOND = read(Path(__file__).parents[1] / "instruments" / "data" / "second.json")

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=80)
answers = st.builds(Answer, st.none() | st.integers(0, 5), texts, texts)
moments = st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
records = st.builds(
    Record,
    slug=st.just("pekppp"),
    version=st.just("2025.1"),
    label=texts,
    weights=st.sampled_from(["", "published", "equal"]),
    created=moments,
    changed=moments,
    answers=st.dictionaries(st.sampled_from(CODES), answers),
)


@given(records)
def test_what_is_carried_away_comes_back_whole(record):
    text = json.dumps(to_json(record), ensure_ascii=False, indent=1)
    assert from_json(text, PEKPPP) == record
    assert from_json(b"\xef\xbb\xbf" + text.encode()) == record


def test_the_export_says_that_it_is_not_official_and_holds_no_token(tmp_path):
    with open_store(tmp_path / "mutu.sqlite") as store:
        token = store.create("pekppp", "2025.1", "Unit")
        store.save(token, "1", score=3, note="n", evidence="e")
        record = store.get(token)
        document = to_json(record)
        again = store.add(from_json(json.dumps(document), PEKPPP))
        copied = store.get(again)
    assert token not in json.dumps(document)
    assert "bukan IPP resmi" in document["disclaimer"]
    assert copied.created == record.created
    assert copied.scores == record.scores == {"1": 3}
    assert (copied.answers["1"].note, copied.answers["1"].evidence) == ("n", "e")


def test_the_largest_assessment_fits_the_limit():
    longest = "\x01" * LIMITS["note"]  # the character JSON writes longest
    record = Record("pekppp", "2025.1", answers={code: Answer(5, longest, longest) for code in CODES})
    text = json.dumps(to_json(record), indent=1)
    assert len(text) < limits.FILE
    assert from_json(text, PEKPPP) == record


def test_plain_scores_are_read_when_the_instrument_is_known():
    record = from_json('{"1": 3, "30": null}', PEKPPP)
    assert (record.slug, record.scores) == ("pekppp", {"1": 3})
    with pytest.raises(InputError, match="«format» is missing"):
        from_json('{"1": 3}')


def test_another_instrument_needs_no_code():
    record = Record(
        SECOND.slug, SECOND.version, weights="panel", answers={c: Answer(2) for c in ("a1", "a2", "a3", "b1")}
    )
    again = from_json(json.dumps(to_json(record)), SECOND)
    assert again == record
    assert score(SECOND, again.scores, again.weights).index == 2


def export(**changes):
    data = to_json(Record("pekppp", "2025.1", answers={"7": Answer(3, "n", "e")}))
    return {**data, **changes}


def answer(value):
    return json.dumps(export(answers={"7": value}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["baris 1", "kolom 1"]),
        ('{"1": 3,\n "2": }', ["baris 2"]),
        ("[1, 2]", ["objek JSON"]),
        ('"teks"', ["objek JSON"]),
        (b"\xff\xfe{}", ["UTF-8"]),
        ("[" * 200_000, ["terlalu dalam"]),
        ('{"1": ' + "9" * 5000 + "}", ["terlalu panjang"]),
        ("9" * (limits.FILE + 1), [str(limits.FILE)]),
        ('{"7": 3, "7": 5}', ["«7»", "dua kali"]),
        ('{"31": 3}', ["«31»", "1 sampai 30"]),
        ('{"7": 6}', ["Butir 7", "«6»", "0 sampai 5"]),
        ('{"7": "3"}', ["Butir 7", "«3»"]),
        ('{"7": NaN}', ["Butir 7", "nan"]),
        ('{"7": {"score": 3}}', ["Butir 7"]),
        (json.dumps(export(format="lain")), ["«lain»", "mutu-assessment"]),
        (json.dumps(export(format=None)), ["None"]),
        (json.dumps(export(format_version=2)), ["versi 2", "versi 1"]),
        (json.dumps(export(format_version=True)), ["format_version"]),
        (json.dumps(export(instrument="lain")), ["«lain»", "«pekppp»"]),
        (json.dumps(export(instrument=7)), ["«instrument»"]),
        (json.dumps(export(weights="tebakan")), ["«tebakan»", "equal, published"]),
        (json.dumps(export(label="x" * 201)), ["«label»", "201", "200"]),
        (json.dumps(export(created="kemarin")), ["«created»"]),
        (json.dumps(export(changed=5)), ["«changed»"]),
        (json.dumps(export(changed="0001-01-01T00:00:00+14:00")), ["«changed»"]),
        (json.dumps(export(answers=[])), ["«answers»"]),
        (json.dumps(export(answers={"99": {}})), ["«99»"]),
        (answer(3), ["Butir 7"]),
        (answer({"score": 9}), ["Butir 7", "«9»"]),
        (answer({"score": 2.5}), ["Butir 7", "«2.5»"]),
        (answer({"score": True}), ["Butir 7", "«True»"]),
        (answer({"score": 10**30}), ["Butir 7"]),
        (answer({"note": 5}), ["answers.7.note"]),
        (answer({"evidence": "x" * 4001}), ["answers.7.evidence", "4001", "4000"]),
        (answer({"score": 3, "skor": 4}), ["Butir 7", "«skor»"]),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(text, words):
    with use("id"), pytest.raises(InputError) as caught:
        from_json(text, PEKPPP)
    sentence = say(caught.value)
    assert all(word in sentence for word in words), sentence
    assert len(sentence) < 300


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


def read_or_refuse(content):
    """The record, or the sentence of its refusal; any other exception fails the test."""
    try:
        return from_json(content, PEKPPP)
    except MutuError as error:
        return say(error)


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_other_file_is_refused_in_a_sentence(content):
    assert read_or_refuse(content)


@given(st.sampled_from(list(export())), json_values)
def test_any_wrong_value_is_refused_in_a_sentence_or_harmless(name, value):
    read = read_or_refuse(json.dumps(export(**{name: value})))
    assert read
    assert isinstance(read, str) or set(read.scores.values()) <= set(range(6))


def test_what_no_database_keeps_is_refused_when_it_is_stored(tmp_path):
    record = from_json(
        '{"format": "mutu-assessment", "format_version": 1, "instrument": "pekppp", "version": "1", '
        '"answers": {"7": {"score": 1, "note": "\\ud800"}}}',
        PEKPPP,
    )
    with open_store(tmp_path / "mutu.sqlite") as store, pytest.raises(InputError, match="The text of 7"):
        store.add(record)
